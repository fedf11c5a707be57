//! Which screen is shown, as the fragment of the address: the page itself is always `/`, so that
//! it opens from the cache. Reading and watching the address is the view's.

use domain::ids::InspectionId;

/// A screen that an address can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route {
    /// The first page.
    Today,
    /// The form that opens an inspection.
    NewInspection,
    /// One inspection.
    Inspection(InspectionId),
    /// How syncing goes.
    Syncing,
    /// The settings of this device.
    Settings,
    /// An address that names no screen.
    Unknown,
}

impl Route {
    /// The route of a fragment, with or without its `#`.
    pub(crate) fn parse(fragment: &str) -> Self {
        match fragment.trim_start_matches('#').trim_matches('/') {
            "" => Self::Today,
            "new" => Self::NewInspection,
            "sync" => Self::Syncing,
            "settings" => Self::Settings,
            path => Self::parse_inspection(path).unwrap_or(Self::Unknown),
        }
    }

    fn parse_inspection(path: &str) -> Option<Self> {
        let id = path.strip_prefix("inspection/")?;
        id.parse().ok().map(Self::Inspection)
    }

    /// The address for a link.
    pub(crate) fn href(self) -> String {
        match self {
            Self::Today | Self::Unknown => "#/".to_owned(),
            Self::NewInspection => "#/new".to_owned(),
            Self::Inspection(id) => format!("#/inspection/{id}"),
            Self::Syncing => "#/sync".to_owned(),
            Self::Settings => "#/settings".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_is_found_by_its_own_address() {
        let id = InspectionId([0xab; 16]);
        let routes = [Route::Today, Route::NewInspection, Route::Inspection(id), Route::Syncing];
        for route in routes.into_iter().chain([Route::Settings]) {
            assert_eq!(Route::parse(&route.href()), route);
        }
    }

    #[test]
    fn what_names_no_screen_is_unknown_and_leads_to_today() {
        for fragment in ["#/inspection/12", "#/inspection", "#/nowhere", "#content"] {
            assert_eq!(Route::parse(fragment), Route::Unknown, "{fragment}");
        }
        assert_eq!(Route::parse(""), Route::Today);
        assert_eq!(Route::Unknown.href(), "#/");
    }
}

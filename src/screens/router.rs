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
    /// What is missing in one inspection.
    Review(InspectionId),
    /// The practice inspection.
    Practice,
    /// What is missing in the practice inspection.
    PracticeReview,
    /// The whole of the help.
    Help,
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
            "help" => Self::Help,
            "practice/review" => Self::PracticeReview,
            path if path == "practice" || path.starts_with("practice/go/") => Self::Practice,
            path => Self::parse_inspection(path).unwrap_or(Self::Unknown),
        }
    }

    fn parse_inspection(path: &str) -> Option<Self> {
        let path = path.strip_prefix("inspection/")?;
        let (id, within) = path.split_once('/').unwrap_or((path, ""));
        let id = id.parse().ok()?;
        match within {
            "" => Some(Self::Inspection(id)),
            "review" => Some(Self::Review(id)),
            _ => within.starts_with("go/").then_some(Self::Inspection(id)),
        }
    }

    /// The screen that the route is part of: going from one part to another builds nothing anew.
    pub(crate) fn screen(self) -> Self {
        match self {
            Self::Review(id) => Self::Inspection(id),
            Self::PracticeReview => Self::Practice,
            Self::Today | Self::NewInspection | Self::Inspection(_) | Self::Practice => self,
            Self::Syncing | Self::Settings | Self::Help | Self::Unknown => self,
        }
    }

    /// The address for a link.
    pub(crate) fn href(self) -> String {
        match self {
            Self::Today | Self::Unknown => "#/".to_owned(),
            Self::NewInspection => "#/new".to_owned(),
            Self::Inspection(id) => format!("#/inspection/{id}"),
            Self::Review(id) => format!("#/inspection/{id}/review"),
            Self::Practice => "#/practice".to_owned(),
            Self::PracticeReview => "#/practice/review".to_owned(),
            Self::Syncing => "#/sync".to_owned(),
            Self::Settings => "#/settings".to_owned(),
            Self::Help => "#/help".to_owned(),
        }
    }
}

/// The element of a screen to which an address leads, by its id.
pub(crate) fn goal(fragment: &str) -> Option<&str> {
    fragment.split_once("/go/").map(|(_, element)| element)
}

/// Whether the address is that of a form whose words are kept nowhere else until it is sent.
pub fn names_a_form(fragment: &str) -> bool {
    Route::parse(fragment) == Route::NewInspection
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_is_found_by_its_own_address() {
        let id = InspectionId([0xab; 16]);
        let routes = [Route::Today, Route::NewInspection, Route::Inspection(id), Route::Syncing];
        let more = [Route::Settings, Route::Help, Route::Review(id)];
        let practice = [Route::Practice, Route::PracticeReview];
        for route in routes.into_iter().chain(more).chain(practice) {
            assert_eq!(Route::parse(&route.href()), route);
        }
    }

    #[test]
    fn a_place_in_an_inspection_is_a_goal_on_its_screen() {
        let id = InspectionId([0xab; 16]);
        let homes = [Route::Inspection(id), Route::Practice];
        for home in homes {
            let address = format!("{}/go/f1-2-facts", home.href());
            assert_eq!(Route::parse(&address), home);
            assert_eq!(goal(&address), Some("f1-2-facts"));
            assert_eq!(goal(&home.href()), None);
        }
        assert_eq!(Route::Review(id).screen(), Route::Inspection(id));
        assert_eq!(Route::PracticeReview.screen(), Route::Practice);
    }

    #[test]
    fn what_names_no_screen_is_unknown_and_leads_to_today() {
        for fragment in ["#/inspection/12", "#/inspection", "#/practice/x", "#/nowhere", "#content"]
        {
            assert_eq!(Route::parse(fragment), Route::Unknown, "{fragment}");
        }
        assert_eq!(Route::parse(""), Route::Today);
        assert_eq!(Route::Unknown.href(), "#/");
    }
}

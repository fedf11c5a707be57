//! Whether a form was sent from the office's own pages (CSRF). Cookies are `SameSite=Lax` already;
//! this also stops other ports of the same machine, which browsers count as the same site.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;

use crate::web::Web;

/// Whether a request may change something: it reads only, or comes from the office's own pages.
///
/// Browsers name where a form comes from in `Sec-Fetch-Site` and `Origin`. A request with neither
/// is no browser's, so that nobody's cookies come with it unasked.
pub(crate) fn is_own(parts: &Parts, web: &Web) -> bool {
    parts.method.is_safe() || is_own_form(&parts.headers, web)
}

fn is_own_form(headers: &HeaderMap, web: &Web) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if text("sec-fetch-site").is_some_and(|site| site != "same-origin") {
        return false;
    }
    match (text(ORIGIN.as_str()), web.origin(), text(HOST.as_str())) {
        (None, ..) => true,
        (Some(origin), Some(own), _) => origin == own,
        (Some(origin), None, Some(host)) => {
            origin.split_once("://").is_some_and(|(_, origin_host)| origin_host == host)
        }
        (Some(_), None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(given: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = given
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
        pairs.collect()
    }

    #[test]
    fn a_form_from_another_place_is_not_ours() {
        let direct = Web::default();
        let behind = Web::behind("https://bienban.example").unwrap();
        let host = ("host", "127.0.0.1:8080");
        for (given, web, own) in [
            (vec![host], &direct, true),
            (vec![host, ("origin", "http://127.0.0.1:8080")], &direct, true),
            (vec![host, ("origin", "http://127.0.0.1:9999")], &direct, false),
            (vec![host, ("origin", "https://example.org")], &direct, false),
            (vec![host, ("origin", "null")], &direct, false),
            (vec![("origin", "http://127.0.0.1:8080")], &direct, false),
            (vec![host, ("sec-fetch-site", "same-origin")], &direct, true),
            (vec![host, ("sec-fetch-site", "same-site")], &direct, false),
            (vec![host, ("sec-fetch-site", "cross-site")], &direct, false),
            (vec![host, ("origin", "https://bienban.example")], &behind, true),
            (vec![host, ("origin", "http://bienban.example")], &behind, false),
            (vec![host, ("origin", "http://127.0.0.1:8080")], &behind, false),
        ] {
            assert_eq!(is_own_form(&headers(&given), web), own, "{given:?}");
        }
    }
}

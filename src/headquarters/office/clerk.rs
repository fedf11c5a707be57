//! Who looks at an office page, and in which language.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HOST, ORIGIN};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use texts::Lang;

use super::notice::Notice;
use super::theme::Theme;
use super::trouble::Trouble;
use crate::clock;
use crate::headquarters::Headquarters;
use crate::identity::Roles;
use crate::store::people::{self, Person};
use crate::store::{StoreFault, judgements};

/// The cookie of a session. It is not `Secure`: this program serves plain HTTP, and a proxy with
/// TLS in front of it has to add that.
pub(super) const SESSION: &str = "bienban_office";
pub(super) const LANGUAGE: &str = "bienban_lang";
pub(super) const THEME: &str = "bienban_theme";

/// Someone who is signed in. Everyone else is sent to the page that says how.
pub(crate) struct Clerk {
    pub(super) person: Person,
    pub(super) lang: Lang,
    /// How many held events wait, for the navigation.
    pub(super) held: u64,
    pub(super) theme: Theme,
    /// The page, without what stands behind its `?`.
    pub(super) path: String,
    /// What was done just before.
    pub(super) done: Option<Notice>,
}

/// Anyone.
pub(crate) struct Visitor {
    pub(super) lang: Lang,
}

impl FromRequestParts<Arc<Headquarters>> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &Arc<Headquarters>,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self { lang: language(parts) })
    }
}

impl FromRequestParts<Arc<Headquarters>> for Clerk {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        headquarters: &Arc<Headquarters>,
    ) -> Result<Self, Response> {
        let lang = language(parts);
        let signed_out = || Redirect::to("/office/sign-in").into_response();
        let token = cookie(&parts.headers, SESSION).ok_or_else(signed_out)?;
        let db = headquarters.store.readers();
        let trouble = |fault: StoreFault| Trouble::from(fault).page(lang);
        let person = people::session(db, &token, clock::now()).await.map_err(trouble)?;
        let person = person.ok_or_else(signed_out)?;
        let standing = people::standing(db, person.id).await.map_err(trouble)?;
        if standing.roles == Roles::default() {
            return Err(signed_out());
        }
        let held = judgements::waiting(db).await.map_err(trouble)?;
        let (theme, path) = (Theme::of(&parts.headers), parts.uri.path().to_owned());
        let done = Notice::of(parts.uri.query().unwrap_or(""));
        Ok(Self { person, lang, held, theme, path, done })
    }
}

/// `?lang=` before the cookie before Vietnamese.
fn language(parts: &Parts) -> Lang {
    let query = parts.uri.query().unwrap_or("");
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
    let asked = asked.map(str::to_owned).or_else(|| cookie(&parts.headers, LANGUAGE));
    match asked.as_deref() {
        Some("en") => Lang::En,
        Some(_) | None => Lang::Vi,
    }
}

/// The value of a cookie.
pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned())
}

/// Whether a form was sent from these pages. Cookies are `SameSite=Lax` already; this also stops
/// other ports of the same machine, which browsers count as the same site.
pub(super) fn is_own_form(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    match (text(ORIGIN), text(HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => {
            origin.split_once("://").is_some_and(|(_, origin_host)| origin_host == host)
        }
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn a_form_from_another_place_is_not_ours() {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static("127.0.0.1:8080"));
        assert!(is_own_form(&headers));
        for (origin, own) in [
            ("http://127.0.0.1:8080", true),
            ("http://127.0.0.1:9999", false),
            ("https://example.org", false),
            ("null", false),
        ] {
            headers.insert(ORIGIN, HeaderValue::from_static(origin));
            assert_eq!(is_own_form(&headers), own, "{origin}");
        }
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=1; bienban_lang=en"));
        assert_eq!(cookie(&headers, LANGUAGE).as_deref(), Some("en"));
        assert_eq!(cookie(&headers, SESSION), None);
    }
}

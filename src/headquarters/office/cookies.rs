//! The cookies of the office: their names and flags, which depend on how browsers reach it.
//!
//! Under TLS the session's cookie is bound to this host by its name (`__Host-`, RFC 6265bis
//! §4.1.3.2), and none is ever sent in clear.

use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HeaderValue, SET_COOKIE};

use crate::web::Web;

const SESSION: &str = "bienban_office";
const SESSION_UNDER_TLS: &str = "__Host-bienban_office";
const BROWSER: &str = "bienban_browser";

/// How long a browser is known, in seconds: half a year.
const BROWSER_S: i64 = 180 * 24 * 60 * 60;

/// The session's token, where there is one.
pub(crate) fn session(headers: &HeaderMap, web: &Web) -> Option<String> {
    cookie(headers, if web.is_tls() { SESSION_UNDER_TLS } else { SESSION })
}

/// What sets the session's cookie for so many seconds.
pub(crate) fn begin_session(token: &str, seconds: i64, web: &Web) -> String {
    let (name, path) = if web.is_tls() { (SESSION_UNDER_TLS, "/") } else { (SESSION, "/office") };
    let secure = secure(web);
    format!("{name}={token}; Path={path}; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// What takes the session's cookie back.
pub(crate) fn end_session(web: &Web) -> String {
    begin_session("", 0, web)
}

/// What sets the cookie by which a browser is known again.
pub(crate) fn browser(known: &str, web: &Web) -> String {
    let secure = secure(web);
    format!(
        "{BROWSER}={known}; Path=/office; Max-Age={BROWSER_S}; HttpOnly; SameSite=Strict{secure}"
    )
}

/// What the browser kept of an earlier time.
pub(crate) fn known_browser(headers: &HeaderMap) -> Option<String> {
    cookie(headers, BROWSER)
}

/// Adds a cookie to an answer.
pub(crate) fn put(headers: &mut HeaderMap, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        headers.append(SET_COOKIE, value);
    }
}

/// What keeps a choice of the reader for a year.
pub(crate) fn choice(name: &str, value: &str, web: &Web) -> String {
    let secure = secure(web);
    format!("{name}={value}; Path=/office; Max-Age=31536000; SameSite=Lax; HttpOnly{secure}")
}

fn secure(web: &Web) -> &'static str {
    if web.is_tls() { "; Secure" } else { "" }
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("a=1; bienban_lang=en"));
        assert_eq!(cookie(&headers, "bienban_lang").as_deref(), Some("en"));
        assert_eq!(session(&headers, &Web::default()), None);
    }

    #[test]
    fn under_tls_the_session_is_bound_to_the_host_and_a_cookie_set_in_clear_is_none() {
        let (plain, tls) = (Web::default(), Web::default().with_own_tls());
        let set = begin_session("T", 60, &tls);
        assert!(set.starts_with("__Host-bienban_office=T; Path=/;"), "{set}");
        assert!(set.ends_with("HttpOnly; SameSite=Lax; Secure"), "{set}");
        assert!(!begin_session("T", 60, &plain).contains("Secure"));
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, HeaderValue::from_static("bienban_office=T"));
        assert_eq!(session(&headers, &tls), None);
        assert_eq!(session(&headers, &plain).as_deref(), Some("T"));
    }
}

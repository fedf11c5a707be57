//! Choosing the language of the office pages; kept in a cookie for a year.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{REFERER, SET_COOKIE};
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;

use super::clerk::LANGUAGE;
use super::cookies;
use super::listing::Ask;
use crate::headquarters::Headquarters;

#[derive(Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    to: String,
}

pub(crate) async fn choose(
    State(headquarters): State<Arc<Headquarters>>,
    Query(Choice { to }): Query<Choice>,
    headers: HeaderMap,
) -> impl IntoResponse {
    let lang = if to == "en" { "en" } else { "vi" };
    let cookie = cookies::choice(LANGUAGE, lang, &headquarters.web);
    ([(SET_COOKIE, cookie)], Redirect::to(&back(&headers)))
}

/// The office page that was left, with its filters and without its host: nothing outside the
/// office is redirected to.
pub(super) fn back(headers: &HeaderMap) -> String {
    let referer = headers.get(REFERER).and_then(|value| value.to_str().ok()).unwrap_or("");
    let place =
        referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let place = place.and_then(|place| place.split('#').next()).unwrap_or("");
    let (path, query) = place.split_once('?').unwrap_or((place, ""));
    let is_of_the_office = path == "/office" || path.starts_with("/office/");
    if is_of_the_office {
        Ask::parse(query).without("lang").without("done").address(path)
    } else {
        "/office".to_owned()
    }
}

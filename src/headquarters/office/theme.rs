//! Choosing light, dark or high contrast for the office pages; kept in a cookie for a year.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect};
use serde::Deserialize;
use texts::{Lang, clerk as t};

use super::clerk::THEME;
use super::cookies::{self, cookie};
use super::language::back;
use crate::headquarters::Headquarters;

/// How the pages look. The names are those of the tablet app's tokens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Theme {
    /// As the system says.
    #[default]
    System,
    Light,
    Dark,
    Contrast,
}

impl Theme {
    pub(super) const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::Contrast];

    /// Its name in the page and in the cookie.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    pub(super) fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::System => t::theme_system(lang),
            Self::Light => t::theme_light(lang),
            Self::Dark => t::theme_dark(lang),
            Self::Contrast => t::theme_contrast(lang),
        }
    }

    /// The theme of this name, else the system's.
    fn named(name: &str) -> Self {
        Self::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }

    /// The theme that was chosen.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        cookie(headers, THEME).map_or(Self::System, |name| Self::named(&name))
    }
}

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
    let name = Theme::named(&to).name();
    let cookie = cookies::choice(THEME, name, &headquarters.web);
    ([(SET_COOKIE, cookie)], Redirect::to(&back(&headers)))
}

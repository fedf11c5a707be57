//! What goes wrong on an office page, as a page with a next step. The cause goes to the log.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use texts::{Lang, office, pieces};

use super::layout;
use crate::pieces::PieceFault;
use crate::store::StoreFault;

/// Why a page is not shown.
#[derive(Debug)]
pub(crate) enum Trouble {
    NotFound,
    ForeignForm,
    UnreadableForm,
    Piece(PieceFault),
    Store(StoreFault),
}

impl From<StoreFault> for Trouble {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

/// Trouble in the language of whoever looks.
pub(crate) struct Told(pub(super) Trouble, pub(super) Lang);

impl IntoResponse for Told {
    fn into_response(self) -> Response {
        self.0.page(self.1)
    }
}

impl Trouble {
    pub(super) fn page(self, lang: Lang) -> Response {
        let (status, title, next) = match self {
            Self::NotFound => {
                (StatusCode::NOT_FOUND, office::not_found(lang), office::not_found_next(lang))
            }
            Self::ForeignForm => {
                (StatusCode::FORBIDDEN, office::failed(lang), office::foreign_form(lang))
            }
            Self::UnreadableForm => {
                let next = pieces::unreadable_form_next(lang);
                (StatusCode::BAD_REQUEST, pieces::unreadable_form(lang), next)
            }
            Self::Piece(fault) => {
                tracing::error!(%fault, "a piece of evidence was not handed out");
                of_piece(&fault, lang)
            }
            Self::Store(fault) => {
                tracing::error!(%fault, "an office page failed");
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                (status, office::failed(lang), office::failed_next(lang))
            }
        };
        let body = html! {
            h1 { (title) }
            p { (next) }
            p { a href="/office" { (office::inspections(lang)) } }
        };
        (status, layout::page(lang, title, None, &body)).into_response()
    }
}

/// The record names it, so that it is not here is headquarters' fault and not the reader's.
fn of_piece(fault: &PieceFault, lang: Lang) -> (StatusCode, &'static str, &'static str) {
    let (status, next) = (StatusCode::INTERNAL_SERVER_ERROR, pieces::missing_next(lang));
    match fault {
        PieceFault::Missing(_) => (StatusCode::GONE, pieces::is_missing(lang), next),
        PieceFault::Damaged(_) => (status, pieces::is_damaged(lang), next),
        PieceFault::Disk { .. } => (status, office::failed(lang), office::failed_next(lang)),
    }
}

//! What goes wrong on an office page, as a page with a next step. The cause goes to the log.
//!
//! Whoever meets trouble does not know who is signed in; [`frame`] does, and draws the page once
//! more with the menu and in the theme of that person.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::ids::InspectionId;
use maud::html;
use texts::{Lang, access, clerk as t, office, pieces};

use super::clerk::{self, Clerk, Visitor};
use super::layout;
use crate::headquarters::Headquarters;
use crate::limits::Wait;
use crate::pieces::PieceFault;
use crate::store::StoreFault;

/// Why a page is not shown.
#[derive(Debug)]
pub(crate) enum Trouble {
    NotFound,
    /// The inspection does not take place: there is nothing to plan and no team to change.
    Cancelled(InspectionId),
    ForeignForm,
    /// Whoever is signed in has no right to it.
    Forbidden,
    UnreadableForm,
    /// A form is larger than what is read of one.
    TooLarge,
    /// There is no room at the moment.
    ComeBack(Wait),
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

/// What a page of trouble says.
#[derive(Clone)]
struct Said {
    status: StatusCode,
    title: &'static str,
    next: &'static str,
    /// Where to go on.
    link: (String, &'static str),
}

impl Said {
    fn page(self, lang: Lang, clerk: Option<&Clerk>) -> Response {
        let body = html! {
            h1 { (self.title) }
            p { (self.next) }
            p.actions { a href=(self.link.0) { (self.link.1) } }
        };
        let page = layout::page(lang, self.title, clerk, &body);
        let mut response = (self.status, page).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Draws a page of trouble with the menu of whoever is signed in.
pub(crate) async fn frame(
    State(headquarters): State<Arc<Headquarters>>,
    request: Request,
    next: Next,
) -> Response {
    let (mut parts, body) = request.into_parts();
    let asked = Request::from_parts(parts.clone(), body);
    let mut response = next.run(asked).await;
    let is_page = parts.uri.path().starts_with("/office");
    if is_page && response.status() == StatusCode::PAYLOAD_TOO_LARGE {
        // What the framework says of a long form is one line of English.
        response = Trouble::TooLarge.page(clerk::language(&parts));
    }
    let Some(said) = response.extensions().get::<Said>().cloned() else { return response };
    match Clerk::from_request_parts(&mut parts, &headquarters).await {
        Ok(clerk) => said.page(clerk.lang, Some(&clerk)),
        Err(_) => response,
    }
}

/// A page of trouble for a request that no handler saw, with the menu of whoever is signed in.
pub(crate) async fn refused(
    trouble: Trouble,
    parts: &mut Parts,
    headquarters: &Arc<Headquarters>,
) -> Response {
    let response = trouble.page(clerk::language(parts));
    let Some(said) = response.extensions().get::<Said>().cloned() else { return response };
    match Clerk::from_request_parts(parts, headquarters).await {
        Ok(clerk) => said.page(clerk.lang, Some(&clerk)),
        Err(_) => response,
    }
}

/// A page that says when to come back. Who asks is not looked up: that would be work too.
pub(crate) fn come_back(wait: Wait, parts: &Parts) -> Response {
    let mut response = Trouble::ComeBack(wait).page(clerk::language(parts));
    if let Ok(seconds) = HeaderValue::from_str(&wait.seconds()) {
        response.headers_mut().insert(RETRY_AFTER, seconds);
    }
    response
}

/// Answers every address of the office that is no page.
pub(crate) async fn no_such_page(visitor: Visitor) -> Told {
    Told(Trouble::NotFound, visitor.lang)
}

impl Trouble {
    pub(super) fn page(self, lang: Lang) -> Response {
        let mut link = ("/office/inspections".to_owned(), t::all_inspections(lang));
        let (status, title, next) = match self {
            Self::NotFound => {
                (StatusCode::NOT_FOUND, office::not_found(lang), office::not_found_next(lang))
            }
            Self::Cancelled(id) => {
                link = (format!("/office/inspections/{id}"), office::back_to_inspection(lang));
                (StatusCode::GONE, t::is_cancelled(lang), t::is_cancelled_next(lang))
            }
            Self::ForeignForm => {
                (StatusCode::FORBIDDEN, office::failed(lang), office::foreign_form(lang))
            }
            Self::Forbidden => {
                link = ("/office".to_owned(), access::back_to_overview(lang));
                (StatusCode::FORBIDDEN, access::forbidden(lang), access::forbidden_next(lang))
            }
            Self::TooLarge => {
                let next = access::too_large_next(lang);
                (StatusCode::PAYLOAD_TOO_LARGE, access::too_large(lang), next)
            }
            Self::ComeBack(Wait::TooMany(_)) => {
                let next = access::too_many_next(lang);
                (StatusCode::TOO_MANY_REQUESTS, access::too_many(lang), next)
            }
            Self::ComeBack(Wait::Busy(_)) => {
                (StatusCode::SERVICE_UNAVAILABLE, access::busy(lang), access::busy_next(lang))
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
        Said { status, title, next, link }.page(lang, None)
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

//! Into the office by a link that headquarters gave, and out again.

use std::sync::Arc;

use axum::extract::{Query, RawQuery, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use texts::{Lang, office};

use super::clerk::Visitor;
use super::cookies;
use super::notice::Notice;
use super::trouble::Told;
use super::{layout, words};
use crate::clock;
use crate::headquarters::Headquarters;
use crate::store::StoreFault;
use crate::store::people::{self, Opens};

const SESSION_SECONDS: i64 = 12 * 60 * 60;

#[derive(Deserialize)]
pub(crate) struct Link {
    #[serde(default)]
    token: String,
}

pub(crate) async fn enter(
    State(headquarters): State<Arc<Headquarters>>,
    Query(Link { token }): Query<Link>,
    visitor: Visitor,
) -> Result<Response, Told> {
    let session = begin(&headquarters, token).await;
    let Some(session) = session.map_err(|fault| Told(fault.into(), visitor.lang))? else {
        let lang = visitor.lang;
        return Ok((StatusCode::GONE, sign_in_page(lang, None, Some(office::link_spent(lang))))
            .into_response());
    };
    let cookie = cookies::begin_session(&session, SESSION_SECONDS, &headquarters.web);
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/office")).into_response())
}

/// A session for whom the link is for; `None` when it opens nothing.
async fn begin(headquarters: &Headquarters, token: String) -> Result<Option<String>, StoreFault> {
    headquarters
        .store
        .write(move |tx| {
            Box::pin(async move {
                let now = clock::now();
                let Some(person) = people::invited(&mut *tx, &token, Opens::Office).await? else {
                    return Ok(None);
                };
                if !people::spend(&mut *tx, &token, now).await? {
                    return Ok(None);
                }
                let session = clock::code();
                let until = now.later_by_ms(SESSION_SECONDS * 1000);
                people::begin_session(tx, &session, person.id, (now, until)).await?;
                Ok(Some(session))
            })
        })
        .await
}

pub(crate) async fn sign_in(visitor: Visitor, RawQuery(query): RawQuery) -> Markup {
    sign_in_page(visitor.lang, Notice::of(&query.unwrap_or_default()), None)
}

fn sign_in_page(lang: Lang, done: Option<Notice>, fault: Option<&str>) -> Markup {
    let body = html! {
        @if let Some(done) = done { p.done role="status" { (done.words(lang)) } }
        h1 { (office::sign_in(lang)) }
        @if let Some(fault) = fault { p.bad role="alert" { (fault) } }
        p { (office::sign_in_how(lang)) }
        details {
            summary { (office::for_operators(lang)) }
            p.quiet { (words::with_commands(office::sign_in_operator(lang))) }
        }
    };
    layout::page(lang, office::sign_in(lang), None, &body)
}

pub(crate) async fn leave(
    State(headquarters): State<Arc<Headquarters>>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<impl IntoResponse, Told> {
    if let Some(session) = cookies::session(&headers, &headquarters.web) {
        let ended = headquarters
            .store
            .write(move |tx| Box::pin(async move { people::end_session(tx, &session).await }))
            .await;
        ended.map_err(|fault: StoreFault| Told(fault.into(), visitor.lang))?;
    }
    let gone = cookies::end_session(&headquarters.web);
    Ok(([(SET_COOKIE, gone)], Redirect::to(&Notice::SignedOut.on("/office/sign-in"))))
}

//! `/office/sign-in`: in with name, passphrase and code, and out again.

use std::sync::Arc;

use axum::extract::{RawForm, RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use texts::{Lang, entry, office};

use super::caller::Caller;
use super::filled::Filled;
use super::notice::Notice;
use super::trouble::Told;
use super::{cookies, fields, layout, words};
use crate::clock;
use crate::headquarters::Headquarters;
use crate::identity::browser::KnownBrowser;
use crate::identity::noted::{Act, noted};
use crate::identity::passphrase::Passphrase;
use crate::identity::sign_in::{Entered, Knock, Outcome, sign_in};
use crate::store::{StoreFault, credentials, sessions};

/// The address of the page.
pub(super) const HERE: &str = "/office/sign-in";

/// Why nobody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Refused,
    Wait {
        seconds: i64,
    },
    /// A link was used, has expired or never existed.
    LinkSpent,
    /// Whoever opened a link has another way in.
    HasPassphrase,
}

impl Fault {
    fn sentence(self, lang: Lang) -> String {
        match self {
            Self::Refused => entry::refused(lang).to_owned(),
            Self::Wait { seconds } => entry::wait(lang, seconds),
            Self::LinkSpent => office::link_spent(lang).to_owned(),
            Self::HasPassphrase => entry::has_passphrase(lang).to_owned(),
        }
    }

    fn status(self) -> StatusCode {
        match self {
            Self::Refused => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Wait { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::LinkSpent => StatusCode::GONE,
            Self::HasPassphrase => StatusCode::CONFLICT,
        }
    }
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Markup, Told> {
    let done = Notice::of(&query.unwrap_or_default());
    draw(&headquarters, caller.lang, "", (done, None)).await
}

/// The page with what went wrong.
pub(super) async fn refused(
    headquarters: &Headquarters,
    lang: Lang,
    name: &str,
    fault: Fault,
) -> Result<Response, Told> {
    let page = draw(headquarters, lang, name, (None, Some(fault))).await?;
    let mut answer = (fault.status(), page).into_response();
    if let Fault::Wait { seconds } = fault {
        answer.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    Ok(answer)
}

async fn draw(
    headquarters: &Headquarters,
    lang: Lang,
    name: &str,
    (done, fault): (Option<Notice>, Option<Fault>),
) -> Result<Markup, Told> {
    let open = credentials::without_second(headquarters.store.readers()).await;
    let open = open.map_err(|trouble| Told(trouble.into(), lang))?;
    let body = html! {
        @if let Some(done) = done { p.done role="status" { (done.words(lang)) } }
        h1 { (entry::sign_in(lang)) }
        @if let Some(open) = open {
            div.banner { p { strong { (entry::demonstration(lang)) } } p { (words::with_commands(&entry::demonstration_how(lang, &open.person.name))) } }
        }
        @if let Some(fault) = fault { div.banner.bad-banner role="alert" { p { (fault.sentence(lang)) } } }
        (form(lang, name))
        details {
            summary { (entry::no_account(lang)) }
            p { (entry::no_account_how(lang)) }
            p.quiet { (words::with_commands(entry::operator_how(lang))) }
        }
    };
    Ok(layout::page(lang, entry::sign_in(lang), None, &body))
}

fn form(lang: Lang, name: &str) -> Markup {
    html! {
        form.sheet method="post" action=(HERE) {
            div.field {
                label for="name" { (entry::sign_in_name(lang)) }
                input id="name" name="name" value=(name) maxlength="200" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus;
            }
            (fields::passphrase("passphrase", entry::passphrase(lang), "current-password", None))
            (fields::code("code", entry::code(lang), entry::code_hint(lang), None))
            p { button { (entry::do_sign_in(lang)) } }
        }
    }
}

pub(crate) async fn enter(
    State(headquarters): State<Arc<Headquarters>>,
    caller: Caller,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let lang = caller.lang;
    let filled = Filled::parse(&form);
    let knock = Knock {
        name: filled.one("name").chars().take(200).collect(),
        passphrase: Passphrase::typed(filled.one("passphrase")),
        code: filled.one("code").to_owned(),
        from: caller.from,
    };
    let outcome = sign_in(&headquarters, knock).await.map_err(|fault| Told(fault.into(), lang))?;
    let fault = match outcome {
        Outcome::In(entered) => {
            let path = match entered.by_recovery {
                true => Notice::RecoveryUsed.on("/office/account"),
                false => "/office".to_owned(),
            };
            return Ok(signed_in(&headquarters, &entered, Redirect::to(&path)));
        }
        Outcome::Refused => Fault::Refused,
        Outcome::Wait { seconds } => Fault::Wait { seconds },
    };
    refused(&headquarters, lang, filled.one("name"), fault).await
}

/// An answer that carries the cookies of somebody who is in.
pub(super) fn signed_in(
    headquarters: &Headquarters,
    entered: &Entered,
    answer: impl IntoResponse,
) -> Response {
    let mut answer = answer.into_response();
    let known = KnownBrowser::of(entered.person.id).written(&headquarters.keyring);
    for cookie in [
        cookies::begin_session(&entered.token, sessions::ABSOLUTE_MS / 1000, &headquarters.web),
        cookies::browser(&known, &headquarters.web),
    ] {
        cookies::put(answer.headers_mut(), &cookie);
    }
    answer
}

pub(crate) async fn leave(
    State(headquarters): State<Arc<Headquarters>>,
    caller: Caller,
) -> Result<Response, Told> {
    let lang = caller.lang;
    if let Some(token) = caller.from.former {
        end(&headquarters, token).await.map_err(|fault| Told(fault.into(), lang))?;
    }
    let mut answer = Redirect::to(&Notice::SignedOut.on(HERE)).into_response();
    cookies::put(answer.headers_mut(), &cookies::end_session(&headquarters.web));
    Ok(answer)
}

async fn end(headquarters: &Headquarters, token: String) -> Result<(), StoreFault> {
    let work = headquarters.store.write(move |tx| {
        Box::pin(async move {
            let session = sessions::of_token(&mut *tx, &token, clock::now()).await?;
            sessions::end_of_token(&mut *tx, &token).await?;
            let Some(session) = session else { return Ok(()) };
            let person = session.person.id;
            noted(tx, Some(person), Act::SignedOut, &person.to_string(), "").await
        })
    });
    work.await
}

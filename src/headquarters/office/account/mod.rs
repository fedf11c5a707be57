//! `/office/account`: one's own sessions and way to sign in, and changing both.

mod agent;
mod draw;

use std::sync::Arc;

use axum::extract::{RawForm, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Redirect, Response};
use maud::Markup;
use texts::{Lang, entry};

use super::clerk::Clerk;
use super::enter::{codes_page, secret_in};
use super::filled::Filled;
use super::notice::Notice;
use super::trouble::{Told, Trouble};
use crate::headquarters::Headquarters;
use crate::identity::account::{self, Asker, Changed};
use crate::identity::passphrase::Passphrase;
use crate::identity::recovery::RecoveryCode;
use crate::identity::set_up::{SetUpFault, whose_renewal};
use crate::identity::totp::TotpSecret;
use crate::store::StoreFault;
use crate::store::credentials::{self, Second};
use draw::{Form, Wrong};

/// The address of the page.
const HERE: &str = "/office/account";

fn asker(clerk: &Clerk) -> Asker {
    Asker { person: clerk.person.id, session: clerk.session }
}

fn told(lang: Lang) -> impl Fn(StoreFault) -> Told {
    move |fault| Told(fault.into(), lang)
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    draw::page(&headquarters, &clerk, None).await.map_err(told(clerk.lang))
}

pub(crate) async fn passphrase(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let filled = Filled::parse(&form);
    let words = ["present", "passphrase", "again"].map(|it| Passphrase::typed(filled.one(it)));
    let changed = account::change_passphrase(&headquarters, asker(&clerk), words.into()).await;
    match changed.map_err(told(clerk.lang))? {
        Changed::Done(()) => Ok(Redirect::to(&Notice::PassphraseChanged.on(HERE)).into_response()),
        Changed::Faults(faults) => {
            refused(&headquarters, &clerk, Wrong::faults(Form::Passphrase, faults)).await
        }
        Changed::Wait { seconds } => {
            refused(&headquarters, &clerk, Wrong::wait(Form::Passphrase, seconds)).await
        }
    }
}

pub(crate) async fn recovery(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let filled = Filled::parse(&form);
    if !has_codes(&headquarters, &clerk).await? {
        return Err(Told(Trouble::NotFound, clerk.lang));
    }
    let present = Passphrase::typed(filled.one("present"));
    let renewed = account::renew_recovery(&headquarters, asker(&clerk), present).await;
    match renewed.map_err(told(clerk.lang))? {
        Changed::Done(codes) => Ok(shown(&clerk, &codes)),
        Changed::Faults(faults) => {
            refused(&headquarters, &clerk, Wrong::faults(Form::Recovery, faults)).await
        }
        Changed::Wait { seconds } => {
            refused(&headquarters, &clerk, Wrong::wait(Form::Recovery, seconds)).await
        }
    }
}

/// Whether codes are asked of this person at all: not in the demonstration.
async fn has_codes(headquarters: &Headquarters, clerk: &Clerk) -> Result<bool, Told> {
    let known = credentials::of(headquarters.store.readers(), clerk.person.id).await;
    let known = known.map_err(told(clerk.lang))?;
    Ok(known.is_some_and(|it| it.second != Second::None))
}

fn shown(clerk: &Clerk, codes: &[RecoveryCode]) -> Response {
    let back = (HERE, entry::back_to_account(clerk.lang));
    codes_page(clerk.lang, Some(clerk), codes, back).into_response()
}

async fn refused(
    headquarters: &Headquarters,
    clerk: &Clerk,
    wrong: Wrong,
) -> Result<Response, Told> {
    let wait = wrong.seconds();
    let page = draw::page(headquarters, clerk, Some(wrong)).await.map_err(told(clerk.lang))?;
    Ok(with_wait(wait, page))
}

fn with_wait(wait: Option<i64>, page: Markup) -> Response {
    match wait {
        None => (StatusCode::UNPROCESSABLE_ENTITY, page).into_response(),
        Some(seconds) => {
            let header = [(RETRY_AFTER, seconds.to_string())];
            (StatusCode::TOO_MANY_REQUESTS, header, page).into_response()
        }
    }
}

pub(crate) async fn codes_form(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    if !has_codes(&headquarters, &clerk).await? {
        return Err(Told(Trouble::NotFound, clerk.lang));
    }
    Ok(draw::codes(&headquarters, &clerk, &TotpSecret::fresh(), None))
}

pub(crate) async fn codes(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let filled = Filled::parse(&form);
    let secret = secret_in(&headquarters, &filled, &whose_renewal(clerk.person.id));
    let is_asked = has_codes(&headquarters, &clerk).await?;
    let Some(secret) = secret.filter(|_| is_asked) else {
        return Err(Told(Trouble::NotFound, clerk.lang));
    };
    let present = Passphrase::typed(filled.one("present"));
    let wanted = (present, secret.clone(), filled.one("code").to_owned());
    let renewed = account::renew_second(&headquarters, asker(&clerk), wanted).await;
    let wrong = match renewed.map_err(told(clerk.lang))? {
        Changed::Done(codes) => return Ok(shown(&clerk, &codes)),
        Changed::Faults(faults) => Wrong::faults(Form::Codes, faults),
        Changed::Wait { seconds } => Wrong::wait(Form::Codes, seconds),
    };
    let wait = wrong.seconds();
    Ok(with_wait(wait, draw::codes(&headquarters, &clerk, &secret, Some(wrong))))
}

pub(crate) async fn sessions(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let filled = Filled::parse(&form);
    let asker = asker(&clerk);
    let work = headquarters.store.write::<_, StoreFault, _>(move |tx| {
        Box::pin(async move {
            if filled.has("others") {
                return account::end_others(tx, asker).await;
            }
            if let Some(session) = filled.id("session") {
                account::end(tx, asker, session).await?;
            }
            Ok(())
        })
    });
    work.await.map_err(told(clerk.lang))?;
    Ok(Redirect::to(&Notice::SessionEnded.on(HERE)).into_response())
}

/// What a fault says at which field of these forms: their passphrase that there is has a field of
/// its own.
fn field_of(fault: SetUpFault) -> &'static str {
    match fault {
        SetUpFault::WrongPassphrase => "present",
        SetUpFault::Name
        | SetUpFault::SignInName
        | SetUpFault::SignInNameTaken
        | SetUpFault::Passphrase(_)
        | SetUpFault::Differs
        | SetUpFault::Code => super::enter::field_of(fault),
    }
}

//! `/office/enter`: what a link that headquarters gave opens. A new person sets up how to sign in;
//! a link of the demonstration opens the office at once.

use std::sync::Arc;

use axum::extract::{Query, RawForm, State};
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{from_hex, to_hex};
use maud::{Markup, html};
use serde::Deserialize;
use texts::{Lang, entry};

use super::caller::Caller;
use super::clerk::Clerk;
use super::fields::{self, Field};
use super::filled::Filled;
use super::trouble::Told;
use super::{layout, qr, sign_in};
use crate::clock;
use crate::headquarters::Headquarters;
use crate::identity::door::AGAIN_S;
use crate::identity::passphrase::{Passphrase, PassphraseFault};
use crate::identity::recovery::RecoveryCode;
use crate::identity::set_up::{self, Done, Link, SetUpFault, Wanted, whose_link};
use crate::identity::sign_in::{Entered, From};
use crate::identity::totp::TotpSecret;
use crate::store::StoreFault;
use crate::store::invitations;
use crate::store::people::Person;

const HERE: &str = "/office/enter";

/// The length of a sealed secret in bytes: nonce, secret and tag.
const SEALED_BYTES: usize = 12 + 20 + 16;

#[derive(Deserialize)]
pub(crate) struct Token {
    #[serde(default)]
    token: String,
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    Query(Token { token }): Query<Token>,
    caller: Caller,
) -> Result<Response, Told> {
    let lang = caller.lang;
    let told = |fault: StoreFault| Told(fault.into(), lang);
    let link = opens(&headquarters, &token).await.map_err(told)?;
    let fault = match &link {
        Link::First | Link::New(_) | Link::Second(_) => {
            let form = Form::fresh(token, link);
            return Ok(form.page(&headquarters, lang, &[]).into_response());
        }
        Link::Office(person) => {
            let entered = at_once(&headquarters, (token, person.clone()), caller.from).await;
            match entered.map_err(told)? {
                Some(entered) => {
                    let to = Redirect::to("/office");
                    return Ok(sign_in::signed_in(&headquarters, &entered, to));
                }
                None => sign_in::Fault::LinkSpent,
            }
        }
        Link::Known => sign_in::Fault::HasPassphrase,
        Link::Nothing => sign_in::Fault::LinkSpent,
    };
    sign_in::refused(&headquarters, lang, "", fault).await
}

async fn opens(headquarters: &Headquarters, token: &str) -> Result<Link, StoreFault> {
    let mut db = headquarters.store.readers().acquire().await?;
    set_up::link(&mut db, token, clock::now()).await
}

/// A session for whom a link of the demonstration is for.
async fn at_once(
    headquarters: &Headquarters,
    (token, person): (String, Person),
    from: From,
) -> Result<Option<Entered>, StoreFault> {
    let work = headquarters.store.write(move |tx| {
        Box::pin(async move {
            if !invitations::spend(&mut *tx, &token, clock::now()).await? {
                return Ok(None);
            }
            crate::identity::sign_in::enter(tx, person, &from).await.map(Some)
        })
    });
    work.await
}

pub(crate) async fn finish(
    State(headquarters): State<Arc<Headquarters>>,
    caller: Caller,
    RawForm(body): RawForm,
) -> Result<Response, Told> {
    let lang = caller.lang;
    let told = |fault: StoreFault| Told(fault.into(), lang);
    let filled = Filled::parse(&body);
    let token = filled.one("token").to_owned();
    let link = opens(&headquarters, &token).await.map_err(told)?;
    let Some(form) = Form::filled(&headquarters, token, link, filled) else {
        return sign_in::refused(&headquarters, lang, "", sign_in::Fault::LinkSpent).await;
    };
    let done = set_up::set_up(&headquarters, form.wanted(caller.from)).await.map_err(told)?;
    match done {
        Done::In(entered, codes) => {
            let page = codes_page(lang, None, &codes, ("/office", entry::recovery_kept(lang)));
            Ok(sign_in::signed_in(&headquarters, &entered, page))
        }
        Done::Faults(faults) => {
            let page = form.page(&headquarters, lang, &faults);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Done::Spent => sign_in::refused(&headquarters, lang, "", sign_in::Fault::LinkSpent).await,
        Done::Busy => Ok(busy(lang)),
    }
}

/// That too many are at the door.
pub(super) fn busy(lang: Lang) -> Response {
    let body = html! { h1 { (entry::not_set_up(lang)) } p { (entry::busy(lang)) } };
    let page = layout::page(lang, entry::not_set_up(lang), None, &body);
    (StatusCode::TOO_MANY_REQUESTS, [(RETRY_AFTER, AGAIN_S.to_string())], page).into_response()
}

/// The recovery codes, shown this once.
pub(super) fn codes_page(
    lang: Lang,
    clerk: Option<&Clerk>,
    codes: &[RecoveryCode],
    (to, words): (&str, &str),
) -> Markup {
    let body = html! {
        h1 { (entry::recovery(lang)) }
        p { (entry::recovery_means(lang)) }
        ol.codes { @for code in codes { li { code { (code.as_str()) } } } }
        p.actions { a href=(to) { (words) } }
    };
    layout::page_once(lang, entry::recovery(lang), clerk, &body)
}

/// The form of a link.
struct Form {
    token: String,
    link: Link,
    secret: TotpSecret,
    filled: Filled,
}

impl Form {
    fn fresh(token: String, link: Link) -> Self {
        Self { token, link, secret: TotpSecret::fresh(), filled: Filled::default() }
    }

    /// What came back; `None` where its secret is not of this link.
    fn filled(
        headquarters: &Headquarters,
        token: String,
        link: Link,
        filled: Filled,
    ) -> Option<Self> {
        let secret = secret_in(headquarters, &filled, &whose_link(&token))?;
        Some(Self { token, link, secret, filled })
    }

    fn wanted(&self, from: From) -> Wanted {
        Wanted {
            token: self.token.clone(),
            name: self.filled.one("name").to_owned(),
            sign_in_name: self.filled.one("sign_in_name").to_owned(),
            passphrase: Passphrase::typed(self.filled.one("passphrase")),
            again: Passphrase::typed(self.filled.one("again")),
            secret: self.secret.clone(),
            code: self.filled.one("code").to_owned(),
            from,
        }
    }

    fn page(&self, headquarters: &Headquarters, lang: Lang, faults: &[SetUpFault]) -> Markup {
        let title = match self.link {
            Link::First => entry::first_administrator(lang),
            Link::New(_) | Link::Second(_) | Link::Nothing | Link::Office(_) | Link::Known => {
                entry::set_up(lang)
            }
        };
        let list = faults.iter().map(|fault| (field_of(*fault), sentence(*fault, lang)));
        let body = html! {
            h1 { (title) }
            @if !faults.is_empty() { (fields::summary(entry::not_set_up(lang), list)) }
            (self.for_whom(lang))
            form.sheet method="post" action=(HERE) {
                input type="hidden" name="token" value=(self.token);
                (self.naming(lang, faults))
                (self.passphrases(lang, faults))
                (second(headquarters, &self.secret, (&whose_link(&self.token), self.name()), faults, lang))
                p { button { (entry::finish(lang)) } }
            }
        };
        layout::page(lang, title, None, &body)
    }

    /// The name as the authenticator app shows it.
    fn name(&self) -> &str {
        match &self.link {
            Link::New(person) | Link::Second(person) | Link::Office(person) => &person.name,
            Link::First | Link::Nothing | Link::Known => self.filled.one("name"),
        }
    }

    fn for_whom(&self, lang: Lang) -> Markup {
        match &self.link {
            Link::First => html! { p { (entry::first_means(lang)) } },
            Link::New(person) | Link::Second(person) | Link::Office(person) => {
                html! { p { (entry::set_up_for(lang, &person.name)) } }
            }
            Link::Nothing | Link::Known => html! {},
        }
    }

    fn naming(&self, lang: Lang, faults: &[SetUpFault]) -> Markup {
        let is_first = matches!(self.link, Link::First);
        if matches!(self.link, Link::Second(_)) {
            return html! {};
        }
        let fault = |name| fault_at(name, faults, lang);
        let suggested = match &self.link {
            Link::New(person) => crate::store::credentials::folded(&person.name),
            Link::First | Link::Second(_) | Link::Nothing | Link::Office(_) | Link::Known => {
                String::new()
            }
        };
        let chosen = self.filled.one("sign_in_name");
        let chosen = if chosen.is_empty() { suggested.as_str() } else { chosen };
        html! {
            @if is_first {
                (fields::text(&Field { name: "name", label: entry::full_name(lang), fault: fault("name") }, self.filled.one("name")))
            }
            (fields::user_name("sign_in_name", (entry::choose_name(lang), entry::choose_name_hint(lang)), chosen, fault("sign_in_name")))
        }
    }

    fn passphrases(&self, lang: Lang, faults: &[SetUpFault]) -> Markup {
        let fault = |name| fault_at(name, faults, lang);
        if matches!(self.link, Link::Second(_)) {
            let label = entry::present_passphrase(lang);
            return fields::passphrase(
                "passphrase",
                label,
                "current-password",
                fault("passphrase"),
            );
        }
        new_passphrases(lang, fault("passphrase"), fault("again"))
    }
}

/// Both fields of a new passphrase.
pub(super) fn new_passphrases(lang: Lang, fault: Option<&str>, differs: Option<&str>) -> Markup {
    html! {
        div {
            (fields::passphrase("passphrase", entry::new_passphrase(lang), "new-password", fault))
            p.quiet.hint { (entry::new_passphrase_hint(lang)) }
        }
        (fields::passphrase("again", entry::again(lang), "new-password", differs))
    }
}

/// The secret that stood in a form, where it was sealed for this.
pub(super) fn secret_in(
    headquarters: &Headquarters,
    filled: &Filled,
    whose: &[u8],
) -> Option<TotpSecret> {
    let sealed = from_hex::<SEALED_BYTES>(filled.one("secret")).ok()?;
    TotpSecret::open(&headquarters.keyring, whose, &sealed)
}

/// The picture and the letters of a new secret, and the field for its first code. The form carries
/// the secret sealed, so that headquarters keeps nothing before it is confirmed.
pub(super) fn second(
    headquarters: &Headquarters,
    secret: &TotpSecret,
    (whose, name): (&[u8], &str),
    faults: &[SetUpFault],
    lang: Lang,
) -> Markup {
    let sealed = to_hex(&secret.seal(&headquarters.keyring, whose));
    html! {
        fieldset {
            legend { (entry::second(lang)) }
            p { (entry::second_how(lang)) }
            (qr::picture(&secret.address(name), entry::second_picture(lang)))
            p { (entry::second_letters(lang)) ": " code { (secret.letters()) } }
            input type="hidden" name="secret" value=(sealed);
            (fields::code("code", entry::present_code(lang), "", fault_at("code", faults, lang)))
        }
    }
}

fn fault_at(field: &str, faults: &[SetUpFault], lang: Lang) -> Option<&'static str> {
    let fault = faults.iter().find(|fault| field_of(**fault) == field);
    fault.map(|fault| sentence(*fault, lang))
}

/// The field beside which a fault stands.
pub(super) fn field_of(fault: SetUpFault) -> &'static str {
    match fault {
        SetUpFault::Name => "name",
        SetUpFault::SignInName | SetUpFault::SignInNameTaken => "sign_in_name",
        SetUpFault::Passphrase(_) | SetUpFault::WrongPassphrase => "passphrase",
        SetUpFault::Differs => "again",
        SetUpFault::Code => "code",
    }
}

/// What a fault says.
pub(super) fn sentence(fault: SetUpFault, lang: Lang) -> &'static str {
    match fault {
        SetUpFault::Name => entry::fault_name(lang),
        SetUpFault::SignInName => entry::fault_sign_in_name(lang),
        SetUpFault::SignInNameTaken => entry::fault_sign_in_name_taken(lang),
        SetUpFault::Passphrase(PassphraseFault::Short) => entry::fault_short(lang),
        SetUpFault::Passphrase(PassphraseFault::Long) => entry::fault_long(lang),
        SetUpFault::Passphrase(PassphraseFault::Name) => entry::fault_is_name(lang),
        SetUpFault::Differs => entry::fault_differs(lang),
        SetUpFault::WrongPassphrase => entry::fault_wrong(lang),
        SetUpFault::Code => entry::fault_code(lang),
    }
}

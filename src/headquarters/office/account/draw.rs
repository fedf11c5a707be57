//! How the page of one's own account looks.

use maud::{Markup, html};
use texts::{Lang, entry};

use super::{HERE, agent, field_of};
use crate::clock;
use crate::headquarters::Headquarters;
use crate::identity::set_up::{SetUpFault, whose_renewal};
use crate::identity::totp::TotpSecret;
use crate::office::clerk::Clerk;
use crate::office::enter::{new_passphrases, second, sentence};
use crate::office::listing::{Tone, mark};
use crate::office::people::{Staff, roles};
use crate::office::{fields, layout, words};
use crate::store::StoreFault;
use crate::store::credentials::{self, Credential, Second};
use crate::store::people;
use crate::store::sessions::{self, ABSOLUTE_MS, IDLE_MS, Session};

/// One of the forms of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Passphrase,
    Recovery,
    Codes,
}

/// What is wrong with a form.
pub(super) struct Wrong {
    form: Form,
    what: What,
}

enum What {
    Faults(Vec<SetUpFault>),
    Wait { seconds: i64 },
}

impl Wrong {
    pub(super) fn faults(form: Form, faults: Vec<SetUpFault>) -> Self {
        Self { form, what: What::Faults(faults) }
    }

    pub(super) fn wait(form: Form, seconds: i64) -> Self {
        Self { form, what: What::Wait { seconds } }
    }

    pub(super) fn seconds(&self) -> Option<i64> {
        match self.what {
            What::Faults(_) => None,
            What::Wait { seconds } => Some(seconds),
        }
    }

    fn list(&self) -> &[SetUpFault] {
        match &self.what {
            What::Faults(faults) => faults,
            What::Wait { .. } => &[],
        }
    }

    fn banner(&self, lang: Lang) -> Markup {
        match &self.what {
            What::Faults(faults) => {
                let list = faults.iter().map(|fault| (field_of(*fault), sentence(*fault, lang)));
                fields::summary(entry::not_set_up(lang), list)
            }
            What::Wait { seconds } => html! {
                div.banner.bad-banner role="alert" { p { (entry::wait(lang, *seconds)) } }
            },
        }
    }
}

/// The faults of a form.
fn faults_of(wrong: Option<&Wrong>, form: Form) -> &[SetUpFault] {
    wrong.filter(|it| it.form == form).map_or(&[], Wrong::list)
}

fn fault_at(field: &str, faults: &[SetUpFault], lang: Lang) -> Option<&'static str> {
    faults.iter().find(|it| field_of(**it) == field).map(|it| sentence(*it, lang))
}

pub(super) async fn page(
    headquarters: &Headquarters,
    clerk: &Clerk,
    wrong: Option<Wrong>,
) -> Result<Markup, StoreFault> {
    let (lang, db, me) = (clerk.lang, headquarters.store.readers(), clerk.person.id);
    let credential = credentials::of(db, me).await?;
    let left = credentials::recovery_left(db, me).await?;
    let open = sessions::of_person(db, me, clock::now()).await?;
    let wrong = wrong.as_ref();
    let body = html! {
        h1 { (entry::account(lang)) }
        @if let Some(wrong) = wrong { (wrong.banner(lang)) }
        (facts(headquarters, clerk, credential.as_ref()).await?)
        h2 { (entry::sessions(lang)) }
        (session_list(&open, clerk, lang))
        @if let Some(credential) = &credential {
            h2 { (entry::change_passphrase(lang)) }
            (passphrase_form(&credential.sign_in_name, faults_of(wrong, Form::Passphrase), lang))
            h2 { (entry::second(lang)) }
            @if credential.second == Second::None { p { (entry::no_second_in_demonstration(lang)) } }
            @else { (second_part(left, wrong, lang)) }
        }
    };
    Ok(layout::page(lang, entry::account(lang), Some(clerk), &body))
}

async fn facts(
    headquarters: &Headquarters,
    clerk: &Clerk,
    credential: Option<&Credential>,
) -> Result<Markup, StoreFault> {
    let lang = clerk.lang;
    let standing = people::standing(headquarters.store.readers(), clerk.person.id).await?;
    let staff = Staff::load(headquarters).await?;
    Ok(html! {
        dl {
            dt { (entry::full_name(lang)) } dd { (clerk.person.name) }
            @if let Some(credential) = credential {
                dt { (entry::choose_name(lang)) } dd { (credential.sign_in_name) }
            }
            dt { (entry::roles(lang)) } dd { (roles(standing.roles, lang)) }
            dt { (entry::unit(lang)) } dd { (staff.unit(standing.unit, lang)) }
        }
    })
}

fn session_list(open: &[Session], clerk: &Clerk, lang: Lang) -> Markup {
    let how = entry::sessions_how(lang, ABSOLUTE_MS / 3_600_000, IDLE_MS / 60_000);
    html! {
        p.quiet { (how) }
        ul.sessions {
            @for session in open {
                li.card {
                    p { strong { (agent::words(&session.agent, lang)) }
                        @if session.id == clerk.session { " " (mark(Tone::Good, entry::this_session(lang))) } }
                    p.quiet {
                        (entry::began(lang)) ": " (words::moment(session.began, lang)) " · "
                        (entry::last_used(lang)) ": " (words::moment(session.last_used, lang))
                    }
                    @if session.id != clerk.session {
                        form method="post" action={ (HERE) "/sessions" } {
                            input type="hidden" name="session" value=(session.id);
                            button.second { (entry::end_session(lang)) }
                        }
                    }
                }
            }
        }
        @if open.len() > 1 {
            form method="post" action={ (HERE) "/sessions" } {
                p { button.danger name="others" value="1" { (entry::end_others(lang)) } }
            }
        }
    }
}

fn passphrase_form(name: &str, faults: &[SetUpFault], lang: Lang) -> Markup {
    let fault = |field| fault_at(field, faults, lang);
    html! {
        form.sheet method="post" action={ (HERE) "/passphrase" } {
            p.quiet { (entry::change_passphrase_means(lang)) }
            // For managers of passphrases, which ask whose it is.
            input type="hidden" name="username" value=(name) autocomplete="username";
            (fields::passphrase("present", entry::present_passphrase(lang), "current-password", fault("present")))
            (new_passphrases(lang, fault("passphrase"), fault("again")))
            p { button { (entry::change_passphrase(lang)) } }
        }
    }
}

fn second_part(left: u64, wrong: Option<&Wrong>, lang: Lang) -> Markup {
    let is_open = wrong.is_some_and(|it| it.form == Form::Recovery);
    let fault = fault_at("present", faults_of(wrong, Form::Recovery), lang);
    html! {
        p { (entry::recovery_left(lang, left)) }
        p.actions { a href={ (HERE) "/codes" } { (entry::renew_second(lang)) } }
        details open[is_open] {
            summary { (entry::renew_recovery(lang)) }
            form.sheet method="post" action={ (HERE) "/recovery" } {
                (fields::passphrase_as(("present-for-recovery", "present"), entry::present_passphrase(lang), "current-password", fault))
                p { button.second { (entry::renew_recovery(lang)) } }
            }
        }
    }
}

/// The page by which another authenticator app is set up.
pub(super) fn codes(
    headquarters: &Headquarters,
    clerk: &Clerk,
    secret: &TotpSecret,
    wrong: Option<Wrong>,
) -> Markup {
    let lang = clerk.lang;
    let faults = faults_of(wrong.as_ref(), Form::Codes);
    let whose = whose_renewal(clerk.person.id);
    let body = html! {
        h1 { (entry::renew_second(lang)) }
        @if let Some(wrong) = &wrong { (wrong.banner(lang)) }
        p { (entry::renew_second_means(lang)) }
        form.sheet method="post" action={ (HERE) "/codes" } {
            (fields::passphrase("present", entry::present_passphrase(lang), "current-password", fault_at("present", faults, lang)))
            (second(headquarters, secret, (&whose, &clerk.person.name), faults, lang))
            p { button { (entry::renew_second(lang)) } }
        }
        p.actions { a href=(HERE) { (entry::back_to_account(lang)) } }
    };
    layout::page(lang, entry::renew_second(lang), Some(clerk), &body)
}

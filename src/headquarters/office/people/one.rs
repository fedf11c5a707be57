//! `/office/people/ID`: one person, with what can be done: roles and unit, an invitation, setting
//! up anew how the person signs in, and that the person has left.

use std::sync::Arc;

use axum::extract::{Path, RawForm, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::PersonId;
use maud::{Markup, html};
use texts::{Lang, people as t};

use super::{HERE, Staff, draw, roles, sentence, standing};
use crate::clock;
use crate::headquarters::Headquarters;
use crate::identity::staff::{self, Reset, Seats, StaffFault};
use crate::office::clerk::Clerk;
use crate::office::fields::{self, Field};
use crate::office::filled::Filled;
use crate::office::invitations::{self, Given};
use crate::office::notice::Notice;
use crate::office::trouble::{Told, Trouble};
use crate::office::{layout, words};
use crate::store::invitations::Opens;
use crate::store::people::{Departure, Member};

/// Where a person stands.
pub(in crate::office) fn address(person: PersonId) -> String {
    format!("{HERE}/{person}")
}

/// What is wrong, and in which of the forms.
struct Wrong {
    fault: &'static str,
    is_leaving: bool,
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    Path(id): Path<String>,
) -> Result<Markup, Told> {
    draw_one(&headquarters, &clerk, &id, None).await
}

async fn draw_one(
    headquarters: &Headquarters,
    clerk: &Clerk,
    id: &str,
    wrong: Option<Wrong>,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let staff = Staff::load(headquarters).await.map_err(|fault| Told(fault.into(), lang))?;
    let found = staff.members.iter().find(|it| it.person.id.to_string() == id);
    let member = found.ok_or(Told(Trouble::NotFound, lang))?;
    let name = member.person.name.as_str();
    let body = html! {
        h1 { (name) }
        @if let Some(wrong) = &wrong { (draw::not_saved(wrong.fault, lang)) }
        (facts(&staff, member, lang))
        @if member.departure.is_none() {
            (changing(&staff, member, lang))
            (inviting(member, lang))
            (resetting(&staff, member, lang))
            (leaving(member, wrong.is_some_and(|it| it.is_leaving), lang))
        }
        p.actions { a href=(HERE) { (t::back_to_people(lang)) } }
    };
    Ok(layout::page(lang, name, Some(clerk), &body))
}

fn facts(staff: &Staff, member: &Member, lang: Lang) -> Markup {
    let tablets = staff.tablets.get(&member.person.id).copied().unwrap_or(0);
    html! {
        dl {
            dt { (t::roles(lang)) } dd { (roles(member.standing.roles, lang)) }
            dt { (t::unit(lang)) } dd { (staff.unit(member.standing.unit, lang)) }
            dt { (t::tablets(lang)) } dd { (tablets) }
            @if let Some(departure) = &member.departure {
                dt { (t::left_at(lang)) } dd { (words::moment(departure.at, lang)) }
                dt { (t::left_because(lang)) } dd { (departure.reason) }
                @if let Some(name) = departure.by.and_then(|by| staff.name(by)) {
                    dt { (t::who_said_left(lang)) } dd { (name) }
                }
            } @else {
                dt { (t::last_sign_in(lang)) }
                dd {
                    @match staff.signed_in.get(&member.person.id) {
                        Some(Some(at)) => (words::moment(*at, lang)),
                        Some(None) => (t::never(lang)),
                        None => (t::has_no_passphrase(lang)),
                    }
                }
            }
        }
    }
}

fn changing(staff: &Staff, member: &Member, lang: Lang) -> Markup {
    html! {
        h2 { (t::change_person(lang)) }
        form.sheet method="post" action=(address(member.person.id)) {
            p.quiet { (t::change_means(lang)) }
            (draw::standing(staff, (member.standing.roles, member.standing.unit), lang))
            p { button { (t::save(lang)) } }
        }
    }
}

fn inviting(member: &Member, lang: Lang) -> Markup {
    html! {
        h2 { (t::invite_person(lang)) }
        form.sheet method="post" action=(invitations::HERE) {
            input type="hidden" name="person" value=(member.person.id);
            (invitations::choices(lang))
            p { button.second { (t::make_invitation(lang)) } }
        }
    }
}

fn resetting(staff: &Staff, member: &Member, lang: Lang) -> Markup {
    if !staff.signed_in.contains_key(&member.person.id) {
        return html! {};
    }
    html! {
        details {
            summary { (t::reset_passphrase(lang)) " · " (t::reset_totp(lang)) }
            form.sheet method="post" action={ (address(member.person.id)) "/reset" } {
                button disabled hidden {}
                p { (t::reset_means(lang)) }
                p.actions {
                    button.second name="what" value="passphrase" { (t::reset_passphrase(lang)) }
                    button.second name="what" value="totp" { (t::reset_totp(lang)) }
                }
            }
        }
    }
}

fn leaving(member: &Member, is_open: bool, lang: Lang) -> Markup {
    let choice = |value: &str, words: &str, means: &str, is_first: bool| {
        html! {
            label.choice {
                input type="radio" name="seats" value=(value) checked[is_first];
                span { (words) span.quiet.kinds { (means) } }
            }
        }
    };
    html! {
        details open[is_open] {
            summary { (t::leaves(lang)) }
            form.sheet method="post" action={ (address(member.person.id)) "/leave" } {
                button disabled hidden {}
                p { (t::leave_means(lang)) }
                (fields::text(&Field { name: "reason", label: t::leave_reason(lang), fault: is_open.then_some(t::fault_reason(lang)) }, ""))
                fieldset {
                    legend { (t::tablets(lang)) }
                    (choice("revoke", t::seats_revoke(lang), t::seats_revoke_means(lang), true))
                    (choice("keep", t::seats_keep(lang), t::seats_keep_means(lang), false))
                }
                p { button.danger { (t::do_leave(lang, &member.person.name)) } }
            }
        }
    }
}

/// The person of an address, for a form that was sent from these pages.
fn asked(clerk: &Clerk, id: &str) -> Result<PersonId, Told> {
    id.parse().map_err(|_| Told(Trouble::NotFound, clerk.lang))
}

async fn refused(
    headquarters: &Headquarters,
    clerk: &Clerk,
    id: &str,
    fault: StaffFault,
) -> Result<Response, Told> {
    let wrong = Wrong { fault: sentence(fault, clerk.lang)?, is_leaving: false };
    let page = draw_one(headquarters, clerk, id, Some(wrong)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

pub(crate) async fn change(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let person = asked(&clerk, &id)?;
    let by = Some(clerk.person.id);
    let changed = match standing(&Filled::parse(&form)) {
        None => Err(StaffFault::NoSuchUnit),
        Some(standing) => {
            let work = headquarters.store.write(move |tx| {
                Box::pin(async move { staff::change(tx, by, person, standing).await })
            });
            work.await
        }
    };
    match changed {
        Ok(()) => Ok(Redirect::to(&Notice::Changed.on(&address(person))).into_response()),
        Err(fault) => refused(&headquarters, &clerk, &id, fault).await,
    }
}

pub(crate) async fn reset(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    Path(id): Path<String>,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let person = asked(&clerk, &id)?;
    let what = match Filled::parse(&form).one("what") {
        "totp" => Reset::Totp,
        _ => Reset::Passphrase,
    };
    let by = Some(clerk.person.id);
    let work = headquarters
        .store
        .write(move |tx| Box::pin(async move { staff::reset(tx, by, person, what).await }));
    match work.await {
        Ok(code) => {
            let given = Given { person, opens: Opens::Office, code, days: 1 };
            invitations::shown(&headquarters, &clerk, &headers, given).await
        }
        Err(fault) => refused(&headquarters, &clerk, &id, fault).await,
    }
}

pub(crate) async fn leave(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let person = asked(&clerk, &id)?;
    let filled = Filled::parse(&form);
    let Some(reason) = filled.reason("reason") else {
        let wrong = Wrong { fault: t::fault_reason(clerk.lang), is_leaving: true };
        let page = draw_one(&headquarters, &clerk, &id, Some(wrong)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let departure =
        Departure { at: clock::now(), by: Some(clerk.person.id), reason: reason.to_owned() };
    let seats = if filled.one("seats") == "keep" { Seats::Kept } else { Seats::Revoked };
    let keys = headquarters.keys.clone();
    let work = headquarters.store.write(move |tx| {
        Box::pin(async move { staff::leave(tx, &keys, person, (departure, seats)).await })
    });
    match work.await {
        Ok(()) => Ok(Redirect::to(&Notice::PersonLeft.on(&address(person))).into_response()),
        Err(fault) => refused(&headquarters, &clerk, &id, fault).await,
    }
}

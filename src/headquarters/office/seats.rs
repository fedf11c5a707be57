//! `/office/seats`: who works where, with which app, when each seat was heard of last; and
//! revoking a seat.

use std::sync::Arc;

use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{PersonId, SeatId};
use maud::{Markup, html};
use texts::{Lang, custody, office};

use super::clerk::{Clerk, is_own_form};
use super::filled::Filled;
use super::trouble::{Told, Trouble};
use super::{layout, words};
use crate::headquarters::Headquarters;
use crate::store::StoreFault;
use crate::store::people::{self, Person, Revocation, Seat};
use crate::{clock, ledger};

/// What is wrong with revoking a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Reason,
    Seat,
}

impl Fault {
    fn sentence(self, lang: Lang) -> &'static str {
        match self {
            Self::Reason => custody::fault_reason(lang),
            Self::Seat => custody::fault_seat(lang),
        }
    }
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    draw(&headquarters, &clerk, None).await
}

pub(crate) async fn revoke(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let told = |trouble: Trouble| Told(trouble, clerk.lang);
    if !is_own_form(&headers) {
        return Err(told(Trouble::ForeignForm));
    }
    let filled = Filled::parse(&form);
    let fault = match (filled.id("seat"), filled.reason("reason")) {
        (_, None) => Some(Fault::Reason),
        (None, Some(_)) => Some(Fault::Seat),
        (Some(seat), Some(reason)) => {
            let revoked = store(&headquarters, seat, reason.to_owned(), clerk.person.id).await;
            let revoked = revoked.map_err(|fault| told(fault.into()))?;
            (!revoked).then_some(Fault::Seat)
        }
    };
    match fault {
        None => Ok(Redirect::to("/office/seats").into_response()),
        Some(fault) => {
            let page = draw(&headquarters, &clerk, Some(fault)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// Whether the seat was revoked by this.
async fn store(
    headquarters: &Headquarters,
    seat: SeatId,
    reason: String,
    by: PersonId,
) -> Result<bool, StoreFault> {
    let keys = headquarters.keys.clone();
    let work = headquarters.store.write(move |tx| {
        Box::pin(async move {
            let Some(seat) = people::seat(&mut *tx, seat).await? else { return Ok(false) };
            let revocation = Revocation { at: clock::now(), by: Some(by), reason };
            ledger::revoke(tx, &keys, &seat, &revocation).await
        })
    });
    work.await
}

async fn draw(
    headquarters: &Headquarters,
    clerk: &Clerk,
    fault: Option<Fault>,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let told = |fault: StoreFault| Told(fault.into(), lang);
    let db = headquarters.store.readers();
    let seats = people::seats(db).await.map_err(told)?;
    let persons = people::persons(db).await.map_err(told)?;
    let view = View { persons: &persons, lang };
    let body = html! {
        h1 { (office::seats(lang)) }
        @if let Some(fault) = fault {
            p.bad role="alert" { (custody::not_revoked(lang)) " " (fault.sentence(lang)) }
        }
        @if seats.is_empty() { p { (office::no_seats(lang)) } }
        @else {
            p.quiet { (custody::revoke_means(lang)) }
            div.scroll role="group" aria-label=(office::seats(lang)) tabindex="0" { (view.table(&seats)) }
        }
    };
    Ok(layout::page(lang, office::seats(lang), Some(clerk), &body))
}

struct View<'a> {
    persons: &'a [Person],
    lang: Lang,
}

impl View<'_> {
    fn table(&self, seats: &[Seat]) -> Markup {
        let lang = self.lang;
        html! {
            table {
                thead {
                    tr {
                        th scope="col" { (office::person(lang)) }
                        th scope="col" { (office::app(lang)) }
                        th scope="col" { (office::enrolled_at(lang)) }
                        th scope="col" { (office::last_contact(lang)) }
                        th scope="col" { (office::seat_state(lang)) }
                    }
                }
                tbody {
                    @for seat in seats {
                        tr data-seat=(seat.id) {
                            td { (seat.person.name) }
                            td { (seat.app) }
                            td { (words::moment(seat.enrolled_at, lang)) }
                            td { (words::moment(seat.last_contact, lang)) }
                            td { (self.state(seat)) }
                        }
                    }
                }
            }
        }
    }

    fn state(&self, seat: &Seat) -> Markup {
        let lang = self.lang;
        match &seat.revocation {
            None => html! { (office::seat_active(lang)) (revoking(seat, lang)) },
            Some(revocation) => html! {
                span.mark { (office::revoked(lang)) }
                " " (words::moment(revocation.at, lang))
                @if let Some(name) = revocation.by.and_then(|by| self.name(by)) {
                    br; (custody::revoked_by(lang, name))
                }
                @if !revocation.reason.is_empty() {
                    br; (custody::revoked_because(lang, &revocation.reason))
                }
            },
        }
    }

    fn name(&self, person: PersonId) -> Option<&str> {
        let person = self.persons.iter().find(|known| known.id == person)?;
        Some(&person.name)
    }
}

fn revoking(seat: &Seat, lang: Lang) -> Markup {
    html! {
        details {
            summary { (custody::revoke(lang)) }
            form.decide method="post" action="/office/seats" {
                input type="hidden" name="seat" value=(seat.id);
                label { (custody::why_revoke(lang)) input name="reason" required maxlength="500"; }
                button name="revoke" value="1" { (custody::revoke(lang)) }
            }
        }
    }
}

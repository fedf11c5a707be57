//! `/office/seats`: who works where, with which app, when each seat was heard of last, as a page
//! and as files; and revoking a seat.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{RawForm, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{PersonId, SeatId};
use domain::moment::Moment;
use maud::{Markup, html};
use texts::{Lang, custody, format, office, people as people_t};

use super::clerk::Clerk;
use super::filled::Filled;
use super::listing::{Ask, Cell, Column, Ending, Sheet, Tone, file_links, mark};
use super::notice::Notice;
use super::overview::{self, Digest, Overview, Stage};
use super::people::Staff;
use super::trouble::{Told, Trouble};
use super::{fields, invitations, layout, words};
use crate::access::Right;
use crate::headquarters::Headquarters;
use crate::store::StoreFault;
use crate::store::people::{self, Person, Revocation, Seat};
use crate::{clock, ledger};

/// A tablet that was not heard from for so long is called silent, in days.
const SILENT_DAYS: i64 = 7;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Inspections that are named before a seat is revoked.
const NAMED: usize = 8;

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
    RawForm(form): RawForm,
) -> Result<Response, Told> {
    let told = |trouble: Trouble| Told(trouble, clerk.lang);
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
        None => Ok(Redirect::to(&Notice::SeatRevoked.on("/office/seats")).into_response()),
        Some(fault) => {
            let page = draw(&headquarters, &clerk, Some((fault, &filled))).await?;
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

/// Since how many days a seat in use was not heard from, when it is called silent.
pub(super) fn silent_days(seat: &Seat, now: Moment) -> Option<i64> {
    let days = now.since_ms(seat.last_contact) / DAY_MS;
    (seat.revocation.is_none() && days >= SILENT_DAYS).then_some(days)
}

/// Where a seat stands on the page.
pub(super) fn address(seat: SeatId) -> String {
    format!("/office/seats#seat-{seat}")
}

/// Every seat, those in use first and of them the ones that were silent longest; and everyone.
async fn load(
    headquarters: &Headquarters,
    now: Moment,
) -> Result<(Vec<Seat>, Vec<Person>), StoreFault> {
    let db = headquarters.store.readers();
    let mut seats = people::seats(db).await?;
    seats.sort_by_key(|seat| {
        let silent = silent_days(seat, now);
        (
            seat.revocation.is_some(),
            silent.is_none(),
            std::cmp::Reverse(silent),
            seat.person.name.clone(),
        )
    });
    Ok((seats, people::persons(db).await?))
}

async fn draw(
    headquarters: &Headquarters,
    clerk: &Clerk,
    fault: Option<(Fault, &Filled)>,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let told = |fault: StoreFault| Told(fault.into(), lang);
    let now = clock::now();
    let (seats, persons) = load(headquarters, now).await.map_err(told)?;
    let overview = overview::load(headquarters, clerk.scope()).await.map_err(told)?;
    let staff = Staff::load(headquarters).await.map_err(told)?;
    let received = people::received(headquarters.store.readers()).await.map_err(told)?;
    let known = (&staff, &received);
    let manages = clerk.may_anywhere(Right::ManageSeats);
    let reads = clerk.may_anywhere(Right::ReadFindings);
    let view =
        View { persons: &persons, overview: &overview, known, now, fault, reads, manages, lang };
    let body = html! {
        h1 { (office::seats(lang)) }
        @if let Some((fault, _)) = fault {
            p.banner.bad-banner role="alert" { (custody::not_revoked(lang)) " " (fault.sentence(lang)) }
        }
        p.quiet { (custody::how_to_enrol(lang)) }
        p.actions { a href=(invitations::HERE) { (people_t::invitations(lang)) } }
        @if seats.is_empty() { p.empty { (office::no_seats(lang)) } }
        @else {
            p.quiet { (people_t::still_held(lang)) ": " (people_t::still_held_unknown(lang)) }
            p.actions { (file_links("/office/seats", &Ask::default(), lang)) }
            div.scroll role="group" aria-label=(office::seats(lang)) tabindex="0" { (view.table(&seats)) }
        }
    };
    Ok(layout::page(lang, office::seats(lang), Some(clerk), &body))
}

/// The page's table as a file.
pub(crate) async fn file(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    ending: Ending,
) -> Result<Response, Told> {
    let now = clock::now();
    let (seats, persons) =
        load(&headquarters, now).await.map_err(|fault| Told(fault.into(), clerk.lang))?;
    let name = |by| persons.iter().find(|known| known.id == by).map(|known| known.name.clone());
    let db = headquarters.store.readers();
    let staff = Staff::load(&headquarters).await.map_err(|fault| Told(fault.into(), clerk.lang))?;
    let received = people::received(db).await.map_err(|fault| Told(fault.into(), clerk.lang))?;
    let row = |seat: Seat| Row {
        unit: staff.unit_named(seat.person.id),
        received: received.get(&seat.id).copied().unwrap_or(0),
        revoked_by: seat.revocation.as_ref().and_then(|it| it.by).and_then(name),
        silent_days: silent_days(&seat, now),
        seat,
    };
    let name = format!("seats-{}", overview::today());
    let rows = seats.into_iter().map(row).collect();
    let sheet = Sheet { name, title: office::seats, columns: columns(), rows };
    Ok(sheet.file(ending, clerk.lang))
}

/// A seat as it stands in the files.
struct Row {
    seat: Seat,
    /// The unit of its person; none for those who see every unit.
    unit: Option<String>,
    /// How many events came from it.
    received: u64,
    revoked_by: Option<String>,
    silent_days: Option<i64>,
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::<Row>::new("person", office::person, |row, _| {
            Cell::words(row.seat.person.name.clone())
        }),
        Column::<Row>::new("state", office::seat_state, state),
        Column::<Row>::new("last_contact", office::last_contact, |row, _| {
            Cell::Moment(row.seat.last_contact)
        }),
        Column::<Row>::new("silent_days", custody::silent_days, |row, _| {
            let days = row.silent_days.and_then(|days| usize::try_from(days).ok());
            days.map_or(Cell::Empty, Cell::Number)
        }),
        Column::<Row>::new("enrolled_at", office::enrolled_at, |row, _| {
            Cell::Moment(row.seat.enrolled_at)
        }),
        Column::<Row>::new("app", office::app, |row, _| Cell::words(row.seat.app.clone())),
        Column::<Row>::new("revoked_at", custody::revoked_at, |row, _| {
            Cell::moment(row.seat.revocation.as_ref().map(|it| it.at))
        }),
        Column::<Row>::new("revoked_by", custody::who_revoked, |row, _| {
            Cell::words(row.revoked_by.clone().unwrap_or_default())
        }),
        Column::<Row>::new("reason", office::reason, |row, _| {
            Cell::words(row.seat.revocation.as_ref().map_or("", |it| it.reason.as_str()))
        }),
        Column::<Row>::new("unit", people_t::unit, |row, _| {
            Cell::words(row.unit.clone().unwrap_or_default())
        }),
        Column::<Row>::new("received", people_t::events_received, |row, _| {
            Cell::Number(usize::try_from(row.received).unwrap_or(usize::MAX))
        }),
        Column::<Row>::new("seat", custody::seat_id, |row, _| Cell::words(row.seat.id.to_string())),
    ]
}

fn state(row: &Row, lang: Lang) -> Cell {
    let (name, words, tone, place) = match (&row.seat.revocation, row.silent_days) {
        (Some(_), _) => ("revoked", office::revoked(lang), Tone::Bad, 2),
        (None, Some(_)) => ("silent", custody::silent(lang), Tone::Warn, 0),
        (None, None) => ("in_use", office::seat_active(lang), Tone::Good, 1),
    };
    Cell::Mark { name, words, tone, place }
}

struct View<'a> {
    persons: &'a [Person],
    overview: &'a Overview,
    /// Who is in which unit, and how many events came from each seat.
    known: (&'a Staff, &'a BTreeMap<SeatId, u64>),
    now: Moment,
    fault: Option<(Fault, &'a Filled)>,
    /// Whether whoever looks may open an inspection.
    reads: bool,
    /// Whether whoever looks may revoke.
    manages: bool,
    lang: Lang,
}

impl View<'_> {
    fn table(&self, seats: &[Seat]) -> Markup {
        let lang = self.lang;
        let heads = [
            office::person(lang),
            office::seat_state(lang),
            office::last_contact(lang),
            office::enrolled_at(lang),
            office::app(lang),
            custody::revoke(lang),
        ];
        html! {
            table.cards role="table" aria-label=(office::seats(lang)) {
                thead role="rowgroup" {
                    tr role="row" { @for head in heads { th role="columnheader" scope="col" { (head) } } }
                }
                tbody role="rowgroup" {
                    @for seat in seats {
                        tr role="row" id={ "seat-" (seat.id) } data-seat=(seat.id) {
                            td role="cell" data-label=(heads[0]) {
                                div { strong { (seat.person.name) } span.below { (self.unit(seat)) } }
                            }
                            td role="cell" data-label=(heads[1]) { (self.state(seat)) }
                            td role="cell" data-label=(heads[2]) {
                                div { (words::moment(seat.last_contact, lang)) span.below { (self.received(seat)) } }
                            }
                            td role="cell" data-label=(heads[3]) { (words::moment(seat.enrolled_at, lang)) }
                            td role="cell" data-label=(heads[4]) { (seat.app) }
                            td role="cell" data-label=(heads[5]) {
                                @if self.manages && seat.revocation.is_none() { (self.revoking(seat)) }
                            }
                        }
                    }
                }
            }
        }
    }

    fn unit(&self, seat: &Seat) -> String {
        self.known.0.unit_of(seat.person.id, self.lang)
    }

    /// How many events came from it. What else lies on the tablet nobody here knows.
    fn received(&self, seat: &Seat) -> String {
        people_t::received(self.lang, self.known.1.get(&seat.id).copied().unwrap_or(0))
    }

    fn state(&self, seat: &Seat) -> Markup {
        let lang = self.lang;
        match (&seat.revocation, silent_days(seat, self.now)) {
            (None, None) => mark(Tone::Good, office::seat_active(lang)),
            (None, Some(days)) => mark(Tone::Warn, &custody::silent_for(lang, days)),
            (Some(revocation), _) => html! {
                div {
                    (mark(Tone::Bad, office::revoked(lang))) " " (words::moment(revocation.at, lang))
                    @if let Some(name) = revocation.by.and_then(|by| self.name(by)) {
                        br; (custody::revoked_by(lang, name))
                    }
                    @if !revocation.reason.is_empty() {
                        br; (custody::revoked_because(lang, &revocation.reason))
                    }
                }
            },
        }
    }

    fn name(&self, person: PersonId) -> Option<&str> {
        let person = self.persons.iter().find(|known| known.id == person)?;
        Some(&person.name)
    }

    /// The form that revokes a seat; it says before whom and what it concerns.
    fn revoking(&self, seat: &Seat) -> Markup {
        let (lang, name) = (self.lang, seat.person.name.as_str());
        let asked = self.fault.filter(|(_, filled)| filled.one("seat") == seat.id.to_string());
        let reason = asked.map_or("", |(_, filled)| filled.one("reason"));
        let fault = asked.map(|(fault, _)| fault.sentence(lang));
        let field = format!("reason-{}", seat.id);
        html! {
            details open[asked.is_some()] {
                summary { (custody::revoke_of(lang, name)) }
                form.sheet method="post" action="/office/seats" {
                    // The return key in a field presses the first button of its form.
                    button disabled hidden {}
                    p { (custody::revoke_means(lang)) }
                    (self.concerned(seat.person.id))
                    input type="hidden" name="seat" value=(seat.id);
                    div.field {
                        label for=(field) { (custody::why_revoke(lang)) }
                        input id=(field) name="reason" maxlength="500" value=(reason)
                            aria-invalid=[fault.map(|_| "true")]
                            aria-describedby=[fault.map(|_| format!("{field}-fault"))];
                        (fields::fault(&field, fault))
                    }
                    p { button.danger name="revoke" value="1" { (custody::revoke_of(lang, name)) } }
                }
            }
        }
    }

    /// The inspections that are not finished and whose team the person stays on.
    fn concerned(&self, person: PersonId) -> Markup {
        let lang = self.lang;
        let concerns = |digest: &&Arc<Digest>| {
            let open = !matches!(digest.stage(), Stage::Answered | Stage::Cancelled);
            open && digest.team.iter().any(|it| it.person == Some(person))
        };
        let digests = self.overview.digests.iter().filter(concerns).collect::<Vec<_>>();
        html! {
            @if digests.is_empty() { p.quiet { (custody::concerns_none(lang)) } }
            @else {
                p { (custody::concerns(lang, digests.len())) }
                ul {
                    @for digest in digests.iter().take(NAMED) {
                        li {
                            @if self.reads {
                                a.line href={ "/office/inspections/" (digest.id) } { (name_and_day(digest, lang)) }
                            } @else { (name_and_day(digest, lang)) }
                        }
                    }
                    @if digests.len() > NAMED { li { (custody::concerns_more(lang, digests.len() - NAMED)) } }
                }
            }
        }
    }
}

fn name_and_day(digest: &Digest, lang: Lang) -> String {
    match &digest.place {
        Some(place) => format!("{}, {}", place.name, format::day(lang, place.on)),
        None => office::not_opened(lang).to_owned(),
    }
}

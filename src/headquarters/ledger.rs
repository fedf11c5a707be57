//! Headquarters' own journals: what it writes into the stream of an inspection, signed by its
//! own seat, in the transaction that also changes its record. It decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use domain::act::{Act, AssignSeat, Body, Judgement, OpenInspection, OpenJournal, Role};
use domain::ids::{EventId, InspectionId, JournalId, PersonId, Salt, SeatId};
use domain::moment::Moment;
use domain::state::Custody;
use proof::chain::{self, Circumstance, Journal, Tip};
use proof::head::Head;
use proof::seat::seat_of;
use proof::sign::KeyPair;
use sync::admission::{Author, Known};
use sync::recall::Verdict;

use crate::clock;
use crate::store::events::{self, Fresh};
use crate::store::people::{self, Revocation, Seat};
use crate::store::{StoreFault, Tx, inspections, judgements, own_journals};

/// What headquarters' journals name as the program that writes them.
pub const APP: &str = concat!("bienban ", env!("CARGO_PKG_VERSION"));

/// The most held events that one act judges: their ids have to fit into one event.
const MAX_JUDGED: usize = 1000;

/// Appends acts to headquarters' journal in an inspection, opening one when there is none to go on
/// with.
///
/// The events are dated after everything headquarters wrote there before, whatever its clock says,
/// so that its later word is also the later one by time.
///
/// # Errors
/// See [`StoreFault`].
pub async fn append(
    tx: &mut Tx,
    keys: &KeyPair,
    inspection: InspectionId,
    bodies: Vec<Body>,
    now: Moment,
) -> Result<(), StoreFault> {
    let key = keys.public();
    let author = Author { seat: seat_of(&key), key };
    let (id, tip, bodies) = match own_journals::current(tx, inspection).await? {
        Some((journal, tip)) => (journal, Some(tip), bodies),
        None => {
            let opening = OpenJournal { seat: author.seat, key, app: APP.to_owned() };
            let opening = Body::of(Act::OpenJournal(opening));
            (JournalId(clock::random()), None, [vec![opening], bodies].concat())
        }
    };
    let last = own_journals::last_at(&mut *tx, inspection).await?;
    let at = last.map_or(now, |last| now.max(last.later_by_ms(1)));
    let journal = Journal { inspection, journal: id };
    store_run(tx, keys, author, (journal, tip), &bodies, (at, now)).await?;
    own_journals::set(tx, journal).await
}

async fn store_run(
    tx: &mut Tx,
    keys: &KeyPair,
    author: Author,
    (journal, mut tip): (Journal, Option<Tip>),
    bodies: &[Body],
    (at, now): (Moment, Moment),
) -> Result<(), StoreFault> {
    let own = |fault: &dyn core::fmt::Display| StoreFault::OwnEvent(fault.to_string());
    let mut run = Vec::with_capacity(bodies.len());
    for body in bodies {
        let circumstance = Circumstance { at, salt: Salt(clock::random()), anchor: None };
        let (event, next) =
            chain::extend(journal, tip, circumstance, body).map_err(|fault| own(&fault))?;
        run.push(event);
        tip = Some(next);
    }
    let Some(tip) = tip else { return Ok(()) };
    let verified = chain::verify_run(journal, run).map_err(|fault| own(&fault))?;
    let head = keys.sign_head(&Head { journal, tip, at });
    let fresh = Fresh {
        journal,
        author,
        events: &verified,
        head: &head,
        head_tip: tip,
        custody: Custody::Accepted,
        known: Known { tip, forked: false },
        now,
    };
    events::store(tx, &fresh).await
}

/// Opens an inspection with its team: record and stream in one transaction.
///
/// # Errors
/// See [`StoreFault`].
pub async fn open_inspection(
    tx: &mut Tx,
    keys: &KeyPair,
    (inspection, opening): (InspectionId, OpenInspection),
    team: &[(PersonId, Role)],
    (by, now): (PersonId, Moment),
) -> Result<(), StoreFault> {
    let opened = Body { act: Act::OpenInspection(opening), by: Some(by) };
    append(tx, keys, inspection, vec![opened], now).await?;
    inspections::set_opener(tx, inspection, seat_of(&keys.public())).await?;
    for (person, role) in team {
        assign(tx, keys, inspection, (*person, *role), (Some(by), now)).await?;
    }
    Ok(())
}

/// Puts a person on the team or off it, and says so of each of its seats in the stream. A seat
/// that is revoked is introduced nowhere, and is taken off with its person.
///
/// # Errors
/// See [`StoreFault`].
pub async fn assign(
    tx: &mut Tx,
    keys: &KeyPair,
    inspection: InspectionId,
    (person, role): (PersonId, Role),
    (by, now): (Option<PersonId>, Moment),
) -> Result<(), StoreFault> {
    inspections::set_role(tx, inspection, person, role).await?;
    let mut seats = people::seats_of(&mut *tx, person).await?;
    seats.retain(|seat| role == Role::None || seat.revocation.is_none());
    let bodies = seats.iter().map(|seat| introduction(seat, role, by)).collect::<Vec<_>>();
    if bodies.is_empty() { Ok(()) } else { append(tx, keys, inspection, bodies, now).await }
}

/// Introduces a new seat to every inspection whose team its person is on.
///
/// # Errors
/// See [`StoreFault`].
pub async fn introduce(
    tx: &mut Tx,
    keys: &KeyPair,
    seat: &Seat,
    now: Moment,
) -> Result<(), StoreFault> {
    for (inspection, role) in inspections::roles_of(&mut *tx, seat.person.id).await? {
        append(tx, keys, inspection, vec![introduction(seat, role, None)], now).await?;
    }
    Ok(())
}

/// Introduces some of these seats to an inspection, each with its role.
///
/// # Errors
/// See [`StoreFault`].
pub async fn introduce_to(
    tx: &mut Tx,
    keys: &KeyPair,
    inspection: InspectionId,
    (seats, roles): (&[Seat], &BTreeMap<SeatId, Role>),
    now: Moment,
) -> Result<(), StoreFault> {
    let word = |seat: &Seat| Some(introduction(seat, *roles.get(&seat.id)?, None));
    let bodies = seats.iter().filter_map(word).collect::<Vec<_>>();
    if bodies.is_empty() { Ok(()) } else { append(tx, keys, inspection, bodies, now).await }
}

/// Revokes a seat and takes it off every team, so that nothing is encrypted to it any longer.
/// The person stays on the team. `false` when it was revoked before.
///
/// # Errors
/// See [`StoreFault`].
pub async fn revoke(
    tx: &mut Tx,
    keys: &KeyPair,
    seat: &Seat,
    revocation: &Revocation,
) -> Result<bool, StoreFault> {
    if !people::revoke(&mut *tx, seat.id, revocation).await? {
        return Ok(false);
    }
    let Revocation { at, by, .. } = revocation;
    for (inspection, _) in inspections::roles_of(&mut *tx, seat.person.id).await? {
        append(tx, keys, inspection, vec![introduction(seat, Role::None, *by)], *at).await?;
    }
    Ok(true)
}

/// Writes what a person decided about held events of an inspection; those that were decided
/// before are left out. Gives the others.
///
/// # Errors
/// See [`StoreFault`].
pub async fn judge(
    tx: &mut Tx,
    keys: &KeyPair,
    inspection: InspectionId,
    events: &BTreeSet<EventId>,
    (verdict, reason): (Verdict, &str),
    (by, now): (PersonId, Moment),
) -> Result<Vec<EventId>, StoreFault> {
    let open = judgements::open_to(tx, verdict, inspection, events).await?;
    let judged = open.chunks(MAX_JUDGED).map(|events| {
        let judgement = Judgement { events: events.to_vec(), reason: reason.to_owned() };
        Body { act: said(verdict, judgement), by: Some(by) }
    });
    let bodies = judged.collect::<Vec<_>>();
    if !bodies.is_empty() {
        append(tx, keys, inspection, bodies, now).await?;
        judgements::put(tx, &open, verdict).await?;
    }
    Ok(open)
}

fn said(verdict: Verdict, judgement: Judgement) -> Act {
    match verdict {
        Verdict::Admitted => Act::Admit(judgement),
        Verdict::SetAside => Act::SetAside(judgement),
    }
}

fn introduction(seat: &Seat, role: Role, by: Option<PersonId>) -> Body {
    let act = Act::AssignSeat(AssignSeat {
        seat: seat.id,
        key: seat.key,
        envelope: seat.envelope,
        person: seat.person.id,
        name: seat.person.name.clone(),
        role,
    });
    Body { act, by }
}

//! Headquarters' own journals: what it writes into the stream of an inspection, signed by its
//! own seat, in the transaction that also changes its record. It decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use domain::act::{
    Act, AssignSeat, Body, CancelInspection, Judgement, OpenInspection, OpenJournal, Role,
};
use domain::ids::{EventId, InspectionId, JournalId, PersonId, Salt, SeatId};
use domain::moment::Moment;
use domain::register::{Address, Field, Value, Write};
use domain::state::Custody;
use proof::chain::{self, Circumstance, Journal, Tip};
use proof::head::Head;
use proof::seat::seat_of;
use proof::sign::KeyPair;
use sync::admission::{Author, Known};
use sync::recall::Verdict;

use crate::audit::{self, Act as Noted};
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
    inspections::set_opener(&mut *tx, inspection, seat_of(&keys.public())).await?;
    audit::note(&mut *tx, Some(by), Noted::InspectionOpened, &inspection.to_string(), "").await?;
    for (person, role) in team {
        assign(tx, keys, inspection, (*person, *role), (Some(by), now)).await?;
    }
    Ok(())
}

/// What headquarters changes in a plan.
pub struct Correction {
    /// The plan as it stands from now on.
    pub opening: OpenInspection,
    /// The events that wrote a decision's number of its own, which this replaces.
    pub over_decision: Vec<EventId>,
    /// Who leads because their seat opened the inspection: headquarters says it from now on.
    pub opener: Option<PersonId>,
}

/// Corrects the plan of an inspection.
///
/// # Errors
/// See [`StoreFault`].
pub async fn correct_plan(
    tx: &mut Tx,
    keys: &KeyPair,
    inspection: InspectionId,
    Correction { opening, over_decision, opener }: Correction,
    (by, now): (PersonId, Moment),
) -> Result<(), StoreFault> {
    let number = opening.decision.as_ref().map(|decision| decision.number.clone());
    let mut acts = vec![Act::OpenInspection(opening)];
    if !over_decision.is_empty() {
        acts.push(Act::Set(Write {
            address: Address::inspection(Field::Decision),
            value: number.map_or(Value::Empty, Value::Text),
            over: over_decision,
        }));
    }
    let bodies = acts.into_iter().map(|act| Body { act, by: Some(by) }).collect();
    append(&mut *tx, keys, inspection, bodies, now).await?;
    let object = inspection.to_string();
    audit::note(&mut *tx, Some(by), Noted::InspectionCorrected, &object, "").await?;
    match opener {
        Some(person) => assign(tx, keys, inspection, (person, Role::Lead), (Some(by), now)).await,
        None => Ok(()),
    }
}

/// Says that an inspection does not take place.
///
/// # Errors
/// See [`StoreFault`].
pub async fn cancel(
    tx: &mut Tx,
    keys: &KeyPair,
    inspection: InspectionId,
    reason: String,
    (by, now): (PersonId, Moment),
) -> Result<(), StoreFault> {
    let act = Act::CancelInspection(CancelInspection { reason });
    append(&mut *tx, keys, inspection, vec![Body { act, by: Some(by) }], now).await?;
    let object = inspection.to_string();
    audit::note(tx, Some(by), Noted::InspectionCancelled, &object, "").await
}

/// Puts a person on the team or off it, and says so of each of its seats in the stream.
///
/// A seat that is revoked is taken off with its person; it is spoken of otherwise only where there is no
/// other by which the person could be named, and stays off the team then too.
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
    inspections::set_role(&mut *tx, inspection, person, role).await?;
    if by.is_some() {
        let (object, detail) = (inspection.to_string(), format!("{person} {}", role_word(role)));
        audit::note(&mut *tx, by, Noted::TeamChanged, &object, &detail).await?;
    }
    let mut seats = people::seats_of(&mut *tx, person).await?;
    let is_in_use = |seat: &Seat| seat.revocation.is_none();
    if role != Role::None && seats.iter().any(is_in_use) {
        seats.retain(is_in_use);
    }
    let word = |seat: &Seat| {
        let spoken = if is_in_use(seat) { Spoken::Works(role) } else { Spoken::Revoked(role) };
        introduction(seat, spoken, by)
    };
    let bodies = seats.iter().map(word).collect::<Vec<_>>();
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
        append(tx, keys, inspection, vec![introduction(seat, Spoken::Works(role), None)], now)
            .await?;
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
    let word = |seat: &Seat| Some(introduction(seat, Spoken::Works(*roles.get(&seat.id)?), None));
    let bodies = seats.iter().filter_map(word).collect::<Vec<_>>();
    if bodies.is_empty() { Ok(()) } else { append(tx, keys, inspection, bodies, now).await }
}

/// Revokes a seat and takes it off every team, so that nothing is encrypted to it any longer.
/// The person stays on the team, and the stream says so. `false` when it was revoked before.
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
    let (object, detail) = (seat.id.to_string(), seat.person.id.to_string());
    audit::note(&mut *tx, *by, Noted::SeatRevoked, &object, &detail).await?;
    for (inspection, role) in inspections::roles_of(&mut *tx, seat.person.id).await? {
        let word = introduction(seat, Spoken::Revoked(role), *by);
        append(tx, keys, inspection, vec![word], *at).await?;
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
        judgements::put(&mut *tx, &open, verdict).await?;
        let detail = open.len().to_string();
        audit::note(tx, Some(by), noted(verdict), &inspection.to_string(), &detail).await?;
    }
    Ok(open)
}

fn noted(verdict: Verdict) -> Noted {
    match verdict {
        Verdict::Admitted => Noted::HeldAdmitted,
        Verdict::SetAside => Noted::HeldSetAside,
    }
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::None => "none",
        Role::Member => "member",
        Role::Lead => "lead",
    }
}

fn said(verdict: Verdict, judgement: Judgement) -> Act {
    match verdict {
        Verdict::Admitted => Act::Admit(judgement),
        Verdict::SetAside => Act::SetAside(judgement),
    }
}

/// What is said of a seat.
enum Spoken {
    /// It works with this role, which is that of its person.
    Works(Role),
    /// It is off the team, and its person has this role all the same.
    Revoked(Role),
}

fn introduction(seat: &Seat, spoken: Spoken, by: Option<PersonId>) -> Body {
    let (role, keeps) = match spoken {
        Spoken::Works(role) | Spoken::Revoked(role @ Role::None) => (role, None),
        Spoken::Revoked(role) => (Role::None, Some(role)),
    };
    let act = Act::AssignSeat(AssignSeat {
        seat: seat.id,
        key: seat.key,
        envelope: seat.envelope,
        person: seat.person.id,
        name: seat.person.name.clone(),
        role,
        keeps,
    });
    Body { act, by }
}

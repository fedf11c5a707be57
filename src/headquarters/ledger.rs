//! Headquarters' own journals: what it writes into the stream of an inspection, signed by its
//! own seat, in the transaction that also changes its record. It decides nothing.

use domain::act::{Act, AssignSeat, Body, OpenInspection, OpenJournal, Role};
use domain::ids::{InspectionId, JournalId, PersonId, Salt};
use domain::moment::Moment;
use domain::state::Custody;
use proof::chain::{self, Circumstance, Journal, Tip};
use proof::head::Head;
use proof::seat::seat_of;
use proof::sign::KeyPair;
use sync::admission::{Author, Known};

use crate::clock;
use crate::store::events::{self, Fresh};
use crate::store::people::{self, Seat};
use crate::store::{StoreFault, Tx, inspections};

/// What headquarters' journals name as the program that writes them.
pub const APP: &str = concat!("bienban ", env!("CARGO_PKG_VERSION"));

/// Appends acts to headquarters' journal in an inspection, opening the journal when there is none.
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
    let found = events::journal_of_seat(&mut *tx, inspection, author.seat).await?;
    let (journal, tip, bodies) = match found {
        Some((journal, tip)) => (journal, Some(tip), bodies),
        None => {
            let opening = OpenJournal { seat: author.seat, key, app: APP.to_owned() };
            let opening = Body::of(Act::OpenJournal(opening));
            (JournalId(clock::random()), None, [vec![opening], bodies].concat())
        }
    };
    let journal = Journal { inspection, journal };
    store_run(tx, keys, author, (journal, tip), &bodies, now).await
}

async fn store_run(
    tx: &mut Tx,
    keys: &KeyPair,
    author: Author,
    (journal, mut tip): (Journal, Option<Tip>),
    bodies: &[Body],
    now: Moment,
) -> Result<(), StoreFault> {
    let own = |fault: &dyn core::fmt::Display| StoreFault::OwnEvent(fault.to_string());
    let mut run = Vec::with_capacity(bodies.len());
    for body in bodies {
        let circumstance = Circumstance { at: now, salt: Salt(clock::random()), anchor: None };
        let (event, next) =
            chain::extend(journal, tip, circumstance, body).map_err(|fault| own(&fault))?;
        run.push(event);
        tip = Some(next);
    }
    let Some(tip) = tip else { return Ok(()) };
    let verified = chain::verify_run(journal, run).map_err(|fault| own(&fault))?;
    let head = keys.sign_head(&Head { journal, tip, at: now });
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
        assign(tx, keys, inspection, (*person, *role), now).await?;
    }
    Ok(())
}

/// Puts a person on the team and introduces its seats to the stream.
///
/// # Errors
/// See [`StoreFault`].
pub async fn assign(
    tx: &mut Tx,
    keys: &KeyPair,
    inspection: InspectionId,
    (person, role): (PersonId, Role),
    now: Moment,
) -> Result<(), StoreFault> {
    inspections::set_role(tx, inspection, person, role).await?;
    let seats = people::seats_of(&mut *tx, person).await?;
    let bodies = seats.iter().map(|seat| introduction(seat, role)).collect::<Vec<_>>();
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
        append(tx, keys, inspection, vec![introduction(seat, role)], now).await?;
    }
    Ok(())
}

fn introduction(seat: &Seat, role: Role) -> Body {
    Body::of(Act::AssignSeat(AssignSeat {
        seat: seat.id,
        key: seat.key,
        envelope: seat.envelope,
        person: seat.person.id,
        name: seat.person.name.clone(),
        role,
    }))
}

//! Headquarters' record follows its own journals where they come back from tablets after a
//! restore: who opened the inspection, who is on the team, which seats there are, what was judged.
//!
//! What the journals say is `sync::recall`'s to read; what the record has beyond that (people
//! without a seat, revocations) is left as it is.

use std::collections::{BTreeMap, BTreeSet};

use domain::act::{AssignSeat, Role};
use domain::ids::{InspectionId, PersonId, SeatId};
use domain::moment::Moment;
use domain::state::{Custody, State};
use proof::chain::{self, Verified};
use proof::sign::KeyPair;
use sync::admission::Author;
use sync::{recall, reception};

use crate::ledger;
use crate::store::events::{self, Stored};
use crate::store::people::{self, Person, Seat};
use crate::store::{StoreFault, Tx, inspections, judgements, meta};

/// What came back with headquarters' own journals.
#[derive(Debug, Default)]
pub struct CameBack {
    /// The inspections they are of.
    inspections: BTreeSet<InspectionId>,
    /// The seats on a team that the record had lost.
    seats: BTreeMap<SeatId, PersonId>,
}

/// Makes the record of an inspection what headquarters' own journals in it say.
///
/// # Errors
/// See [`StoreFault`].
pub async fn follow(
    tx: &mut Tx,
    inspection: InspectionId,
    back: &mut CameBack,
) -> Result<(), StoreFault> {
    let stored = events::own(&mut *tx, inspection).await?;
    let Some(first) = stored.first().map(|stored| stored.author.seat) else { return Ok(()) };
    let own = verified(stored).into_iter().map(|(event, _)| event);
    let mut recalled = recall::recall(&own.collect::<Vec<_>>());
    if recalled.opened {
        inspections::set_opener(&mut *tx, inspection, first).await?;
    }
    for (event, verdict) in &recalled.judged {
        judgements::put(&mut *tx, &[*event], *verdict).await?;
    }
    back.inspections.insert(inspection);
    let mut in_use = recalled.seats.clone();
    for (id, (at, assign)) in &recalled.seats {
        match know(&mut *tx, assign, *at).await? {
            Known::InUse => {}
            // It was taken off the team for that; where that is not said, nothing follows for its
            // person.
            Known::Revoked if assign.keeps.is_none() => drop(in_use.remove(id)),
            Known::Revoked => {}
            Known::Lost if assign.role != Role::None => {
                back.seats.insert(*id, assign.person);
            }
            Known::Lost => {}
        }
    }
    recalled.seats = in_use;
    for (person, role) in recalled.roles() {
        inspections::set_role(&mut *tx, inspection, person, role).await?;
    }
    Ok(())
}

/// Says what headquarters owes after its journals came back: a seat that came back with one
/// inspection is introduced to the others of its person too.
///
/// A seat of which the journals say that it is off the team is left so: it may have been revoked,
/// which the record has forgotten.
///
/// # Errors
/// See [`StoreFault`].
pub async fn say_what_is_owed(
    tx: &mut Tx,
    keys: &KeyPair,
    back: &CameBack,
    now: Moment,
) -> Result<(), StoreFault> {
    let mut inspections = back.inspections.clone();
    for person in back.seats.values() {
        let roles = inspections::roles_of(&mut *tx, *person).await?;
        inspections.extend(roles.into_iter().map(|(inspection, _)| inspection));
    }
    for inspection in inspections {
        let said = said(&mut *tx, inspection).await?;
        let is_new = |seat: &Seat| back.seats.contains_key(&seat.id);
        let came_back = back.inspections.contains(&inspection);
        let mut team = BTreeMap::new();
        let mut seats = Vec::new();
        for (person, role) in inspections::team(&mut *tx, inspection).await? {
            team.insert(person.id, role);
            seats.extend(people::seats_of(&mut *tx, person.id).await?);
        }
        seats.retain(|seat| seat.revocation.is_none() && (came_back || is_new(seat)));
        let ids = seats.iter().map(|seat| (seat.id, seat.person.id));
        let owed = recall::owed(&said, |person| team.get(person).copied(), ids);
        let unsaid = owed.iter().filter(|(seat, _)| said.seat(seat).is_none());
        let unsaid = unsaid.copied().collect::<BTreeMap<_, _>>();
        ledger::introduce_to(tx, keys, inspection, (&seats, &unsaid), now).await?;
    }
    Ok(())
}

/// What headquarters' own journals in an inspection amount to.
async fn said(tx: &mut Tx, inspection: InspectionId) -> Result<State, StoreFault> {
    let mut state = State::new(meta::own_seats(&mut *tx).await?);
    for (event, author) in verified(events::own(tx, inspection).await?) {
        state.apply(&reception::entry(&event, author), Custody::Accepted);
    }
    Ok(state)
}

/// What cannot be read says nothing here; the office shows it as not verified.
fn verified(stored: Vec<Stored>) -> Vec<(Verified, Author)> {
    let one = |stored: Stored| {
        let event = chain::verify_event(stored.event, 0).ok()?;
        Some((event, stored.author))
    };
    stored.into_iter().filter_map(one).collect()
}

/// What the record had of a seat.
enum Known {
    InUse,
    Revoked,
    Lost,
}

/// Adds the seat that headquarters introduced, with its person, when the record has lost it.
async fn know(tx: &mut Tx, assign: &AssignSeat, at: Moment) -> Result<Known, StoreFault> {
    let person = Person { id: assign.person, name: assign.name.clone() };
    people::add_person(&mut *tx, &person, at).await?;
    if let Some(known) = people::seat(&mut *tx, assign.seat).await? {
        let revoked = known.revocation.is_some();
        return Ok(if revoked { Known::Revoked } else { Known::InUse });
    }
    let seat = Seat {
        id: assign.seat,
        person,
        key: assign.key,
        envelope: assign.envelope,
        app: String::new(),
        enrolled_at: at,
        last_contact: at,
        revocation: None,
    };
    people::add_seat(tx, &seat).await?;
    Ok(Known::Lost)
}

//! Headquarters' record follows its own journals where they come back from tablets after a
//! restore: who opened the inspection, who is on the team, which seats there are, what was judged.
//!
//! What the journals say is `sync::recall`'s to read; what the record has beyond that (people
//! without a seat, revocations) is left as it is.

use domain::act::AssignSeat;
use domain::ids::InspectionId;
use domain::moment::Moment;
use proof::chain;
use sync::recall;

use crate::store::people::{self, Person, Seat};
use crate::store::{StoreFault, Tx, events, inspections, judgements};

/// Makes the record of an inspection what headquarters' own journals in it say.
///
/// # Errors
/// See [`StoreFault`].
pub async fn follow(tx: &mut Tx, inspection: InspectionId) -> Result<(), StoreFault> {
    let stored = events::own(&mut *tx, inspection).await?;
    let Some(first) = stored.first().map(|stored| stored.author.seat) else { return Ok(()) };
    // What cannot be read says nothing here; the office shows it as not verified.
    let own = stored.into_iter().filter_map(|stored| chain::verify_event(stored.event, 0).ok());
    let mut recalled = recall::recall(&own.collect::<Vec<_>>());
    if recalled.opened {
        inspections::set_opener(&mut *tx, inspection, first).await?;
    }
    for (event, verdict) in &recalled.judged {
        judgements::put(&mut *tx, &[*event], *verdict).await?;
    }
    let mut in_use = recalled.seats.clone();
    for (id, (at, assign)) in &recalled.seats {
        if know(&mut *tx, assign, *at).await?.revocation.is_some() {
            // It was taken off the team for that, and says nothing of its person.
            in_use.remove(id);
        }
    }
    recalled.seats = in_use;
    for (person, role) in recalled.roles() {
        inspections::set_role(&mut *tx, inspection, person, role).await?;
    }
    Ok(())
}

/// The seat that headquarters introduced, added with its person when the record has lost it.
async fn know(tx: &mut Tx, assign: &AssignSeat, at: Moment) -> Result<Seat, StoreFault> {
    let person = Person { id: assign.person, name: assign.name.clone() };
    people::add_person(&mut *tx, &person, at).await?;
    if let Some(known) = people::seat(&mut *tx, assign.seat).await? {
        return Ok(known);
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
    Ok(seat)
}

//! Headquarters' record follows its own journals where they come back from tablets after a
//! restore: who opened the inspection, who is on the team, which seats there are, what was judged.
//!
//! What the record has beyond that (people without a seat, revocations) is left as it is.

use std::collections::BTreeMap;

use domain::act::{Act, AssignSeat, Body, Role};
use domain::ids::{InspectionId, PersonId, SeatId};
use domain::moment::Moment;
use proof::chain::{self, Verified};

use crate::store::events::{self, Stored};
use crate::store::judgements::{self, Verdict};
use crate::store::people::{self, Person, Seat};
use crate::store::{StoreFault, Tx, inspections};

/// Makes the record of an inspection what headquarters' own journals in it say.
///
/// # Errors
/// See [`StoreFault`].
pub async fn follow(tx: &mut Tx, inspection: InspectionId) -> Result<(), StoreFault> {
    let mut words = words(events::own(&mut *tx, inspection).await?);
    // The order of the fold: by time, then by place in the journal, then by id.
    words.sort_by_key(|word| (word.event.header.at, word.event.header.seq, word.event.id));
    let mut last = BTreeMap::<SeatId, AssignSeat>::new();
    for Word { event, author } in words {
        let at = event.header.at;
        let Some(Body { act, .. }) = event.body else { continue };
        match act {
            Act::OpenInspection(_) => inspections::set_opener(tx, inspection, author).await?,
            Act::AssignSeat(assign) => {
                know(tx, &assign, at).await?;
                last.insert(assign.seat, assign);
            }
            Act::Admit(judged) => judgements::put(tx, &judged.events, Verdict::Admit).await?,
            Act::SetAside(judged) => judgements::put(tx, &judged.events, Verdict::SetAside).await?,
            Act::OpenJournal(_)
            | Act::Set(_)
            | Act::BeginFinding(_)
            | Act::WithdrawFinding(_)
            | Act::Unknown(_) => {}
        }
    }
    for (person, role) in roles(&last) {
        inspections::set_role(tx, inspection, person, role).await?;
    }
    Ok(())
}

/// One of headquarters' own events.
struct Word {
    event: Verified,
    author: SeatId,
}

/// What cannot be read says nothing here; the office shows it as not verified.
fn words(stored: Vec<Stored>) -> Vec<Word> {
    let word = |stored: Stored| {
        let event = chain::verify_event(stored.event, 0).ok()?;
        Some(Word { event, author: stored.author.seat })
    };
    stored.into_iter().filter_map(word).collect()
}

/// Adds the person and the seat that headquarters introduced, unless they are known.
async fn know(tx: &mut Tx, assign: &AssignSeat, at: Moment) -> Result<(), StoreFault> {
    let person = Person { id: assign.person, name: assign.name.clone() };
    people::add_person(&mut *tx, &person, at).await?;
    if people::seat(&mut *tx, assign.seat).await?.is_some() {
        return Ok(());
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
    people::add_seat(tx, &seat).await
}

/// A person's role is the highest that one of its seats has: a seat that was revoked was taken
/// off the team, and its person was not.
fn roles(last: &BTreeMap<SeatId, AssignSeat>) -> BTreeMap<PersonId, Role> {
    let mut roles = BTreeMap::new();
    for assign in last.values() {
        let role = roles.entry(assign.person).or_insert(Role::None);
        *role = assign.role.max(*role);
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{EnvelopeKey, SigningKey};

    fn word(seat: u8, person: u8, role: Role) -> (SeatId, AssignSeat) {
        let assign = AssignSeat {
            seat: SeatId([seat; 16]),
            key: SigningKey([seat; 32]),
            envelope: EnvelopeKey([seat; 32]),
            person: PersonId([person; 16]),
            name: "A".to_owned(),
            role,
        };
        (assign.seat, assign)
    }

    #[test]
    fn a_person_keeps_its_role_when_one_of_its_seats_is_taken_off() {
        let last = [word(1, 1, Role::None), word(2, 1, Role::Lead), word(3, 2, Role::None)].into();
        let expected = [(PersonId([1; 16]), Role::Lead), (PersonId([2; 16]), Role::None)].into();
        assert_eq!(roles(&last), expected);
    }
}

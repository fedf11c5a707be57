//! What headquarters' own journals say about an inspection, when its record has lost it.
//!
//! After a restore tablets bring these journals back, and the record is made anew from them:
//! who opened the inspection, which seats there are, and who is on the team. Pure: what is done
//! with it is headquarters' to decide; what the record knows beyond that stays as it is.

use std::collections::BTreeMap;

use domain::act::{Act, AssignSeat, Role};
use domain::ids::{EventId, PersonId, SeatId};
use domain::moment::Moment;
use domain::state::State;
use proof::chain::Verified;

/// What headquarters' own journals in one inspection say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recalled {
    /// Whether headquarters opened the inspection itself.
    pub opened: bool,
    /// The seats it introduced, each with its last word and when that was.
    pub seats: BTreeMap<SeatId, (Moment, AssignSeat)>,
    /// The events it judged, in the order of its words.
    pub judged: Vec<(EventId, Verdict)>,
}

/// What was decided about a held event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It counts.
    Admitted,
    /// It stays out.
    SetAside,
}

/// Reads what headquarters' own events say, in the order in which the fold takes them: by time,
/// then by place in the journal, then by id.
pub fn recall(own: &[Verified]) -> Recalled {
    let mut words: Vec<_> = own.iter().collect();
    words.sort_by_key(|event| (event.header.at, event.header.seq, event.id));
    let mut recalled = Recalled::default();
    words.into_iter().for_each(|event| take_in(&mut recalled, event));
    recalled
}

fn take_in(recalled: &mut Recalled, event: &Verified) {
    let Some(body) = &event.body else { return };
    let judged =
        |events: &[EventId], verdict| events.iter().map(|id| (*id, verdict)).collect::<Vec<_>>();
    match &body.act {
        Act::OpenInspection(_) => recalled.opened = true,
        Act::AssignSeat(assign) => {
            recalled.seats.insert(assign.seat, (event.header.at, assign.clone()));
        }
        Act::Admit(judgement) => {
            recalled.judged.extend(judged(&judgement.events, Verdict::Admitted));
        }
        Act::SetAside(judgement) => {
            recalled.judged.extend(judged(&judgement.events, Verdict::SetAside));
        }
        Act::OpenJournal(_)
        | Act::CancelInspection(_)
        | Act::Set(_)
        | Act::BeginFinding(_)
        | Act::WithdrawFinding(_)
        | Act::FollowRemedy(_)
        | Act::Unknown(_) => {}
    }
}

impl Recalled {
    /// The role of each person: by the last word on one of its seats that leaves it one, because
    /// of a seat that was revoked nothing follows for its person.
    pub fn roles(&self) -> BTreeMap<PersonId, Role> {
        let mut last = BTreeMap::<PersonId, (Moment, Role)>::new();
        for (at, assign) in self.seats.values() {
            let role = assign.role_of_person();
            let known = last.entry(assign.person).or_insert((*at, role));
            if known.1 == Role::None || (role != Role::None && *at > known.0) {
                *known = (*at, role);
            }
        }
        last.into_iter().map(|(person, (_, role))| (person, role)).collect()
    }
}

/// The words that headquarters still owes an inspection: of each of these seats (leave revoked
/// ones out) the role of its person, where headquarters' journals say nothing of the seat.
///
/// A seat that came back with one inspection is introduced to the others in this way. One that
/// the journals say is off the team is left so: it may have been revoked, which the record has
/// forgotten.
pub fn owed(
    state: &State,
    team: impl Fn(&PersonId) -> Option<Role>,
    seats: impl IntoIterator<Item = (SeatId, PersonId)>,
) -> Vec<(SeatId, Role)> {
    let unsaid = seats.into_iter().filter(|(seat, _)| state.seat(seat).is_none());
    let owed = |(seat, person): (SeatId, PersonId)| {
        team(&person).filter(|role| *role != Role::None).map(|role| (seat, role))
    };
    unsaid.filter_map(owed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::act::Body;
    use domain::ids::{EnvelopeKey, InspectionId, JournalId, Salt, SigningKey};
    use domain::state::{Custody, Entry};
    use proof::chain::{Circumstance, Journal, extend, verify_event};

    fn word(at: i64, act: Act) -> Verified {
        let journal = Journal { inspection: InspectionId([1; 16]), journal: JournalId([2; 16]) };
        let circumstance = Circumstance { at: Moment(at), salt: Salt([0; 16]), anchor: None };
        let (event, _) = extend(journal, None, circumstance, &Body::of(act)).expect("small");
        verify_event(event, 0).expect("made here")
    }

    fn assign(seat: u8, person: u8, role: Role) -> Act {
        Act::AssignSeat(AssignSeat {
            seat: SeatId([seat; 16]),
            key: SigningKey([seat; 32]),
            envelope: EnvelopeKey([seat; 32]),
            person: PersonId([person; 16]),
            name: "A".to_owned(),
            role,
            keeps: None,
        })
    }

    #[test]
    fn the_last_word_about_a_seat_stands_whatever_journal_it_is_in() {
        let (early, late) = (assign(1, 1, Role::Lead), assign(1, 1, Role::None));
        for words in
            [[word(1, early.clone()), word(2, late.clone())], [word(2, late), word(1, early)]]
        {
            assert_eq!(recall(&words).roles(), [(PersonId([1; 16]), Role::None)].into());
        }
    }

    #[test]
    fn a_person_keeps_its_role_when_one_of_its_seats_is_taken_off() {
        let words = [word(1, assign(1, 1, Role::None)), word(1, assign(2, 1, Role::Lead))];
        assert_eq!(recall(&words).roles(), [(PersonId([1; 16]), Role::Lead)].into());
    }

    #[test]
    fn a_person_whose_only_seat_was_revoked_keeps_its_role() {
        let Act::AssignSeat(off) = assign(1, 1, Role::None) else { return };
        let revoked = Act::AssignSeat(AssignSeat { keeps: Some(Role::Lead), ..off });
        let recalled = recall(&[word(1, assign(1, 1, Role::Lead)), word(2, revoked.clone())]);
        assert_eq!(recalled.roles(), [(PersonId([1; 16]), Role::Lead)].into());
        let later = recall(&[word(2, revoked), word(3, assign(2, 1, Role::Member))]);
        assert_eq!(later.roles(), [(PersonId([1; 16]), Role::Member)].into());
    }

    #[test]
    fn only_a_seat_of_which_nothing_was_said_is_owed_its_role() {
        let mut state = State::new([SeatId([9; 16])]);
        let said = |seat, role| Entry {
            id: EventId([seat; 32]),
            author: SeatId([9; 16]),
            seq: 0,
            at: Moment(0),
            body: Some(Body::of(assign(seat, 1, role))),
        };
        state.apply(&said(1, Role::Member), Custody::Accepted);
        state.apply(&said(2, Role::None), Custody::Accepted);
        let seats = [1, 2, 3].map(|seat| (SeatId([seat; 16]), PersonId([1; 16])));
        let owed_to = |role| owed(&state, move |_| role, seats);
        assert_eq!(owed_to(Some(Role::Lead)), [(SeatId([3; 16]), Role::Lead)]);
        assert_eq!(owed_to(Some(Role::None)), []);
        assert_eq!(owed_to(None), []);
    }
}

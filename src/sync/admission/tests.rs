//! Admission against a headquarters that is only a set of events: cases by name, and the law
//! that any cutting, repeating and reordering ends with each event stored once.

use std::collections::BTreeMap;

use domain::act::{Body, UnknownAct};
use domain::event::Event;
use domain::ids::{InspectionId, JournalId, Salt};
use domain::moment::Moment;
use proof::chain::Circumstance;
use proof::sign::KeyPair;
use proptest::prelude::*;

use super::*;

const JOURNAL: Journal = Journal { inspection: InspectionId([1; 16]), journal: JournalId([2; 16]) };

/// A seat that writes; `salt` tells branches apart.
struct Tablet {
    keys: KeyPair,
    events: Vec<Event>,
    tip: Option<Tip>,
}

impl Tablet {
    fn new() -> Self {
        let mut tablet = Self { keys: KeyPair::from_seed(&[7; 32]), events: vec![], tip: None };
        let key = tablet.keys.public();
        let opening = OpenJournal { seat: seat::seat_of(&key), key, app: "test".to_owned() };
        tablet.write(Act::OpenJournal(opening), 0);
        tablet
    }

    fn write(&mut self, act: Act, salt: u8) {
        let at = Moment(i64::from(salt));
        let circumstance = Circumstance { at, salt: Salt([salt; 16]), anchor: None };
        let made = chain::extend(JOURNAL, self.tip, circumstance, &Body::of(act));
        let (event, tip) = made.expect("it is small");
        self.events.push(event);
        self.tip = Some(tip);
    }

    fn notes(mut self, count: usize, salt: u8) -> Self {
        for _ in 0..count {
            let unknown = UnknownAct { name: "note".to_owned(), payload: vec![0xa0] };
            self.write(Act::Unknown(unknown), salt);
        }
        self
    }

    /// The part that holds the events `from..to`.
    fn part(&self, from: usize, to: usize) -> Part {
        let events = self.events[from..to].to_vec();
        let last = chain::verify_event(self.events[to - 1].clone(), 0).expect("made here");
        let head = Head { journal: JOURNAL, tip: tip_of(&last), at: Moment(0) };
        Part { head: self.keys.sign_head(&head), events }
    }
}

/// Headquarters with one journal and nothing but memory.
#[derive(Default)]
struct Headquarters {
    author: Option<Author>,
    known: Option<Known>,
    stored: BTreeMap<EventId, (u64, Custody)>,
}

impl Headquarters {
    fn push(&mut self, part: Part, standing: Standing) -> JournalAnswer {
        let examined = match examine(part, self.author).expect("the part is well formed") {
            Examination::Whole(examined) => examined,
            Examination::NeedsBeginning(journal) => return needs_beginning(journal),
        };
        let parent = examined.run[0].header.prev;
        let named = examined.run.iter().map(|event| event.id).chain(parent);
        let stored = named.filter(|id| self.stored.contains_key(id)).collect();
        let decision = decide(&examined, self.known, &stored, standing);
        for event in &examined.run[decision.stored..] {
            let before = self.stored.insert(event.id, (event.header.seq, decision.custody));
            assert_eq!(before, None, "stored twice");
        }
        self.known = decision.known;
        self.author = Some(examined.author);
        decision.answer
    }
}

fn answer() -> JournalAnswer {
    blank(JOURNAL)
}

#[test]
fn a_repeat_is_harmless_and_says_how_far_headquarters_is() {
    let (tablet, mut headquarters) = (Tablet::new().notes(4, 1), Headquarters::default());
    headquarters.push(tablet.part(0, 5), Standing::OnTeam);
    let again = headquarters.push(tablet.part(1, 3), Standing::OnTeam);
    assert_eq!(again, JournalAnswer { accepted_through: Some(4), ..answer() });
    assert_eq!(headquarters.stored.len(), 5);
}

#[test]
fn a_gap_is_answered_with_what_is_expected() {
    let (tablet, mut headquarters) = (Tablet::new().notes(6, 1), Headquarters::default());
    let unknown = headquarters.push(tablet.part(2, 4), Standing::OnTeam);
    assert_eq!(unknown, JournalAnswer { expected: Some(0), ..answer() });
    headquarters.push(tablet.part(0, 2), Standing::OnTeam);
    let gap = headquarters.push(tablet.part(4, 7), Standing::OnTeam);
    let expected = JournalAnswer { accepted_through: Some(1), expected: Some(2), ..answer() };
    assert_eq!(gap, expected);
    assert_eq!(headquarters.stored.len(), 2);
}

#[test]
fn a_fork_is_taken_into_custody_and_held_and_so_is_what_follows() {
    let mut headquarters = Headquarters::default();
    let (main, branch) = (Tablet::new().notes(4, 1), Tablet::new().notes(2, 9));
    headquarters.push(main.part(0, 3), Standing::OnTeam);
    let forked = headquarters.push(branch.part(0, 3), Standing::OnTeam);
    assert_eq!((forked.fork, forked.held), (true, Some(HeldReason::Forked)));
    assert_eq!(headquarters.stored.len(), 5);
    let later = headquarters.push(main.part(3, 5), Standing::OnTeam);
    assert_eq!((later.fork, later.held), (true, Some(HeldReason::Forked)));
    assert_eq!(headquarters.known.map(|known| known.tip.seq), Some(4));
}

#[test]
fn a_branch_whose_parent_is_missing_is_asked_for_from_the_beginning() {
    let mut headquarters = Headquarters::default();
    let (main, branch) = (Tablet::new().notes(4, 1), Tablet::new().notes(4, 9));
    headquarters.push(main.part(0, 5), Standing::OnTeam);
    let torn = headquarters.push(branch.part(3, 5), Standing::OnTeam);
    assert_eq!(torn.expected, Some(0));
    let whole = headquarters.push(branch.part(0, 5), Standing::OnTeam);
    assert_eq!((whole.accepted_through, whole.fork), (Some(4), true));
}

#[test]
fn standing_decides_whether_events_count_and_never_whether_they_are_taken() {
    for (standing, held) in [
        (Standing::OnTeam, None),
        (Standing::NotOnTeam, Some(HeldReason::NotOnTeam)),
        (Standing::Revoked, Some(HeldReason::SeatRevoked)),
        (Standing::Unknown, Some(HeldReason::UnknownSeat)),
    ] {
        let (tablet, mut headquarters) = (Tablet::new().notes(1, 1), Headquarters::default());
        let taken = headquarters.push(tablet.part(0, 2), standing);
        assert_eq!((taken.accepted_through, taken.held), (Some(1), held));
        assert_eq!(headquarters.stored.len(), 2);
    }
}

#[test]
fn a_head_over_other_events_or_under_another_key_is_refused() {
    let tablet = Tablet::new().notes(3, 1);
    let mut part = tablet.part(0, 4);
    part.events.pop();
    assert_eq!(examine(part, None), Err(AdmissionFault::OtherTip));

    let stranger = KeyPair::from_seed(&[8; 32]).public();
    let other = Author { seat: seat::seat_of(&stranger), key: stranger };
    let refused = examine(tablet.part(0, 4), Some(other));
    assert_eq!(refused, Err(AdmissionFault::Head(HeadFault::Signature)));

    let empty = Part { events: vec![], ..tablet.part(0, 4) };
    assert_eq!(examine(empty, None), Err(AdmissionFault::Empty));
}

#[test]
fn a_journal_that_does_not_begin_with_its_seat_is_refused() {
    let mut tablet = Tablet { keys: KeyPair::from_seed(&[7; 32]), events: vec![], tip: None };
    tablet = tablet.notes(1, 1);
    assert_eq!(examine(tablet.part(0, 1), None), Err(AdmissionFault::NotOpened));
}

proptest! {
    #[test]
    fn any_cutting_repeating_and_reordering_ends_with_each_event_once(
        cuts in prop::collection::vec((0usize..12, 1usize..12), 0..24)
    ) {
        let (tablet, mut headquarters) = (Tablet::new().notes(11, 1), Headquarters::default());
        for (from, length) in cuts {
            headquarters.push(tablet.part(from, (from + length).min(12)), Standing::OnTeam);
            let stored = headquarters.stored.len() as u64;
            prop_assert_eq!(headquarters.known.map_or(0, |known| known.tip.seq + 1), stored);
        }
        let last = headquarters.push(tablet.part(0, 12), Standing::OnTeam);
        prop_assert_eq!(last.accepted_through, Some(11));
        prop_assert_eq!(headquarters.stored.len(), 12);
        prop_assert!(headquarters.stored.values().all(|(_, c)| *c == Custody::Accepted));
    }
}

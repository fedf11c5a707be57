//! The laws of snapshots, and their form pinned to the version of the fold.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::act::{
    Act, AssignSeat, BeginFinding, CancelInspection, Judgement, Role, UnknownAct, WithdrawFinding,
};
use crate::ids::FindingId;
use crate::register::{Field, Value, Write};
use crate::remedy::{FollowRemedy, Outcome};
use crate::state::history::{
    Arrival, HEADQUARTERS, assignment, fold, fold_into, histories, id, opening, piece, said,
    shuffled_histories, wrote,
};
use crate::state::{Custody, Entry, HeldReason};

fn restored(snapshot: &Snapshot) -> Result<State, SnapshotFault> {
    State::from_snapshot(snapshot.as_bytes(), [HEADQUARTERS])
}

/// Folds what is `chosen`, writes the state down, reads it back and folds the rest.
fn folded_in_two(
    events: &[Arrival],
    chosen: impl Fn(usize) -> bool,
) -> Result<State, SnapshotFault> {
    let numbered = || events.iter().enumerate();
    let before = fold(numbered().filter(|(at, _)| chosen(*at)).map(|(_, event)| event));
    let after = numbered().filter(|(at, _)| !chosen(*at)).map(|(_, event)| event);
    Ok(fold_into(restored(&before.to_snapshot())?, after))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_snapshot_in_the_middle_changes_nothing_wherever_the_events_are_split(
        (events, shuffled) in shuffled_histories(), chosen in any::<u32>(),
    ) {
        let whole = fold(&events);
        let state = folded_in_two(&shuffled, |at| chosen >> at & 1 == 1);
        prop_assert_eq!(state.as_ref(), Ok(&whole));
    }

    #[test]
    fn a_snapshot_after_every_event_changes_nothing(
        (events, shuffled) in shuffled_histories(),
    ) {
        let mut state = State::new([HEADQUARTERS]);
        for event in &shuffled {
            state = fold_into(state, [event]);
            state = restored(&state.to_snapshot()).expect("it was written here");
        }
        prop_assert_eq!(state, fold(&events));
    }

    #[test]
    fn equal_states_are_equal_bytes_and_other_states_are_other_bytes(
        (events, shuffled) in shuffled_histories(), others in histories(),
    ) {
        let (state, same, other) = (fold(&events), fold(&shuffled), fold(&others));
        let bytes = state.to_snapshot();
        prop_assert_eq!(cbor::check(bytes.as_bytes()), Ok(()));
        prop_assert_eq!(&bytes, &same.to_snapshot());
        prop_assert_eq!(state == other, bytes == other.to_snapshot());
    }

    #[test]
    fn no_byte_of_a_snapshot_can_be_changed_without_changing_what_is_read(
        events in histories(), at in any::<prop::sample::Index>(), byte in any::<u8>(),
    ) {
        let state = fold(&events);
        let mut bytes = state.to_snapshot().into_bytes();
        let at = at.index(bytes.len());
        prop_assume!(bytes[at] != byte);
        bytes[at] = byte;
        if let Ok(read) = State::from_snapshot(&bytes, [HEADQUARTERS]) {
            prop_assert_ne!(read, state);
        }
    }

    #[test]
    fn a_snapshot_that_was_cut_is_refused(
        events in histories(), at in any::<prop::sample::Index>(),
    ) {
        let bytes = fold(&events).to_snapshot().into_bytes();
        let cut = State::from_snapshot(&bytes[..at.index(bytes.len())], [HEADQUARTERS]);
        prop_assert!(matches!(cut, Err(SnapshotFault::Cbor(_))), "{:?}", cut);
    }

    #[test]
    fn any_bytes_are_read_or_refused_without_panic(bytes: Vec<u8>) {
        let _ = State::from_snapshot(&bytes, []);
    }
}

#[test]
fn every_split_of_one_history_gives_the_same_state() {
    let interacting = [3, 4, 6, 7, 8, 11, 12, 13];
    let everything = everything();
    let events: Vec<_> = interacting.iter().map(|at: &usize| everything[*at].clone()).collect();
    let whole = fold(&events);
    for chosen in 0u32..1 << events.len() {
        let state = folded_in_two(&events, |at| chosen >> at & 1 == 1);
        assert_eq!(state.as_ref(), Ok(&whole), "split {chosen:b}");
    }
}

#[test]
fn what_another_build_folded_is_thrown_away() {
    let form = Form {
        context: CONTEXT.to_owned(),
        version: FOLD_VERSION + 1,
        headquarters: BTreeSet::from([HEADQUARTERS]),
        facts: "in a form of its own",
    };
    let other = State::from_snapshot(&to_vec(&form), [HEADQUARTERS]);
    assert_eq!(other, Err(SnapshotFault::OtherVersion(u64::from(FOLD_VERSION) + 1)));
}

#[test]
fn what_was_folded_under_other_headquarters_is_thrown_away() {
    let bytes = fold(&everything()).to_snapshot();
    for headquarters in [vec![], vec![SeatId([9; 16])], vec![HEADQUARTERS, SeatId([9; 16])]] {
        let read = State::from_snapshot(bytes.as_bytes(), headquarters);
        assert_eq!(read, Err(SnapshotFault::OtherHeadquarters));
    }
}

#[test]
fn what_says_more_than_a_state_is_refused() {
    let mut longer = State::new([]).to_snapshot().into_bytes();
    longer[0] += 1; // one more pair in the map
    longer.extend([0x18, 0x63, 0x01]); // 99: 1
    assert_eq!(State::from_snapshot(&longer, []), Err(SnapshotFault::NotOwnForm));
}

#[test]
fn other_bytes_are_no_snapshot() {
    for bytes in [&[0x80][..], &[0xa0], &[0xa2, 0x00, 0x61, b'x', 0x01, 0x01]] {
        let refused = State::from_snapshot(bytes, []);
        assert!(matches!(refused, Err(SnapshotFault::Shape(_))), "{refused:?}");
    }
}

/// One state for each version of the fold. A file that is there is never written anew: when this
/// fails, count [`FOLD_VERSION`] up and add a file.
const PINNED: &[(u32, &[u8])] = &[
    (1, include_bytes!("pinned/1.cbor")),
    (2, include_bytes!("pinned/2.cbor")),
    (3, include_bytes!("pinned/3.cbor")),
];

#[test]
fn the_same_events_give_the_bytes_that_are_pinned_to_the_version_of_the_fold() {
    let (_, pinned) = PINNED.iter().find(|(version, _)| *version == FOLD_VERSION).expect("pinned");
    let written = fold(&everything()).to_snapshot();
    let hex = crate::ids::to_hex;
    assert_eq!(hex(written.as_bytes()), hex(pinned), "the fold or its form is another one");
}

#[test]
fn the_bytes_of_any_other_version_are_refused_as_that() {
    for (version, bytes) in PINNED.iter().filter(|(version, _)| *version != FOLD_VERSION) {
        let read = State::from_snapshot(bytes, [HEADQUARTERS]);
        assert_eq!(read, Err(SnapshotFault::OtherVersion(u64::from(*version))));
    }
}

const FINDING: FindingId = FindingId([7; 16]);

fn followed(outcome: Outcome, over: &[u8]) -> FollowRemedy {
    let over = over.iter().map(|number| id(*number)).collect();
    let note = "công văn mẫu".to_owned();
    FollowRemedy { finding: FINDING, outcome, on: date(2026, 8, 1), note, over, evidence: vec![] }
}

fn revoked() -> AssignSeat {
    let keeps = Some(Role::Lead);
    AssignSeat { keeps, ..assignment(SeatId([1; 16]), Role::None, "Kiểm tra viên Mẫu") }
}

/// A short history with everything in it that a snapshot has to carry.
fn everything() -> Vec<Arrival> {
    let note = Address::item("print.pub.licence", Field::Note);
    let quantity = Address::finding(FINDING, Field::Quantity);
    let facts = Address::finding(FINDING, Field::Facts);
    let first =
        Write { address: facts, value: Value::text("thiếu hợp đồng"), over: Vec::new() };
    let item = "print.pub.licence".to_owned();
    let withdraw = WithdrawFinding { finding: FINDING, reason: "nhầm kho".to_owned() };
    let judge = |number: u8| Judgement { events: vec![id(number)], reason: "đủ".to_owned() };
    let evidence = vec![piece(1), piece(2)];
    let later = UnknownAct { name: "evidence/stamp".to_owned(), payload: vec![0xf5] };
    let held = |(entry, _): Arrival| (entry, Custody::Held(HeldReason::NotOnTeam));
    let withheld = |(entry, custody): Arrival| (Entry { body: None, ..entry }, custody);
    vec![
        said(1, 0, Act::OpenInspection(opening("kế hoạch"))),
        said(2, 0, Act::AssignSeat(assignment(SeatId([1; 16]), Role::Lead, "Kiểm tra viên Mẫu"))),
        wrote(3, 1, note.clone(), Value::text("một"), &[]),
        // Replaces two: one that is here and one that never arrives.
        wrote(4, 2, note.clone(), Value::Day(jiff::civil::date(2026, 7, 1)), &[3, 90]),
        wrote(5, 1, note.clone(), Value::Whole(-3), &[3]),
        said(6, 1, Act::BeginFinding(BeginFinding { finding: FINDING, item, first })),
        said(7, 2, Act::WithdrawFinding(withdraw)),
        wrote(8, 1, quantity.clone(), Value::text("100"), &[]),
        wrote(9, 2, quantity, Value::text("120"), &[]),
        held(wrote(10, 3, note.clone(), Value::text("ngoài đoàn"), &[4, 5])),
        held(withheld(wrote(11, 3, note.clone(), Value::Empty, &[]))),
        held(wrote(12, 3, note, Value::text("được nhận"), &[3])),
        said(13, 0, Act::Admit(judge(12))),
        // A word on an event that never arrives.
        said(14, 0, Act::SetAside(judge(91))),
        said(15, 1, Act::Admit(judge(10))),
        said(16, 1, Act::Unknown(later)),
        said(17, 0, Act::FollowRemedy(followed(Outcome::Extended(date(2026, 9, 1)), &[18]))),
        said(18, 0, Act::FollowRemedy(FollowRemedy { evidence, ..followed(Outcome::Done, &[]) })),
        said(19, 0, Act::AssignSeat(revoked())),
        said(20, 0, Act::CancelInspection(CancelInspection { reason: "hoãn".to_owned() })),
    ]
}

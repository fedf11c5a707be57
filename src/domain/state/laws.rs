//! The laws of the fold, as properties over random histories of several seats.
//!
//! Shrunk failures are kept beside this file by proptest; each seed is printed.

use proptest::prelude::*;

use super::*;
use crate::answer::Answer;
use crate::register::Subject;

const HEADQUARTERS: SeatId = SeatId([0; 16]);

/// One event of a random history; `over` and `target` name earlier or later events by number.
#[derive(Debug, Clone)]
struct Step {
    author: u8,
    kind: u8,
    place: u8,
    value: u8,
    names: Vec<u8>,
    held: bool,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step =
        (0u8..4, 0u8..10, 0u8..3, 0u8..4, prop::collection::vec(0u8..24, 0..3), any::<bool>())
            .prop_map(|(author, kind, place, value, names, held)| Step {
                author,
                kind,
                place,
                value,
                names,
                held,
            });
    prop::collection::vec(step, 0..24)
}

fn id(number: u8) -> EventId {
    EventId([number; 32])
}

fn history(steps: &[Step]) -> Vec<(Entry, Custody)> {
    (0u8..).zip(steps).map(|(number, step)| event(number, step)).collect()
}

fn event(number: u8, step: &Step) -> (Entry, Custody) {
    let author = SeatId([step.author; 16]);
    let entry = Entry {
        id: id(number),
        author,
        // Small, so that journals of one seat have events of the same `seq` and time.
        seq: u64::from(number % 3),
        at: Moment(i64::from(step.value)),
        body: (step.kind != 7).then(|| Body::of(act(step))),
    };
    let held = step.held && author != HEADQUARTERS;
    let custody = if held { Custody::Held(HeldReason::NotOnTeam) } else { Custody::Accepted };
    (entry, custody)
}

fn act(step: &Step) -> Act {
    let names = step.names.iter().map(|name| id(*name)).collect::<Vec<_>>();
    let finding = FindingId([step.place; 16]);
    let write = |subject| Write {
        address: Address { subject, field: Field::Note, row: Vec::new() },
        value: Value::Whole(i64::from(step.value % 2)),
        over: names.clone(),
    };
    let reason = format!("reason {}", step.value);
    match step.kind {
        0 | 1 => Act::Set(write(Subject::Item(format!("item {}", step.place)))),
        2 => Act::BeginFinding(BeginFinding {
            finding,
            item: format!("item {}", step.value),
            first: write(Subject::Finding(finding)),
        }),
        3 => Act::WithdrawFinding(WithdrawFinding { finding, reason }),
        4 => Act::Admit(Judgement { events: names, reason }),
        5 => Act::SetAside(Judgement { events: names, reason }),
        8 | 9 => Act::AssignSeat(AssignSeat {
            seat: SeatId([step.place; 16]),
            key: crate::ids::SigningKey([1; 32]),
            envelope: crate::ids::EnvelopeKey([2; 32]),
            person: crate::ids::PersonId([4; 16]),
            name: reason,
            role: if step.kind == 8 { Role::Member } else { Role::None },
        }),
        _ => Act::Set(write(Subject::Inspection)),
    }
}

fn fold<'a>(events: impl IntoIterator<Item = &'a (Entry, Custody)>) -> State {
    let mut state = State::new([HEADQUARTERS]);
    for (entry, custody) in events {
        state.apply(entry, *custody);
    }
    state
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_arrival_gives_the_same_state(
        (steps, order) in steps().prop_flat_map(|steps| {
            let order = Just((0..steps.len()).collect::<Vec<_>>()).prop_shuffle();
            (Just(steps), order)
        })
    ) {
        let events = history(&steps);
        let shuffled = order.iter().map(|index| &events[*index]);
        prop_assert_eq!(fold(&events), fold(shuffled));
    }

    #[test]
    fn repeats_change_nothing(steps in steps(), again in prop::collection::vec(0usize..24, 0..12)) {
        let events = history(&steps);
        let repeated = again.iter().filter_map(|index| events.get(*index));
        prop_assert_eq!(fold(&events), fold(events.iter().chain(repeated)));
    }
}

fn note(number: u8, author: u8, value: i64, over: &[u8]) -> (Entry, Custody) {
    let write = Write {
        address: Address::item("a", Field::Note),
        value: Value::Whole(value),
        over: over.iter().map(|name| id(*name)).collect(),
    };
    let entry = Entry {
        id: id(number),
        author: SeatId([author; 16]),
        seq: u64::from(number),
        at: Moment(0),
        body: Some(Body::of(Act::Set(write))),
    };
    (entry, Custody::Accepted)
}

#[test]
fn two_different_values_that_do_not_know_each_other_are_a_conflict() {
    let address = Address::item("a", Field::Note);
    let conflict = fold(&[note(1, 1, 10, &[]), note(2, 2, 20, &[])]);
    let register = conflict.register(&address).expect("it was written");
    assert!(register.is_conflict());
    assert_eq!(register.value(), None);

    let equal = fold(&[note(1, 1, 10, &[]), note(2, 2, 10, &[])]);
    assert_eq!(equal.register(&address).and_then(Register::value), Some(&Value::Whole(10)));

    let decided = fold(&[note(1, 1, 10, &[]), note(2, 2, 20, &[]), note(3, 1, 20, &[1, 2])]);
    assert_eq!(decided.register(&address).and_then(Register::value), Some(&Value::Whole(20)));
}

#[test]
fn over_counts_only_on_the_same_address() {
    let mut elsewhere = note(2, 1, 20, &[1]);
    if let Some(Body { act: Act::Set(write), .. }) = &mut elsewhere.0.body {
        write.address = Address::item("b", Field::Note);
    }
    let state = fold(&[note(1, 1, 10, &[]), elsewhere]);
    let kept = state.register(&Address::item("a", Field::Note)).and_then(Register::value);
    assert_eq!(kept, Some(&Value::Whole(10)));
}

#[test]
fn an_inspector_cannot_admit_what_headquarters_holds() {
    let held = (note(1, 3, 10, &[]).0, Custody::Held(HeldReason::NotOnTeam));
    let admit = |author| {
        let judgement = Judgement { events: vec![id(1)], reason: "đã bổ sung".to_owned() };
        let (mut entry, custody) = note(2, author, 0, &[]);
        entry.body = Some(Body::of(Act::Admit(judgement)));
        (entry, custody)
    };
    let address = Address::item("a", Field::Note);

    let by_inspector = fold(&[held.clone(), admit(1)]);
    assert_eq!(by_inspector.register(&address), None);
    assert_eq!(by_inspector.held().count(), 1);
    assert_eq!(by_inspector.no_effect().count(), 1);

    let by_headquarters = fold(&[admit(0), held]);
    assert!(by_headquarters.register(&address).is_some());
    assert_eq!(by_headquarters.held().count(), 0);
}

#[test]
fn the_seat_that_opens_an_inspection_leads_it_until_headquarters_says_otherwise() {
    let seat = SeatId([3; 16]);
    let mut state = fold(&[(opening(seat), Custody::Accepted)]);
    assert_eq!(state.role(&seat), Role::Lead);
    assert_eq!(state.decision(), None);

    let (entry, custody) = assignment(9, 0, seat, Role::Member);
    state.apply(&entry, custody);
    assert_eq!(state.role(&seat), Role::Member);
}

fn assignment(number: u8, at: i64, seat: SeatId, role: Role) -> (Entry, Custody) {
    let assign = AssignSeat {
        seat,
        key: crate::ids::SigningKey([1; 32]),
        envelope: crate::ids::EnvelopeKey([2; 32]),
        person: crate::ids::PersonId([4; 16]),
        name: "Kiểm tra viên A".to_owned(),
        role,
    };
    let (entry, custody) = note(number, 0, 0, &[]);
    (Entry { at: Moment(at), body: Some(Body::of(Act::AssignSeat(assign))), ..entry }, custody)
}

#[test]
fn the_later_word_stands_when_headquarters_began_a_new_journal_after_a_restore() {
    let seat = SeatId([3; 16]);
    let before = assignment(9, 100, seat, Role::Lead);
    let (mut after, custody) = assignment(2, 200, seat, Role::None);
    after.seq = 1; // the first events of a new journal
    for order in [[before.clone(), (after.clone(), custody)], [(after, custody), before]] {
        assert_eq!(fold(&order).role(&seat), Role::None);
    }
}

#[test]
fn headquarters_is_on_no_team_of_an_inspection_it_opened() {
    let state = fold(&[(opening(HEADQUARTERS), Custody::Accepted)]);
    assert_eq!(state.role(&HEADQUARTERS), Role::None);
}

fn opening(author: SeatId) -> Entry {
    let establishment = crate::act::Establishment {
        id: crate::ids::EstablishmentId([5; 16]),
        name: "Cơ sở in Mẫu A".to_owned(),
        kind: "printing_house".to_owned(),
        address: String::new(),
    };
    let opening = OpenInspection {
        establishment,
        reason: "tin báo".to_owned(),
        decision: None,
        on: jiff::civil::date(2026, 7, 1),
        checklists: Vec::new(),
        law: crate::ids::PackHash([0; 32]),
    };
    let (entry, _) = note(1, 0, 0, &[]);
    Entry { author, body: Some(Body::of(Act::OpenInspection(opening))), ..entry }
}

#[test]
fn an_answer_is_read_back_as_an_answer() {
    let address = Address::item("a", Field::Answer);
    let write =
        Write { address: address.clone(), value: Answer::NotChecked.value(), over: Vec::new() };
    let (mut entry, custody) = note(1, 1, 0, &[]);
    entry.body = Some(Body::of(Act::Set(write)));
    let state = fold(&[(entry, custody)]);
    let value = state.register(&address).and_then(Register::value);
    assert_eq!(value.and_then(Value::as_answer), Some(Answer::NotChecked));
    assert_eq!(state.over(&address), [id(1)]);
}

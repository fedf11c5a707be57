//! The laws of the fold, as properties over random histories of several seats.
//!
//! Shrunk failures are kept beside this file by proptest; each seed is printed.

use proptest::prelude::*;

use super::history::{
    Arrival, HEADQUARTERS, assignment, fold, fold_into, histories, id, opening, said,
    shuffled_histories, wrote,
};
use super::*;
use crate::act::Role;
use crate::answer::Answer;
use crate::register::{Field, Value};

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_arrival_gives_the_same_state((events, shuffled) in shuffled_histories()) {
        prop_assert_eq!(fold(&events), fold(&shuffled));
    }

    #[test]
    fn repeats_change_nothing(
        (events, again) in shuffled_histories(), count in 0usize..24,
    ) {
        let repeated = events.iter().chain(again.iter().take(count));
        prop_assert_eq!(fold(&events), fold(repeated));
    }

    #[test]
    fn the_conflicts_that_are_listed_are_those_that_a_look_at_everything_finds(
        events in histories(),
    ) {
        let state = fold(&events);
        let listed: Vec<_> = state.conflicts().map(|conflict| conflict.address.clone()).collect();
        prop_assert_eq!(state.conflict_count(), listed.len());
        prop_assert_eq!(listed, conflicts_by_a_look_at_everything(&state));
    }

    #[test]
    fn each_conflict_is_found_from_its_item_and_from_its_finding(events in histories()) {
        let state = fold(&events);
        for conflict in state.conflicts() {
            let about: Vec<_> = state.conflicts_about(&conflict.address.subject).collect();
            prop_assert!(about.contains(&conflict));
            let item = match &conflict.address.subject {
                Subject::Item(item) => Some(item.clone()),
                Subject::Finding(finding) => state.finding(*finding).map(|it| it.item.to_owned()),
                Subject::Inspection => None,
            };
            let of_item = item.map(|item| state.conflicts_of_item(&item).contains(&conflict));
            prop_assert!(of_item.unwrap_or(true));
        }
    }

    #[test]
    fn when_every_conflict_is_decided_none_is_left(events in histories()) {
        let mut state = fold(&events);
        let decisions: Vec<_> =
            state.conflicts().map(|conflict| conflict.decide(Value::Whole(7))).collect();
        let decisions = (100u8..).zip(decisions).map(|(n, write)| said(n, 1, Act::Set(write)));
        let decisions: Vec<_> = decisions.collect();
        state = fold_into(state, &decisions);
        prop_assert_eq!(state.conflict_count(), 0);
        prop_assert_eq!(&state, &fold(decisions.iter().chain(&events)));
    }
}

fn conflicts_by_a_look_at_everything(state: &State) -> Vec<Address> {
    let differing = state.registers().filter(|(_, register)| register.is_conflict());
    let open = differing.filter(|(address, _)| match &address.subject {
        Subject::Finding(finding) => state.withdrawals(*finding).is_empty(),
        Subject::Item(_) | Subject::Inspection => true,
    });
    open.map(|(address, _)| address.clone()).collect()
}

fn note(item: &str) -> Address {
    Address::item(item, Field::Note)
}

#[test]
fn two_different_values_that_do_not_know_each_other_are_a_conflict() {
    let one = wrote(1, 1, note("a"), Value::Whole(10), &[]);
    let other = wrote(2, 2, note("a"), Value::Whole(20), &[]);
    let conflict = fold([&one, &other]);
    assert_eq!(conflict.conflict_count(), 1);
    assert_eq!(conflict.register(&note("a")).and_then(Register::value), None);

    let equal = fold([&one, &wrote(2, 2, note("a"), Value::Whole(10), &[])]);
    assert_eq!(equal.conflict_count(), 0);
    assert_eq!(equal.register(&note("a")).and_then(Register::value), Some(&Value::Whole(10)));

    let decided = fold([&one, &other, &wrote(3, 1, note("a"), Value::Whole(20), &[1, 2])]);
    assert_eq!(decided.conflict_count(), 0);
    assert_eq!(decided.register(&note("a")).and_then(Register::value), Some(&Value::Whole(20)));
}

#[test]
fn over_counts_only_on_the_same_address() {
    let one = wrote(1, 1, note("a"), Value::Whole(10), &[]);
    let elsewhere = wrote(2, 1, note("b"), Value::Whole(20), &[1]);
    let state = fold([&one, &elsewhere]);
    assert_eq!(state.register(&note("a")).and_then(Register::value), Some(&Value::Whole(10)));
}

const FINDING: FindingId = FindingId([7; 16]);

fn begin(number: u8, author: u8, finding: FindingId, facts: &str) -> Arrival {
    let address = Address::finding(finding, Field::Facts);
    let first = Write { address, value: Value::text(facts), over: Vec::new() };
    said(number, author, Act::BeginFinding(BeginFinding { finding, item: "a".to_owned(), first }))
}

fn withdraw(number: u8, author: u8, reason: &str) -> Arrival {
    let withdraw = WithdrawFinding { finding: FINDING, reason: reason.to_owned() };
    said(number, author, Act::WithdrawFinding(withdraw))
}

#[test]
fn two_findings_on_one_item_stay_two_findings() {
    let other = FindingId([8; 16]);
    let state = fold([&begin(1, 1, FINDING, "thiếu hợp đồng"), &begin(2, 2, other, "thiếu sổ")]);
    let found: Vec<_> =
        state.findings_of("a").into_iter().map(|it| (it.id, it.text(Field::Facts))).collect();
    let expected = [(FINDING, "thiếu hợp đồng".to_owned()), (other, "thiếu sổ".to_owned())];
    assert_eq!(found, expected);
    assert_eq!(state.conflict_count(), 0);
}

/// One inspector takes a finding back while another goes on with it: the withdrawal stands, the
/// edit is in the record and in sight, and nobody has to decide anything.
#[test]
fn a_finding_withdrawn_while_a_colleague_edits_it_stays_withdrawn_with_the_edit_in_sight() {
    let quantity = Address::finding(FINDING, Field::Quantity);
    let events = [
        begin(1, 1, FINDING, "thiếu hợp đồng"),
        wrote(2, 1, quantity.clone(), Value::text("100 cuốn"), &[]),
        withdraw(3, 1, "nhầm kho"),
        wrote(4, 2, quantity.clone(), Value::text("120 cuốn"), &[2]),
        wrote(5, 3, quantity, Value::text("130 cuốn"), &[2]),
    ];
    for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [0, 3, 4, 1, 2]] {
        let state = fold(order.map(|place: usize| &events[place]));
        let finding = state.finding(FINDING).expect("it was begun");
        assert_eq!(finding.withdrawn, Some("nhầm kho"));
        let register = finding.register(Field::Quantity).expect("it was written");
        let values: Vec<_> = register.current().map(|(_, it)| it.value.to_string()).collect();
        assert_eq!(values, ["120 cuốn", "130 cuốn"]);
        assert_eq!((state.conflict_count(), finding.missing()), (0, Vec::new()));
    }
}

#[test]
fn a_finding_that_two_take_back_keeps_both_reasons_and_shows_the_first() {
    let state =
        fold([&begin(1, 1, FINDING, "thiếu"), &withdraw(9, 2, "sau"), &withdraw(3, 1, "trước")]);
    assert_eq!(state.finding(FINDING).and_then(|finding| finding.withdrawn), Some("trước"));
    let reasons: Vec<_> =
        state.withdrawals(FINDING).into_iter().map(|it| it.reason.as_str()).collect();
    assert_eq!(reasons, ["trước", "sau"]);
}

fn judged(number: u8, author: u8, judge: fn(Judgement) -> Act) -> Arrival {
    said(number, author, judge(Judgement { events: vec![id(1)], reason: "đã bổ sung".to_owned() }))
}

fn held_note(reason: HeldReason) -> Arrival {
    (wrote(1, 3, note("a"), Value::Whole(10), &[]).0, Custody::Held(reason))
}

#[test]
fn an_inspector_cannot_admit_what_headquarters_holds() {
    let held = held_note(HeldReason::NotOnTeam);
    let by_inspector = fold([&held, &judged(2, 1, Act::Admit)]);
    assert_eq!(by_inspector.register(&note("a")), None);
    assert_eq!(by_inspector.held().count(), 1);
    assert_eq!(by_inspector.no_effect().count(), 1);

    let by_headquarters = fold([&judged(2, 0, Act::Admit), &held]);
    assert!(by_headquarters.register(&note("a")).is_some());
    assert_eq!(by_headquarters.held().count(), 0);
}

#[test]
fn what_was_admitted_is_not_set_aside_afterwards_in_whatever_order_the_words_come() {
    let (held, admit) = (held_note(HeldReason::NotOnTeam), judged(2, 0, Act::Admit));
    let set_aside = judged(3, 0, Act::SetAside);
    let admitted = fold([&held, &admit]);
    assert!(admitted.register(&note("a")).is_some());
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let state = fold(order.map(|place: usize| [&held, &admit, &set_aside][place]));
        assert_eq!(state, admitted, "{order:?}");
    }
    let state = fold([&held, &set_aside]);
    assert_eq!((state.register(&note("a")), state.held().count()), (None, 0));
}

#[test]
fn an_event_reported_as_held_for_two_reasons_is_held_for_the_first_of_them() {
    let reports = [HeldReason::UnknownSeat, HeldReason::NotOnTeam].map(held_note);
    for order in [[0, 1], [1, 0]] {
        let state = fold(order.map(|place: usize| &reports[place]));
        let reasons: Vec<_> = state.held().map(|held| held.reason).collect();
        assert_eq!(reasons, [HeldReason::NotOnTeam]);
    }
}

#[test]
fn the_seat_that_opens_an_inspection_leads_it_until_headquarters_says_otherwise() {
    let seat = SeatId([3; 16]);
    let opened = said(1, 3, Act::OpenInspection(opening("tin báo")));
    let state = fold([&opened]);
    assert_eq!(state.role(&seat), Role::Lead);
    assert_eq!(state.decision(), None);

    let assigned = assigned(9, seat, Role::Member);
    assert_eq!(fold([&opened, &assigned]).role(&seat), Role::Member);
}

fn assigned(number: u8, seat: SeatId, role: Role) -> Arrival {
    said(number, 0, Act::AssignSeat(assignment(seat, role, "Kiểm tra viên A")))
}

#[test]
fn the_later_word_stands_when_headquarters_began_a_new_journal_after_a_restore() {
    let seat = SeatId([3; 16]);
    let before = assigned(9, seat, Role::Lead);
    let (after, custody) = assigned(2, seat, Role::None);
    // One of the first events of a new journal, and the id is smaller too.
    let after = (Entry { at: Moment(200), seq: 1, ..after }, custody);
    for order in [[&before, &after], [&after, &before]] {
        assert_eq!(fold(order).role(&seat), Role::None);
    }
}

#[test]
fn words_of_headquarters_at_the_same_time_are_ordered_by_place_and_then_by_id() {
    let seat = SeatId([3; 16]);
    let word = |number, seq, role| {
        let (entry, custody) = assigned(number, seat, role);
        (Entry { at: Moment(5), seq, ..entry }, custody)
    };
    let (first, second) = (word(9, 1, Role::Lead), word(1, 2, Role::Member));
    let by_id = word(2, 2, Role::None);
    assert_eq!(fold([&second, &first]).role(&seat), Role::Member);
    assert_eq!(fold([&by_id, &second, &first]).role(&seat), Role::None);
}

#[test]
fn the_last_opening_of_headquarters_stands_in_any_order_and_before_that_of_a_seat() {
    let by_a_seat = said(9, 3, Act::OpenInspection(opening("tin báo")));
    let planned = said(5, 0, Act::OpenInspection(opening("kế hoạch")));
    let corrected = said(6, 0, Act::OpenInspection(opening("kế hoạch sửa")));
    let reason = |state: &State| state.opened().map(|opened| opened.opening.reason.clone());
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let state = fold(order.map(|place: usize| [&by_a_seat, &planned, &corrected][place]));
        assert_eq!(reason(&state).as_deref(), Some("kế hoạch sửa"), "{order:?}");
    }
    assert_eq!(reason(&fold([&by_a_seat])).as_deref(), Some("tin báo"));
}

#[test]
fn an_inspection_is_cancelled_by_headquarters_alone_and_by_its_first_word() {
    let cancel = |number, author, reason: &str| {
        said(number, author, Act::CancelInspection(CancelInspection { reason: reason.to_owned() }))
    };
    let (first, second) = (cancel(2, 0, "hoãn"), cancel(3, 0, "trùng"));
    for order in [[&first, &second], [&second, &first]] {
        assert_eq!(fold(order).cancelled().map(|it| it.reason.as_str()), Some("hoãn"));
    }
    let by_a_seat = fold([&cancel(2, 3, "hoãn")]);
    assert_eq!((by_a_seat.cancelled(), by_a_seat.no_effect().count()), (None, 1));
}

#[test]
fn headquarters_is_on_no_team_of_an_inspection_it_opened() {
    let state = fold([&said(1, 0, Act::OpenInspection(opening("kế hoạch")))]);
    assert_eq!(state.role(&HEADQUARTERS), Role::None);
}

#[test]
fn an_answer_is_read_back_as_an_answer() {
    let address = Address::item("a", Field::Answer);
    let state = fold([&wrote(1, 1, address.clone(), Answer::NotChecked.value(), &[])]);
    let value = state.register(&address).and_then(Register::value);
    assert_eq!(value.and_then(Value::as_answer), Some(Answer::NotChecked));
    assert_eq!(state.over(&address), [id(1)]);
}

#[test]
fn the_first_field_is_the_first_in_the_order_of_addresses() {
    assert_eq!(Field::KNOWN.iter().min(), Some(&Field::FIRST));
    assert!(Field::FIRST < Field::Other(String::new()));
}

//! The laws of the sheet: what is shown, what is called stored, and when a finding begins.

use super::*;
use crate::samples::{ME, entry, sheet, store};
use domain::act::{AssignSeat, Body};
use domain::ids::{EnvelopeKey, EventId, PersonId, SigningKey};
use domain::moment::Moment;

const ITEM: ItemPlace = ItemPlace(0);
const FINDING: FindingId = FindingId([1; 16]);

fn one_item() -> Sheet {
    sheet(&[("a", &["a.1", "a.2"]), ("b", &["b.1"])])
}

fn violation(sheet: &mut Sheet) -> Vec<Step> {
    sheet.answer(ITEM, Answer::Violation, || FINDING)
}

fn facts() -> Spot {
    Spot::finding(FINDING, Field::Facts)
}

fn settle_all(sheet: &mut Sheet, steps: Vec<Step>) -> Vec<Step> {
    steps.iter().flat_map(|step| store(sheet, step)).collect()
}

fn fail(sheet: &mut Sheet, steps: &[Step]) {
    for step in steps {
        if let Step::Record(ticket, _, _) = step {
            sheet.settle(*ticket, Settled::Failed(StoreTrouble::Full));
        }
    }
}

/// A violation with stored facts.
fn with_finding() -> Sheet {
    let mut sheet = one_item();
    let steps = violation(&mut sheet);
    settle_all(&mut sheet, steps);
    let steps = sheet.record_value(ITEM, &facts(), Value::text("thiếu hợp đồng in"));
    settle_all(&mut sheet, steps);
    sheet
}

#[test]
fn a_tap_is_recorded_at_once_and_stored_when_the_store_says_so() {
    let mut sheet = one_item();
    assert_eq!(sheet.glance(ITEM).saved, None);
    let steps = sheet.answer(ITEM, Answer::Compliant, || FINDING);
    let glance = *sheet.glance(ITEM);
    assert_eq!((glance.answer, glance.saved), (Some(Answer::Compliant), Some(Saved::Recorded)));
    settle_all(&mut sheet, steps);
    assert_eq!(sheet.glance(ITEM).saved, Some(Saved::Stored));
    assert!(!sheet.has_unsaved());
}

#[test]
fn an_item_is_stored_only_when_everything_shown_in_it_is() {
    let mut sheet = one_item();
    let first = sheet.answer(ITEM, Answer::Compliant, || FINDING);
    let second = sheet.answer(ITEM, Answer::NotChecked, || FINDING);
    settle_all(&mut sheet, first);
    assert_eq!(sheet.glance(ITEM).saved, Some(Saved::Recorded));
    assert_eq!(sheet.glance(ITEM).answer, Some(Answer::NotChecked));
    sheet.type_text(ITEM, &Spot::item(Field::Note), "x".to_owned());
    settle_all(&mut sheet, second);
    assert_eq!(sheet.glance(ITEM).saved, Some(Saved::Recorded), "words are being typed");
    let note = sheet.record_value(ITEM, &Spot::item(Field::Note), Value::text("x"));
    settle_all(&mut sheet, note);
    assert_eq!(sheet.glance(ITEM).saved, Some(Saved::Stored));
}

#[test]
fn what_would_be_lost_is_what_is_neither_stored_nor_kept() {
    let mut sheet = one_item();
    let steps = sheet.answer(ITEM, Answer::Compliant, || FINDING);
    assert_eq!(sheet.losing(|_, _| true), [ITEM], "an event that is on its way");
    settle_all(&mut sheet, steps);
    assert_eq!(sheet.losing(|_, _| false), []);
    sheet.type_text(ITEM, &Spot::item(Field::Note), "x".to_owned());
    assert_eq!(sheet.losing(|_, _| false), [ITEM], "words that are kept nowhere");
    assert_eq!(sheet.losing(|at, text| at.field == Field::Note && text == "x"), []);
    let steps = sheet.record_value(ITEM, &Spot::item(Field::Note), Value::text("x"));
    fail(&mut sheet, &steps);
    assert_eq!(sheet.losing(|_, _| true), [ITEM], "an event that could not be stored");
}

#[test]
fn a_failed_write_keeps_the_answer_on_screen_until_it_is_tried_again() {
    let mut sheet = one_item();
    let steps = sheet.answer(ITEM, Answer::Compliant, || FINDING);
    fail(&mut sheet, &steps);
    let glance = *sheet.glance(ITEM);
    assert_eq!((glance.answer, glance.saved), (Some(Answer::Compliant), Some(Saved::Failed)));
    assert_eq!(sheet.trouble(ITEM), Some(StoreTrouble::Full));
    assert!(sheet.has_unsaved());
    let steps = sheet.retry(ITEM);
    assert_eq!(sheet.glance(ITEM).saved, Some(Saved::Recorded));
    settle_all(&mut sheet, steps);
    assert_eq!(sheet.glance(ITEM).saved, Some(Saved::Stored));
}

#[test]
fn tapping_the_same_answer_after_a_failure_records_it_again() {
    let mut sheet = one_item();
    let steps = sheet.answer(ITEM, Answer::Compliant, || FINDING);
    fail(&mut sheet, &steps);
    let steps = sheet.answer(ITEM, Answer::Compliant, || FINDING);
    assert_eq!(steps.len(), 1);
    assert_eq!(sheet.trouble(ITEM), None);
}

#[test]
fn a_finding_begins_with_its_first_fact_and_not_with_the_tap() {
    let mut sheet = one_item();
    let steps = violation(&mut sheet);
    assert_eq!(sheet.cards(ITEM), [FINDING]);
    settle_all(&mut sheet, steps);
    assert!(!sheet.has_begun(ITEM, FINDING));
    assert_eq!(sheet.glance(ITEM).findings, 0);

    assert_eq!(sheet.record_value(ITEM, &facts(), Value::text(" ")), [], "nothing was said");
    let quantity = Spot::finding(FINDING, Field::Quantity);
    let first = sheet.record_value(ITEM, &quantity, Value::text("12 cuốn"));
    assert!(matches!(&first[..], [Step::Record(_, _, Recording::Begin { .. })]), "{first:?}");
    let second = sheet.record_value(ITEM, &facts(), Value::text("thiếu"));
    assert!(matches!(&second[..], [Step::Record(_, _, Recording::Set { .. })]), "{second:?}");
}

#[test]
fn a_beginning_that_was_not_stored_is_begun_again_by_the_next_fact() {
    let mut sheet = one_item();
    violation(&mut sheet);
    let first = sheet.record_value(ITEM, &facts(), Value::text("thiếu"));
    fail(&mut sheet, &first);
    assert_eq!(sheet.text(ITEM, &facts()), "thiếu");
    let quantity = Spot::finding(FINDING, Field::Quantity);
    let next = sheet.record_value(ITEM, &quantity, Value::text("12"));
    assert!(matches!(&next[..], [Step::Record(_, _, Recording::Begin { .. })]), "{next:?}");
}

#[test]
fn moving_away_closes_empty_findings_and_asks_about_others() {
    let mut sheet = one_item();
    violation(&mut sheet);
    sheet.answer(ITEM, Answer::Compliant, || FINDING);
    assert_eq!(sheet.cards(ITEM), []);
    assert_eq!(sheet.left_over(ITEM), []);

    let mut sheet = with_finding();
    assert_eq!(sheet.left_over(ITEM), []);
    sheet.answer(ITEM, Answer::Compliant, || FINDING);
    assert_eq!(sheet.left_over(ITEM), [FINDING]);
    sheet.keep_findings(ITEM);
    assert_eq!((sheet.left_over(ITEM), sheet.cards(ITEM)), (vec![], vec![FINDING]));
}

#[test]
fn a_withdrawn_finding_stays_on_screen_and_counts_no_more() {
    let mut sheet = with_finding();
    assert_eq!(sheet.progress().findings, 1);
    let steps = sheet.withdraw(ITEM, FINDING, "nhầm cơ sở".to_owned());
    assert_eq!(sheet.progress().findings, 0);
    settle_all(&mut sheet, steps);
    assert_eq!(sheet.withdrawn(ITEM, FINDING).as_deref(), Some("nhầm cơ sở"));
    assert_eq!(sheet.cards(ITEM), [FINDING]);
}

#[test]
fn a_draft_is_dropped_from_the_store_once_its_event_is_stored() {
    let mut sheet = with_finding();
    sheet.type_text(ITEM, &facts(), "thiếu hợp".to_owned());
    let kept = sheet.save_draft(ITEM, &facts());
    assert!(matches!(&kept[..], [Step::Draft(_, Some(text))] if text == "thiếu hợp"));
    let steps = sheet.record_value(ITEM, &facts(), Value::text("thiếu hợp"));
    let after = settle_all(&mut sheet, steps);
    assert!(matches!(&after[..], [Step::Draft(_, None)]), "{after:?}");
}

#[test]
fn a_draft_stays_in_the_store_while_its_event_is_not() {
    let mut sheet = with_finding();
    sheet.type_text(ITEM, &facts(), "mới".to_owned());
    sheet.save_draft(ITEM, &facts());
    let steps = sheet.record_value(ITEM, &facts(), Value::text("mới"));
    fail(&mut sheet, &steps);
    assert_eq!(sheet.record_value(ITEM, &facts(), Value::text("mới")).len(), 1);
}

#[test]
fn after_a_crash_the_draft_is_in_its_field_also_of_a_finding_that_never_began() {
    let list = crate::samples::checklist(&[("a", &["a.1"])]);
    let day = jiff::civil::date(2026, 9, 1);
    let plan = Plan::new(vec![std::rc::Rc::new(list)], "printer", day);
    let place = DraftPlace { item: "a.1".to_owned(), finding: Some(FINDING), field: Field::Facts };
    let mut sheet = Sheet::new(plan, State::new([]), ME, vec![(place, "đang gõ".to_owned())]);
    assert_eq!(sheet.cards(ITEM), [FINDING]);
    assert_eq!(sheet.text(ITEM, &facts()), "đang gõ");
    assert_eq!(sheet.glance(ITEM).saved, Some(Saved::Recorded));
    let dropped = sheet.discard_card(ITEM, FINDING);
    assert!(matches!(&dropped[..], [Step::Draft(_, None)]));
    assert_eq!((sheet.cards(ITEM), sheet.glance(ITEM).saved), (vec![], None));
}

#[test]
fn two_answers_that_do_not_know_each_other_wait_for_a_decision() {
    let mut sheet = one_item();
    let steps = sheet.answer(ITEM, Answer::Compliant, || FINDING);
    settle_all(&mut sheet, steps);
    let address = sheet.address(ITEM, &Spot::item(Field::Answer));
    let write = Write { address, value: Answer::NotChecked.value(), over: vec![] };
    let touched = sheet.apply(&entry(90, Act::Set(write)), Custody::Accepted);
    assert_eq!(touched, Touched::Item(ITEM));
    let glance = *sheet.glance(ITEM);
    assert!(glance.conflict && glance.has_more && glance.answer.is_none());
    assert_eq!(sheet.progress().conflicts, 1);
    let steps = sheet.record_value(ITEM, &Spot::item(Field::Answer), Answer::Compliant.value());
    assert!(!sheet.glance(ITEM).conflict, "the decision shows at once");
    settle_all(&mut sheet, steps);
    assert_eq!((sheet.glance(ITEM).conflict, sheet.progress().conflicts), (false, 0));
}

#[test]
fn progress_is_the_sum_of_its_sections_after_any_change() {
    let mut sheet = with_finding();
    let last = ItemPlace(2);
    sheet.answer(last, Answer::NotApplicable, || FINDING);
    let sections: Vec<_> =
        sheet.plan().sections().map(|section| sheet.progress_of(section)).collect();
    let whole = sheet.progress();
    assert_eq!((whole.items, whole.answered, whole.violations, whole.unsaved), (3, 2, 1, 1));
    assert_eq!(sections.iter().map(|section| section.answered).sum::<u32>(), whole.answered);
    assert_eq!(sections[1].unsaved, 1);
}

#[test]
fn a_seat_that_left_the_team_only_reads() {
    let mut sheet = one_item();
    assert!(sheet.may_write());
    let assign = AssignSeat {
        seat: ME,
        key: SigningKey([0; 32]),
        envelope: EnvelopeKey([0; 32]),
        person: PersonId([0; 16]),
        name: "Người Mẫu".to_owned(),
        role: Role::None,
        keeps: None,
    };
    let headquarters = SeatId([1; 16]);
    let mut removed = Sheet { state: State::new([headquarters]), ..one_item() };
    let by = Entry {
        id: EventId([3; 32]),
        author: headquarters,
        seq: 0,
        at: Moment(0),
        body: Some(Body::of(Act::AssignSeat(assign))),
    };
    assert_eq!(removed.apply(&by, Custody::Accepted), Touched::Head);
    assert!(!removed.may_write());
    sheet.apply(&by, Custody::Accepted);
    assert!(sheet.may_write(), "only headquarters' word counts");
}

//! A hundred thousand events of one inspection fold into what they say. Nothing here is timed:
//! the benchmark `fold` does that with the same events.

#[path = "../benches/fold/volume.rs"]
mod volume;

use domain::answer::Answer;
use domain::register::{Address, Field, Value};
use domain::state::{Register, State};
use volume::{CONFLICT_EVERY, ITEMS, ROUNDS, WITHDRAWN_EVERY};

fn answer(state: &State, item: u64) -> Option<Answer> {
    let address = Address::item(volume::item_id(item), Field::Answer);
    state.register(&address).and_then(Register::value).and_then(Value::as_answer)
}

#[test]
fn a_hundred_thousand_events_fold_into_what_they_say_in_any_order_and_across_a_snapshot() {
    let events = volume::events();
    assert_eq!(events.len(), 100_000);
    let state = volume::fold(&events);
    assert!((0..ITEMS).all(|item| answer(&state, item) == Some(Answer::Violation)));

    let conflicts = usize::try_from(ITEMS / CONFLICT_EVERY).unwrap();
    assert_eq!((state.conflict_count(), state.conflicts().count()), (conflicts, conflicts));
    assert_eq!(state.conflicts_of_item(&volume::item_id(0)).len(), 1);
    assert_eq!(state.conflicts_of_item(&volume::item_id(1)).len(), 0);

    let findings = state.findings();
    let withdrawn = findings.iter().filter(|finding| finding.withdrawn.is_some()).count();
    assert_eq!(findings.len(), usize::try_from(ITEMS).unwrap());
    assert_eq!(withdrawn, usize::try_from(ITEMS / WITHDRAWN_EVERY).unwrap());
    let quantity = state.finding(volume::finding_id(1)).unwrap().text(Field::Quantity);
    assert_eq!(quantity, format!("120 cuốn, lần {}", ROUNDS - 2));

    assert_eq!(volume::fold(events.iter().rev()), state);
    let snapshot = state.to_snapshot();
    assert_eq!(State::from_snapshot(snapshot.as_bytes(), []).as_ref(), Ok(&state));
}

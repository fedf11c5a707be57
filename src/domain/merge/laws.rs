//! The laws of the merge, as properties over random writes at one address.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;
use crate::register::{Address, Field};

/// A write: what was written over what, each named by its number.
#[derive(Debug, Clone)]
struct Step {
    number: u8,
    value: i64,
    over: Vec<u8>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0i64..3, prop::collection::vec(0u8..16, 0..4));
    prop::collection::vec(step, 0..16).prop_map(|steps| {
        let numbered = (0u8..).zip(steps);
        numbered.map(|(number, (value, over))| Step { number, value, over }).collect()
    })
}

/// Steps with another order of arrival.
fn shuffled_steps() -> impl Strategy<Value = (Vec<Step>, Vec<Step>)> {
    steps().prop_flat_map(|steps| (Just(steps.clone()), Just(steps).prop_shuffle()))
}

fn id(number: u8) -> EventId {
    EventId([number; 32])
}

fn take(register: &mut Register, step: &Step) {
    let over: Vec<_> = step.over.iter().map(|number| id(*number)).collect();
    let author = SeatId([step.number % 3; 16]);
    let at = Moment(step.value);
    register.take(id(step.number), &over, Written { value: Value::Whole(step.value), author, at });
}

fn merged<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Register {
    let mut register = Register::default();
    steps.into_iter().for_each(|step| take(&mut register, step));
    register
}

/// What the rule says without looking at any order: what no step names in `over` is current.
fn by_the_rule(steps: &[Step]) -> BTreeMap<EventId, i64> {
    let replaced: BTreeSet<_> = steps.iter().flat_map(|step| &step.over).collect();
    let current = steps.iter().filter(|step| !replaced.contains(&step.number));
    current.map(|step| (id(step.number), step.value)).collect()
}

fn standing(register: &Register) -> BTreeMap<EventId, i64> {
    let whole = |value: &Value| match value {
        Value::Whole(number) => *number,
        Value::Empty | Value::Text(_) | Value::Day(_) | Value::Choice(_) => i64::MIN,
    };
    register.current().map(|(id, written)| (*id, whole(&written.value))).collect()
}

fn address() -> Address {
    Address::item("a", Field::Note)
}

/// What someone decides who was shown a register; `None` when there is nothing to decide.
fn decided(seen: &Register, number: u8, value: i64) -> Option<Step> {
    let address = address();
    let write = Conflict::of(&address, seen)?.decide(Value::Whole(value));
    Some(Step { number, value, over: write.over.iter().map(|id| id.0[0]).collect() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn what_is_current_is_what_no_event_replaces_in_whatever_order_they_came(
        (steps, order) in shuffled_steps(), again in 0usize..16,
    ) {
        let register = merged(order.iter().chain(order.iter().take(again)));
        prop_assert_eq!(standing(&register), by_the_rule(&steps));
        prop_assert_eq!(&register, &merged(&steps));
    }

    #[test]
    fn a_conflict_is_two_different_values_and_nothing_else((steps, order) in shuffled_steps()) {
        let register = merged(&order);
        let values: BTreeSet<_> = by_the_rule(&steps).into_values().collect();
        prop_assert_eq!(register.is_conflict(), values.len() > 1);
        let one = values.first().filter(|_| values.len() == 1).map(|value| Value::Whole(*value));
        prop_assert_eq!(register.value(), one.as_ref());
        let candidates = Conflict::of(&address(), &register).map(|it| it.candidates().len());
        prop_assert_eq!(candidates, register.is_conflict().then(|| register.current().count()));
    }

    #[test]
    fn after_a_decision_everyone_has_the_value_that_was_decided(
        (steps, mut order) in shuffled_steps(), value in 0i64..4, place in 0usize..17,
    ) {
        if let Some(decision) = decided(&merged(&steps), 99, value) {
            order.insert(place.min(order.len()), decision);
            let register = merged(&order);
            prop_assert_eq!(register.value(), Some(&Value::Whole(value)));
            prop_assert_eq!(standing(&register), BTreeMap::from([(id(99), value)]));
        }
    }

    #[test]
    fn a_decision_replaces_nothing_that_was_not_shown(
        (steps, order) in shuffled_steps(), value in 0i64..4, cut in 0usize..17,
    ) {
        let (seen, _) = order.split_at(cut.min(order.len()));
        if let Some(decision) = decided(&merged(seen), 99, value) {
            let shown = standing(&merged(seen));
            let mut expected = by_the_rule(&steps);
            expected.retain(|id, _| !shown.contains_key(id));
            expected.insert(id(99), value);
            prop_assert_eq!(standing(&merged(steps.iter().chain([&decision]))), expected);
        }
    }

    #[test]
    fn two_who_decide_at_once_agree_or_stand_against_each_other(
        (steps, order) in shuffled_steps(), values in (0i64..2, 0i64..2),
    ) {
        let seen = merged(&steps);
        let decisions = (decided(&seen, 98, values.0), decided(&seen, 99, values.1));
        if let (Some(one), Some(other)) = decisions {
            let register = merged(order.iter().chain([&other, &one]));
            let both = BTreeMap::from([(id(98), values.0), (id(99), values.1)]);
            prop_assert_eq!(standing(&register), both);
            prop_assert_eq!(register.is_conflict(), values.0 != values.1);
        }
    }
}

#[test]
fn candidates_are_shown_oldest_first_with_who_wrote_them() {
    let late = Step { number: 1, value: 2, over: Vec::new() };
    let early = Step { number: 5, value: 1, over: Vec::new() };
    let (address, register) = (address(), merged([&late, &early]));
    let conflict = Conflict::of(&address, &register).expect("the values differ");
    let shown: Vec<_> =
        conflict.candidates().iter().map(|it| (it.event, it.value.clone(), it.author)).collect();
    let expected =
        [(id(5), Value::Whole(1), SeatId([2; 16])), (id(1), Value::Whole(2), SeatId([1; 16]))];
    assert_eq!(shown, expected);
}

//! A whole section at once, or what is shown of it: one act over many items, and the way back to
//! what stood before.

use domain::answer::Answer;
use domain::register::{Field, Value};

use super::{ItemPlace, Sheet, Spot, Step};

/// What items showed before one act over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undo {
    answer: Answer,
    before: Vec<(ItemPlace, Value)>,
    /// Items that were left as they were.
    pub left: usize,
}

impl Undo {
    /// How many items the act was over.
    pub fn count(&self) -> usize {
        self.before.len()
    }
}

impl Sheet {
    /// Answers all these items at once.
    ///
    /// An item with a finding that stands, or with two values to decide between, is left as it
    /// is: what was found is not answered away by the way.
    pub fn answer_all(&mut self, items: &[ItemPlace], answer: Answer) -> (Vec<Step>, Undo) {
        let items = items.iter().copied();
        let (left, free): (Vec<_>, Vec<_>) = items.partition(|place| self.is_decided_apart(*place));
        let mut before = Vec::new();
        let mut steps = Vec::new();
        for place in free {
            let stood = self.answer_value(place);
            let recorded = self.record_answer(place, answer.value());
            if !recorded.is_empty() {
                before.push((place, stood));
                steps.extend(recorded);
            }
        }
        (steps, Undo { answer, before, left: left.len() })
    }

    /// Gives every item its answer from before, unless someone has answered it anew since.
    pub fn undo(&mut self, undo: &Undo) -> Vec<Step> {
        let mut steps = Vec::new();
        for (place, before) in &undo.before {
            if self.glance(*place).answer == Some(undo.answer) {
                steps.extend(self.record_answer(*place, before.clone()));
            }
        }
        steps
    }

    /// Whether all these items have this answer, so that it can be taken away at once.
    pub fn are_all(&self, items: &[ItemPlace], answer: Answer) -> bool {
        items.iter().all(|place| self.glance(*place).answer == Some(answer))
    }

    /// Takes this answer away from those of the items that have it; the record keeps that it was
    /// given.
    pub fn clear_all(&mut self, items: &[ItemPlace], answer: Answer) -> Vec<Step> {
        let has_it = |place: &ItemPlace| self.glance(*place).answer == Some(answer);
        let items: Vec<_> = items.iter().copied().filter(has_it).collect();
        items.into_iter().flat_map(|place| self.clear_answer(place)).collect()
    }

    /// Takes the answer of an item away; the record keeps that it was given.
    pub fn clear_answer(&mut self, place: ItemPlace) -> Vec<Step> {
        self.record_answer(place, Value::Empty)
    }

    fn record_answer(&mut self, place: ItemPlace, value: Value) -> Vec<Step> {
        self.close_empty_cards(place);
        self.record_value(place, &Spot::item(Field::Answer), value)
    }

    fn answer_value(&self, place: ItemPlace) -> Value {
        self.value(place, &Spot::item(Field::Answer)).unwrap_or(Value::Empty)
    }

    fn is_decided_apart(&self, place: ItemPlace) -> bool {
        self.glance(place).conflict || !self.standing(place).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{sheet, store, store_answer};
    use domain::ids::FindingId;

    const FIRST: [ItemPlace; 2] = [ItemPlace(0), ItemPlace(1)];

    fn answers(sheet: &Sheet) -> Vec<Option<Answer>> {
        sheet.plan().items().map(|place| sheet.glance(place).answer).collect()
    }

    fn settle(sheet: &mut Sheet, steps: &[Step]) {
        for step in steps {
            store(sheet, step);
        }
    }

    #[test]
    fn one_act_over_a_section_and_its_undoing_bring_back_what_stood_before() {
        let mut sheet = sheet(&[("a", &["a.1", "a.2"]), ("b", &["b.1"])]);
        store_answer(&mut sheet, ItemPlace(0), Answer::Compliant);
        let before = answers(&sheet);
        let (steps, undo) = sheet.answer_all(&FIRST, Answer::NotApplicable);
        settle(&mut sheet, &steps);
        let marked = Some(Answer::NotApplicable);
        assert_eq!((answers(&sheet), undo.count()), (vec![marked, marked, None], 2));
        let steps = sheet.undo(&undo);
        settle(&mut sheet, &steps);
        assert_eq!(answers(&sheet), before);
        assert_eq!(sheet.progress().answered, 1);
        assert!(!sheet.has_unsaved());
    }

    #[test]
    fn what_is_not_named_is_not_written() {
        let mut sheet = sheet(&[("a", &["a.1", "a.2"])]);
        let (steps, undo) = sheet.answer_all(&FIRST[1..], Answer::NotApplicable);
        settle(&mut sheet, &steps);
        assert_eq!((answers(&sheet), undo.count()), (vec![None, Some(Answer::NotApplicable)], 1));
        let steps = sheet.clear_all(&FIRST[..1], Answer::NotApplicable);
        assert_eq!(steps, [], "the other one keeps its answer");
    }

    #[test]
    fn an_item_answered_anew_since_is_not_undone() {
        let mut sheet = sheet(&[("a", &["a.1", "a.2"])]);
        let (steps, undo) = sheet.answer_all(&FIRST, Answer::NotApplicable);
        settle(&mut sheet, &steps);
        store_answer(&mut sheet, ItemPlace(1), Answer::Compliant);
        let steps = sheet.undo(&undo);
        settle(&mut sheet, &steps);
        assert_eq!(answers(&sheet), [None, Some(Answer::Compliant)]);
    }

    #[test]
    fn a_finding_is_not_answered_away() {
        let mut sheet = sheet(&[("a", &["a.1", "a.2"])]);
        let finding = FindingId([1; 16]);
        store_answer(&mut sheet, ItemPlace(0), Answer::Violation);
        let facts = Spot::finding(finding, Field::Facts);
        let steps = sheet.record_value(ItemPlace(0), &facts, Value::text("thiếu"));
        settle(&mut sheet, &steps);
        let (steps, undo) = sheet.answer_all(&FIRST, Answer::NotApplicable);
        settle(&mut sheet, &steps);
        assert_eq!(answers(&sheet), [Some(Answer::Violation), Some(Answer::NotApplicable)]);
        assert_eq!((undo.count(), undo.left), (1, 1));
    }

    #[test]
    fn what_is_marked_already_is_not_recorded_again() {
        let mut sheet = sheet(&[("a", &["a.1"])]);
        store_answer(&mut sheet, ItemPlace(0), Answer::NotApplicable);
        let (steps, undo) = sheet.answer_all(&FIRST[..1], Answer::NotApplicable);
        assert_eq!((steps, undo.count()), (vec![], 0));
    }

    #[test]
    fn a_whole_section_can_be_taken_back_later() {
        let mut sheet = sheet(&[("a", &["a.1", "a.2"])]);
        store_answer(&mut sheet, ItemPlace(0), Answer::NotApplicable);
        assert!(!sheet.are_all(&FIRST, Answer::NotApplicable));
        store_answer(&mut sheet, ItemPlace(1), Answer::NotApplicable);
        assert!(sheet.are_all(&FIRST, Answer::NotApplicable));
        let steps = sheet.clear_all(&FIRST, Answer::NotApplicable);
        settle(&mut sheet, &steps);
        assert_eq!(answers(&sheet), [None, None]);
    }

    #[test]
    fn an_answer_can_be_taken_away_and_its_item_is_unanswered_again() {
        let mut sheet = sheet(&[("a", &["a.1"])]);
        store_answer(&mut sheet, ItemPlace(0), Answer::Compliant);
        let steps = sheet.clear_answer(ItemPlace(0));
        settle(&mut sheet, &steps);
        assert_eq!(answers(&sheet), [None]);
        assert_eq!(sheet.progress().answered, 0);
    }
}

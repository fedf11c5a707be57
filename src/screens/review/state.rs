//! What is missing before an inspection can be left: gathered once, when it is asked for.

use std::collections::BTreeMap;

use domain::answer::Answer;
use domain::finding::Missing;
use domain::ids::{FindingId, SeatId};
use domain::moment::Moment;
use domain::order;
use domain::state::NoEffect;

use crate::inspection::plan::{ItemPlace, SectionPlace};
use crate::inspection::state::{Filter, Sheet, Spot};

/// What is missing in an inspection, and what is good to know.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Review {
    /// Items in which something could not be stored.
    pub(super) failed: Vec<ItemPlace>,
    /// Items in which two values wait for a decision.
    pub(super) conflicts: Vec<ItemPlace>,
    /// Fields in which something is typed and not recorded.
    pub(super) drafts: Vec<(ItemPlace, Spot)>,
    /// Items answered *violation* without a finding that stands.
    pub(super) no_finding: Vec<ItemPlace>,
    /// Items with a finding that stands and an answer other than *violation*.
    pub(super) contradicting: Vec<ItemPlace>,
    /// Findings that lack something: where, which of the item's cards (from 1), and what.
    pub(super) findings: Vec<(ItemPlace, usize, FindingId, Vec<Missing>)>,
    /// Items without an answer, by section.
    pub(super) unanswered: Vec<(SectionPlace, Vec<ItemPlace>)>,
    /// Events that headquarters holds.
    pub(super) held: usize,
    /// Events of a later version.
    pub(super) not_understood: usize,
    /// Whether the number of the decision is pending.
    pub(super) no_decision: bool,
    /// Items answered *not checked*.
    pub(super) not_checked: u32,
    /// Who gave answers that stand: how many, and when the last.
    pub(super) team: Vec<(SeatId, u32, Moment)>,
}

impl Review {
    /// Looks at a whole inspection.
    pub(super) fn of(sheet: &Sheet) -> Self {
        let conflicts = sheet.places(Filter::Conflicts);
        let unanswered = sheet.places(Filter::Unanswered).difference(conflicts).copied();
        let later = |(_, why): &(_, &NoEffect)| matches!(why, NoEffect::UnknownAct(_));
        let answers = || sheet.plan().items().map(|place| sheet.glance(place));
        Self {
            failed: sheet.failing().collect(),
            conflicts: conflicts.iter().copied().collect(),
            drafts: sheet.typing().map(|(place, spot)| (place, spot.clone())).collect(),
            no_finding: no_finding(sheet),
            contradicting: contradicting(sheet),
            findings: incomplete(sheet),
            unanswered: by_section(sheet, unanswered),
            held: sheet.state().held().count(),
            not_understood: sheet.state().no_effect().filter(later).count(),
            no_decision: sheet.state().decision().is_none(),
            not_checked: answers()
                .fold(0, |sum, glance| sum + u32::from(glance.answer == Some(Answer::NotChecked))),
            team: team(sheet),
        }
    }

    /// How many things are to be done before the inspection is complete.
    pub(super) fn open(&self) -> usize {
        let Self { failed, conflicts, drafts, no_finding, contradicting, .. } = self;
        let Self { findings, unanswered, .. } = self;
        let unanswered: usize = unanswered.iter().map(|(_, items)| items.len()).sum();
        let of_items = failed.len() + conflicts.len() + drafts.len() + no_finding.len();
        let of_items = of_items + contradicting.len();
        of_items + findings.len() + unanswered + self.held + self.not_understood
    }
}

fn no_finding(sheet: &Sheet) -> Vec<ItemPlace> {
    let violations = sheet.places(Filter::Violations).iter().copied();
    violations.filter(|place| sheet.glance(*place).findings == 0).collect()
}

fn contradicting(sheet: &Sheet) -> Vec<ItemPlace> {
    let contradicts = |place: &ItemPlace| {
        let glance = sheet.glance(*place);
        glance.findings > 0 && glance.answer.is_some_and(|answer| answer != Answer::Violation)
    };
    sheet.plan().items().filter(contradicts).collect()
}

fn incomplete(sheet: &Sheet) -> Vec<(ItemPlace, usize, FindingId, Vec<Missing>)> {
    let mut found: Vec<_> = sheet
        .state()
        .findings()
        .into_iter()
        .filter_map(|finding| {
            let missing = finding.missing();
            let place = sheet.plan().place_of(finding.item)?;
            let card = sheet.cards(place).iter().position(|card| *card == finding.id)?;
            let stands = sheet.withdrawn(place, finding.id).is_none();
            (stands && !missing.is_empty()).then_some((place, card + 1, finding.id, missing))
        })
        .collect();
    order::sort_by_key(&mut found, |(place, card, ..)| (*place, *card));
    found
}

fn by_section(
    sheet: &Sheet,
    places: impl Iterator<Item = ItemPlace>,
) -> Vec<(SectionPlace, Vec<ItemPlace>)> {
    let mut sections = BTreeMap::<SectionPlace, Vec<ItemPlace>>::new();
    for place in places {
        sections.entry(sheet.plan().section_of(place)).or_default().push(place);
    }
    sections.into_iter().collect()
}

fn team(sheet: &Sheet) -> Vec<(SeatId, u32, Moment)> {
    let mut seats = BTreeMap::<SeatId, (u32, Moment)>::new();
    for by in sheet.plan().items().filter_map(|place| sheet.glance(place).by) {
        let (count, last) = seats.entry(by.seat).or_insert((0, by.at));
        *count += 1;
        *last = by.at.max(*last);
    }
    seats.into_iter().map(|(seat, (count, last))| (seat, count, last)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{self, ME, entry, store, store_answer};
    use domain::act::Act;
    use domain::register::{Address, Field, Value, Write};
    use domain::state::{Custody, HeldReason};

    const FINDING: FindingId = FindingId([1; 16]);

    fn sheet() -> Sheet {
        samples::sheet(&[("a", &["a.1", "a.2"]), ("b", &["b.1"])])
    }

    fn write(sheet: &mut Sheet, spot: &Spot, value: Value) {
        for step in sheet.record_value(ItemPlace(0), spot, value) {
            store(sheet, &step);
        }
    }

    #[test]
    fn an_untouched_inspection_lacks_every_answer_and_its_decision() {
        let review = Review::of(&sheet());
        let unanswered = [
            (SectionPlace(0), vec![ItemPlace(0), ItemPlace(1)]),
            (SectionPlace(1), vec![ItemPlace(2)]),
        ];
        assert_eq!(review.unanswered, unanswered);
        assert_eq!((review.open(), review.no_decision), (3, true));
    }

    #[test]
    fn a_violation_lacks_a_finding_and_a_finding_lacks_what_the_record_needs() {
        let mut sheet = sheet();
        store_answer(&mut sheet, ItemPlace(0), Answer::Violation);
        assert_eq!(Review::of(&sheet).no_finding, [ItemPlace(0)]);
        write(&mut sheet, &Spot::finding(FINDING, Field::Facts), Value::text("thiếu"));
        let review = Review::of(&sheet);
        assert_eq!(review.no_finding, []);
        let missing = vec![Missing::ActOn, Missing::StatementState];
        assert_eq!(review.findings, [(ItemPlace(0), 1, FINDING, missing)]);
        for step in sheet.withdraw(ItemPlace(0), FINDING, "nhầm".to_owned()) {
            store(&mut sheet, &step);
        }
        assert_eq!(Review::of(&sheet).findings, []);
    }

    #[test]
    fn a_finding_that_was_kept_beside_another_answer_is_to_be_decided() {
        let mut sheet = sheet();
        store_answer(&mut sheet, ItemPlace(0), Answer::Violation);
        write(&mut sheet, &Spot::finding(FINDING, Field::Facts), Value::text("thiếu"));
        assert_eq!(Review::of(&sheet).contradicting, []);
        store_answer(&mut sheet, ItemPlace(0), Answer::Compliant);
        sheet.keep_findings(ItemPlace(0));
        let review = Review::of(&sheet);
        assert_eq!((review.contradicting, review.no_finding), (vec![ItemPlace(0)], vec![]));
    }

    #[test]
    fn a_draft_a_failed_write_and_a_held_event_are_named() {
        let mut sheet = sheet();
        let note = Spot::item(Field::Note);
        sheet.type_text(ItemPlace(1), &note, "đang gõ".to_owned());
        let address = Address::item("b.1", Field::Answer);
        let write = Write { address, value: Answer::Compliant.value(), over: Vec::new() };
        sheet.apply(&entry(9, Act::Set(write)), Custody::Held(HeldReason::NotOnTeam));
        let review = Review::of(&sheet);
        assert_eq!(review.drafts, [(ItemPlace(1), note)]);
        assert_eq!((review.held, review.open()), (1, 5));
    }

    #[test]
    fn the_team_is_counted_by_the_answers_that_stand() {
        let mut sheet = sheet();
        store_answer(&mut sheet, ItemPlace(0), Answer::NotChecked);
        store_answer(&mut sheet, ItemPlace(1), Answer::Compliant);
        let review = Review::of(&sheet);
        assert_eq!(review.team, [(ME, 2, Moment(0))]);
        assert_eq!(review.not_checked, 1);
    }
}

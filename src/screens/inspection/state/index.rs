//! Which items show what, kept in step with every change of one item: no filter and no jump looks
//! at all of them.

use std::collections::BTreeSet;
use std::ops::Bound;

use domain::answer::Answer;
use domain::checklist::Item;
use domain::law::Confidence;
use domain::order;

use super::{Glance, ItemPlace};

/// What the items on screen are narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    /// Items without an answer.
    Unanswered,
    /// Items answered *violation*.
    Violations,
    /// Items in which two values wait for a decision.
    Conflicts,
    /// Items of which something was not compared with the text of the law.
    Unverified,
}

impl Filter {
    /// Every filter, in the order in which they are offered.
    pub const ALL: [Self; 4] =
        [Self::Unanswered, Self::Violations, Self::Conflicts, Self::Unverified];

    /// Its name in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Violations => "violations",
            Self::Conflicts => "conflicts",
            Self::Unverified => "unverified",
        }
    }

    /// The filter of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|filter| filter.name() == name)
    }
}

/// The places of the items that show something.
#[derive(Debug, Default)]
pub(super) struct Index {
    unanswered: BTreeSet<ItemPlace>,
    violations: BTreeSet<ItemPlace>,
    conflicts: BTreeSet<ItemPlace>,
    unverified: BTreeSet<ItemPlace>,
    noted: BTreeSet<ItemPlace>,
}

impl Index {
    /// What never changes about the items, in the order of the plan.
    pub(super) fn of<'a>(items: impl Iterator<Item = (ItemPlace, &'a Item)>) -> Self {
        let unverified = items.filter(|(_, item)| is_unverified(item) || item.must_recheck);
        Self { unverified: order::gather(unverified.map(|(place, _)| place)), ..Self::default() }
    }

    /// Takes note of what an item shows.
    pub(super) fn note(&mut self, place: ItemPlace, glance: &Glance, noted: bool) {
        put(&mut self.unanswered, place, glance.answer.is_none());
        put(&mut self.violations, place, glance.answer == Some(Answer::Violation));
        put(&mut self.conflicts, place, glance.conflict);
        put(&mut self.noted, place, noted);
    }

    /// The items that a filter leaves.
    pub(super) fn places(&self, filter: Filter) -> &BTreeSet<ItemPlace> {
        match filter {
            Filter::Unanswered => &self.unanswered,
            Filter::Violations => &self.violations,
            Filter::Conflicts => &self.conflicts,
            Filter::Unverified => &self.unverified,
        }
    }

    /// The items with a note.
    pub(super) fn noted(&self) -> &BTreeSet<ItemPlace> {
        &self.noted
    }

    /// The first item that a filter leaves after another, from the top again when there is none.
    pub(super) fn next_in(
        &self,
        filter: Filter,
        after: Option<ItemPlace>,
        is_shown: impl Fn(&ItemPlace) -> bool,
    ) -> Option<ItemPlace> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let places = self.places(filter);
        let mut later = places.range((from, Bound::Unbounded));
        let mut all = places.iter();
        later.find(|place| is_shown(place)).or_else(|| all.find(|place| is_shown(place))).copied()
    }
}

/// Whether a fact of an item was not compared with the text of the law.
fn is_unverified(item: &Item) -> bool {
    let confidence = &item.confidence;
    let parts = [Some(confidence.overall), confidence.duty, confidence.fine];
    parts.into_iter().flatten().any(|part| part != Confidence::Verified)
}

fn put(set: &mut BTreeSet<ItemPlace>, place: ItemPlace, is_in: bool) {
    if is_in {
        set.insert(place);
    } else {
        set.remove(&place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{sheet, store_answer};

    #[test]
    fn an_answer_moves_its_item_from_one_filter_to_another() {
        let mut sheet = sheet(&[("a", &["a.1", "a.2"]), ("b", &["b.1"])]);
        store_answer(&mut sheet, ItemPlace(1), Answer::Violation);
        let in_filter = |filter| sheet.places(filter).iter().map(|it| it.0).collect::<Vec<_>>();
        assert_eq!(in_filter(Filter::Unanswered), [0, 2]);
        assert_eq!(in_filter(Filter::Violations), [1]);
        assert!(in_filter(Filter::Conflicts).is_empty());
    }

    #[test]
    fn the_next_unanswered_item_is_the_first_after_the_last_one_and_then_from_the_top() {
        let mut sheet = sheet(&[("a", &["a.1", "a.2", "a.3"])]);
        store_answer(&mut sheet, ItemPlace(1), Answer::Compliant);
        let next = |after: Option<u32>| {
            let next = sheet.next_in(Filter::Unanswered, after.map(ItemPlace), |_| true);
            next.map(|place| place.0)
        };
        assert_eq!([next(None), next(Some(0)), next(Some(2))], [Some(0), Some(2), Some(0)]);
        let answered = |place: &ItemPlace| place.0 == 1;
        assert_eq!(sheet.next_in(Filter::Unanswered, None, answered), None);
    }

    #[test]
    fn every_filter_is_found_by_its_name() {
        for filter in Filter::ALL {
            assert_eq!(Filter::from_name(filter.name()), Some(filter));
        }
    }
}

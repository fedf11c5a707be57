//! Which items are shown: those that a filter leaves and a search finds. Decided here, without the
//! page.
//!
//! What was found stays found until something else is looked for: an item that is answered does
//! not vanish under the hand.

use std::collections::BTreeSet;

use domain::law::Law;
use domain::order;
use domain::register::Field;
use texts::Lang;

use super::cite;
use super::plan::{ItemPlace, Plan, SectionPlace};
use super::search::{Query, fold};
use super::state::{Filter, Sheet, Spot};

/// The items that are shown; `None` for all.
pub(super) type Shown = Option<BTreeSet<ItemPlace>>;

/// Every item's question and provisions, folded, in the order of the plan. Made at the first
/// search.
#[derive(Default)]
pub(super) struct Haystack(Vec<String>);

impl Haystack {
    /// What can be found in items whatever is written in them.
    ///
    /// Both languages: who searches in one may remember the other.
    pub(super) fn of(plan: &Plan, law: &Law) -> Self {
        let text = |place| {
            let item = plan.item(place);
            let cited = item.duties.iter().chain(&item.sanctions);
            let cited = cited.map(|provision| cite::cite(Lang::Vi, law, provision));
            let questions = [item.question_vi.clone(), item.question_en.clone()];
            fold(&questions.into_iter().chain(cited).collect::<Vec<_>>().join(" "))
        };
        Self(plan.items().map(text).collect())
    }

    /// Whether it was not made yet.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an item has every word, in its text or in its note.
    fn has(&self, sheet: &Sheet, place: ItemPlace, query: &Query) -> bool {
        let text = self.0.get(place.index()).map_or("", String::as_str);
        if !sheet.noted().contains(&place) {
            return query.is_in(text);
        }
        let note = sheet.text(place, &Spot::item(Field::Note));
        query.is_in(&format!("{text} {}", fold(&note)))
    }
}

/// The items that a filter leaves and in which the words are found.
pub(super) fn shown(
    sheet: &Sheet,
    haystack: &Haystack,
    query: &Query,
    filter: Option<Filter>,
) -> Shown {
    let left = filter.map(|filter| sheet.places(filter).clone());
    if query.is_empty() {
        return left;
    }
    let left = left.unwrap_or_else(|| order::gather(sheet.plan().items()));
    Some(order::gather(left.into_iter().filter(|place| haystack.has(sheet, *place, query))))
}

/// The items of a section that are shown, and whether those are all of it.
pub(super) fn of_section(
    plan: &Plan,
    section: SectionPlace,
    shown: &Shown,
) -> (Vec<ItemPlace>, bool) {
    let is_shown = |place: &ItemPlace| shown.as_ref().is_none_or(|shown| shown.contains(place));
    let items: Vec<_> = plan.items_of(section).filter(is_shown).collect();
    let is_whole = items.len() == plan.items_of(section).count();
    (items, is_whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{self, store, store_answer};
    use domain::answer::Answer;
    use domain::register::Value;

    fn sheet() -> Sheet {
        let mut sheet = samples::sheet(&[("a", &["a.1", "a.2"]), ("b", &["b.1"])]);
        let note = Spot::item(Field::Note);
        for step in sheet.record_value(ItemPlace(1), &note, Value::text("Sổ ghi thiếu trang")) {
            store(&mut sheet, &step);
        }
        store_answer(&mut sheet, ItemPlace(1), Answer::Compliant);
        sheet
    }

    fn found(query: &str, filter: Option<Filter>) -> Option<Vec<u32>> {
        let sheet = sheet();
        let haystack = Haystack::of(sheet.plan(), &Law::default());
        let shown = shown(&sheet, &haystack, &Query::new(query), filter);
        shown.map(|places| places.into_iter().map(|place| place.0).collect())
    }

    #[test]
    fn questions_provisions_and_notes_are_found_without_diacritics() {
        assert_eq!(found("giay phep", None), Some(vec![0, 1, 2]));
        assert_eq!(found("licence", None), Some(vec![0, 1, 2]), "the other language");
        assert_eq!(found("dieu 18", None), Some(vec![0, 1, 2]), "a provision");
        assert_eq!(found("thieu trang", None), Some(vec![1]), "a note");
        assert_eq!(found("giay thieu", None), Some(vec![1]), "question and note together");
        assert_eq!(found("khong co dau", None), Some(vec![]));
    }

    #[test]
    fn an_act_over_a_section_is_about_what_is_shown_of_it() {
        let sheet = sheet();
        let of = |shown: &Shown| of_section(sheet.plan(), SectionPlace(0), shown);
        let (first, second) = (ItemPlace(0), ItemPlace(1));
        assert_eq!(of(&None), (vec![first, second], true));
        assert_eq!(of(&Some(order::gather([second, ItemPlace(2)]))), (vec![second], false));
        assert_eq!(of(&Some(order::gather([first, second]))), (vec![first, second], true));
    }

    #[test]
    fn a_filter_and_a_search_leave_what_both_leave() {
        assert_eq!(found("", Some(Filter::Unanswered)), Some(vec![0, 2]));
        assert_eq!(found("thieu", Some(Filter::Unanswered)), Some(vec![]));
        assert_eq!(found("", None), None, "everything");
    }
}

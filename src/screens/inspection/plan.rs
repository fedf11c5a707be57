//! The plan of an inspection: which sections and items it asks, in order, and where each stands.
//!
//! Made once when an inspection is shown. It holds no answers; items stay in their checklists
//! and are found by place in constant time.

use std::ops::Range;
use std::rc::Rc;

use domain::checklist::{Asking, Checklist, Item};
use domain::law::Bilingual;
use domain::order;
use jiff::civil::Date;

/// The place of an item in a plan, counted from 0 through all sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemPlace(pub u32);

/// The place of a section in a plan, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionPlace(pub u32);

impl ItemPlace {
    /// The place as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl SectionPlace {
    /// The place as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What an inspection asks.
#[derive(Debug, Default)]
pub struct Plan {
    lists: Vec<Rc<Checklist>>,
    sections: Vec<PlannedSection>,
    items: Vec<PlannedItem>,
    by_id: Vec<ItemPlace>,
}

#[derive(Debug)]
struct PlannedSection {
    list: usize,
    section: usize,
    items: Range<u32>,
}

#[derive(Debug)]
struct PlannedItem {
    list: usize,
    section: usize,
    item: usize,
    planned_in: SectionPlace,
    asking: Asking,
}

impl Plan {
    /// The plan for an establishment of `kind` that is inspected on `day`.
    ///
    /// An item id that stands in two checklists is asked once, in the first of them.
    pub fn new(lists: Vec<Rc<Checklist>>, kind: &str, day: Date) -> Self {
        let mut plan = Self { lists, ..Self::default() };
        for (list, checklist) in plan.lists.clone().iter().enumerate() {
            let known = plan.by_id.len();
            for section in 0..checklist.sections.len() {
                plan.add_section(list, section, known, kind, day);
            }
            plan.index_ids();
        }
        plan
    }

    fn add_section(&mut self, list: usize, section: usize, known: usize, kind: &str, day: Date) {
        let place = SectionPlace(count(&self.sections));
        let first = count(&self.items);
        let items = &self.lists[list].sections[section].items;
        let asked = items.iter().enumerate().filter(|(_, item)| item.is_for(kind));
        let planned: Vec<_> = asked
            .map(|(index, item)| (index, item, item.asking_on(day)))
            .filter(|(_, item, asking)| *asking != Asking::NotAsked && !self.asks(&item.id, known))
            .map(|(item, _, asking)| PlannedItem { list, section, item, planned_in: place, asking })
            .collect();
        if !planned.is_empty() {
            self.items.extend(planned);
            let items = first..count(&self.items);
            self.sections.push(PlannedSection { list, section, items });
        }
    }

    /// Whether one of the checklists before (whose ids are indexed) asks the item.
    fn asks(&self, id: &str, known: usize) -> bool {
        known > 0 && self.place_of(id).is_some()
    }

    fn index_ids(&mut self) {
        let mut places: Vec<_> = (0..count(&self.items)).map(ItemPlace).collect();
        order::sort_by_key(&mut places, |place| self.item(*place).id.as_str());
        self.by_id = places;
    }

    /// Where the item with this id stands.
    pub fn place_of(&self, id: &str) -> Option<ItemPlace> {
        let found = self.by_id.binary_search_by(|place| self.item(*place).id.as_str().cmp(id));
        found.ok().map(|index| self.by_id[index])
    }

    /// Every item's place, in order.
    pub fn items(&self) -> impl Iterator<Item = ItemPlace> + use<> {
        (0..count(&self.items)).map(ItemPlace)
    }

    /// Every section's place, in order.
    pub fn sections(&self) -> impl Iterator<Item = SectionPlace> + use<> {
        (0..count(&self.sections)).map(SectionPlace)
    }

    /// The items of a section.
    pub fn items_of(&self, section: SectionPlace) -> impl Iterator<Item = ItemPlace> + use<> {
        self.sections[section.index()].items.clone().map(ItemPlace)
    }

    /// The item at a place.
    pub fn item(&self, place: ItemPlace) -> &Item {
        let planned = &self.items[place.index()];
        &self.lists[planned.list].sections[planned.section].items[planned.item]
    }

    /// How the item is asked on the day of the inspection.
    pub fn asking(&self, place: ItemPlace) -> Asking {
        self.items[place.index()].asking
    }

    /// The checklist that the item is from.
    pub fn checklist_of(&self, place: ItemPlace) -> &Checklist {
        &self.lists[self.items[place.index()].list]
    }

    /// The section that the item stands in.
    pub fn section_of(&self, place: ItemPlace) -> SectionPlace {
        self.items[place.index()].planned_in
    }

    /// What a section is called.
    pub fn title(&self, section: SectionPlace) -> &Bilingual {
        let planned = &self.sections[section.index()];
        &self.lists[planned.list].sections[planned.section].title
    }
}

#[expect(clippy::expect_used, reason = "a checklist of four thousand million items does not load")]
fn count<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).expect("fewer than 2^32")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{checklist, item};
    use jiff::civil::date;

    const DAY: jiff::civil::Date = date(2026, 9, 1);

    fn ids(plan: &Plan) -> Vec<&str> {
        plan.items().map(|place| plan.item(place).id.as_str()).collect()
    }

    #[test]
    fn items_keep_their_order_and_are_found_by_id() {
        let list = checklist(&[("a", &["a.2", "a.1"]), ("b", &["b.1"])]);
        let plan = Plan::new(vec![Rc::new(list)], "printer", DAY);
        assert_eq!(ids(&plan), ["a.2", "a.1", "b.1"]);
        assert_eq!(plan.place_of("a.1"), Some(ItemPlace(1)));
        assert_eq!(plan.place_of("c.1"), None);
        assert_eq!(plan.section_of(ItemPlace(2)), SectionPlace(1));
        assert_eq!(plan.items_of(SectionPlace(0)).count(), 2);
    }

    #[test]
    fn what_is_not_asked_leaves_no_empty_section() {
        let mut list = checklist(&[("a", &["a.1"]), ("b", &["b.1"])]);
        list.sections[0].items = vec![domain::checklist::Item {
            establishment_kinds: vec!["press_print".to_owned()],
            ..item("a.1")
        }];
        let plan = Plan::new(vec![Rc::new(list)], "printer", DAY);
        assert_eq!(ids(&plan), ["b.1"]);
        assert_eq!(plan.sections().count(), 1);
        assert_eq!(plan.section_of(ItemPlace(0)), SectionPlace(0));
    }

    #[test]
    fn an_item_in_two_checklists_is_asked_once() {
        let lists = [checklist(&[("a", &["a.1"])]), checklist(&[("x", &["a.1", "x.1"])])];
        let plan = Plan::new(lists.map(Rc::new).into(), "printer", DAY);
        assert_eq!(ids(&plan), ["a.1", "x.1"]);
    }
}

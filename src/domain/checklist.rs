//! What is asked: checklists, their sections and their items.
//!
//! A checklist is never edited in place, only published in a new version. Answers are not kept
//! here, and nothing here judges them: an item says what is asked, when, and on what basis.

mod asking;
mod item;

use jiff::civil::Date;
use minicbor::{Decode, Encode};

pub use asking::{Asking, Basis};
pub use item::{Item, ItemConfidence};

use crate::law::Bilingual;

/// Body of a checklist pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Checklist {
    /// The pack's id; it travels in the envelope.
    #[cbor(skip)]
    pub id: String,
    /// The pack's version; it travels in the envelope.
    #[cbor(skip)]
    pub version: u32,
    /// What it is called.
    #[n(0)]
    pub title: Bilingual,
    /// The kinds of establishment that it has items for.
    #[n(1)]
    pub establishment_kinds: Vec<String>,
    /// Its sections, in the order in which they are worked through.
    #[n(2)]
    pub sections: Vec<Section>,
    /// What the items' facts were read in; items name them by their place in this list.
    #[n(3)]
    pub sources: Vec<String>,
}

/// A group of items that are checked together.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Section {
    /// Its stable id.
    #[n(0)]
    pub id: String,
    /// What it is called.
    #[n(1)]
    pub title: Bilingual,
    /// Its items.
    #[n(2)]
    pub items: Vec<Item>,
}

impl Checklist {
    /// Every item, in order.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items)
    }

    /// The item with this id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items().find(|item| item.id == id)
    }

    /// What the facts of `item` were read in.
    pub fn sources_of<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = &'a str> {
        let named = item.sources.iter().map(|&place| usize::from(place));
        named.filter_map(|place| self.sources.get(place)).map(String::as_str)
    }

    /// The items for establishments of `kind`, by section, with how each is asked on the day of
    /// the inspection; items that are not asked and empty sections are left out.
    pub fn asked<'a>(
        &'a self,
        kind: &'a str,
        day: Date,
    ) -> impl Iterator<Item = (&'a Section, Vec<(&'a Item, Asking)>)> {
        self.sections
            .iter()
            .map(move |section| (section, section.asked(kind, day)))
            .filter(|(_, items)| !items.is_empty())
    }
}

impl Section {
    fn asked(&self, kind: &str, day: Date) -> Vec<(&Item, Asking)> {
        self.items
            .iter()
            .filter(|item| item.is_for(kind))
            .map(|item| (item, item.asking_on(day)))
            .filter(|(_, asking)| *asking != Asking::NotAsked)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_checklist_asks_only_what_concerns_the_kind_and_the_day() {
        let list = Checklist {
            sections: vec![
                section("a", [Item::sample("a.1", "press_print"), Item::sample("a.2", "printer")]),
                section("b", [Item::sample("b.1", "press_print"), Item::sample("b.2", "x")]),
            ],
            ..Checklist::default()
        };
        let asked: Vec<_> = list
            .asked("printer", date(2026, 7, 1))
            .flat_map(|(section, items)| {
                items.into_iter().map(|(item, _)| (section.id.clone(), item.id.clone()))
            })
            .collect();
        assert_eq!(asked, [("a".to_owned(), "a.2".to_owned())]);
        assert_eq!(list.asked("printer", date(2026, 6, 30)).count(), 0);
    }

    #[test]
    fn sources_are_named_by_their_place() {
        let list = Checklist { sources: vec!["x".into(), "y".into()], ..Checklist::default() };
        let item = Item { sources: vec![1, 0, 7], ..Item::sample("a.1", "printer") };
        assert_eq!(list.sources_of(&item).collect::<Vec<_>>(), ["y", "x"]);
    }

    fn section(id: &str, items: [Item; 2]) -> Section {
        Section { id: id.to_owned(), title: Bilingual::default(), items: items.to_vec() }
    }
}

//! The checklists and the law that an inspection pins.

use domain::checklist::{Checklist, Item};
use domain::ids::PackHash;
use domain::law::Law;
use domain::pack::{self, Pack};
use texts::Lang;

use super::record::Record;
use crate::store::{self, Store, StoreFault};

/// What an inspection pins; empty where a pack is not here.
#[derive(Default)]
pub(super) struct Library {
    pub(super) checklists: Vec<Checklist>,
    pub(super) law: Law,
}

impl Library {
    /// Reads the packs an inspection pins.
    pub(super) async fn of(store: &Store, record: &Record) -> Result<Self, StoreFault> {
        Self::read(store, Self::pinned(record)).await
    }

    /// The packs that a record pins.
    pub(super) fn pinned(record: &Record) -> Vec<PackHash> {
        let opening = record.opening().into_iter();
        opening
            .flat_map(|opening| opening.checklists.iter().chain([&opening.law]))
            .copied()
            .collect()
    }

    /// Reads packs by their hashes; one that is not here is left out.
    pub(super) async fn read(store: &Store, hashes: Vec<PackHash>) -> Result<Self, StoreFault> {
        let mut library = Self::default();
        for hash in hashes {
            let Some(bytes) = store::packs::bytes(store.readers(), hash).await? else { continue };
            match pack::decode(&bytes).map_err(|_| StoreFault::Damaged("packs.bytes"))? {
                Pack::Checklist(list) => library.checklists.push(list),
                Pack::Law(law) => library.law = law,
                Pack::Register(_) => {}
            }
        }
        Ok(library)
    }

    /// The item with this id.
    pub(super) fn item(&self, id: &str) -> Option<&Item> {
        self.checklists.iter().find_map(|list| list.item(id))
    }

    /// The question of an item, else its id.
    pub(super) fn question<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        self.item(id).map_or(id, |item| lang.pick(&item.question_vi, &item.question_en))
    }

    /// The words for a kind of establishment, else its name.
    pub(super) fn kind<'a>(&'a self, id: &'a str, lang: Lang) -> &'a str {
        let term = self.law.establishment_kind(id);
        term.map_or(id, |term| lang.pick(&term.words.vi, &term.words.en))
    }
}

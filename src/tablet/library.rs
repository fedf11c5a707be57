//! The packs on this tablet, each read once: checklists and law.
//!
//! What a pack says is domain's; how its bytes are kept is storage's.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use domain::checklist::Checklist;
use domain::ids::PackHash;
use domain::law::Law;
use domain::pack::{self, Pack};
use storage::contract::Fault;
use sync::message::packs::PackList;

use crate::Facts;

/// Packs that were read, by hash.
#[derive(Default)]
pub(crate) struct Library {
    read: RefCell<BTreeMap<PackHash, Shelved>>,
}

#[derive(Clone)]
enum Shelved {
    Checklist(Rc<Checklist>),
    Law(Rc<Law>),
}

/// Why a pack cannot be used.
#[derive(Debug)]
pub(crate) enum PackTrouble {
    /// It is not on this tablet, or is of a kind or form that this app does not read.
    Missing,
    /// The store did not give it.
    Store(Fault),
}

/// What new inspections pin.
pub(crate) struct Current {
    pub(crate) law: PackHash,
    pub(crate) checklists: Vec<PackHash>,
}

impl Library {
    /// A checklist by its hash.
    pub(crate) async fn checklist(
        &self,
        facts: &Facts,
        hash: PackHash,
    ) -> Result<Rc<Checklist>, PackTrouble> {
        match self.shelved(facts, hash).await? {
            Shelved::Checklist(checklist) => Ok(checklist),
            Shelved::Law(_) => Err(PackTrouble::Missing),
        }
    }

    /// Several checklists, in order.
    pub(crate) async fn checklists(
        &self,
        facts: &Facts,
        hashes: &[PackHash],
    ) -> Result<Vec<Rc<Checklist>>, PackTrouble> {
        let mut checklists = Vec::with_capacity(hashes.len());
        for hash in hashes {
            checklists.push(self.checklist(facts, *hash).await?);
        }
        Ok(checklists)
    }

    /// The law by its hash.
    pub(crate) async fn law(&self, facts: &Facts, hash: PackHash) -> Result<Rc<Law>, PackTrouble> {
        match self.shelved(facts, hash).await? {
            Shelved::Law(law) => Ok(law),
            Shelved::Checklist(_) => Err(PackTrouble::Missing),
        }
    }

    /// Reads those of several packs that were not read yet, all at once.
    pub(crate) async fn fetch(
        &self,
        facts: &Facts,
        hashes: &[PackHash],
    ) -> Result<(), PackTrouble> {
        let is_new = |hash: &PackHash| !self.read.borrow().contains_key(hash);
        let new: Vec<PackHash> = hashes.iter().copied().filter(is_new).collect();
        let packs = facts.packs(&new).await.map_err(PackTrouble::Store)?;
        for (hash, bytes) in new.into_iter().zip(packs) {
            let shelved = read(&bytes.ok_or(PackTrouble::Missing)?).ok_or(PackTrouble::Missing)?;
            self.read.borrow_mut().insert(hash, shelved);
        }
        Ok(())
    }

    async fn shelved(&self, facts: &Facts, hash: PackHash) -> Result<Shelved, PackTrouble> {
        self.fetch(facts, &[hash]).await?;
        self.read.borrow().get(&hash).cloned().ok_or(PackTrouble::Missing)
    }

    /// What a new inspection of an establishment of this kind pins, by headquarters' last list.
    pub(crate) async fn current(&self, facts: &Facts, kind: &str) -> Result<Current, PackTrouble> {
        let list = facts.pack_list().await.map_err(PackTrouble::Store)?;
        let law = current(&list, "law").next().ok_or(PackTrouble::Missing)?;
        let mut checklists = Vec::new();
        for hash in current(&list, "checklist") {
            let checklist = self.checklist(facts, hash).await?;
            if checklist.establishment_kinds.iter().any(|known| known == kind) {
                checklists.push(hash);
            }
        }
        Ok(Current { law, checklists })
    }
}

fn read(bytes: &[u8]) -> Option<Shelved> {
    match pack::decode(bytes).ok()? {
        Pack::Checklist(checklist) => Some(Shelved::Checklist(Rc::new(checklist))),
        Pack::Law(law) => Some(Shelved::Law(Rc::new(law))),
        Pack::Register(_) => None,
    }
}

/// The packs of a kind that new inspections pin.
pub(crate) fn current(list: &PackList, kind: &str) -> impl Iterator<Item = PackHash> {
    list.packs.iter().filter(move |pack| pack.current && pack.kind == kind).map(|pack| pack.sha256)
}

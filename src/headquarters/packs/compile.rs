//! From assembled packs to bytes and their hash. The same files give the same bytes.

use domain::ids::PackHash;
use domain::pack::{self, Pack, PackKind};
use proof::hash::pack_hash;

use super::assemble::Packs;

/// A pack as it is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// What it holds.
    pub kind: PackKind,
    /// Its stable id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// The SHA-256 of its bytes, which names it.
    pub sha256: PackHash,
    /// What tablets fetch.
    pub bytes: Vec<u8>,
}

impl Compiled {
    /// The size in bytes.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

/// Compiles packs that have no faults: the law, then the checklists by id.
pub(super) fn compile(packs: Packs) -> Vec<Compiled> {
    let checklists = packs.checklists.into_iter().map(Pack::Checklist);
    core::iter::once(Pack::Law(packs.law)).chain(checklists).map(|pack| compiled(&pack)).collect()
}

fn compiled(pack: &Pack) -> Compiled {
    let bytes = pack::encode(pack);
    Compiled {
        kind: pack.kind(),
        id: pack.id().to_owned(),
        version: pack.version(),
        sha256: pack_hash(&bytes),
        bytes,
    }
}

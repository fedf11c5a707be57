//! Packs: which there are; each is then fetched by its hash and never changes.

use domain::ids::PackHash;
use serde::{Deserialize, Serialize};

/// The answer to `GET /api/v1/packs`, as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackList {
    /// Every pack a tablet should have, current versions and those that inspections pin.
    pub packs: Vec<PackEntry>,
}

/// One pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackEntry {
    /// What it is: `checklist`, `law` or `register`.
    pub kind: String,
    /// Its name, the same through all versions.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its hash: `GET /api/v1/packs/{sha256}`.
    pub sha256: PackHash,
    /// Its length in bytes.
    pub size: u64,
    /// Whether it is the version that new inspections pin.
    pub current: bool,
}

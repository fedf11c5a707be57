//! Packs: which there are; each is then fetched by its hash and never changes.

use domain::ids::PackHash;
use serde::{Deserialize, Serialize};

/// The answer to `GET /api/v1/packs`, as JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackList {
    /// Every pack a tablet should have, current versions and those that inspections pin.
    pub packs: Vec<PackEntry>,
}

/// How long a tablet keeps what headquarters has, by headquarters' decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retention {
    /// Days for its own journals, after they are in a backup.
    pub records_days: u32,
    /// Days for originals of evidence, after headquarters gave a receipt.
    pub evidence_days: u32,
}

/// The list of packs with what else headquarters says beside it. A tablet that reads a
/// [`PackList`] only misses nothing of the packs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackAnswer {
    /// The packs.
    #[serde(flatten)]
    pub list: PackList,
    /// How long a tablet keeps things; an older headquarters does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retention: Option<Retention>,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_beside_the_list_is_for_those_who_know_it() {
        let retention = Some(Retention { records_days: 30, evidence_days: 7 });
        let answer = PackAnswer { list: PackList::default(), retention };
        let written = serde_json::to_string(&answer).expect("it is plain data");
        assert_eq!(written, r#"{"packs":[],"retention":{"records_days":30,"evidence_days":7}}"#);
        let by_older = serde_json::from_str::<PackList>(&written).expect("it is a list");
        assert_eq!(by_older, answer.list);
        let of_older = serde_json::from_str::<PackAnswer>(r#"{"packs":[]}"#);
        assert_eq!(of_older.expect("it is an answer").retention, None);
    }
}

//! Receipts: a revoked seat asks which of its journals headquarters has on disk.
//!
//! The answer to both is a [`proof::word::Word`] as CBOR; what it says is in [`proof::erasure`].

use domain::ids::{EventId, InspectionId, JournalId};
use proof::chain::{Journal, Tip};
use serde::{Deserialize, Serialize};

/// The most journals that are asked about at once.
pub const MAX_JOURNALS: usize = 500;

/// The largest locked vault in bytes.
pub const MAX_VAULT_BYTES: usize = 64 * 1024 * 1024;

/// The media type of a locked vault.
pub const VAULT_MEDIA_TYPE: &str = "application/vnd.bienban.vault";

/// `POST /api/v1/receipt`, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskReceipt {
    /// The journals and where they end, at most [`MAX_JOURNALS`].
    pub journals: Vec<End>,
}

/// Where a journal ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// The stream.
    pub inspection: InspectionId,
    /// The journal.
    pub journal: JournalId,
    /// The `seq` of its last event.
    pub seq: u64,
    /// Its last event.
    pub id: EventId,
}

impl End {
    /// The end of a journal.
    pub fn new(journal: Journal, tip: Tip) -> Self {
        let Journal { inspection, journal } = journal;
        Self { inspection, journal, seq: tip.seq, id: tip.id }
    }

    /// The journal.
    pub fn journal(&self) -> Journal {
        Journal { inspection: self.inspection, journal: self.journal }
    }

    /// Its last event.
    pub fn tip(&self) -> Tip {
        Tip { seq: self.seq, id: self.id }
    }
}

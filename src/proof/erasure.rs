//! The order to erase, and the receipts without which nothing is erased.
//!
//! An order alone deletes nothing: what a receipt covers may go, and nothing else. Whether a
//! tablet has everything covered is decided on the tablet.

use domain::ids::{Epoch, EventId, InspectionId, JournalId, SeatId};
use domain::moment::Moment;
use minicbor::{Decode, Encode};

use crate::chain::{Journal, Tip};
use crate::word::{Purpose, Statement};

/// That a seat is revoked, and that what it holds is to go once headquarters has it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct EraseOrder {
    /// The seat.
    #[n(0)]
    pub seat: SeatId,
    /// When it was revoked.
    #[n(1)]
    pub at: Moment,
}

impl Statement for EraseOrder {
    const CONTEXT: &'static str = "bienban/erase/v1";
    const PURPOSE: Purpose = Purpose::Order;
}

/// One journal of which headquarters has everything up to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Covered {
    #[n(0)]
    inspection: InspectionId,
    #[n(1)]
    journal: JournalId,
    #[n(2)]
    seq: u64,
    #[n(3)]
    id: EventId,
}

impl Covered {
    /// Everything of a journal up to this tip.
    pub fn new(journal: Journal, tip: Tip) -> Self {
        let Journal { inspection, journal } = journal;
        Self { inspection, journal, seq: tip.seq, id: tip.id }
    }

    /// The journal.
    pub fn journal(&self) -> Journal {
        Journal { inspection: self.inspection, journal: self.journal }
    }

    /// The last event that headquarters has.
    pub fn tip(&self) -> Tip {
        Tip { seq: self.seq, id: self.id }
    }
}

/// That headquarters has these journals on disk.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Receipt {
    /// The seat that asked.
    #[n(0)]
    pub seat: SeatId,
    /// When.
    #[n(1)]
    pub at: Moment,
    /// In which life of headquarters' store.
    #[n(2)]
    pub epoch: Epoch,
    /// What it has.
    #[n(3)]
    pub journals: Vec<Covered>,
}

impl Statement for Receipt {
    const CONTEXT: &'static str = "bienban/receipt/v1";
    const PURPOSE: Purpose = Purpose::Receipt;
}

impl Receipt {
    /// Whether it covers a journal to its end: the same last event, and no further ones.
    pub fn covers(&self, journal: Journal, tip: Tip) -> bool {
        self.journals.iter().any(|covered| covered.journal() == journal && covered.tip() == tip)
    }
}

/// That headquarters has a locked vault on disk, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct VaultReceipt {
    /// The seat whose vault it is.
    #[n(0)]
    pub seat: SeatId,
    /// When it arrived.
    #[n(1)]
    pub at: Moment,
    /// The SHA-256 of the bytes.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub sha256: [u8; 32],
}

impl Statement for VaultReceipt {
    const CONTEXT: &'static str = "bienban/vault-receipt/v1";
    const PURPOSE: Purpose = Purpose::Receipt;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_covers_a_journal_only_with_its_very_last_event() {
        let journal = Journal { inspection: InspectionId([1; 16]), journal: JournalId([2; 16]) };
        let tip = Tip { seq: 4, id: EventId([3; 32]) };
        let receipt = Receipt {
            seat: SeatId([7; 16]),
            at: Moment(0),
            epoch: Epoch([5; 16]),
            journals: vec![Covered::new(journal, tip)],
        };
        assert!(receipt.covers(journal, tip));
        assert!(!receipt.covers(journal, Tip { seq: 5, ..tip }));
        assert!(!receipt.covers(journal, Tip { id: EventId([4; 32]), ..tip }));
        assert!(!receipt.covers(Journal { journal: JournalId([9; 16]), ..journal }, tip));
    }
}

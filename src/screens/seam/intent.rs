//! What the inspector means to do. The tablet carries it out and answers through the board and
//! through the model of the open inspection.

use domain::act::Decision;
use domain::ids::{FindingId, InspectionId};
use domain::register::{Address, Field, Value};
use jiff::civil::Date;

use super::StoreTrouble;

/// A passphrase on its way to where it becomes a key.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(pub String);

/// Prints no letter of it.
impl core::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Passphrase")
    }
}

/// Names one recording until it is settled. Counts up within one open inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What became of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The transaction completed.
    Stored,
    /// It did not; nothing of it is in the store.
    Failed(StoreTrouble),
}

/// The field in which a draft is typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DraftPlace {
    /// The item.
    pub item: String,
    /// The finding, which may not have begun; `None` for a field of the item itself.
    pub finding: Option<FindingId>,
    /// The field.
    pub field: Field,
}

/// What a person says when locking would lose something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockAnswer {
    /// Lock all the same.
    Anyway,
    /// Do not lock.
    Stay,
}

/// What the inspector means to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent {
    /// Make this browser a seat. Answered by [`super::Session`].
    Enrol {
        /// The code of the invitation, as typed or as in the address.
        code: String,
        /// What is to open the new vault; `None` when one is open.
        passphrase: Option<Passphrase>,
    },
    /// Open a vault. Answered by [`super::Session`] and [`super::Unlocking`].
    Unlock {
        /// Which.
        vault: String,
        /// By what.
        passphrase: Passphrase,
    },
    /// Move what lies in clear into a new vault. Answered by [`super::Session`].
    Protect {
        /// What is to open it.
        passphrase: Passphrase,
    },
    /// Lock at once. Answered by [`super::LockWaits`] when it cannot be.
    Lock,
    /// Answers [`super::LockWaits::ForPerson`].
    AnswerLock(LockAnswer),
    /// Lock by itself after so long without a touch.
    LockAfter {
        /// How long, in ms.
        idle_ms: i64,
    },
    /// Make the file of a locked vault for headquarters. Answered by [`super::Export`].
    GiveVault {
        /// Which.
        vault: String,
    },
    /// Enrol beside the vaults that are here.
    EnrolBeside,
    /// Show an inspection. Answered by [`super::Desk`].
    Show {
        /// Which.
        inspection: InspectionId,
    },
    /// This inspection is not shown any more.
    Leave {
        /// The inspection.
        inspection: InspectionId,
    },
    /// Open an inspection. Answered by [`super::NewInspectionState`].
    OpenInspection(NewInspection),
    /// Record a value. Settled by [`super::InspectionModel::settle`].
    Write {
        /// Names this recording.
        ticket: Ticket,
        /// Where.
        inspection: InspectionId,
        /// Where in it.
        address: Address,
        /// What.
        value: Value,
    },
    /// Record several values as one: all of them are stored, or none. Each is settled like
    /// [`Intent::Write`].
    WriteAll {
        /// Where.
        inspection: InspectionId,
        /// What names each recording, where in the inspection, and what.
        writes: Vec<(Ticket, Address, Value)>,
    },
    /// Begin a finding with its first fact. Settled like [`Intent::Write`].
    Begin {
        /// Names this recording.
        ticket: Ticket,
        /// Where.
        inspection: InspectionId,
        /// The finding.
        finding: FindingId,
        /// The item it belongs to.
        item: String,
        /// The field of its first fact.
        field: Field,
        /// The first fact.
        value: Value,
    },
    /// Withdraw a finding. Settled like [`Intent::Write`].
    Withdraw {
        /// Names this recording.
        ticket: Ticket,
        /// Where.
        inspection: InspectionId,
        /// The finding.
        finding: FindingId,
        /// Why.
        reason: String,
    },
    /// Keep what is being typed in a field, over the draft that is kept for it.
    Draft {
        /// Where.
        inspection: InspectionId,
        /// The field.
        place: DraftPlace,
        /// The text; `None` when the draft is not needed any more.
        text: Option<String>,
    },
    /// Deliver and fetch at once.
    SyncNow,
    /// Ask the browser to keep the store for good. Answered by [`super::Health`].
    AskPersist,
    /// Load the new version that is offered.
    ApplyUpdate,
    /// Count what is in a backup, and make the file with everything that headquarters has not
    /// accepted, anew whenever that changes. Answered by [`super::Health`] and [`super::Export`].
    LookAtSafety,
    /// Nobody looks at it any more.
    LeaveSafety,
    /// Take a colleague's bundle to headquarters. Answered by [`super::Carrying`].
    Carry(web_sys::File),
    /// The person knows what the store lacks.
    UnderstandLoss,
    /// Make this browser another seat, because headquarters does not know the present one.
    EnrolAgain,
    /// Give what a practice inspection is made of. Answered by [`super::Practice`].
    Practise,
    /// Let the browser ask whether the app is to be installed. Answered by [`super::Install`].
    Install,
}

/// An inspection that the inspector opens without waiting for headquarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInspection {
    /// The establishment's name.
    pub establishment_name: String,
    /// Its kind, a name that checklists use.
    pub kind: String,
    /// Its address; empty when not known.
    pub address: String,
    /// Why it is opened on the spot.
    pub reason: String,
    /// The decision that orders it; `None` while it is pending.
    pub decision: Option<Decision>,
    /// The day of the inspection.
    pub on: Date,
}

//! What the store promises, as values: what was asked for, what came of it, what is in it.
//!
//! An outcome that a person has to see is a value here, never a panic and never silence. How
//! rows are laid out is `rows`'; how they reach a disk is the business of whoever implements
//! [`Tables`](crate::tables::Tables).

use core::fmt;

use domain::ids::{Epoch, EventId, InspectionId};
use domain::moment::Moment;
use domain::state::Custody;
use proof::chain::{Journal, Tip, Verified};
use thiserror::Error;

use crate::tables::Table;

/// Why the store could not do what was asked. Each is a state that the screen shows.
///
/// Whatever the fault, nothing of a failed write is there afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Fault {
    /// The disk or the browser's quota is full.
    #[error("there is no room left on this tablet; free some and try again")]
    Full,
    /// Another tab took the store over with another version, or the browser closed it: reload.
    #[error("the store was closed for another version of the app; reload this page")]
    Blocked,
    /// A row that decides about the write, or a whole table, cannot be read.
    #[error("{0}")]
    Damaged(Damage),
    /// The browser said something else.
    #[error("the browser's store failed: {0}; try again")]
    Other(String),
}

/// One thing in the store that cannot be read, by name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{row}` of `{table}` cannot be read: {why}; export what is left")]
pub struct Damage {
    /// The table.
    pub table: Table,
    /// The row's key as hexadecimal digits; empty when the whole table is missing.
    pub row: String,
    /// What is wrong with it.
    pub why: String,
}

/// Everything that could be read, and by name what could not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<T> {
    /// What was read.
    pub rows: Vec<T>,
    /// What could not be read; it did not stop the others.
    pub damaged: Vec<Damage>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), damaged: Vec::new() }
    }
}

/// What came of an append.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "only `Stored` means stored"]
pub enum Appended {
    /// Everything in the batch is on disk.
    Stored,
    /// The journal ends elsewhere than expected (another tab wrote): nothing was changed.
    Behind(Option<Tip>),
    /// The journal was left for good: open another. Nothing was changed.
    Left,
    /// The batch begins a journal, and this tablet writes another one in the inspection already
    /// (another tab opened it): go on with that one. Nothing was changed.
    Elsewhere(Journal, Tip),
    /// Nothing was changed.
    Failed(Fault),
}

/// What came of taking over something that headquarters said.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "only `Stored` means stored"]
pub enum Taken {
    /// It is on disk.
    Stored {
        /// Journals of this tablet of which headquarters knows events that this tablet does
        /// not: leave them and open others.
        forgotten: Vec<Journal>,
    },
    /// It was said in another life of headquarters' store than the one this tablet goes by:
    /// nothing was changed.
    OtherEpoch(Option<Epoch>),
    /// Nothing was changed.
    Failed(Fault),
}

/// A journal that this tablet writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnJournal {
    /// The journal.
    pub journal: Journal,
    /// Its last stored event.
    pub tip: Tip,
    /// How far headquarters has everything, by its word in the present epoch.
    pub accepted_through: Option<u64>,
    /// Whether this tablet may go on writing it.
    pub standing: Standing,
}

/// Whether a journal of this tablet is still written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(index_only)]
pub enum Standing {
    /// Its next event may be appended.
    #[n(0)]
    Open,
    /// It was left, because this tablet is not certain of its last event; what is in it is still
    /// pushed.
    #[n(1)]
    Left,
}

impl OwnJournal {
    /// The number of events that headquarters has not accepted.
    pub fn pending(&self) -> u64 {
        let recorded = self.tip.seq.saturating_add(1);
        recorded.saturating_sub(self.accepted_through.map_or(0, |seq| seq.saturating_add(1)))
    }
}

/// A run of a journal's events, in order and without a gap, for pushing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// The events, ready to be sent.
    pub events: Vec<Verified>,
    /// What stands after them and cannot be read; the run ends before it.
    pub damaged: Option<Damage>,
}

impl Run {
    /// The last event of the run: what the head over it has to name.
    pub fn tip(&self) -> Option<Tip> {
        self.events.last().map(|event| Tip { seq: event.header.seq, id: event.id })
    }
}

/// Who wrote an event first into this store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(index_only)]
pub enum Origin {
    /// This tablet recorded it.
    #[n(0)]
    Recorded,
    /// It came from headquarters.
    #[n(1)]
    Pulled,
}

/// How far an event has got, by what this tablet knows in the present epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    /// Stored here, and not known to be at headquarters.
    Stored,
    /// Headquarters said that it has it.
    Accepted,
    /// It came (back) from headquarters with its place.
    Placed {
        /// Its place among everything headquarters ever accepted, counted from 0.
        position: u64,
    },
}

/// One event as it is in the store: read, and found to be what was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// The event.
    pub event: Verified,
    /// Who wrote it first into this store.
    pub origin: Origin,
    /// Whether it counts, by headquarters' last word.
    pub custody: Custody,
    /// How far it has got.
    pub delivery: Delivery,
}

impl StoredEvent {
    /// The event's id.
    pub fn id(&self) -> EventId {
        self.event.id
    }
}

/// An inspection this tablet knows of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownInspection {
    /// Its id.
    pub id: InspectionId,
    /// Whether this seat may still see it; `false` makes the copy read-only.
    pub visible: bool,
}

/// When headquarters last answered, and what it then had in a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// When, by this machine's clock.
    pub at: Moment,
    /// How many positions, counted from 0, are in a backup; `None` before the first.
    pub durable_through: Option<u64>,
}

/// How much of what this tablet recorded is in a backup of headquarters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BackedUp {
    /// Events recorded here that came back with a place that a backup covers.
    pub in_backup: u64,
    /// Events recorded here.
    pub recorded: u64,
}

/// A random word that lies in the store and in a second place: when only one of them has it,
/// the other was wiped or exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Canary(pub [u8; 16]);

/// What the browser says about the place where it keeps the store. An absent answer means that
/// this browser does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Device {
    /// Whether the browser promised not to evict the store by itself.
    pub persisted: Option<bool>,
    /// How much it may hold, in bytes.
    pub quota_bytes: Option<u64>,
    /// How much it holds, in bytes.
    pub usage_bytes: Option<u64>,
}

/// How safe it is what this tablet holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// What the browser says.
    pub device: Device,
    /// How many events exist only here, as far as is known.
    pub events_only_here: u64,
    /// When the oldest of them was recorded.
    pub oldest_only_here: Option<Moment>,
    /// How many fields hold text that is no event yet.
    pub drafts: u64,
    /// What could not be read while counting.
    pub damaged: Vec<Damage>,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

//! The seam between screens and tablet: what the inspector means to do, and what screens read.
//!
//! Screens send [`Intent`]s through one callback and read the signals of [`Board`]; they carry
//! out nothing themselves. An event never travels in a signal, because signals conflate
//! consecutive writes.

mod board;
mod intent;
pub(crate) mod summary;

pub use board::{
    Backup, Board, CarriedBundle, Carrying, Desk, Escrow, EstablishmentKind, Export, ExportTrouble,
    Health, Install, Listing, LockWaits, LockedVault, Loss, Material, NewInspectionState, Practice,
    Readiness, Session, StoreTrouble, Unlocking, Unreadable, Update, Wiring,
};
pub use intent::{DraftPlace, Intent, LockAnswer, NewInspection, Passphrase, Settled, Ticket};
pub use summary::{InspectionSummary, OpenedBy, Waiting, summarise};

pub use crate::inspection::model::{Hands, InspectionModel, OpenedInspection};
pub use crate::inspection::state::{Progress, Saved, Touched};

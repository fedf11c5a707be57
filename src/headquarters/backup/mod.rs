//! Backup and restore: a checked copy of the database and of the pieces of evidence with a
//! manifest, and a new life from it.
//!
//! The keyring is never part of a backup. What tablets still have they send again by themselves;
//! what nobody has any longer is named, never invented.

mod make;
mod manifest;
mod restore;

pub use make::{BackupFault, make};
pub use manifest::{Manifest, ManifestFault};
pub use restore::{RestoreFault, Restored, restore};

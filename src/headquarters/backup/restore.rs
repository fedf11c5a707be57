//! A new folder of headquarters from a backup: with a new epoch, so that every tablet offers again
//! what it has, and without a journal that headquarters would write on.

use std::path::{Path, PathBuf};

use domain::ids::Epoch;
use domain::moment::Moment;
use proof::seat::seat_of;
use sqlx::sqlite::SqliteConnection;
use thiserror::Error;

use super::make::{BackupFault, check};
use super::manifest::{Manifest, ManifestFault};
use crate::clock;
use crate::disk;
use crate::keyring::{Keyring, KeyringFault};
use crate::pieces;
use crate::store::meta::{self, Restoration};
use crate::store::{DATABASE, OpenFault, RESTORING, StoreFault, lone, own_journals, people};

/// The only file that may be in the new folder before.
const KEYRING: &str = "keyring.toml";

/// Why nothing was restored.
#[derive(Debug, Error)]
pub enum RestoreFault {
    /// The folder is no backup that this program reads.
    #[error(transparent)]
    Manifest(#[from] ManifestFault),
    /// The copy is not the one of the manifest.
    #[error("the backup `{folder}` is damaged ({detail}); use another one")]
    Damaged {
        /// The folder of the backup.
        folder: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// The new folder holds something.
    #[error("`{0}` is not empty and nothing in it is overwritten; name a new folder with --data")]
    NotEmpty(PathBuf),
    /// There are no keys.
    #[error("there is no keyring `{0}`; name headquarters' own, which is kept apart, with --keys")]
    NoKeyring(PathBuf),
    /// The keys do not work.
    #[error(transparent)]
    Keyring(#[from] KeyringFault),
    /// The disk refused.
    #[error("cannot write in `{folder}`: {cause}; check the disk and its permissions")]
    Disk {
        /// The new folder.
        folder: PathBuf,
        /// What the disk said.
        cause: std::io::Error,
    },
    /// The copy does not open.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// The copy does not answer.
    #[error("the new life was not begun: {0}; empty the folder and restore again")]
    Store(#[from] StoreFault),
}

impl From<sqlx::Error> for RestoreFault {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the backup held.
    pub manifest: Manifest,
    /// The new life.
    pub epoch: Epoch,
    /// The keyring that fits.
    pub keyring: PathBuf,
}

/// Makes the new folder `data` from a backup.
///
/// # Errors
/// See [`RestoreFault`]; then headquarters does not start on that folder.
pub async fn restore(
    backup: &Path,
    data: &Path,
    keys: Option<&Path>,
    now: Moment,
) -> Result<Restored, RestoreFault> {
    let manifest = Manifest::read(backup)?;
    refuse_damaged(backup, &manifest).await?;
    let keyring = keys.map_or_else(|| data.join(KEYRING), Path::to_owned);
    refuse_strangers(&keyring, &manifest)?;
    let disk = |cause| RestoreFault::Disk { folder: data.to_owned(), cause };
    if !disk::make_empty(data, &[KEYRING]).map_err(disk)? {
        return Err(RestoreFault::NotEmpty(data.to_owned()));
    }
    // From here on until the rename the folder is no headquarters.
    let restoring = data.join(RESTORING);
    std::fs::copy(backup.join(DATABASE), &restoring).map_err(disk)?;
    restore_pieces(backup, data, &manifest)?;
    let epoch = Epoch(clock::random());
    begin_new_life(&restoring, &manifest, (epoch, now)).await?;
    disk::sync(&restoring).map_err(disk)?;
    std::fs::rename(&restoring, data.join(DATABASE)).map_err(disk)?;
    disk::sync_folder(data).map_err(disk)?;
    Ok(Restored { manifest, epoch, keyring })
}

/// Brings the pieces back, every one that the manifest counts and none that is damaged.
fn restore_pieces(backup: &Path, data: &Path, manifest: &Manifest) -> Result<(), RestoreFault> {
    let (from, to) = (backup.join(pieces::FOLDER), data.join(pieces::FOLDER));
    let copied = pieces::copy_all(&from, &to);
    let copied = copied.map_err(|cause| RestoreFault::Disk { folder: data.to_owned(), cause })?;
    let detail = match copied.damaged.first() {
        Some(piece) => format!("the content of its piece `{piece}` is another"),
        None if (copied.count, copied.bytes) != (manifest.pieces.count, manifest.pieces.bytes) => {
            format!("it has {} pieces, its manifest {}", copied.count, manifest.pieces.count)
        }
        None => return Ok(()),
    };
    // What was copied of it must not stand in the way of another backup.
    let _ = std::fs::remove_dir_all(to);
    let _ = std::fs::remove_file(data.join(RESTORING));
    Err(RestoreFault::Damaged { folder: backup.to_owned(), detail })
}

/// The bytes have to be those of the manifest, and to add up.
async fn refuse_damaged(backup: &Path, manifest: &Manifest) -> Result<(), RestoreFault> {
    let damaged = |detail: &dyn core::fmt::Display| RestoreFault::Damaged {
        folder: backup.to_owned(),
        detail: detail.to_string(),
    };
    let file = backup.join(DATABASE);
    let found = disk::hash(&file).map_err(|cause| damaged(&cause))?;
    if found != (manifest.bytes, manifest.sha256.clone()) {
        return Err(damaged(&"its database is not the one of the manifest"));
    }
    let counted = check(backup, &file).await.map_err(|fault: BackupFault| damaged(&fault))?;
    let same = (counted.epoch, counted.positions) == (manifest.epoch, manifest.positions);
    if same && counted.headquarters == manifest.headquarters {
        Ok(())
    } else {
        Err(damaged(&"its manifest says otherwise than its database"))
    }
}

/// Tablets trust the seat they enrolled with: other keys would be a stranger's.
fn refuse_strangers(keyring: &Path, manifest: &Manifest) -> Result<(), RestoreFault> {
    if !keyring.exists() {
        return Err(RestoreFault::NoKeyring(keyring.to_owned()));
    }
    let seat = seat_of(&Keyring::open(keyring)?.signing().public());
    if manifest.headquarters.contains(&seat) {
        Ok(())
    } else {
        Err(KeyringFault::Stranger { file: keyring.to_owned() }.into())
    }
}

async fn begin_new_life(
    file: &Path,
    manifest: &Manifest,
    (epoch, now): (Epoch, Moment),
) -> Result<(), RestoreFault> {
    let mut db = lone::open(file).await?;
    lone::migrate(&mut db, file).await?;
    sqlx::query("begin immediate").execute(&mut db).await?;
    meta::put_epoch(&mut db, epoch).await?;
    let (backup_at, positions) = (manifest.at_ms, manifest.positions);
    meta::put_restoration(&mut db, Restoration { at: now, backup_at, positions }).await?;
    own_journals::leave_all(&mut db).await?;
    people::void_invitations_and_sessions(&mut db, now).await?;
    sqlx::query("commit").execute(&mut db).await?;
    one_file(db).await
}

/// Leaves no journal of SQLite's beside the database, which is about to get another name.
async fn one_file(mut db: SqliteConnection) -> Result<(), RestoreFault> {
    use sqlx::Connection;

    sqlx::query("pragma journal_mode = delete").execute(&mut db).await?;
    Ok(db.close().await?)
}

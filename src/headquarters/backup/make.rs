//! Making a backup, while headquarters runs or not: SQLite copies a consistent state into a new
//! file, which is read back and counted before anyone is told that there is a backup.

use std::path::{Path, PathBuf};

use domain::moment::Moment;
use sqlx::sqlite::SqliteConnection;
use thiserror::Error;

use super::manifest::{Counted, Manifest};
use crate::audit;
use crate::disk;
use crate::pieces;
use crate::store::{DATABASE, OpenFault, SCHEMA, StoreFault, events, inspections, lone, meta};

/// Why there is no backup.
#[derive(Debug, Error)]
pub enum BackupFault {
    /// There is nothing to copy.
    #[error("`{0}` has no database; name the folder of headquarters with --data")]
    NoDatabase(PathBuf),
    /// Something is in the folder already.
    #[error("`{0}` is not empty and nothing in it is overwritten; name a new folder")]
    NotEmpty(PathBuf),
    /// The path cannot be handed to the database.
    #[error("`{0}` is not a path in UTF-8; name another folder")]
    Path(PathBuf),
    /// The disk refused.
    #[error("cannot write the backup `{folder}`: {cause}; check the disk and its permissions")]
    Disk {
        /// The folder of the backup.
        folder: PathBuf,
        /// What the disk said.
        cause: std::io::Error,
    },
    /// The database does not open.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// The database does not answer.
    #[error("the database was not copied: {0}; check the disk, then make another backup")]
    Store(#[from] StoreFault),
    /// What was copied does not add up.
    #[error(
        "the copy in `{folder}` is not whole ({detail}); check the disk of --data and of the backup"
    )]
    NotWhole {
        /// The folder of the backup.
        folder: PathBuf,
        /// What does not add up.
        detail: String,
    },
}

impl From<sqlx::Error> for BackupFault {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Copies the database of the folder `data` into the new folder `backup`, checks the copy, copies
/// the pieces of evidence, and notes in the database how much of it is in a backup.
///
/// A piece that is damaged where it lies is left out and named in the manifest: the rest of the
/// record is not to wait for it.
///
/// # Errors
/// See [`BackupFault`]; then there is no backup, and nothing that was there is changed.
pub async fn make(backup: &Path, data: &Path, now: Moment) -> Result<Manifest, BackupFault> {
    let database = data.join(DATABASE);
    if !database.exists() {
        return Err(BackupFault::NoDatabase(data.to_owned()));
    }
    let mut db = lone::open(&database).await?;
    lone::refuse_newer(&mut db, &database).await?;
    let disk = |cause| BackupFault::Disk { folder: backup.to_owned(), cause };
    if !disk::make_empty(backup, &[]).map_err(disk)? {
        return Err(BackupFault::NotEmpty(backup.to_owned()));
    }
    let manifest = match copy(&mut db, (backup, data), now).await {
        Ok(manifest) => manifest,
        Err(fault) => {
            // Half a copy is worth nothing, and a second attempt needs the place.
            let _ = std::fs::remove_file(backup.join(DATABASE));
            let _ = std::fs::remove_dir_all(backup.join(pieces::FOLDER));
            return Err(fault);
        }
    };
    meta::raise_durable_through(&mut db, manifest.epoch, manifest.positions, now).await?;
    // A database of an older program has no audit yet.
    if lone::schema(&mut db, &database).await? == SCHEMA {
        let detail = format!("{} positions", manifest.positions);
        audit::note_alone(&mut db, None, audit::Act::BackupMade, "", &detail).await?;
    }
    Ok(manifest)
}

async fn copy(
    db: &mut SqliteConnection,
    (backup, data): (&Path, &Path),
    now: Moment,
) -> Result<Manifest, BackupFault> {
    let file = backup.join(DATABASE);
    let disk = |cause| BackupFault::Disk { folder: backup.to_owned(), cause };
    let path = file.to_str().ok_or_else(|| BackupFault::Path(file.clone()))?;
    sqlx::query("vacuum into $1").bind(path).execute(db).await?;
    // SQLite does not wait for the disk here (https://www.sqlite.org/lang_vacuum.html).
    disk::sync(&file).map_err(disk)?;
    let counted = check(backup, &file).await?;
    // After the database: a piece is on disk before the event that names it.
    let (from, to) = (data.join(pieces::FOLDER), backup.join(pieces::FOLDER));
    let copied = pieces::copy_all(&from, &to).map_err(disk)?;
    let manifest = Manifest::of(counted, copied, now, disk::hash(&file).map_err(disk)?);
    manifest.write(backup).map_err(disk)?;
    disk::sync_folder(backup).map_err(disk)?;
    Ok(manifest)
}

/// Reads every page of the copy, and counts: positions without gaps are as many as events.
pub(super) async fn check(backup: &Path, file: &Path) -> Result<Counted, BackupFault> {
    let not_whole = |detail: String| BackupFault::NotWhole { folder: backup.to_owned(), detail };
    let mut copy = lone::open_unchanging(file).await?;
    lone::refuse_damaged(&mut copy, file).await?;
    let schema = lone::schema(&mut copy, file).await?;
    if schema > SCHEMA {
        return Err(not_whole(format!("schema {schema}")));
    }
    let positions = meta::positions(&mut copy).await?;
    let (events, last) = events::extent(&mut copy).await?;
    if events != positions || last.is_some_and(|last| last + 1 != positions) {
        return Err(not_whole(format!("{positions} positions, {events} events")));
    }
    let no_epoch = || not_whole("headquarters never began in it".to_owned());
    let epoch = meta::epoch(&mut copy).await?.ok_or_else(no_epoch)?;
    let inspections = inspections::counted(&mut copy).await?;
    let headquarters = meta::own_seats(&mut copy).await?.into_iter().collect();
    Ok(Counted { schema, epoch, positions, inspections, headquarters })
}

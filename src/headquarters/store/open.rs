//! Opening the folder and the database in it: one headquarters for each folder, the schema
//! brought up to date, and every reason why not told apart.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::Path;

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePool, SqlitePoolOptions};

use super::fault::OpenFault;
use super::lone::{self, SCHEMA, options, told};

/// The database's file in the folder.
pub const DATABASE: &str = "bienban.sqlite";

/// What the database is called until its restore is done.
pub const RESTORING: &str = "bienban.sqlite.restoring";

const LOCK: &str = "bienban.lock";
const READERS: u32 = 4;

/// What of the database the writer keeps in memory, in KiB. Ids are hashes, so that each event
/// touches another page of their index; a page that does not stay is read and written anew.
const WRITER_CACHE_KIB: u32 = 64 * 1024;

/// How many pages of 4 KiB the write-ahead log holds before they are moved into the database. The
/// same pages of an index are written again and again, and are moved once.
const CHECKPOINT_PAGES: u32 = 8_000;

/// What an open folder consists of.
pub(super) struct Opened {
    /// Held as long as headquarters runs, and not by a command beside it; the operating system
    /// lets go of it at any death.
    pub(super) lock: Option<File>,
    pub(super) writer: SqliteConnection,
    pub(super) readers: SqlitePool,
}

pub(super) async fn open(folder: &Path) -> Result<Opened, OpenFault> {
    let lock = lock(folder)?;
    if folder.join(RESTORING).exists() {
        return Err(OpenFault::Unfinished { folder: folder.to_owned() });
    }
    let file = folder.join(DATABASE);
    let created = writing(&file).create_if_missing(true).connect().await;
    let mut writer = created.map_err(|error| told(&file, &error))?;
    lone::refuse_newer(&mut writer, &file).await?;
    lone::refuse_damaged(&mut writer, &file).await?;
    lone::migrate(&mut writer, &file).await?;
    Ok(Opened { lock: Some(lock), writer, readers: readers(&file).await? })
}

/// How the connection is opened that writes as long as headquarters runs.
fn writing(file: &Path) -> SqliteConnectOptions {
    options(file)
        .pragma("cache_size", format!("-{WRITER_CACHE_KIB}"))
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES.to_string())
}

/// Opens the folder beside the headquarters that runs on it. SQLite lets one write at a time, and
/// whoever writes reads first what it decides by, so both are right.
pub(super) async fn join(folder: &Path) -> Result<Opened, OpenFault> {
    let file = folder.join(DATABASE);
    let mut writer = lone::open(&file).await?;
    lone::refuse_newer(&mut writer, &file).await?;
    let schema = lone::schema(&mut writer, &file).await?;
    if schema < SCHEMA {
        return Err(OpenFault::Older { file, schema });
    }
    Ok(Opened { lock: None, writer, readers: readers(&file).await? })
}

async fn readers(file: &Path) -> Result<SqlitePool, OpenFault> {
    // A file does not hang up: asking each connection whether it is there would double the
    // questions to it.
    let pool = SqlitePoolOptions::new().max_connections(READERS).test_before_acquire(false);
    let opened = pool.connect_with(options(file).read_only(true)).await;
    opened.map_err(|error| told(file, &error))
}

fn lock(folder: &Path) -> Result<File, OpenFault> {
    let unwritable = |cause| OpenFault::Unwritable { folder: folder.to_owned(), cause };
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    let path = folder.join(LOCK);
    let mut options = OpenOptions::new();
    let mut file =
        options.create(true).truncate(false).write(true).open(path).map_err(unwritable)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(OpenFault::InUse { folder: folder.to_owned() });
        }
        Err(TryLockError::Error(cause)) => return Err(unwritable(cause)),
    }
    // A full or read-only disk shows here and not at the first answer of an inspector.
    file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id())).map_err(unwritable)?;
    Ok(file)
}

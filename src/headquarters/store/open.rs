//! Opening the folder and the database in it: one process for each folder, the schema brought up
//! to date, and every reason why not told apart.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::migrate::MigrateError;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};

use super::fault::OpenFault;

const DATABASE: &str = "bienban.sqlite";
const LOCK: &str = "bienban.lock";
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);
const READERS: u32 = 4;

/// The schema this program writes; kept in the database beside the migrations.
const SCHEMA: i64 = 1;

/// What an open folder consists of.
pub(super) struct Opened {
    /// Held as long as the store is in use; the operating system lets go of it at any death.
    pub(super) lock: File,
    pub(super) writer: SqliteConnection,
    pub(super) readers: SqlitePool,
}

pub(super) async fn open(folder: &Path) -> Result<Opened, OpenFault> {
    let lock = lock(folder)?;
    let file = folder.join(DATABASE);
    let mut writer = options(&file).connect().await.map_err(|error| told(&file, &error))?;
    refuse_newer(&mut writer, &file).await?;
    refuse_damaged(&mut writer, &file).await?;
    migrate(&mut writer, &file).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .connect_with(options(&file).read_only(true))
        .await
        .map_err(|error| told(&file, &error))?;
    Ok(Opened { lock, writer, readers })
}

fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging()
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

async fn refuse_newer(db: &mut SqliteConnection, file: &Path) -> Result<(), OpenFault> {
    let query = sqlx::query_scalar::<_, i64>("pragma user_version");
    let schema = query.fetch_one(db).await.map_err(|error| told(file, &error))?;
    if schema > SCHEMA {
        return Err(OpenFault::Newer { file: file.to_owned(), schema });
    }
    Ok(())
}

/// Reads every page once. What is wrong shows before anything is answered from it.
async fn refuse_damaged(db: &mut SqliteConnection, file: &Path) -> Result<(), OpenFault> {
    let query = sqlx::query_scalar::<_, String>("pragma quick_check(1)");
    let said = query.fetch_one(db).await.map_err(|error| told(file, &error))?;
    if said == "ok" { Ok(()) } else { Err(damaged(file, &said)) }
}

async fn migrate(db: &mut SqliteConnection, file: &Path) -> Result<(), OpenFault> {
    let migrated = sqlx::migrate!("store/migrations").run(&mut *db).await;
    migrated.map_err(|error| told_of_migration(file, error))?;
    // Written after the migrations, so that it is never ahead of them.
    sqlx::query("pragma user_version = 1").execute(db).await.map_err(|error| told(file, &error))?;
    Ok(())
}

fn told_of_migration(file: &Path, error: MigrateError) -> OpenFault {
    if let MigrateError::VersionMissing(schema) = error {
        return OpenFault::Newer { file: file.to_owned(), schema };
    }
    if let MigrateError::Execute(error) = error {
        return told(file, &error);
    }
    damaged(file, &error.to_string())
}

fn told(file: &Path, error: &sqlx::Error) -> OpenFault {
    let detail = one_line(&error.to_string());
    match error.as_database_error().and_then(|error| error.code()).as_deref() {
        // SQLITE_CORRUPT and SQLITE_NOTADB, https://www.sqlite.org/rescode.html
        Some("11" | "26" | "267" | "523" | "779") => damaged(file, &detail),
        Some(_) | None => OpenFault::Unusable { file: file.to_owned(), detail },
    }
}

fn damaged(file: &Path, detail: &str) -> OpenFault {
    OpenFault::Damaged { file: PathBuf::from(file), detail: one_line(detail) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

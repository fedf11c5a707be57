//! One connection to one database file: what opening a folder, a backup and a restore share.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::migrate::MigrateError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};

use super::fault::OpenFault;

/// The schema this program writes; kept in the database beside the migrations.
pub const SCHEMA: i64 = 3;

const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// How many statements a connection keeps prepared. One that inserts events is another for each
/// number of rows, and preparing it takes longer than running it.
const STATEMENTS: usize = 256;

/// How every connection is opened.
pub(super) fn options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(STATEMENTS)
        .disable_statement_logging()
}

/// Opens a database that is there.
///
/// # Errors
/// See [`OpenFault`].
pub async fn open(file: &Path) -> Result<SqliteConnection, OpenFault> {
    options(file).connect().await.map_err(|error| told(file, &error))
}

/// Opens a file that nobody writes, without a trace beside it.
///
/// # Errors
/// See [`OpenFault`].
pub async fn open_unchanging(file: &Path) -> Result<SqliteConnection, OpenFault> {
    let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    let opened = options.disable_statement_logging().connect().await;
    opened.map_err(|error| told(file, &error))
}

/// The schema of a database.
///
/// # Errors
/// See [`OpenFault`].
pub async fn schema(db: &mut SqliteConnection, file: &Path) -> Result<i64, OpenFault> {
    let query = sqlx::query_scalar::<_, i64>("pragma user_version");
    query.fetch_one(db).await.map_err(|error| told(file, &error))
}

/// Refuses what a later version of this program wrote.
///
/// # Errors
/// [`OpenFault::Newer`], or that the database does not answer.
pub async fn refuse_newer(db: &mut SqliteConnection, file: &Path) -> Result<(), OpenFault> {
    let schema = schema(db, file).await?;
    if schema > SCHEMA {
        return Err(OpenFault::Newer { file: file.to_owned(), schema });
    }
    Ok(())
}

/// Reads every page once. What is wrong shows before anything is answered from it.
///
/// # Errors
/// [`OpenFault::Damaged`], or that the database does not answer.
pub async fn refuse_damaged(db: &mut SqliteConnection, file: &Path) -> Result<(), OpenFault> {
    let query = sqlx::query_scalar::<_, String>("pragma quick_check(1)");
    let said = query.fetch_one(db).await.map_err(|error| told(file, &error))?;
    if said == "ok" { Ok(()) } else { Err(damaged(file, &said)) }
}

/// Brings the schema up to date.
///
/// # Errors
/// See [`OpenFault`].
pub async fn migrate(db: &mut SqliteConnection, file: &Path) -> Result<(), OpenFault> {
    let migrated = sqlx::migrate!("store/migrations").run(&mut *db).await;
    migrated.map_err(|error| told_of_migration(file, error))?;
    // Written after the migrations, so that it is never ahead of them.
    let noted = sqlx::AssertSqlSafe(format!("pragma user_version = {SCHEMA}"));
    sqlx::query(noted).execute(db).await.map_err(|error| told(file, &error))?;
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

pub(super) fn told(file: &Path, error: &sqlx::Error) -> OpenFault {
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

//! The store of headquarters: one SQLite database in a folder, one writer, several readers.
//!
//! Whether an event counts is not decided here, and nothing here changes the bytes of an event.
//! SQL is kept portable; what is SQLite's own stands in `open.rs`, `lone.rs` and `writer.rs`.

mod fault;
mod open;
mod writer;

pub mod lone;

pub mod audit;
pub mod credentials;
pub mod events;
pub mod inspections;
pub mod invitations;
pub mod judgements;
pub mod keys;
pub mod meta;
pub mod own_journals;
pub mod packs;
pub mod people;
pub mod retention;
pub mod sessions;
pub mod sharing;
pub mod units;
pub mod vaults;

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use prometheus_client::metrics::histogram::Histogram;
use sqlx::SqlitePool;

pub use fault::{OpenFault, StoreFault};
pub use lone::SCHEMA;
pub use open::{DATABASE, RESTORING};
pub use writer::{Tx, Working};

use writer::Writer;

/// The open store. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    writer: Writer,
    readers: SqlitePool,
    _lock: Option<Arc<File>>,
}

impl Store {
    /// Opens the store in a folder, which no other process may have open.
    ///
    /// # Errors
    /// See [`OpenFault`].
    pub async fn open(folder: &Path) -> Result<Self, OpenFault> {
        Ok(Self::of(open::open(folder).await?))
    }

    /// Opens the store for one piece of work, beside headquarters where it runs on the folder.
    ///
    /// # Errors
    /// See [`OpenFault`].
    pub async fn open_or_join(folder: &Path) -> Result<Self, OpenFault> {
        match open::open(folder).await {
            Ok(opened) => Ok(Self::of(opened)),
            Err(OpenFault::InUse { .. }) => Ok(Self::of(open::join(folder).await?)),
            Err(fault) => Err(fault),
        }
    }

    fn of(opened: open::Opened) -> Self {
        let writer = Writer::start(opened.writer);
        Self { writer, readers: opened.readers, _lock: opened.lock.map(Arc::new) }
    }

    /// Runs work inside the writer's transaction; gives its outcome when it is on disk. Work
    /// that fails leaves nothing behind.
    ///
    /// # Errors
    /// The work's own, and [`StoreFault`] when the commit fails.
    pub async fn write<T, E, W>(&self, work: W) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreFault> + Send + 'static,
        W: for<'c> FnOnce(&'c mut Tx) -> Working<'c, T, E> + Send + 'static,
    {
        self.writer.run(work).await
    }

    /// How many pieces of work wait for the writer.
    pub fn waiting(&self) -> usize {
        self.writer.waiting()
    }

    /// How long the writer's transactions took, in seconds.
    pub fn commits(&self) -> &Histogram {
        self.writer.commits()
    }

    /// Where to read from what is on disk.
    pub fn readers(&self) -> &SqlitePool {
        &self.readers
    }
}

/// The size of the database in bytes, without its write-ahead log.
///
/// # Errors
/// See [`StoreFault`].
pub async fn size_bytes(db: &SqlitePool) -> Result<u64, StoreFault> {
    let query = sqlx::query_scalar(
        "select page_count * page_size from pragma_page_count, pragma_page_size",
    );
    count(query.fetch_one(db).await?, "page_count")
}

/// Reads a column of bytes of a fixed length.
pub(crate) fn fixed<const N: usize>(
    bytes: &[u8],
    column: &'static str,
) -> Result<[u8; N], StoreFault> {
    bytes.try_into().map_err(|_| StoreFault::Damaged(column))
}

/// Reads a count, which is never negative.
pub(crate) fn count(number: i64, column: &'static str) -> Result<u64, StoreFault> {
    u64::try_from(number).map_err(|_| StoreFault::Damaged(column))
}

/// Writes a count, which the database keeps as a signed number.
pub(crate) fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

//! The seam: every row that says something passes it on its way to and from the disk.
//!
//! Whoever implements it may wait: it is always passed before a transaction opens or after it is
//! over. The tablet's is [`Vault`](crate::vault::Vault); [`Clear`] protects nothing.

use thiserror::Error;

use crate::tables::{Key, Row, Table};

/// Why a row cannot be opened or sealed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct SeamFault(pub String);

/// A row's bytes as they were before sealing, or why they cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedRow {
    /// The key.
    pub key: Key,
    /// The bytes.
    pub bytes: Result<Vec<u8>, SeamFault>,
}

/// Turns bytes into what may lie on a disk, and back.
///
/// Whole lists at once, because the way back is on the path of opening an inspection. Table and
/// key are there to be bound to the bytes: a row moved to another place must not open.
#[expect(async_fn_in_trait, reason = "a page has one thread: no future here is ever sent")]
pub trait Seam {
    /// Seals rows of one table.
    ///
    /// # Errors
    /// [`SeamFault`] when it cannot seal at all.
    async fn seal(&self, table: Table, rows: Vec<Row>) -> Result<Vec<Row>, SeamFault>;

    /// Opens rows of one table, in the same order.
    async fn open(&self, table: Table, rows: Vec<Row>) -> Vec<OpenedRow>;

    /// The key under which a row lies whose true key is this one.
    fn lying(&self, table: Table, key: &Key) -> Key;
}

/// Passes bytes through as they are: for tests, and for reading what was written before there were
/// vaults.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clear;

impl Seam for Clear {
    async fn seal(&self, _: Table, rows: Vec<Row>) -> Result<Vec<Row>, SeamFault> {
        Ok(rows)
    }

    async fn open(&self, _: Table, rows: Vec<Row>) -> Vec<OpenedRow> {
        rows.into_iter().map(|Row { key, bytes }| OpenedRow { key, bytes: Ok(bytes) }).collect()
    }

    fn lying(&self, _: Table, key: &Key) -> Key {
        key.clone()
    }
}

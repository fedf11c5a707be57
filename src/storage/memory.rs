//! Rows in memory: for tests, and for trying things without a browser.
//!
//! It keeps what it was given until it is dropped, and no longer. It can be told to fail, as a
//! disk does: at some change in the middle of a write.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::rc::Rc;

use crate::contract::{Device, Fault};
use crate::tables::{Change, Decision, Key, Read, Row, Span, Table, Tables, Want};

/// Rows in memory. Clones are handles on the same rows, as two tabs are.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    inner: Rc<RefCell<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    rows: BTreeMap<(Table, Key), Vec<u8>>,
    failing: Option<(usize, Fault)>,
}

impl Memory {
    /// An empty place.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets the next write fail after `changes` of its changes were made. The write after it
    /// works again.
    pub fn fail_after(&self, changes: usize, fault: Fault) {
        self.inner.borrow_mut().failing = Some((changes, fault));
    }

    /// Every row as it lies there, for tests that look or break something.
    pub fn rows(&self, table: Table) -> Vec<Row> {
        let read = Read::rows(table, Span::Under(Key(Vec::new())));
        found(&self.inner.borrow().rows, &read)
    }

    /// Puts a row as it is, past every rule, for tests that break something.
    pub fn overwrite(&self, table: Table, row: Row) {
        self.inner.borrow_mut().rows.insert((table, row.key), row.bytes);
    }
}

impl Tables for Memory {
    async fn read(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, Fault> {
        let inner = self.inner.borrow();
        Ok(reads.iter().map(|read| found(&inner.rows, read)).collect())
    }

    async fn write<T>(
        &self,
        tables: &[Table],
        reads: &[Read],
        decide: impl FnOnce(Vec<Vec<Row>>) -> Decision<T>,
    ) -> Result<T, Fault> {
        let mut inner = self.inner.borrow_mut();
        let read = reads.iter().map(|read| found(&inner.rows, read)).collect();
        let decision = decide(read);
        let mut changed = inner.rows.clone();
        let failing = inner.failing.take();
        for (made, change) in decision.changes.into_iter().enumerate() {
            if let Some((after, fault)) = &failing
                && made >= *after
            {
                return Err(fault.clone());
            }
            apply(&mut changed, tables, change)?;
        }
        inner.rows = changed;
        Ok(decision.value)
    }

    /// Nothing here takes time, so hoping gains nothing.
    async fn write_hoping<T>(
        &self,
        tables: &[Table],
        reads: &[Read],
        _: Option<Vec<Vec<Row>>>,
        decide: impl Fn(Vec<Vec<Row>>) -> Decision<T>,
    ) -> Result<T, Fault> {
        self.write(tables, reads, decide).await
    }

    async fn device(&self) -> Device {
        Device::default()
    }
}

fn apply(
    rows: &mut BTreeMap<(Table, Key), Vec<u8>>,
    tables: &[Table],
    change: Change,
) -> Result<(), Fault> {
    let table = match &change {
        Change::Put(table, _) | Change::Delete(table, _) => *table,
    };
    // A browser refuses a change to a table that was not named when the transaction opened.
    if !tables.contains(&table) {
        return Err(Fault::Other(format!("table `{table}` is not part of the transaction")));
    }
    match change {
        Change::Put(_, Row { key, bytes }) => rows.insert((table, key), bytes),
        Change::Delete(_, key) => rows.remove(&(table, key)),
    };
    Ok(())
}

fn found(rows: &BTreeMap<(Table, Key), Vec<u8>>, read: &Read) -> Vec<Row> {
    let (from, under) = match &read.span {
        Span::Exactly(key) => return exactly(rows, read, key),
        Span::Under(under) => (under, under),
        Span::From { from, under } => (from.max(under), under),
    };
    let start = Bound::Included((read.table, from.clone()));
    let range = rows.range((start, Bound::Unbounded));
    let within =
        range.take_while(|((table, key), _)| *table == read.table && key.0.starts_with(&under.0));
    let limit = read.limit.map_or(usize::MAX, |limit| limit as usize);
    within.take(limit).map(|((_, key), bytes)| row(read, key, bytes)).collect()
}

fn exactly(rows: &BTreeMap<(Table, Key), Vec<u8>>, read: &Read, key: &Key) -> Vec<Row> {
    let bytes = rows.get(&(read.table, key.clone()));
    bytes.map(|bytes| row(read, key, bytes)).into_iter().collect()
}

fn row(read: &Read, key: &Key, bytes: &[u8]) -> Row {
    let bytes = match read.want {
        Want::Rows => bytes.to_vec(),
        Want::Keys => Vec::new(),
    };
    Row { key: key.clone(), bytes }
}

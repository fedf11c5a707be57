//! The store: what the tablet asks for, over any [`Tables`] and through any [`Seam`].
//!
//! Everything is encoded and sealed before a transaction opens; what has to be decided inside
//! one is decided at once from rows that need no key. Nothing here reads a clock.

mod acceptance;
pub mod beginning;
mod canary;
mod carrying;
mod catching_up;
mod contact;
mod inspections;
pub mod invited;
mod journals;
mod meta;
mod packs;
mod pulled;
mod safety;
mod seat;
mod survey;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use domain::ids::Epoch;
use minicbor::Decode;

use crate::contract::{Damage, Fault, Rows};
use crate::rows::{self, EpochRow};
use crate::seam::{Clear, Seam};
use crate::tables::{Change, Key, Read, Row, Span, Table, Tables};

/// The name of the record of the epoch.
const EPOCH: &str = "epoch";

/// The facts on this tablet. Clones are handles on the same place.
pub struct Store<T, S = Clear> {
    inner: Rc<Inner<T, S>>,
}

struct Inner<T, S> {
    tables: T,
    seam: S,
    /// The rows of own journals as this handle saw or wrote them last. Nothing is decided by them:
    /// they are what an append hopes to find.
    seen: RefCell<BTreeMap<Key, Row>>,
}

impl<T, S> Clone for Store<T, S> {
    fn clone(&self) -> Self {
        Self { inner: Rc::clone(&self.inner) }
    }
}

impl<T: Tables, S: Seam> Store<T, S> {
    /// A store over a place for rows, behind a seam.
    pub fn new(tables: T, seam: S) -> Self {
        Self { inner: Rc::new(Inner { tables, seam, seen: RefCell::default() }) }
    }

    /// The place for rows.
    pub fn tables(&self) -> &T {
        &self.inner.tables
    }

    /// The seam.
    pub(crate) fn seam(&self) -> &S {
        &self.inner.seam
    }

    /// The change that lets the row with this true key go.
    fn gone(&self, table: Table, key: &Key) -> Change {
        Change::Delete(table, self.inner.seam.lying(table, key))
    }

    /// What to read to have the row with this true key.
    fn lying_at(&self, table: Table, key: &Key) -> Span {
        Span::Exactly(self.inner.seam.lying(table, key))
    }

    /// Puts rows as they are, whatever was there before.
    pub(crate) async fn put_rows(&self, table: Table, rows: Vec<Row>) -> Result<(), Fault> {
        let changes = self.puts(table, rows).await?;
        self.change(&[table], changes).await
    }

    /// The changes that put these rows, sealed where the table's rows are.
    async fn puts(&self, table: Table, rows: Vec<Row>) -> Result<Vec<Change>, Fault> {
        let rows = if table.is_sealed() && !rows.is_empty() {
            self.inner.seam.seal(table, rows).await.map_err(|fault| Fault::Other(fault.0))?
        } else {
            rows
        };
        Ok(rows.into_iter().map(|row| Change::Put(table, row)).collect())
    }

    /// Opens rows of a table, each by itself.
    pub(crate) async fn opened(&self, table: Table, rows: Vec<Row>) -> Vec<Result<Row, Damage>> {
        if !table.is_sealed() {
            return rows.into_iter().map(Ok).collect();
        }
        let opened = self.inner.seam.open(table, rows).await.into_iter();
        let named = opened.map(|row| match row.bytes {
            Ok(bytes) => Ok(Row { key: row.key, bytes }),
            Err(fault) => Err(row.key.damage(table, fault)),
        });
        named.collect()
    }

    /// Opens and reads rows of a table, each by itself.
    async fn values<V: for<'b> Decode<'b, ()>>(
        &self,
        table: Table,
        rows: Vec<Row>,
    ) -> Rows<(Key, V)> {
        let opened = self.opened(table, rows).await.into_iter();
        let read = opened.map(|row| row.and_then(|row| Ok((rows::value(table, &row)?, row.key))));
        Rows::sorted_out(read.map(|read| read.map(|(value, key)| (key, value))))
    }

    /// Reads one value.
    async fn value<V: for<'b> Decode<'b, ()>>(
        &self,
        table: Table,
        key: Key,
    ) -> Result<Option<V>, Fault> {
        let [rows] = self.read([Read::rows(table, Span::Exactly(key))]).await?;
        self.value_in(table, rows).await
    }

    /// The value in what was read at one key.
    async fn value_in<V: for<'b> Decode<'b, ()>>(
        &self,
        table: Table,
        rows: Vec<Row>,
    ) -> Result<Option<V>, Fault> {
        let mut values = self.values(table, rows).await;
        match values.damaged.pop() {
            Some(damage) => Err(Fault::Damaged(damage)),
            None => Ok(values.rows.pop().map(|(_, value)| value)),
        }
    }

    /// Reads several spans in one transaction.
    async fn read<const N: usize>(&self, reads: [Read; N]) -> Result<[Vec<Row>; N], Fault> {
        let found = self.inner.tables.read(&reads).await?;
        found.try_into().map_err(|found: Vec<_>| miscounted(N, found.len()))
    }

    /// Changes rows in one transaction, whatever was there before.
    async fn change(&self, tables: &[Table], changes: Vec<Change>) -> Result<(), Fault> {
        let decide = |_| crate::tables::Decision { changes, value: () };
        self.inner.tables.write(tables, &[], decide).await
    }
}

impl<T> Rows<T> {
    /// Puts what was read on one side and what was not on the other.
    pub(crate) fn sorted_out(read: impl Iterator<Item = Result<T, Damage>>) -> Self {
        let mut sorted = Self::default();
        for row in read {
            match row {
                Ok(row) => sorted.rows.push(row),
                Err(damage) => sorted.damaged.push(damage),
            }
        }
        sorted
    }
}

fn miscounted(asked: usize, found: usize) -> Fault {
    Fault::Other(format!("`{asked}` lists of rows were asked for and `{found}` came"))
}

/// What to read to know the epoch.
fn epoch_read() -> Read {
    Read::rows(Table::Marks, Span::Exactly(rows::name_key(EPOCH)))
}

/// The epoch in what was read.
fn epoch_in(rows: &[Row]) -> Result<Option<Epoch>, Damage> {
    let row = rows.first().map(|row| rows::value::<EpochRow>(Table::Marks, row));
    Ok(row.transpose()?.map(|row| row.epoch))
}

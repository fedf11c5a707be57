//! Rows in the browser's own database.
//!
//! Reads and changes as bytes, in one transaction each, strict where something is written. It
//! decides nothing about what the rows say. Keys and values are `Uint8Array`s.

mod device;
mod fault;
mod open;
mod requests;
mod running;

use core::cell::Cell;

use wasm_bindgen::prelude::Closure;
use web_sys::{Event, IdbDatabase};

pub use self::device::ask_to_persist;
#[cfg(all(test, target_arch = "wasm32"))]
pub(crate) use self::open::VERSION;
pub use self::open::{Closed, Open, delete, exists};
pub use self::running::leave;

use self::fault::fault_of;
use self::requests::{Mode, Transaction};
use crate::contract::{Device, Fault};
use crate::tables::{Change, Decision, Read, Row, Table, Tables};

/// An open connection to the browser's database.
///
/// It gives way when another tab wants to bring the store to another version; from then on
/// every call is [`Fault::Blocked`].
pub struct IndexedDb {
    database: IdbDatabase,
    closed: std::rc::Rc<Cell<Option<Closed>>>,
    /// What the browser calls when the connection has to go; dropped after the connection.
    _handlers: [Closure<dyn FnMut(Event)>; 2],
}

impl IndexedDb {
    /// Why the connection is closed; `None` while it is open.
    pub fn closed(&self) -> Option<Closed> {
        self.closed.get()
    }

    fn transaction(&self, tables: &[Table], mode: Mode) -> Result<Transaction, Fault> {
        if self.closed.get().is_some() || running::is_left() {
            return Err(Fault::Blocked);
        }
        Transaction::begin(&self.database, tables, mode).map_err(|error| fault_of(&error))
    }

    /// Makes changes along with reads, in one transaction. They are on disk when the reads find
    /// what was hoped for; otherwise none of them was made.
    async fn came_true(
        &self,
        tables: &[Table],
        reads: &[Read],
        hoped: &[Vec<Row>],
        changes: &[Change],
    ) -> Result<bool, Fault> {
        let transaction = self.transaction(tables, Mode::StrictReadWrite)?;
        let answer = transaction.read_and_change(reads, changes).await;
        let (found, undecided) = answer.map_err(|error| fault_of(&error))?;
        if found != hoped {
            return Ok(false);
        }
        undecided.keep();
        transaction.complete().await.map_err(|error| fault_of(&error))?;
        Ok(true)
    }
}

impl Drop for IndexedDb {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.set_onclose(None);
        self.database.close();
    }
}

impl Tables for IndexedDb {
    async fn read(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, Fault> {
        let mut tables = Vec::new();
        for read in reads {
            if !tables.contains(&read.table) {
                tables.push(read.table);
            }
        }
        if tables.is_empty() {
            return Ok(Vec::new());
        }
        let transaction = self.transaction(&tables, Mode::ReadOnly)?;
        transaction.read(reads).await.map_err(|error| fault_of(&error))
    }

    async fn write<T>(
        &self,
        tables: &[Table],
        reads: &[Read],
        decide: impl FnOnce(Vec<Vec<Row>>) -> Decision<T>,
    ) -> Result<T, Fault> {
        let transaction = self.transaction(tables, Mode::StrictReadWrite)?;
        let found = transaction.read(reads).await.map_err(|error| fault_of(&error))?;
        // From here to the commit nothing is awaited: the changes are made in one breath.
        let decision = decide(found);
        for change in &decision.changes {
            if let Err(error) = transaction.change(change) {
                transaction.abort();
                return Err(fault_of(&error));
            }
        }
        transaction.complete().await.map_err(|error| fault_of(&error))?;
        Ok(decision.value)
    }

    async fn write_hoping<T>(
        &self,
        tables: &[Table],
        reads: &[Read],
        hoped: Option<Vec<Vec<Row>>>,
        decide: impl Fn(Vec<Vec<Row>>) -> Decision<T>,
    ) -> Result<T, Fault> {
        if let Some(hoped) = hoped {
            let decision = decide(hoped.clone());
            let has_changes = !decision.changes.is_empty();
            if has_changes && self.came_true(tables, reads, &hoped, &decision.changes).await? {
                return Ok(decision.value);
            }
        }
        self.write(tables, reads, decide).await
    }

    async fn device(&self) -> Device {
        device::device().await
    }
}

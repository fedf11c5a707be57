//! The transactions of this page that are under way, so that none stays behind when it is left.
//!
//! A browser may keep a page aside that was left (the back/forward cache). WebKit keeps its
//! transactions with it, unfinished: even one that only reads then lets no other page write, for as
//! long as the page is kept. When a page is left is not known here.

use std::cell::{Cell, RefCell};

use web_sys::IdbTransaction;

thread_local! {
    static RUNNING: RefCell<Vec<IdbTransaction>> = const { RefCell::new(Vec::new()) };
    static IS_LEFT: Cell<bool> = const { Cell::new(false) };
}

/// Whether this page was left: nothing may be begun any more.
pub(super) fn is_left() -> bool {
    IS_LEFT.get()
}

/// That a transaction is under way, until it is dropped.
pub(super) struct Running(IdbTransaction);

impl Running {
    /// A transaction that was just begun.
    pub(super) fn of(transaction: &IdbTransaction) -> Self {
        RUNNING.with_borrow_mut(|running| running.push(transaction.clone()));
        Self(transaction.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.with_borrow_mut(|running| running.retain(|other| *other != self.0));
    }
}

/// This page is left: takes back whatever is under way in any database, and begins nothing any more.
/// What was to be read or written is told as failed.
pub fn leave() {
    IS_LEFT.set(true);
    let running = RUNNING.with_borrow(Clone::clone);
    for transaction in running {
        // It fails only when the transaction is over.
        let _ = transaction.abort();
    }
}

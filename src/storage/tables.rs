//! What a place for rows must be able to do: read, and write in one piece or not at all.
//!
//! Everything that is decided is decided in `store`, between the reads and the changes of one
//! transaction, by a function that cannot wait. So memory and IndexedDB hold no rule of their
//! own, and neither ever awaits anything foreign inside a transaction.

use domain::ids::to_hex;

use crate::contract::{Damage, Device, Fault};

/// A kind of row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Events, own and pulled, by inspection ‖ journal ‖ seq ‖ id. Two events after the same
    /// one stand side by side.
    Events,
    /// What headquarters said of an event, by the same key.
    Places,
    /// Signed heads that came with pulled events, by inspection ‖ journal ‖ seq ‖ id of the tip.
    Heads,
    /// Where each own journal ends and what is accepted of it, by inspection ‖ journal.
    Journals,
    /// How far each inspection is pulled, by inspection.
    Inspections,
    /// Packs by hash.
    Packs,
    /// Text that is no event yet, by inspection ‖ field.
    Drafts,
    /// Single records: the seat and former ones, the list of packs, the last checkpoint and
    /// contact, the canary.
    Meta,
    /// Single records that decide about a write: the epoch.
    Marks,
    /// Bundles of colleagues on their way through this tablet, by the SHA-256 of the file.
    Carried,
    /// Vaults on this tablet, by slot; in a database of its own.
    Slots,
}

impl Table {
    /// Every table of the directory of vaults.
    pub const DIRECTORY: [Self; 1] = [Self::Slots];

    /// Every table of a store.
    pub const ALL: [Self; 10] = [
        Self::Events,
        Self::Places,
        Self::Heads,
        Self::Journals,
        Self::Inspections,
        Self::Packs,
        Self::Drafts,
        Self::Meta,
        Self::Marks,
        Self::Carried,
    ];

    /// Its name in the browser's database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Places => "places",
            Self::Heads => "heads",
            Self::Journals => "journals",
            Self::Inspections => "inspections",
            Self::Packs => "packs",
            Self::Drafts => "drafts",
            Self::Meta => "meta",
            Self::Marks => "marks",
            Self::Carried => "carried",
            Self::Slots => "slots",
        }
    }

    /// Whether its rows pass the seam. Two that do not are read inside transactions, where
    /// nothing can wait for a key, and hold no more than the keys of other rows tell anyway; slots
    /// are what opens the others.
    pub fn is_sealed(self) -> bool {
        match self {
            Self::Journals | Self::Marks | Self::Slots => false,
            Self::Events
            | Self::Places
            | Self::Heads
            | Self::Inspections
            | Self::Packs
            | Self::Drafts
            | Self::Meta
            | Self::Carried => true,
        }
    }

    /// How many bytes of a key may be read, where the rest of it would tell something; `None` where
    /// the whole key may. Fields are named after items, packs tell what is inspected, and a
    /// colleague's bundle can be known by its hash.
    pub fn shown_of_key(self) -> Option<usize> {
        match self {
            Self::Drafts => Some(domain::ids::InspectionId::LEN),
            Self::Packs | Self::Carried => Some(0),
            Self::Events
            | Self::Places
            | Self::Heads
            | Self::Journals
            | Self::Inspections
            | Self::Meta
            | Self::Marks
            | Self::Slots => None,
        }
    }
}

/// The key of a row: ids one after the other, so that rows of one inspection stand together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(pub Vec<u8>);

impl Key {
    /// A key of several parts.
    pub fn of(parts: &[&[u8]]) -> Self {
        Self(parts.concat())
    }

    /// The smallest key that is greater than every key beginning with this one; `None` when
    /// there is no such key.
    pub fn after_prefix(&self) -> Option<Self> {
        let kept = self.0.iter().rposition(|byte| *byte != u8::MAX)?;
        let mut after = self.0.get(..=kept)?.to_vec();
        *after.last_mut()? += 1;
        Some(Self(after))
    }

    /// The smallest key that is greater than this one.
    #[must_use]
    pub fn next(&self) -> Self {
        Self::of(&[&self.0, &[0]])
    }

    /// The damage of the row with this key.
    pub fn damage(&self, table: Table, why: impl ToString) -> Damage {
        Damage { table, row: to_hex(&self.0), why: why.to_string() }
    }
}

/// One row as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its key.
    pub key: Key,
    /// Its bytes; empty when only keys were asked for.
    pub bytes: Vec<u8>,
}

/// Which rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// The one with this key.
    Exactly(Key),
    /// Those whose key begins with this; all for an empty one.
    Under(Key),
    /// Those whose key begins with `under` and is not smaller than `from`.
    From {
        /// The smallest key wanted.
        from: Key,
        /// How the keys begin.
        under: Key,
    },
}

/// How much of each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Key and bytes.
    Rows,
    /// The key alone.
    Keys,
}

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// From which table.
    pub table: Table,
    /// Which rows, in the order of their keys.
    pub span: Span,
    /// At most how many.
    pub limit: Option<u32>,
    /// How much of each.
    pub want: Want,
}

impl Read {
    /// Reads whole rows.
    pub fn rows(table: Table, span: Span) -> Self {
        Self { table, span, limit: None, want: Want::Rows }
    }

    /// Reads keys alone.
    pub fn keys(table: Table, span: Span) -> Self {
        Self { table, span, limit: None, want: Want::Keys }
    }

    /// Stops after `limit` rows.
    #[must_use]
    pub fn at_most(self, limit: u32) -> Self {
        Self { limit: Some(limit), ..self }
    }
}

/// One thing to change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The row is there afterwards, whatever was there before.
    Put(Table, Row),
    /// The row is not there afterwards.
    Delete(Table, Key),
}

/// What follows from what was read.
#[derive(Debug, Clone)]
pub struct Decision<T> {
    /// What to change; nothing to leave everything as it is.
    pub changes: Vec<Change>,
    /// What to tell the caller once the changes are on disk.
    pub value: T,
}

impl<T> Decision<T> {
    /// Changes nothing.
    pub fn leave(value: T) -> Self {
        Self { changes: Vec::new(), value }
    }
}

/// A place for rows.
#[expect(async_fn_in_trait, reason = "a page has one thread: no future here is ever sent")]
pub trait Tables {
    /// Reads everything in one transaction; one list of rows for each [`Read`].
    ///
    /// # Errors
    /// See [`Fault`].
    async fn read(&self, reads: &[Read]) -> Result<Vec<Vec<Row>>, Fault>;

    /// Reads, decides and changes in one transaction over `tables`, which nothing else can come
    /// between. Returns when the changes are on disk, or with none of them made.
    ///
    /// # Errors
    /// See [`Fault`].
    async fn write<T>(
        &self,
        tables: &[Table],
        reads: &[Read],
        decide: impl FnOnce(Vec<Vec<Row>>) -> Decision<T>,
    ) -> Result<T, Fault>;

    /// The same as [`Tables::write`], for a caller who may know what the reads will find. What is
    /// decided for `hoped` is made along with the reads, so that nothing waits for them to come
    /// back. When they find anything else, none of it was made, and everything is done as in
    /// [`Tables::write`].
    ///
    /// `decide` may be asked twice and has to answer the same to the same.
    ///
    /// # Errors
    /// See [`Fault`].
    async fn write_hoping<T>(
        &self,
        tables: &[Table],
        reads: &[Read],
        hoped: Option<Vec<Vec<Row>>>,
        decide: impl Fn(Vec<Vec<Row>>) -> Decision<T>,
    ) -> Result<T, Fault>;

    /// What there is to know about the place.
    async fn device(&self) -> Device;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_prefix_is_the_next_key_that_does_not_begin_with_it() {
        let cases: [(&[u8], Option<&[u8]>); 4] = [
            (&[1, 2], Some(&[1, 3])),
            (&[1, 0xff], Some(&[2])),
            (&[0xff, 0xff], None),
            (&[], None),
        ];
        for (prefix, after) in cases {
            let expected = after.map(|after| Key(after.to_vec()));
            assert_eq!(Key(prefix.to_vec()).after_prefix(), expected, "{prefix:?}");
        }
    }
}

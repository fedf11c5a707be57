//! The directory of vaults: which there are on this tablet, and what opens each.
//!
//! A small database of its own, in clear by design: no name and no preference is in it, and nothing
//! that was recorded. Whose vault is which is known by its number alone.

use domain::moment::Moment;
use domain::order;
use proof::vault::SlotId;

use crate::contract::{Fault, Rows};
use crate::rows;
use crate::tables::{Change, Decision, Key, Read, Row, Span, Table, Tables};
use crate::vault::slot::{Slot, SlotRow};

/// The vaults on this tablet.
#[derive(Debug, Clone)]
pub struct Directory<T> {
    tables: T,
}

impl<T: Tables> Directory<T> {
    /// The directory in a place for rows.
    pub fn new(tables: T) -> Self {
        Self { tables }
    }

    /// Every slot, the one used last first. One that cannot be read is reported by name.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn slots(&self) -> Result<Rows<Slot>, Fault> {
        let found = self.tables.read(&[all()]).await?;
        let mut slots = Rows::sorted_out(found.iter().flatten().map(slot_in));
        order::sort_by_key(&mut slots.rows, |slot| (core::cmp::Reverse(slot.used_at), slot.number));
        Ok(slots)
    }

    /// Adds a slot; it gets the number after all that were ever given and are still here.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn add(&self, slot: Slot) -> Result<Slot, Fault> {
        let decide = |found: Vec<Vec<Row>>| {
            let numbers = found.iter().flatten().filter_map(|row| slot_in(row).ok());
            let last = numbers.map(|slot| slot.number).max().unwrap_or(0);
            let slot = Slot { number: last.saturating_add(1), ..slot };
            Decision { changes: vec![put(&slot)], value: slot }
        };
        self.tables.write(&[Table::Slots], &[all()], decide).await
    }

    /// Changes a slot as it is; `None` when it is not there or cannot be read.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn change(
        &self,
        id: SlotId,
        change: impl FnOnce(Slot) -> Slot,
    ) -> Result<Option<Slot>, Fault> {
        let read = Read::rows(Table::Slots, Span::Exactly(key(id)));
        let decide = |found: Vec<Vec<Row>>| {
            let slot = found.iter().flatten().find_map(|row| slot_in(row).ok());
            let Some(slot) = slot.map(change) else { return Decision::leave(None) };
            Decision { changes: vec![put(&slot)], value: Some(slot) }
        };
        self.tables.write(&[Table::Slots], &[read], decide).await
    }

    /// A wrong passphrase was tried at `now`.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn note_wrong(&self, id: SlotId, now: Moment) -> Result<Option<Slot>, Fault> {
        let wrong = |slot: Slot| Slot { attempts: slot.attempts.and_failed(now), ..slot };
        self.change(id, wrong).await
    }

    /// The vault was opened at `now`.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn note_opened(&self, id: SlotId, now: Moment) -> Result<Option<Slot>, Fault> {
        let opened = |slot| Slot { attempts: Default::default(), used_at: now, ..slot };
        self.change(id, opened).await
    }

    /// Takes a slot out. Its store is the caller's to delete, before.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn remove(&self, id: SlotId) -> Result<(), Fault> {
        let changes = vec![Change::Delete(Table::Slots, key(id))];
        let decide = |_| Decision { changes, value: () };
        self.tables.write(&[Table::Slots], &[], decide).await
    }
}

fn all() -> Read {
    Read::rows(Table::Slots, Span::Under(Key(Vec::new())))
}

fn key(id: SlotId) -> Key {
    Key::of(&[&id.0])
}

fn put(slot: &Slot) -> Change {
    Change::Put(Table::Slots, rows::row(key(slot.id), &SlotRow::of(slot)))
}

fn slot_in(row: &Row) -> Result<Slot, crate::contract::Damage> {
    let read: SlotRow = rows::value(Table::Slots, row)?;
    read.slot().map_err(|why| row.key.damage(Table::Slots, why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Memory;
    use crate::suite::samples::{at_once, slot};

    #[test]
    fn slots_are_numbered_in_the_order_of_enrolment_and_the_last_used_comes_first() {
        let directory = Directory::new(Memory::new());
        for id in [7, 3, 5] {
            at_once(directory.add(slot(id))).expect("it has room");
        }
        at_once(directory.note_opened(slot(3).id, Moment(9))).expect("it has room");
        let slots = at_once(directory.slots()).expect("it reads").rows;
        let order: Vec<_> = slots.iter().map(|slot| (slot.number, slot.id.0[0])).collect();
        assert_eq!(order, [(2, 3), (1, 7), (3, 5)]);
    }

    #[test]
    fn wrong_passphrases_are_counted_until_the_right_one() {
        let directory = Directory::new(Memory::new());
        at_once(directory.add(slot(1))).expect("it has room");
        for _ in 0..4 {
            at_once(directory.note_wrong(slot(1).id, Moment(0))).expect("it has room");
        }
        let slow = at_once(directory.slots()).expect("it reads").rows.remove(0).attempts;
        assert_eq!((slow.failed(), slow.wait_ms(Moment(0))), (4, 1000));
        at_once(directory.note_opened(slot(1).id, Moment(1))).expect("it has room");
        let open = at_once(directory.slots()).expect("it reads").rows.remove(0).attempts;
        assert_eq!((open.failed(), open.wait_ms(Moment(1))), (0, 0));
    }

    #[test]
    fn a_damaged_slot_is_named_and_the_others_are_read() {
        let memory = Memory::new();
        let directory = Directory::new(memory.clone());
        for id in [1, 2] {
            at_once(directory.add(slot(id))).expect("it has room");
        }
        let mut row = memory.rows(Table::Slots).remove(0);
        row.bytes[9] ^= 1;
        memory.overwrite(Table::Slots, row);
        let slots = at_once(directory.slots()).expect("the other reads");
        assert_eq!((slots.rows.len(), slots.damaged.len()), (1, 1));
        at_once(directory.remove(slot(2).id)).expect("it has room");
        assert_eq!(at_once(directory.slots()).expect("it reads").rows.len(), 0);
    }
}

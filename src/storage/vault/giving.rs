//! A locked vault as the file that headquarters can open with its escrow key.
//!
//! Nothing is opened here: rows go as they lie. Packs stay, because headquarters has them.

use proof::vault::file::{SealedRow, SealedVault};

use super::slot::Slot;
use crate::contract::Fault;
use crate::tables::{Key, Read, Row, Span, Table, Tables};

/// Every row of a vault with its key in escrow; `None` when it has none.
///
/// # Errors
/// See [`Fault`].
pub async fn give<T: Tables>(slot: &Slot, tables: &T) -> Result<Option<SealedVault>, Fault> {
    let Some(escrow) = slot.escrow.clone() else { return Ok(None) };
    let given = Table::ALL.into_iter().filter(|table| *table != Table::Packs);
    let mut rows = Vec::new();
    for table in given {
        let all = Read::rows(table, Span::Under(Key(Vec::new())));
        let found = tables.read(&[all]).await?.into_iter().flatten();
        rows.extend(found.map(|row| sealed(table, row)));
    }
    Ok(Some(SealedVault { slot: slot.id, seat: slot.seat, escrow, rows }))
}

fn sealed(table: Table, Row { key, bytes }: Row) -> SealedRow {
    SealedRow { table: table.name().to_owned(), key: key.0, bytes, is_sealed: table.is_sealed() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Memory;
    use crate::store::Store;
    use crate::suite::samples::{appended, at_once, draft, escrow_keys, journal, slot, vault};
    use proof::vault::recovered::{Recovered, read};

    #[test]
    fn headquarters_reads_what_a_locked_vault_holds() {
        let memory = Memory::new();
        let store = Store::new(memory.clone(), vault(1));
        at_once(appended(&store, journal(1, 1), &["a", "b"]));
        at_once(store.put_draft(&draft("facts", "a"))).expect("it has room");
        let given = at_once(give(&slot(1), &memory)).expect("it reads").expect("it has escrow");
        let file = SealedVault::from_bytes(&given.to_bytes()).expect("it was written here");
        let rows: Vec<_> = file.open(&escrow_keys()).expect("it is its key").collect();
        let rows: Vec<_> = rows.into_iter().map(|row| row.expect("nothing is damaged")).collect();
        let events = rows.iter().filter_map(|row| match read(row) {
            Ok(Recovered::Event(event)) => Some(event.header.seq),
            Ok(
                Recovered::Head(_) | Recovered::Seat(_) | Recovered::Draft(_) | Recovered::Other,
            )
            | Err(_) => None,
        });
        assert_eq!(events.collect::<Vec<_>>(), [0, 1]);
        let key = [&[1; 16], b"facts".as_slice()].concat();
        assert!(rows.iter().any(|row| row.table == "drafts" && row.key == key));
    }

    #[test]
    fn without_escrow_there_is_nothing_to_give() {
        let slot = Slot { escrow: None, ..slot(1) };
        assert_eq!(at_once(give(&slot, &Memory::new())), Ok(None));
    }
}

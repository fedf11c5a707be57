//! Moving a store that lay in clear into a vault, row by row.
//!
//! Nothing is deleted here. Who deletes the clear store does it after everything was found again
//! in the vault, byte by byte; until then a crash starts over.

use thiserror::Error;

use super::Vault;
use crate::contract::{Damage, Fault};
use crate::seam::Seam;
use crate::store::Store;
use crate::tables::{Key, Read, Row, Span, Table, Tables};

/// How many rows are written at once.
const AT_ONCE: usize = 500;

/// Why not everything was moved. What lay in clear is as it was.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MoveFault {
    /// A store did not do what was asked.
    #[error(transparent)]
    Store(#[from] Fault),
    /// A row is not found again in the vault as it was.
    #[error("not everything arrived in the vault: {0}")]
    Missing(Damage),
}

/// Copies every row into a vault's store, then reads each back and compares it. Returns how many
/// there are.
///
/// # Errors
/// See [`MoveFault`].
pub async fn copy<F: Tables, T: Tables>(
    from: &F,
    into: &Store<T, Vault>,
) -> Result<usize, MoveFault> {
    let mut count = 0;
    for table in Table::ALL {
        let all = Read::rows(table, Span::Under(Key(Vec::new())));
        let rows: Vec<Row> = from.read(&[all]).await?.into_iter().flatten().collect();
        for some in rows.chunks(AT_ONCE) {
            into.put_rows(table, some.to_vec()).await?;
            check(table, some, into).await?;
        }
        count += rows.len();
    }
    Ok(count)
}

async fn check<T: Tables>(
    table: Table,
    rows: &[Row],
    into: &Store<T, Vault>,
) -> Result<(), MoveFault> {
    let lying = |row: &Row| match table.is_sealed() {
        true => into.seam().lying(table, &row.key),
        false => row.key.clone(),
    };
    let reads = rows.iter().map(|row| Read::rows(table, Span::Exactly(lying(row))));
    let found = into.tables().read(&reads.collect::<Vec<_>>()).await?;
    for (row, found) in rows.iter().zip(found) {
        let opened = into.opened(table, found).await.pop();
        if opened.and_then(Result::ok).as_ref() != Some(row) {
            return Err(MoveFault::Missing(row.key.damage(table, "it is not there as it was")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Memory;
    use crate::suite::samples::{EPOCH, appended, at_once, draft, journal, vault};
    use proof::hash::pack_hash;

    async fn clear() -> Memory {
        let memory = Memory::new();
        let store: Store<Memory> = Store::new(memory.clone(), crate::seam::Clear);
        store.begin_epoch(EPOCH).await.expect("it has room");
        appended(&store, journal(1, 1), &["a", "b", "c"]).await;
        store.put_draft(&draft("facts", "Thiếu sổ")).await.expect("it has room");
        store.put_pack(pack_hash(b"law"), b"law".to_vec()).await.expect("it has room");
        memory
    }

    #[test]
    fn everything_is_in_the_vault_and_the_clear_store_is_as_it_was() {
        let from = at_once(clear());
        let before: Vec<_> = Table::ALL.iter().map(|table| from.rows(*table)).collect();
        let into = Store::new(Memory::new(), vault(1));
        let count = before.iter().map(Vec::len).sum();
        assert_eq!(at_once(copy(&from, &into)), Ok(count));
        assert_eq!(at_once(copy(&from, &into)), Ok(count), "a second time changes nothing");
        let after: Vec<_> = Table::ALL.iter().map(|table| from.rows(*table)).collect();
        assert_eq!(before, after);
        let inspection = journal(1, 1).inspection;
        assert_eq!(at_once(into.entries(inspection)).expect("it reads").rows.len(), 3);
        assert_eq!(at_once(into.drafts(inspection)).expect("it reads").rows.len(), 1);
        assert_eq!(at_once(into.pack(pack_hash(b"law"))), Ok(Some(b"law".to_vec())));
        assert_eq!(at_once(into.epoch()), Ok(Some(EPOCH)));
    }

    #[test]
    fn a_full_disk_in_the_middle_is_told_and_loses_nothing() {
        let from = at_once(clear());
        let memory = Memory::new();
        let into = Store::new(memory.clone(), vault(1));
        memory.fail_after(1, Fault::Full);
        assert_eq!(at_once(copy(&from, &into)), Err(MoveFault::Store(Fault::Full)));
        assert_eq!(at_once(copy(&from, &into)), Ok(7));
    }
}

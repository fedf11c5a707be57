//! The vault: the seam that lets nothing readable lie on the disk.
//!
//! Each row is sealed by itself for its table and key, under a fresh nonce; a key that would tell
//! something is replaced by one that does not. Everything happens in memory and at once, so nothing
//! waits inside or outside a transaction. No key is made, unwrapped or kept here.

pub mod attempts;
pub mod giving;
pub mod moving;
pub mod parameters;
pub mod slot;

use std::rc::Rc;

use proof::vault::DataKey;
use proof::vault::row::{self, NONCE_BYTES, RowCipher, RowFault};
use zeroize::Zeroizing;

use crate::seam::{OpenedRow, Seam, SeamFault};
use crate::tables::{Key, Row, Table};

/// Fills bytes with chance; says why when there is none.
pub type Chance = dyn Fn(&mut [u8]) -> Result<(), SeamFault>;

/// An open vault. Clones are handles on the same keys.
#[derive(Clone)]
pub struct Vault {
    inner: Rc<Inner>,
}

struct Inner {
    rows: RowCipher,
    names: Zeroizing<[u8; 32]>,
    chance: Box<Chance>,
}

/// Prints nothing of the keys.
impl core::fmt::Debug for Vault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Vault")
    }
}

impl Vault {
    /// The vault of a data key; `chance` gives the nonces.
    pub fn new(
        key: &DataKey,
        chance: impl Fn(&mut [u8]) -> Result<(), SeamFault> + 'static,
    ) -> Self {
        let rows = RowCipher::new(&key.rows());
        let inner = Inner { rows, names: key.names(), chance: Box::new(chance) };
        Self { inner: Rc::new(inner) }
    }

    fn sealed(&self, table: Table, row: &Row, nonce: &[u8; NONCE_BYTES]) -> Result<Row, RowFault> {
        let key = self.lying(table, &row.key);
        let true_key = (key != row.key).then_some(row.key.0.as_slice());
        let content = Zeroizing::new(row::plain(true_key, &row.bytes)?);
        let bytes = self.inner.rows.seal(nonce, &row::place(table.name(), &key.0), &content)?;
        Ok(Row { key, bytes })
    }

    fn opened(&self, table: Table, row: &Row) -> Result<Row, RowFault> {
        let content = self.inner.rows.open(&row::place(table.name(), &row.key.0), &row.bytes)?;
        let (true_key, bytes) = row::read_plain(&content)?;
        let key = true_key.map_or_else(|| row.key.clone(), |key| Key(key.to_vec()));
        Ok(Row { key, bytes: bytes.to_vec() })
    }
}

impl Seam for Vault {
    async fn seal(&self, table: Table, rows: Vec<Row>) -> Result<Vec<Row>, SeamFault> {
        let mut nonces = vec![0; rows.len() * NONCE_BYTES];
        (self.inner.chance)(&mut nonces)?;
        let (nonces, _) = nonces.as_chunks::<NONCE_BYTES>();
        let sealed = rows.iter().zip(nonces).map(|(row, nonce)| self.sealed(table, row, nonce));
        sealed.collect::<Result<_, _>>().map_err(|fault| SeamFault(fault.to_string()))
    }

    async fn open(&self, table: Table, rows: Vec<Row>) -> Vec<OpenedRow> {
        let open = |row: Row| match self.opened(table, &row) {
            Ok(Row { key, bytes }) => OpenedRow { key, bytes: Ok(bytes) },
            Err(fault) => OpenedRow { key: row.key, bytes: Err(SeamFault(fault.to_string())) },
        };
        rows.into_iter().map(open).collect()
    }

    fn lying(&self, table: Table, key: &Key) -> Key {
        let Some(shown) = table.shown_of_key() else { return key.clone() };
        let (shown, hidden) = key.0.split_at(shown.min(key.0.len()));
        Key(row::stand_in(&self.inner.names, table.name(), shown, hidden))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::samples::{at_once, vault};

    fn row(key: &[u8], bytes: &[u8]) -> Row {
        Row { key: Key(key.to_vec()), bytes: bytes.to_vec() }
    }

    fn sealed(table: Table, row: Row) -> Row {
        let mut sealed = at_once(vault(1).seal(table, vec![row])).expect("there is chance");
        sealed.pop().expect("one")
    }

    fn opens(vault: &Vault, table: Table, row: Row) -> bool {
        at_once(vault.open(table, vec![row])).iter().all(|row| row.bytes.is_ok())
    }

    #[test]
    fn a_row_comes_back_under_its_true_key() {
        for table in Table::ALL.into_iter().filter(|table| table.is_sealed()) {
            let before = row(&[7; 40], "Thiếu sổ theo dõi".as_bytes());
            let lies = sealed(table, before.clone());
            assert!(!lies.bytes.windows(5).any(|part| part == b"Thi\xe1\xba"), "{table}");
            let after = at_once(vault(1).open(table, vec![lies])).pop().expect("one");
            assert_eq!((after.key, after.bytes), (before.key, Ok(before.bytes)), "{table}");
        }
    }

    #[test]
    fn a_row_moved_to_another_key_table_or_vault_does_not_open() {
        let lies = sealed(Table::Events, row(&[7; 40], b"text"));
        assert!(opens(&vault(1), Table::Events, lies.clone()));
        assert!(!opens(&vault(1), Table::Heads, lies.clone()));
        assert!(!opens(&vault(2), Table::Events, lies.clone()));
        assert!(!opens(&vault(1), Table::Events, Row { key: Key(vec![8; 40]), ..lies }));
    }

    #[test]
    fn names_of_fields_and_hashes_of_packs_do_not_lie_there() {
        let field = [&[5; 16], b"print.licence".as_slice()].concat();
        let lies = sealed(Table::Drafts, row(&field, b"text"));
        assert!(lies.key.0.starts_with(&[5; 16]), "drafts of an inspection stand together");
        assert!(!lies.key.0.windows(5).any(|part| part == b"print"));
        for table in [Table::Packs, Table::Carried] {
            let lies = sealed(table, row(&[9; 32], b"a"));
            assert!(lies.key.0.len() == 16 && lies.key.0 != [9; 16], "{table}");
        }
    }

    #[test]
    fn the_same_row_never_lies_there_twice_in_the_same_bytes() {
        let twice = vec![row(b"k", b"text"), row(b"k", b"text")];
        let sealed = at_once(vault(1).seal(Table::Events, twice)).expect("there is chance");
        assert_ne!(sealed[0].bytes, sealed[1].bytes);
    }

    #[test]
    fn without_chance_nothing_is_sealed() {
        let none = Vault::new(&DataKey::new([1; 32]), |_| Err(SeamFault("no chance".to_owned())));
        let refused = at_once(none.seal(Table::Events, vec![row(b"k", b"text")]));
        assert_eq!(refused, Err(SeamFault("no chance".to_owned())));
    }
}

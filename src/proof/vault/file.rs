//! The file in which a locked vault is given to headquarters: `sealed vault v1`.
//!
//! Deterministic CBOR, an array of `[context, slot, seat or null, escrow, rows]`, each row an array
//! of `[table, key, bytes, sealed]` as it lies on the tablet. Nothing in it can be read but by the
//! escrow key; whether what comes out is true is proven by the events themselves.

use domain::cbor::{self, CborFault};
use domain::ids::SeatId;
use minicbor::{Decode, Encode};
use thiserror::Error;

use super::SlotId;
use super::escrow::{self, EscrowFault};
use super::row::{self, RowCipher, RowFault};
use crate::envelope::EnvelopeKeyPair;

/// What the file is.
pub const CONTEXT: &str = "bienban/sealed-vault/v1";

/// How the name of such a file ends.
pub const EXTENSION: &str = ".bienban-vault";

/// A locked vault: every row as it lies, and the data key in escrow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedVault {
    /// Which vault.
    pub slot: SlotId,
    /// The seat that worked in it last.
    pub seat: Option<SeatId>,
    /// The data key, by [`escrow::wrap`].
    pub escrow: Vec<u8>,
    /// Every row.
    pub rows: Vec<SealedRow>,
}

/// A row as it lies.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct SealedRow {
    /// Its table's name.
    #[n(0)]
    pub table: String,
    /// Its key as it lies.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub key: Vec<u8>,
    /// Its bytes as they lie.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
    /// Whether they are sealed; two tables lie in clear.
    #[n(3)]
    pub is_sealed: bool,
}

/// A row as it was before it was sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedRow {
    /// Its table's name.
    pub table: String,
    /// Its true key.
    pub key: Vec<u8>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A row that does not open, by name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("row `{row}` of `{table}` does not open: {fault}; the others do")]
pub struct DamagedRow {
    /// Its table's name.
    pub table: String,
    /// Its key as it lies, as hexadecimal digits.
    pub row: String,
    /// Why.
    pub fault: RowFault,
}

/// Why a file is not a sealed vault.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileFault {
    /// The bytes are not deterministic CBOR.
    #[error("the file cannot be read: {0}")]
    Cbor(#[from] CborFault),
    /// The bytes are CBOR but not a vault.
    #[error("the file is not a sealed vault: {0}")]
    Shape(String),
    /// The bytes are something else, or of a later version.
    #[error("the file is a `{0}`, not a `{CONTEXT}`")]
    Context(String),
}

#[derive(Encode, Decode)]
struct Form {
    #[n(0)]
    context: String,
    #[n(1)]
    slot: SlotId,
    #[n(2)]
    seat: Option<SeatId>,
    #[cbor(n(3), with = "minicbor::bytes")]
    escrow: Vec<u8>,
    #[n(4)]
    rows: Vec<SealedRow>,
}

impl SealedVault {
    /// The file.
    #[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let Self { slot, seat, escrow, rows } = self.clone();
        let form = Form { context: CONTEXT.to_owned(), slot, seat, escrow, rows };
        minicbor::to_vec(&form).expect("writing into memory does not fail")
    }

    /// Reads a file.
    ///
    /// # Errors
    /// See [`FileFault`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, FileFault> {
        cbor::check(bytes)?;
        let form: Form =
            minicbor::decode(bytes).map_err(|fault| FileFault::Shape(fault.to_string()))?;
        if form.context != CONTEXT {
            return Err(FileFault::Context(form.context.chars().take(80).collect()));
        }
        let Form { slot, seat, escrow, rows, .. } = form;
        Ok(Self { slot, seat, escrow, rows })
    }

    /// Opens the vault with the private half of the escrow key: every row, each by itself.
    ///
    /// # Errors
    /// See [`EscrowFault`].
    pub fn open(
        &self,
        keys: &EnvelopeKeyPair,
    ) -> Result<impl Iterator<Item = Result<OpenedRow, DamagedRow>> + '_, EscrowFault> {
        let key = escrow::unwrap(&self.escrow, self.slot, keys)?;
        let cipher = RowCipher::new(&key.rows());
        Ok(self.rows.iter().map(move |row| row.open(&cipher)))
    }
}

impl SealedRow {
    fn open(&self, cipher: &RowCipher) -> Result<OpenedRow, DamagedRow> {
        self.opened(cipher).map_err(|fault| DamagedRow {
            table: self.table.clone(),
            row: domain::ids::to_hex(&self.key),
            fault,
        })
    }

    fn opened(&self, cipher: &RowCipher) -> Result<OpenedRow, RowFault> {
        let Self { table, key, bytes, is_sealed } = self;
        if !is_sealed {
            return Ok(OpenedRow { table: table.clone(), key: key.clone(), bytes: bytes.clone() });
        }
        let content = cipher.open(&row::place(table, key), bytes)?;
        let (true_key, bytes) = row::read_plain(&content)?;
        let key = true_key.unwrap_or(key).to_vec();
        Ok(OpenedRow { table: table.clone(), key, bytes: bytes.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::Entropy;
    use crate::vault::DataKey;
    use proptest::prelude::*;

    const SLOT: SlotId = SlotId([1; 16]);

    fn keys() -> EnvelopeKeyPair {
        EnvelopeKeyPair::from_secret(&[5; 32])
    }

    fn sealed(table: &str, key: &[u8], true_key: Option<&[u8]>, bytes: &[u8]) -> SealedRow {
        let cipher = RowCipher::new(&DataKey::new([7; 32]).rows());
        let content = row::plain(true_key, bytes).expect("it is short");
        let bytes = cipher.seal(&[3; 12], &row::place(table, key), &content).expect("it is small");
        SealedRow { table: table.to_owned(), key: key.to_vec(), bytes, is_sealed: true }
    }

    fn vault() -> SealedVault {
        let escrow =
            escrow::wrap(&DataKey::new([7; 32]), SLOT, &keys().public(), &Entropy([2; 32]));
        let clear = SealedRow {
            table: "marks".to_owned(),
            key: b"epoch".to_vec(),
            bytes: vec![0xa0],
            is_sealed: false,
        };
        SealedVault {
            slot: SLOT,
            seat: Some(SeatId([4; 16])),
            escrow: escrow.expect("it is a key"),
            rows: vec![
                sealed("events", b"e1", None, b"an event"),
                sealed("drafts", b"stand-in", Some(b"print.a"), b"a draft"),
                clear,
            ],
        }
    }

    #[test]
    fn the_escrow_key_gives_every_row_back_under_its_true_key() {
        let read = SealedVault::from_bytes(&vault().to_bytes()).expect("it was written here");
        assert_eq!(read, vault());
        let rows: Result<Vec<_>, _> = read.open(&keys()).expect("it is its key").collect();
        let rows = rows.expect("nothing is damaged");
        let found: Vec<_> = rows.iter().map(|row| (&*row.table, &*row.key, &*row.bytes)).collect();
        let expected: [(&str, &[u8], &[u8]); 3] = [
            ("events", b"e1", b"an event"),
            ("drafts", b"print.a", b"a draft"),
            ("marks", b"epoch", &[0xa0]),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_damaged_row_is_named_and_the_others_open() {
        let mut vault = vault();
        vault.rows[0].bytes[20] ^= 1;
        let rows: Vec<_> = vault.open(&keys()).expect("it is its key").collect();
        let fault = RowFault::Changed;
        let damaged = DamagedRow { table: "events".to_owned(), row: "6531".to_owned(), fault };
        assert_eq!(rows[0], Err(damaged));
        assert!(rows[1..].iter().all(Result::is_ok));
    }

    #[test]
    fn a_row_moved_to_another_table_or_key_does_not_open() {
        for (table, key) in [("heads", &b"e1"[..]), ("events", b"e2")] {
            let mut vault = vault();
            vault.rows[0].table = table.to_owned();
            vault.rows[0].key = key.to_vec();
            let first = vault.open(&keys()).expect("it is its key").next();
            assert!(matches!(first, Some(Err(_))), "{table}");
        }
    }

    #[test]
    fn a_file_of_another_kind_or_version_is_refused() {
        let mut bytes = vault().to_bytes();
        let at = bytes.windows(3).position(|three| three == b"/v1").expect("it is there");
        bytes[at + 2] = b'2';
        assert!(matches!(SealedVault::from_bytes(&bytes), Err(FileFault::Context(_))));
        assert!(matches!(SealedVault::from_bytes(&[0x80]), Err(FileFault::Shape(_))));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_without_panic(bytes: Vec<u8>) {
            let _ = SealedVault::from_bytes(&bytes);
        }
    }
}

//! One row of a vault: sealed by itself, and bound to the place where it lies.
//!
//! `1 ‖ nonce (12) ‖ AES-256-GCM(plain)`, with the table's name, a zero and the key as it lies as
//! associated data. Plain is `length (2, big-endian) ‖ true key ‖ bytes`; a length of 0 says that
//! the key lies as it is. Whoever has WebCrypto seals and opens with it; the form is the same.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use thiserror::Error;
use zeroize::Zeroizing;

use super::hmac;

/// The version of the form, which is the first byte of each sealed row.
pub const VERSION: u8 = 1;

/// The length of a nonce in bytes.
pub const NONCE_BYTES: usize = 12;

/// The length of a key that stands in for one that would tell something, in bytes.
pub const NAME_BYTES: usize = 16;

/// Why a row does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum RowFault {
    /// It does not begin with [`VERSION`] and a nonce.
    #[error("it is no sealed row")]
    NotSealed,
    /// It was changed, lies in another place than the one it was sealed for, or belongs to
    /// another vault.
    #[error("it was changed or moved after it was sealed")]
    Changed,
    /// Its content is shorter than it says.
    #[error("its content ends too early")]
    Short,
}

/// What a row is bound to: its table and its key as it lies.
pub fn place(table: &str, key: &[u8]) -> Vec<u8> {
    [table.as_bytes(), &[0], key].concat()
}

/// The key that stands in for one that would tell something: what comes before `hidden` stays
/// readable. `names` is [`super::DataKey::names`].
pub fn stand_in(names: &[u8; 32], table: &str, shown: &[u8], hidden: &[u8]) -> Vec<u8> {
    let hash = hmac(names, &name_message(table, shown, hidden));
    [shown, &hash[..NAME_BYTES]].concat()
}

/// What the stand-in of a key is the HMAC of.
pub fn name_message(table: &str, shown: &[u8], hidden: &[u8]) -> Vec<u8> {
    [table.as_bytes(), &[0], shown, hidden].concat()
}

/// The content of a row: the true key where another stands in for it, then the bytes.
///
/// # Errors
/// [`RowFault::Short`] when the true key is longer than 65,535 bytes.
pub fn plain(true_key: Option<&[u8]>, bytes: &[u8]) -> Result<Vec<u8>, RowFault> {
    let key = true_key.unwrap_or_default();
    let length = u16::try_from(key.len()).map_err(|_| RowFault::Short)?;
    Ok([&length.to_be_bytes(), key, bytes].concat())
}

/// The true key, where another stands in for it, and the bytes of a row's content.
///
/// # Errors
/// [`RowFault::Short`].
pub fn read_plain(content: &[u8]) -> Result<(Option<&[u8]>, &[u8]), RowFault> {
    let (length, rest) = content.split_first_chunk::<2>().ok_or(RowFault::Short)?;
    let length = usize::from(u16::from_be_bytes(*length));
    let (key, bytes) = rest.split_at_checked(length).ok_or(RowFault::Short)?;
    Ok(((length > 0).then_some(key), bytes))
}

/// The nonce and the ciphertext of a sealed row.
///
/// # Errors
/// [`RowFault::NotSealed`].
pub fn parts(sealed: &[u8]) -> Result<(&[u8; NONCE_BYTES], &[u8]), RowFault> {
    let (version, rest) = sealed.split_first().ok_or(RowFault::NotSealed)?;
    if *version != VERSION {
        return Err(RowFault::NotSealed);
    }
    rest.split_first_chunk().ok_or(RowFault::NotSealed)
}

/// A sealed row of its nonce and ciphertext.
pub fn of_parts(nonce: &[u8; NONCE_BYTES], ciphertext: &[u8]) -> Vec<u8> {
    [&[VERSION], nonce.as_slice(), ciphertext].concat()
}

/// The cipher of a vault's rows, made once for many of them.
pub struct RowCipher(Aes256Gcm);

/// Prints nothing of the key.
impl core::fmt::Debug for RowCipher {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("RowCipher")
    }
}

impl RowCipher {
    /// The cipher of this key, which is [`super::DataKey::rows`].
    pub fn new(rows: &[u8; 32]) -> Self {
        Self(Aes256Gcm::new(&(*rows).into()))
    }

    /// Seals a row's content for its place, under a nonce that is never used twice.
    ///
    /// # Errors
    /// [`RowFault::Short`] when the content is too long for the cipher.
    pub fn seal(
        &self,
        nonce: &[u8; NONCE_BYTES],
        place: &[u8],
        content: &[u8],
    ) -> Result<Vec<u8>, RowFault> {
        let payload = Payload { msg: content, aad: place };
        let sealed = self.0.encrypt(&Nonce::from(*nonce), payload).map_err(|_| RowFault::Short)?;
        Ok(of_parts(nonce, &sealed))
    }

    /// Opens a row that was sealed for this place.
    ///
    /// # Errors
    /// See [`RowFault`].
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, RowFault> {
        let (nonce, ciphertext) = parts(sealed)?;
        let payload = Payload { msg: ciphertext, aad: place };
        let content = self.0.decrypt(&Nonce::from(*nonce), payload);
        content.map(Zeroizing::new).map_err(|_| RowFault::Changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::DataKey;
    use proptest::prelude::*;

    fn cipher(key: u8) -> RowCipher {
        RowCipher::new(&DataKey::new([key; 32]).rows())
    }

    #[test]
    fn a_row_opens_in_its_place_and_in_no_other() {
        let sealed =
            cipher(1).seal(&[3; 12], &place("events", b"k"), b"text").expect("it is small");
        let open = |key, table, at: &[u8]| cipher(key).open(&place(table, at), &sealed);
        assert_eq!(open(1, "events", b"k").as_deref(), Ok(&b"text".to_vec()));
        for (key, table, at) in [(1, "events", b"l"), (1, "drafts", b"k"), (2, "events", b"k")] {
            assert_eq!(open(key, table, at), Err(RowFault::Changed), "{key} {table}");
        }
    }

    #[test]
    fn what_is_no_sealed_row_is_told_from_one_that_was_changed() {
        for bytes in [&b""[..], &[1; 12], &[2; 40]] {
            assert_eq!(cipher(1).open(b"", bytes), Err(RowFault::NotSealed), "{bytes:?}");
        }
    }

    #[test]
    fn a_true_key_goes_with_the_content() {
        let content = plain(Some(b"print.a"), b"text").expect("it is short");
        assert_eq!(read_plain(&content), Ok((Some(&b"print.a"[..]), &b"text"[..])));
        let content = plain(None, b"text").expect("it is short");
        assert_eq!(read_plain(&content), Ok((None, &b"text"[..])));
        assert_eq!(read_plain(&[0, 9, 1]), Err(RowFault::Short));
        assert_eq!(plain(Some(&vec![0; 70_000]), b""), Err(RowFault::Short));
    }

    #[test]
    fn a_stand_in_keeps_what_is_shown_and_tells_nothing_of_the_rest() {
        let names = DataKey::new([1; 32]).names();
        let key = stand_in(&names, "drafts", &[5; 16], b"print.licence");
        assert_eq!((&key[..16], key.len()), (&[5; 16][..], 32));
        assert_ne!(key, stand_in(&names, "packs", &[5; 16], b"print.licence"));
        assert_ne!(key, stand_in(&[9; 32], "drafts", &[5; 16], b"print.licence"));
    }

    proptest! {
        #[test]
        fn a_row_with_any_bit_flipped_does_not_open(
            content: Vec<u8>,
            at: prop::sample::Index,
            bit in 0u8..8,
        ) {
            let mut sealed = cipher(1).seal(&[3; 12], b"p", &content).expect("it is small");
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            prop_assert!(cipher(1).open(b"p", &sealed).is_err());
        }

        #[test]
        fn any_bytes_are_opened_or_refused_without_panic(bytes: Vec<u8>) {
            let _ = cipher(1).open(b"p", &bytes);
            let _ = read_plain(&bytes);
        }
    }
}

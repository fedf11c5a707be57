//! The sealed vault: how rows lie encrypted on a tablet, so that the tablet and headquarters' escrow
//! read the same form.
//!
//! Bytes in, bytes out: no key is kept, no passphrase is seen, nothing is stored. How a passphrase
//! wraps the data key is the tablet's; what `escrow recover` reads is [`mod@file`].

pub mod escrow;
pub mod file;
pub mod recovered;
pub mod row;

use core::fmt;

use domain::ids::to_hex;
use hmac::{Hmac, KeyInit, Mac};
use minicbor::{Decode, Encode};
use sha2::Sha256;
use zeroize::Zeroizing;

/// What everything of this form is bound to.
pub const CONTEXT: &str = "bienban/vault/v1";

/// The name of one vault on one tablet: 16 random bytes. It says nothing of whose it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct SlotId(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

impl fmt::Display for SlotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl fmt::Debug for SlotId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SlotId({self})")
    }
}

/// The data key of one vault: 32 random bytes from which the keys in use are derived. It is wiped
/// from memory when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey(Zeroizing<[u8; 32]>);

/// Prints no byte of it.
impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey")
    }
}

impl DataKey {
    /// The data key of these bytes, which come from a random source or were unwrapped.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes, for wrapping.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The AES-256-GCM key of the rows.
    pub fn rows(&self) -> Zeroizing<[u8; 32]> {
        self.derived("rows")
    }

    /// The HMAC-SHA256 key that stands in for keys of rows which would tell something.
    pub fn names(&self) -> Zeroizing<[u8; 32]> {
        self.derived("names")
    }

    fn derived(&self, label: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(hmac(&self.0, &[CONTEXT.as_bytes(), &[0], label.as_bytes()].concat()))
    }
}

/// HMAC-SHA256.
#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
pub fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("the length does not matter");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_derived_keys_differ_from_each_other_and_from_the_data_key() {
        let key = DataKey::new([7; 32]);
        assert_ne!(key.rows(), key.names());
        assert_ne!(*key.rows(), *key.as_bytes());
        assert_ne!(key.rows(), DataKey::new([8; 32]).rows());
    }

    #[test]
    fn hmac_is_the_one_of_rfc_4231() {
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(to_hex(&hmac(&key, b"what do ya want for nothing?")), expected);
    }

    #[test]
    fn a_data_key_is_never_printed() {
        assert_eq!(format!("{:?}", DataKey::new([0x5a; 32])), "DataKey");
    }
}

//! The head of a journal: a seat's signature over how far its chain reaches.
//!
//! One signature covers every event before it, because each event holds the hash of the one
//! before. The bytes that are signed are kept; they are never written anew.

use domain::cbor::{self, CborFault};
use domain::ids::{EventId, InspectionId, JournalId, Signature, SigningKey};
use domain::moment::Moment;
use ed25519_dalek::VerifyingKey;
use minicbor::{Decode, Encode};
use thiserror::Error;

use crate::chain::{Journal, Tip};

/// The first element of every head: what the signature is for.
pub const CONTEXT: &str = "bienban/head/v1";

/// How far a journal reaches, by its author's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The journal.
    pub journal: Journal,
    /// Its last event.
    pub tip: Tip,
    /// When the author's machine signed.
    pub at: Moment,
}

/// A head as bytes with the signature over exactly these bytes.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct SignedHead {
    /// The bytes of the head.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub head: Vec<u8>,
    /// The Ed25519 signature over them.
    #[n(1)]
    pub signature: Signature,
}

/// Why a head is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HeadFault {
    /// The bytes are not deterministic CBOR.
    #[error("the head cannot be read: {0}")]
    Cbor(#[from] CborFault),
    /// The bytes are CBOR but not a head.
    #[error("the head is not context, inspection, journal, seq, hash and time: {0}")]
    Shape(String),
    /// The signed bytes are for another use.
    #[error("the head is signed for `{0}`, not for `{CONTEXT}`")]
    Context(String),
    /// The key is not a point of the curve.
    #[error("the seat's key is not an ed25519 key")]
    Key,
    /// The signature is not of this key over these bytes.
    #[error("the head's signature does not verify under the seat's key")]
    Signature,
}

#[derive(Encode, Decode)]
struct Form<'a> {
    #[b(0)]
    context: &'a str,
    #[n(1)]
    inspection: InspectionId,
    #[n(2)]
    journal: JournalId,
    #[n(3)]
    seq: u64,
    #[n(4)]
    hash: EventId,
    #[n(5)]
    at: Moment,
}

impl Head {
    /// The bytes to sign.
    #[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let form = Form {
            context: CONTEXT,
            inspection: self.journal.inspection,
            journal: self.journal.journal,
            seq: self.tip.seq,
            hash: self.tip.id,
            at: self.at,
        };
        minicbor::to_vec(form).expect("writing into memory does not fail")
    }

    /// Reads a head without looking at any signature.
    ///
    /// # Errors
    /// See [`HeadFault`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, HeadFault> {
        cbor::check(bytes)?;
        let form: Form<'_> =
            minicbor::decode(bytes).map_err(|e| HeadFault::Shape(e.to_string()))?;
        if form.context != CONTEXT {
            return Err(HeadFault::Context(form.context.chars().take(80).collect()));
        }
        Ok(Self {
            journal: Journal { inspection: form.inspection, journal: form.journal },
            tip: Tip { seq: form.seq, id: form.hash },
            at: form.at,
        })
    }
}

impl SignedHead {
    /// Reads the head and checks its signature.
    ///
    /// # Errors
    /// See [`HeadFault`].
    pub fn verify(&self, key: &SigningKey) -> Result<Head, HeadFault> {
        let head = Head::from_bytes(&self.head)?;
        verify_signature(key, &self.head, &self.signature)?;
        Ok(head)
    }
}

/// Checks a signature strictly: a key or a signature of small order is refused.
pub(crate) fn verify_signature(
    key: &SigningKey,
    message: &[u8],
    signature: &Signature,
) -> Result<(), HeadFault> {
    let key = VerifyingKey::from_bytes(key.as_bytes()).map_err(|_| HeadFault::Key)?;
    let signature = ed25519_dalek::Signature::from_bytes(signature.as_bytes());
    key.verify_strict(message, &signature).map_err(|_| HeadFault::Signature)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signer, SigningKey as Secret};
    use proptest::prelude::*;

    fn head() -> Head {
        Head {
            journal: Journal { inspection: InspectionId([1; 16]), journal: JournalId([2; 16]) },
            tip: Tip { seq: 41, id: EventId([3; 32]) },
            at: Moment(1_782_838_800_000),
        }
    }

    fn signed(secret: &Secret, bytes: Vec<u8>) -> SignedHead {
        let signature = Signature(secret.sign(&bytes).to_bytes());
        SignedHead { head: bytes, signature }
    }

    fn key(secret: &Secret) -> SigningKey {
        SigningKey(secret.verifying_key().to_bytes())
    }

    #[test]
    fn a_signed_head_verifies_under_its_key_and_under_no_other() {
        let (secret, other) = (Secret::from_bytes(&[1; 32]), Secret::from_bytes(&[2; 32]));
        let signed = signed(&secret, head().to_bytes());
        assert_eq!(signed.verify(&key(&secret)), Ok(head()));
        assert_eq!(signed.verify(&key(&other)), Err(HeadFault::Signature));
    }

    #[test]
    fn a_signature_for_another_use_is_refused() {
        let secret = Secret::from_bytes(&[1; 32]);
        let mut bytes = head().to_bytes();
        bytes[10] = b'X';
        let refused = signed(&secret, bytes).verify(&key(&secret));
        assert!(matches!(refused, Err(HeadFault::Context(_))), "{refused:?}");
    }

    proptest! {
        #[test]
        fn a_head_with_any_byte_changed_is_refused(at in 0usize..80, flip in 1u8..) {
            let secret = Secret::from_bytes(&[1; 32]);
            let mut signed = signed(&secret, head().to_bytes());
            let at = at % signed.head.len();
            signed.head[at] ^= flip;
            prop_assert!(signed.verify(&key(&secret)).is_err());
        }

        #[test]
        fn any_bytes_are_read_or_refused_without_panic(bytes: Vec<u8>) {
            let _ = Head::from_bytes(&bytes);
        }
    }
}

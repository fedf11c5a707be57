//! The data key of a vault, sealed for headquarters' escrow key.
//!
//! The envelope names the vault beside the key, so that the key of one is never taken for that of
//! another. Who may open it, and that it is written down, is headquarters' business.

use domain::cbor::{self, CborFault};
use domain::ids::EnvelopeKey;
use minicbor::{Decode, Encode};
use thiserror::Error;

use super::{CONTEXT, DataKey, SlotId};
use crate::envelope::{self, Entropy, EnvelopeKeyPair, OpenFault, SealFault};

/// Why a data key was not taken out of escrow.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EscrowFault {
    /// The envelope does not open.
    #[error(transparent)]
    Envelope(#[from] OpenFault),
    /// What is in it is not deterministic CBOR.
    #[error("what is in the envelope cannot be read: {0}")]
    Cbor(#[from] CborFault),
    /// What is in it is not the key of a vault.
    #[error("the envelope does not hold the key of a vault")]
    Shape,
    /// It holds the key of another vault.
    #[error("the envelope holds the key of vault `{0}`")]
    OtherVault(SlotId),
}

#[derive(Encode, Decode)]
struct Form<'a> {
    #[b(0)]
    context: &'a str,
    #[n(1)]
    slot: SlotId,
    #[cbor(n(2), with = "minicbor::bytes")]
    key: [u8; 32],
}

/// Seals the data key of a vault for headquarters' escrow key.
///
/// # Errors
/// See [`SealFault`].
#[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
pub fn wrap(
    key: &DataKey,
    slot: SlotId,
    escrow: &EnvelopeKey,
    entropy: &Entropy,
) -> Result<Vec<u8>, SealFault> {
    let form = Form { context: CONTEXT, slot, key: *key.as_bytes() };
    let content = minicbor::to_vec(&form).expect("writing into memory does not fail");
    envelope::seal(&zeroize::Zeroizing::new(content), &[*escrow], entropy)
}

/// Takes the data key of a vault out of escrow.
///
/// # Errors
/// See [`EscrowFault`].
pub fn unwrap(
    wrapped: &[u8],
    slot: SlotId,
    keys: &EnvelopeKeyPair,
) -> Result<DataKey, EscrowFault> {
    let content = zeroize::Zeroizing::new(envelope::open(wrapped, keys)?);
    cbor::check(&content)?;
    let form: Form<'_> = minicbor::decode(&content).map_err(|_| EscrowFault::Shape)?;
    if form.context != CONTEXT {
        return Err(EscrowFault::Shape);
    }
    if form.slot == slot {
        Ok(DataKey::new(form.key))
    } else {
        Err(EscrowFault::OtherVault(form.slot))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escrow(secret: u8) -> EnvelopeKeyPair {
        EnvelopeKeyPair::from_secret(&[secret; 32])
    }

    #[test]
    fn only_the_escrow_key_gives_the_data_key_back_and_only_of_its_vault() {
        let (key, slot) = (DataKey::new([7; 32]), SlotId([1; 16]));
        let wrapped =
            wrap(&key, slot, &escrow(1).public(), &Entropy([2; 32])).expect("it is a key");
        assert_eq!(unwrap(&wrapped, slot, &escrow(1)), Ok(key));
        let other = unwrap(&wrapped, SlotId([9; 16]), &escrow(1));
        assert_eq!(other, Err(EscrowFault::OtherVault(slot)));
        let stranger = unwrap(&wrapped, slot, &escrow(3));
        assert_eq!(stranger, Err(EscrowFault::Envelope(OpenFault::NotForThisKey)));
    }

    #[test]
    fn an_envelope_of_something_else_holds_no_key() {
        let other = envelope::seal(b"\x80", &[escrow(1).public()], &Entropy([2; 32]));
        let other = other.expect("it is small");
        assert_eq!(unwrap(&other, SlotId([1; 16]), &escrow(1)), Err(EscrowFault::Shape));
    }
}

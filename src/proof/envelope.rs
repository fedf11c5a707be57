//! Envelopes: bytes that only the named recipients can read, whoever carries them.
//!
//! The content is sealed once under a key of its own (AES-256-GCM), and that key once for each
//! recipient with HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM). An envelope hides; it does
//! not prove who sealed it: what is inside proves itself. Chance is an argument.

use core::convert::Infallible;
use std::collections::BTreeSet;

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use domain::cbor::{self, CborFault};
use domain::ids::EnvelopeKey;
use domain::order;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::rand_core::{TryCryptoRng, TryRng};
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use minicbor::{Decode, Encode};
use thiserror::Error;

use crate::hash::sha256;

/// What is sealed, and part of everything that is authenticated.
pub const CONTEXT: &str = "bienban/envelope/v1";

/// The most recipients of one envelope.
pub const MAX_RECIPIENTS: usize = 256;

/// The largest content in bytes.
pub const MAX_CONTENT_BYTES: usize = 32 * 1024 * 1024;

/// The largest envelope in bytes.
pub const MAX_ENVELOPE_BYTES: usize = MAX_CONTENT_BYTES + 64 * 1024;

/// The content key is used for one message only, so the nonce need not differ from any other.
const NONCE: [u8; 12] = [0; 12];

type Secret = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapped = <X25519HkdfSha256 as Kem>::EncappedKey;

/// The name of an envelope key: the first 16 bytes of the SHA-256 of `bienban/envelope-key/v1`
/// and the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct KeyId(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 16]);

/// The name under which an envelope is addressed to this key.
pub fn key_id(key: &EnvelopeKey) -> KeyId {
    let hash = sha256(&[b"bienban/envelope-key/v1", key.as_bytes().as_slice()].concat());
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    KeyId(id)
}

/// 32 fresh random bytes from which everything that must be random in one envelope is derived.
pub struct Entropy(pub [u8; 32]);

/// An X25519 key pair made from 32 secret bytes.
pub struct EnvelopeKeyPair(Secret);

/// Prints the public half only.
impl core::fmt::Debug for EnvelopeKeyPair {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("EnvelopeKeyPair").field(&self.public()).finish()
    }
}

impl EnvelopeKeyPair {
    /// The key pair whose private half is these bytes, which come from a random source or a
    /// keyring.
    #[expect(clippy::expect_used, reason = "any 32 bytes are a private key of X25519")]
    pub fn from_secret(secret: &[u8; 32]) -> Self {
        Self(Secret::from_bytes(secret).expect("the length is right"))
    }

    /// The public half.
    pub fn public(&self) -> EnvelopeKey {
        EnvelopeKey(X25519HkdfSha256::sk_to_pk(&self.0).to_bytes().into())
    }
}

/// Why nothing was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SealFault {
    /// There is nobody to seal it for.
    #[error("an envelope needs a recipient; enrol again to learn headquarters' key")]
    NoRecipient,
    /// More recipients than [`MAX_RECIPIENTS`].
    #[error("an envelope has at most {MAX_RECIPIENTS} recipients, not {0}")]
    TooManyRecipients(usize),
    /// More content than [`MAX_CONTENT_BYTES`].
    #[error("the content has {bytes} bytes; at most {MAX_CONTENT_BYTES} fit: seal it in parts")]
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
    },
    /// A recipient's key is no key to which anything can be sealed.
    #[error("`{0}` is not an x25519 key to which anything can be sealed")]
    Key(EnvelopeKey),
}

/// Why an envelope was not opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenFault {
    /// Longer than [`MAX_ENVELOPE_BYTES`].
    #[error("the envelope has {bytes} bytes; at most {MAX_ENVELOPE_BYTES} are allowed")]
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
    },
    /// The bytes are not deterministic CBOR.
    #[error("the envelope cannot be read: {0}")]
    Cbor(#[from] CborFault),
    /// The bytes are CBOR but not an envelope.
    #[error("the envelope is not recipients and content: {0}")]
    Shape(String),
    /// The bytes are an envelope for another use or of a later version.
    #[error("the envelope is a `{0}`, not a `{CONTEXT}`")]
    Context(String),
    /// It is sealed for others.
    #[error("the envelope is not sealed for this key; one of its recipients can open it")]
    NotForThisKey,
    /// It is sealed for this key, and was changed since.
    #[error("the envelope was damaged or changed after it was sealed")]
    Changed,
}

/// Recipients and content, both as bytes, so that what is authenticated is never written anew.
#[derive(Encode, Decode)]
struct Form {
    #[cbor(n(0), with = "minicbor::bytes")]
    address: Vec<u8>,
    #[cbor(n(1), with = "minicbor::bytes")]
    content: Vec<u8>,
}

#[derive(Encode, Decode)]
struct AddressForm<'a> {
    #[b(0)]
    context: &'a str,
    #[n(1)]
    recipients: Vec<Recipient>,
}

#[derive(Encode, Decode)]
struct Recipient {
    #[n(0)]
    key: KeyId,
    /// The ephemeral public key of HPKE.
    #[cbor(n(1), with = "minicbor::bytes")]
    encapped: [u8; 32],
    /// The content key, sealed.
    #[cbor(n(2), with = "minicbor::bytes")]
    wrapped: Vec<u8>,
}

/// Seals content so that each of the recipients can open it. A recipient named twice counts
/// once.
///
/// # Errors
/// See [`SealFault`].
pub fn seal(
    content: &[u8],
    recipients: &[EnvelopeKey],
    entropy: &Entropy,
) -> Result<Vec<u8>, SealFault> {
    let recipients: BTreeSet<_> = order::gather(recipients.iter().copied());
    check_limits(content, recipients.len())?;
    let mut stream = Stream { entropy, block: 0 };
    let content_key = stream.next_block();
    let recipients: Result<Vec<_>, _> =
        recipients.iter().map(|key| wrap(&content_key, key, &mut stream)).collect();
    let address = write(&AddressForm { context: CONTEXT, recipients: recipients? });
    let sealed = seal_content(&content_key, content, &address)
        .ok_or(SealFault::TooLarge { bytes: content.len() })?;
    Ok(write(&Form { address, content: sealed }))
}

fn check_limits(content: &[u8], recipients: usize) -> Result<(), SealFault> {
    match (recipients, content.len()) {
        (0, _) => Err(SealFault::NoRecipient),
        (count, _) if count > MAX_RECIPIENTS => Err(SealFault::TooManyRecipients(count)),
        (_, bytes) if bytes > MAX_CONTENT_BYTES => Err(SealFault::TooLarge { bytes }),
        (_, _) => Ok(()),
    }
}

fn wrap(
    content_key: &[u8; 32],
    recipient: &EnvelopeKey,
    stream: &mut Stream<'_>,
) -> Result<Recipient, SealFault> {
    let fault = |_| SealFault::Key(*recipient);
    let key = key_id(recipient);
    let public = Public::from_bytes(recipient.as_bytes()).map_err(fault)?;
    let (encapped, wrapped) =
        hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public,
            CONTEXT.as_bytes(),
            content_key,
            &key.0,
            stream,
        )
        .map_err(fault)?;
    Ok(Recipient { key, encapped: encapped.to_bytes().into(), wrapped })
}

/// Opens an envelope that is sealed for this key.
///
/// # Errors
/// See [`OpenFault`].
pub fn open(envelope: &[u8], keys: &EnvelopeKeyPair) -> Result<Vec<u8>, OpenFault> {
    if envelope.len() > MAX_ENVELOPE_BYTES {
        return Err(OpenFault::TooLarge { bytes: envelope.len() });
    }
    let form: Form = read(envelope)?;
    let address: AddressForm<'_> = read(&form.address)?;
    if address.context != CONTEXT {
        return Err(OpenFault::Context(address.context.chars().take(80).collect()));
    }
    let id = key_id(&keys.public());
    let mine = address.recipients.iter().find(|recipient| recipient.key == id);
    let content_key = unwrap(mine.ok_or(OpenFault::NotForThisKey)?, keys)?;
    let payload = Payload { msg: &form.content, aad: &form.address };
    Aes256Gcm::new(&content_key.into())
        .decrypt(&Nonce::from(NONCE), payload)
        .map_err(|_| OpenFault::Changed)
}

fn unwrap(recipient: &Recipient, keys: &EnvelopeKeyPair) -> Result<[u8; 32], OpenFault> {
    let changed = |_| OpenFault::Changed;
    let encapped = Encapped::from_bytes(&recipient.encapped).map_err(changed)?;
    let key = hpke::single_shot_open::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &keys.0,
        &encapped,
        CONTEXT.as_bytes(),
        &recipient.wrapped,
        &recipient.key.0,
    );
    key.map_err(changed)?.try_into().map_err(|_| OpenFault::Changed)
}

fn seal_content(key: &[u8; 32], content: &[u8], address: &[u8]) -> Option<Vec<u8>> {
    let payload = Payload { msg: content, aad: address };
    Aes256Gcm::new(&(*key).into()).encrypt(&Nonce::from(NONCE), payload).ok()
}

fn read<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, OpenFault> {
    cbor::check(bytes)?;
    minicbor::decode(bytes).map_err(|e| OpenFault::Shape(e.to_string()))
}

#[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
fn write<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing into memory does not fail")
}

/// Blocks of chance: SHA-256 of the context, the entropy and the number of the block.
struct Stream<'a> {
    entropy: &'a Entropy,
    block: u64,
}

impl Stream<'_> {
    fn next_block(&mut self) -> [u8; 32] {
        let number = self.block.to_be_bytes();
        self.block += 1;
        sha256(&[CONTEXT.as_bytes(), &self.entropy.0, &number].concat())
    }
}

impl TryRng for Stream<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes).map(|()| u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes).map(|()| u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), Infallible> {
        for chunk in into.chunks_mut(32) {
            chunk.copy_from_slice(&self.next_block()[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Stream<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn keys(secret: u8) -> EnvelopeKeyPair {
        EnvelopeKeyPair::from_secret(&[secret; 32])
    }

    fn sealed(content: &[u8], recipients: &[u8]) -> Vec<u8> {
        let recipients: Vec<_> = recipients.iter().map(|secret| keys(*secret).public()).collect();
        seal(content, &recipients, &Entropy([9; 32])).expect("it is small")
    }

    #[test]
    fn each_recipient_opens_it_and_nobody_else() {
        let envelope = sealed(b"a journal", &[1, 2, 2]);
        assert_eq!(open(&envelope, &keys(1)), Ok(b"a journal".to_vec()));
        assert_eq!(open(&envelope, &keys(2)), Ok(b"a journal".to_vec()));
        assert_eq!(open(&envelope, &keys(3)), Err(OpenFault::NotForThisKey));
    }

    #[test]
    fn nothing_is_sealed_for_nobody_or_to_a_key_that_hides_nothing() {
        let entropy = Entropy([9; 32]);
        assert_eq!(seal(b"", &[], &entropy), Err(SealFault::NoRecipient));
        let zero = EnvelopeKey([0; 32]);
        assert_eq!(seal(b"", &[zero], &entropy), Err(SealFault::Key(zero)));
    }

    #[test]
    fn an_envelope_above_the_limits_is_neither_made_nor_read() {
        let key = keys(1).public();
        let large = vec![0; MAX_CONTENT_BYTES + 1];
        let refused = seal(&large, &[key], &Entropy([9; 32]));
        assert_eq!(refused, Err(SealFault::TooLarge { bytes: large.len() }));
        let large = vec![0; MAX_ENVELOPE_BYTES + 1];
        assert_eq!(open(&large, &keys(1)), Err(OpenFault::TooLarge { bytes: large.len() }));
    }

    #[test]
    fn every_envelope_has_a_content_key_of_its_own() {
        let key = [keys(1).public()];
        let one = seal(b"same", &key, &Entropy([1; 32]));
        assert_ne!(one, seal(b"same", &key, &Entropy([2; 32])));
    }

    #[test]
    fn the_secret_half_is_never_printed() {
        let printed = format!("{:?}", keys(0x5a));
        assert!(!printed.contains("5a5a"), "{printed}");
    }

    #[test]
    fn a_key_pair_is_the_one_of_rfc_7748() {
        let secret = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
        let secret = domain::ids::from_hex(secret).expect("it is hexadecimal");
        let public = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
        assert_eq!(EnvelopeKeyPair::from_secret(&secret).public().to_string(), public);
    }

    proptest! {
        #[test]
        fn any_content_comes_out_as_it_went_in(content: Vec<u8>, entropy: [u8; 32]) {
            let key = keys(1);
            let envelope = seal(&content, &[key.public()], &Entropy(entropy)).expect("small");
            prop_assert_eq!(open(&envelope, &key), Ok(content));
        }

        #[test]
        fn an_envelope_with_any_byte_changed_is_not_opened(at: prop::sample::Index, flip in 1u8..) {
            let mut envelope = sealed(b"a journal", &[1, 2]);
            let at = at.index(envelope.len());
            envelope[at] ^= flip;
            prop_assert!(open(&envelope, &keys(1)).is_err());
        }

        #[test]
        fn any_bytes_are_opened_or_refused_without_panic(bytes: Vec<u8>) {
            prop_assert!(open(&bytes, &keys(1)).is_err());
        }
    }
}

//! The keys of a seat: made, kept as bytes, and used, all by WebCrypto.
//!
//! A private key leaves this file only as PKCS#8 bytes for the store, which seals them; it is
//! never a `CryptoKey` in IndexedDB, because engines write those to disk in clear. Signing is
//! asynchronous and therefore never happens inside a transaction.

use domain::ids::{EnvelopeKey, SeatId, Signature, SigningKey};
use js_sys::{Array, ArrayBuffer, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, CryptoKeyPair, SubtleCrypto};

use crate::browser::{self, Lacking};

/// Why a key cannot be made or used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KeyFault {
    /// The browser has no cryptography.
    #[error(transparent)]
    Lacking(#[from] Lacking),
    /// The key of this seat is not on this tablet.
    #[error("the key of seat `{0}` is not on this tablet")]
    NotHere(SeatId),
    /// The browser refused.
    #[error("the browser refused to {attempt}: {reason}")]
    Refused {
        /// What was attempted.
        attempt: &'static str,
        /// What the browser said.
        reason: String,
    },
}

/// A pair of keys just made, the private halves as PKCS#8.
#[derive(Clone)]
pub(crate) struct FreshKeys {
    pub(crate) signing: SigningKey,
    pub(crate) signing_pkcs8: Vec<u8>,
    pub(crate) envelope: EnvelopeKey,
    pub(crate) envelope_pkcs8: Vec<u8>,
}

/// Makes the keys of a new seat.
pub(crate) async fn make() -> Result<FreshKeys, KeyFault> {
    let (signing, signing_pkcs8) = make_pair("Ed25519", &["sign", "verify"]).await?;
    let (envelope, envelope_pkcs8) = make_pair("X25519", &["deriveBits"]).await?;
    Ok(FreshKeys {
        signing: SigningKey(signing),
        signing_pkcs8,
        envelope: EnvelopeKey(envelope),
        envelope_pkcs8,
    })
}

async fn make_pair(algorithm: &str, uses: &[&str]) -> Result<([u8; 32], Vec<u8>), KeyFault> {
    let subtle = subtle()?;
    let made = subtle.generate_key_with_object(&named(algorithm), true, &names(uses));
    let pair: CryptoKeyPair = settle("make a key", made).await?.unchecked_into();
    let public = export(&subtle, "raw", &pair.get_public_key()).await?;
    let private = export(&subtle, "pkcs8", &pair.get_private_key()).await?;
    let public = <[u8; 32]>::try_from(public)
        .map_err(|_| refused("make a key", &JsValue::from_str("not 32 bytes long")))?;
    Ok((public, private))
}

async fn export(subtle: &SubtleCrypto, form: &str, key: &CryptoKey) -> Result<Vec<u8>, KeyFault> {
    let exported = settle("export a key", subtle.export_key(form, key)).await?;
    Ok(Uint8Array::new(&exported).to_vec())
}

/// A signing key in use; scripts cannot read it back.
#[derive(Clone)]
pub(crate) struct Signer(CryptoKey);

impl Signer {
    /// Takes a private key out of its PKCS#8 bytes.
    pub(crate) async fn import(pkcs8: &[u8]) -> Result<Self, KeyFault> {
        let bytes = Uint8Array::from(pkcs8);
        let imported = subtle()?.import_key_with_object(
            "pkcs8",
            bytes.unchecked_ref(),
            &named("Ed25519"),
            false,
            &names(&["sign"]),
        );
        Ok(Self(settle("import the seat's key", imported).await?.unchecked_into()))
    }

    /// Signs bytes.
    pub(crate) async fn sign(&self, bytes: &[u8]) -> Result<Signature, KeyFault> {
        let signed = subtle()?.sign_with_object_and_u8_array(&named("Ed25519"), &self.0, bytes);
        let buffer: ArrayBuffer = settle("sign", signed).await?.unchecked_into();
        let bytes = Uint8Array::new(&buffer).to_vec();
        let bytes = <[u8; 64]>::try_from(bytes)
            .map_err(|_| refused("sign", &JsValue::from_str("not 64 bytes long")))?;
        Ok(Signature(bytes))
    }
}

fn subtle() -> Result<SubtleCrypto, KeyFault> {
    Ok(browser::crypto()?.subtle())
}

fn named(algorithm: &str) -> Object {
    let object = Object::new();
    // A fresh plain object takes every property.
    let _ = Reflect::set(&object, &"name".into(), &algorithm.into());
    object
}

fn names(uses: &[&str]) -> JsValue {
    uses.iter().map(|name| JsValue::from_str(name)).collect::<Array>().into()
}

async fn settle(
    attempt: &'static str,
    promise: Result<js_sys::Promise, JsValue>,
) -> Result<JsValue, KeyFault> {
    let promise = promise.map_err(|reason| refused(attempt, &reason))?;
    JsFuture::from(promise).await.map_err(|reason| refused(attempt, &reason))
}

fn refused(attempt: &'static str, reason: &JsValue) -> KeyFault {
    KeyFault::Refused { attempt, reason: format!("{reason:?}") }
}

//! The secrets that a page makes, so that they can be searched for: keys from a seed that the test
//! knows, and a copy of whatever else is as long as a key.
//!
//! The page is changed from outside, after it was loaded and before it makes anything; the product
//! has nothing in it for this.

use anyhow::ensure;
use serde::Deserialize;
use serde_json::json;
use thirtyfour::WebDriver;

use crate::tablet;

/// The seeds of the keys of the next seat.
#[derive(Debug, Clone, Copy)]
pub struct Seeds {
    /// For signing (Ed25519).
    pub signing: [u8; 32],
    /// For envelopes (X25519).
    pub envelope: [u8; 32],
}

/// Before the seed of each kind in PKCS#8 (RFC 8410).
const WATCH: &str = "const seeds = { Ed25519: arguments[0], X25519: arguments[1] };\
    const head = (kind) => [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, kind, 4, 0x22, 4, 0x20];\
    const heads = { Ed25519: head(0x70), X25519: head(0x6e) };\
    const made = window.secretsMade = { seats: [], keys: [] };\
    const keep = (bytes) => { if (bytes?.byteLength === 32) made.keys.push(Array.from(bytes)); };\
    SubtleCrypto.prototype.generateKey = async function (algorithm, extractable, uses) {\
      const name = algorithm.name;\
      const bytes = new Uint8Array([...heads[name], ...seeds[name]]);\
      const own = uses.filter((use) => use !== 'verify');\
      const privateKey = await this.importKey('pkcs8', bytes, { name }, extractable, own);\
      const { kty, crv, x } = await this.exportKey('jwk', privateKey);\
      const others = uses.filter((use) => use === 'verify');\
      const publicKey = await this.importKey('jwk', { kty, crv, x }, { name }, true, others);\
      made.seats.push(name);\
      return { privateKey, publicKey };\
    };\
    const random = Crypto.prototype.getRandomValues;\
    Crypto.prototype.getRandomValues = function (array) {\
      const filled = random.call(this, array);\
      keep(filled);\
      return filled;\
    };\
    const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'data');\
    Object.defineProperty(MessageEvent.prototype, 'data', { ...data, get() {\
      const value = data.get.call(this);\
      keep(value?.key);\
      return value;\
    } });\
    return true";

/// What a page made.
#[derive(Debug, Deserialize)]
struct Made {
    seats: Vec<String>,
    keys: Vec<Vec<u8>>,
}

/// From here on this page makes the keys of a seat from these seeds, and a copy is kept of every
/// 32 bytes of chance and of every key that comes from a worker.
///
/// # Errors
/// When the page does not answer.
pub async fn watch(page: &WebDriver, seeds: Seeds) -> anyhow::Result<()> {
    let seeds = vec![json!(seeds.signing), json!(seeds.envelope)];
    let _: bool = tablet::script(page, WATCH, seeds).await?;
    Ok(())
}

/// The copies that were kept on this page. A data key and the key made of the passphrase are at
/// least among them.
///
/// # Errors
/// When no seat was made from the seeds, or no other key was seen: then nothing was watched.
pub async fn made(page: &WebDriver) -> anyhow::Result<Vec<Vec<u8>>> {
    let made: Made = tablet::script(page, "return window.secretsMade", vec![]).await?;
    ensure!(made.seats == ["Ed25519", "X25519"], "keys were made for {:?}", made.seats);
    ensure!(made.keys.len() >= 2, "{} secrets were seen", made.keys.len());
    Ok(made.keys)
}

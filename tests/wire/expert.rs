//! What an expert does with nothing but the README, SHA-256 and Ed25519: verifies a stream.
//!
//! No code of the product is used here. The steps are numbered as in the README.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::cbor::{Node, read};

/// What an expert can say about one run of events under a head.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Testimony {
    /// The seat that signed.
    pub(crate) seat: [u8; 16],
    /// The `seq` of the last event.
    pub(crate) through: u64,
    /// The names of the acts in order; `None` where the body is withheld.
    pub(crate) acts: Vec<Option<String>>,
}

pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    Sha256::digest(parts.concat()).into()
}

/// Verifies every part of a push: each is a whole journal from `seq` 0.
pub(crate) fn verify_push(push: &[u8]) -> Result<Vec<Testimony>, String> {
    let message = read(push, 0..push.len())?;
    let parts = message.key(0).ok_or("no parts")?.places()?;
    parts.iter().map(|part| verify_part(push, part)).collect()
}

fn verify_part(all: &[u8], part: &Node) -> Result<Testimony, String> {
    let signed = part.key(0).ok_or("no head")?;
    let events = part.key(1).ok_or("no events")?.places()?;
    let (seat, key) = author(all, events.first().ok_or("no first event")?)?;
    verify_signature(&key, signed.at(0)?.bytes(all)?, signed.at(1)?.bytes(all)?)?;
    let head = inside(all, signed.at(0)?)?;
    let (last, acts) = verify_chain(all, events, &head)?;
    let through = head.at(3)?.uint()?;
    same("the last event's seq and the head's", events.len() as u64, through + 1)?;
    same("the last event's id and the head's hash", &last[..], head.at(4)?.bytes(all)?)?;
    Ok(Testimony { seat, through, acts })
}

/// Steps 1 and 2: the key stands in the first event, and the seat's name is made from it.
fn author(all: &[u8], first: &Node) -> Result<([u8; 16], Vec<u8>), String> {
    let body = inside(all, first.at(2)?)?;
    same("the first act", body.key(0).ok_or("no act")?.text()?, "journal/open")?;
    let opening = body.key(1).ok_or("no payload")?;
    let key = opening.key(1).ok_or("no key")?.bytes(all)?;
    let made = &sha256(&[b"bienban/seat/v1", key])[..16];
    let seat = opening.key(0).ok_or("no seat")?.bytes(all)?;
    same("the seat and the key's hash", seat, made)?;
    Ok((seat.try_into().map_err(|_| "a seat has 16 bytes")?, key.to_vec()))
}

/// Step 3: the signature is over the bytes of the head.
pub(crate) fn verify_signature(key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), String> {
    let key = VerifyingKey::try_from(key).map_err(|e| e.to_string())?;
    let signature = Signature::from_slice(signature).map_err(|e| e.to_string())?;
    key.verify_strict(message, &signature).map_err(|e| e.to_string())
}

/// Steps 4 to 6: each event holds the hash of the one before and of its own body.
fn verify_chain(
    all: &[u8],
    events: &[Node],
    head: &Node,
) -> Result<([u8; 32], Vec<Option<String>>), String> {
    let (mut before, mut acts) = (None, Vec::new());
    for (seq, event) in events.iter().enumerate() {
        let header = inside(all, event.at(0)?)?;
        let field = |key: u64| header.key(key).ok_or(format!("no field {key}"));
        same("inspection", field(1)?.bytes(all)?, head.at(1)?.bytes(all)?)?;
        same("journal", field(2)?.bytes(all)?, head.at(2)?.bytes(all)?)?;
        same("seq", field(3)?.uint()?, seq as u64)?;
        let prev = header.key(4).map(|prev| prev.bytes(all)).transpose()?;
        same("prev", prev, before.as_ref().map(|id: &[u8; 32]| &id[..]))?;
        acts.push(verify_body(all, event, field(7)?.bytes(all)?)?);
        before = Some(sha256(&[event.at(0)?.bytes(all)?]));
    }
    Ok((before.ok_or("no events")?, acts))
}

fn verify_body(all: &[u8], event: &Node, body_hash: &[u8]) -> Result<Option<String>, String> {
    let Ok(body) = event.at(2) else {
        return Ok(None);
    };
    let made = sha256(&[event.at(1)?.bytes(all)?, body.bytes(all)?]);
    same("body hash", &made[..], body_hash)?;
    let act = inside(all, body)?.key(0).ok_or("no act")?.text()?.to_owned();
    Ok(Some(act))
}

/// The form that a byte string holds.
fn inside(all: &[u8], holder: &Node) -> Result<Node, String> {
    read(all, holder.range()?)
}

fn same<T: PartialEq + core::fmt::Debug>(what: &str, is: T, should: T) -> Result<(), String> {
    if is == should { Ok(()) } else { Err(format!("{what}: {is:?} is not {should:?}")) }
}

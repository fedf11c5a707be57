//! What tablet and headquarters say to each other, in its written form.
//!
//! Messages that carry events are CBOR, all others JSON. Reading them checks form and limits;
//! whether what they say is acceptable is `admission`'s and the replica's to decide.

pub mod bundle;
pub mod enrol;
pub mod packs;
pub mod pull;
pub mod push;
pub mod receipt;
pub mod refusal;

use domain::cbor::{self, CborFault};
use thiserror::Error;

/// Why bytes are not a message.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MessageFault {
    /// Larger than a message may be.
    #[error("the message has {bytes} bytes; at most {limit_bytes} are allowed")]
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit_bytes: usize,
    },
    /// The bytes are not deterministic CBOR.
    #[error("the message cannot be read: {0}")]
    Cbor(#[from] CborFault),
    /// The bytes are CBOR but not this message.
    #[error("the message has a field missing or of the wrong kind: {0}")]
    Shape(String),
    /// More events in one part than a page may have.
    #[error("a part has {events} events; a page has at most {limit}")]
    TooManyEvents {
        /// How many there are.
        events: usize,
        /// How many there may be.
        limit: usize,
    },
}

/// Reads a CBOR message of at most `limit_bytes`.
fn read<'b, T: minicbor::Decode<'b, ()>>(
    bytes: &'b [u8],
    limit_bytes: usize,
) -> Result<T, MessageFault> {
    if bytes.len() > limit_bytes {
        return Err(MessageFault::TooLarge { bytes: bytes.len(), limit_bytes });
    }
    cbor::check(bytes)?;
    minicbor::decode(bytes).map_err(|e| MessageFault::Shape(e.to_string()))
}

/// Writes a CBOR message.
#[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
fn write<T: minicbor::Encode<()>>(message: &T) -> Vec<u8> {
    minicbor::to_vec(message).expect("writing into memory does not fail")
}

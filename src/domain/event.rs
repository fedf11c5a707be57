//! The event: one recorded fact, as a header and a body.
//!
//! A header is short and is all that chains, heads and logs ever see; the body may be withheld
//! from a copy while everything still verifies. Both are bytes from the moment they are made:
//! they are decoded to be read and never encoded again. Hashing and signing are `proof`'s.

use minicbor::{Decode, Encode};
use thiserror::Error;

use crate::cbor::{self, CborFault};
use crate::ids::{BodyHash, EventId, InspectionId, JournalId, RootHash, Salt};
use crate::moment::Moment;

/// The major version of the envelope that this build writes and reads.
pub const ENVELOPE_VERSION: u16 = 1;

/// The largest event, header, salt and body together, in bytes.
pub const MAX_EVENT_BYTES: usize = 64 * 1024;

/// The largest header in bytes; a header of this version needs about 170.
pub const MAX_HEADER_BYTES: usize = 1024;

/// What is hashed and chained: who wrote where, after what, when, and the hash of the body.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Header {
    /// Major version of the envelope, see [`ENVELOPE_VERSION`].
    #[n(0)]
    pub version: u16,
    /// The stream.
    #[n(1)]
    pub inspection: InspectionId,
    /// The author's chain in that stream.
    #[n(2)]
    pub journal: JournalId,
    /// The place in the journal, counted from 0 without gaps.
    #[n(3)]
    pub seq: u64,
    /// The id of the event before; absent exactly at `seq` 0.
    #[n(4)]
    pub prev: Option<EventId>,
    /// When the author's machine says that it was recorded.
    #[n(5)]
    pub at: Moment,
    /// The last checkpoint of headquarters that the author had seen.
    #[n(6)]
    pub anchor: Option<Anchor>,
    /// The SHA-256 of the salt followed by the body.
    #[n(7)]
    pub body_hash: BodyHash,
}

/// A checkpoint of headquarters' log: how many events it held and the root over them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub struct Anchor {
    /// The number of events in the log.
    #[n(0)]
    pub size: u64,
    /// The root of the log at that size.
    #[n(1)]
    pub root: RootHash,
}

/// Why a header is not one this build can work with.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum HeaderFault {
    /// The bytes are longer than any header.
    #[error("the header has {bytes} bytes; at most {MAX_HEADER_BYTES} are allowed")]
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
    },
    /// The bytes are not deterministic CBOR.
    #[error("the header cannot be read: {0}")]
    Cbor(#[from] CborFault),
    /// The bytes are CBOR but lack a field or have one of another kind.
    #[error("the header has a field missing or of the wrong kind: {0}")]
    Shape(String),
    /// The envelope is of a future major version: update this program.
    #[error(
        "the header is of version {0}; this program reads version {ENVELOPE_VERSION}: update it"
    )]
    FutureVersion(u16),
    /// `prev` is absent after the first event or present on it.
    #[error("the header of seq {0} must name the event before exactly when there is one")]
    Previous(u64),
}

impl Header {
    /// Writes the header; its bytes are kept from then on.
    pub fn to_bytes(&self) -> Vec<u8> {
        to_vec(self)
    }

    /// Reads a header from outside; fields this build does not know are passed over.
    ///
    /// # Errors
    /// See [`HeaderFault`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, HeaderFault> {
        if bytes.len() > MAX_HEADER_BYTES {
            return Err(HeaderFault::TooLarge { bytes: bytes.len() });
        }
        cbor::check(bytes)?;
        let version = version_of(bytes).map_err(|e| HeaderFault::Shape(e.to_string()))?;
        if version != ENVELOPE_VERSION {
            return Err(HeaderFault::FutureVersion(version));
        }
        let header: Self =
            minicbor::decode(bytes).map_err(|e| HeaderFault::Shape(e.to_string()))?;
        if header.prev.is_some() == (header.seq == 0) {
            return Err(HeaderFault::Previous(header.seq));
        }
        Ok(header)
    }
}

/// The version alone, so that a future header is refused as future and not as malformed.
fn version_of(bytes: &[u8]) -> Result<u16, minicbor::decode::Error> {
    #[derive(Decode)]
    #[cbor(map)]
    struct Version {
        #[n(0)]
        version: u16,
    }
    minicbor::decode(bytes).map(|Version { version }| version)
}

/// One event as it is kept and sent: bytes that are never written anew.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Event {
    /// The header's bytes; their SHA-256 is the event's id.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub header: Vec<u8>,
    /// The salt of the body's hash.
    #[n(1)]
    pub salt: Salt,
    /// The body's bytes; `None` when it is withheld from this copy.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub body: Option<Vec<u8>>,
}

/// Why bytes are not an event.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum EventFault {
    /// Larger than [`MAX_EVENT_BYTES`].
    #[error("the event has {bytes} bytes; at most {MAX_EVENT_BYTES} are allowed")]
    TooLarge {
        /// Its length in bytes.
        bytes: usize,
    },
    /// The bytes are not deterministic CBOR.
    #[error("the event cannot be read: {0}")]
    Cbor(#[from] CborFault),
    /// The bytes are CBOR but not an event.
    #[error("the event is not header, salt and body: {0}")]
    Shape(String),
}

impl Event {
    /// The length that counts against [`MAX_EVENT_BYTES`].
    pub fn size_bytes(&self) -> usize {
        self.header.len() + Salt::LEN + self.body.as_ref().map_or(0, Vec::len)
    }

    /// Writes header, salt and body as one string of bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        to_vec(self)
    }

    /// Reads an event from outside. The header and body inside are not looked at.
    ///
    /// # Errors
    /// See [`EventFault`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, EventFault> {
        cbor::check(bytes)?;
        let event: Self = minicbor::decode(bytes).map_err(|e| EventFault::Shape(e.to_string()))?;
        event.within_limits()
    }

    /// The event itself, when it is small enough.
    ///
    /// # Errors
    /// [`EventFault::TooLarge`].
    pub fn within_limits(self) -> Result<Self, EventFault> {
        let bytes = self.size_bytes();
        if bytes > MAX_EVENT_BYTES { Err(EventFault::TooLarge { bytes }) } else { Ok(self) }
    }
}

/// Writes a value into memory, which cannot fail.
#[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
pub(crate) fn to_vec<T: Encode<()>>(value: &T) -> Vec<u8> {
    minicbor::to_vec(value).expect("writing into memory does not fail")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn sample_header() -> Header {
        Header {
            version: ENVELOPE_VERSION,
            inspection: InspectionId([1; 16]),
            journal: JournalId([2; 16]),
            seq: 7,
            prev: Some(EventId([3; 32])),
            at: Moment(1_782_838_800_000),
            anchor: None,
            body_hash: BodyHash([4; 32]),
        }
    }

    #[test]
    fn a_header_goes_there_and_back_and_is_deterministic() {
        let with_anchor =
            Header { anchor: Some(Anchor { size: 9, root: RootHash([5; 32]) }), ..sample_header() };
        for header in [sample_header(), with_anchor] {
            let bytes = header.to_bytes();
            assert_eq!(cbor::check(&bytes), Ok(()));
            assert_eq!(Header::from_bytes(&bytes), Ok(header));
        }
    }

    #[test]
    fn a_field_from_the_future_is_passed_over_and_a_future_version_is_named() {
        let mut longer = sample_header().to_bytes();
        longer[0] += 1; // one more pair in the map
        longer.extend([0x18, 0x63, 0x01]); // 99: 1
        assert_eq!(Header::from_bytes(&longer), Ok(sample_header()));

        let future = Header { version: 2, ..sample_header() }.to_bytes();
        assert_eq!(Header::from_bytes(&future), Err(HeaderFault::FutureVersion(2)));
    }

    #[test]
    fn the_event_before_is_named_exactly_when_there_is_one() {
        let orphan = Header { prev: None, ..sample_header() }.to_bytes();
        assert_eq!(Header::from_bytes(&orphan), Err(HeaderFault::Previous(7)));
        let first = Header { seq: 0, ..sample_header() }.to_bytes();
        assert_eq!(Header::from_bytes(&first), Err(HeaderFault::Previous(0)));
    }

    #[test]
    fn an_event_above_the_limit_is_refused() {
        let body = vec![0; MAX_EVENT_BYTES];
        let event = Event { header: vec![], salt: Salt([0; 16]), body: Some(body) };
        let refused = Event::from_bytes(&event.to_bytes());
        assert!(matches!(refused, Err(EventFault::TooLarge { .. })), "{refused:?}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_without_panic(bytes: Vec<u8>) {
            let _ = Header::from_bytes(&bytes);
            let _ = Event::from_bytes(&bytes);
        }

        #[test]
        fn a_cut_event_is_never_read(body: Vec<u8>, cut in 0usize..64) {
            let header = sample_header().to_bytes();
            let whole = Event { header, salt: Salt([6; 16]), body: Some(body) }.to_bytes();
            let cut = cut.min(whole.len() - 1);
            prop_assert!(Event::from_bytes(&whole[..cut]).is_err());
        }
    }
}

//! Bundle: what a push says, as a file that travels without any network.
//!
//! It goes inside an envelope (`proof::envelope`) sealed to headquarters and to the team's
//! seats, and may be carried and handed in by anyone: heads prove it, as they prove a push.

use minicbor::{Decode, Encode};

use super::push::{MAX_PAGE_EVENTS, Part};
use super::{MessageFault, read, write};

/// The kind of file and of request body: an envelope around a [`Bundle`].
pub const MEDIA_TYPE: &str = "application/vnd.bienban.bundle";

/// The end of the file's name.
pub const EXTENSION: &str = ".bienban";

/// The largest bundle in bytes, before it is sealed.
pub const MAX_BUNDLE_BYTES: usize = proof::envelope::MAX_CONTENT_BYTES;

/// Journals on their way without a network.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Bundle {
    /// The parts, as in a push; the same journal may come in several, in order.
    #[n(0)]
    pub parts: Vec<Part>,
}

impl Bundle {
    /// Writes the message.
    pub fn to_bytes(&self) -> Vec<u8> {
        write(self)
    }

    /// Reads the message from an opened envelope.
    ///
    /// # Errors
    /// See [`MessageFault`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MessageFault> {
        let bundle: Self = read(bytes, MAX_BUNDLE_BYTES)?;
        let longest = bundle.parts.iter().map(|part| part.events.len()).max().unwrap_or(0);
        if longest > MAX_PAGE_EVENTS {
            return Err(MessageFault::TooManyEvents { events: longest, limit: MAX_PAGE_EVENTS });
        }
        Ok(bundle)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_without_panic(bytes: Vec<u8>) {
            let _ = Bundle::from_bytes(&bytes);
        }
    }
}

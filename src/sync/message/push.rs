//! Push: journals from a tablet to headquarters, each page of events under a head of its own.

use domain::event::Event;
use domain::ids::{Epoch, InspectionId, JournalId};
use domain::state::HeldReason;
use minicbor::{Decode, Encode};
use proof::chain::Journal;
use proof::head::SignedHead;
use serde::{Deserialize, Serialize};

use super::refusal::RefusalCode;
use super::{MessageFault, read, write};

/// The largest push in bytes.
pub const MAX_PUSH_BYTES: usize = 4 * 1024 * 1024;

/// The most events under one head, and in one page of a pull.
pub const MAX_PAGE_EVENTS: usize = 500;

/// `POST /api/v1/push`: any journals, also a colleague's.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Push {
    /// The parts; the same journal may come in several, in order.
    #[n(0)]
    pub parts: Vec<Part>,
}

/// A run of events of one journal that ends at the tip of its head.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Part {
    /// The seat's signature over how far the run reaches.
    #[n(0)]
    pub head: SignedHead,
    /// The events, each following the one before.
    #[n(1)]
    pub events: Vec<Event>,
}

impl Push {
    /// Writes the message.
    pub fn to_bytes(&self) -> Vec<u8> {
        write(self)
    }

    /// Reads the message from outside.
    ///
    /// # Errors
    /// See [`MessageFault`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MessageFault> {
        let push: Self = read(bytes, MAX_PUSH_BYTES)?;
        let longest = push.parts.iter().map(|part| part.events.len()).max().unwrap_or(0);
        if longest > MAX_PAGE_EVENTS {
            return Err(MessageFault::TooManyEvents { events: longest, limit: MAX_PAGE_EVENTS });
        }
        Ok(push)
    }
}

/// The answer to a push, as JSON; given only after the commit is on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushAnswer {
    /// The life of headquarters' store.
    pub epoch: Epoch,
    /// One entry for each journal of the push.
    pub journals: Vec<JournalAnswer>,
    /// How many positions, counted from 0, are in a backup of headquarters; absent before the
    /// first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub durable_through: Option<u64>,
}

/// What headquarters has of one journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JournalAnswer {
    /// The stream.
    pub inspection: InspectionId,
    /// The journal.
    pub journal: JournalId,
    /// The last `seq` up to which headquarters has everything; absent when it has nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_through: Option<u64>,
    /// Why the events of this push are held, when they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<HeldReason>,
    /// The `seq` headquarters needs next, when the push left a gap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
    /// Whether this journal has two events after the same one.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub fork: bool,
    /// Why nothing of this journal was taken, when nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusalCode>,
}

impl JournalAnswer {
    /// The journal this is about.
    pub fn journal(&self) -> Journal {
        Journal { inspection: self.inspection, journal: self.journal }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_push_above_the_limit_is_refused_before_it_is_read() {
        let refused = Push::from_bytes(&vec![0xff; MAX_PUSH_BYTES + 1]);
        assert!(matches!(refused, Err(MessageFault::TooLarge { .. })), "{refused:?}");
    }

    #[test]
    fn an_answer_leaves_out_what_did_not_happen() {
        let answer = JournalAnswer {
            inspection: InspectionId([1; 16]),
            journal: JournalId([2; 16]),
            accepted_through: Some(4),
            held: None,
            expected: None,
            fork: false,
            refused: None,
        };
        let json = serde_json::to_string(&answer).expect("it is plain data");
        let expected = format!(
            r#"{{"inspection":"{}","journal":"{}","accepted_through":4}}"#,
            "01".repeat(16),
            "02".repeat(16)
        );
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_str::<JournalAnswer>(&json).ok(), Some(answer));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_without_panic(bytes: Vec<u8>) {
            let _ = Push::from_bytes(&bytes);
        }
    }
}

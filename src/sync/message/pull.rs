//! Pull: events from headquarters to a tablet, by an opaque cursor for each inspection.

use core::fmt;
use std::collections::BTreeMap;

use domain::event::Event;
use domain::ids::{Epoch, InspectionId};
use domain::state::{Custody, HeldReason};
use minicbor::{Decode, Encode};
use proof::head::SignedHead;
use serde::{Deserialize, Serialize};

use super::{MessageFault, read, write};

/// The largest answer to a pull that a tablet reads, in bytes.
pub const MAX_PULL_BYTES: usize = 40 * 1024 * 1024;

/// Where a tablet stands in one inspection; only headquarters knows what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize)]
#[cbor(transparent)]
#[serde(transparent)]
pub struct Cursor(#[n(0)] pub String);

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `POST /api/v1/pull`, as JSON: what the tablet has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pull {
    /// The cursor of each inspection the tablet has; one it does not name comes from the start.
    pub have: BTreeMap<InspectionId, Cursor>,
}

/// The answer to a pull.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PullAnswer {
    /// The life of headquarters' store.
    #[n(0)]
    pub epoch: Epoch,
    /// What is new, by inspection; also inspections without news that became visible.
    #[n(1)]
    pub pages: Vec<Page>,
    /// Inspections that this seat may not see any longer.
    #[n(2)]
    pub gone: Vec<InspectionId>,
    /// Whether there is more: ask again with the new cursors.
    #[n(3)]
    pub more: bool,
    /// How many positions, counted from 0, are in a backup of headquarters; absent before the
    /// first.
    #[n(4)]
    pub durable_through: Option<u64>,
}

/// What is new in one inspection.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Page {
    /// The inspection.
    #[n(0)]
    pub inspection: InspectionId,
    /// Where the tablet stands after this page.
    #[n(1)]
    pub cursor: Cursor,
    /// For each journal in this page, a head that reaches at least as far as its events here.
    #[n(2)]
    pub heads: Vec<SignedHead>,
    /// The events in the order of their positions.
    #[n(3)]
    pub entries: Vec<PulledEvent>,
}

/// One event with what headquarters says of it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PulledEvent {
    /// Its place among everything headquarters ever accepted, counted from 0.
    #[n(0)]
    pub position: u64,
    /// Why it is held, when it is.
    #[n(1)]
    pub held: Option<HeldReason>,
    /// The event.
    #[n(2)]
    pub event: Event,
}

impl PulledEvent {
    /// Whether the event counts.
    pub fn custody(&self) -> Custody {
        self.held.map_or(Custody::Accepted, Custody::Held)
    }
}

impl PullAnswer {
    /// Writes the message.
    pub fn to_bytes(&self) -> Vec<u8> {
        write(self)
    }

    /// Reads the message from outside.
    ///
    /// # Errors
    /// See [`MessageFault`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MessageFault> {
        read(bytes, MAX_PULL_BYTES)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_tablet_has_is_a_map_from_inspection_to_cursor() {
        let have = BTreeMap::from([(InspectionId([1; 16]), Cursor("7".to_owned()))]);
        let json = serde_json::to_string(&Pull { have }).expect("it is plain data");
        assert_eq!(json, format!(r#"{{"have":{{"{}":"7"}}}}"#, "01".repeat(16)));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_without_panic(bytes: Vec<u8>) {
            let _ = PullAnswer::from_bytes(&bytes);
        }
    }
}

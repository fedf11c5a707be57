//! What headquarters needs of a vault's rows: events, the heads over others' events, and the keys of
//! the seats that wrote in it.
//!
//! The rows themselves are `storage`'s; what is read of them here keeps its meaning as long as the
//! form of the vault does. Nothing is believed that does not verify.

use domain::cbor;
use domain::event::Event;
use domain::ids::{InspectionId, SeatId};
use minicbor::Decode;
use thiserror::Error;
use zeroize::Zeroizing;

use super::file::OpenedRow;
use crate::chain::{self, ChainFault, Verified};
use crate::head::SignedHead;

/// The table of events.
pub const EVENTS: &str = "events";

/// The table of heads that came with others' events.
pub const HEADS: &str = "heads";

/// The table of single records.
pub const META: &str = "meta";

/// The table of words that are no event yet.
pub const DRAFTS: &str = "drafts";

/// The key of the record of the seat.
pub const SEAT: &str = "seat";

/// How the keys of the records of former seats begin.
pub const FORMER_SEAT: &str = "former-seat ";

/// What a row of a vault is to headquarters.
#[derive(Debug)]
pub enum Recovered {
    /// An event, own or pulled, that is what it says it is.
    Event(Box<Verified>),
    /// A head over events of another; its signature is not checked here.
    Head(SignedHead),
    /// A seat that wrote in this vault.
    Seat(RecoveredSeat),
    /// Words that were typed and are no event yet: nobody signed them.
    Draft(RecoveredDraft),
    /// Something that headquarters gave or the tablet alone needs.
    Other,
}

/// Words that were typed into a field and not yet recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveredDraft {
    /// The inspection.
    pub inspection: InspectionId,
    /// The field, as the tablet names it.
    pub field: String,
    /// The words.
    pub text: String,
}

/// A seat with its private keys, to sign what it could not send.
pub struct RecoveredSeat {
    /// The seat.
    pub seat: SeatId,
    /// Its Ed25519 key as PKCS#8.
    pub signing_pkcs8: Zeroizing<Vec<u8>>,
    /// Its X25519 key as PKCS#8.
    pub envelope_pkcs8: Zeroizing<Vec<u8>>,
}

/// Prints the seat only.
impl core::fmt::Debug for RecoveredSeat {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("RecoveredSeat").field(&self.seat).finish()
    }
}

/// Why the content of a row that opened is of no use.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ContentFault {
    /// It is not the record it should be.
    #[error("the record cannot be read")]
    Shape,
    /// It is an event that does not verify.
    #[error(transparent)]
    Chain(#[from] ChainFault),
}

#[derive(Decode)]
#[cbor(map)]
struct EventForm {
    #[n(0)]
    event: Event,
}

#[derive(Decode)]
#[cbor(map)]
struct DraftForm {
    #[n(0)]
    text: String,
}

#[derive(Decode)]
#[cbor(map)]
struct SeatForm {
    #[n(0)]
    seat: SeatId,
    #[cbor(n(3), with = "minicbor::bytes")]
    signing: Vec<u8>,
    #[cbor(n(4), with = "minicbor::bytes")]
    envelope: Vec<u8>,
}

/// Reads a row for what it is to headquarters.
///
/// # Errors
/// See [`ContentFault`].
pub fn read(row: &OpenedRow) -> Result<Recovered, ContentFault> {
    match row.table.as_str() {
        EVENTS => {
            let EventForm { event } = decode(&row.bytes)?;
            Ok(Recovered::Event(Box::new(chain::verify_event(event, 0)?)))
        }
        HEADS => Ok(Recovered::Head(decode(&row.bytes)?)),
        DRAFTS => {
            let (inspection, field) =
                row.key.split_at_checked(InspectionId::LEN).ok_or(ContentFault::Shape)?;
            let inspection = InspectionId(inspection.try_into().map_err(|_| ContentFault::Shape)?);
            let field = String::from_utf8(field.to_vec()).map_err(|_| ContentFault::Shape)?;
            let DraftForm { text } = decode(&row.bytes)?;
            Ok(Recovered::Draft(RecoveredDraft { inspection, field, text }))
        }
        META if is_seat(&row.key) => {
            let SeatForm { seat, signing, envelope } = decode(&row.bytes)?;
            let (signing_pkcs8, envelope_pkcs8) = (signing.into(), envelope.into());
            Ok(Recovered::Seat(RecoveredSeat { seat, signing_pkcs8, envelope_pkcs8 }))
        }
        _ => Ok(Recovered::Other),
    }
}

fn is_seat(key: &[u8]) -> bool {
    key == SEAT.as_bytes() || key.starts_with(FORMER_SEAT.as_bytes())
}

fn decode<'b, T: Decode<'b, ()>>(bytes: &'b [u8]) -> Result<T, ContentFault> {
    cbor::check(bytes).map_err(|_| ContentFault::Shape)?;
    minicbor::decode(bytes).map_err(|_| ContentFault::Shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(table: &str, key: &[u8], bytes: &[u8]) -> OpenedRow {
        OpenedRow { table: table.to_owned(), key: key.to_vec(), bytes: bytes.to_vec() }
    }

    #[test]
    fn a_record_that_is_none_is_told_and_what_only_the_tablet_needs_is_passed_over() {
        assert!(matches!(read(&row(EVENTS, b"k", b"x")), Err(ContentFault::Shape)));
        assert!(matches!(read(&row(META, b"seat", b"\xa0")), Err(ContentFault::Shape)));
        assert!(matches!(read(&row(META, b"canary", b"x")), Ok(Recovered::Other)));
        assert!(matches!(read(&row(DRAFTS, b"k", b"x")), Err(ContentFault::Shape)));
    }

    #[test]
    fn words_that_are_no_event_yet_come_back_with_their_field() {
        let key = [&[7; 16], b"facts".as_slice()].concat();
        // A map of one pair: 0 and a text of two letters.
        let read = read(&row(DRAFTS, &key, &[0xa1, 0x00, 0x62, b'a', b'b']));
        let expected = RecoveredDraft {
            inspection: InspectionId([7; 16]),
            field: "facts".to_owned(),
            text: "ab".to_owned(),
        };
        assert!(matches!(read, Ok(Recovered::Draft(draft)) if draft == expected));
    }
}

//! What tablets ask.

use sync::message::bundle;
use sync::message::receipt::VAULT_MEDIA_TYPE;
use sync::message::refusal::RefusalCode;

use super::described::Described;
use super::messages::{AskReceipt, Enrol, Enrolled, PackList, Pull, PushAnswer};
use super::refusals::OF_SEATS;
use super::{SEAT, samples};
use crate::api::asked::CBOR;

pub(super) const TAG: &str = "tablets";

fn by_anyone(summary: &str, description: &str) -> Described {
    Described::new(TAG, summary, description)
}

fn by_seat(summary: &str, description: &str) -> Described {
    by_anyone(summary, description).secured(SEAT).refuses(OF_SEATS)
}

/// A message of a seat: 401 has a sentence for each of its causes, so all are given at once.
fn message(summary: &str, description: &str, others: &[RefusalCode]) -> Described {
    let codes = [OF_SEATS, &[RefusalCode::UnsupportedMedia], others].concat();
    by_seat(summary, description).refuses(&codes)
}

pub(in crate::api) fn document() -> Described {
    let what = "This document, in OpenAPI 3.1.";
    by_anyone("This document", "").answers_file("application/json", what)
}

pub(in crate::api) fn enrol() -> Described {
    use RefusalCode::{
        Busy, Internal, InvitationSpent, Malformed, TooLarge, TooMany, UnsupportedMedia,
    };
    by_anyone(
        "An invitation becomes a seat",
        "Repeating it with the same key gives the same seat. At most 256 KiB.",
    )
    .takes_json::<Enrol>("The invitation and the seat's public keys.", samples::enrol())
    .answers_json::<Enrolled>("The seat.", samples::enrolled())
    .refuses(&[
        Malformed,
        InvitationSpent,
        TooLarge,
        UnsupportedMedia,
        TooMany,
        Internal,
        Busy,
    ])
}

pub(in crate::api) fn push() -> Described {
    message(
        "Journals come in",
        "Any journals, also a colleague's: their heads prove them. Repeating it is harmless. \
         Where one part is malformed nothing of the push is taken. A revoked seat may still push; \
         what it brings is held.",
        &[RefusalCode::FutureVersion],
    )
    .takes_binary(CBOR, "PushBytes")
    .answers_json::<PushAnswer>("What headquarters has, on disk.", samples::push_answer())
}

pub(in crate::api) fn bundle() -> Described {
    message(
        "A colleague's file is handed in",
        "Answered like a push. Whoever carries it needs no right to what is inside.",
        &[RefusalCode::FutureVersion],
    )
    .takes_binary(bundle::MEDIA_TYPE, "BundleBytes")
    .answers_json::<PushAnswer>("What headquarters has, on disk.", samples::push_answer())
}

pub(in crate::api) fn pull() -> Described {
    message(
        "What is new for a seat",
        "Events above each cursor, inspections that became visible from their start, and those \
         that are not visible any longer. Ask again while `more` is true. At most 256 KiB.",
        &[RefusalCode::Revoked],
    )
    .takes_json::<Pull>("What the tablet has.", samples::pull())
    .answers_binary(CBOR, "What is new.", "PullAnswerBytes")
}

pub(in crate::api) fn packs() -> Described {
    by_seat("Which packs there are", "")
        .refuses(&[RefusalCode::Revoked])
        .answers_json::<PackList>("The packs.", samples::packs())
}

pub(in crate::api) fn pack() -> Described {
    by_seat("One pack", "It never changes and may be kept for ever.")
        .refuses(&[RefusalCode::Revoked, RefusalCode::NotFound])
        .answers_binary(CBOR, "The pack.", "PackBytes")
}

pub(in crate::api) fn receipt() -> Described {
    message(
        "Which journals headquarters has on disk",
        "Under headquarters' signature. What is not named in the answer is not there. A revoked \
         seat may ask, and erases what the answer covers. At most 256 KiB.",
        &[],
    )
    .takes_json::<AskReceipt>("Where the journals end.", samples::ask_receipt())
    .answers_binary(CBOR, "The receipt.", "WordBytes")
}

pub(in crate::api) fn order() -> Described {
    by_anyone(
        "The order to erase for a revoked seat",
        "For a tablet whose vault is locked. It erases nothing that no receipt covers.",
    )
    .answers_binary(CBOR, "The order.", "WordBytes")
    .refuses(&[RefusalCode::Malformed, RefusalCode::NotFound, RefusalCode::Internal])
}

pub(in crate::api) fn vault() -> Described {
    use RefusalCode::{Busy, Internal, Malformed, NotFound, TooLarge, UnsupportedMedia};
    by_anyone(
        "The locked vault of a revoked seat",
        "Kept as it came; repeating it changes nothing. Only the escrow key can read it.",
    )
    .takes_binary(VAULT_MEDIA_TYPE, "VaultBytes")
    .answers_binary(CBOR, "The receipt, given after the commit.", "WordBytes")
    .refuses(&[Malformed, NotFound, TooLarge, UnsupportedMedia, Busy, Internal])
}

//! What each refusal means, in the words of the document.

use std::collections::BTreeMap;

use sync::message::refusal::RefusalCode;

/// Refusals that every request of a seat may meet.
pub(super) const OF_SEATS: &[RefusalCode] = &[
    RefusalCode::Malformed,
    RefusalCode::Unproven,
    RefusalCode::StaleProof,
    RefusalCode::UnknownSeat,
    RefusalCode::TooLarge,
    RefusalCode::TooMany,
    RefusalCode::Internal,
    RefusalCode::Busy,
];

/// The sentences of refusals by status; one status may have several.
pub(super) fn by_status(codes: &[RefusalCode]) -> BTreeMap<u16, String> {
    let mut sentences = BTreeMap::<u16, Vec<String>>::new();
    for code in codes {
        let sentence = format!("`{}`: {}", code.as_str(), meaning(*code));
        sentences.entry(code.status()).or_default().push(sentence);
    }
    sentences.into_iter().map(|(status, lines)| (status, lines.join("\n"))).collect()
}

fn meaning(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::Malformed => "the message cannot be read or breaks a rule of its form",
        RefusalCode::Unproven => "there is no proof of seat, or it does not verify",
        RefusalCode::StaleProof => {
            "the proof was signed too far from headquarters' clock, which `now` tells"
        }
        RefusalCode::UnknownSeat => "headquarters does not know the seat; enrol again",
        RefusalCode::Revoked => "the seat is revoked; it may still push what it has",
        RefusalCode::NotFound => "there is no such thing, or this seat may not see it",
        RefusalCode::InvitationSpent => "the invitation was used, has expired or never existed",
        RefusalCode::TooLarge => "the message is larger than allowed here",
        RefusalCode::UnsupportedMedia => "the body is of a kind that is not taken here",
        RefusalCode::FutureVersion => "an event is of a future version: update headquarters",
        RefusalCode::TooMany => {
            "too many requests from this address or seat; `retry-after` says when to ask again"
        }
        RefusalCode::Internal => "headquarters is at fault and stored nothing; ask again later",
        RefusalCode::Busy => "headquarters is busy and stored nothing; ask again later",
        RefusalCode::Other => "a refusal of a later version",
    }
}

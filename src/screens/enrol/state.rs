//! What the enrolment screen decides: what a code looks like, and what a fault means for the
//! person who holds it.

use sync::message::refusal::RefusalCode;
use sync::status::SyncFault;
use texts::{Lang, enrol as words};

/// The code in a typed text or in the fragment of an address; `None` when there is none.
///
/// People paste whole links: what stands behind the last `#` counts.
pub(super) fn code_in(text: &str) -> Option<String> {
    let code = text.rsplit('#').next().unwrap_or_default().trim();
    // `#/…` is a route of the app and no code.
    let is_code = !code.is_empty() && !code.contains('/');
    is_code.then(|| code.to_owned())
}

/// What a fault means here, with the next step.
pub(super) fn fault_words(lang: Lang, fault: &SyncFault) -> &'static str {
    match fault {
        SyncFault::Unreachable => words::unreachable(lang),
        SyncFault::Unreadable => words::unreadable(lang),
        SyncFault::NotStored => words::not_stored(lang),
        SyncFault::AppOutdated => words::unreadable(lang),
        SyncFault::Refused(RefusalCode::InvitationSpent | RefusalCode::NotFound) => {
            words::spent(lang)
        }
        SyncFault::Refused(RefusalCode::Busy | RefusalCode::Internal) => words::unreachable(lang),
        SyncFault::Refused(
            RefusalCode::Malformed
            | RefusalCode::Unproven
            | RefusalCode::StaleProof
            | RefusalCode::UnknownSeat
            | RefusalCode::Revoked
            | RefusalCode::TooLarge
            | RefusalCode::UnsupportedMedia
            | RefusalCode::FutureVersion
            | RefusalCode::Other,
        ) => words::refused(lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_in_a_link_and_as_typed() {
        let cases = [
            ("https://bienban.example/enrol#K7Q2-9XLM", Some("K7Q2-9XLM")),
            ("#K7Q2-9XLM", Some("K7Q2-9XLM")),
            ("  K7Q2-9XLM ", Some("K7Q2-9XLM")),
            ("#/sync", None),
            ("  ", None),
            ("", None),
        ];
        for (text, code) in cases {
            assert_eq!(code_in(text).as_deref(), code, "{text:?}");
        }
    }
}

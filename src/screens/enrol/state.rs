//! What the enrolment screen decides: what a code looks like, and what a fault means for the
//! person who holds it.

use std::collections::BTreeSet;

use sync::message::refusal::RefusalCode;
use sync::status::SyncFault;
use texts::{Lang, enrol as words, unlock as lock_words};

use crate::seam::Passphrase;

/// The code in a typed text or in the fragment of an address; `None` when there is none.
///
/// People paste whole links: what stands behind the last `#` counts.
pub(super) fn code_in(text: &str) -> Option<String> {
    let code = text.rsplit('#').next().unwrap_or_default().trim();
    // `#/…` is a route of the app and no code.
    let is_code = !code.is_empty() && !code.contains('/');
    is_code.then(|| code.to_owned())
}

/// The fewest characters of a passphrase that is not [`MIN_WORDS`] words.
const MIN_CHARACTERS: usize = 12;

/// The fewest words of a passphrase that is shorter than [`MIN_CHARACTERS`].
const MIN_WORDS: usize = 4;

/// The fewest different characters.
const MIN_DIFFERENT: usize = 5;

/// Why a passphrase is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weakness {
    /// It has neither enough characters nor enough words.
    Short,
    /// It is the same few characters again and again.
    Repeating,
}

/// Why a passphrase is not taken; `None` when it is. Length is what counts against somebody who has
/// the disk; signs and digits are not asked for.
pub(super) fn weakness(Passphrase(text): &Passphrase) -> Option<Weakness> {
    let words = text.split_whitespace().filter(|word| word.chars().count() >= 2);
    if text.chars().count() < MIN_CHARACTERS && words.count() < MIN_WORDS {
        return Some(Weakness::Short);
    }
    let different: BTreeSet<char> = text.chars().collect();
    (different.len() < MIN_DIFFERENT).then_some(Weakness::Repeating)
}

/// What is to be done about it.
pub(super) fn weakness_words(lang: Lang, weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::Short => lock_words::short(lang),
        Weakness::Repeating => lock_words::repeating(lang),
    }
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
        SyncFault::Refused(RefusalCode::Busy | RefusalCode::TooMany | RefusalCode::Internal) => {
            words::unreachable(lang)
        }
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
    fn twelve_characters_or_four_words_are_taken() {
        let cases = [
            ("mẹ ra ao cá", None),
            ("giấy-mực-bìa", None),
            ("giay muc", Some(Weakness::Short)),
            ("a b c d e", Some(Weakness::Short)),
            ("", Some(Weakness::Short)),
            ("aaaaaaaaaaaaaaaa", Some(Weakness::Repeating)),
            ("121212121212", Some(Weakness::Repeating)),
        ];
        for (passphrase, expected) in cases {
            assert_eq!(weakness(&Passphrase(passphrase.to_owned())), expected, "{passphrase}");
        }
    }

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

//! Which passphrases are taken.
//!
//! Length is what counts against somebody who has the disk; signs and digits are not asked for. No
//! list of common passphrases is consulted.

use std::collections::BTreeSet;

/// The fewest characters of a passphrase that is not [`MIN_WORDS`] words.
pub const MIN_CHARACTERS: usize = 12;

/// The fewest words of a passphrase that is shorter than [`MIN_CHARACTERS`].
pub const MIN_WORDS: usize = 4;

/// The fewest different characters.
const MIN_DIFFERENT: usize = 5;

/// Why a passphrase is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// It has neither enough characters nor enough words.
    Short,
    /// It is the same few characters again and again.
    Repeating,
}

/// Whether a passphrase is taken.
///
/// # Errors
/// See [`Weakness`].
pub fn judge(passphrase: &str) -> Result<(), Weakness> {
    let words = passphrase.split_whitespace().filter(|word| word.chars().count() >= 2);
    if passphrase.chars().count() < MIN_CHARACTERS && words.count() < MIN_WORDS {
        return Err(Weakness::Short);
    }
    let different: BTreeSet<char> = domain::order::gather(passphrase.chars());
    if different.len() < MIN_DIFFERENT { Err(Weakness::Repeating) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_characters_or_four_words_are_taken() {
        let cases = [
            ("mẹ ra ao cá", Ok(())),
            ("giấy-mực-bìa", Ok(())),
            ("giay muc", Err(Weakness::Short)),
            ("a b c d e", Err(Weakness::Short)),
            ("", Err(Weakness::Short)),
            ("aaaaaaaaaaaaaaaa", Err(Weakness::Repeating)),
            ("121212121212", Err(Weakness::Repeating)),
        ];
        for (passphrase, judged) in cases {
            assert_eq!(judge(passphrase), judged, "{passphrase}");
        }
    }
}

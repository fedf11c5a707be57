//! How well a fact of the law was verified; it says nothing about the fact itself.

use core::fmt;
use core::str::FromStr;

use minicbor::{Decode, Encode};

/// How well a fact was verified. What is not [`Confidence::Verified`] says so on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Confidence {
    /// The text itself was read, in an official or a consolidated copy.
    #[n(0)]
    Verified,
    /// A summary or a cut excerpt was read.
    #[n(1)]
    Secondary,
    /// Somebody knew it; no source was found.
    #[n(2)]
    Memory,
}

impl Confidence {
    /// Every value, the best first.
    pub const ALL: [Self; 3] = [Self::Verified, Self::Secondary, Self::Memory];

    /// The word for it in packs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Secondary => "secondary",
            Self::Memory => "memory",
        }
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Confidence {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|value| value.word() == word).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_three_words_are_read() {
        for value in Confidence::ALL {
            assert_eq!(value.word().parse(), Ok(value));
        }
        for word in ["", "Verified", "certain", "verified "] {
            assert_eq!(word.parse::<Confidence>(), Err(()), "{word}");
        }
    }
}

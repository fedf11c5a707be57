//! Ranges of fines, always indicative: the decision belongs to the competent person.
//!
//! A missing amount means that no source was found. It is never zero and never computed from
//! another provision.

use core::fmt;
use core::str::FromStr;

use minicbor::{Decode, Decoder, Encode, decode};
use thiserror::Error;

/// A range of fines in đồng, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode)]
pub struct FineRange {
    #[n(0)]
    min_vnd: u64,
    #[n(1)]
    max_vnd: u64,
}

/// Why two amounts make no range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FineRangeFault {
    /// The lowest amount is above the highest.
    #[error("the fine's minimum {min_vnd} is above its maximum {max_vnd}")]
    MinAboveMax {
        /// The lowest amount.
        min_vnd: u64,
        /// The highest amount.
        max_vnd: u64,
    },
    /// The highest amount is zero, which would read as "no fine".
    #[error("a fine of 0 is no fine; leave it out when no source was found")]
    Zero,
}

impl FineRange {
    /// The range between two amounts.
    ///
    /// # Errors
    /// When `min_vnd` is above `max_vnd`, or `max_vnd` is zero.
    pub fn new(min_vnd: u64, max_vnd: u64) -> Result<Self, FineRangeFault> {
        if max_vnd == 0 {
            return Err(FineRangeFault::Zero);
        }
        if min_vnd > max_vnd {
            return Err(FineRangeFault::MinAboveMax { min_vnd, max_vnd });
        }
        Ok(Self { min_vnd, max_vnd })
    }

    /// The lowest amount.
    pub fn min_vnd(&self) -> u64 {
        self.min_vnd
    }

    /// The highest amount.
    pub fn max_vnd(&self) -> u64 {
        self.max_vnd
    }

    /// Half the range: what an individual pays where the instrument says so.
    ///
    /// Source: Decree 119/2020/NĐ-CP, article 4 clause 2.
    #[must_use]
    pub fn half(self) -> Self {
        Self { min_vnd: self.min_vnd / 2, max_vnd: self.max_vnd / 2 }
    }

    /// The range for `whom`, when the instrument's amount is for `applies_to`.
    ///
    /// `individual_pays_half` is what the instrument says. There is no rule for the other
    /// direction: an organisation has no amount where the instrument names an individual's.
    pub fn indicative_for(
        self,
        whom: Addressee,
        applies_to: Addressee,
        individual_pays_half: bool,
    ) -> Option<Self> {
        match (applies_to, whom) {
            (Addressee::Organisation, Addressee::Organisation)
            | (Addressee::Individual, Addressee::Individual) => Some(self),
            (Addressee::Organisation, Addressee::Individual) => {
                individual_pays_half.then(|| self.half())
            }
            (Addressee::Individual, Addressee::Organisation) => None,
        }
    }
}

impl<'b, C> Decode<'b, C> for FineRange {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        if d.array()? != Some(2) {
            return Err(decode::Error::message("a fine is not two amounts"));
        }
        Self::new(d.u64()?, d.u64()?).map_err(|_| decode::Error::message("a fine is no range"))
    }
}

/// Whom an amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Addressee {
    /// An organisation.
    #[n(0)]
    Organisation,
    /// A person.
    #[n(1)]
    Individual,
}

impl Addressee {
    /// The word for it in packs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Individual => "individual",
        }
    }
}

impl fmt::Display for Addressee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Addressee {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        [Self::Organisation, Self::Individual]
            .into_iter()
            .find(|value| value.word() == word)
            .ok_or(())
    }
}

/// What the instruments provide for an act, as far as a source was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Penalty {
    /// No source was found. This is not "nothing".
    NoSource,
    /// A warning, and no fine.
    Warning,
    /// A fine within the range.
    Fine(FineRange),
    /// A warning, or a fine within the range.
    WarningOrFine(FineRange),
}

impl Penalty {
    /// The penalty that an item's two facts amount to.
    pub fn of(fine: Option<FineRange>, warning_possible: bool) -> Self {
        match (fine, warning_possible) {
            (None, false) => Self::NoSource,
            (None, true) => Self::Warning,
            (Some(range), false) => Self::Fine(range),
            (Some(range), true) => Self::WarningOrFine(range),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_individual_pays_half_only_where_the_instrument_says_so() {
        use Addressee::{Individual, Organisation};
        let range = FineRange::new(60_000_000, 100_000_000).unwrap();
        let half = FineRange::new(30_000_000, 50_000_000).unwrap();
        let cases = [
            (Organisation, Organisation, true, Some(range)),
            (Individual, Organisation, true, Some(half)),
            (Individual, Organisation, false, None),
            (Individual, Individual, true, Some(range)),
            (Organisation, Individual, true, None),
        ];
        for (whom, applies_to, halves, expected) in cases {
            assert_eq!(range.indicative_for(whom, applies_to, halves), expected, "{whom:?}");
        }
    }

    #[test]
    fn a_missing_fine_is_no_source_and_zero_is_no_fine() {
        assert_eq!(Penalty::of(None, false), Penalty::NoSource);
        assert_eq!(Penalty::of(None, true), Penalty::Warning);
        assert_eq!(FineRange::new(0, 0), Err(FineRangeFault::Zero));
    }

    #[test]
    fn a_foreign_fine_upside_down_is_refused() {
        assert!(minicbor::decode::<FineRange>(&[0x82, 0x02, 0x01]).is_err());
        assert!(minicbor::decode::<FineRange>(&[0x82, 0x01, 0x02]).is_ok());
    }

    proptest! {
        #[test]
        fn half_a_range_is_a_range_within_the_whole(min in 1_u64..1 << 40, width in 0_u64..1 << 40) {
            let range = FineRange::new(min, min + width).unwrap();
            let half = range.half();
            prop_assert!(half.min_vnd() <= half.max_vnd());
            prop_assert!(half.max_vnd() <= range.max_vnd());
        }
    }
}

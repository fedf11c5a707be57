//! The right to explanation: whether an act is of the kind for which Article 61 of the Law on
//! handling administrative violations gives it.
//!
//! The right is computed from the *maximum of the range* that the packs hold. Deadlines are told
//! in working days and not as dates: no calendar of public holidays is kept here.

use domain::checklist::Item;
use domain::law::{Addressee, FineRange, Penalty};
use jiff::civil::Date;
use texts::{Lang, minutes as t};

/// From this maximum on an organisation has the right (Article 61, as amended in 2020).
pub const ORGANISATION_FROM_VND: u64 = 30_000_000;

/// From this maximum on an individual has the right (Article 61, as amended in 2020).
pub const INDIVIDUAL_FROM_VND: u64 = 15_000_000;

/// Whether there is the right, as far as the packs tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// The maximum of the range reaches the threshold.
    ByFine {
        /// That maximum.
        max_vnd: u64,
    },
    /// The item's provision knows the loss of a licence or suspension.
    BySuspension,
    /// The range is known and stays below.
    Below {
        /// Its maximum.
        max_vnd: u64,
    },
    /// There is no source for a range on the day of the act: nobody may conclude that there is
    /// no right.
    NoSource,
}

impl Right {
    /// The right for an act on `act_on` against `item`.
    pub fn of(item: &Item, act_on: Date) -> Self {
        if item.supplementary_sanctions.iter().any(|words| is_suspension(words)) {
            return Self::BySuspension;
        }
        match item.penalty_on(act_on) {
            Penalty::Fine(range) | Penalty::WarningOrFine(range) => {
                Self::by(range, item.applies_to)
            }
            Penalty::Warning | Penalty::NoSource => Self::NoSource,
        }
    }

    fn by(range: FineRange, applies_to: Addressee) -> Self {
        let threshold_vnd = match applies_to {
            Addressee::Organisation => ORGANISATION_FROM_VND,
            Addressee::Individual => INDIVIDUAL_FROM_VND,
        };
        let max_vnd = range.max_vnd();
        if max_vnd >= threshold_vnd { Self::ByFine { max_vnd } } else { Self::Below { max_vnd } }
    }

    /// The right in words.
    pub fn words(self, lang: Lang) -> String {
        let amount = |max_vnd| texts::format::amount(lang, max_vnd);
        match self {
            Self::ByFine { max_vnd } => t::explanation_yes_fine(lang, &amount(max_vnd)),
            Self::BySuspension => t::explanation_yes_suspension(lang).to_owned(),
            Self::Below { max_vnd } => t::explanation_below(lang, &amount(max_vnd)),
            Self::NoSource => t::explanation_no_source(lang).to_owned(),
        }
    }
}

/// "Tước quyền sử dụng giấy phép", "đình chỉ hoạt động": the words that the law uses.
fn is_suspension(words: &str) -> bool {
    let words = words.to_lowercase();
    words.contains("tước quyền") || words.contains("đình chỉ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::item;
    use jiff::civil::date;

    fn right(max_vnd: Option<u64>, applies_to: Addressee, supplementary: &[&str]) -> Right {
        let fine = max_vnd.map(|max| FineRange::new(1_000_000, max).unwrap());
        let supplementary_sanctions = supplementary.iter().map(|s| (*s).to_owned()).collect();
        let item = Item { fine, applies_to, supplementary_sanctions, ..item("a.1") };
        Right::of(&item, date(2026, 7, 1))
    }

    #[test]
    fn the_right_begins_at_the_maximum_that_the_law_names() {
        use Addressee::{Individual, Organisation};
        let cases = [
            (29_999_999, Organisation, Right::Below { max_vnd: 29_999_999 }),
            (30_000_000, Organisation, Right::ByFine { max_vnd: 30_000_000 }),
            (14_999_999, Individual, Right::Below { max_vnd: 14_999_999 }),
            (15_000_000, Individual, Right::ByFine { max_vnd: 15_000_000 }),
        ];
        for (max, whom, expected) in cases {
            assert_eq!(right(Some(max), whom, &[]), expected);
        }
    }

    #[test]
    fn without_a_source_nobody_concludes_that_there_is_no_right() {
        assert_eq!(right(None, Addressee::Organisation, &[]), Right::NoSource);
        let before_the_decree = Right::of(&item("a.1"), date(2019, 1, 1));
        assert_eq!(before_the_decree, Right::NoSource);
    }

    #[test]
    fn a_licence_at_stake_gives_the_right_whatever_the_amount() {
        let words = ["Tước quyền sử dụng giấy phép từ 01 đến 03 tháng"];
        let right = right(Some(2_000_000), Addressee::Organisation, &words);
        assert_eq!(right, Right::BySuspension);
    }
}

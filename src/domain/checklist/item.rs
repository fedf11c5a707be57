//! One item: the question, what decides it, and on which provisions it rests.
//!
//! An item asks about documents and physical facts. It has no field for a view on content or
//! for a score of a person, and gets none.

use jiff::civil::Date;
use minicbor::{Decode, Encode};

use crate::law::{Addressee, Confidence, FineRange, Penalty, Provision, optional_day};

/// What an inspector is asked to check.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Item {
    /// Its stable id, the same in every version of its checklist: `print.pub.licence`.
    #[n(0)]
    pub id: String,
    /// The question in Vietnamese.
    #[n(1)]
    pub question_vi: String,
    /// The question in English.
    #[n(2)]
    pub question_en: String,
    /// The kinds of establishment it concerns.
    #[n(3)]
    pub establishment_kinds: Vec<String>,
    /// The kinds of evidence that decide it.
    #[n(4)]
    pub evidence_kinds: Vec<String>,
    /// What to look at, in Vietnamese.
    #[n(5)]
    pub evidence_vi: String,
    /// The provisions that make the duty, every version of them.
    #[n(6)]
    pub duties: Vec<Provision>,
    /// The provisions that provide for a sanction, every version of them.
    #[n(7)]
    pub sanctions: Vec<Provision>,
    /// The range of the fine; missing means that no source was found.
    #[n(8)]
    pub fine: Option<FineRange>,
    /// Whether a warning is possible.
    #[n(9)]
    pub warning_possible: bool,
    /// Whom the fine's range is for.
    #[n(10)]
    pub applies_to: Addressee,
    /// The text of the sanctioning instrument in which the range was read.
    #[n(11)]
    pub fine_text: Option<String>,
    /// Sanctions beside the fine, in Vietnamese.
    #[n(12)]
    pub supplementary_sanctions: Vec<String>,
    /// Remedial measures, in Vietnamese.
    #[n(13)]
    pub remedies: Vec<String>,
    /// How well its facts were verified.
    #[n(14)]
    pub confidence: ItemConfidence,
    /// What its facts were read in: places in the checklist's list of sources.
    #[n(15)]
    pub sources: Vec<u16>,
    /// What the inspector should know, in Vietnamese.
    #[n(16)]
    pub note: Option<String>,
    /// Whether the wording must be compared with the text in force before it is relied on.
    #[n(17)]
    pub must_recheck: bool,
    /// What is known about the decree on sanctions being replaced, in Vietnamese.
    #[n(18)]
    pub domain_decree_status: Option<String>,
    /// The first day of inspection on which it is not asked any more.
    #[cbor(n(19), with = "optional_day", has_nil)]
    pub asked_before: Option<Date>,
}

/// How well the facts of an item were verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct ItemConfidence {
    /// The item as a whole.
    #[n(0)]
    pub overall: Confidence,
    /// The duty; missing where nothing was noted about it.
    #[n(1)]
    pub duty: Option<Confidence>,
    /// The amounts and the warning; missing where none were read.
    #[n(2)]
    pub fine: Option<Confidence>,
}

impl Item {
    /// Whether the item concerns establishments of `kind`.
    pub fn is_for(&self, kind: &str) -> bool {
        self.establishment_kinds.iter().any(|own| own == kind)
    }

    /// What the instruments provide, whatever the day; see [`Item::penalty_on`].
    pub fn penalty(&self) -> Penalty {
        Penalty::of(self.fine, self.warning_possible)
    }
}

#[cfg(test)]
impl Item {
    /// An item for `kind` with one duty in force from 2026-07-01.
    pub(crate) fn sample(id: &str, kind: &str) -> Self {
        use crate::law::{Days, Place};

        let duty = Provision {
            instrument: "luat-126-2025".into(),
            place: Place { article: "18".into(), clause: None, point: None },
            text: None,
            days: Days::through(jiff::civil::date(2026, 7, 1), None).unwrap(),
        };
        Self {
            id: id.to_owned(),
            question_vi: "Có giấy phép không?".to_owned(),
            question_en: "Is there a licence?".to_owned(),
            establishment_kinds: vec![kind.to_owned()],
            evidence_kinds: vec!["licence".to_owned()],
            evidence_vi: "Giấy phép".to_owned(),
            duties: vec![duty],
            sanctions: Vec::new(),
            fine: None,
            warning_possible: false,
            applies_to: Addressee::Organisation,
            fine_text: None,
            supplementary_sanctions: Vec::new(),
            remedies: Vec::new(),
            confidence: ItemConfidence {
                overall: Confidence::Verified,
                duty: Some(Confidence::Verified),
                fine: None,
            },
            sources: vec![0],
            note: None,
            must_recheck: false,
            domain_decree_status: None,
            asked_before: None,
        }
    }
}

//! The law as data: instruments, their provisions, and the days they are in force.
//!
//! What the law says stands in packs; here is only how it is asked: by the day of the act, by
//! the day of the inspection. No sentence about the law is made here, and no amount is guessed.

mod confidence;
mod days;
mod fine;
mod instrument;
mod provision;

use minicbor::{Decode, Encode};

pub use confidence::Confidence;
pub use days::{Days, DaysFault};
pub use fine::{Addressee, FineRange, FineRangeFault, Penalty};
pub use instrument::{Instrument, TextVersion};
pub use provision::{InstrumentId, Place, Provision};

pub(crate) use days::optional_day;

use jiff::civil::Date;

/// The same words in both languages; Vietnamese is what the law is written in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
pub struct Bilingual {
    /// In Vietnamese.
    #[n(0)]
    pub vi: String,
    /// In English.
    #[n(1)]
    pub en: String,
}

/// A name that checklists use, with the words a person reads for it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Term {
    /// The name: `printer_other`, `licence`.
    #[n(0)]
    pub id: String,
    /// The words.
    #[n(1)]
    pub words: Bilingual,
}

/// Body of a law pack: every instrument known, and the names that checklists use.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Law {
    /// The pack's id; it travels in the envelope.
    #[cbor(skip)]
    pub id: String,
    /// The pack's version; it travels in the envelope.
    #[cbor(skip)]
    pub version: u32,
    /// What the pack is called.
    #[n(0)]
    pub title: Bilingual,
    /// The instruments, by id.
    #[n(1)]
    pub instruments: Vec<Instrument>,
    /// The kinds of establishment that items name.
    #[n(2)]
    pub establishment_kinds: Vec<Term>,
    /// The kinds of evidence that items name.
    #[n(3)]
    pub evidence_kinds: Vec<Term>,
}

impl Law {
    /// The instrument with this id.
    pub fn instrument(&self, id: &InstrumentId) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| &instrument.id == id)
    }

    /// The version of a provision that is in force on `day`.
    ///
    /// At most one is: the pack checker refuses a provision with two versions on one day.
    pub fn provision(&self, id: &InstrumentId, place: &Place, day: Date) -> Option<&Provision> {
        let mut provisions = self.instrument(id)?.provisions.iter();
        provisions.find(|provision| &provision.place == place && provision.days.contains(day))
    }

    /// The words for a kind of establishment.
    pub fn establishment_kind(&self, id: &str) -> Option<&Term> {
        self.establishment_kinds.iter().find(|term| term.id == id)
    }

    /// The words for a kind of evidence.
    pub fn evidence_kind(&self, id: &str) -> Option<&Term> {
        self.evidence_kinds.iter().find(|term| term.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_changed_provision_is_found_by_the_day() {
        let law = law_with_two_versions();
        let cases = [
            (date(2014, 10, 31), None),
            (date(2014, 11, 1), Some(date(2014, 11, 1))),
            (date(2022, 12, 31), Some(date(2014, 11, 1))),
            (date(2023, 1, 1), Some(date(2023, 1, 1))),
            (date(2099, 1, 1), Some(date(2023, 1, 1))),
        ];
        for (day, expected) in cases {
            let found = law.provision(&"nd-60-2014".into(), &place(), day);
            assert_eq!(found.map(|provision| provision.days.from()), expected, "{day}");
        }
    }

    #[test]
    fn an_instrument_that_is_not_in_the_pack_has_no_provision() {
        let law = law_with_two_versions();
        assert_eq!(law.provision(&"nd-1-1900".into(), &place(), date(2023, 1, 1)), None);
    }

    fn law_with_two_versions() -> Law {
        let until_2022 = Days::through(date(2014, 11, 1), Some(date(2022, 12, 31))).unwrap();
        let from_2023 = Days::through(date(2023, 1, 1), None).unwrap();
        let provisions = [until_2022, from_2023].map(|days| Provision {
            instrument: "nd-60-2014".into(),
            place: place(),
            text: None,
            days,
        });
        let instrument =
            Instrument { provisions: provisions.to_vec(), ..Instrument::named("nd-60-2014") };
        Law { instruments: vec![instrument], ..Law::default() }
    }

    fn place() -> Place {
        Place { article: "12".into(), clause: Some("1".into()), point: None }
    }
}

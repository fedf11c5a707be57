//! A law, decree, circular or resolution: what it is called, when it is in force, and which of
//! its provisions may be cited.

use jiff::civil::Date;
use minicbor::{Decode, Encode};

use super::{Bilingual, Confidence, Days, InstrumentId, Provision, optional_day};

/// An instrument.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Instrument {
    /// Its stable name in packs.
    #[n(0)]
    pub id: InstrumentId,
    /// Its number: `126/2025/QH15`.
    #[n(1)]
    pub number: String,
    /// What it is called.
    #[n(2)]
    pub title: Bilingual,
    /// How it is cited after "khoản 1 Điều 5".
    #[n(3)]
    pub cited: Bilingual,
    /// The day it was issued or adopted; missing when no source was found.
    #[cbor(n(4), with = "optional_day", has_nil)]
    pub issued_on: Option<Date>,
    /// The days on which it is in force; missing when no source was found.
    ///
    /// Single provisions may start or end on other days.
    #[n(5)]
    pub days: Option<Days>,
    /// The instruments that replaced it.
    #[n(6)]
    pub replaced_by: Vec<InstrumentId>,
    /// The instruments that amended it.
    #[n(7)]
    pub amended_by: Vec<InstrumentId>,
    /// Whether it says that an individual pays half of what an organisation pays.
    #[n(8)]
    pub individual_pays_half: bool,
    /// Its texts, where provisions were read in more than one.
    #[n(9)]
    pub texts: Vec<TextVersion>,
    /// How well the instrument as a whole was verified.
    #[n(10)]
    pub confidence: Confidence,
    /// How well the first day in force was verified, where that differs.
    #[n(11)]
    pub confidence_from: Option<Confidence>,
    /// What it was read in.
    #[n(12)]
    pub sources: Vec<String>,
    /// What a lawyer should know about this entry.
    #[n(13)]
    pub note: Option<String>,
    /// The provisions that items may cite, in the order of the instrument.
    #[n(14)]
    pub provisions: Vec<Provision>,
}

/// A text of an instrument: the original, or one consolidated with amendments.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct TextVersion {
    /// Its name: `2020-original`.
    #[n(0)]
    pub id: String,
    /// How a provision of this text is cited.
    #[n(1)]
    pub cited: Bilingual,
}

impl Instrument {
    /// An instrument of which nothing but the name is known.
    pub fn named(id: &str) -> Self {
        Self {
            id: id.into(),
            number: String::new(),
            title: Bilingual::default(),
            cited: Bilingual::default(),
            issued_on: None,
            days: None,
            replaced_by: Vec::new(),
            amended_by: Vec::new(),
            individual_pays_half: false,
            texts: Vec::new(),
            confidence: Confidence::Memory,
            confidence_from: None,
            sources: Vec::new(),
            note: None,
            provisions: Vec::new(),
        }
    }

    /// How `provision` of this instrument is cited: by its text's name where it has one.
    pub fn cited_for(&self, provision: &Provision) -> &Bilingual {
        let text = self.texts.iter().find(|text| Some(&text.id) == provision.text.as_ref());
        text.map_or(&self.cited, |text| &text.cited)
    }
}

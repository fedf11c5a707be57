//! The three lists of the office: inspections, findings, remedies. Each says what its rows,
//! columns and filters are; how lists are asked, drawn and written to files is `listing`'s.

pub(crate) mod findings;
pub(crate) mod inspections;
pub(crate) mod remedies;

use std::sync::Arc;

use domain::law::Bilingual;
use jiff::civil::Date;
use texts::Lang;

use super::listing::Cell;
use super::overview::{Digest, FindingDigest, Overview};

/// A finding with the inspection it belongs to.
#[derive(Clone)]
pub(super) struct Found {
    pub(super) digest: Arc<Digest>,
    pub(super) finding: FindingDigest,
    /// The day on which its remedy is looked at.
    pub(super) today: Date,
}

impl Found {
    /// Every finding of every inspection, withdrawn ones too.
    pub(super) fn all(overview: &Overview) -> Vec<Self> {
        let digests = overview.digests.iter();
        let found = digests.flat_map(|digest| {
            digest.findings.iter().map(|finding| Self {
                digest: digest.clone(),
                finding: finding.clone(),
                today: overview.today,
            })
        });
        found.collect()
    }

    fn place(&self) -> String {
        format!("/office/inspections/{}#finding-{}", self.digest.id, self.finding.id)
    }
}

/// The wording in the reader's language.
pub(super) fn in_lang(words: &Bilingual, lang: Lang) -> &str {
    lang.pick(&words.vi, &words.en)
}

fn establishment(digest: &Digest) -> Cell {
    Cell::words(digest.place.as_ref().map(|place| place.name.clone()).unwrap_or_default())
}

fn kind(digest: &Digest, lang: Lang) -> Cell {
    Cell::words(digest.place.as_ref().map_or("", |place| in_lang(&place.kind_words, lang)))
}

fn inspected_on(digest: &Digest) -> Cell {
    Cell::day(digest.place.as_ref().map(|place| place.on))
}

fn provisions(finding: &FindingDigest, lang: Lang) -> String {
    let words = finding.provisions.iter().map(|words| in_lang(words, lang));
    words.collect::<Vec<_>>().join("; ")
}

/// The kinds of establishment that occur, in words, by their words.
fn kinds_in_use(overview: &Overview, lang: Lang) -> Vec<(String, String)> {
    let places = overview.digests.iter().filter_map(|digest| digest.place.as_ref());
    let kinds =
        places.map(|place| (in_lang(&place.kind_words, lang).to_owned(), place.kind.clone()));
    let kinds = kinds.collect::<std::collections::BTreeSet<_>>();
    kinds.into_iter().map(|(words, kind)| (kind, words)).collect()
}

fn is_of_kind(digest: &Digest, kind: &str) -> bool {
    digest.place.as_ref().is_some_and(|place| place.kind == kind)
}

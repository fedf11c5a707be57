//! The three lists of the office: inspections, findings, remedies. Each says what its rows,
//! columns and filters are; how lists are asked, drawn and written to files is `listing`'s.

pub(crate) mod findings;
pub(crate) mod inspections;
pub(crate) mod remedies;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::law::Bilingual;
use jiff::civil::Date;
use maud::{Markup, html};
use texts::Lang;

use super::clerk::Clerk;
use super::listing::{self, Ask, Cell, Ending, List};
use super::overview::{self, Digest, FindingDigest, Overview};
use super::trouble::Told;
use crate::headquarters::Headquarters;

/// What any of the lists is made from, who asks, and what is asked of it.
pub(crate) struct Asked {
    overview: Overview,
    clerk: Clerk,
    ask: Ask,
}

impl FromRequestParts<Arc<Headquarters>> for Asked {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        headquarters: &Arc<Headquarters>,
    ) -> Result<Self, Response> {
        let clerk = Clerk::from_request_parts(parts, headquarters).await?;
        let overview = overview::load(headquarters, clerk.scope()).await;
        let overview = overview.map_err(|fault| Told(fault.into(), clerk.lang).into_response())?;
        let ask = Ask::parse(parts.uri.query().unwrap_or_default());
        Ok(Self { overview, clerk, ask })
    }
}

/// How a list is described, and where its rows come from.
type Description<R> = (fn(&Overview, Lang) -> List<R>, fn(&Overview) -> Vec<R>);

impl Asked {
    /// The page of a list.
    fn page<R>(&self, (list, rows): Description<R>) -> Markup {
        let list = list(&self.overview, self.clerk.lang);
        listing::page(&list, rows(&self.overview), &self.ask, &self.clerk)
    }

    /// The file of a list that is asked for.
    fn file<R>(&self, ending: Ending, (list, rows): Description<R>) -> Response {
        let (lang, rows) = (self.clerk.lang, rows(&self.overview));
        list(&self.overview, lang).sheet(rows, &self.ask, lang).file(ending, lang)
    }
}

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

/// The same in both languages.
pub(super) fn both(words: impl Fn(Lang) -> String) -> Bilingual {
    Bilingual { vi: words(Lang::Vi), en: words(Lang::En) }
}

/// Fewer letters than this fit into three lines of a cell.
const FITTING_LETTERS: usize = 60;

/// Three lines of long words, the rest where the reader opens it: a row stays low, and who touches
/// or types reads all of it in place.
fn clamped(words: &str) -> Markup {
    html! {
        @if words.chars().count() <= FITTING_LETTERS { (words) }
        @else { details.more { summary { span.three-lines { (words) } } } }
    }
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
    let words = finding.provisions.iter().map(|provision| in_lang(&provision.words, lang));
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

//! What the files of a folder say about each other: names are resolved, days compared, and out
//! comes the law and the checklists as tablets know them.
//!
//! A fault never stops the assembly: all of them are named at once, and who compiles looks at
//! the list first.

mod checklist;
mod law;

use std::collections::{BTreeMap, BTreeSet};

use domain::checklist::Checklist;
use domain::law::{Instrument, Law};

use super::files::LAW;
use super::read::{Written, WrittenSource, WrittenTerm, parse_all, read};
use super::toml::{Line, Notes, Spot};
use super::{Fault, PackFile};

/// A folder of packs, assembled.
#[derive(Default)]
pub(super) struct Packs {
    pub(super) law: Law,
    /// By id.
    pub(super) checklists: Vec<Checklist>,
}

/// Assembles a folder of packs as far as it can be, and names every fault.
pub(super) fn assemble(files: &[PackFile]) -> (Packs, Vec<Fault>) {
    let notes = Notes::default();
    let documents = parse_all(files, &notes);
    let packs = assemble_documents(&documents, &notes);
    drop(documents);
    let mut faults = notes.into_faults();
    if faults.is_empty() && packs.law.id.is_empty() {
        let what = "no file of kind `law`; is this a folder of packs?".to_owned();
        faults.push(Fault { path: LAW.into(), line: 1, what });
    }
    (packs, faults)
}

fn assemble_documents(
    documents: &[(&PackFile, toml_edit::Document<&str>)],
    notes: &Notes,
) -> Packs {
    let written = read(documents, notes);
    let names = Names::of(&written, notes);
    let law = law::law(&written, &names, notes);
    let instruments = by_id(&law);
    let mut checklists: Vec<_> = checklist::checklists(&written, &names, &instruments, notes);
    checklists.sort_by(|a, b| a.id.cmp(&b.id));
    Packs { law, checklists }
}

/// The instruments that items may cite, by id.
type Instruments<'a> = BTreeMap<&'a str, &'a Instrument>;

fn by_id(law: &Law) -> Instruments<'_> {
    law.instruments.iter().map(|instrument| (instrument.id.as_str(), instrument)).collect()
}

/// The names that files may use, and what people are shown of sources.
struct Names<'a> {
    sources: BTreeMap<&'a str, &'a str>,
    establishment_kinds: BTreeSet<&'a str>,
    evidence_kinds: BTreeSet<&'a str>,
    instruments: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(written: &'a Written<'_>, notes: &Notes) -> Self {
        refuse_repeats("source", written.sources.iter().map(|source| &source.id), notes);
        let kinds = &written.establishment_kinds;
        refuse_repeats("source title", written.sources.iter().map(|it| &it.title), notes);
        refuse_repeats("establishment kind", kinds.iter().map(|term| &term.id), notes);
        refuse_repeats("evidence kind", written.evidence_kinds.iter().map(|term| &term.id), notes);
        refuse_repeats("instrument", written.instruments.iter().map(|it| &it.id), notes);
        let source =
            |source: &'a WrittenSource<'_>| (source.id.value.as_str(), source.title.value.as_str());
        let term = |term: &'a WrittenTerm<'_>| term.id.value.as_str();
        Self {
            sources: written.sources.iter().map(source).collect(),
            establishment_kinds: kinds.iter().map(term).collect(),
            evidence_kinds: written.evidence_kinds.iter().map(term).collect(),
            instruments: written.instruments.iter().map(|it| it.id.value.as_str()).collect(),
        }
    }

    /// What people are shown of the named sources; unknown ones and repeats are noted and left out.
    fn cited(&self, ids: &[Spot<'_, String>], notes: &Notes) -> Vec<&'a str> {
        refuse_repeats("source", ids.iter(), notes);
        let mut cited = Vec::new();
        for id in ids {
            match self.sources.get(id.value.as_str()) {
                Some(title) => cited.push(*title),
                None => {
                    let what = format!("unknown source `{}`; add it to sources.toml", id.value);
                    notes.note(&id.line, what);
                }
            }
        }
        cited
    }
}

/// Notes every name that stands a second time.
fn refuse_repeats<'s, 'f: 's>(
    what: &str,
    names: impl Iterator<Item = &'s Spot<'f, String>>,
    notes: &Notes,
) {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(&name.value) {
            notes.note(&name.line, format!("duplicate {what} `{}`", name.value));
        }
    }
}

/// Notes every name that is not in `known`.
fn refuse_unknown(what: &str, names: &[Spot<'_, String>], known: &BTreeSet<&str>, notes: &Notes) {
    for name in names.iter().filter(|name| !known.contains(name.value.as_str())) {
        notes.note(&name.line, format!("unknown {what} `{}`", name.value));
    }
}

fn values(list: &[Spot<'_, String>]) -> Vec<String> {
    list.iter().map(|spot| spot.value.clone()).collect()
}

/// Notes a fault that a rule of `domain` found, and gives what it accepted.
fn accepted<T, E: core::fmt::Display>(
    result: Result<T, E>,
    line: &Line<'_>,
    notes: &Notes,
) -> Option<T> {
    result.inspect_err(|fault| notes.note(line, fault.to_string())).ok()
}

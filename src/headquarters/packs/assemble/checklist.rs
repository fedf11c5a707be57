//! Checklists and their items: every name known, every citation listed, every amount founded on
//! a provision.

use std::collections::BTreeSet;

use domain::checklist::{Checklist, Item, ItemConfidence, Section};
use domain::law::{FineRange, Provision};
use jiff::civil::Date;

use super::{Instruments, Names, accepted, refuse_repeats, refuse_unknown, values};
use crate::packs::read::{Written, WrittenChecklist, WrittenCitation, WrittenItem, WrittenSection};
use crate::packs::toml::{Notes, Spot};

/// What items are resolved against.
#[derive(Clone, Copy)]
struct Known<'a> {
    names: &'a Names<'a>,
    instruments: &'a Instruments<'a>,
    notes: &'a Notes,
}

/// Every checklist; item ids are compared across all of them.
pub(super) fn checklists(
    written: &Written<'_>,
    names: &Names<'_>,
    instruments: &Instruments<'_>,
    notes: &Notes,
) -> Vec<Checklist> {
    let all = &written.checklists;
    refuse_repeats("checklist", all.iter().map(|list| &list.id), notes);
    let sections = || all.iter().flat_map(|list| &list.sections);
    refuse_repeats("section", sections().map(|section| &section.id), notes);
    let items = sections().flat_map(|section| &section.items);
    refuse_repeats("item", items.map(|item| &item.id), notes);
    let known = Known { names, instruments, notes };
    all.iter().map(|list| checklist(list, known)).collect()
}

fn checklist(written: &WrittenChecklist<'_>, known: Known<'_>) -> Checklist {
    refuse_wrong_kinds(written, known);
    let mut sources = Sources::default();
    let sections = written
        .sections
        .iter()
        .map(|section| self::section(section, &mut sources, known))
        .collect();
    Checklist {
        id: written.id.value.clone(),
        version: written.version,
        title: written.title.clone(),
        establishment_kinds: values(&written.establishment_kinds),
        sections,
        sources: sources.0,
    }
}

/// A checklist names exactly the kinds that its items are for.
fn refuse_wrong_kinds(written: &WrittenChecklist<'_>, known: Known<'_>) {
    let own = &written.establishment_kinds;
    refuse_repeats("establishment kind", own.iter(), known.notes);
    refuse_unknown("establishment kind", own, &known.names.establishment_kinds, known.notes);
    let own: BTreeSet<&str> = own.iter().map(|kind| kind.value.as_str()).collect();
    let items = written.sections.iter().flat_map(|section| &section.items);
    let mut used = BTreeSet::new();
    for kind in items.flat_map(|item| &item.establishment_kinds) {
        used.insert(kind.value.as_str());
        if known.names.establishment_kinds.contains(kind.value.as_str())
            && !own.contains(kind.value.as_str())
        {
            let what = format!("the checklist does not name establishment kind `{}`", kind.value);
            known.notes.note(&kind.line, what);
        }
    }
    for kind in &written.establishment_kinds {
        if !used.contains(kind.value.as_str()) {
            let what = format!("no item is for establishment kind `{}`", kind.value);
            known.notes.note(&kind.line, what);
        }
    }
}

fn section(written: &WrittenSection<'_>, sources: &mut Sources, known: Known<'_>) -> Section {
    Section {
        id: written.id.value.clone(),
        title: written.title.clone(),
        items: written.items.iter().map(|item| self::item(item, sources, known)).collect(),
    }
}

fn item(written: &WrittenItem<'_>, sources: &mut Sources, known: Known<'_>) -> Item {
    let Known { names, notes, .. } = known;
    let kinds = &written.establishment_kinds;
    refuse_repeats("establishment kind", kinds.iter(), notes);
    refuse_unknown("establishment kind", kinds, &names.establishment_kinds, notes);
    refuse_unknown("evidence kind", &written.evidence_kinds, &names.evidence_kinds, notes);
    let duties = provisions(&written.duties, known);
    let sanctions = provisions(&written.sanctions, known);
    refuse_unfounded(written, notes);
    refuse_wrong_fine_text(written, known);
    Item {
        id: written.id.value.clone(),
        question_vi: written.question.vi.clone(),
        question_en: written.question.en.clone(),
        establishment_kinds: values(kinds),
        evidence_kinds: values(&written.evidence_kinds),
        evidence_vi: written.evidence_vi.clone(),
        asked_before: asked_before(written.asked_until.as_ref(), &duties, notes),
        duties,
        sanctions,
        fine: written
            .fine
            .and_then(|(line, min, max)| accepted(FineRange::new(min, max), &line, notes)),
        warning_possible: written.warning_possible,
        applies_to: written.applies_to,
        fine_text: written.fine_text.as_ref().map(|text| text.value.clone()),
        supplementary_sanctions: written.supplementary_sanctions.clone(),
        remedies: written.remedies.clone(),
        confidence: ItemConfidence {
            overall: written.confidence,
            duty: written.confidence_duty,
            fine: written.confidence_fine,
        },
        sources: sources.places(&names.cited(&written.sources, notes)),
        note: written.note.clone(),
        must_recheck: written.must_recheck,
        domain_decree_status: written.domain_decree_status.clone(),
    }
}

/// Every version of every cited provision.
fn provisions(citations: &[WrittenCitation<'_>], known: Known<'_>) -> Vec<Provision> {
    let mut all: Vec<Provision> = Vec::new();
    for citation in citations {
        for provision in versions(citation, known) {
            if all.contains(&provision) {
                known.notes.note(&citation.line, format!("`{provision}` is cited twice"));
            } else {
                all.push(provision);
            }
        }
    }
    all
}

fn versions(citation: &WrittenCitation<'_>, known: Known<'_>) -> Vec<Provision> {
    let Some(instrument) = known.instruments.get(citation.instrument.as_str()) else {
        let what =
            format!("unknown instrument `{0}`; add instruments/{0}.toml", citation.instrument);
        known.notes.note(&citation.line, what);
        return Vec::new();
    };
    let meant = |provision: &&Provision| {
        provision.place == citation.place
            && citation.from.is_none_or(|from| from == provision.days.from())
    };
    let versions: Vec<_> = instrument.provisions.iter().filter(meant).cloned().collect();
    if versions.is_empty() {
        let from = citation.from.map(|from| format!(" from `{from}`")).unwrap_or_default();
        let what = format!(
            "unknown provision `{}/{}`{from}; list it in the instrument",
            citation.instrument, citation.place
        );
        known.notes.note(&citation.line, what);
    }
    versions
}

/// An item rests on a provision, and its amounts on one that provides for a sanction.
fn refuse_unfounded(written: &WrittenItem<'_>, notes: &Notes) {
    if written.duties.is_empty() && written.sanctions.is_empty() {
        notes.note(&written.id.line, "the item cites no provision");
    }
    if !written.sanctions.is_empty() {
        return;
    }
    if let Some((line, ..)) = &written.fine {
        notes.note(line, "a fine without a sanction that provides for it");
    }
    if written.warning_possible {
        notes.note(&written.id.line, "a warning without a sanction that provides for it");
    }
}

/// Amounts and warnings say in which text they were read, and how well that was verified.
fn refuse_wrong_fine_text(written: &WrittenItem<'_>, known: Known<'_>) {
    let notes = known.notes;
    let Some(text) = &written.fine_text else {
        if let Some((line, ..)) = &written.fine {
            notes.note(line, "a fine without `fine_text`, the text in which it was read");
        }
        return;
    };
    let cited = written.sanctions.iter().filter_map(|it| known.instruments.get(&*it.instrument));
    if !cited.flat_map(|instrument| &instrument.texts).any(|known| known.id == text.value) {
        notes.note(&text.line, format!("no cited sanction has a text `{}`", text.value));
    }
    if written.confidence_fine.is_none() {
        notes.note(&text.line, "`confidence.fine` is missing; the fine's text was read");
    }
}

fn asked_before(
    until: Option<&Spot<'_, Date>>,
    duties: &[Provision],
    notes: &Notes,
) -> Option<Date> {
    let until = until?;
    let first = duties.iter().map(|duty| duty.days.from()).min();
    if first.is_some_and(|first| until.value < first) {
        notes.note(&until.line, "`asked_until` is before the first duty's start");
    }
    accepted(until.value.tomorrow(), &until.line, notes)
}

/// The sources that a checklist's items name, each once, in the order of first use.
#[derive(Default)]
struct Sources(Vec<String>);

impl Sources {
    fn places(&mut self, cited: &[&str]) -> Vec<u16> {
        cited.iter().filter_map(|title| self.place(title)).collect()
    }

    /// `None` beyond 65,535 sources, more than sources.toml can sensibly hold.
    fn place(&mut self, title: &str) -> Option<u16> {
        let known = self.0.iter().position(|known| known == title);
        let place = known.unwrap_or_else(|| {
            self.0.push(title.to_owned());
            self.0.len() - 1
        });
        u16::try_from(place).ok()
    }
}

//! Instruments and their provisions: days that make sense, texts that exist, one version of a
//! provision on any day.

use std::collections::BTreeMap;

use domain::law::{Days, Instrument, InstrumentId, Law, Place, Provision, Term, TextVersion};

use super::{Names, accepted, refuse_repeats, refuse_unknown, values};
use crate::packs::read::{Written, WrittenInstrument, WrittenLaw, WrittenProvision, WrittenTerm};
use crate::packs::toml::{Line, Notes};

/// The law, from its one head and all instruments.
pub(super) fn law(written: &Written<'_>, names: &Names<'_>, notes: &Notes) -> Law {
    let mut instruments: Vec<Instrument> =
        written.instruments.iter().map(|it| instrument(it, names, notes)).collect();
    instruments.sort_by(|a, b| a.id.cmp(&b.id));
    let head = the_only_head(&written.laws, notes);
    Law {
        id: head.map(|head| head.id.value.clone()).unwrap_or_default(),
        version: head.map(|head| head.version).unwrap_or_default(),
        title: head.map(|head| head.title.clone()).unwrap_or_default(),
        instruments,
        establishment_kinds: written.establishment_kinds.iter().map(term).collect(),
        evidence_kinds: written.evidence_kinds.iter().map(term).collect(),
    }
}

fn the_only_head<'w, 'f>(laws: &'w [WrittenLaw<'f>], notes: &Notes) -> Option<&'w WrittenLaw<'f>> {
    for other in laws.iter().skip(1) {
        notes.note(&other.id.line, "a second law; a folder of packs has one");
    }
    laws.first()
}

fn term(written: &WrittenTerm<'_>) -> Term {
    Term { id: written.id.value.clone(), words: written.words.clone() }
}

fn instrument(written: &WrittenInstrument<'_>, names: &Names<'_>, notes: &Notes) -> Instrument {
    for named in [&written.replaced_by, &written.amended_by] {
        refuse_unknown("instrument", named, &names.instruments, notes);
    }
    refuse_repeats("text", written.texts.iter().map(|(id, _)| id), notes);
    let days = days_of(written, notes);
    let id = InstrumentId::from(written.id.value.as_str());
    let provisions = provisions(written, &id, days, notes);
    Instrument {
        id,
        number: written.number.clone(),
        title: written.title.clone(),
        cited: written.cited.clone(),
        issued_on: written.issued_on,
        days,
        replaced_by: ids(&values(&written.replaced_by)),
        amended_by: ids(&values(&written.amended_by)),
        individual_pays_half: written.individual_pays_half,
        texts: written
            .texts
            .iter()
            .map(|(id, cited)| TextVersion { id: id.value.clone(), cited: cited.clone() })
            .collect(),
        confidence: written.confidence,
        confidence_from: written.confidence_from,
        sources: names.cited(&written.sources, notes).into_iter().map(str::to_owned).collect(),
        note: written.note.clone(),
        provisions,
    }
}

fn ids(names: &[String]) -> Vec<InstrumentId> {
    names.iter().map(|name| name.as_str().into()).collect()
}

fn days_of(written: &WrittenInstrument<'_>, notes: &Notes) -> Option<Days> {
    match (written.effective_from, &written.effective_until) {
        (None, None) => None,
        (None, Some(until)) => {
            notes.note(&until.line, "`effective_until` without `effective_from`");
            None
        }
        (Some(from), None) => Days::through(from, None).ok(),
        (Some(from), Some(until)) => {
            accepted(Days::through(from, Some(until.value)), &until.line, notes)
        }
    }
}

fn provisions(
    written: &WrittenInstrument<'_>,
    id: &InstrumentId,
    instrument_days: Option<Days>,
    notes: &Notes,
) -> Vec<Provision> {
    let mut versions: BTreeMap<&Place, Vec<(Days, Line<'_>)>> = BTreeMap::new();
    let mut provisions = Vec::new();
    for provision in &written.provisions {
        refuse_wrong_text(provision, written, notes);
        let days = Days::through(provision.from, provision.until);
        let Some(days) = accepted(days, &provision.line, notes) else {
            continue;
        };
        refuse_outside(&days, provision, written, instrument_days, notes);
        versions.entry(&provision.place).or_default().push((days, provision.line));
        provisions.push(Provision {
            instrument: id.clone(),
            place: provision.place.clone(),
            text: provision.text.clone(),
            days,
        });
    }
    for (place, versions) in versions {
        refuse_overlaps_and_gaps(place, versions, notes);
    }
    provisions
}

fn refuse_wrong_text(
    provision: &WrittenProvision<'_>,
    instrument: &WrittenInstrument<'_>,
    notes: &Notes,
) {
    let known = |text: &String| instrument.texts.iter().any(|(id, _)| &id.value == text);
    match &provision.text {
        Some(text) if !known(text) => {
            notes.note(&provision.line, format!("unknown text `{text}`; list it under `texts`"));
        }
        None if !instrument.texts.is_empty() => {
            notes.note(&provision.line, "`text` is missing; the instrument has several");
        }
        Some(_) | None => {}
    }
}

fn refuse_outside(
    days: &Days,
    provision: &WrittenProvision<'_>,
    instrument: &WrittenInstrument<'_>,
    instrument_days: Option<Days>,
    notes: &Notes,
) {
    if instrument.issued_on.is_some_and(|issued_on| days.from() < issued_on) {
        notes.note(&provision.line, "the provision starts before its instrument was issued");
    }
    let Some(end) = instrument_days.and_then(|days| days.before()) else {
        return;
    };
    if days.before().is_none_or(|before| before > end) {
        notes.note(&provision.line, "the provision outlives its instrument; give it an `until`");
    }
}

fn refuse_overlaps_and_gaps(place: &Place, mut versions: Vec<(Days, Line<'_>)>, notes: &Notes) {
    versions.sort_by_key(|(days, _)| *days);
    for pair in versions.windows(2) {
        let [(earlier, _), (later, line)] = pair else {
            continue;
        };
        if earlier.overlaps(later) {
            notes.note(
                line,
                format!("two versions of `{place}` are in force on `{}`", later.from()),
            );
        } else if earlier.before() != Some(later.from()) {
            let gap = format!("no version of `{place}` is in force just before `{}`", later.from());
            notes.note(line, gap);
        }
    }
}

//! `/office/findings`: every finding of every inspection, the one accepted last first.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::response::Response;
use domain::ids::to_hex;
use jiff::civil::Date;
use maud::{Markup, html};
use texts::search::fold;
use texts::{Lang, access, clerk as t, office};

use super::remedies;
use super::{
    Asked, Found, clamped, establishment, in_lang, inspected_on, is_of_kind, kind, kinds_in_use,
    provisions,
};
use crate::identity::UnitId;
use crate::office::listing::{
    Cell, Choices, Column, Ending, Ends, Filter, List, Order, Tone, Value,
};
use crate::office::overview::{Digest, FindingDigest, Overview};

pub(crate) async fn page(asked: Asked) -> Markup {
    asked.page((list, Found::all))
}

pub(crate) async fn file(ending: Ending, asked: Asked) -> Response {
    asked.file(ending, (list, Found::all))
}

fn list(overview: &Overview, lang: Lang) -> List<Found> {
    List {
        path: "/office/findings",
        name: "findings",
        title: t::findings,
        columns: columns(),
        filters: filters(overview, lang),
        words: searched,
        order: Order { column: "accepted_at", down: true },
        inspection: |row| row.digest.id,
        today: overview.today,
        finding: |row| Some(row.finding.id),
    }
}

fn columns() -> Vec<Column<Found>> {
    vec![
        Column::<Found>::new("facts", office::facts, |row, lang| facts(&row.finding, lang))
            .drawn(|row, lang, _| place_and_facts(row, lang))
            .leading_to(Found::place),
        Column::<Found>::new("establishment", office::establishment, |row, _| {
            establishment(&row.digest)
        })
        .in_files(),
        Column::<Found>::new("kind", office::kind, |row, lang| kind(&row.digest, lang)).in_files(),
        Column::<Found>::new("day", office::day, |row, _| inspected_on(&row.digest)).in_files(),
        Column::<Found>::new("item", office::item, |row, lang| {
            Cell::words(in_lang(&row.finding.question, lang))
        })
        .drawn(|row, lang, _| clamped(in_lang(&row.finding.question, lang))),
        Column::<Found>::new("item_id", t::item_id, |row, _| Cell::words(row.finding.item.clone()))
            .in_files(),
        Column::<Found>::new("provision", office::provision, |row, lang| {
            Cell::words(provisions(&row.finding, lang))
        })
        .drawn(|row, lang, _| clamped(&provisions(&row.finding, lang))),
        Column::<Found>::new("quantity", office::quantity, |row, _| {
            Cell::words(row.finding.quantity.clone())
        })
        .in_files(),
        Column::<Found>::new("act_on", office::act_on, |row, _| Cell::day(row.finding.act_on)),
        Column::<Found>::new("statement", office::statement, |row, lang| {
            Cell::words(in_lang(&row.finding.statement, lang))
        })
        .in_files(),
        Column::<Found>::new("state", t::finding_state, |row, lang| state(&row.finding, lang))
            .drawn(states),
        Column::<Found>::new("author", office::author, |row, _| {
            Cell::words(row.finding.author.clone())
        })
        .in_files(),
        Column::<Found>::new("remedy_state", t::remedy_state, remedy_state).in_files(),
        Column::<Found>::new("recorded_at", office::recorded_at, |row, _| {
            Cell::Moment(row.finding.recorded_at)
        })
        .in_files(),
        Column::<Found>::new("accepted_at", office::accepted_at, |row, _| {
            row.finding.accepted_at.map_or(Cell::Empty, Cell::Moment)
        }),
        Column::<Found>::new("withdrawn", office::withdrawn, |row, _| {
            Cell::words(row.finding.withdrawn.clone().unwrap_or_default())
        })
        .in_files(),
        Column::<Found>::new("finding", t::finding_id, |row, _| {
            Cell::words(row.finding.id.to_string())
        })
        .in_files(),
        Column::<Found>::new("inspection", t::inspection_id, |row, _| {
            Cell::words(row.digest.id.to_string())
        })
        .in_files(),
    ]
}

fn filters(overview: &Overview, lang: Lang) -> Vec<Filter<Found>> {
    let states = [
        ("complete", t::is_complete(lang)),
        ("incomplete", t::is_incomplete(lang)),
        ("withdrawn", t::is_withdrawn(lang)),
    ];
    let mut filters = vec![
        Filter::Choice {
            name: "provision",
            label: office::provision,
            choices: Choices::Grouped(provisions_in_use(overview, lang)),
            keeps: Box::new(|row: &Found, chosen| {
                row.finding.provisions.iter().any(|provision| provision.words.vi == chosen)
            }),
        },
        Filter::Choice {
            name: "kind",
            label: office::kind,
            choices: Choices::Plain(kinds_in_use(overview, lang)),
            keeps: Box::new(|row: &Found, chosen| is_of_kind(&row.digest, chosen)),
        },
        Filter::Choice {
            name: "state",
            label: t::finding_state,
            choices: Choices::Plain(
                states.map(|(name, words)| (name.to_owned(), words.to_owned())).to_vec(),
            ),
            keeps: Box::new(|row: &Found, chosen| state_name(&row.finding) == chosen),
        },
        Filter::Days {
            from: "from",
            through: "through",
            labels: Ends { from: t::day_from, through: t::day_through },
            day: |row| row.digest.place.as_ref().map(|place| place.on),
        },
    ];
    if !overview.unit_names.is_empty() {
        filters.insert(1, by_unit(overview, lang));
    }
    filters
}

/// The value for findings of inspections that no unit has.
pub(in crate::office) const NO_UNIT: &str = "none";

/// Findings by whose own their inspection is.
fn by_unit(overview: &Overview, lang: Lang) -> Filter<Found> {
    let named = |(unit, name): (&UnitId, &String)| (to_hex(&unit.0), name.clone());
    let mut choices = overview.unit_names.iter().map(named).collect::<Vec<_>>();
    choices.sort_by_key(|(_, name)| fold(name));
    choices.push((NO_UNIT.to_owned(), access::no_unit(lang).to_owned()));
    let own = |digest: &Arc<Digest>| {
        let units = overview.own_units(digest.id).map(|(unit, _)| to_hex(&unit.0));
        (digest.id, units.collect::<Vec<_>>())
    };
    let own = overview.digests.iter().map(own).collect::<BTreeMap<_, _>>();
    Filter::Choice {
        name: "unit",
        label: access::own_unit,
        choices: Choices::Plain(choices),
        keeps: Box::new(move |row: &Found, chosen| {
            let units = own.get(&row.digest.id).map(Vec::as_slice).unwrap_or_default();
            units.iter().any(|unit| unit == chosen) || (chosen == NO_UNIT && units.is_empty())
        }),
    }
}

/// The provisions that occur, under the legal document that they stand in and in its order; those
/// that an inspector wrote by hand are last. An address names one by its Vietnamese wording in
/// both languages.
fn provisions_in_use(overview: &Overview, lang: Lang) -> Vec<(String, Vec<Value>)> {
    let findings = overview.digests.iter().flat_map(|digest| digest.standing());
    let mut groups = BTreeMap::<(bool, &str), BTreeMap<_, Value>>::new();
    for citation in findings.flat_map(|finding| &finding.provisions) {
        let heading = match &citation.instrument {
            Some(instrument) => in_lang(instrument, lang),
            None => t::by_hand(lang),
        };
        let group = groups.entry((citation.instrument.is_none(), heading)).or_default();
        let value = (citation.words.vi.clone(), in_lang(&citation.words, lang).to_owned());
        group.insert((&citation.place, &citation.words.vi), value);
    }
    let groups = groups.into_iter();
    groups
        .map(|((_, heading), group)| (heading.to_owned(), group.into_values().collect()))
        .collect()
}

fn searched(row: &Found, lang: Lang) -> String {
    let Found { digest, finding, .. } = row;
    let name = digest.place.as_ref().map_or("", |place| place.name.as_str());
    let (question, provisions) = (in_lang(&finding.question, lang), provisions(finding, lang));
    format!(
        "{name} {question} {provisions} {} {} {}",
        finding.facts, finding.quantity, finding.author
    )
}

/// A finding that began with another field than its facts still has to be reached.
fn facts(finding: &FindingDigest, lang: Lang) -> Cell {
    let words =
        if finding.facts.is_empty() { in_lang(&finding.question, lang) } else { &finding.facts };
    Cell::words(words)
}

fn place_and_facts(row: &Found, lang: Lang) -> Markup {
    html! {
        strong { (establishment(&row.digest).markup(lang)) }
        span.below.three-lines { (facts(&row.finding, lang).markup(lang)) }
    }
}

/// Whether the finding is complete, and what became of its remedy.
fn states(row: &Found, lang: Lang, _: Date) -> Markup {
    let progress = row.finding.progress.map(|progress| progress.on(row.today));
    let remedy = progress.map(|progress| remedies::words_of(progress, lang).0);
    html! {
        (state(&row.finding, lang).markup(lang))
        @if let Some(remedy) = remedy { span.below { (t::remedies(lang)) ": " (remedy) } }
    }
}

fn remedy_state(row: &Found, lang: Lang) -> Cell {
    let progress = row.finding.progress.map(|progress| progress.on(row.today));
    progress.map_or(Cell::Empty, |progress| remedies::state(progress, lang))
}

fn state_name(finding: &FindingDigest) -> &'static str {
    match (&finding.withdrawn, finding.complete) {
        (Some(_), _) => "withdrawn",
        (None, true) => "complete",
        (None, false) => "incomplete",
    }
}

fn state(finding: &FindingDigest, lang: Lang) -> Cell {
    let name = state_name(finding);
    let (words, tone, place) = match (&finding.withdrawn, finding.complete) {
        (Some(_), _) => (t::is_withdrawn(lang), Tone::Calm, 2),
        (None, true) => (t::is_complete(lang), Tone::Good, 1),
        (None, false) => (t::is_incomplete(lang), Tone::Warn, 0),
    };
    Cell::Mark { name, words, tone, place }
}

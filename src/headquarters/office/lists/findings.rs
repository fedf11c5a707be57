//! `/office/findings`: every finding of every inspection, the one accepted last first.

use std::collections::BTreeSet;

use axum::response::Response;
use maud::{Markup, html};
use texts::{Lang, clerk as t, office};

use super::remedies;
use super::{
    Asked, Found, establishment, in_lang, inspected_on, is_of_kind, kind, kinds_in_use, provisions,
};
use crate::office::listing::{Cell, Column, Ending, Ends, Filter, List, Order, Tone};
use crate::office::overview::{FindingDigest, Overview};

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
        }),
        Column::<Found>::new("item_id", t::item_id, |row, _| Cell::words(row.finding.item.clone()))
            .in_files(),
        Column::<Found>::new("provision", office::provision, |row, lang| {
            Cell::words(provisions(&row.finding, lang))
        }),
        Column::<Found>::new("quantity", office::quantity, |row, _| {
            Cell::words(row.finding.quantity.clone())
        }),
        Column::<Found>::new("act_on", office::act_on, |row, _| Cell::day(row.finding.act_on)),
        Column::<Found>::new("statement", office::statement, |row, lang| {
            Cell::words(in_lang(&row.finding.statement, lang))
        })
        .in_files(),
        Column::<Found>::new("state", t::finding_state, |row, lang| state(&row.finding, lang)),
        Column::<Found>::new("author", office::author, |row, _| {
            Cell::words(row.finding.author.clone())
        })
        .in_files(),
        Column::<Found>::new("remedy_state", t::remedy_state, remedy_state),
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
    vec![
        Filter::Choice {
            name: "provision",
            label: office::provision,
            choices: provisions_in_use(overview, lang),
            keeps: Box::new(|row: &Found, chosen| {
                row.finding.provisions.iter().any(|provision| provision.vi == chosen)
            }),
        },
        Filter::Choice {
            name: "kind",
            label: office::kind,
            choices: kinds_in_use(overview, lang),
            keeps: Box::new(|row: &Found, chosen| is_of_kind(&row.digest, chosen)),
        },
        Filter::Choice {
            name: "state",
            label: t::finding_state,
            choices: states.map(|(name, words)| (name.to_owned(), words.to_owned())).to_vec(),
            keeps: Box::new(|row: &Found, chosen| state_name(&row.finding) == chosen),
        },
        Filter::Days {
            from: "from",
            through: "through",
            labels: Ends { from: t::day_from, through: t::day_through },
            day: |row| row.digest.place.as_ref().map(|place| place.on),
        },
    ]
}

/// The provisions that occur; an address names one by its Vietnamese wording in both languages.
fn provisions_in_use(overview: &Overview, lang: Lang) -> Vec<(String, String)> {
    let findings = overview.digests.iter().flat_map(|digest| digest.standing());
    let provisions = findings.flat_map(|finding| &finding.provisions);
    let provisions = provisions.map(|words| (in_lang(words, lang).to_owned(), words.vi.clone()));
    let provisions = provisions.collect::<BTreeSet<_>>();
    provisions.into_iter().map(|(words, name)| (name, words)).collect()
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

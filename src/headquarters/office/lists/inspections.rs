//! `/office/inspections`: every inspection, the newest day first.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use domain::act::Role;
use jiff::civil::Date;
use maud::Markup;
use texts::{Lang, clerk as t, office};

use super::{in_lang, inspected_on, is_of_kind, kind, kinds_in_use};
use crate::headquarters::Headquarters;
use crate::office::clerk::Clerk;
use crate::office::listing::{self, Ask, Cell, Column, Ends, Filter, List, Order, Tone};
use crate::office::overview::{self, Digest, Overview, Stage};
use crate::office::trouble::Told;
use crate::office::words;

/// One row.
pub(in crate::office) struct Row {
    digest: Arc<Digest>,
    team: Vec<(String, Role)>,
}

impl Row {
    /// How far its day is from another, in days; without a day it is the farthest.
    pub(in crate::office) fn days_from(&self, day: Date) -> u32 {
        let until = self.digest.place.as_ref().and_then(|place| day.until(place.on).ok());
        until.map_or(u32::MAX, |until| until.get_days().unsigned_abs())
    }
}

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawQuery(query): RawQuery,
) -> Result<Markup, Told> {
    let (overview, ask) = asked(&headquarters, &clerk, query).await?;
    Ok(listing::page(&list(&overview, clerk.lang), rows(&overview), &ask, &clerk))
}

pub(crate) async fn csv(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let (overview, ask) = asked(&headquarters, &clerk, query).await?;
    Ok(listing::csv(&list(&overview, clerk.lang), rows(&overview), &ask, clerk.lang))
}

pub(crate) async fn xlsx(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
    RawQuery(query): RawQuery,
) -> Result<Response, Told> {
    let (overview, ask) = asked(&headquarters, &clerk, query).await?;
    Ok(listing::xlsx(&list(&overview, clerk.lang), rows(&overview), &ask, clerk.lang))
}

/// What a list is made from, and what is asked of it.
pub(super) async fn asked(
    headquarters: &Headquarters,
    clerk: &Clerk,
    query: Option<String>,
) -> Result<(Overview, Ask), Told> {
    let overview = overview::load(headquarters).await;
    let overview = overview.map_err(|fault| Told(fault.into(), clerk.lang))?;
    Ok((overview, Ask::parse(query.as_deref().unwrap_or_default())))
}

/// Every inspection.
pub(in crate::office) fn rows(overview: &Overview) -> Vec<Row> {
    let row = |digest: &Arc<Digest>| Row {
        digest: digest.clone(),
        team: overview.teams.get(&digest.id).cloned().unwrap_or_default(),
    };
    overview.digests.iter().map(row).collect()
}

/// The list of inspections.
pub(in crate::office) fn list(overview: &Overview, lang: Lang) -> List<Row> {
    List {
        path: "/office/inspections",
        name: "inspections",
        title: t::inspections,
        columns: columns(),
        filters: filters(overview, lang),
        words: searched,
        order: Order { column: "day", down: true },
        inspection: |row| row.digest.id,
        finding: |_| None,
    }
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::<Row>::new("establishment", office::establishment, |row, lang| {
            name(&row.digest, lang)
        })
        .leading_to(|row| format!("/office/inspections/{}", row.digest.id)),
        Column::<Row>::new("kind", office::kind, |row, lang| kind(&row.digest, lang)),
        Column::<Row>::new("day", office::day, |row, _| inspected_on(&row.digest)),
        Column::<Row>::new("state", t::stage, |row, lang| stage_cell(row.digest.stage(), lang)),
        Column::<Row>::new("team", office::team, |row, lang| Cell::words(team(&row.team, lang))),
        Column::<Row>::new("decision", office::decision, decision),
        Column::<Row>::new("answered", t::answered_of, |row, _| Cell::Number(row.digest.answered)),
        Column::<Row>::new("items", t::items_asked, |row, _| Cell::Number(row.digest.asked))
            .in_files(),
        Column::<Row>::new("findings", office::findings, |row, _| {
            Cell::Number(row.digest.standing().count())
        }),
        Column::<Row>::new("needs", t::needs, |row, lang| needs(&row.digest, lang)),
        Column::<Row>::new("conflicts", office::conflicts, |row, _| {
            Cell::Number(row.digest.conflicts)
        })
        .in_files(),
        Column::<Row>::new("held", office::held, |row, _| Cell::Number(row.digest.held)).in_files(),
        Column::<Row>::new("last_news", t::last_news, |row, _| {
            row.digest.last_news.map_or(Cell::Empty, Cell::Moment)
        }),
        Column::<Row>::new("address", office::address, |row, _| {
            Cell::words(row.digest.place.as_ref().map_or("", |place| place.address.as_str()))
        })
        .in_files(),
        Column::<Row>::new("reason", office::reason, |row, _| {
            Cell::words(row.digest.place.as_ref().map_or("", |place| place.reason.as_str()))
        })
        .in_files(),
        Column::<Row>::new("record", t::verifies, |row, lang| verified(&row.digest, lang))
            .in_files(),
        Column::<Row>::new("inspection", t::inspection_id, |row, _| {
            Cell::words(row.digest.id.to_string())
        })
        .in_files(),
    ]
}

fn filters(overview: &Overview, lang: Lang) -> Vec<Filter<Row>> {
    let stages =
        Stage::ALL.map(|stage| (stage.name().to_owned(), stage_words(stage, lang).to_owned()));
    let needs = [
        ("decision", t::needs_decision(lang)),
        ("conflict", t::needs_conflict(lang)),
        ("held", t::needs_held(lang)),
        ("verification", t::needs_verification(lang)),
    ];
    let people = overview.teams.values().flatten().map(|(name, _)| name.clone());
    let people = people.collect::<std::collections::BTreeSet<_>>();
    vec![
        Filter::Choice {
            name: "state",
            label: t::stage,
            choices: stages.to_vec(),
            keeps: Box::new(|row: &Row, chosen| row.digest.stage().name() == chosen),
        },
        Filter::Choice {
            name: "kind",
            label: office::kind,
            choices: kinds_in_use(overview, lang),
            keeps: Box::new(|row: &Row, chosen| is_of_kind(&row.digest, chosen)),
        },
        Filter::Choice {
            name: "person",
            label: t::person,
            choices: people.into_iter().map(|name| (name.clone(), name)).collect(),
            keeps: Box::new(|row: &Row, chosen| row.team.iter().any(|(name, _)| name == chosen)),
        },
        Filter::Choice {
            name: "needs",
            label: t::needs,
            choices: needs.map(|(name, words)| (name.to_owned(), words.to_owned())).to_vec(),
            keeps: Box::new(|row: &Row, chosen| needs_it(&row.digest, chosen)),
        },
        Filter::Days {
            from: "from",
            through: "through",
            labels: Ends { from: t::day_from, through: t::day_through },
            day: |row| row.digest.place.as_ref().map(|place| place.on),
        },
    ]
}

/// Whether an inspection waits for something of this name.
fn needs_it(digest: &Digest, name: &str) -> bool {
    match name {
        "decision" => digest.decision.is_none(),
        "conflict" => digest.conflicts > 0,
        "held" => digest.held > 0,
        "verification" => !digest.verifies,
        _ => false,
    }
}

/// The most pressing thing that an inspection waits for; its decision has a column of its own.
fn needs(digest: &Digest, lang: Lang) -> Cell {
    if !digest.verifies {
        let words = t::needs_verification(lang);
        Cell::Mark { name: "verification", words, tone: Tone::Bad, place: 0 }
    } else if digest.held > 0 {
        Cell::Mark { name: "held", words: t::needs_held(lang), tone: Tone::Warn, place: 1 }
    } else if digest.conflicts > 0 {
        Cell::Mark { name: "conflict", words: t::needs_conflict(lang), tone: Tone::Warn, place: 2 }
    } else {
        Cell::Empty
    }
}

fn searched(row: &Row, lang: Lang) -> String {
    let place = row.digest.place.as_ref().map(|place| {
        let kind = in_lang(&place.kind_words, lang);
        format!("{} {} {kind} {}", place.name, place.address, place.reason)
    });
    let people = row.team.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ");
    let decision = row.digest.decision.as_deref().unwrap_or_default();
    format!("{} {people} {decision}", place.unwrap_or_default())
}

fn name(digest: &Digest, lang: Lang) -> Cell {
    let name = digest.place.as_ref().map(|place| place.name.as_str());
    Cell::words(name.unwrap_or(office::not_opened(lang)))
}

fn team(team: &[(String, Role)], lang: Lang) -> String {
    let one = |(name, role): &(String, Role)| format!("{name} ({})", words::role(*role, lang));
    team.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn decision(row: &Row, lang: Lang) -> Cell {
    match &row.digest.decision {
        Some(number) => Cell::words(number.clone()),
        None => {
            let words = office::no_decision(lang);
            Cell::Mark { name: "", words, tone: Tone::Warn, place: 0 }
        }
    }
}

fn verified(digest: &Digest, lang: Lang) -> Cell {
    if digest.verifies {
        Cell::Mark { name: "verified", words: t::is_verified(lang), tone: Tone::Good, place: 1 }
    } else {
        let words = t::is_not_verified(lang);
        Cell::Mark { name: "not_verified", words, tone: Tone::Bad, place: 0 }
    }
}

/// A stage in words.
pub(in crate::office) fn stage_words(stage: Stage, lang: Lang) -> &'static str {
    match stage {
        Stage::NotOpened => t::stage_not_opened(lang),
        Stage::Planned => t::stage_planned(lang),
        Stage::UnderWay => t::stage_under_way(lang),
        Stage::Answered => t::stage_answered(lang),
    }
}

fn stage_cell(stage: Stage, lang: Lang) -> Cell {
    let (tone, place) = match stage {
        Stage::NotOpened => (Tone::Warn, 0),
        Stage::Planned => (Tone::Calm, 1),
        Stage::UnderWay => (Tone::Calm, 2),
        Stage::Answered => (Tone::Good, 3),
    };
    Cell::Mark { name: stage.name(), words: stage_words(stage, lang), tone, place }
}

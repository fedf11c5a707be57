//! `/office/inspections`: every inspection, what is to be done next first.

use std::sync::Arc;

use axum::response::Response;
use jiff::civil::{Date, DateTime};
use maud::{Markup, html};
use texts::{Lang, clerk as t, format, office};

use super::{Asked, in_lang, inspected_on, is_of_kind, kind, kinds_in_use};
use crate::office::listing::{
    Cell, Choices, Column, Ending, Ends, Filter, List, Order, Tone, mark,
};
use crate::office::overview::{Digest, Overview, Stage};
use crate::office::teammates::Teammate;

/// One row.
pub(in crate::office) struct Row {
    digest: Arc<Digest>,
    team: Vec<Teammate>,
    /// Its place among the others: what is under way, then what needs attention, then by day.
    next: usize,
}

/// Days in a group of the order: groups never mix.
const GROUP_DAYS: usize = 1_000_000;

/// Where an inspection stands in the order of what is next, nearest to today within a group.
fn next(digest: &Digest, today: Date) -> usize {
    let days = digest.place.as_ref().and_then(|place| today.until(place.on).ok());
    let days = days.map_or(i32::MAX, |days| days.get_days());
    let group = match (digest.stage(), waits(digest), days) {
        (Stage::Cancelled, ..) => 6,
        (Stage::UnderWay, ..) => 0,
        (Stage::NotOpened, ..) | (_, true, _) => 1,
        (Stage::Answered, ..) => 5,
        (Stage::Planned, _, 0) => 2,
        (Stage::Planned, _, 1..) => 3,
        (Stage::Planned, _, ..0) => 4,
    };
    let away = usize::try_from(days.unsigned_abs()).unwrap_or(GROUP_DAYS);
    group * GROUP_DAYS + away.min(GROUP_DAYS - 1)
}

/// Whether someone has to look into its record.
fn waits(digest: &Digest) -> bool {
    !digest.verifies || digest.held > 0 || digest.conflicts > 0
}

pub(crate) async fn page(asked: Asked) -> Markup {
    asked.page((list, rows))
}

pub(crate) async fn file(ending: Ending, asked: Asked) -> Response {
    asked.file(ending, (list, rows))
}

/// Every inspection.
pub(in crate::office) fn rows(overview: &Overview) -> Vec<Row> {
    let row = |digest: &Arc<Digest>| Row {
        digest: digest.clone(),
        team: overview.teams.get(&digest.id).cloned().unwrap_or_default(),
        next: next(digest, overview.today),
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
        order: Order { column: "next", down: false },
        today: overview.today,
        inspection: |row| row.digest.id,
        finding: |_| None,
    }
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::<Row>::new("establishment", office::establishment, |row, lang| {
            name(&row.digest, lang)
        })
        .drawn(|row, lang, _| name_and_kind(&row.digest, lang))
        .leading_to(|row| format!("/office/inspections/{}", row.digest.id)),
        Column::<Row>::new("kind", office::kind, |row, lang| kind(&row.digest, lang)).in_files(),
        Column::<Row>::new("day", office::day, |row, _| inspected_on(&row.digest))
            .drawn(|row, lang, today| day_and_news(&row.digest, lang, today)),
        Column::<Row>::new("state", t::stage, |row, lang| stage_cell(row.digest.stage(), lang))
            .drawn(|row, lang, _| stage_and_progress(&row.digest, lang)),
        Column::<Row>::new("lead", t::team_lead, |row, _| Cell::words(lead(&row.team)))
            .drawn(|row, lang, _| lead_and_others(&row.team, lang)),
        Column::<Row>::new("team", office::team, |row, lang| Cell::words(team(&row.team, lang)))
            .in_files(),
        Column::<Row>::new("decision", office::decision, decision),
        Column::<Row>::new("answered", t::answered_of, |row, _| Cell::Number(row.digest.answered))
            .in_files(),
        Column::<Row>::new("items", t::items_asked, |row, _| Cell::Number(row.digest.asked))
            .in_files(),
        Column::<Row>::new("findings", office::findings, |row, _| {
            Cell::Number(row.digest.standing().count())
        })
        .drawn(|row, lang, _| findings_and_needs(&row.digest, lang)),
        Column::<Row>::new("needs", t::needs, |row, lang| needs(&row.digest, lang)).in_files(),
        Column::<Row>::new("conflicts", office::conflicts, |row, _| {
            Cell::Number(row.digest.conflicts)
        })
        .in_files(),
        Column::<Row>::new("held", office::held, |row, _| Cell::Number(row.digest.held)).in_files(),
        Column::<Row>::new("last_news", t::last_news, |row, _| {
            row.digest.last_news.map_or(Cell::Empty, Cell::Moment)
        })
        .in_files(),
        Column::<Row>::new("next", t::order_next, |row, _| Cell::Number(row.next)).sorting_only(),
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

fn name_and_kind(digest: &Digest, lang: Lang) -> Markup {
    html! {
        strong { (name(digest, lang).markup(lang)) }
        span.below { (kind(digest, lang).markup(lang)) }
    }
}

fn day_and_news(digest: &Digest, lang: Lang, today: Date) -> Markup {
    let news = digest.last_news.and_then(|at| at.local());
    html! {
        (inspected_on(digest).markup(lang))
        @if let Some(at) = news { span.below { (t::news_at(lang, &when(at, lang, today))) } }
    }
}

/// `today 15:37`, or the day.
fn when(at: DateTime, lang: Lang, today: Date) -> String {
    if at.date() == today {
        t::today_at(lang, &format!("{:02}:{:02}", at.hour(), at.minute()))
    } else {
        format::day(lang, at.date())
    }
}

/// The state of an inspection with how many of its items have an answer.
pub(in crate::office) fn stage_and_progress(digest: &Digest, lang: Lang) -> Markup {
    let (answered, asked) = (digest.answered, digest.asked);
    html! {
        (stage_cell(digest.stage(), lang).markup(lang))
        @if asked > 0 && answered > 0 {
            span.below.progress {
                progress max=(asked) value=(answered.min(asked)) aria-label=(t::progress_of(lang, answered, asked)) {}
                " " (t::items_of(lang, answered, asked))
            }
        }
    }
}

fn lead(team: &[Teammate]) -> &str {
    team.first().map_or("", |lead| lead.name.as_str())
}

fn lead_and_others(team: &[Teammate], lang: Lang) -> Markup {
    let words = self::team(team, lang);
    html! {
        @match team {
            [] => {},
            [_] => (lead(team)),
            [_, others @ ..] => span title=(words) { (t::lead_and_others(lang, lead(team), others.len())) },
        }
    }
}

fn findings_and_needs(digest: &Digest, lang: Lang) -> Markup {
    html! {
        (digest.standing().count())
        @if let Some((tone, words)) = short_need(digest, lang) { span.below { (mark(tone, words)) } }
    }
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
    let people = overview.teams.values().flatten().map(|it| it.name.clone());
    let people = people.collect::<std::collections::BTreeSet<_>>();
    vec![
        Filter::Choice {
            name: "state",
            label: t::stage,
            choices: Choices::Plain(stages.to_vec()),
            keeps: Box::new(|row: &Row, chosen| row.digest.stage().name() == chosen),
        },
        Filter::Choice {
            name: "kind",
            label: office::kind,
            choices: Choices::Plain(kinds_in_use(overview, lang)),
            keeps: Box::new(|row: &Row, chosen| is_of_kind(&row.digest, chosen)),
        },
        Filter::Choice {
            name: "person",
            label: t::person,
            choices: Choices::Plain(people.into_iter().map(|name| (name.clone(), name)).collect()),
            keeps: Box::new(|row: &Row, chosen| row.team.iter().any(|it| it.name == chosen)),
        },
        Filter::Choice {
            name: "needs",
            label: t::needs,
            choices: Choices::Plain(
                needs.map(|(name, words)| (name.to_owned(), words.to_owned())).to_vec(),
            ),
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
        "decision" => digest.waits_for_decision(),
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

/// The same in so few words that a row stays low.
fn short_need(digest: &Digest, lang: Lang) -> Option<(Tone, &'static str)> {
    if !digest.verifies {
        Some((Tone::Bad, t::is_not_verified(lang)))
    } else if digest.held > 0 {
        Some((Tone::Warn, t::held_short(lang)))
    } else {
        (digest.conflicts > 0).then(|| (Tone::Warn, office::conflict(lang)))
    }
}

fn searched(row: &Row, lang: Lang) -> String {
    let place = row.digest.place.as_ref().map(|place| {
        let kind = in_lang(&place.kind_words, lang);
        format!("{} {} {kind} {}", place.name, place.address, place.reason)
    });
    let people = row.team.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().join(" ");
    let decision = row.digest.decision.as_deref().unwrap_or_default();
    format!("{} {people} {decision}", place.unwrap_or_default())
}

fn name(digest: &Digest, lang: Lang) -> Cell {
    let name = digest.place.as_ref().map(|place| place.name.as_str());
    Cell::words(name.unwrap_or(office::not_opened(lang)))
}

fn team(team: &[Teammate], lang: Lang) -> String {
    team.iter().map(|it| it.words(lang)).collect::<Vec<_>>().join(", ")
}

fn decision(row: &Row, lang: Lang) -> Cell {
    match &row.digest.decision {
        Some(number) => Cell::words(number.clone()),
        None if !row.digest.waits_for_decision() => Cell::Empty,
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
        Stage::Cancelled => t::stage_cancelled(lang),
    }
}

/// A stage as a mark.
pub(in crate::office) fn stage_mark(stage: Stage, lang: Lang) -> Markup {
    stage_cell(stage, lang).markup(lang)
}

fn stage_cell(stage: Stage, lang: Lang) -> Cell {
    let (tone, place) = match stage {
        Stage::NotOpened => (Tone::Warn, 0),
        Stage::Planned => (Tone::Calm, 1),
        Stage::UnderWay => (Tone::Calm, 2),
        Stage::Answered => (Tone::Good, 3),
        Stage::Cancelled => (Tone::Calm, 4),
    };
    Cell::Mark { name: stage.name(), words: stage_words(stage, lang), tone, place }
}

//! `/office/remedies`: every remedy that a finding asks for, the most pressing first.

use axum::response::Response;
use domain::remedy::Progress;
use jiff::ToSpan;
use jiff::civil::Date;
use maud::Markup;
use texts::{Lang, clerk as t, office, pieces};

use super::{Asked, Found, clamped, establishment, in_lang, is_of_kind, kind, kinds_in_use};
use crate::office::listing::{Cell, Choices, Column, Ending, Ends, Filter, List, Order, Tone};
use crate::office::overview::{Overview, SOON_DAYS};

/// A finding that asks for a remedy, and where that stands today.
pub(in crate::office) struct Row {
    pub(in crate::office) found: Found,
    pub(in crate::office) progress: Progress,
    pub(in crate::office) due_soon: bool,
}

pub(crate) async fn page(asked: Asked) -> Markup {
    asked.page((list, rows))
}

pub(crate) async fn file(ending: Ending, asked: Asked) -> Response {
    asked.file(ending, (list, rows))
}

/// Every remedy, as of the overview's day, those of a state by their deadlines.
pub(in crate::office) fn rows(overview: &Overview) -> Vec<Row> {
    let today = overview.today;
    let soon = today.checked_add(SOON_DAYS.days()).unwrap_or(today);
    let row = |found: Found| {
        let progress = found.finding.progress?.on(today);
        let due_soon = matches!(progress, Progress::Due(by) if by <= soon);
        Some(Row { found, progress, due_soon })
    };
    let mut rows = Found::all(overview).into_iter().filter_map(row).collect::<Vec<_>>();
    rows.sort_by_key(|row| row.progress);
    rows
}

fn list(overview: &Overview, lang: Lang) -> List<Row> {
    List {
        path: "/office/remedies",
        name: "remedies",
        title: t::remedies,
        columns: columns(),
        filters: filters(overview, lang),
        words: searched,
        order: Order { column: "state", down: false },
        inspection: |row| row.found.digest.id,
        today: overview.today,
        finding: |row| Some(row.found.finding.id),
    }
}

fn columns() -> Vec<Column<Row>> {
    vec![
        Column::<Row>::new("remedy", t::remedy, remedy).leading_to(|row| {
            let Found { digest, finding, .. } = &row.found;
            format!("/office/inspections/{}/remedies/{}", digest.id, finding.id)
        }),
        Column::<Row>::new("establishment", office::establishment, |row, _| {
            establishment(&row.found.digest)
        }),
        Column::<Row>::new("kind", office::kind, |row, lang| kind(&row.found.digest, lang))
            .in_files(),
        Column::<Row>::new("facts", office::facts, |row, _| {
            Cell::words(row.found.finding.facts.clone())
        })
        .drawn(|row, _, _| clamped(&row.found.finding.facts)),
        Column::<Row>::new("state", t::remedy_state, |row, lang| state(row.progress, lang)),
        Column::<Row>::new("due", t::remedy_until, |row, _| Cell::day(due(row.progress))),
        Column::<Row>::new("remedy_by", t::remedy_by, |row, _| {
            Cell::day(row.found.finding.remedy_by)
        })
        .in_files(),
        Column::<Row>::new("established_on", t::remedy_on, |row, _| {
            Cell::day(row.found.finding.said.as_ref().map(|said| said.on))
        })
        .in_files(),
        Column::<Row>::new("note", t::remedy_note, |row, _| Cell::words(note(row)))
            .drawn(|row, _, _| clamped(note(row))),
        Column::<Row>::new("pieces", pieces::how_many, |row, _| {
            Cell::Number(row.found.finding.pieces)
        })
        .in_files(),
        Column::<Row>::new("finding", t::finding_id, |row, _| {
            Cell::words(row.found.finding.id.to_string())
        })
        .in_files(),
        Column::<Row>::new("inspection", t::inspection_id, |row, _| {
            Cell::words(row.found.digest.id.to_string())
        })
        .in_files(),
    ]
}

fn filters(overview: &Overview, lang: Lang) -> Vec<Filter<Row>> {
    let of = |name: &str, words: &str| (name.to_owned(), words.to_owned());
    let states = [
        of("open", t::only_open(lang)),
        of("soon", t::due_soon(lang)),
        of("overdue", t::progress_overdue(lang)),
        of("due", t::progress_due(lang)),
        of("no_deadline", t::progress_no_deadline(lang)),
        of("undecided", t::progress_undecided(lang)),
        of("done", t::progress_done(lang)),
        of("not_done", t::progress_not_done(lang)),
    ];
    vec![
        Filter::Choice {
            name: "state",
            label: t::remedy_state,
            choices: Choices::Plain(states.to_vec()),
            keeps: Box::new(|row: &Row, chosen| match chosen {
                "open" => row.progress.is_open(),
                "soon" => row.due_soon,
                name => name_of(row.progress) == name,
            }),
        },
        Filter::Choice {
            name: "kind",
            label: office::kind,
            choices: Choices::Plain(kinds_in_use(overview, lang)),
            keeps: Box::new(|row: &Row, chosen| is_of_kind(&row.found.digest, chosen)),
        },
        Filter::Days {
            from: "from",
            through: "through",
            labels: Ends { from: t::due_from, through: t::due_through },
            day: |row| due(row.progress),
        },
    ]
}

fn searched(row: &Row, lang: Lang) -> String {
    let Found { digest, finding, .. } = &row.found;
    let name = digest.place.as_ref().map_or("", |place| place.name.as_str());
    let note = note(row);
    let question = in_lang(&finding.question, lang);
    format!("{name} {question} {} {} {note}", finding.remedy, finding.facts)
}

/// What was said of the remedy last.
fn note(row: &Row) -> &str {
    row.found.finding.said.as_ref().map_or("", |said| said.note.as_str())
}

/// Where only a deadline was written, the facts say what is to be put right.
fn remedy(row: &Row, lang: Lang) -> Cell {
    let finding = &row.found.finding;
    let words = [finding.remedy.as_str(), &finding.facts, in_lang(&finding.question, lang)];
    Cell::words(words.into_iter().find(|words| !words.is_empty()).unwrap_or_default())
}

/// The day until which a remedy is waited for.
pub(in crate::office) fn due(progress: Progress) -> Option<Date> {
    match progress {
        Progress::Overdue(by) | Progress::Due(by) => Some(by),
        Progress::NoDeadline | Progress::Undecided | Progress::Done | Progress::NotDone => None,
    }
}

/// Its name in addresses and files.
pub(in crate::office) fn name_of(progress: Progress) -> &'static str {
    match progress {
        Progress::Overdue(_) => "overdue",
        Progress::Due(_) => "due",
        Progress::NoDeadline => "no_deadline",
        Progress::Undecided => "undecided",
        Progress::Done => "done",
        Progress::NotDone => "not_done",
    }
}

/// Its words, and how pressing it is.
pub(in crate::office) fn words_of(progress: Progress, lang: Lang) -> (&'static str, Tone) {
    match progress {
        Progress::Overdue(_) => (t::progress_overdue(lang), Tone::Bad),
        Progress::Due(_) => (t::progress_due(lang), Tone::Calm),
        Progress::NoDeadline => (t::progress_no_deadline(lang), Tone::Warn),
        Progress::Undecided => (t::progress_undecided(lang), Tone::Warn),
        Progress::Done => (t::progress_done(lang), Tone::Good),
        Progress::NotDone => (t::progress_not_done(lang), Tone::Bad),
    }
}

pub(super) fn state(progress: Progress, lang: Lang) -> Cell {
    let (words, tone) = words_of(progress, lang);
    let place = match progress {
        Progress::Overdue(_) => 0,
        Progress::Undecided => 1,
        Progress::Due(_) => 2,
        Progress::NoDeadline => 3,
        Progress::NotDone => 4,
        Progress::Done => 5,
    };
    Cell::Mark { name: name_of(progress), words, tone, place }
}

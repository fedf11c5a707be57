//! The timeline as CSV and XLSX: the events that the page's filters leave, in the order of the
//! page, each with what machines say of it.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use texts::{Lang, clerk as t, office};

use super::story::{self, Line, Turn};
use super::{kind_words, wanted};
use crate::headquarters::Headquarters;
use crate::office::clerk::Clerk;
use crate::office::listing::{Ask, Cell, Column, Ending, Sheet, Tone};
use crate::office::trouble::Told;
use crate::office::{inspection, words};
use sync::recall::Verdict;

/// An event, told in both languages.
struct Row {
    vi: Line,
    en: Line,
}

impl Row {
    fn told(&self, lang: Lang) -> &Line {
        lang.pick(&self.vi, &self.en)
    }
}

pub(crate) async fn file(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
    RawQuery(query): RawQuery,
    ending: Ending,
) -> Result<Response, Told> {
    let lang = clerk.lang;
    let (record, library) = inspection::load(&headquarters, &id, lang).await?;
    let ask = Ask::parse(query.as_deref().unwrap_or_default());
    let tell = |lang| story::tell(&record, &library, lang).into_iter();
    let rows = tell(Lang::Vi).zip(tell(Lang::En)).map(|(vi, en)| Row { vi, en });
    let rows = rows.collect::<Vec<_>>();
    let rows = wanted(&rows, |row| row.told(lang), &ask);
    let name = format!("timeline-{}", record.id);
    let sheet = Sheet { name, title: t::timeline, columns: columns(), rows };
    Ok(sheet.file(ending, lang))
}

fn columns<'a>() -> Vec<Column<&'a Row>> {
    vec![
        Column::<&Row>::new("position", t::position, |row, _| {
            usize::try_from(row.vi.position).map_or(Cell::Empty, Cell::Number)
        }),
        Column::<&Row>::new("recorded_at", office::recorded_at, |row, _| Cell::Moment(row.vi.at)),
        Column::<&Row>::new("accepted_at", office::accepted_at, |row, _| {
            Cell::Moment(row.vi.accepted_at)
        }),
        Column::<&Row>::new("author", office::author, |row, lang| {
            Cell::words(row.told(lang).author.clone())
        }),
        Column::<&Row>::new("kind", t::act_kind, |row, lang| Cell::Named {
            name: row.vi.kind.name().to_owned(),
            words: kind_words(row.vi.kind, lang).to_owned(),
        }),
        Column::<&Row>::new("what", t::what, |row, lang| Cell::words(row.told(lang).what.clone())),
        Column::<&Row>::new("value", office::value, |row, lang| {
            Cell::words(row.told(lang).value.clone().unwrap_or_default())
        }),
        Column::<&Row>::new("replaced", t::replaced_before, |row, lang| {
            Cell::words(row.told(lang).replaced.join("\n"))
        }),
        Column::<&Row>::new("pieces", texts::pieces::pieces, |row, _| {
            let names = row.vi.pieces.iter().map(|piece| piece.name.as_str());
            Cell::words(names.collect::<Vec<_>>().join("\n"))
        }),
        Column::<&Row>::new("turn", office::conflicts, |row, lang| turn(row.vi.turn, lang)),
        Column::<&Row>::new("held_reason", office::held_reason, |row, lang| {
            let reason = row.vi.held.map(|(reason, _)| words::held_reason(reason, lang));
            Cell::words(reason.unwrap_or_default())
        }),
        Column::<&Row>::new("custody", office::held, |row, lang| custody(row, lang)),
        Column::<&Row>::new("finding", t::finding_id, |row, _| {
            Cell::words(row.vi.finding.map(|id| id.to_string()).unwrap_or_default())
        }),
        Column::<&Row>::new("event", t::event_id, |row, _| Cell::words(row.vi.event.to_string())),
    ]
}

fn turn(turn: Turn, lang: Lang) -> Cell {
    let (name, words, tone, place) = match turn {
        Turn::None => return Cell::Empty,
        Turn::Conflict => ("conflict", t::conflict_began(lang), Tone::Warn, 0),
        Turn::Decided => ("decided", t::conflict_decided(lang), Tone::Good, 1),
    };
    Cell::Mark { name, words, tone, place }
}

fn custody(row: &Row, lang: Lang) -> Cell {
    let Some((_, verdict)) = row.vi.held else { return Cell::Empty };
    let (name, words, tone, place) = match verdict {
        None => ("waits", t::held_waits(lang), Tone::Warn, 0),
        Some(Verdict::Admitted) => ("admitted", t::held_admitted(lang), Tone::Good, 1),
        Some(Verdict::SetAside) => ("set_aside", t::held_set_aside(lang), Tone::Calm, 2),
    };
    Cell::Mark { name, words, tone, place }
}

//! The spreadsheets of an inspection: its findings and its answers, each as CSV and as XLSX.
//!
//! The columns of the CSV are a contract with outside programs; what only a person needs stands in
//! the XLSX alone. Values stand in them exactly as they were recorded.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use domain::finding::Finding;
use domain::law::Bilingual;
use domain::moment::Moment;
use domain::register::{Field, Subject, Value};
use texts::office;

use super::cite::{self, Cited};
use super::clerk::Clerk;
use super::inspection::load;
use super::library::Library;
use super::listing::{Cell, Column, Ending, Sheet};
use super::lists::{both, in_lang};
use super::record::Record;
use super::trouble::Told;
use super::words;
use crate::headquarters::Headquarters;

pub(crate) async fn findings(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
    ending: Ending,
) -> Result<Response, Told> {
    let (record, library) = load(&headquarters, &id, clerk.lang).await?;
    Ok(findings_sheet(&record, &library).file(ending, clerk.lang))
}

pub(crate) async fn answers(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
    ending: Ending,
) -> Result<Response, Told> {
    let (record, library) = load(&headquarters, &id, clerk.lang).await?;
    Ok(answers_sheet(&record, &library).file(ending, clerk.lang))
}

/// A finding that stands.
struct Found {
    id: String,
    item: String,
    question: Bilingual,
    provision: Bilingual,
    facts: String,
    quantity: String,
    statement: Bilingual,
    author: String,
    recorded_at: Moment,
    accepted_at: Option<Moment>,
}

/// One row for each finding that stands; withdrawn ones are on the page, with the reason.
fn findings_sheet(record: &Record, library: &Library) -> Sheet<Found> {
    let findings = record.state.findings();
    let standing = findings.iter().filter(|finding| finding.withdrawn.is_none());
    let rows = standing.map(|finding| found(record, library, finding)).collect();
    let name = format!("findings-{}", record.id);
    Sheet { name, title: office::findings, columns: columns_of_findings(), rows }
}

fn found(record: &Record, library: &Library, finding: &Finding<'_>) -> Found {
    let provision = |lang| match cite::provisions(finding, library, lang) {
        Cited::Provisions(provisions) => provisions.join("; "),
        Cited::NoDay | Cited::NoneInForce => String::new(),
    };
    Found {
        id: finding.id.to_string(),
        item: finding.item.to_owned(),
        question: both(|lang| library.question(finding.item, lang).to_owned()),
        provision: both(provision),
        facts: finding.text(Field::Facts),
        quantity: finding.text(Field::Quantity),
        statement: both(|lang| words::statement(finding, lang)),
        author: record.author(&finding.author),
        recorded_at: finding.begun_at,
        accepted_at: record.finding_accepted_at(finding.id),
    }
}

fn columns_of_findings() -> Vec<Column<Found>> {
    type Row = Found;
    vec![
        Column::<Row>::new("finding", texts::clerk::finding_id, |row, _| {
            Cell::words(row.id.clone())
        }),
        Column::<Row>::new("item", texts::clerk::item_id, |row, _| Cell::words(row.item.clone())),
        Column::<Row>::new("question", office::item, |row, lang| {
            Cell::words(in_lang(&row.question, lang))
        })
        .in_workbook(),
        Column::<Row>::new("provision", office::provision, |row, lang| {
            Cell::words(in_lang(&row.provision, lang))
        }),
        Column::<Row>::new("facts", office::facts, |row, _| Cell::words(row.facts.clone())),
        Column::<Row>::new("quantity", office::quantity, |row, _| {
            Cell::words(row.quantity.clone())
        }),
        Column::<Row>::new("statement", office::statement, |row, lang| {
            Cell::words(in_lang(&row.statement, lang))
        }),
        Column::<Row>::new("author", office::author, |row, _| Cell::words(row.author.clone())),
        Column::<Row>::new("recorded_at", office::recorded_at, |row, _| {
            Cell::Moment(row.recorded_at)
        }),
        Column::<Row>::new("accepted_at", office::accepted_at, |row, _| {
            Cell::moment(row.accepted_at)
        }),
    ]
}

/// A current value of an item.
struct Answered {
    item: String,
    question: Bilingual,
    value: Value,
    author: String,
    at: Moment,
    conflict: bool,
}

/// One row for each current value; an answer that was cleared is no value, unless it stands
/// against another.
fn answers_sheet(record: &Record, library: &Library) -> Sheet<Answered> {
    let mut rows = Vec::new();
    for (address, register) in record.state.registers() {
        let Subject::Item(item) = &address.subject else { continue };
        if address.field != Field::Answer {
            continue;
        }
        let conflict = register.is_conflict();
        let shown = register.current().filter(|(_, written)| conflict || !written.value.is_empty());
        rows.extend(shown.map(|(_, written)| Answered {
            item: item.clone(),
            question: both(|lang| library.question(item, lang).to_owned()),
            value: written.value.clone(),
            author: record.author(&written.author),
            at: written.at,
            conflict,
        }));
    }
    let name = format!("answers-{}", record.id);
    Sheet { name, title: office::answers, columns: columns_of_answers(), rows }
}

fn columns_of_answers() -> Vec<Column<Answered>> {
    type Row = Answered;
    vec![
        Column::<Row>::new("question", office::item, |row, lang| {
            Cell::words(in_lang(&row.question, lang))
        })
        .in_workbook(),
        Column::<Row>::new("item", texts::clerk::item_id, |row, _| Cell::words(row.item.clone())),
        Column::<Row>::new("value", office::value, |row, lang| Cell::Named {
            name: row.value.to_string(),
            words: words::value(&row.value, lang),
        }),
        Column::<Row>::new("author", office::author, |row, _| Cell::words(row.author.clone())),
        Column::<Row>::new("at", office::recorded_at, |row, _| Cell::Moment(row.at)),
        Column::<Row>::new("conflict", office::conflicts, |row, lang| Cell::Named {
            name: row.conflict.to_string(),
            words: if row.conflict { office::conflict(lang).to_owned() } else { String::new() },
        }),
    ]
}

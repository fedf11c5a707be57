//! The spreadsheets of an inspection: `findings.csv` and `answers.csv`, UTF-8 with BOM.
//!
//! Values stand in them exactly as they were recorded. A cell that begins with `=` is therefore
//! not defused: a copy that differs from the record would be worse (see the room's quirks).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::finding::Finding;
use domain::register::{Field, Subject};
use texts::Lang;

use super::cite::{self, Cited};
use super::clerk::Clerk;
use super::inspection::load;
use super::library::Library;
use super::record::Record;
use super::trouble::Told;
use super::words;
use crate::headquarters::Headquarters;

const FINDINGS: [&str; 9] = [
    "finding",
    "item",
    "provision",
    "facts",
    "quantity",
    "statement",
    "author",
    "recorded_at",
    "accepted_at",
];
const ANSWERS: [&str; 5] = ["item", "value", "author", "at", "conflict"];

/// Without it, spreadsheet programs read the file in the machine's old code page.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

pub(crate) async fn findings(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
) -> Result<Response, Told> {
    let (record, library) = load(&headquarters, &id, clerk.lang).await?;
    Ok(sheet("findings", &record, &findings_sheet(&record, &library)))
}

pub(crate) async fn answers(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
) -> Result<Response, Told> {
    let (record, _) = load(&headquarters, &id, clerk.lang).await?;
    Ok(sheet("answers", &record, &answers_sheet(&record)))
}

/// One row for each finding that stands; withdrawn ones are on the page, with the reason.
fn findings_sheet(record: &Record, library: &Library) -> Vec<Vec<String>> {
    let findings = record.state.findings();
    let standing = findings.iter().filter(|finding| finding.withdrawn.is_none());
    let rows = standing.map(|finding| finding_row(record, library, finding));
    [FINDINGS.map(str::to_owned).to_vec()].into_iter().chain(rows).collect()
}

fn finding_row(record: &Record, library: &Library, finding: &Finding<'_>) -> Vec<String> {
    // The instruments are Vietnamese, and so are their names.
    let provision = match cite::provisions(finding, library, Lang::Vi) {
        Cited::Provisions(provisions) => provisions.join("; "),
        Cited::NoDay | Cited::NoneInForce => String::new(),
    };
    let accepted = record.finding_accepted_at(finding.id);
    vec![
        finding.id.to_string(),
        finding.item.to_owned(),
        provision,
        finding.text(Field::Facts),
        finding.text(Field::Quantity),
        words::statement(finding, Lang::Vi),
        record.author(&finding.author),
        finding.begun_at.to_string(),
        accepted.map(|at| at.to_string()).unwrap_or_default(),
    ]
}

/// One row for each current value; an answer that was cleared is no value, unless it stands
/// against another.
fn answers_sheet(record: &Record) -> Vec<Vec<String>> {
    let mut rows = vec![ANSWERS.map(str::to_owned).to_vec()];
    for (address, register) in record.state.registers() {
        let Subject::Item(item) = &address.subject else { continue };
        if address.field != Field::Answer {
            continue;
        }
        let conflict = register.is_conflict();
        let shown = register.current().filter(|(_, written)| conflict || !written.value.is_empty());
        rows.extend(shown.map(|(_, written)| {
            let author = record.author(&written.author);
            let at = written.at.to_string();
            vec![item.clone(), written.value.to_string(), author, at, conflict.to_string()]
        }));
    }
    rows
}

fn sheet(name: &str, record: &Record, rows: &[Vec<String>]) -> Response {
    let file = format!("attachment; filename=\"{name}-{}.csv\"", record.id);
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, file)];
    (headers, written(rows)).into_response()
}

/// Rows as a file.
#[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
pub(super) fn written(rows: &[Vec<String>]) -> Vec<u8> {
    let mut sheet = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    for row in rows {
        sheet.write_record(row).expect("every row has as many cells as the first");
    }
    sheet.into_inner().expect("memory is flushed at once")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_with_quotes_lines_and_formulas_come_out_as_they_went_in() {
        let row = ["=1+1", "\"a\",\nb", "-5", "Ẩm ướt"].map(str::to_owned).to_vec();
        let bytes = written(std::slice::from_ref(&row));
        let text = bytes.strip_prefix(BYTE_ORDER_MARK).expect("it begins with the mark");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
        let read = reader.records().next().expect("there is a row").expect("it is well formed");
        assert_eq!(read.iter().collect::<Vec<_>>(), row);
    }
}

//! Every table of the office as CSV and as XLSX: both have the same rows, what was recorded is
//! never a formula in the one for people, and what the one for programs says has no language.

use std::io::Cursor;

use axum::http::StatusCode;
use calamine::{Data, Reader, Xlsx};
use domain::act::Role;
use domain::answer::{Answer, StatementState};
use domain::ids::{FindingId, InspectionId};
use domain::register::{Field, Value};
use jiff::civil::date;

use crate::house::{Clerk, House};
use crate::tablet::Tablet;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// What a spreadsheet program would compute.
const FORMULA: &str = "=HYPERLINK(\"http://mau.example\";\"a\")";

/// The rows of a CSV, its head first.
pub(crate) async fn csv(clerk: &Clerk<'_>, path: &str) -> Vec<Vec<String>> {
    let answer = clerk.get(path).await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8", "{path}");
    let text = answer.text().strip_prefix('\u{feff}').expect("it begins with the mark").to_owned();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The cells of a workbook, its head first; and how many of them are formulas.
async fn xlsx(clerk: &Clerk<'_>, path: &str) -> (Vec<Vec<Data>>, usize) {
    let answer = clerk.get(path).await;
    assert_eq!(answer.header("content-type"), XLSX, "{path}");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.to_vec())).unwrap();
    let name = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&name).unwrap();
    let formulas = formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()).count();
    let sheet = book.worksheet_range(&name).unwrap();
    (sheet.rows().map(<[Data]>::to_vec).collect(), formulas)
}

/// An inspection with an answer and a finding, and someone outside its team whose words wait; all
/// of them would be computed if a spreadsheet took them for formulas.
async fn formulas_everywhere(house: &House) -> InspectionId {
    let (person, code) = house.invite(FORMULA).await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(house, &code).await;
    tablet.tap(inspection, "print.pub.licence", Answer::Violation);
    let fields = [
        (Field::Quantity, Value::text("+1")),
        (Field::ActOn, Value::Day(date(2026, 7, 1))),
        (Field::Remedy, Value::text("@nộp sổ")),
        (Field::StatementState, StatementState::Given.value()),
        (Field::Statement, Value::text("-2")),
    ];
    tablet.find(inspection, (FindingId([5; 16]), "print.pub.licence", FORMULA), &fields);
    tablet.push().await;
    let (_, code) = house.invite("=Người ngoài đoàn").await;
    let mut outsider = Tablet::enrolled(house, &code).await;
    outsider.tap(inspection, "=1+1", Answer::Compliant);
    outsider.push().await;
    inspection
}

/// Every table: its CSV, its XLSX, and how many rows it has beside its head.
fn tables(inspection: InspectionId) -> [(String, String, usize); 8] {
    let of_all = |csv: &str, xlsx: &str, rows| (csv.to_owned(), xlsx.to_owned(), rows);
    let of_one = format!("/office/inspections/{inspection}");
    let of_one = |csv: &str, xlsx: &str, rows| {
        let path = |file: &str| file.replace("/office/inspections/{id}", &of_one);
        (path(csv), path(xlsx), rows)
    };
    [
        of_all("/office/inspections.csv", "/office/inspections.xlsx", 1),
        of_all("/office/findings.csv", "/office/findings.xlsx", 1),
        of_all("/office/remedies.csv", "/office/remedies.xlsx", 1),
        of_all("/office/seats.csv", "/office/seats.xlsx", 2),
        of_all("/office/held.csv", "/office/held.xlsx", 2),
        of_one(
            "/office/inspections/{id}/timeline.csv",
            "/office/inspections/{id}/timeline.xlsx",
            12,
        ),
        of_one(
            "/office/inspections/{id}/findings.csv",
            "/office/inspections/{id}/findings.xlsx",
            1,
        ),
        of_one("/office/inspections/{id}/answers.csv", "/office/inspections/{id}/answers.xlsx", 1),
    ]
}

#[tokio::test]
async fn every_table_comes_in_both_forms_with_the_same_rows_and_no_cell_is_a_formula() {
    let house = House::start().await;
    let inspection = formulas_everywhere(&house).await;
    let clerk = house.clerk().await;
    for (table, workbook, rows) in tables(inspection) {
        let plain = csv(&clerk, &table).await;
        assert_eq!(plain.len(), 1 + rows, "{table}: {plain:?}");
        let english = csv(&clerk, &format!("{table}?lang=en")).await;
        assert_eq!(plain, english, "{table}: a program is told the same in both languages");
        for lang in ["vi", "en"] {
            let (cells, formulas) = xlsx(&clerk, &format!("{workbook}?lang={lang}")).await;
            assert_eq!((cells.len(), formulas), (1 + rows, 0), "{table}: {cells:?}");
            assert!(cells[0].len() >= plain[0].len(), "{table}: {:?}", cells[0]);
        }
        for file in [table, workbook] {
            let stranger = house.get(&file).await;
            assert_eq!(stranger.header("location"), "/office/sign-in", "{file}");
        }
    }
}

#[tokio::test]
async fn what_was_recorded_stands_in_both_forms_letter_by_letter() {
    let house = House::start().await;
    let inspection = formulas_everywhere(&house).await;
    let clerk = house.clerk().await;
    for table in
        ["/office/findings".to_owned(), format!("/office/inspections/{inspection}/findings")]
    {
        let plain = csv(&clerk, &format!("{table}.csv")).await;
        assert!(plain[1].iter().any(|cell| cell == FORMULA), "{plain:?}");
        let (cells, _) = xlsx(&clerk, &format!("{table}.xlsx")).await;
        assert!(cells[1].contains(&Data::String(FORMULA.to_owned())), "{cells:?}");
    }
}

#[tokio::test]
async fn each_page_leads_to_both_files_of_what_it_shows() {
    let house = House::start().await;
    let inspection = formulas_everywhere(&house).await;
    let clerk = house.clerk().await;
    let timeline = format!("/office/inspections/{inspection}/timeline");
    for (page, query) in [("/office/seats", ""), ("/office/held", ""), (&timeline, "?kind=finding")]
    {
        let text = clerk.get(&format!("{page}{query}")).await.text().to_owned();
        for ending in ["csv", "xlsx"] {
            let link = format!("href=\"{page}.{ending}{query}\"");
            assert!(text.contains(&link), "{link}: {text}");
        }
    }
    let page = clerk.get(&format!("/office/inspections/{inspection}")).await;
    for file in ["findings.csv", "findings.xlsx", "answers.csv", "answers.xlsx", "timeline.xlsx"] {
        let link = format!("href=\"/office/inspections/{inspection}/{file}\"");
        assert!(page.text().contains(&link), "{link}");
    }
}

#[tokio::test]
async fn the_files_of_the_timeline_have_the_events_that_its_page_was_asked_for() {
    let house = House::start().await;
    let inspection = formulas_everywhere(&house).await;
    let clerk = house.clerk().await;
    let path = format!("/office/inspections/{inspection}/timeline");
    let rows = csv(&clerk, &format!("{path}.csv?kind=finding&order=down")).await;
    let at = |title: &str| rows[0].iter().position(|cell| cell == title).expect(title);
    assert!(rows[1..].iter().all(|row| row[at("kind")] == "finding"), "{rows:?}");
    let positions = rows[1..].iter().map(|row| row[at("position")].parse::<u64>().unwrap());
    assert!(positions.is_sorted_by(|a, b| a > b), "{rows:?}");
    let (cells, _) = xlsx(&clerk, &format!("{path}.xlsx?kind=finding&lang=en")).await;
    assert_eq!(cells.len(), rows.len());
    let page = clerk.get(&format!("{path}?kind=finding&lang=en")).await;
    let count = format!("{} of ", rows.len() - 1);
    assert!(page.text().contains(&count), "{}", page.text());
    let held =
        csv(&clerk, &format!("{path}.csv?by=%3DNg%C6%B0%E1%BB%9Di+ngo%C3%A0i+%C4%91o%C3%A0n"))
            .await;
    let custody = held[1..].iter().map(|row| row[at("custody")].as_str());
    assert_eq!(custody.collect::<Vec<_>>(), ["waits", "waits"]);
    let none = clerk.get(&format!("/office/inspections/{}/timeline.xlsx", "00".repeat(16))).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_revoked_seat_stands_in_the_files_with_who_revoked_it_and_why() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let tablet = Tablet::enrolled(&house, &code).await;
    let clerk = house.clerk().await;
    let form = format!("seat={}&reason=m%E1%BA%A5t+m%C3%A1y&revoke=1", tablet.seat());
    clerk.post("/office/seats", &form).await;
    let rows = csv(&clerk, "/office/seats.csv").await;
    let of = |title: &str| {
        let at = rows[0].iter().position(|cell| cell == title).expect(title);
        rows[1][at].clone()
    };
    assert_eq!([of("state"), of("reason")], ["revoked", "mất máy"]);
    assert_eq!(of("seat"), tablet.seat().to_string());
    assert!(!of("revoked_by").is_empty() && !of("revoked_at").is_empty(), "{rows:?}");
}

//! The files of a table: for a list exactly the rows that the page's filters leave, in the same
//! order.
//!
//! The CSV is for programs: the same in both languages, the words as they stand in the record or
//! in Vietnamese, days as ISO days; nothing is defused in it (see the room's quirks). The XLSX is
//! for people: the reader's language, real days and numbers, and no cell is ever a formula.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use texts::{Lang, clerk as t};

use super::column::Place;
use super::{Ask, Cell, Column};

/// Some 60 letters: what is longer is wrapped.
const MAX_COLUMN_PIXELS: u32 = 425;

/// The columns of ids: they are in the sheet, and hidden.
const IDS: [&str; 5] = ["finding", "inspection", "event", "journal", "seat"];

/// The most letters that a cell of a spreadsheet takes.
const MAX_CELL_LETTERS: usize = 32_767;

/// Without it, spreadsheet programs read the file in the machine's old code page.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Which file of a table is asked for; its address ends so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Csv,
    Xlsx,
}

impl<S: Sync> FromRequestParts<S> for Ending {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let is_xlsx = parts.uri.path().ends_with(".xlsx");
        Ok(if is_xlsx { Self::Xlsx } else { Self::Csv })
    }
}

/// A table with its rows: all that is to be said of one, so that both its files are made here.
pub(in crate::office) struct Sheet<R> {
    /// What its files are called, without the ending.
    pub(in crate::office) name: String,
    pub(in crate::office) title: fn(Lang) -> &'static str,
    pub(in crate::office) columns: Vec<Column<R>>,
    pub(in crate::office) rows: Vec<R>,
}

impl<R> Sheet<R> {
    /// The file that is asked for.
    pub(in crate::office) fn file(&self, ending: Ending, lang: Lang) -> Response {
        match ending {
            Ending::Csv => self.attached("csv", CSV, written(&self.lines())),
            Ending::Xlsx => match workbook(self, lang) {
                Ok(bytes) => self.attached("xlsx", XLSX, bytes),
                Err(fault) => {
                    tracing::error!(%fault, table = self.name, "a spreadsheet could not be made");
                    StatusCode::INTERNAL_SERVER_ERROR.into_response()
                }
            },
        }
    }

    /// The names of the columns, and every row.
    fn lines(&self) -> Vec<Vec<String>> {
        let columns = self.columns_of(&[Place::PageAndFiles, Place::Files]).collect::<Vec<_>>();
        let names = columns.iter().map(|column| column.id.to_owned()).collect();
        let line =
            |row: &R| columns.iter().map(|column| (column.cell)(row, Lang::Vi).plain()).collect();
        [names].into_iter().chain(self.rows.iter().map(line)).collect()
    }

    fn columns_of<'a>(&'a self, places: &'a [Place]) -> impl Iterator<Item = &'a Column<R>> {
        self.columns.iter().filter(|column| places.contains(&column.place))
    }

    fn columns_of_workbook(&self) -> impl Iterator<Item = &Column<R>> {
        self.columns_of(&[Place::PageAndFiles, Place::Files, Place::Workbook])
    }

    fn attached(&self, ending: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
        let file = format!("attachment; filename=\"{}.{ending}\"", self.name);
        ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, file)], bytes).into_response()
    }
}

/// The links to both files of a table, with what narrows it.
pub(in crate::office) fn file_links(path: &str, ask: &Ask, lang: Lang) -> Markup {
    let file = |ending: &str| ask.without("page").address(&format!("{path}.{ending}"));
    html! {
        a href=(file("xlsx")) { (t::as_xlsx(lang)) }
        a href=(file("csv")) { (t::as_csv(lang)) }
    }
}

#[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
fn written(rows: &[Vec<String>]) -> Vec<u8> {
    let mut sheet = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    for row in rows {
        sheet.write_record(row).expect("every row has as many cells as the first");
    }
    sheet.into_inner().expect("memory is flushed at once")
}

/// What a reader of the sheet needs beside the cells: a filter, and the ids out of the way.
fn finish<R>(page: &mut Worksheet, sheet: &Sheet<R>) -> Result<(), XlsxError> {
    let last = sheet.columns_of_workbook().count().saturating_sub(1);
    let rows = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    page.autofilter(0, 0, rows, u16::try_from(last).unwrap_or(u16::MAX))?;
    for (at, column) in (0u16..).zip(sheet.columns_of_workbook()) {
        if IDS.contains(&column.id) {
            page.set_column_hidden(at)?;
        }
    }
    Ok(())
}

fn workbook<R>(sheet: &Sheet<R>, lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name((sheet.title)(lang))?;
    let bold = Format::new().set_bold();
    for (at, column) in (0u16..).zip(sheet.columns_of_workbook()) {
        page.write_string_with_format(0, at, (column.title)(lang), &bold)?;
    }
    for (line, row) in (1u32..).zip(&sheet.rows) {
        for (at, column) in (0u16..).zip(sheet.columns_of_workbook()) {
            write_cell(page, (line, at), &(column.cell)(row, lang))?;
        }
    }
    page.set_freeze_panes(1, 0)?;
    page.set_autofit_max_width(MAX_COLUMN_PIXELS);
    page.autofit();
    finish(page, sheet)?;
    workbook.save_to_buffer()
}

fn write_cell(sheet: &mut Worksheet, (line, at): (u32, u16), cell: &Cell) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Words(words) => {
            let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
            sheet.write_string_with_format(line, at, fitting(words), &wrapped)?;
        }
        Cell::Number(number) => {
            // Exact for every count that a spreadsheet can show.
            let number = u32::try_from(*number).unwrap_or(u32::MAX);
            sheet.write_number(line, at, number)?;
        }
        Cell::Day(day) => write_day(sheet, (line, at), *day)?,
        Cell::Moment(moment) => match moment.local() {
            Some(local) => write_time(sheet, (line, at), local)?,
            None => {
                sheet.write_string(line, at, moment.to_string())?;
            }
        },
        Cell::Mark { words, .. } => {
            sheet.write_string(line, at, *words)?;
        }
        Cell::Named { words, .. } => {
            sheet.write_string(line, at, fitting(words))?;
        }
    }
    Ok(())
}

/// Spreadsheets know no day before 1900: such a day is written as words.
fn write_day(
    sheet: &mut Worksheet,
    (line, at): (u32, u16),
    day: jiff::civil::Date,
) -> Result<(), XlsxError> {
    let format = Format::new().set_num_format("dd/mm/yyyy");
    match excel_day(day) {
        Some(date) => sheet.write_datetime_with_format(line, at, &date, &format)?,
        None => sheet.write_string(line, at, day.to_string())?,
    };
    Ok(())
}

fn write_time(
    sheet: &mut Worksheet,
    (line, at): (u32, u16),
    time: jiff::civil::DateTime,
) -> Result<(), XlsxError> {
    let format = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    let hour = u16::try_from(time.hour()).unwrap_or(0);
    let minute = u8::try_from(time.minute()).unwrap_or(0);
    let second = f64::from(u8::try_from(time.second()).unwrap_or(0));
    let date = excel_day(time.date()).and_then(|date| date.and_hms(hour, minute, second).ok());
    match date {
        Some(date) => sheet.write_datetime_with_format(line, at, &date, &format)?,
        None => sheet.write_string(line, at, time.to_string())?,
    };
    Ok(())
}

fn excel_day(day: jiff::civil::Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    let (month, day) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// What is longer than a cell takes ends in `…`; the CSV and the inspection's page have all of it.
fn fitting(words: &str) -> String {
    if words.chars().count() <= MAX_CELL_LETTERS {
        return words.to_owned();
    }
    words.chars().take(MAX_CELL_LETTERS - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_longer_than_a_cell_are_cut_and_say_so() {
        assert_eq!(fitting("Ẩm ướt"), "Ẩm ướt");
        let cut = fitting(&"ẩ".repeat(40_000));
        assert_eq!((cut.chars().count(), cut.chars().last()), (MAX_CELL_LETTERS, Some('…')));
    }

    #[test]
    fn cells_with_quotes_lines_and_formulas_come_out_of_the_csv_as_they_went_in() {
        let row = ["=1+1", "\"a\",\nb", "-5", "Ẩm ướt"].map(str::to_owned).to_vec();
        let bytes = written(std::slice::from_ref(&row));
        let text = bytes.strip_prefix(BYTE_ORDER_MARK).expect("it begins with the mark");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
        let read = reader.records().next().expect("there is a row").expect("it is well formed");
        assert_eq!(read.iter().collect::<Vec<_>>(), row);
    }
}

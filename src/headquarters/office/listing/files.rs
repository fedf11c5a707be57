//! The files of a list: exactly the rows that the page's filters leave, in the same order.
//!
//! The CSV is for programs: names of columns and states are the same in both languages, days are
//! ISO days. The XLSX is for people: the reader's language, real days and numbers, no formula.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use texts::Lang;

use super::column::Place;
use super::{Ask, Cell, Column, List};
use crate::office::csv::written;

/// Some 60 letters: what is longer is wrapped.
const MAX_COLUMN_PIXELS: u32 = 425;

/// The columns of ids: they are in the sheet, and hidden.
const IDS: [&str; 2] = ["finding", "inspection"];

/// The most letters that a cell of a spreadsheet takes.
const MAX_CELL_LETTERS: usize = 32_767;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The list as CSV, UTF-8 with BOM.
pub(in crate::office) fn csv<R>(list: &List<R>, rows: Vec<R>, ask: &Ask, lang: Lang) -> Response {
    let names = written_columns(list).map(|column| column.id.to_owned()).collect::<Vec<_>>();
    let rows = list.select(rows, ask, lang).into_iter().map(|row| {
        written_columns(list).map(|column| (column.cell)(&row, lang).plain()).collect::<Vec<_>>()
    });
    let rows = [names].into_iter().chain(rows).collect::<Vec<_>>();
    attached(list, "csv", "text/csv; charset=utf-8", written(&rows))
}

fn written_columns<R>(list: &List<R>) -> impl Iterator<Item = &Column<R>> {
    list.columns.iter().filter(|column| column.place != Place::Nowhere)
}

/// The list as XLSX.
pub(in crate::office) fn xlsx<R>(list: &List<R>, rows: Vec<R>, ask: &Ask, lang: Lang) -> Response {
    let rows = list.select(rows, ask, lang);
    match workbook(list, &rows, lang) {
        Ok(bytes) => attached(list, "xlsx", XLSX, bytes),
        Err(fault) => {
            tracing::error!(%fault, list = list.name, "a spreadsheet could not be made");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn attached<R>(list: &List<R>, ending: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let file = format!("attachment; filename=\"{}-{}.{ending}\"", list.name, list.today);
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, file)], bytes).into_response()
}

/// What a reader of the sheet needs beside the cells: a filter, and the ids out of the way.
fn finish<R>(sheet: &mut Worksheet, list: &List<R>, rows: usize) -> Result<(), XlsxError> {
    let last = written_columns(list).count().saturating_sub(1);
    let (rows, last) =
        (u32::try_from(rows).unwrap_or(u32::MAX), u16::try_from(last).unwrap_or(u16::MAX));
    sheet.autofilter(0, 0, rows, last)?;
    for (at, column) in (0u16..).zip(written_columns(list)) {
        if IDS.contains(&column.id) {
            sheet.set_column_hidden(at)?;
        }
    }
    Ok(())
}

fn workbook<R>(list: &List<R>, rows: &[R], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name((list.title)(lang))?;
    let bold = Format::new().set_bold();
    for (at, column) in (0u16..).zip(written_columns(list)) {
        sheet.write_string_with_format(0, at, (column.title)(lang), &bold)?;
    }
    for (line, row) in (1u32..).zip(rows) {
        for (at, column) in (0u16..).zip(written_columns(list)) {
            write_cell(sheet, (line, at), &(column.cell)(row, lang))?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_autofit_max_width(MAX_COLUMN_PIXELS);
    sheet.autofit();
    finish(sheet, list, rows.len())?;
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
}

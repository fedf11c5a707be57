//! SQLite, in which Firefox and WebKit keep nearly everything and Chromium its history: every
//! record on every page.
//!
//! Pages are read, not tables: what was deleted and is not overwritten is seen too. The form is
//! that of `sqlite.org/fileformat.html`. Sums are not checked.

use std::collections::HashMap;
use std::path::Path;

use super::bytes::Reader;

/// The first bytes of a database.
const MAGIC: &[u8] = b"SQLite format 3\0";

/// The head of the write-ahead log, and of each page in it.
const LOG_HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

/// On the first page the head of the file comes first.
const FILE_HEAD: usize = 100;

/// Kinds of pages that have records.
const INDEX_INNER: u8 = 2;
const INDEX_LEAF: u8 = 10;
const TABLE_LEAF: u8 = 13;

/// The values of a record, as bytes.
pub type Record = Vec<Vec<u8>>;

/// Whether a file is a database.
pub fn is_database(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The write-ahead log beside a database, if there is one.
pub fn log_beside(database: &Path) -> Option<Vec<u8>> {
    let mut name = database.file_name()?.to_owned();
    name.push("-wal");
    std::fs::read(database.with_file_name(name)).ok()
}

/// Every record that can be read, in the database and in its log.
pub fn records(database: &[u8], log: Option<&[u8]>) -> Vec<Record> {
    let Some(form) = Form::of(database) else { return Vec::new() };
    let frames = log.and_then(|log| log.get(LOG_HEAD..)).unwrap_or_default();
    let frames: Vec<_> = frames.chunks_exact(FRAME_HEAD + form.page).filter_map(frame).collect();
    let pages: Vec<_> = (1..).zip(database.chunks(form.page)).chain(frames).collect();
    // A later page of the log stands for an earlier one where a record goes on; all are read.
    let by_number = pages.iter().copied().collect();
    let read = Pages { form, by_number };
    pages.iter().flat_map(|(_, page)| read.records(page)).collect()
}

fn frame(frame: &[u8]) -> Option<(u32, &[u8])> {
    let (head, page) = frame.split_at_checked(FRAME_HEAD)?;
    Some((Reader(head).u32_large_first()?, page))
}

/// The size of a page, and of what is used of it, in bytes.
#[derive(Debug, Clone, Copy)]
struct Form {
    page: usize,
    used: usize,
}

impl Form {
    fn of(database: &[u8]) -> Option<Self> {
        let told = u16::from_be_bytes(*database.get(16..)?.first_chunk()?);
        let page = if told == 1 { 65_536 } else { usize::from(told) };
        let used = page.checked_sub(usize::from(*database.get(20)?))?;
        (page >= 512 && used >= 480).then_some(Self { page, used })
    }

    /// How much of a record of this length is on its own page.
    fn local(self, length: usize, is_table: bool) -> usize {
        let least = (self.used - 12) * 32 / 255 - 23;
        let most = if is_table { self.used - 35 } else { (self.used - 12) * 64 / 255 - 23 };
        let fitting = least + length.saturating_sub(least) % (self.used - 4);
        match length {
            length if length <= most => length,
            _ if fitting <= most => fitting,
            _ => least,
        }
    }
}

struct Pages<'a> {
    form: Form,
    by_number: HashMap<u32, &'a [u8]>,
}

impl Pages<'_> {
    fn records(&self, page: &[u8]) -> Vec<Record> {
        let head = if is_database(page) { FILE_HEAD } else { 0 };
        let cells = cells(page, head).unwrap_or_default();
        let payloads = cells.iter().filter_map(|at| self.payload(page, head, *at));
        payloads.filter_map(|payload| values(&payload)).collect()
    }

    /// The record in a cell, with what goes on on other pages.
    fn payload(&self, page: &[u8], head: usize, at: usize) -> Option<Vec<u8>> {
        let kind = *page.get(head)?;
        let mut reader = Reader(page.get(at..)?);
        if kind == INDEX_INNER {
            reader.take(4)?;
        }
        let length = usize::try_from(reader.varint_large_first()?).ok()?;
        if kind == TABLE_LEAF {
            reader.varint_large_first()?;
        }
        let local = self.form.local(length, kind == TABLE_LEAF);
        let mut payload = reader.take(local)?.to_vec();
        if local < length {
            self.go_on(reader.u32_large_first()?, length, &mut payload);
        }
        Some(payload)
    }

    /// Each page of the rest begins with the number of the next.
    fn go_on(&self, first: u32, length: usize, payload: &mut Vec<u8>) {
        let mut next = first;
        while let Some(page) = self.by_number.get(&next).filter(|_| payload.len() < length) {
            let mut reader = Reader(page);
            let Some(number) = reader.u32_large_first() else { return };
            let part = (self.form.used - 4).min(length - payload.len());
            let Some(part) = reader.take(part) else { return };
            payload.extend(part);
            next = number;
        }
    }
}

/// Where the cells of a page are.
fn cells(page: &[u8], head: usize) -> Option<Vec<usize>> {
    let kind = *page.get(head)?;
    let list = match kind {
        TABLE_LEAF | INDEX_LEAF => head + 8,
        INDEX_INNER => head + 12,
        _ => return None,
    };
    let count = usize::from(u16::from_be_bytes(*page.get(head + 3..)?.first_chunk()?));
    let (places, _) = page.get(list..)?.get(..count * 2)?.as_chunks::<2>();
    Some(places.iter().map(|place| usize::from(u16::from_be_bytes(*place))).collect())
}

/// A record's values: their kinds stand before them.
fn values(payload: &[u8]) -> Option<Record> {
    let mut reader = Reader(payload);
    let head = usize::try_from(reader.varint_large_first()?).ok()?;
    let own = payload.len() - reader.0.len();
    let mut kinds = Reader(reader.take(head.checked_sub(own)?)?);
    let mut values = Vec::new();
    while let Some(kind) = kinds.varint_large_first() {
        let length = length(kind)?.min(reader.0.len());
        values.push(reader.take(length)?.to_vec());
    }
    Some(values)
}

/// How many bytes a value of this kind has.
fn length(kind: u64) -> Option<usize> {
    match kind {
        0 | 8 | 9 => Some(0),
        1..=4 => usize::try_from(kind).ok(),
        5 => Some(6),
        6 | 7 => Some(8),
        10 | 11 => None,
        _ => usize::try_from((kind - 12) / 2).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: usize = 512;

    fn head() -> Vec<u8> {
        let mut head = MAGIC.to_vec();
        head.extend(512_u16.to_be_bytes());
        head.resize(FILE_HEAD, 0);
        head
    }

    /// A leaf of a table with one cell at its end.
    fn leaf(before: Vec<u8>, cell: &[u8]) -> Vec<u8> {
        let mut page = before;
        let at = u16::try_from(PAGE - cell.len()).expect("it is small").to_be_bytes();
        page.extend([TABLE_LEAF, 0, 0, 0, 1, at[0], at[1], 0, at[0], at[1]]);
        page.resize(PAGE - cell.len(), 0);
        page.extend(cell);
        page
    }

    /// A record with a number and a text.
    fn record(text: &[u8]) -> Vec<u8> {
        let kind = 13 + 2 * u16::try_from(text.len()).expect("it is short");
        let kind = [0x80 | (kind >> 7) as u8, (kind & 0x7f) as u8];
        [&[4, 1, kind[0], kind[1], 42], text].concat()
    }

    fn cell(payload: &[u8]) -> Vec<u8> {
        let length = [0x80 | (payload.len() >> 7) as u8, (payload.len() & 0x7f) as u8];
        [&length, [1].as_slice(), payload].concat()
    }

    #[test]
    fn values_on_a_page_and_in_the_log_are_read() {
        let database = leaf(head(), &cell(&record(b"of the page")));
        let of_log = leaf(Vec::new(), &cell(&record(b"of the log")));
        let log = [vec![0; LOG_HEAD], vec![0, 0, 0, 2], vec![0; 20], of_log].concat();
        let records = records(&database, Some(&log));
        assert_eq!(
            records,
            [[vec![42], b"of the page".to_vec()], [vec![42], b"of the log".to_vec()]]
        );
    }

    #[test]
    fn a_value_that_goes_on_on_other_pages_is_put_together() {
        let text: Vec<u8> = (0..1200_u32).map(|at| (at % 251) as u8).collect();
        let whole = record(&text);
        let form = Form { page: PAGE, used: PAGE };
        let local = form.local(whole.len(), true);
        let mut first = cell(&whole[..local]);
        let length = [0x80 | (whole.len() >> 7) as u8, (whole.len() & 0x7f) as u8];
        first[..2].copy_from_slice(&length);
        first.extend([0, 0, 0, 2]);
        let mut database = leaf(head(), &first);
        let (second, third) = whole[local..].split_at(PAGE - 4);
        database.extend([&[0, 0, 0, 3], second].concat());
        database.extend([&[0, 0, 0, 0], third].concat());
        database.resize(PAGE * 3, 0);
        assert!(records(&database, None).contains(&vec![vec![42], text]));
    }

    #[test]
    fn other_files_have_no_records() {
        assert_eq!(records(b"no database", None), Vec::<Record>::new());
        assert_eq!(records(&head(), None), Vec::<Record>::new());
    }
}

//! Reading TOML so that every fault has its line: typed getters over a table, each of which
//! notes what is missing or of another kind and goes on, so that one run names all faults.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use toml_edit::{Array, Document, Item, TableLike, Value};

use super::plain::editors_word;
use super::{Fault, PackFile};

/// Where faults are noted while files are read.
#[derive(Default)]
pub(super) struct Notes(RefCell<Vec<Fault>>);

impl Notes {
    /// Notes a fault.
    pub(super) fn note(&self, at: &Line, what: impl Into<String>) {
        let (path, line) = (at.file.path.clone(), at.number());
        self.0.borrow_mut().push(Fault { path, line, what: what.into() });
    }

    /// All faults by file and line.
    pub(super) fn into_faults(self) -> Vec<Fault> {
        let mut faults = self.0.into_inner();
        faults.sort();
        faults.dedup();
        faults
    }
}

/// A line of a file. Lines are counted only when a fault is noted: most never are.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    file: &'a PackFile,
    /// Of the first byte of what stands there.
    offset: usize,
}

impl Line<'_> {
    fn number(&self) -> usize {
        let before = self.file.text.as_bytes().iter().take(self.offset);
        1 + before.filter(|&&byte| byte == b'\n').count()
    }
}

/// A value with the line on which it stands.
#[derive(Clone)]
pub(super) struct Spot<'a, T> {
    pub(super) value: T,
    pub(super) line: Line<'a>,
}

/// Parses a file.
pub(super) fn parse<'a>(file: &'a PackFile, notes: &Notes) -> Option<Document<&'a str>> {
    match Document::parse(file.text.as_str()) {
        Ok(document) => Some(document),
        Err(error) => {
            let line = Line { file, offset: error.span().map_or(0, |span| span.start) };
            notes.note(&line, error.message().trim().replace('\n', "; "));
            None
        }
    }
}

/// A table, and which of its keys were asked for.
pub(super) struct Table<'a> {
    file: &'a PackFile,
    table: &'a dyn TableLike,
    line: Line<'a>,
    notes: &'a Notes,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'a> Table<'a> {
    pub(super) fn root(file: &'a PackFile, document: &'a Document<&str>, notes: &'a Notes) -> Self {
        let line = Line { file, offset: 0 };
        Self { file, table: document.as_table(), line, notes, asked: RefCell::default() }
    }

    /// The line on which the table starts.
    pub(super) fn line(&self) -> Line<'a> {
        self.line
    }

    /// Words that must be there and must not be empty.
    pub(super) fn words(&self, key: &'static str) -> Option<Spot<'a, String>> {
        let spot = self.required(key, self.optional_words(key))?;
        if spot.value.trim().is_empty() {
            self.notes.note(&spot.line, format!("`{key}` is empty"));
            return None;
        }
        Some(spot)
    }

    pub(super) fn optional_words(&self, key: &'static str) -> Option<Spot<'a, String>> {
        self.value(key, "text in quotes", |value| value.as_str().map(str::to_owned))
    }

    /// [`Self::words`] that people are shown.
    pub(super) fn shown_words(&self, key: &'static str) -> Option<Spot<'a, String>> {
        self.words(key).inspect(|spot| self.refuse_editors_word(key, spot))
    }

    /// [`Self::optional_words`] that people are shown.
    pub(super) fn optional_shown_words(&self, key: &'static str) -> Option<Spot<'a, String>> {
        self.optional_words(key).inspect(|spot| self.refuse_editors_word(key, spot))
    }

    /// [`Self::word_list`] that people are shown.
    pub(super) fn shown_word_list(&self, key: &'static str) -> Vec<Spot<'a, String>> {
        let list = self.word_list(key);
        list.iter().for_each(|spot| self.refuse_editors_word(key, spot));
        list
    }

    fn refuse_editors_word(&self, key: &str, shown: &Spot<'_, String>) {
        if let Some(word) = editors_word(&shown.value) {
            let keep = "say it in plain words, and keep the rest in `editor_note` or `cite`";
            self.notes.note(&shown.line, format!("`{key}` is shown and holds `{word}`; {keep}"));
        }
    }

    pub(super) fn day(&self, key: &'static str) -> Option<Spot<'a, Date>> {
        self.required(key, self.optional_day(key))
    }

    pub(super) fn optional_day(&self, key: &'static str) -> Option<Spot<'a, Date>> {
        self.value(key, "a day, as in 2026-07-01", day)
    }

    /// A whole number from `least`.
    pub(super) fn number(&self, key: &'static str, least: u64) -> Option<Spot<'a, u64>> {
        let expected = if least == 0 { "a whole number" } else { "a whole number from 1" };
        let number = self.value(key, expected, |value| {
            value.as_integer().and_then(|n| u64::try_from(n).ok()).filter(|&n| n >= least)
        });
        self.required(key, number)
    }

    pub(super) fn flag(&self, key: &'static str) -> bool {
        self.value(key, "true or false", Value::as_bool).is_some_and(|spot| spot.value)
    }

    /// A list of words; empty when the key is missing.
    pub(super) fn word_list(&self, key: &'static str) -> Vec<Spot<'a, String>> {
        let Some((array, line)) = self.array(key) else {
            return Vec::new();
        };
        let mut list = Vec::new();
        for value in array {
            let line = self.line_of(value.span()).unwrap_or(line);
            match value.as_str() {
                Some(word) if !word.trim().is_empty() => {
                    list.push(Spot { value: word.to_owned(), line });
                }
                Some(_) | None => self.notes.note(&line, format!("`{key}` holds an empty entry")),
            }
        }
        list
    }

    /// A list of words that must have an entry.
    pub(super) fn some_words(&self, key: &'static str) -> Vec<Spot<'a, String>> {
        let list = self.word_list(key);
        if list.is_empty() {
            let line = self.line_at(key).unwrap_or(self.line);
            self.notes.note(&line, format!("`{key}` is missing or empty"));
        }
        list
    }

    /// A table under a key.
    pub(super) fn table(&self, key: &'static str) -> Option<Table<'a>> {
        self.required(key, self.optional_table(key))
    }

    pub(super) fn optional_table(&self, key: &'static str) -> Option<Table<'a>> {
        let item = self.item(key)?;
        let line = self.line_at(key).unwrap_or(self.line);
        match item.as_table_like() {
            Some(table) => Some(self.below(table, line)),
            None => {
                self.notes.note(&line, format!("`{key}` is not a table"));
                None
            }
        }
    }

    /// A list of tables, written either way; empty when the key is missing.
    pub(super) fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        let line = self.line_at(key).unwrap_or(self.line);
        match self.item(key) {
            None => Vec::new(),
            Some(Item::ArrayOfTables(tables)) => tables
                .iter()
                .map(|table| self.below(table, self.line_of(table.span()).unwrap_or(line)))
                .collect(),
            Some(Item::Value(Value::Array(array))) => {
                array.iter().filter_map(|value| self.inline(key, value, line)).collect()
            }
            Some(Item::None | Item::Value(_) | Item::Table(_)) => {
                self.notes.note(&line, format!("`{key}` is not a list of tables"));
                Vec::new()
            }
        }
    }

    /// Notes every key that nobody asked for.
    pub(super) fn refuse_unknown_keys(&self) {
        let asked = self.asked.borrow();
        for (key, _) in self.table.iter().filter(|(key, _)| !asked.contains(key)) {
            let line = self.line_at(key).unwrap_or(self.line);
            self.notes.note(&line, format!("unknown key `{key}`"));
        }
    }

    fn inline(&self, key: &str, value: &'a Value, line: Line<'a>) -> Option<Table<'a>> {
        let line = self.line_of(value.span()).unwrap_or(line);
        match value.as_inline_table() {
            Some(table) => Some(self.below(table, line)),
            None => {
                self.notes.note(&line, format!("`{key}` holds something that is not a table"));
                None
            }
        }
    }

    fn below(&self, table: &'a dyn TableLike, line: Line<'a>) -> Table<'a> {
        Table { file: self.file, table, line, notes: self.notes, asked: RefCell::default() }
    }

    fn item(&self, key: &'static str) -> Option<&'a Item> {
        self.asked.borrow_mut().insert(key);
        self.table.get(key)
    }

    fn value<T>(
        &self,
        key: &'static str,
        expected: &str,
        read: impl Fn(&Value) -> Option<T>,
    ) -> Option<Spot<'a, T>> {
        let item = self.item(key)?;
        let line = self.line_at(key).unwrap_or(self.line);
        match item.as_value().and_then(read) {
            Some(value) => Some(Spot { value, line }),
            None => {
                self.notes.note(&line, format!("`{key}` is not {expected}"));
                None
            }
        }
    }

    fn array(&self, key: &'static str) -> Option<(&'a Array, Line<'a>)> {
        let item = self.item(key)?;
        let line = self.line_at(key).unwrap_or(self.line);
        let array = item.as_array();
        if array.is_none() {
            self.notes.note(&line, format!("`{key}` is not a list"));
        }
        array.map(|array| (array, line))
    }

    /// A value that is missing is noted; one of another kind was noted when it was read.
    fn required<T>(&self, key: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.table.contains_key(key) {
            self.notes.note(&self.line, format!("`{key}` is missing"));
        }
        value
    }

    fn line_at(&self, key: &str) -> Option<Line<'a>> {
        let (key, item) = self.table.get_key_value(key)?;
        self.line_of(key.span().or_else(|| item.span()))
    }

    fn line_of(&self, span: Option<Range<usize>>) -> Option<Line<'a>> {
        span.map(|span| Line { file: self.file, offset: span.start })
    }
}

fn day(value: &Value) -> Option<Date> {
    let written = value.as_datetime().filter(|it| it.time.is_none() && it.offset.is_none())?;
    let date = written.date?;
    let (year, month, day) = (
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
    );
    Date::new(year, month, day).ok()
}

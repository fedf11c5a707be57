//! Columns and cells: what stands in one, how it is sorted, and how each kind of file writes it.

use domain::moment::Moment;
use jiff::civil::Date;
use maud::{Markup, html};
use texts::search::fold;
use texts::{Lang, format};

use crate::office::words;

/// A column of a list.
pub(in crate::office) struct Column<R> {
    /// Its name in addresses and in the CSV.
    pub(in crate::office) id: &'static str,
    pub(in crate::office) title: fn(Lang) -> &'static str,
    pub(in crate::office) cell: fn(&R, Lang) -> Cell,
    /// Where the cell leads to.
    pub(in crate::office) link: Option<fn(&R) -> String>,
    pub(in crate::office) place: Place,
    /// What the page shows instead of the cell alone.
    pub(in crate::office) drawn: Option<fn(&R, Lang, Date) -> Markup>,
}

/// Where a column is shown. A list is sorted by any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::office) enum Place {
    PageAndFiles,
    /// In both files only.
    Files,
    /// In the file for people only.
    Workbook,
    Nowhere,
}

impl<R> Column<R> {
    /// A column of the page and of the files.
    pub(in crate::office) fn new(
        id: &'static str,
        title: fn(Lang) -> &'static str,
        cell: fn(&R, Lang) -> Cell,
    ) -> Self {
        Self { id, title, cell, link: None, place: Place::PageAndFiles, drawn: None }
    }

    /// The same, leading somewhere.
    pub(in crate::office) fn leading_to(self, link: fn(&R) -> String) -> Self {
        Self { link: Some(link), ..self }
    }

    /// The same, in files only.
    pub(in crate::office) fn in_files(self) -> Self {
        Self { place: Place::Files, ..self }
    }

    /// The same, in the XLSX only.
    pub(in crate::office) fn in_workbook(self) -> Self {
        Self { place: Place::Workbook, ..self }
    }

    /// The same, to sort by only.
    pub(in crate::office) fn sorting_only(self) -> Self {
        Self { place: Place::Nowhere, ..self }
    }

    /// The same, with more on the page than its cell; the day is today.
    pub(in crate::office) fn drawn(self, drawn: fn(&R, Lang, Date) -> Markup) -> Self {
        Self { drawn: Some(drawn), ..self }
    }
}

/// How pressing a mark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::office) enum Tone {
    Calm,
    Good,
    Warn,
    Bad,
}

impl Tone {
    /// Its class in the stylesheet.
    pub(in crate::office) fn class(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad-mark",
        }
    }
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::office) enum Cell {
    Empty,
    Words(String),
    Number(usize),
    Day(Date),
    Moment(Moment),
    /// A state: its name in the CSV, its words, and its place among the others.
    Mark {
        name: &'static str,
        words: &'static str,
        tone: Tone,
        place: u8,
    },
    /// Words that programs know by a name.
    Named {
        name: String,
        words: String,
    },
}

/// What a cell is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Empty,
    Number(usize),
    Day(Date),
    Moment(Moment),
    /// Letters without diacritics first, so that *Ấn* stands beside *An*.
    Words(String, String),
}

impl Cell {
    /// Words; empty when there are none.
    pub(in crate::office) fn words(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() { Self::Empty } else { Self::Words(words) }
    }

    /// A moment; empty when there is none.
    pub(in crate::office) fn moment(at: Option<Moment>) -> Self {
        at.map_or(Self::Empty, Self::Moment)
    }

    /// A day; empty when there is none.
    pub(in crate::office) fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    pub(super) fn key(&self) -> Key {
        match self {
            Self::Empty => Key::Empty,
            Self::Words(words) => Key::Words(fold(words), words.clone()),
            Self::Number(number) => Key::Number(*number),
            Self::Day(day) => Key::Day(*day),
            Self::Moment(moment) => Key::Moment(*moment),
            Self::Mark { place, .. } => Key::Number(usize::from(*place)),
            Self::Named { words, .. } => Key::Words(fold(words), words.clone()),
        }
    }

    /// On the page.
    pub(in crate::office) fn markup(&self, lang: Lang) -> Markup {
        match self {
            Self::Empty => html! {},
            Self::Words(words) => html! { (words) },
            Self::Number(number) => html! { (number) },
            Self::Day(day) => html! { time datetime=(day) { (format::day(lang, *day)) } },
            Self::Moment(moment) => words::moment(*moment, lang),
            Self::Mark { words, tone, .. } => mark(*tone, words),
            Self::Named { words, .. } => html! { (words) },
        }
    }

    /// In the CSV, the same in both languages.
    pub(super) fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Words(words) => words.clone(),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Moment(moment) => moment.to_string(),
            Self::Mark { name, .. } => (*name).to_owned(),
            Self::Named { name, .. } => name.clone(),
        }
    }

    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Number(_))
    }
}

/// A state in a word, with its colour.
pub(in crate::office) fn mark(tone: Tone, words: &str) -> Markup {
    html! { span.mark.(tone.class()) { (words) } }
}

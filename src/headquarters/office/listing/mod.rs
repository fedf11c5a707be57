//! Lists that filter, sort, search and page by their address alone. One description of a list
//! ([`List`]) gives its page, its CSV and its XLSX, so that all three have the same rows; a table
//! that is drawn in its own way has its columns here too ([`Sheet`]), for both its files.

mod ask;
mod column;
mod draw;
mod files;

pub(super) use ask::Ask;
pub(super) use column::{Cell, Column, Tone, mark};
pub(super) use draw::{outline, page, pager};
pub(crate) use files::Ending;
pub(super) use files::{Sheet, file_links};

use domain::ids::{FindingId, InspectionId};
use domain::moment::parse_day;
use jiff::civil::Date;
use texts::Lang;
use texts::search::{Query, fold};

use column::Key;

/// Rows on a page.
const PAGE_ROWS: usize = 50;

/// A list: what it is called, what it shows, and how it can be narrowed.
pub(super) struct List<R> {
    /// Its address, and the name of its files.
    pub(super) path: &'static str,
    pub(super) name: &'static str,
    pub(super) title: fn(Lang) -> &'static str,
    pub(super) columns: Vec<Column<R>>,
    pub(super) filters: Vec<Filter<R>>,
    /// What the search looks into.
    pub(super) words: fn(&R, Lang) -> String,
    /// The order while nobody asked for another.
    pub(super) order: Order,
    pub(super) inspection: fn(&R) -> InspectionId,
    pub(super) finding: fn(&R) -> Option<FindingId>,
    /// The day, for what the page says of it.
    pub(super) today: Date,
}

/// A column to sort by, and which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) column: &'static str,
    pub(super) down: bool,
}

/// Whether a row is kept where this was chosen.
pub(super) type Keeps<R> = Box<dyn Fn(&R, &str) -> bool + Send>;

/// A way to narrow a list.
pub(super) enum Filter<R> {
    /// One of several.
    Choice {
        name: &'static str,
        label: fn(Lang) -> &'static str,
        choices: Choices,
        keeps: Keeps<R>,
    },
    /// A day within a span, both ends included.
    Days { from: &'static str, through: &'static str, labels: Ends, day: fn(&R) -> Option<Date> },
}

/// A value as an address has it, and its words.
pub(super) type Value = (String, String);

/// What can be chosen.
pub(super) enum Choices {
    Plain(Vec<Value>),
    /// Each group with its heading.
    Grouped(Vec<(String, Vec<Value>)>),
}

impl Choices {
    /// The words of a value.
    fn words(&self, value: &str) -> Option<&str> {
        let is_it = |choice: &&Value| choice.0 == value;
        let found = match self {
            Self::Plain(choices) => choices.iter().find(is_it),
            Self::Grouped(groups) => groups.iter().flat_map(|(_, choices)| choices).find(is_it),
        };
        found.map(|(_, words)| words.as_str())
    }
}

/// The labels of both ends of a span of days.
#[derive(Clone, Copy)]
pub(super) struct Ends {
    pub(super) from: fn(Lang) -> &'static str,
    pub(super) through: fn(Lang) -> &'static str,
}

impl<R> Filter<R> {
    fn keeps(&self, row: &R, ask: &Ask) -> bool {
        match self {
            Self::Choice { name, keeps, .. } => match ask.value(name) {
                "" => true,
                chosen => keeps(row, chosen),
            },
            Self::Days { from, through, day, .. } => {
                let ends = (parse_day(ask.value(from)), parse_day(ask.value(through)));
                match (ends, day(row)) {
                    ((None, None), _) => true,
                    (_, None) => false,
                    ((from, through), Some(day)) => {
                        from.is_none_or(|from| from <= day)
                            && through.is_none_or(|through| day <= through)
                    }
                }
            }
        }
    }
}

impl<R> List<R> {
    /// The rows that were asked for, in the order that was asked for.
    pub(super) fn select(&self, rows: Vec<R>, ask: &Ask, lang: Lang) -> Vec<R> {
        let query = Query::new(ask.value("q"));
        let wanted = |row: &R| {
            self.filters.iter().all(|filter| filter.keeps(row, ask))
                && (query.is_empty() || query.is_in(&fold(&(self.words)(row, lang))))
        };
        self.sorted(rows.into_iter().filter(wanted).collect(), ask, lang)
    }

    /// The list as a table: the rows that were asked for.
    pub(super) fn sheet(self, rows: Vec<R>, ask: &Ask, lang: Lang) -> Sheet<R> {
        let rows = self.select(rows, ask, lang);
        let name = format!("{}-{}", self.name, self.today);
        Sheet { name, title: self.title, columns: self.columns, rows }
    }

    fn sorted(&self, rows: Vec<R>, ask: &Ask, lang: Lang) -> Vec<R> {
        let order = self.order_of(ask);
        let Some(column) = self.columns.iter().find(|column| column.id == order.column) else {
            return rows;
        };
        let keyed = rows.into_iter().map(|row| ((column.cell)(&row, lang).key(), row));
        let (mut with, without): (Vec<_>, Vec<_>) = keyed.partition(|(key, _)| *key != Key::Empty);
        with.sort_by(|(a, _), (b, _)| if order.down { b.cmp(a) } else { a.cmp(b) });
        // What is empty stands last whichever way the column is sorted.
        with.into_iter().chain(without).map(|(_, row)| row).collect()
    }

    /// The order that was asked for, else the list's own. `sort=day.down` is the one name that a
    /// choice in a form can have for `sort=day&order=down`.
    fn order_of(&self, ask: &Ask) -> Order {
        let sort = ask.value("sort");
        let (name, down) = match sort.strip_suffix(".down") {
            Some(name) => (name, true),
            None => (sort, ask.value("order") == "down"),
        };
        match self.columns.iter().find(|column| column.id == name) {
            Some(column) => Order { column: column.id, down },
            None => self.order,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row(&'static str, Option<Date>);

    fn list() -> List<Row> {
        List {
            path: "/office/rows",
            name: "rows",
            title: |_| "Rows",
            columns: vec![
                Column::new("name", |_| "Name", |row: &Row, _| Cell::words(row.0)),
                Column::new("day", |_| "Day", |row: &Row, _| Cell::day(row.1)),
            ],
            filters: vec![
                Filter::Choice {
                    name: "begins",
                    label: |_| "Begins",
                    choices: Choices::Plain(Vec::new()),
                    keeps: Box::new(|row: &Row, with| row.0.starts_with(with)),
                },
                Filter::Days {
                    from: "from",
                    through: "through",
                    labels: Ends { from: |_| "From", through: |_| "Through" },
                    day: |row| row.1,
                },
            ],
            words: |row, _| row.0.to_owned(),
            order: Order { column: "name", down: false },
            inspection: |_| InspectionId([0; 16]),
            finding: |_| None,
            today: jiff::civil::date(2026, 7, 2),
        }
    }

    fn rows() -> Vec<Row> {
        let day = |day| Some(jiff::civil::date(2026, 7, day));
        vec![Row("Sổ B", day(2)), Row("Ấn phẩm", None), Row("Sổ A", day(3)), Row("Đơn", day(1))]
    }

    #[track_caller]
    fn check(query: &str, expected: &[&str]) {
        let chosen = list().select(rows(), &Ask::parse(query), Lang::Vi);
        assert_eq!(chosen.iter().map(|row| row.0).collect::<Vec<_>>(), expected, "{query}");
    }

    #[test]
    fn words_are_sorted_by_their_letters_and_empty_cells_stand_last_both_ways() {
        check("", &["Ấn phẩm", "Đơn", "Sổ A", "Sổ B"]);
        check("sort=day", &["Đơn", "Sổ B", "Sổ A", "Ấn phẩm"]);
        check("sort=day&order=down", &["Sổ A", "Sổ B", "Đơn", "Ấn phẩm"]);
        check("sort=day.down", &["Sổ A", "Sổ B", "Đơn", "Ấn phẩm"]);
        check("sort=nonsense", &["Ấn phẩm", "Đơn", "Sổ A", "Sổ B"]);
    }

    #[test]
    fn filters_and_search_narrow_together() {
        check("q=so", &["Sổ A", "Sổ B"]);
        check("q=so&begins=S%E1%BB%95+B", &["Sổ B"]);
        check("from=2026-07-02", &["Sổ A", "Sổ B"]);
        check("from=2026-07-02&through=2026-07-02", &["Sổ B"]);
        check("begins=x", &[]);
    }
}

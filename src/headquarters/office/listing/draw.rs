//! The page of a list: its filters as a form, its rows as a table, and the way between pages.

use domain::moment::parse_day;
use maud::{Markup, html};
use texts::{Lang, clerk as t};

use super::{Ask, Column, Filter, List, Order, PAGE_ROWS};
use crate::office::clerk::Clerk;
use crate::office::layout;

/// The page of a list over all its rows.
pub(in crate::office) fn page<R>(list: &List<R>, rows: Vec<R>, ask: &Ask, clerk: &Clerk) -> Markup {
    let lang = clerk.lang;
    let all = rows.len();
    let rows = list.select(rows, ask, lang);
    let title = (list.title)(lang);
    let body = html! {
        h1 { (title) }
        (filters(list, ask, lang))
        (outcome(list, &rows, all, ask, lang))
    };
    layout::page(lang, title, Some(clerk), &body)
}

fn outcome<R>(list: &List<R>, rows: &[R], all: usize, ask: &Ask, lang: Lang) -> Markup {
    let pages = rows.len().div_ceil(PAGE_ROWS).max(1);
    let page = ask.page().min(pages);
    let shown = rows.iter().skip((page - 1) * PAGE_ROWS).take(PAGE_ROWS).collect::<Vec<_>>();
    let file = |ending: &str| ask.without("page").address(&format!("{}.{ending}", list.path));
    html! {
        div.split {
            p.quiet role="status" { (t::rows(lang, rows.len(), all)) }
            p.actions {
                a href=(file("csv")) { (t::as_csv(lang)) }
                a href=(file("xlsx")) { (t::as_xlsx(lang)) }
            }
        }
        @if all == 0 { p.empty { (t::nothing_yet(lang)) } }
        @else if rows.is_empty() {
            p.empty { (t::nothing_matches(lang)) " " a href=(list.path) { (t::clear(lang)) } }
        } @else {
            (table(list, &shown, |column| head(list, column, &shown, ask, lang), lang))
            @if pages > 1 { (pager(list.path, page, pages, ask, lang)) }
        }
    }
}

fn filters<R>(list: &List<R>, ask: &Ask, lang: Lang) -> Markup {
    let order = list.order_of(ask);
    html! {
        form.filters method="get" action=(list.path) role="search" aria-label=(t::filters(lang)) {
            label {
                (t::search(lang))
                input type="search" name="q" value=(ask.value("q")) placeholder=(t::search_hint(lang));
            }
            @for filter in &list.filters { (one_filter(filter, ask, lang)) }
            @if order != list.order {
                input type="hidden" name="sort" value=(order.column);
                @if order.down { input type="hidden" name="order" value="down"; }
            }
            div.actions {
                button { (t::apply(lang)) }
                a href=(list.path) { (t::clear(lang)) }
            }
        }
    }
}

fn one_filter<R>(filter: &Filter<R>, ask: &Ask, lang: Lang) -> Markup {
    match filter {
        Filter::Choice { name, label, choices, .. } => html! {
            label {
                (label(lang))
                select name=(name) {
                    option value="" { (t::everything(lang)) }
                    @for (value, words) in choices {
                        option value=(value) selected[ask.value(name) == value] { (words) }
                    }
                }
            }
        },
        Filter::Days { from, through, labels, .. } => html! {
            (day(from, (labels.from)(lang), ask, lang))
            (day(through, (labels.through)(lang), ask, lang))
        },
    }
}

fn day(name: &str, label: &str, ask: &Ask, lang: Lang) -> Markup {
    let value = ask.value(name);
    let fault = !value.is_empty() && parse_day(value).is_none();
    let note = format!("{name}-fault");
    html! {
        label {
            (label)
            input type="date" name=(name) value=(value)
                aria-invalid=[fault.then_some("true")] aria-describedby=[fault.then_some(&note)];
            @if fault { span.fault id=(note) { (t::not_a_day(lang)) } }
        }
    }
}

/// Rows on a page of another kind: without filters, and in the order they come in.
pub(in crate::office) fn outline<R>(list: &List<R>, rows: &[R], lang: Lang) -> Markup {
    let rows = rows.iter().collect::<Vec<_>>();
    let head = |column: &Column<R>| {
        let number = is_number(column, &rows, lang);
        html! { th.number[number] role="columnheader" scope="col" { ((column.title)(lang)) } }
    };
    html! {
        @if rows.is_empty() { p.empty { (t::nothing_yet(lang)) } }
        @else { (table(list, &rows, head, lang)) }
    }
}

// Narrow screens draw rows as cards, which takes the meaning of a table away from its elements:
// the roles say it again.
fn table<R>(
    list: &List<R>,
    rows: &[&R],
    head: impl Fn(&Column<R>) -> Markup,
    lang: Lang,
) -> Markup {
    let columns = list.columns.iter().filter(|column| column.on_page).collect::<Vec<_>>();
    html! {
        div.scroll role="group" aria-label=((list.title)(lang)) tabindex="0" {
            table.cards role="table" aria-label=((list.title)(lang)) {
                thead role="rowgroup" {
                    tr role="row" { @for column in &columns { (head(column)) } }
                }
                tbody role="rowgroup" {
                    @for row in rows {
                        tr role="row" data-inspection=((list.inspection)(row)) data-finding=[(list.finding)(row)] {
                            @for column in &columns { (cell(column, row, lang)) }
                        }
                    }
                }
            }
        }
    }
}

fn head<R>(list: &List<R>, column: &Column<R>, rows: &[&R], ask: &Ask, lang: Lang) -> Markup {
    let order = list.order_of(ask);
    let sorted = (order.column == column.id).then_some(order.down);
    let next = Order { column: column.id, down: sorted == Some(false) };
    let direction = if next.down { "down" } else { "" };
    let address = ask.with("sort", column.id).with("order", direction).address(list.path);
    let title = (column.title)(lang);
    let aria = sorted.map(|down| if down { "descending" } else { "ascending" });
    let explained = if next.down { t::sorted_down(lang, title) } else { t::sorted_up(lang, title) };
    let number = is_number(column, rows, lang);
    html! {
        th.number[number] role="columnheader" scope="col" aria-sort=[aria] {
            a.sort href=(address) title=(explained) {
                (title)
                @if let Some(down) = sorted { span aria-hidden="true" { @if down { " ▾" } @else { " ▴" } } }
            }
        }
    }
}

fn is_number<R>(column: &Column<R>, rows: &[&R], lang: Lang) -> bool {
    rows.first().is_some_and(|row| (column.cell)(row, lang).is_number())
}

fn cell<R>(column: &Column<R>, row: &R, lang: Lang) -> Markup {
    let cell = (column.cell)(row, lang);
    let words = cell.markup(lang);
    html! {
        td.number[cell.is_number()] role="cell" data-label=((column.title)(lang)) {
            @match column.link {
                Some(link) if !words.0.is_empty() => a.row href=(link(row)) { (words) },
                Some(_) | None => (words),
            }
        }
    }
}

/// The way between pages.
pub(in crate::office) fn pager(
    path: &str,
    page: usize,
    pages: usize,
    ask: &Ask,
    lang: Lang,
) -> Markup {
    let to = |page: usize| {
        let first = ask.without("page");
        if page == 1 {
            first.address(path)
        } else {
            first.with("page", &page.to_string()).address(path)
        }
    };
    html! {
        nav.pager aria-label=(t::pages(lang)) {
            @if page > 1 { a href=(to(page - 1)) rel="prev" { (t::previous(lang)) } }
            span { (t::page_of(lang, page, pages)) }
            @if page < pages { a href=(to(page + 1)) rel="next" { (t::next(lang)) } }
        }
    }
}

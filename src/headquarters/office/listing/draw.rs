//! The page of a list: its filters as a form, its rows as a table, and the way between pages.

use domain::moment::parse_day;
use maud::{Markup, html};
use texts::{Lang, clerk as t, format};

use super::column::Place;
use super::files::file_links;
use super::{Ask, Choices, Column, Filter, List, Order, PAGE_ROWS, Value};
use crate::office::clerk::Clerk;
use crate::office::layout;

/// Choices that stand in the first row of the form.
const FIRST_CHOICES: usize = 2;

/// The page of a list over all its rows.
pub(in crate::office) fn page<R>(list: &List<R>, rows: Vec<R>, ask: &Ask, clerk: &Clerk) -> Markup {
    let lang = clerk.lang;
    let all = rows.len();
    let rows = list.select(rows, ask, lang);
    let title = (list.title)(lang);
    let body = html! {
        div.landscape {
            h1 { (title) }
            (filters(list, ask, lang))
            (outcome(list, &rows, all, ask, lang))
        }
    };
    layout::page(lang, title, Some(clerk), &body)
}

fn outcome<R>(list: &List<R>, rows: &[R], all: usize, ask: &Ask, lang: Lang) -> Markup {
    let pages = rows.len().div_ceil(PAGE_ROWS).max(1);
    let page = ask.page().min(pages);
    let before = (page - 1) * PAGE_ROWS;
    let shown = rows.iter().skip(before).take(PAGE_ROWS).collect::<Vec<_>>();
    html! {
        section id="results" tabindex="-1" aria-label=((list.title)(lang)) {
            (active(list, ask, lang))
            div.split {
                p.quiet role="status" { (count(before, shown.len(), rows.len(), all, lang)) }
                @if pages > 1 { (pager(list.path, page, pages, ask, lang, t::pages(lang))) }
                p.actions { (file_links(list.path, ask, lang)) }
            }
            @if all == 0 { p.empty { (t::nothing_yet(lang)) } }
            @else if rows.is_empty() {
                p.empty { (t::nothing_matches(lang)) " " a href=(list.path) { (t::clear(lang)) } }
            } @else {
                (table(list, &shown, |column| head(list, column, &shown, ask, lang), lang))
                @if pages > 1 { (pager(list.path, page, pages, ask, lang, t::pages_below(lang))) }
            }
        }
    }
}

/// `1–50 of 57`, and of how many where filters leave some out.
fn count(before: usize, shown: usize, rows: usize, all: usize, lang: Lang) -> String {
    let of = t::rows_of(lang, before + usize::from(shown > 0), before + shown, rows);
    if rows == all { of } else { format!("{of} ({})", t::filtered_from(lang, all)) }
}

fn filters<R>(list: &List<R>, ask: &Ask, lang: Lang) -> Markup {
    let narrowing = list.filters.iter().map(|filter| active_values(filter, ask).len());
    let narrowing = narrowing.sum::<usize>();
    let (first, rest) = first_and_rest(&list.filters);
    html! {
        form.filters method="get" action={ (list.path) "#results" } role="search" aria-label=(t::filters(lang)) {
            label {
                (t::search(lang))
                input type="search" name="q" value=(ask.value("q")) aria-describedby="search-hint";
                span.quiet.hint id="search-hint" { (t::search_hint(lang)) }
            }
            details.filters open[has_fault(&list.filters, ask)] {
                summary {
                    @if narrowing > 0 { (t::filters_active(lang, narrowing)) } @else { (t::filters(lang)) }
                }
                div.fields {
                    @for filter in first { (one_filter(filter, ask, lang)) }
                    details.rest open[rest.iter().any(|filter| !active_values(filter, ask).is_empty())] {
                        summary { (t::more_filters(lang)) }
                        div.fields {
                            @for filter in &rest { (one_filter(filter, ask, lang)) }
                            (sorting(list, ask, lang))
                        }
                    }
                }
            }
            div.actions {
                button { (t::apply(lang)) }
                a href=(list.path) { (t::clear(lang)) }
            }
        }
    }
}

/// The two choices that are asked for most, with the days; and the others.
fn first_and_rest<R>(filters: &[Filter<R>]) -> (Vec<&Filter<R>>, Vec<&Filter<R>>) {
    let choices = filters.iter().filter(|filter| matches!(filter, Filter::Choice { .. }));
    let first = choices.clone().take(FIRST_CHOICES);
    let days = filters.iter().filter(|filter| matches!(filter, Filter::Days { .. }));
    (first.chain(days).collect(), choices.skip(FIRST_CHOICES).collect())
}

fn has_fault<R>(filters: &[Filter<R>], ask: &Ask) -> bool {
    filters.iter().any(|filter| match filter {
        Filter::Choice { .. } => false,
        Filter::Days { from, through, .. } => {
            is_no_day(ask.value(from)) || is_no_day(ask.value(through))
        }
    })
}

fn is_no_day(value: &str) -> bool {
    !value.is_empty() && parse_day(value).is_none()
}

/// What a filter is set to: the name in the address, and the words.
fn active_values<R>(filter: &Filter<R>, ask: &Ask) -> Vec<(&'static str, String)> {
    let set = |name: &&'static str| !ask.value(name).is_empty();
    match filter {
        Filter::Choice { name, choices, .. } => {
            let chosen = ask.value(name);
            let words = choices.words(chosen).unwrap_or(chosen);
            Some(name)
                .filter(|name| set(name))
                .map(|name| (*name, words.to_owned()))
                .into_iter()
                .collect()
        }
        Filter::Days { from, through, .. } => {
            let ends = [from, through].into_iter().filter(|name| set(name));
            ends.map(|name| (*name, ask.value(name).to_owned())).collect()
        }
    }
}

fn label_of<R>(filter: &Filter<R>, name: &str, lang: Lang) -> &'static str {
    match filter {
        Filter::Choice { label, .. } => label(lang),
        Filter::Days { from, labels, .. } if *from == name => (labels.from)(lang),
        Filter::Days { labels, .. } => (labels.through)(lang),
    }
}

/// What narrows the list, each with the way to take it back.
fn active<R>(list: &List<R>, ask: &Ask, lang: Lang) -> Markup {
    let mut tags = Vec::new();
    if !ask.value("q").is_empty() {
        tags.push(("q", t::search(lang), ask.value("q").to_owned()));
    }
    for filter in &list.filters {
        let values = active_values(filter, ask).into_iter();
        tags.extend(
            values
                .map(|(name, words)| (name, label_of(filter, name, lang), day_words(words, lang))),
        );
    }
    html! {
        @if !tags.is_empty() {
            ul.tags aria-label=(t::filters(lang)) {
                @for (name, label, words) in &tags {
                    li {
                        a href={ (ask.with(name, "").address(list.path)) "#results" } title=(t::remove_filter(lang, label)) {
                            (label) ": " (words) span aria-hidden="true" { " ✕" }
                            span.unseen { (t::remove_filter(lang, label)) }
                        }
                    }
                }
            }
        }
    }
}

fn day_words(words: String, lang: Lang) -> String {
    parse_day(&words).map_or(words, |day| format::day(lang, day))
}

fn sorting<R>(list: &List<R>, ask: &Ask, lang: Lang) -> Markup {
    let order = list.order_of(ask);
    let own = list.columns.iter().find(|column| column.id == list.order.column);
    let columns = list.columns.iter().filter(|column| column.place == Place::PageAndFiles);
    let options = columns.flat_map(|column| [(column, false), (column, true)]);
    let option = |column: &Column<R>, down: bool| {
        let words = (column.title)(lang);
        let words = if down { t::sort_down(lang, words) } else { t::sort_up(lang, words) };
        let value = if down { format!("{}.down", column.id) } else { column.id.to_owned() };
        html! {
            option value=(value) selected[order == Order { column: column.id, down } && order != list.order] { (words) }
        }
    };
    html! {
        label {
            (t::sort(lang))
            select name="sort" {
                option value="" { @if let Some(own) = own { (t::sort_default(lang, (own.title)(lang))) } }
                @for (column, down) in options { (option(column, down)) }
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
                    @match choices {
                        Choices::Plain(choices) => (options(choices, ask.value(name))),
                        Choices::Grouped(groups) => @for (heading, choices) in groups {
                            optgroup label=(heading) { (options(choices, ask.value(name))) }
                        },
                    }
                }
            }
        },
        Filter::Days { from, through, labels, .. } => html! {
            div.pair {
                (day(from, (labels.from)(lang), ask, lang))
                (day(through, (labels.through)(lang), ask, lang))
            }
        },
    }
}

fn options(choices: &[Value], chosen: &str) -> Markup {
    html! {
        @for (value, words) in choices { option value=(value) selected[chosen == value] { (words) } }
    }
}

fn day(name: &str, label: &str, ask: &Ask, lang: Lang) -> Markup {
    let value = ask.value(name);
    let fault = is_no_day(value);
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
        html! { th.number[number] data-column=(column.id) role="columnheader" scope="col" { ((column.title)(lang)) } }
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
    let columns = list
        .columns
        .iter()
        .filter(|column| column.place == Place::PageAndFiles)
        .collect::<Vec<_>>();
    html! {
        div.scroll role="group" aria-label=((list.title)(lang)) tabindex="0" {
            table.cards.list data-list=(list.name) role="table" aria-label=((list.title)(lang)) {
                thead role="rowgroup" {
                    tr role="row" { @for column in &columns { (head(column)) } }
                }
                tbody role="rowgroup" {
                    @for row in rows {
                        tr role="row" data-inspection=((list.inspection)(row)) data-finding=[(list.finding)(row)] {
                            @for column in &columns { (cell(list, column, row, lang)) }
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
        th.number[number] data-column=(column.id) role="columnheader" scope="col" aria-sort=[aria] {
            a.sort href=(address) title=(explained) {
                (title)
                @if let Some(down) = sorted { span aria-hidden="true" { @if down { " ▾" } @else { " ▴" } } }
            }
        }
    }
}

fn is_number<R>(column: &Column<R>, rows: &[&R], lang: Lang) -> bool {
    column.drawn.is_none() && rows.first().is_some_and(|row| (column.cell)(row, lang).is_number())
}

fn cell<R>(list: &List<R>, column: &Column<R>, row: &R, lang: Lang) -> Markup {
    let cell = (column.cell)(row, lang);
    let words = match column.drawn {
        Some(drawn) => html! { div { (drawn(row, lang, list.today)) } },
        None => cell.markup(lang),
    };
    html! {
        td.number[cell.is_number() && column.drawn.is_none()] data-column=(column.id) role="cell" data-label=((column.title)(lang)) {
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
    name: &str,
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
        nav.pager aria-label=(name) {
            @if page > 1 { a href=(to(page - 1)) rel="prev" { (t::previous(lang)) } }
            span { (t::page_of(lang, page, pages)) }
            @if page < pages { a href=(to(page + 1)) rel="next" { (t::next(lang)) } }
        }
    }
}

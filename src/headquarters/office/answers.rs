//! What was answered in an inspection, section by section as its checklists ask, with what was not
//! answered; and where two people differ, both words side by side. Nothing is decided here.

use std::collections::BTreeMap;

use domain::ids::EventId;
use domain::register::{Address, Field, Subject};
use domain::state::{Register, Written};
use maud::{Markup, html};
use texts::{Lang, clerk as t, office};

use super::inspection::View;
use super::lists::in_lang;
use super::words;

/// The registers of each item that were written.
type ByItem<'a> = BTreeMap<&'a str, Vec<(&'a Address, &'a Register)>>;

/// Items under one heading.
struct Part<'a> {
    title: &'a str,
    items: Vec<&'a str>,
}

/// Every section with its items, answered or not.
pub(super) fn sections(view: &View<'_>) -> Markup {
    let lang = view.lang;
    let written = by_item(view);
    let parts = parts(view, &written);
    html! {
        h2 id="answers" { (office::answers(lang)) }
        @if written.is_empty() { p.empty { (office::no_answers(lang)) } }
        @for part in &parts {
            // What nobody has begun yet is folded: the reader sees how far the work has come.
            details.part open[answered(part, &written) > 0] {
                summary {
                    strong { (part.title) } " "
                    span.quiet { (t::items_of(lang, answered(part, &written), part.items.len())) }
                }
                (table(view, part, &written))
            }
        }
    }
}

fn by_item<'a>(view: &View<'a>) -> ByItem<'a> {
    let mut items = ByItem::new();
    for (address, register) in view.record.state.registers() {
        let Subject::Item(item) = &address.subject else { continue };
        if register.current().next().is_some() {
            items.entry(item).or_default().push((address, register));
        }
    }
    items
}

/// The sections as they are asked; what was answered and is not asked stands in one of its own.
fn parts<'a>(view: &View<'a>, written: &ByItem<'a>) -> Vec<Part<'a>> {
    let mut parts = Vec::new();
    if let Some(opening) = view.record.opening() {
        let (kind, on) = (opening.establishment.kind.as_str(), opening.on);
        for (section, items) in view.library.checklists.iter().flat_map(|list| list.asked(kind, on))
        {
            let items = items.iter().map(|(item, _)| item.id.as_str()).collect();
            parts.push(Part { title: in_lang(&section.title, view.lang), items });
        }
    }
    let is_asked = |item: &str| parts.iter().any(|part| part.items.contains(&item));
    let items = written.keys().copied().filter(|item| !is_asked(item)).collect::<Vec<_>>();
    if !items.is_empty() {
        parts.push(Part { title: t::not_asked(view.lang), items });
    }
    parts
}

fn answered(part: &Part<'_>, written: &ByItem<'_>) -> usize {
    let has_answer = |item: &&&str| {
        let registers = written.get(**item).into_iter().flatten();
        let mut answers = registers.filter(|(address, _)| address.field == Field::Answer);
        answers.any(|(_, register)| register.current().any(|(_, it)| !it.value.is_empty()))
    };
    part.items.iter().filter(has_answer).count()
}

fn table(view: &View<'_>, part: &Part<'_>, written: &ByItem<'_>) -> Markup {
    let heads = heads(view.lang);
    html! {
        div.scroll role="group" aria-label=(part.title) tabindex="0" {
            table.cards.answers role="table" aria-label=(part.title) {
                thead role="rowgroup" {
                    tr role="row" { @for head in heads { th role="columnheader" scope="col" { (head) } } }
                }
                tbody role="rowgroup" { @for item in &part.items { (one_item(view, item, written)) } }
            }
        }
    }
}

fn heads(lang: Lang) -> [&'static str; 4] {
    [office::item(lang), office::value(lang), office::author(lang), office::recorded_at(lang)]
}

fn one_item(view: &View<'_>, item: &str, written: &ByItem<'_>) -> Markup {
    let (lang, heads) = (view.lang, heads(view.lang));
    let registers = written.get(item).map(Vec::as_slice).unwrap_or_default();
    html! {
        @if registers.is_empty() {
            tr role="row" data-item=(item) {
                td role="cell" data-label=(heads[0]) { (view.library.question(item, lang)) }
                td.quiet role="cell" data-label=(heads[1]) { (t::unanswered(lang)) }
                td role="cell" data-label=(heads[2]) {}
                td role="cell" data-label=(heads[3]) {}
            }
        }
        @for (address, register) in registers {
            @for (event, said) in register.current() { (one_value(view, (address, register), (event, said))) }
        }
    }
}

fn one_value(
    view: &View<'_>,
    (address, register): (&Address, &Register),
    (event, said): (&EventId, &Written),
) -> Markup {
    let (lang, heads) = (view.lang, heads(view.lang));
    let accepted = view.record.accepted_at(event);
    html! {
        tr role="row" {
            td role="cell" data-label=(heads[0]) { (view.subject(address)) }
            td.words role="cell" data-label=(heads[1]) {
                div {
                    (words::value(&said.value, lang))
                    @if register.is_conflict() { " " span.mark { (office::conflict(lang)) } }
                }
            }
            td role="cell" data-label=(heads[2]) { (view.record.author(&said.author)) }
            td role="cell" data-label=(heads[3]) {
                div {
                    (words::moment(said.at, lang))
                    @if let Some(at) = accepted.filter(|at| !is_same_minute(*at, said.at)) {
                        span.below { (office::accepted_at(lang)) " " (words::moment(at, lang)) }
                    }
                }
            }
        }
    }
}

/// Whether two moments read the same on the page.
pub(super) fn is_same_minute(a: domain::moment::Moment, b: domain::moment::Moment) -> bool {
    a.0.div_euclid(60_000) == b.0.div_euclid(60_000)
}

/// Where two people differ: one box for each question, and who settles it.
pub(super) fn conflicts(view: &View<'_>) -> Markup {
    let (state, lang) = (&view.record.state, view.lang);
    let conflicts = state.registers().filter(|(address, _)| state.conflict(address).is_some());
    let conflicts = conflicts.collect::<Vec<_>>();
    html! {
        @if !conflicts.is_empty() {
            h2 id="conflicts" { (office::conflicts_section(lang)) }
            p { (t::lead_decides(lang)) }
            @for (address, register) in conflicts {
                section.card.conflict {
                    h3 { (view.subject(address)) }
                    div.sides {
                        @for (_, said) in register.current() {
                            div {
                                p.words { strong { (words::value(&said.value, lang)) } }
                                p.quiet { (view.record.author(&said.author)) ", " (words::moment(said.at, lang)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

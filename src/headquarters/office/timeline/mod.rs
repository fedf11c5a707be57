//! `/office/inspections/{id}/timeline`: every event of an inspection in the order in which
//! headquarters accepted it, narrowed by person and kind. What an event says is `story`'s.

mod story;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use domain::state::HeldReason;
use maud::{Markup, html};
use texts::{Lang, clerk as t, office};

use super::clerk::Clerk;
use super::listing::{Ask, Tone, mark, pager};
use super::pieces::{self, OnDisk};
use super::trouble::Told;
use super::{inspection, layout, words};
use crate::headquarters::Headquarters;
use story::{Kind, Line, Turn};
use sync::recall::Verdict;

/// Events on a page.
const PAGE_EVENTS: usize = 100;

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    Path(id): Path<String>,
    clerk: Clerk,
    RawQuery(query): RawQuery,
) -> Result<Markup, Told> {
    let lang = clerk.lang;
    let (record, library) = inspection::load(&headquarters, &id, lang).await?;
    let ask = Ask::parse(query.as_deref().unwrap_or_default());
    let lines = story::tell(&record, &library, lang);
    let named = lines.iter().flat_map(|line| &line.pieces);
    let on_disk = OnDisk::look(&headquarters.pieces, named).await;
    let name = record.opening().map(|opening| opening.establishment.name.as_str());
    let title = t::timeline_of(lang, name.unwrap_or(office::not_opened(lang)));
    let place = format!("/office/inspections/{}", record.id);
    let body = html! {
        p.actions { a href=(place) { (office::back_to_inspection(lang)) } }
        h1 { (title) }
        p.quiet { (t::timeline_lead(lang)) }
        (told((&lines, &on_disk), &format!("{place}/timeline"), &ask, lang))
    };
    Ok(layout::page(lang, &title, Some(&clerk), &body))
}

fn told((lines, on_disk): (&[Line], &OnDisk), path: &str, ask: &Ask, lang: Lang) -> Markup {
    let (by, kind) = (ask.value("by"), ask.value("kind"));
    let wanted = lines.iter().filter(|line| {
        (by.is_empty() || line.author == by) && (kind.is_empty() || line.kind.name() == kind)
    });
    let wanted = wanted.collect::<Vec<_>>();
    let pages = wanted.len().div_ceil(PAGE_EVENTS).max(1);
    let page = ask.page().min(pages);
    let shown = wanted.iter().skip((page - 1) * PAGE_EVENTS).take(PAGE_EVENTS);
    html! {
        (filters(lines, path, ask, lang))
        p.quiet role="status" { (t::rows(lang, wanted.len(), lines.len())) }
        @if wanted.is_empty() {
            p.empty { (t::nothing_matches(lang)) " " a href=(path) { (t::clear(lang)) } }
        } @else {
            ol.story { @for line in shown { (one(line, on_disk, lang)) } }
            @if pages > 1 { (pager(path, page, pages, ask, lang, t::pages(lang))) }
        }
    }
}

fn filters(lines: &[Line], path: &str, ask: &Ask, lang: Lang) -> Markup {
    let authors = lines.iter().map(|line| line.author.as_str()).collect::<BTreeSet<_>>();
    let kinds = lines.iter().map(|line| line.kind).collect::<BTreeSet<_>>();
    html! {
        form.filters method="get" action=(path) role="search" aria-label=(t::filters(lang)) {
            label {
                (office::author(lang))
                select name="by" {
                    option value="" { (t::everything(lang)) }
                    @for author in authors {
                        option value=(author) selected[ask.value("by") == author] { (author) }
                    }
                }
            }
            label {
                (t::act_kind(lang))
                select name="kind" {
                    option value="" { (t::everything(lang)) }
                    @for kind in kinds {
                        option value=(kind.name()) selected[ask.value("kind") == kind.name()] {
                            (kind_words(kind, lang))
                        }
                    }
                }
            }
            div.actions {
                button { (t::apply(lang)) }
                a href=(path) { (t::clear(lang)) }
            }
        }
    }
}

fn one(line: &Line, on_disk: &OnDisk, lang: Lang) -> Markup {
    html! {
        li.step data-kind=(line.kind.name()) data-position=(line.position) data-event=(line.event) {
            p.said {
                span.label { (line.what) }
                @if let Some(value) = &line.value { " " span.value.words { (value) } }
            }
            @for replaced in &line.replaced { p.quiet { (replaced) } }
            (pieces::list(&line.pieces, on_disk, lang))
            @if line.turn != Turn::None || line.held.is_some() {
                p.marks {
                    (turn(line.turn, lang))
                    @if let Some((reason, verdict)) = line.held { (held(reason, verdict, lang)) }
                }
            }
            dl.when {
                dt { (office::author(lang)) } dd { (line.author) }
                dt { (office::recorded_at(lang)) } dd { (words::moment(line.at, lang)) }
                dt { (office::accepted_at(lang)) } dd { (words::moment(line.accepted_at, lang)) }
                dt { (t::position(lang)) } dd { (line.position) }
            }
        }
    }
}

fn turn(turn: Turn, lang: Lang) -> Markup {
    match turn {
        Turn::None => html! {},
        Turn::Conflict => mark(Tone::Warn, t::conflict_began(lang)),
        Turn::Decided => mark(Tone::Good, t::conflict_decided(lang)),
    }
}

fn held(reason: HeldReason, verdict: Option<Verdict>, lang: Lang) -> Markup {
    let (tone, decided) = match verdict {
        None => (Tone::Warn, t::held_waits(lang)),
        Some(Verdict::Admitted) => (Tone::Good, t::held_admitted(lang)),
        Some(Verdict::SetAside) => (Tone::Calm, t::held_set_aside(lang)),
    };
    html! {
        (mark(tone, decided)) " "
        span.quiet { (t::held_because(lang, words::held_reason(reason, lang))) }
    }
}

fn kind_words(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Journal => t::kind_journal(lang),
        Kind::Opening => t::kind_opening(lang),
        Kind::Team => t::kind_team(lang),
        Kind::Answer => t::kind_answer(lang),
        Kind::Finding => t::kind_finding(lang),
        Kind::Remedy => t::kind_remedy(lang),
        Kind::Custody => t::kind_custody(lang),
        Kind::Other => t::kind_other(lang),
    }
}

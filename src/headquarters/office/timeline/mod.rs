//! `/office/inspections/{id}/timeline`: every event of an inspection in the order in which
//! headquarters accepted it, narrowed by person and kind. What an event says is `story`'s; the
//! same as CSV and XLSX is `files`'.

pub(crate) mod files;
mod story;

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use domain::ids::FindingId;
use domain::state::HeldReason;
use maud::{Markup, html};
use texts::{Lang, clerk as t, format, office};

use super::answers::is_same_minute;
use super::clerk::Clerk;
use super::listing::{Ask, Tone, file_links, mark, pager};
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
        (told((&lines, &on_disk), &place, &ask, lang))
    };
    Ok(layout::page(lang, &title, Some(&clerk), &body))
}

/// Where the timeline stands, and how much of it is asked for.
struct Frame<'a> {
    /// The address of the inspection.
    place: &'a str,
    /// With what machines say: positions, programs, both times.
    technical: bool,
    on_disk: &'a OnDisk,
    lang: Lang,
}

fn told((lines, on_disk): (&[Line], &OnDisk), place: &str, ask: &Ask, lang: Lang) -> Markup {
    let path = &format!("{place}/timeline");
    let frame = Frame { place, technical: is_technical(ask), on_disk, lang };
    let newest_first = is_newest_first(ask);
    let wanted = wanted(lines, |line| line, ask);
    let pages = wanted.len().div_ceil(PAGE_EVENTS).max(1);
    let page = ask.page().min(pages);
    let shown = wanted.iter().skip((page - 1) * PAGE_EVENTS).take(PAGE_EVENTS).copied();
    let shown = shown.collect::<Vec<_>>();
    let other_order = ask.with("order", if newest_first { "" } else { "down" });
    let other_detail = ask.with("technical", if frame.technical { "" } else { "1" });
    html! {
        (filters(lines, path, ask, lang))
        div.split {
            p.quiet role="status" { (count(lines, wanted.len(), ask, lang)) }
            p.actions {
                (file_links(path, ask, lang))
                a href=(other_order.address(path)) {
                    @if newest_first { (t::oldest_first(lang)) } @else { (t::newest_first(lang)) }
                }
                a href=(other_detail.address(path)) {
                    @if frame.technical { (t::without_technical(lang)) } @else { (t::with_technical(lang)) }
                }
            }
        }
        @if wanted.is_empty() {
            p.empty { (t::nothing_matches(lang)) " " a href=(path) { (t::clear(lang)) } }
        } @else {
            @for day in runs(&shown, |line| line.at.day()) { (frame.day(day)) }
            @if pages > 1 { (pager(path, page, pages, ask, lang, t::pages(lang))) }
        }
    }
}

/// How many events there are, and how many of them are asked for.
fn count(lines: &[Line], wanted: usize, ask: &Ask, lang: Lang) -> String {
    let all = self::wanted(lines, |line| line, &ask.without("by").without("kind")).len();
    if wanted == all { t::events_count(lang, all) } else { t::events_of(lang, wanted, all) }
}

fn is_technical(ask: &Ask) -> bool {
    !ask.value("technical").is_empty()
}

fn is_newest_first(ask: &Ask) -> bool {
    ask.value("order") == "down"
}

/// What is asked for, in the order that is asked for.
fn wanted<'l, L>(lines: &'l [L], line: impl Fn(&L) -> &Line, ask: &Ask) -> Vec<&'l L> {
    let (by, kind) = (ask.value("by"), ask.value("kind"));
    // That headquarters opened a journal of its own tells a reader nothing.
    let is_told = |line: &Line| {
        is_technical(ask) || !kind.is_empty() || line.kind != Kind::Journal || !line.by_headquarters
    };
    let is_wanted = |line: &Line| {
        (by.is_empty() || line.author == by)
            && (kind.is_empty() || line.kind.name() == kind)
            && is_told(line)
    };
    let mut wanted = lines.iter().filter(|it| is_wanted(line(it))).collect::<Vec<_>>();
    if is_newest_first(ask) {
        wanted.reverse();
    }
    wanted
}

/// Lines next to each other that are alike.
fn runs<'l, 'a, K: PartialEq>(
    lines: &'l [&'a Line],
    of: impl Fn(&Line) -> K,
) -> Vec<&'l [&'a Line]> {
    lines.chunk_by(|one, next| of(one) == of(next)).collect()
}

impl Frame<'_> {
    fn day(&self, lines: &[&Line]) -> Markup {
        let day = lines.first().and_then(|line| line.at.day());
        let about = |line: &Line| (line.finding.ok_or(line.event), line.author.clone());
        html! {
            @if let Some(day) = day { h2.day { (format::day(self.lang, day)) } }
            ol.story { @for alike in runs(lines, about) { (self.alike(alike)) } }
        }
    }

    /// One entry, or the entries on one finding: the first, and the others folded.
    fn alike(&self, lines: &[&Line]) -> Markup {
        let Some((first, rest)) = lines.split_first() else { return html! {} };
        html! {
            (self.one(first, html! {
                @if let Some(finding) = first.finding { (self.links(finding, first.kind)) }
                @if !rest.is_empty() {
                    details {
                        summary { (t::more_of_finding(self.lang, rest.len())) }
                        ol { @for line in rest { (self.one(line, html! {})) } }
                    }
                }
            }))
        }
    }

    fn links(&self, finding: FindingId, kind: Kind) -> Markup {
        let lang = self.lang;
        html! {
            p.actions {
                a href={ (self.place) "#finding-" (finding) } { (t::see_finding(lang)) }
                @if kind == Kind::Remedy {
                    a href={ (self.place) "/remedies/" (finding) } { (t::follow(lang)) }
                }
            }
        }
    }

    fn one(&self, line: &Line, more: Markup) -> Markup {
        let lang = self.lang;
        let is_late = !is_same_minute(line.at, line.accepted_at);
        // The value of a journal's opening is the program that writes it.
        let value = line.value.as_ref().filter(|_| self.technical || line.kind != Kind::Journal);
        html! {
            li.step data-kind=(line.kind.name()) data-position=(line.position) data-event=(line.event) {
                p.said {
                    span.label { (line.what) }
                    @if let Some(value) = value { " " span.value.words { (value) } }
                }
                @for replaced in &line.replaced { p.quiet { (replaced) } }
                (pieces::list(&line.pieces, self.on_disk, lang))
                @if line.turn != Turn::None || line.held.is_some() {
                    p.marks {
                        (turn(line.turn, lang))
                        @if let Some((reason, verdict)) = line.held { (held(reason, verdict, lang)) }
                    }
                }
                dl.when {
                    dt { (office::author(lang)) } dd { (line.author) }
                    dt { (office::recorded_at(lang)) } dd { (words::moment(line.at, lang)) }
                    @if is_late || self.technical {
                        dt { (office::accepted_at(lang)) } dd { (words::moment(line.accepted_at, lang)) }
                    }
                    @if self.technical { dt { (t::position(lang)) } dd { (line.position) } }
                }
                (more)
            }
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
            @for name in ["order", "technical"] {
                @if !ask.value(name).is_empty() { input type="hidden" name=(name) value=(ask.value(name)); }
            }
            div.actions {
                button { (t::apply(lang)) }
                a href=(path) { (t::clear(lang)) }
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

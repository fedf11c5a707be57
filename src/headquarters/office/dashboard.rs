//! `/office`: what needs the clerk, how the inspections and findings are spread, and the
//! inspections nearest to today. It counts records and ranks no one.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use domain::ids::to_hex;
use domain::law::Bilingual;
use domain::moment::Moment;
use domain::remedy::Progress;
use maud::{Markup, html};
use texts::{Lang, access, clerk as t, format, office};

use super::backup::Due;
use super::chart::{self, Bar};
use super::clerk::Clerk;
use super::listing::{Ask, Tone};
use super::lists::remedies::{self, name_of, words_of};
use super::lists::{findings, in_lang, inspections};
use super::overview::{self, Digest, Overview, Stage};
use super::trouble::Told;
use super::{cards, layout, seats, words};
use crate::access::Right;
use crate::clock;
use crate::headquarters::Headquarters;
use crate::identity::UnitId;
use crate::store::StoreFault;
use crate::store::people::{self, Seat};

/// Provisions with a bar of their own; the rest share one.
const MOST_PROVISIONS: usize = 10;

/// Inspections that the dashboard names.
const NEAREST: usize = 5;

pub(crate) async fn page(
    State(headquarters): State<Arc<Headquarters>>,
    clerk: Clerk,
) -> Result<Markup, Told> {
    let told = |fault: StoreFault| Told(fault.into(), clerk.lang);
    let overview = overview::load(&headquarters, clerk.scope()).await.map_err(told)?;
    let now = clock::now();
    let silent = if clerk.may(Right::ReadSeats) {
        silent(people::seats(headquarters.store.readers()).await.map_err(told)?, now)
    } else {
        Vec::new()
    };
    let backup = Due::load(&headquarters, now).await.map_err(told)?;
    let backup = backup.filter(|_| clerk.may(Right::ReadBackup));
    let alone = clerk.may(Right::ManagePeople) && is_alone(&headquarters).await.map_err(told)?;
    let lang = clerk.lang;
    let body = html! {
        h1 { (t::dashboard(lang)) }
        p.quiet { (t::dashboard_lead(lang, &format::day(lang, overview.today))) }
        @if alone { (first_steps(lang)) }
        (needs(&overview, &silent, backup, lang))
        @if clerk.may(Right::ReadFindings) { (figures(&overview, lang)) }
        (silent_tablets(&silent, lang))
        @if clerk.may(Right::ListInspections) { (nearest(&overview, lang)) }
    };
    Ok(layout::page(lang, t::dashboard(lang), Some(&clerk), &body))
}

/// Whether nobody but the first administrator is known.
async fn is_alone(headquarters: &Headquarters) -> Result<bool, StoreFault> {
    Ok(people::persons(headquarters.store.readers()).await?.len() <= 1)
}

/// What whoever set headquarters up does next.
fn first_steps(lang: Lang) -> Markup {
    html! {
        section aria-labelledby="first-steps" {
            h2 id="first-steps" { (t::first_steps(lang)) }
            ol.steps {
                li { a.line href=(super::units::HERE) { (t::first_units(lang)) } }
                li { a.line href=(super::people::HERE) { (t::first_people(lang)) } }
                li { a.line href=(super::invitations::HERE) { (t::first_invitations(lang)) } }
            }
        }
    }
}

/// How inspections, remedies and findings are spread.
fn figures(overview: &Overview, lang: Lang) -> Markup {
    html! {
        div.cards-grid {
            (chart::bars("stage", t::by_stage(lang), &by_stage(overview, lang), lang))
            (chart::bars("remedy", t::by_remedy(lang), &by_remedy(overview, lang), lang))
            (chart::bars("kind", t::by_kind(lang), &by_kind(overview, lang), lang))
            @if !overview.unit_names.is_empty() {
                (chart::bars("unit", access::by_unit(lang), &by_unit(overview, lang), lang))
            }
            (chart::bars("provision", t::by_provision(lang), &by_provision(overview, lang), lang))
        }
        p.quiet { (t::by_provision_note(lang)) }
    }
}

/// The seats in use that were not heard from, the longest silence first.
fn silent(seats: Vec<Seat>, now: Moment) -> Vec<Seat> {
    let mut silent = seats;
    silent.retain(|seat| seats::silent_days(seat, now).is_some());
    silent.sort_by_key(|seat| seat.last_contact);
    silent
}

/// One thing that waits: how many, in words, and where it is dealt with.
struct Need {
    count: usize,
    words: String,
    link: &'static str,
    tone: Tone,
}

fn needs(overview: &Overview, silent: &[Seat], backup: Option<Due>, lang: Lang) -> Markup {
    let needs = of_backup(backup, lang).into_iter().chain(all_needs(overview, silent, lang));
    let needs = needs.filter(|need| need.count > 0).collect::<Vec<_>>();
    html! {
        section aria-labelledby="needs" {
            h2 id="needs" { (t::needs_you(lang)) }
            @if needs.is_empty() { p.banner.good { (t::nothing_needs_you(lang)) } }
            @else {
                ul.needs {
                    @for need in &needs {
                        li { a.need.(need.tone.class()) href=(need.link) { (need.words) } }
                    }
                }
            }
        }
    }
}

/// That a backup is missing or too old.
fn of_backup(due: Option<Due>, lang: Lang) -> Option<Need> {
    let due = due?;
    let tone = match due {
        Due::Never => Tone::Bad,
        Due::Old(_) => Tone::Warn,
    };
    Some(Need { count: 1, words: due.words(lang), link: "/office/backup", tone })
}

fn all_needs(overview: &Overview, silent: &[Seat], lang: Lang) -> Vec<Need> {
    let inspections =
        |waits: fn(&Digest) -> bool| overview.digests.iter().filter(|digest| waits(digest)).count();
    let remedies = remedies::rows(overview);
    let of_remedies =
        |wanted: fn(&remedies::Row) -> bool| remedies.iter().filter(|row| wanted(row)).count();
    let need = |count, words: fn(Lang, usize) -> String, link, tone| Need {
        count,
        words: words(lang, count),
        link,
        tone,
    };
    let held = overview.digests.iter().map(|digest| digest.held).sum();
    let unverified = inspections(|digest| !digest.verifies);
    let overdue = of_remedies(|row| matches!(row.progress, Progress::Overdue(_)));
    let soon = of_remedies(|row| row.due_soon);
    let undecided = of_remedies(|row| row.progress == Progress::Undecided);
    let conflicts = inspections(|digest| digest.conflicts > 0);
    let pending = inspections(Digest::waits_for_decision);
    vec![
        need(unverified, t::not_verified, "/office/inspections?needs=verification", Tone::Bad),
        need(overdue, t::remedies_overdue, "/office/remedies?state=overdue", Tone::Bad),
        need(held, t::held_waiting, "/office/held", Tone::Warn),
        need(conflicts, t::conflicts_open, "/office/inspections?needs=conflict", Tone::Warn),
        need(undecided, t::remedies_undecided, "/office/remedies?state=undecided", Tone::Warn),
        need(soon, t::remedies_soon, "/office/remedies?state=soon", Tone::Warn),
        need(pending, t::decisions_pending, "/office/inspections?needs=decision", Tone::Calm),
        need(silent.len(), t::tablets_silent, "/office/seats", Tone::Calm),
    ]
}

fn by_stage(overview: &Overview, lang: Lang) -> Vec<Bar> {
    let bar = |stage: Stage| Bar {
        words: inspections::stage_words(stage, lang).to_owned(),
        count: overview.digests.iter().filter(|digest| digest.stage() == stage).count(),
        tone: if stage == Stage::Answered { Tone::Good } else { Tone::Calm },
        link: Some(list("/office/inspections", "state", stage.name())),
    };
    Stage::ALL.into_iter().map(bar).filter(|bar| bar.count > 0).collect()
}

fn by_remedy(overview: &Overview, lang: Lang) -> Vec<Bar> {
    let mut counts = BTreeMap::<&str, (Progress, usize)>::new();
    for row in remedies::rows(overview) {
        counts.entry(name_of(row.progress)).or_insert((row.progress, 0)).1 += 1;
    }
    let mut counts = counts.into_iter().collect::<Vec<_>>();
    counts.sort_by_key(|(_, (progress, _))| *progress);
    let bar = |(name, (progress, count)): (&str, (Progress, usize))| {
        let (words, tone) = words_of(progress, lang);
        let link = Some(list("/office/remedies", "state", name));
        Bar { words: words.to_owned(), count, tone, link }
    };
    counts.into_iter().map(bar).collect()
}

fn by_kind(overview: &Overview, lang: Lang) -> Vec<Bar> {
    let mut counts = BTreeMap::<(&str, &str), usize>::new();
    for digest in &overview.digests {
        let Some(place) = &digest.place else { continue };
        let kind = (place.kind.as_str(), in_lang(&place.kind_words, lang));
        *counts.entry(kind).or_default() += digest.standing().count();
    }
    let bar = |((kind, words), count): ((&str, &str), usize)| Bar {
        words: words.to_owned(),
        count,
        tone: Tone::Calm,
        link: Some(list("/office/findings", "kind", kind)),
    };
    most_first(counts.into_iter().map(bar).collect())
}

/// An inspection with several own units counts for each.
fn by_unit(overview: &Overview, lang: Lang) -> Vec<Bar> {
    let (mut counts, mut without) = (BTreeMap::<(&str, UnitId), usize>::new(), 0);
    for digest in &overview.digests {
        let count = digest.standing().count();
        let mut own = overview.own_units(digest.id).peekable();
        without += if own.peek().is_none() { count } else { 0 };
        for (unit, name) in own {
            *counts.entry((name, unit)).or_default() += count;
        }
    }
    let bar = |((name, unit), count): ((&str, UnitId), usize)| Bar {
        words: name.to_owned(),
        count,
        tone: Tone::Calm,
        link: Some(list("/office/findings", "unit", &to_hex(&unit.0))),
    };
    let mut bars = most_first(counts.into_iter().map(bar).collect());
    let link = Some(list("/office/findings", "unit", findings::NO_UNIT));
    let words = access::no_unit(lang).to_owned();
    bars.push(Bar { words, count: without, tone: Tone::Warn, link });
    bars.retain(|bar| bar.count > 0);
    bars
}

fn by_provision(overview: &Overview, lang: Lang) -> Vec<Bar> {
    let (mut counts, mut without) = (BTreeMap::<&str, (&Bilingual, usize)>::new(), 0);
    for finding in overview.digests.iter().flat_map(|digest| digest.standing()) {
        without += usize::from(finding.provisions.is_empty());
        for provision in &finding.provisions {
            counts.entry(&provision.words.vi).or_insert((&provision.words, 0)).1 += 1;
        }
    }
    let bar = |(name, (words, count)): (&str, (&Bilingual, usize))| Bar {
        words: in_lang(words, lang).to_owned(),
        count,
        tone: Tone::Calm,
        link: Some(list("/office/findings", "provision", name)),
    };
    let mut bars = most_first(counts.into_iter().map(bar).collect());
    let rest = bars.split_off(bars.len().min(MOST_PROVISIONS));
    let shared = |words, count, tone| Bar { words, count, tone, link: None };
    let others = rest.iter().map(|bar| bar.count).sum();
    bars.push(shared(t::other_provisions(lang, rest.len()), others, Tone::Calm));
    bars.push(shared(t::no_provision(lang).to_owned(), without, Tone::Warn));
    bars.retain(|bar| bar.count > 0);
    bars
}

fn most_first(mut bars: Vec<Bar>) -> Vec<Bar> {
    bars.retain(|bar| bar.count > 0);
    bars.sort_by_key(|bar| Reverse(bar.count));
    bars
}

/// The address of a list with one filter.
fn list(path: &str, name: &str, value: &str) -> String {
    Ask::default().with(name, value).address(path)
}

fn silent_tablets(silent: &[Seat], lang: Lang) -> Markup {
    let heads = [office::person(lang), t::silent_since(lang), office::app(lang)];
    let row = |seat: &Seat| {
        let name = html! { a.row href=(seats::address(seat.id)) { (seat.person.name) } };
        [name, words::moment(seat.last_contact, lang), html! { (seat.app) }]
    };
    let rows = html! {
        @for seat in silent {
            tr role="row" data-silent=(seat.id) { (cards::cells(&heads, &row(seat))) }
        }
    };
    html! {
        @if !silent.is_empty() {
            h2 id="silent" { (t::silent_tablets(lang)) }
            (cards::table(t::silent_tablets(lang), &heads, &rows))
        }
    }
}

/// Those that are to be done next, as on top of their list.
fn nearest(overview: &Overview, lang: Lang) -> Markup {
    let list = inspections::list(overview, lang);
    let mut rows = list.select(inspections::rows(overview), &Ask::default(), lang);
    rows.truncate(NEAREST);
    html! {
        h2 { (t::nearest(lang)) }
        (super::listing::outline(&list, &rows, lang))
        p.actions { a href="/office/inspections" { (t::all_inspections(lang)) } }
    }
}

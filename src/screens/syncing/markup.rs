//! The panels of the sync screen as markup.

use domain::moment::Moment;
use maud::{Markup, html};
use sync::status::Status;
use texts::{Lang, format, syncing as words, today as today_words};

use super::state::{activity_words, fault_words};
use crate::components::sync_pill::state_words;
use crate::router::Route;
use crate::seam::{Backup, CarriedBundle, Health, InspectionSummary};

/// What goes on, what waits, when headquarters last answered, and what is in its backup.
pub(super) fn delivery(lang: Lang, status: &Status, health: &Health) -> Markup {
    let last = health.last_contact.and_then(Moment::local).map(|time| format::time(lang, time));
    html! {
        p.delivery-word { (state_words(lang, status)) }
        p { (activity_words(lang, status)) }
        dl {
            dt { (words::pending(lang)) }
            dd { (format::number(lang, status.pending)) }
            dt { (words::last_contact(lang)) }
            dd { (last.as_deref().unwrap_or_else(|| words::never(lang))) }
            dt { (words::backup(lang)) }
            dd { (backup(lang, health.backup)) }
            @if let Some(days) = health.kept_days {
                dt { (words::kept(lang)) }
                dd { (words::kept_days(lang, days.into())) }
            }
            @if let Some(id) = &health.refused_request {
                dt { (words::refused_request(lang)) }
                dd { code data-refused-request { (id) } }
            }
        }
    }
}

fn backup(lang: Lang, backup: Option<Backup>) -> String {
    let Some(Backup { covered, recorded }) = backup else {
        return words::backup_unknown(lang).to_owned();
    };
    let (covered, recorded) = (format::number(lang, covered), format::number(lang, recorded));
    words::backup_covers(lang, &covered, &recorded)
}

/// What headquarters holds, by inspection; nothing when it holds nothing.
pub(super) fn held(lang: Lang, inspections: &[InspectionSummary]) -> Markup {
    html! {
        @if inspections.iter().any(|summary| summary.held > 0) {
            h2 { (words::held(lang)) }
            p { (words::held_long(lang)) }
            ul.held-list {
                @for summary in inspections.iter().filter(|summary| summary.held > 0) {
                    li {
                        a href=(Route::Inspection(summary.id).href()) { (summary.establishment) }
                        span { (today_words::held(lang, summary.held)) }
                    }
                }
            }
        }
    }
}

/// The bundles that wait for headquarters.
pub(super) fn carried(lang: Lang, bundles: &[CarriedBundle]) -> Markup {
    html! {
        @if !bundles.is_empty() {
            h3 { (words::carry_list(lang)) }
            ul.carried { @for bundle in bundles { (carried_bundle(lang, bundle)) } }
        }
    }
}

fn carried_bundle(lang: Lang, bundle: &CarriedBundle) -> Markup {
    let at = bundle.taken_at.local().map(|time| format::time(lang, time)).unwrap_or_default();
    let size = format::size(lang, bundle.size_bytes);
    html! {
        li data-carried=(bundle.id) {
            strong { (bundle.file_name) }
            span { (words::carry_since(lang, &at, &size)) }
            @match &bundle.fault {
                Some(fault) => span.care { (fault_words(lang, fault)) },
                None => span { (words::carry_waits(lang)) },
            }
        }
    }
}

/// What exists on this tablet only, by inspection, and since when.
pub(super) fn only_here(
    lang: Lang,
    pending: u64,
    since: Option<Moment>,
    inspections: &[InspectionSummary],
) -> Markup {
    let since = since.and_then(Moment::local).map(|time| format::time(lang, time));
    html! {
        h2 { (words::only_here(lang)) }
        @if pending == 0 {
            p { (words::only_here_none(lang)) }
        } @else {
            p {
                (words::only_here_count(lang, pending))
                @if let Some(since) = since { ", " (words::only_here_since(lang, &since)) }
            }
            p.care { (words::only_here_care(lang)) }
            dl aria-label=(words::by_inspection(lang)) {
                @for summary in inspections.iter().filter(|summary| summary.pending > 0) {
                    dt { (summary.establishment) }
                    dd { (today_words::pending(lang, summary.pending)) }
                }
            }
        }
    }
}

/// How the store is.
pub(super) fn store(lang: Lang, health: &Health) -> Markup {
    let persisted = match health.persisted {
        Some(true) => words::persisted(lang),
        Some(false) => words::not_persisted(lang),
        None => words::persisted_unknown(lang),
    };
    html! {
        h2 { (words::storage(lang)) }
        p { (used(lang, health)) }
        p { (persisted) }
    }
}

fn used(lang: Lang, health: &Health) -> String {
    let used = health.used_bytes.map(|bytes| format::size(lang, bytes));
    let quota = health.quota_bytes.map(|bytes| format::size(lang, bytes));
    match (used, quota) {
        (Some(used), Some(quota)) => words::used(lang, &used, &quota),
        (Some(used), None) => words::used_only(lang, &used),
        (None, _) => words::used_unknown(lang).to_owned(),
    }
}

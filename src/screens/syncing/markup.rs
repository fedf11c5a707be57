//! The panels of the sync screen as markup.

use domain::moment::Moment;
use maud::{Markup, html};
use sync::status::Status;
use texts::{Lang, format, syncing as words, today as today_words};

use super::state::activity_words;
use crate::components::sync_pill::state_words;
use crate::seam::{Health, InspectionSummary};

/// What goes on, what waits, and when headquarters last answered.
pub(super) fn delivery(lang: Lang, status: &Status, last_contact: Option<Moment>) -> Markup {
    let last = last_contact.and_then(Moment::local).map(|time| format::time(lang, time));
    html! {
        p.delivery-word { (state_words(lang, status)) }
        p { (activity_words(lang, status)) }
        dl {
            dt { (words::pending(lang)) }
            dd { (format::number(lang, status.pending)) }
            dt { (words::last_contact(lang)) }
            dd { (last.as_deref().unwrap_or_else(|| words::never(lang))) }
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

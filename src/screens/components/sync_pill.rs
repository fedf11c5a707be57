//! The sync state in the head of every page, and the voice that says when it changes.

use leptos::prelude::*;
use sync::status::{Activity, Status};
use texts::{Lang, syncing as words};

use crate::app::lang;
use crate::router::Route;
use crate::seam::Wiring;

/// The state in a word or two.
pub(crate) fn state_words(lang: Lang, status: &Status) -> &'static str {
    match &status.activity {
        Activity::Offline => words::offline(lang),
        Activity::Idle if status.pending > 0 => words::waiting(lang),
        Activity::Idle => words::idle(lang),
        Activity::Syncing => words::syncing(lang),
        Activity::Failed(_) => words::failed(lang),
    }
}

/// A link to the sync screen that shows state and number of events not accepted yet.
#[component]
pub(crate) fn SyncPill() -> AnyView {
    let lang = lang();
    let board = expect_context::<Wiring>().board;
    let status = board.sync;
    // Everything is sent that was recorded: words that were only typed are not.
    let has_drafts =
        Memo::new(move |_| board.inspections.with(|all| all.iter().any(|one| one.drafts > 0)));
    let words = move || {
        let at_rest =
            status.with(|status| status.activity == Activity::Idle && status.pending == 0);
        match at_rest && has_drafts.get() {
            true => words::drafts(lang),
            false => status.with(|status| state_words(lang, status)),
        }
    };
    let state = Memo::new(move |_| status.with(|status| status.activity.as_str()));
    let voice = Memo::new(move |_| {
        state.track();
        status.with_untracked(|status| state_words(lang, status))
    });
    let pending = move || {
        let pending = status.with(|status| status.pending);
        (pending > 0).then(|| words::pending_short(lang, pending))
    };
    view! {
        <a class="sync-pill" href=Route::Syncing.href()
            data-state=move || state.get()
            data-drafts=move || has_drafts.get().then_some("")
            data-pending=move || status.with(|status| status.pending.to_string())>
            <span class="sync-word">{words}</span>
            <span class="sync-count">{pending}</span>
        </a>
        <p class="unseen" role="status" aria-live="polite">{move || voice.get()}</p>
    }
    .into_any()
}

//! Draws the sync screen: three panels of markup, and two buttons.

use leptos::prelude::*;
use texts::syncing as words;

use super::markup;
use crate::app::lang;
use crate::seam::{Intent, Wiring};

/// The sync screen.
#[component]
pub(crate) fn SyncingScreen() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let activity = move || board.sync.with(|status| status.activity.as_str());
    let delivery = move || {
        let last = board.health.with(|health| health.last_contact);
        board.sync.with(|status| markup::delivery(lang, status, last).into_string())
    };
    let only_here = move || {
        let pending = board.sync.with(|status| status.pending);
        let since = board.health.with(|health| health.only_here_since);
        board.inspections.with(|all| markup::only_here(lang, pending, since, all).into_string())
    };
    let store = move || board.health.with(|health| markup::store(lang, health).into_string());
    let is_kept = move || board.health.with(|health| health.persisted) == Some(true);
    view! {
        <section class="syncing">
            <h1>{words::title(lang)}</h1>
            <div class="panel delivery" data-activity=activity>
                <div inner_html=delivery></div>
                <button type="button" class="primary" on:click=move |_| send.run(Intent::SyncNow)>
                    {words::sync_now(lang)}
                </button>
            </div>
            <div class="panel" inner_html=only_here></div>
            <div class="panel">
                <div inner_html=store></div>
                <button type="button" hidden=is_kept on:click=move |_| send.run(Intent::AskPersist)>
                    {words::ask_persist(lang)}
                </button>
            </div>
        </section>
    }
    .into_any()
}

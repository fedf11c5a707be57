//! Draws the sync screen: panels of markup, and what can be done.

use leptos::prelude::*;
use sync::status::Activity;
use texts::syncing as words;
use wasm_bindgen::JsCast;

use super::markup;
use super::state::{carrying_words, is_fault, is_unknown_seat};
use crate::app::lang;
use crate::components::export::ExportPanel;
use crate::seam::{Intent, Wiring};

/// The sync screen.
#[component]
pub(crate) fn SyncingScreen() -> AnyView {
    let lang = lang();
    let board = expect_context::<Wiring>().board;
    let only_here = move || {
        let pending = board.sync.with(|status| status.pending);
        let since = board.health.with(|health| health.only_here_since);
        board.inspections.with(|all| markup::only_here(lang, pending, since, all).into_string())
    };
    let held = move || board.inspections.with(|all| markup::held(lang, all).into_string());
    view! {
        <section class="syncing">
            <h1>{words::title(lang)}</h1>
            <Delivery />
            <div class="panel" inner_html=only_here></div>
            <ExportPanel />
            <div class="panel" hidden=move || held().is_empty() inner_html=held></div>
            <Carry />
            <Store />
        </section>
    }
    .into_any()
}

/// How delivery goes, and what can be done about it.
#[component]
fn Delivery() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let activity = move || board.sync.with(|status| status.activity.as_str());
    let delivery = move || {
        board.health.with(|health| {
            board.sync.with(|status| markup::delivery(lang, status, health).into_string())
        })
    };
    let tried = RwSignal::new(false);
    let sync_now = move |_| {
        tried.set(true);
        send.run(Intent::SyncNow);
    };
    let is_offline = move || board.sync.with(|status| status.activity == Activity::Offline);
    let still_offline = move || (tried.get() && is_offline()).then(|| words::still_offline(lang));
    let unknown = Memo::new(move |_| board.sync.with(is_unknown_seat));
    let enrolling = move || {
        unknown.get().then(|| {
            view! {
                <p>{words::enrol_again_long(lang)}</p>
                <button type="button" data-action="enrol" on:click=move |_| send.run(Intent::EnrolAgain)>
                    {words::enrol_again(lang)}
                </button>
            }
        })
    };
    view! {
        <div class="panel delivery" data-activity=activity>
            <div inner_html=delivery></div>
            {enrolling}
            <button type="button" class="primary" on:click=sync_now>
                {words::sync_now(lang)}
            </button>
            <p role="status">{still_offline}</p>
        </div>
    }
    .into_any()
}

/// Colleagues' files that this tablet takes to headquarters.
#[component]
fn Carry() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let chosen = move |event: web_sys::Event| {
        let input =
            event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            send.run(Intent::Carry(file));
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    let list = move || board.carried.with(|all| markup::carried(lang, all).into_string());
    view! {
        <div class="panel">
            <h2>{words::carry(lang)}</h2>
            <p>{words::carry_long(lang)}</p>
            <label class="button file">
                <span>{words::carry_choose(lang)}</span>
                <input type="file" name="carry" class="unseen" accept=".bienban" on:change=chosen />
            </label>
            <p role="status" class:fault=move || is_fault(board.carrying.get())>
                {move || carrying_words(lang, board.carrying.get())}
            </p>
            <div inner_html=list></div>
        </div>
    }
    .into_any()
}

/// How the store is.
#[component]
fn Store() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let store = move || board.health.with(|health| markup::store(lang, health).into_string());
    let is_kept = move || board.health.with(|health| health.persisted) == Some(true);
    view! {
        <div class="panel">
            <div inner_html=store></div>
            <button type="button" hidden=is_kept on:click=move |_| send.run(Intent::AskPersist)>
                {words::ask_persist(lang)}
            </button>
        </div>
    }
    .into_any()
}

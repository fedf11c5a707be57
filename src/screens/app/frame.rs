//! Head, navigation and the screen that the address names.

use std::collections::BTreeMap;

use leptos::prelude::*;
use texts::{app as words, help as help_words, unlock as lock_words};
use wasm_bindgen::JsCast;

use super::{Address, lang};
use crate::components::lock_stuck::LockStuck;
use crate::components::loss::LossNotice;
use crate::components::popup::{Popup, PopupSheet};
use crate::components::sync_pill::SyncPill;
use crate::help::{self, HelpScreen};
use crate::inspection::view::InspectionScreen;
use crate::opening::view::NewInspectionScreen;
use crate::practice::{PracticeScreen, Rehearsed};
use crate::router::Route;
use crate::seam::{Desk, Intent, Update, Wiring};
use crate::settings::SettingsScreen;
use crate::syncing::view::SyncingScreen;
use crate::today::TodayScreen;

/// Head, navigation and screen.
#[component]
pub(super) fn Frame() -> AnyView {
    let lang = lang();
    leave_enrolment_address();
    let address = watch_address();
    let route = Memo::new(move |_| address.fragment.with(|fragment| Route::parse(fragment)));
    let shown = Memo::new(move |_| route.get().screen());
    let popup = Popup::new();
    provide_context(address);
    provide_context(popup);
    provide_context(Rehearsed::none());
    let help = move |_| {
        let route = route.get_untracked();
        let title = |lang, _: &str| help_words::about(lang);
        popup.open(title, String::new(), move |_| help::in_place(lang, route));
    };
    view! {
        <button type="button" class="skip" on:click=|_| focus_content()>{words::to_content(lang)}</button>
        <header class="top">
            <BackLink route />
            <a class="brand" href=Route::Today.href()>{words::name(lang)}</a>
            <SyncPill />
            <button type="button" class="help-button" aria-label=words::help(lang) on:click=help>"?"</button>
        </header>
        <UpdateOffer route />
        <main id="content" tabindex="-1">
            <LockStuck />
            <LossNotice />
            <EscrowNotice />
            {move || screen(shown.get())}
        </main>
        <Tabs route />
        <PopupSheet popup />
    }
    .into_any()
}

/// The address, from here on. Another screen starts at its top; where a part of a
/// screen starts is that screen's.
fn watch_address() -> Address {
    let fragment = RwSignal::new(current_fragment());
    let left_at_px = StoredValue::new(BTreeMap::new());
    let listener = window_event_listener_untyped("hashchange", move |_| {
        let route = || fragment.with_untracked(|now| Route::parse(now));
        let before = route();
        left_at_px.update_value(|all| {
            all.insert(before.href(), window().scroll_y().unwrap_or_default());
        });
        fragment.set(current_fragment());
        if route().screen() != before.screen() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            focus_content();
        }
    });
    on_cleanup(move || listener.remove());
    Address { fragment, left_at_px }
}

/// A browser that does not tell its address shows that there is no such page.
fn current_fragment() -> String {
    window().location().hash().unwrap_or_else(|_| "#?".to_owned())
}

/// A code must not stay in the address, nor be used when the page is reloaded.
fn leave_enrolment_address() {
    let at_enrolment = window().location().pathname().is_ok_and(|path| path == "/enrol");
    if at_enrolment && let Ok(history) = window().history() {
        let nothing = wasm_bindgen::JsValue::NULL;
        // A browser that refuses leaves the address as it is; the code is spent anyway.
        let _ = history.replace_state_with_url(&nothing, "", Some("/"));
    }
}

fn focus_content() {
    let content = document().get_element_by_id("content");
    if let Some(content) = content.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        let quietly = web_sys::FocusOptions::new();
        // Its beginning lies under the head: bringing it there would hide the head.
        quietly.set_prevent_scroll(true);
        // Without the keyboard in it the content is still what is shown.
        let _ = content.focus_with_options(&quietly);
    }
}

fn screen(route: Route) -> AnyView {
    match route {
        Route::Today => view! { <TodayScreen /> }.into_any(),
        Route::NewInspection => view! { <NewInspectionScreen /> }.into_any(),
        Route::Inspection(id) | Route::Review(id) => view! { <InspectionScreen id /> }.into_any(),
        Route::Practice | Route::PracticeReview => view! { <PracticeScreen /> }.into_any(),
        Route::Help => view! { <HelpScreen /> }.into_any(),
        Route::Syncing => view! { <SyncingScreen /> }.into_any(),
        Route::Settings => view! { <SettingsScreen /> }.into_any(),
        Route::Unknown => {
            let lang = lang();
            view! {
                <section class="notice">
                    <h1>{words::nothing_here(lang)}</h1>
                    <a class="button" href=Route::Today.href()>{words::to_today(lang)}</a>
                </section>
            }
            .into_any()
        }
    }
}

/// Whether one comes here from another page, and has more use for the screen than for tabs.
fn is_inner(route: Route) -> bool {
    above(route).is_some()
}

/// The page from which one comes here.
fn above(route: Route) -> Option<Route> {
    match route {
        Route::Inspection(_) | Route::NewInspection | Route::Practice | Route::Help => {
            Some(Route::Today)
        }
        Route::Review(id) => Some(Route::Inspection(id)),
        Route::PracticeReview => Some(Route::Practice),
        Route::Today | Route::Syncing | Route::Settings | Route::Unknown => None,
    }
}

#[component]
fn BackLink(route: Memo<Route>) -> AnyView {
    let lang = lang();
    let link = move || {
        let above = above(route.get())?;
        let is_first = above == Route::Today;
        let words = if is_first { words::today(lang) } else { words::to_inspection(lang) };
        Some(view! { <a class="back" href=above.href()>{words}</a> })
    };
    view! { {link} }.into_any()
}

#[component]
fn Tabs(route: Memo<Route>) -> AnyView {
    let lang = lang();
    let tab = move |target: Route, name: &'static str, class: &'static str| {
        let current = move || (route.get() == target).then_some("page");
        view! { <li><a class=class href=target.href() aria-current=current>{name}</a></li> }
    };
    view! {
        <nav class="tabs" class:is-inner=move || is_inner(route.get()) aria-label=words::main_navigation(lang)>
            <ul>
                {tab(Route::Today, words::today(lang), "tab-today")}
                {tab(Route::Syncing, words::syncing(lang), "tab-sync")}
                {tab(Route::Settings, words::settings(lang), "tab-settings")}
            </ul>
        </nav>
    }
    .into_any()
}

/// Says once that a forgotten passphrase loses what exists only here.
#[component]
fn EscrowNotice() -> AnyView {
    let lang = lang();
    let told = expect_context::<Wiring>().board.tell_no_escrow;
    let notice = move || {
        told.get().then(|| {
            view! {
                <section class="notice" role="status" data-escrow="none">
                    <h2>{lock_words::escrow_title(lang)}</h2>
                    <p>{lock_words::escrow_none(lang)}</p>
                    <button type="button" on:click=move |_| told.set(false)>
                        {lock_words::understood(lang)}
                    </button>
                </section>
            }
        })
    };
    view! { {notice} }.into_any()
}

/// Offers a new version, and lets it be applied when nothing is unsaved.
#[component]
fn UpdateOffer(route: Memo<Route>) -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let is_unsaved = move || match board.desk.get() {
        Desk::Open(model) => model.progress().get().unsaved > 0,
        Desk::Empty | Desk::Fetching(_) | Desk::Unreadable(..) => false,
    };
    // What is typed in the form is kept nowhere else.
    let is_form = move || route.get() == Route::NewInspection;
    let is_taken = move || board.update.get() == Update::Taken;
    let waits = move || match (is_form(), is_unsaved()) {
        (true, _) => Some(words::update_form(lang)),
        (false, true) => Some(words::update_waits(lang)),
        (false, false) => is_taken().then(|| words::update_taken(lang)),
    };
    let later = RwSignal::new(false);
    let offer = move || {
        (board.update.get() != Update::None && !later.get()).then(|| {
            view! {
                <div class="update" role="status">
                    <p>{words::update_offered(lang)}</p>
                    <button type="button" disabled=move || waits().is_some() on:click=move |_| send.run(Intent::ApplyUpdate)>
                        {words::update_apply(lang)}
                    </button>
                    <button type="button" class="quiet" on:click=move |_| later.set(true)>
                        {words::update_later(lang)}
                    </button>
                    <p class="hint">{waits}</p>
                </div>
            }
        })
    };
    view! { {offer} }.into_any()
}

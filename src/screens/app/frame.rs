//! Head, navigation and the screen that the address names.

use leptos::prelude::*;
use texts::app as words;
use wasm_bindgen::JsCast;

use super::lang;
use crate::components::loss::LossNotice;
use crate::components::sync_pill::SyncPill;
use crate::inspection::view::InspectionScreen;
use crate::opening::view::NewInspectionScreen;
use crate::router::Route;
use crate::seam::{Desk, Intent, Wiring};
use crate::settings::SettingsScreen;
use crate::syncing::view::SyncingScreen;
use crate::today::TodayScreen;

/// Head, navigation and screen.
#[component]
pub(super) fn Frame() -> AnyView {
    let lang = lang();
    leave_enrolment_address();
    let route = watch_route();
    view! {
        <button type="button" class="skip" on:click=|_| focus_content()>{words::to_content(lang)}</button>
        <header class="top">
            <BackLink route />
            <a class="brand" href=Route::Today.href()>{words::name(lang)}</a>
            <SyncPill />
        </header>
        <UpdateOffer />
        <main id="content" tabindex="-1">
            <LossNotice />
            {move || screen(route.get())}
        </main>
        <Tabs route />
    }
    .into_any()
}

/// The route of the address, from here on. Another screen starts at its top.
fn watch_route() -> Memo<Route> {
    let route = RwSignal::new(current_route());
    let listener = window_event_listener_untyped("hashchange", move |_| {
        route.set(current_route());
        window().scroll_to_with_x_and_y(0.0, 0.0);
        focus_content();
    });
    on_cleanup(move || listener.remove());
    Memo::new(move |_| route.get())
}

fn current_route() -> Route {
    window().location().hash().map_or(Route::Unknown, |fragment| Route::parse(&fragment))
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
        // Without the keyboard in it the content is still what is shown.
        let _ = content.focus();
    }
}

fn screen(route: Route) -> AnyView {
    match route {
        Route::Today => view! { <TodayScreen /> }.into_any(),
        Route::NewInspection => view! { <NewInspectionScreen /> }.into_any(),
        Route::Inspection(id) => view! { <InspectionScreen id /> }.into_any(),
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

/// Whether one comes here from the first page, and has more use for the screen than for tabs.
fn is_inner(route: Route) -> bool {
    match route {
        Route::Inspection(_) | Route::NewInspection => true,
        Route::Today | Route::Syncing | Route::Settings | Route::Unknown => false,
    }
}

#[component]
fn BackLink(route: Memo<Route>) -> AnyView {
    let lang = lang();
    let link = move || {
        is_inner(route.get()).then(|| {
            view! { <a class="back" href=Route::Today.href()>{words::today(lang)}</a> }
        })
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

/// Offers a new version, and lets it be applied when nothing is unsaved.
#[component]
fn UpdateOffer() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let is_unsaved = move || match board.desk.get() {
        Desk::Open(model) => model.progress().get().unsaved > 0,
        Desk::Empty | Desk::Fetching(_) | Desk::Unreadable(..) => false,
    };
    let offer = move || {
        board.update_offered.get().then(|| {
            view! {
                <div class="update" role="status">
                    <p>{words::update_offered(lang)}</p>
                    <button type="button" disabled=is_unsaved on:click=move |_| send.run(Intent::ApplyUpdate)>
                        {words::update_apply(lang)}
                    </button>
                    <p class="hint">{move || is_unsaved().then(|| words::update_waits(lang))}</p>
                </div>
            }
        })
    };
    view! { {offer} }.into_any()
}

//! Draws the sync screen.

use leptos::prelude::*;
use texts::{Lang, format, syncing as words, today as today_words};

use super::state::activity_words;
use crate::app::lang;
use crate::components::sync_pill::state_words;
use crate::seam::{Health, Intent, Wiring};

/// The sync screen.
#[component]
pub(crate) fn SyncingScreen() -> AnyView {
    let lang = lang();
    view! {
        <section class="syncing">
            <h1>{words::title(lang)}</h1>
            <Delivery />
            <OnlyHere />
            <Store />
        </section>
    }
    .into_any()
}

#[component]
fn Delivery() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let status = board.sync;
    let last = move || {
        let last = board.health.with(|health| health.last_contact?.local());
        last.map_or_else(|| words::never(lang).to_owned(), |time| format::time(lang, time))
    };
    let state = move || status.with(|status| status.activity.as_str());
    view! {
        <div class="panel delivery" data-activity=state>
            <p class="delivery-word">{move || status.with(|status| state_words(lang, status))}</p>
            <p>{move || status.with(|status| activity_words(lang, status))}</p>
            <dl>
                <dt>{words::pending(lang)}</dt>
                <dd>{move || format::number(lang, status.with(|status| status.pending))}</dd>
                <dt>{words::last_contact(lang)}</dt>
                <dd>{last}</dd>
            </dl>
            <button type="button" class="primary" on:click=move |_| send.run(Intent::SyncNow)>
                {words::sync_now(lang)}
            </button>
        </div>
    }
    .into_any()
}

/// What exists on this tablet only, by inspection, and since when.
#[component]
fn OnlyHere() -> AnyView {
    let lang = lang();
    let board = expect_context::<Wiring>().board;
    let shown = move || {
        let pending = board.sync.with(|status| status.pending);
        if pending == 0 {
            return view! { <p>{words::only_here_none(lang)}</p> }.into_any();
        }
        let since = board.health.with(|health| health.only_here_since?.local());
        let since = since.map(|time| words::only_here_since(lang, &format::time(lang, time)));
        let count = words::only_here_count(lang, pending);
        let lines = by_inspection(lang, board.inspections);
        view! {
            <p>{[Some(count), since].into_iter().flatten().collect::<Vec<_>>().join(", ")}</p>
            <p class="care">{words::only_here_care(lang)}</p>
            {lines}
        }
        .into_any()
    };
    view! { <div class="panel"><h2>{words::only_here(lang)}</h2>{shown}</div> }.into_any()
}

fn by_inspection(
    lang: Lang,
    inspections: RwSignal<Vec<crate::seam::InspectionSummary>>,
) -> AnyView {
    let waiting: Vec<_> = inspections.get().into_iter().filter(|it| it.pending > 0).collect();
    let line = |summary: crate::seam::InspectionSummary| {
        view! {
            <dt>{summary.establishment}</dt>
            <dd>{today_words::pending(lang, summary.pending)}</dd>
        }
    };
    view! { <dl aria-label=words::by_inspection(lang)>{waiting.into_iter().map(line).collect_view()}</dl> }
        .into_any()
}

/// How the store is, and the way to ask the browser to keep it.
#[component]
fn Store() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let persisted = move || match board.health.with(|health| health.persisted) {
        Some(true) => words::persisted(lang),
        Some(false) => words::not_persisted(lang),
        None => words::persisted_unknown(lang),
    };
    let ask = move || {
        let kept = board.health.with(|health| health.persisted) == Some(true);
        (!kept).then(|| {
            view! {
                <button type="button" on:click=move |_| send.run(Intent::AskPersist)>
                    {words::ask_persist(lang)}
                </button>
            }
        })
    };
    view! {
        <div class="panel">
            <h2>{words::storage(lang)}</h2>
            <p>{move || board.health.with(|health| used(lang, health))}</p>
            <p>{persisted}</p>
            {ask}
        </div>
    }
    .into_any()
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

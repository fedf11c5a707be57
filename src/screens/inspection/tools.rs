//! The tools of an inspection: search, list of sections, and the next item without an answer.

use leptos::prelude::*;
use texts::{inspection as words, today as today_words, tools};
use wasm_bindgen::JsCast;

use super::model::ModelHandle;
use super::narrowing::{Narrowing, ShownHandle, show_again};
use super::plan::{ItemPlace, SectionPlace};
use super::state::Filter;
use super::view::{SectionProgress, go_to_item, go_to_section};
use super::whole_section::{DoneSignal, UndoOffer};
use crate::app::lang;

/// Search, list of sections, and the next item without an answer.
#[component]
pub(super) fn Tools(
    model: ModelHandle,
    home: StoredValue<String>,
    shown: ShownHandle,
    done: DoneSignal,
) -> AnyView {
    let sections_open = RwSignal::new(false);
    view! {
        <Narrowing model shown />
        <div class="side">
            <div class="next">
                <UndoOffer model done />
                <Next model shown home />
                <SectionToggle open=sections_open />
            </div>
            <Sections model open=sections_open />
        </div>
    }
    .into_any()
}

/// The list of sections: beside the items where there is room, unfolded on demand elsewhere.
#[component]
fn Sections(model: ModelHandle, open: RwSignal<bool>) -> AnyView {
    let lang = lang();
    let places: Vec<_> = model.get_value().sheet().plan().sections().collect();
    let line = move |place: SectionPlace| {
        let (title, progress) = {
            let model = model.get_value();
            let title = model.sheet().plan().title(place).clone();
            (lang.pick(title.vi, title.en), model.progress_of(place))
        };
        let go = move |_| {
            open.set(false);
            go_to_section(&model.get_value(), place);
        };
        view! {
            <li>
                <button type="button" on:click=go>
                    <span class="section-name">{title}</span>
                    <SectionProgress progress />
                </button>
            </li>
        }
    };
    view! {
        <nav class="section-list" aria-label=words::sections(lang) class:is-open=move || open.get()>
            <ol>{places.into_iter().map(line).collect_view()}</ol>
        </nav>
    }
    .into_any()
}

#[component]
fn SectionToggle(open: RwSignal<bool>) -> AnyView {
    let lang = lang();
    let elsewhere = window_event_listener_untyped("click", move |event| {
        let target = event.target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        let within = |selector| {
            target.as_ref().is_some_and(|it| it.closest(selector).is_ok_and(|it| it.is_some()))
        };
        if open.get_untracked() && !within(".section-list") && !within(".section-toggle") {
            open.set(false);
        }
    });
    on_cleanup(move || elsewhere.remove());
    view! {
        <button type="button" class="section-toggle" aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)>
            {words::sections(lang)}
        </button>
    }
    .into_any()
}

/// Progress of the inspection, and the way to the next item without an answer.
#[component]
fn Next(model: ModelHandle, shown: ShownHandle, home: StoredValue<String>) -> AnyView {
    let lang = lang();
    let progress = model.get_value().progress();
    let last = StoredValue::new(None);
    let next = move |_| {
        let model = model.get_value();
        let is_shown = |place: &ItemPlace| {
            shown.with_untracked(|shown| shown.as_ref().is_none_or(|shown| shown.contains(place)))
        };
        let sheet = model.sheet();
        let next = |is_shown: &dyn Fn(&ItemPlace) -> bool| {
            sheet.next_in(Filter::Unanswered, last.get_value(), is_shown)
        };
        // Where a filter or a search leaves none, the next one is shown again.
        let place = next(&is_shown).or_else(|| next(&|_| true));
        last.set_value(place);
        if let Some(place) = place {
            show_again(&model, shown, place);
            go_to_item(&model, place);
        }
    };
    let review = home.with_value(|home| format!("{home}/review"));
    let (answered, counts) = (progress.clone(), progress.clone());
    let items = progress.get_untracked().items.max(1);
    let summary = move || {
        let progress = counts.get();
        let findings = progress.findings;
        let findings = (findings > 0).then(|| today_words::findings(lang, findings));
        let answered = words::progress_long(lang, progress.answered, progress.items);
        [Some(answered), findings].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let is_done = move || {
        let progress = progress.get();
        progress.answered == progress.items
    };
    view! {
        <p class="next-count">{summary}</p>
        <progress max=items value=move || answered.get().answered aria-hidden="true"></progress>
        <button type="button" class="primary" on:click=next disabled=is_done>
            {words::next_open(lang)}
        </button>
        <a class="button to-review" href=review>{tools::review(lang)}</a>
    }
    .into_any()
}

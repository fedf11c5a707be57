//! The search box and the filters, and what they do to the page: what is not shown is hidden by
//! one class on the list, so that only what is shown is touched.

use std::collections::BTreeSet;

use domain::order;
use leptos::prelude::*;
use texts::{Lang, inspection as words, tools};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::model::{InspectionModel, ModelHandle};
use super::narrow::{self, Haystack, Shown};
use super::plan::{ItemPlace, SectionPlace};
use super::search::Query;
use super::shell::element_of;
use super::state::{Filter, Progress, Sheet};
use super::view::go_to_conflict;
use crate::app::lang;

/// What is shown, for those who look for the next item.
pub(super) type ShownHandle = RwSignal<Shown>;

/// The search box and the filters.
#[component]
pub(super) fn Narrowing(model: ModelHandle, shown: ShownHandle) -> AnyView {
    let lang = lang();
    let query = RwSignal::new(String::new());
    let filter = RwSignal::new(None::<Filter>);
    // What is shown again, though nothing was found, counts too.
    let found = Memo::new(move |_| shown.with(|shown| shown.as_ref().map(BTreeSet::len)));
    // Kept between searches: one built anew for each letter would make typing slow.
    let haystack = StoredValue::new(Haystack::default());
    Effect::new(move || {
        let (query, filter) = (Query::new(&query.get()), filter.get());
        let model = model.get_value();
        let sheet = model.sheet();
        if !query.is_empty() && haystack.with_value(Haystack::is_empty) {
            haystack.set_value(Haystack::of(sheet.plan(), model.law()));
        }
        let next = haystack.with_value(|hay| narrow::shown(&sheet, hay, &query, filter));
        shown.update(|shown| show(&model, shown, next));
    });
    let result = move || match (found.get(), filter.get_untracked()) {
        (None, _) => String::new(),
        (Some(0), None) => words::found_none(lang).to_owned(),
        (Some(0), Some(_)) => tools::none_shown(lang).to_owned(),
        (Some(count), _) => tools::shown(lang, count),
    };
    let clear = move |_| {
        query.set(String::new());
        filter.set(None);
        // Written only here: never while someone types.
        if let Some(input) = box_of_search() {
            input.set_value("");
            let _ = input.focus();
        }
    };
    let nothing = move || {
        (found.get() == Some(0)).then(|| {
            view! {
                <div class="empty">
                    <p aria-hidden="true">{result}</p>
                    <button type="button" on:click=clear>{tools::clear_search(lang)}</button>
                </div>
            }
        })
    };
    view! {
        <search class="search">
            <label class="unseen" for="search">{words::search(lang)}</label>
            <input id="search" type="search" placeholder=words::search(lang) autocomplete="off"
                enterkeyhint="search" on:input=move |event| query.set(event_target_value(&event)) />
            <p role="status" aria-live="polite" class:unseen=move || found.get() == Some(0)>{result}</p>
            <NextConflict model shown />
        </search>
        <Filters model filter />
        {nothing}
    }
    .into_any()
}

/// The way to the next item in which two values wait for a decision; always at hand while there
/// is one. An item that a filter or a search has hidden is shown again: it must not be overlooked.
#[component]
fn NextConflict(model: ModelHandle, shown: ShownHandle) -> AnyView {
    let lang = lang();
    let progress = model.get_value().progress();
    let count = Memo::new(move |_| progress.get().conflicts);
    let last = StoredValue::new(None);
    let next = move |_| {
        let Some(model) = model.try_get_value() else { return };
        let sheet = model.sheet();
        let place = sheet.next_in(Filter::Conflicts, last.get_value(), |_| true);
        last.set_value(place);
        if let Some(place) = place {
            show_again(&model, shown, place);
            go_to_conflict(&model, place);
        }
    };
    let button = move || {
        (count.get() > 0).then(|| {
            view! {
                <button type="button" class="next-conflict" on:click=next>
                    {words::to_decide(lang, count.get())}
                </button>
            }
        })
    };
    view! { {button} }.into_any()
}

fn box_of_search() -> Option<HtmlInputElement> {
    document().get_element_by_id("search")?.dyn_into().ok()
}

/// Shows an item that a filter or a search has hidden, beside those that they leave.
pub(super) fn show_again(model: &InspectionModel, shown: ShownHandle, place: ItemPlace) {
    let with_it = |before: &BTreeSet<_>| order::gather(before.iter().copied().chain([place]));
    shown.update(|shown| {
        let next = shown.as_ref().map(with_it);
        show(model, shown, next);
    });
}

#[component]
fn Filters(model: ModelHandle, filter: RwSignal<Option<Filter>>) -> AnyView {
    let lang = lang();
    let (progress, unverified) = {
        let model = model.get_value();
        (model.progress(), model.sheet().places(Filter::Unverified).len())
    };
    let chip = |one: Filter| {
        let progress = progress.clone();
        let count = move || count(one, progress.get(), unverified);
        let is_chosen = move || filter.get() == Some(one);
        let toggle = move |_| filter.set((!is_chosen()).then_some(one));
        view! {
            <button type="button" class="chip" aria-pressed=move || is_chosen().to_string() on:click=toggle>
                {filter_words(lang, one)}
                <span class="chip-count">{count}</span>
            </button>
        }
    };
    view! {
        <div class="filters" role="group" aria-label=tools::filters(lang)>
            {Filter::ALL.into_iter().map(chip).collect_view()}
        </div>
    }
    .into_any()
}

fn count(filter: Filter, progress: Progress, unverified: usize) -> usize {
    let count = match filter {
        Filter::Unanswered => progress.items - progress.answered,
        Filter::Violations => progress.violations,
        Filter::Conflicts => progress.conflicts,
        Filter::Unverified => return unverified,
    };
    count as usize
}

fn filter_words(lang: Lang, filter: Filter) -> &'static str {
    match filter {
        Filter::Unanswered => tools::unanswered(lang),
        Filter::Violations => tools::violations(lang),
        Filter::Conflicts => tools::conflicts(lang),
        Filter::Unverified => tools::unverified(lang),
    }
}

/// Shows these items and no others; touches only those that come or go.
fn show(model: &InspectionModel, shown: &mut Shown, next: Shown) {
    if next.is_some() {
        model.draw_all();
    }
    let sheet = model.sheet();
    let list = document().get_element_by_id("sections");
    mark(list, "data-narrowed", next.is_some());
    let before = shown.take().unwrap_or_default();
    let after = next.clone().unwrap_or_default();
    for place in before.symmetric_difference(&after) {
        mark(element_of(*place), "data-shown", after.contains(place));
    }
    let (before, after) = (sections_of(&sheet, &before), sections_of(&sheet, &after));
    for section in before.symmetric_difference(&after) {
        mark(element_of_section(*section), "data-shown", after.contains(section));
    }
    *shown = next;
}

fn sections_of(sheet: &Sheet, places: &BTreeSet<ItemPlace>) -> BTreeSet<SectionPlace> {
    order::gather(places.iter().map(|place| sheet.plan().section_of(*place)))
}

fn element_of_section(section: SectionPlace) -> Option<Element> {
    document().get_element_by_id(&format!("s{}", section.0))
}

fn mark(element: Option<Element>, attribute: &str, is_marked: bool) {
    if let Some(element) = element {
        // Toggling an attribute fails only for a name that is none.
        let _ = element.toggle_attribute_with_force(attribute, is_marked);
    }
}

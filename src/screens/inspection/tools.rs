//! The tools of an inspection: search, list of sections, and the next item without an answer.

use leptos::prelude::*;
use texts::{Lang, inspection as words, today as today_words};

use super::cite;
use super::model::{InspectionModel, ModelHandle};
use super::plan::{ItemPlace, SectionPlace};
use super::search::{Query, fold};
use super::shell::element_of;
use super::state::Sheet;
use super::view::{SectionProgress, go_to_conflict, go_to_item, go_to_section};
use crate::app::lang;

/// Search, list of sections, and the next item without an answer.
#[component]
pub(super) fn Tools(model: ModelHandle) -> AnyView {
    view! {
        <Search model />
        <Sections model />
        <Next model />
    }
    .into_any()
}

#[component]
fn Search(model: ModelHandle) -> AnyView {
    let lang = lang();
    let found = RwSignal::new(None);
    let index = StoredValue::new(Vec::new());
    let search = move |event| {
        let query = Query::new(&event_target_value(&event));
        let model = model.get_value();
        if index.with_value(Vec::is_empty) {
            index.set_value(haystack(&model));
        }
        let count = index.with_value(|texts| show_matches(&model.sheet(), texts, &query));
        found.set((!query.is_empty()).then_some(count));
    };
    let result = move || match found.get() {
        None => String::new(),
        Some(0) => words::found_none(lang).to_owned(),
        Some(count) => words::found(lang, count),
    };
    view! {
        <search class="search">
            <label class="unseen" for="search">{words::search(lang)}</label>
            <input id="search" type="search" placeholder=words::search(lang) autocomplete="off"
                enterkeyhint="search" on:input=search />
            <p role="status" aria-live="polite">{result}</p>
            <NextConflict model />
        </search>
    }
    .into_any()
}

/// The way to the next item in which two values wait for a decision; always at hand while there
/// is one.
#[component]
fn NextConflict(model: ModelHandle) -> AnyView {
    let lang = lang();
    let progress = model.get_value().progress();
    let count = Memo::new(move |_| progress.get().conflicts);
    let last = StoredValue::new(None);
    let next = move |_| {
        let Some(model) = model.try_get_value() else { return };
        let place = next_conflict(&model.sheet(), last.get_value());
        last.set_value(place);
        place.into_iter().for_each(go_to_conflict);
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

/// The first item with a conflict after the one that was shown last, from the top again when
/// there is none.
fn next_conflict(sheet: &Sheet, last: Option<ItemPlace>) -> Option<ItemPlace> {
    let with_conflict = || sheet.plan().items().filter(|place| sheet.glance(*place).conflict);
    with_conflict().find(|place| Some(*place) > last).or_else(|| with_conflict().next())
}

/// Every item's question and provisions, folded, in the order of the plan. Made at the first
/// search.
fn haystack(model: &InspectionModel) -> Vec<String> {
    let sheet = model.sheet();
    sheet.plan().items().map(|place| fold(&searched_text(model, &sheet, place))).collect()
}

/// Both languages: who searches in one may remember the other.
fn searched_text(model: &InspectionModel, sheet: &Sheet, place: ItemPlace) -> String {
    let item = sheet.plan().item(place);
    let cited = item.duties.iter().chain(&item.sanctions);
    let cited = cited.map(|provision| cite::cite(Lang::Vi, model.law(), provision));
    let questions = [item.question_vi.clone(), item.question_en.clone()];
    questions.into_iter().chain(cited).collect::<Vec<_>>().join(" ")
}

/// Hides what does not match, and sections of which nothing is left; tells how many match.
fn show_matches(sheet: &Sheet, texts: &[String], query: &Query) -> usize {
    let plan = sheet.plan();
    let shown_in = |section: SectionPlace| {
        let matches = plan.items_of(section).filter(|place| {
            let matches = query.is_in(&texts[place.index()]);
            show(element_of(*place), matches);
            matches
        });
        let count = matches.count();
        show(document().get_element_by_id(&format!("s{}", section.0)), count > 0);
        count
    };
    plan.sections().map(shown_in).sum()
}

fn show(element: Option<web_sys::Element>, shown: bool) {
    if let Some(element) = element
        && element.has_attribute("hidden") == shown
    {
        // Toggling an attribute fails only for a name that is none.
        let _ = element.toggle_attribute_with_force("hidden", !shown);
    }
}

/// The list of sections: beside the items where there is room, unfolded on demand elsewhere.
#[component]
fn Sections(model: ModelHandle) -> AnyView {
    let lang = lang();
    let open = RwSignal::new(false);
    let places: Vec<_> = model.get_value().sheet().plan().sections().collect();
    let line = move |place: SectionPlace| {
        let (title, progress) = {
            let model = model.get_value();
            let title = model.sheet().plan().title(place).clone();
            (lang.pick(title.vi, title.en), model.progress_of(place))
        };
        let go = move |_| {
            open.set(false);
            go_to_section(place);
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
        <button type="button" class="section-toggle" aria-expanded=move || open.get().to_string()
            on:click=move |_| open.update(|open| *open = !*open)>
            {words::sections(lang)}
        </button>
    }
    .into_any()
}

/// Progress of the inspection, and the way to the next item without an answer.
#[component]
fn Next(model: ModelHandle) -> AnyView {
    let lang = lang();
    let progress = model.get_value().progress();
    let last = StoredValue::new(None);
    let next = move |_| {
        let model = model.get_value();
        let place = next_open(&model.sheet(), last.get_value());
        last.set_value(place);
        if let Some(place) = place {
            go_to_item(place);
        }
    };
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
        <div class="next">
            <p class="next-count">{summary}</p>
            <progress max=items value=move || answered.get().answered aria-hidden="true"></progress>
            <button type="button" class="primary" on:click=next disabled=is_done>
                {words::next_open(lang)}
            </button>
        </div>
    }
    .into_any()
}

/// The first item without an answer after the one that was shown last, from the top again when
/// there is none; a hidden one is left out.
fn next_open(sheet: &Sheet, last: Option<ItemPlace>) -> Option<ItemPlace> {
    let is_open = |place: &ItemPlace| {
        let hidden = element_of(*place).is_none_or(|element| element.has_attribute("hidden"));
        sheet.glance(*place).answer.is_none() && !hidden
    };
    let after = sheet.plan().items().filter(|place| Some(*place) > last).find(is_open);
    after.or_else(|| sheet.plan().items().find(is_open))
}

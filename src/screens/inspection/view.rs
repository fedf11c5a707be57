//! The inspection screen: head, search, sections with their items, and the way to what is open.

use std::rc::Rc;

use domain::answer::Answer;
use domain::ids::InspectionId;
use jiff::civil::Date;
use leptos::prelude::*;
use texts::{Lang, format, inspection as words, today as today_words};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::drawing::{self, Drawing};
use super::model::{InspectionModel, ModelHandle};
use super::narrowing::ShownHandle;
use super::plan::{ItemPlace, SectionPlace};
use super::shell::{Shell, element_of, list_id, place_of};
use super::state::Progress;
use super::tools::Tools;
use super::whole_section::{Done, DoneSignal, MarkSection};
use super::{by, held, markup};
use crate::app::{Address, lang};
use crate::components::notice::trouble_words;
use crate::law;
use crate::review::Review;
use crate::router::{self, Route};
use crate::seam::{Desk, Intent, Unreadable, Wiring};

/// The screen of one inspection.
#[component]
pub(crate) fn InspectionScreen(id: InspectionId) -> AnyView {
    let wiring = expect_context::<Wiring>();
    wiring.send.run(Intent::Show { inspection: id });
    on_cleanup(move || {
        wiring.send.try_run(Intent::Leave { inspection: id });
    });
    let shown = move || match wiring.board.desk.get() {
        Desk::Open(model) if model.id() == id => {
            view! { <Opened model home=Route::Inspection(id) review=Route::Review(id) /> }
                .into_any()
        }
        Desk::Unreadable(which, why) if which == id => unreadable(why),
        Desk::Empty | Desk::Fetching(_) | Desk::Open(_) | Desk::Unreadable(..) => loading(),
    };
    view! { {shown} }.into_any()
}

fn loading() -> AnyView {
    let lang = lang();
    view! { <p class="notice" role="status" aria-busy="true">{words::loading(lang)}</p> }.into_any()
}

fn unreadable(why: Unreadable) -> AnyView {
    let lang = lang();
    let (what, next) = match why {
        Unreadable::Unknown => (words::unknown(lang), words::unknown_next(lang)),
        Unreadable::PackMissing => (words::pack_missing(lang), words::pack_missing_next(lang)),
        Unreadable::Store(trouble) => trouble_words(lang, trouble),
    };
    view! {
        <section class="notice bad" role="alert">
            <h1>{what}</h1>
            <p>{next}</p>
            <a class="button" href=Route::Today.href()>{texts::app::to_today(lang)}</a>
        </section>
    }
    .into_any()
}

/// The inspection, open: its items, and beside them the review of what is missing.
#[component]
pub(crate) fn Opened(model: Rc<InspectionModel>, home: Route, review: Route) -> AnyView {
    let handle: ModelHandle = StoredValue::new_local(model.clone());
    let shell = Shell::new(handle, lang());
    keep_drafts_when_hidden(handle);
    let (shown, done) = (ShownHandle::new(None), DoneSignal::new(Done::Nothing));
    let (first, rest) = drawing::parts(model.sheet().plan());
    let empty = first.is_empty().then(|| nothing_asked(&model));
    let (change, click) = (on_change(handle), on_click(handle, shell.clone()));
    let sections: Vec<_> = first
        .iter()
        .map(|place| section(handle, *place, true, shown, done))
        .chain(rest.iter().map(|place| section(handle, *place, false, shown, done)))
        .collect();
    let drawing = Drawing::new(shell, (first, rest));
    connect_drawing(&model, drawing.clone());
    let begin = StoredValue::new_local(drawing);
    // Microtasks run before the next frame, when the markup is in the page.
    Effect::new(move || begin.get_value().begin());
    let Address { fragment, .. } = expect_context();
    let is_reviewing = Memo::new(move |_| fragment.with(|now| Route::parse(now) == review));
    let home = StoredValue::new(home.href());
    follow_address(handle, home, is_reviewing);
    view! {
        <article class="inspection" class:is-reviewing=move || is_reviewing.get()>
            <Head model=handle />
            {move || is_reviewing.get().then(|| view! { <Review model=handle home /> })}
            <Tools model=handle home shown done />
            {empty}
            <div class="sections" id="sections" on:change=change on:click=click>
                {sections}
            </div>
        </article>
    }
    .into_any()
}

/// Goes where the address leads within the screen: to the review, to an element, or back to where
/// the items stood when they were left.
fn follow_address(model: ModelHandle, home: StoredValue<String>, is_reviewing: Memo<bool>) {
    let Address { fragment, left_at_px } = expect_context();
    let stood_at_px = move || {
        let home = home.get_value();
        left_at_px.with_value(|all| all.get(&home).copied()).unwrap_or_default()
    };
    Effect::new(move |was: Option<bool>| {
        let is = is_reviewing.get();
        match fragment.with(|now| router::goal(now).map(str::to_owned)) {
            Some(element) => go_to(&model.get_value(), &element),
            None if is => {
                window().scroll_to_with_x_and_y(0.0, 0.0);
                focus_quietly("review-title");
            }
            None if was != Some(false) => scroll_back(&model.get_value(), stood_at_px()),
            None => {}
        }
        is
    });
}

/// Scrolls to where the items stood; what is not drawn yet has no height of its own.
fn scroll_back(model: &InspectionModel, stood_at_px: f64) {
    if stood_at_px > 0.0 {
        model.draw_all();
    }
    window().scroll_to_with_x_and_y(0.0, stood_at_px);
}

/// Brings the last finding of an item into view, if it is not, as soon as it is drawn: it opens
/// below what was tapped, where the screen may end.
pub(super) fn bring_into_view(place: ItemPlace) {
    request_animation_frame(move || {
        let last = "[data-finding]:last-of-type [name=facts]";
        let last = element_of(place).and_then(|item| item.query_selector(last).ok().flatten());
        if let Some(last) = last {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            last.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
}

/// Brings the keyboard to an element that is in sight.
fn focus_quietly(element: &str) {
    let element = document().get_element_by_id(element);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let quietly = web_sys::FocusOptions::new();
        quietly.set_prevent_scroll(true);
        // An element that cannot take the keyboard is only shown.
        let _ = element.focus_with_options(&quietly);
    }
}

/// Brings an element to the upper part of the screen and the keyboard to it, or to the first
/// field in it.
fn go_to(model: &InspectionModel, element: &str) {
    model.draw_all();
    let Some(element) = document().get_element_by_id(element) else { return };
    element.scroll_into_view();
    let is_field = element.matches("input, select, textarea, [tabindex]").unwrap_or(false);
    let within = || element.query_selector("input, select, textarea").ok().flatten();
    let field = if is_field { Some(element.clone()) } else { within() };
    focus(field);
}

fn connect_drawing(model: &Rc<InspectionModel>, drawing: Rc<Drawing>) {
    model.set_drawn(Some(drawing));
    let model = StoredValue::new_local(model.clone());
    on_cleanup(move || {
        if let Some(model) = model.try_get_value() {
            model.save_drafts();
            model.set_drawn(None);
        }
    });
}

fn keep_drafts_when_hidden(model: ModelHandle) {
    let keep = move || {
        if let Some(model) = model.try_get_value() {
            model.save_drafts();
        }
    };
    let hidden = window_event_listener_untyped("visibilitychange", move |_| keep());
    let left = window_event_listener_untyped("pagehide", move |_| keep());
    on_cleanup(move || {
        hidden.remove();
        left.remove();
    });
}

/// One listener for every answer of the inspection.
fn on_change(model: ModelHandle) -> impl Fn(web_sys::Event) + 'static {
    move |event| {
        let Some(input) = target::<HtmlInputElement>(&event) else {
            return;
        };
        let answer = Answer::from_name(&input.value()).filter(|_| input.type_() == "radio");
        if let (Some(answer), Some(place)) = (answer, place_of(&input))
            && let Some(model) = model.try_get_value()
        {
            model.answer(place, answer);
            if answer == Answer::Violation {
                bring_into_view(place);
            }
        }
    }
}

/// One listener for every request to see the legal basis or to write a note.
fn on_click(model: ModelHandle, shell: Rc<Shell>) -> impl Fn(web_sys::MouseEvent) + 'static {
    let shell = StoredValue::new_local(shell);
    move |event| {
        let Some(target) = target::<Element>(&event) else {
            return;
        };
        let (Some(place), Some(model)) = (place_of(&target), model.try_get_value()) else {
            return;
        };
        let is_on = |selector| target.closest(selector).is_ok_and(|found| found.is_some());
        if is_on("[data-add-note]") {
            model.open_note(place);
        } else if is_on("[data-clear-answer]") {
            model.clear_answer(place);
        } else if let Ok(Some(cited)) = target.closest("[data-law]") {
            law::open(&model, &cited);
        } else if let (Ok(Some(button)), Some(shell)) =
            (target.closest(".why"), shell.try_get_value())
        {
            shell.toggle_basis(place, &button);
        }
    }
}

fn target<T: JsCast>(event: &web_sys::Event) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// Who, where, when, by which decision; and what the inspector should know about the record.
#[component]
fn Head(model: ModelHandle) -> AnyView {
    let lang = lang();
    let kinds = expect_context::<Wiring>().board.kinds;
    let shown = move || {
        let model = model.get_value();
        let summary = model.summary(0)?;
        let _ = model.follow_head();
        let kind = kinds.with(|kinds| {
            let kind = kinds.iter().find(|kind| kind.id == summary.kind)?;
            Some(lang.pick(kind.words.vi.clone(), kind.words.en.clone()))
        });
        let decision = match &summary.decision {
            Some(number) => view! { <span>{today_words::decision(lang, number)}</span> }.into_any(),
            None => view! { <span class="badge warn">{today_words::decision_pending(lang)}</span> }
                .into_any(),
        };
        Some(view! {
            <h1>{summary.establishment}</h1>
            <p class="facts">
                {kind.map(|kind| view! { <span>{kind}</span> })}
                <span>{today_words::on(lang, &format::day(lang, summary.on))}</span>
                {decision}
            </p>
            {warnings(lang, &model)}
        })
    };
    view! {
        <header class="inspection-head">
            {shown}
            <Conflicts model />
        </header>
    }
    .into_any()
}

fn warnings(lang: Lang, model: &Rc<InspectionModel>) -> AnyView {
    let sheet = model.sheet();
    let held = held::summary(lang, &sheet);
    let not_understood =
        sheet.state().no_effect().filter(|(_, why)| is_of_later_version(why)).count();
    let cancelled = by::cancelled(lang, sheet.state());
    let corrected = model.corrected_day().map(|days| corrected_day(lang, model.clone(), days));
    let lines = [
        cancelled,
        (!sheet.may_write()).then(|| words::read_only(lang).to_owned()),
        (not_understood > 0).then(|| words::not_understood(lang, not_understood)),
    ];
    let line = |line: String| view! { <p class="warning">{line}</p> };
    view! {
        {lines.into_iter().flatten().map(line).collect_view()}
        {corrected}
        <div inner_html=held.into_string()></div>
    }
    .into_any()
}

/// That headquarters has put the inspection on another day, by which other items may be asked.
/// They change when the person says so: nothing goes away under the hand.
fn corrected_day(lang: Lang, model: Rc<InspectionModel>, (before, on): (Date, Date)) -> AnyView {
    let (before, on) = (format::day(lang, before), format::day(lang, on));
    let model = StoredValue::new_local(model);
    let ask = move |_| {
        model.with_value(|model| model.save_drafts());
        // A browser that does not load the page again leaves it as it is.
        let _ = window().location().reload();
    };
    view! {
        <div class="warning" role="status">
            <p>{words::day_corrected(lang, &before, &on)}</p>
            <button type="button" on:click=ask>{words::ask_by_new_day(lang)}</button>
        </div>
    }
    .into_any()
}

/// How many items wait for a decision between two values.
#[component]
fn Conflicts(model: ModelHandle) -> AnyView {
    let lang = lang();
    let progress = model.get_value().progress();
    let count = Memo::new(move |_| progress.get().conflicts);
    let line = move || {
        let count = count.get();
        (count > 0).then(|| view! { <p class="warning">{words::conflicts(lang, count)}</p> })
    };
    view! { <div role="status" class="conflict-count">{line}</div> }.into_any()
}

fn is_of_later_version(why: &domain::state::NoEffect) -> bool {
    match why {
        domain::state::NoEffect::UnknownAct(_) => true,
        domain::state::NoEffect::NotHeadquarters(_) | domain::state::NoEffect::Withheld => false,
    }
}

fn nothing_asked(model: &InspectionModel) -> AnyView {
    let lang = lang();
    let opened = model.with_state(|state| state.opened().is_some());
    let text = if opened { words::no_items(lang) } else { words::no_opening(lang) };
    view! { <p class="notice" role="status">{text}</p> }.into_any()
}

/// About how high an item is before it was ever drawn, in CSS pixels.
const ITEM_HEIGHT_PX: usize = 190;

/// A section with its items, or with the room that they will take.
fn section(
    handle: ModelHandle,
    place: SectionPlace,
    is_drawn: bool,
    shown: ShownHandle,
    done: DoneSignal,
) -> AnyView {
    let lang = lang();
    let model = handle.get_value();
    let sheet = model.sheet();
    let title = sheet.plan().title(place);
    let title = lang.pick(&title.vi, &title.en).clone();
    let items_px = sheet.plan().items_of(place).count() * ITEM_HEIGHT_PX;
    let height = format!("auto {}px", items_px + 64);
    let room = (!is_drawn).then(|| format!("{items_px}px"));
    let items = if is_drawn { markup::items(lang, &sheet, place) } else { String::new() };
    let heading = format!("h{}", place.0);
    let labelled_by = heading.clone();
    view! {
        <section class="section" id=format!("s{}", place.0) aria-labelledby=labelled_by
            style:contain-intrinsic-block-size=height>
            <header>
                <h2 id=heading tabindex="-1">{title}</h2>
                <SectionProgress progress=model.progress_of(place) />
                <MarkSection model=handle place shown done />
            </header>
            <div id=list_id(place) style:min-block-size=room inner_html=items></div>
        </section>
    }
    .into_any()
}

#[component]
pub(super) fn SectionProgress(progress: ArcRwSignal<Progress>) -> AnyView {
    let lang = lang();
    let items = progress.get_untracked().items.max(1);
    let answered = progress.clone();
    let counts = move || {
        let progress = progress.get();
        words::progress(lang, progress.answered, progress.items)
    };
    view! {
        <p class="count">{counts}</p>
        <progress max=items value=move || answered.get().answered aria-hidden="true"></progress>
    }
    .into_any()
}

/// Brings an item to the upper part of the screen and the keyboard to it.
pub(super) fn go_to_item(model: &InspectionModel, place: ItemPlace) {
    go_to(model, &format!("i{}", place.0));
}

/// Brings an item to the upper part of the screen and the keyboard to the first choice in its
/// conflict.
pub(super) fn go_to_conflict(model: &InspectionModel, place: ItemPlace) {
    model.draw_all();
    let Some(element) = element_of(place) else { return };
    element.scroll_into_view();
    focus(element.query_selector("[data-decide]").ok().flatten());
}

/// Brings a section to the upper part of the screen and the keyboard to its heading.
pub(super) fn go_to_section(model: &InspectionModel, place: SectionPlace) {
    go_to(model, &format!("h{}", place.0));
}

fn focus(element: Option<Element>) {
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot take the keyboard is only scrolled to.
        let _ = element.focus();
    }
}

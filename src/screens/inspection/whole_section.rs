//! A whole section answered at once, or what a filter or a search shows of it, and the offer to
//! undo it. What is hidden is never written.

use domain::answer::Answer;
use leptos::prelude::*;
use texts::tools as words;

use super::model::ModelHandle;
use super::narrow;
use super::narrowing::ShownHandle;
use super::plan::SectionPlace;
use super::state::Undo;
use crate::app::lang;

/// What was done last to a whole section, and what there is to say about it.
#[derive(Clone, Default)]
pub(super) enum Done {
    /// Nothing, or the person has seen it.
    #[default]
    Nothing,
    /// A section was marked.
    Marked(Undo),
    /// It was undone, over so many items.
    Undone(usize),
}

/// What was done last, for the section that does it and the offer that undoes it.
pub(super) type DoneSignal = RwSignal<Done>;

/// The way to answer at once what is shown of a section, while something in it is not answered so.
#[component]
pub(super) fn MarkSection(
    model: ModelHandle,
    place: SectionPlace,
    shown: ShownHandle,
    done: DoneSignal,
) -> AnyView {
    let lang = lang();
    let title = {
        let model = model.get_value();
        let title = model.sheet().plan().title(place).clone();
        lang.pick(title.vi, title.en)
    };
    let progress = model.get_value().progress_of(place);
    let of_section = move |shown: &narrow::Shown| {
        narrow::of_section(model.get_value().sheet().plan(), place, shown)
    };
    // How many are shown where that is a part only; whether all that is shown is marked.
    let about = Memo::new(move |_| {
        progress.track();
        let (items, is_whole) = shown.with(of_section);
        let is_marked = model.get_value().sheet().are_all(&items, Answer::NotApplicable);
        ((!is_whole).then_some(items.len()), is_marked)
    });
    let mark = move |_| {
        let Some(model) = model.try_get_value() else { return };
        let (items, _) = shown.with_untracked(of_section);
        if about.get_untracked().1 {
            done.set(Done::Nothing);
            model.clear_all(&items, Answer::NotApplicable);
        } else {
            done.set(Done::Marked(model.answer_all(&items, Answer::NotApplicable)));
        }
    };
    let said = move || match about.get() {
        (None, false) => words::mark_section(lang).to_owned(),
        (None, true) => words::clear_section(lang).to_owned(),
        (Some(count), false) => words::mark_shown(lang, count),
        (Some(count), true) => words::clear_shown(lang, count),
    };
    let may_write = model.get_value().sheet().may_write();
    view! {
        <button type="button" class="quiet mark-section" hidden=!may_write on:click=mark
            aria-label=move || words::of_section(lang, &said(), &title)>
            {said}
        </button>
    }
    .into_any()
}

/// Says what was done to several items, and undoes it.
#[component]
pub(super) fn UndoOffer(model: ModelHandle, done: DoneSignal) -> AnyView {
    let lang = lang();
    let said = move || match done.get() {
        Done::Nothing => String::new(),
        Done::Undone(count) => words::undone(lang, count),
        Done::Marked(undo) if undo.left == 0 => words::section_marked(lang, undo.count()),
        Done::Marked(undo) => {
            let (marked, left) =
                (words::section_marked(lang, undo.count()), words::section_left(lang, undo.left));
            format!("{marked} {left}")
        }
    };
    let undo = move |_| {
        if let (Done::Marked(undo), Some(model)) = (done.get_untracked(), model.try_get_value()) {
            done.set(Done::Undone(model.undo(&undo)));
        }
    };
    let can_undo = move || done.with(|done| matches!(done, Done::Marked(undo) if undo.count() > 0));
    let is_nothing = move || done.with(|done| matches!(done, Done::Nothing));
    view! {
        <div class="toast" data-empty=move || is_nothing().then_some("")>
            <p role="status">{said}</p>
            <button type="button" hidden=move || !can_undo() on:click=undo>{words::undo(lang)}</button>
            <button type="button" class="quiet" hidden=is_nothing on:click=move |_| done.set(Done::Nothing)>
                {words::close(lang)}
            </button>
        </div>
    }
    .into_any()
}

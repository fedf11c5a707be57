//! A whole section answered at once, and the offer to undo it.

use domain::answer::Answer;
use leptos::prelude::*;
use texts::tools as words;

use super::model::ModelHandle;
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

/// The way to answer a section at once, while something in it is not answered so.
#[component]
pub(super) fn MarkSection(model: ModelHandle, place: SectionPlace, done: DoneSignal) -> AnyView {
    let lang = lang();
    let title = {
        let model = model.get_value();
        let title = model.sheet().plan().title(place).clone();
        lang.pick(title.vi, title.en)
    };
    let progress = model.get_value().progress_of(place);
    let is_marked = Memo::new(move |_| {
        progress.track();
        model.get_value().sheet().is_section(place, Answer::NotApplicable)
    });
    let mark = move |_| {
        let Some(model) = model.try_get_value() else { return };
        if is_marked.get_untracked() {
            done.set(Done::Nothing);
            model.clear_section(place, Answer::NotApplicable);
        } else {
            let undo = model.answer_section(place, Answer::NotApplicable);
            done.set(Done::Marked(undo));
        }
    };
    let may_write = model.get_value().sheet().may_write();
    view! {
        <button type="button" class="quiet mark-section" hidden=!may_write on:click=mark
            aria-label=move || match is_marked.get() {
                true => words::clear_section_of(lang, &title),
                false => words::mark_section_of(lang, &title),
            }>
            {move || if is_marked.get() { words::clear_section(lang) } else { words::mark_section(lang) }}
        </button>
    }
    .into_any()
}

/// Says what was done to a section, and undoes it.
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

//! A field of an item or of a finding: shows what the sheet holds, and passes on what is typed.
//!
//! When typed text is a draft and when an event is decided by `typing`; what it amounts to by the
//! sheet. The element's value is never written while someone types in it: that would break the
//! input methods with which Vietnamese is typed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use domain::answer::StatementState;
use domain::moment::parse_day;
use domain::register::Value;
use leptos::prelude::*;
use texts::{Lang, finding as words};
use wasm_bindgen::JsCast;

use super::typing::{DRAFT_AFTER_MS, Deed, Happened, RECORD_AFTER_MS, Typing};
use crate::app::lang;
use crate::inspection::conflict::FieldConflict;
use crate::inspection::model::{InspectionModel, ModelHandle};
use crate::inspection::plan::ItemPlace;
use crate::inspection::state::{Spot, field_id};

/// Where a field stands.
#[derive(Clone)]
pub(crate) struct FieldAt {
    pub(crate) model: ModelHandle,
    pub(crate) place: ItemPlace,
    pub(crate) spot: Spot,
}

impl FieldAt {
    /// The words in the field, for an effect that follows them.
    fn text(&self) -> String {
        self.model.get_value().follow(self.place).text(self.place, &self.spot)
    }

    fn text_untracked(&self) -> String {
        self.model.get_value().sheet().text(self.place, &self.spot)
    }

    fn typed(&self) -> Option<String> {
        let model = self.model.try_get_value()?;
        let sheet = model.sheet();
        sheet.typed(self.place, &self.spot).map(str::to_owned)
    }

    /// Does something with the model, unless the screen was left: a browser may report that a
    /// field was left while it is being taken away.
    pub(crate) fn act(&self, act: impl FnOnce(&InspectionModel, ItemPlace, &Spot)) {
        if let Some(model) = self.model.try_get_value() {
            act(&model, self.place, &self.spot);
        }
    }

    fn element_id(&self) -> String {
        field_id(self.place, &self.spot)
    }
}

/// What is typed in a field, and what value it amounts to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Several lines of words.
    Words,
    /// One line of words.
    Line,
    /// A day.
    Day,
}

impl Kind {
    /// The value of a text; `None` while it is none yet.
    fn read(self, text: &str) -> Option<Value> {
        match self {
            Self::Words | Self::Line => Some(Value::text(text)),
            Self::Day if text.is_empty() => Some(Value::Empty),
            // The year of a day that is typed passes through 2, 20 and 202.
            Self::Day => parse_day(text).filter(|day| day.year() >= 1900).map(Value::Day),
        }
    }
}

/// A field into which something is typed.
#[component]
pub(crate) fn TypedField(
    at: FieldAt,
    kind: Kind,
    label: &'static str,
    #[prop(default = "")] hint: &'static str,
) -> AnyView {
    let typist = Typist::new(at.clone(), kind);
    let id = at.element_id();
    let hint_id = (!hint.is_empty()).then(|| format!("{id}-hint"));
    follow_element(&at, id.clone(), typist);
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            {hint_id.clone().map(|id| view! { <p class="hint" id=id>{hint}</p> })}
            {control(&at, kind, typist, id, hint_id)}
            <HalfTyped typist />
            <RestoredDraft typist />
            <FieldConflict at name=label />
        </div>
    }
    .into_any()
}

fn control(
    at: &FieldAt,
    kind: Kind,
    typist: TypistHandle,
    id: String,
    hint_id: Option<String>,
) -> AnyView {
    let name = at.spot.field.to_string();
    let value = at.text_untracked();
    let only_read = !at.model.get_value().sheet().may_write();
    let input = move |event: web_sys::Event| typist.get_value().key(event_target_value(&event));
    let left = move |_: web_sys::Event| happened(typist, Happened::Left);
    let blur = move |_: web_sys::FocusEvent| happened(typist, Happened::Left);
    match kind {
        Kind::Words => view! {
            <textarea id=id name=name rows="3" autocomplete="off" prop:value=value aria-describedby=hint_id readonly=only_read
                on:input=input on:change=left on:blur=blur></textarea>
        }
        .into_any(),
        Kind::Line | Kind::Day => view! {
            <input id=id name=name type=if kind == Kind::Day { "date" } else { "text" }
                prop:value=value aria-describedby=hint_id autocomplete="off" readonly=only_read
                on:input=input on:change=left on:blur=blur />
        }
        .into_any(),
    }
}

/// The choice of whether the other side gave a statement.
#[component]
pub(crate) fn StatementChoice(at: FieldAt) -> AnyView {
    let lang = lang();
    let id = at.element_id();
    let name = at.spot.field.to_string();
    let label = words::statement_state(lang);
    let only_read = !at.model.get_value().sheet().may_write();
    let (chosen, shown) = (at.clone(), at.clone());
    let change = move |event: web_sys::Event| {
        let state = StatementState::from_name(&event_target_value(&event));
        let value = state.map_or(Value::Empty, StatementState::value);
        chosen.act(|model, place, spot| model.record(place, spot, value));
    };
    Effect::new({
        let id = id.clone();
        move || write_element(&id, &shown.text())
    });
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name disabled=only_read on:change=change>
                <option value="">{words::statement_none(lang)}</option>
                {StatementState::ALL.iter().map(|state| statement_option(lang, *state)).collect_view()}
            </select>
            <FieldConflict at name=label />
        </div>
    }
    .into_any()
}

fn statement_option(lang: Lang, state: StatementState) -> impl IntoView {
    view! { <option value=state.name()>{statement_words(lang, state)}</option> }
}

/// The words for the state of a statement.
pub(crate) fn statement_words(lang: Lang, state: StatementState) -> &'static str {
    match state {
        StatementState::Given => words::given(lang),
        StatementState::Declined => words::declined(lang),
        StatementState::Impossible => words::impossible(lang),
    }
}

/// Keeps the element's value as the sheet has it, unless someone is typing.
fn follow_element(at: &FieldAt, id: String, typist: TypistHandle) {
    let at = at.clone();
    Effect::new(move || {
        let text = at.text();
        if typist.get_value().typing.get() == Typing::Still {
            write_element(&id, &text);
        }
    });
}

/// Writes a control's value, if it has another: writing the same one may move the caret.
fn write_element(id: &str, text: &str) {
    let Some(element) = document().get_element_by_id(id) else {
        return;
    };
    if let Some(input) = element.dyn_ref::<web_sys::HtmlInputElement>() {
        if input.value() != text {
            input.set_value(text);
        }
    } else if let Some(area) = element.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        if area.value() != text {
            area.set_value(text);
        }
    } else if let Some(select) = element.dyn_ref::<web_sys::HtmlSelectElement>()
        && select.value() != text
    {
        select.set_value(text);
    }
}

/// Says that a day was left before it was complete: it looks entered and is not.
#[component]
fn HalfTyped(typist: TypistHandle) -> AnyView {
    let lang = lang();
    let half_typed = typist.get_value().half_typed;
    let note = move || {
        half_typed.get().then(|| view! { <p class="fault">{words::day_incomplete(lang)}</p> })
    };
    view! { <div role="status">{note}</div> }.into_any()
}

/// Says that a draft was restored, and offers to record it.
#[component]
fn RestoredDraft(typist: TypistHandle) -> AnyView {
    let lang = lang();
    let restored = typist.get_value().restored;
    let note = move || {
        view! {
            <p class="draft">
                <span>{words::draft(lang)}</span>
                <button type="button" on:click=move |_| happened(typist, Happened::Left)>
                    {words::record_draft(lang)}
                </button>
            </p>
        }
    };
    view! { {move || restored.get().then(note)} }.into_any()
}

/// Carries out what `typing` decides, for one field.
struct Typist {
    at: FieldAt,
    kind: Kind,
    typing: Cell<Typing>,
    restored: RwSignal<bool>,
    half_typed: RwSignal<bool>,
    draft_timer: RefCell<Option<TimeoutHandle>>,
    record_timer: RefCell<Option<TimeoutHandle>>,
}

type TypistHandle = StoredValue<Rc<Typist>, LocalStorage>;

/// Passes on what happened, unless the screen was left.
fn happened(typist: TypistHandle, happened: Happened) {
    if let Some(typist) = typist.try_get_value() {
        typist.happened(happened);
    }
}

impl Typist {
    fn new(at: FieldAt, kind: Kind) -> TypistHandle {
        let restored = at.typed().is_some();
        let typist = StoredValue::new_local(Rc::new(Self {
            at,
            kind,
            typing: Cell::new(if restored { Typing::Drafted } else { Typing::Still }),
            restored: RwSignal::new(restored),
            half_typed: RwSignal::new(false),
            draft_timer: RefCell::default(),
            record_timer: RefCell::default(),
        }));
        on_cleanup(move || {
            if let Some(typist) = typist.try_get_value() {
                stop(&typist.draft_timer);
                stop(&typist.record_timer);
            }
        });
        typist
    }

    fn key(self: &Rc<Self>, text: String) {
        self.restored.set(false);
        self.half_typed.set(false);
        self.at.act(|model, place, spot| model.type_text(place, spot, text));
        self.happened(Happened::Key);
    }

    fn happened(self: &Rc<Self>, happened: Happened) {
        let mut typing = self.typing.get();
        let deeds = typing.update(happened);
        self.typing.set(typing);
        deeds.iter().for_each(|deed| self.carry_out(*deed));
    }

    fn carry_out(self: &Rc<Self>, deed: Deed) {
        match deed {
            Deed::WakeForDraft => self.wake(&self.draft_timer, DRAFT_AFTER_MS, Happened::DraftDue),
            Deed::WakeForRecord => {
                self.wake(&self.record_timer, RECORD_AFTER_MS, Happened::RecordDue);
            }
            Deed::SaveDraft => self.at.act(|model, place, spot| model.save_draft(place, spot)),
            Deed::Record => self.record(),
        }
    }

    fn record(&self) {
        let value = self.at.typed().and_then(|text| self.kind.read(&text));
        let half_typed = self.is_half_typed();
        self.half_typed.try_set(half_typed);
        match value.filter(|_| !half_typed) {
            Some(value) => {
                self.restored.try_set(false);
                self.at.act(|model, place, spot| model.record(place, spot, value));
            }
            None => self.typing.set(Typing::Drafted),
        }
    }

    /// Whether the browser holds a day that is not complete, whose value is empty for us.
    fn is_half_typed(&self) -> bool {
        let element = document().get_element_by_id(&self.at.element_id());
        let input =
            element.and_then(|element| element.dyn_into::<web_sys::HtmlInputElement>().ok());
        input.is_some_and(|input| input.validity().bad_input())
    }

    fn wake(
        self: &Rc<Self>,
        timer: &RefCell<Option<TimeoutHandle>>,
        after_ms: u64,
        happened: Happened,
    ) {
        let typist = Rc::downgrade(self);
        let woken = move || {
            if let Some(typist) = typist.upgrade() {
                typist.happened(happened);
            }
        };
        stop(timer);
        *timer.borrow_mut() = set_timeout_with_handle(woken, Duration::from_millis(after_ms)).ok();
    }
}

fn stop(timer: &RefCell<Option<TimeoutHandle>>) {
    if let Some(handle) = timer.borrow_mut().take() {
        handle.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_read_when_its_year_is_complete() {
        assert_eq!(Kind::Day.read("0202-07-01"), None);
        assert_eq!(Kind::Day.read("2026-07-01"), Some(Value::Day(date(2026, 7, 1))));
        assert_eq!(Kind::Day.read(""), Some(Value::Empty));
        assert_eq!(Kind::Words.read("  "), Some(Value::Empty));
    }
}

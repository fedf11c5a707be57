//! Draws the form that opens an inspection.

use leptos::prelude::*;
use texts::{Lang, opening as words};

use super::state::{DecisionForm, Fault, Form};
use crate::app::lang;
use crate::components::notice::trouble_words;
use crate::router::Route;
use crate::seam::{Intent, NewInspectionState, Wiring};

/// The form that opens an inspection.
#[component]
pub(crate) fn NewInspectionScreen() -> AnyView {
    let lang = lang();
    let Wiring { board, send, today, .. } = expect_context::<Wiring>();
    let form = RwSignal::new(Form::on(today.run(())));
    let faults = RwSignal::new(Vec::new());
    board.new_inspection.set(NewInspectionState::Idle);
    go_there_when_opened(board.new_inspection);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        match form.get_untracked().read() {
            Ok(inspection) => {
                faults.set(Vec::new());
                send.run(Intent::OpenInspection(inspection));
            }
            Err(found) => faults.set(found),
        }
    };
    let recording = Memo::new(move |_| board.new_inspection.get() == NewInspectionState::Recording);
    view! {
        <form class="opening" on:submit=submit novalidate>
            <h1>{words::title(lang)}</h1>
            <p>{words::lead(lang)}</p>
            <Text form faults fault=Fault::Establishment name="establishment" label=words::establishment(lang)
                write=|form, text| form.establishment = text />
            <Kinds form faults />
            <Text form faults name="address" label=words::address(lang)
                write=|form, text| form.address = text />
            <Text form faults fault=Fault::Reason name="reason" label=words::reason(lang)
                write=|form, text| form.reason = text />
            <Text form faults fault=Fault::Day name="on" kind="date" label=words::on(lang)
                value=form.get_untracked().on write=|form, text| form.on = text />
            <DecisionFields form faults />
            {move || all_faults(lang, faults.get())}
            {move || failed(lang, board.new_inspection.get())}
            <button type="submit" class="primary" disabled=move || recording.get()>
                {move || if recording.get() { words::recording(lang) } else { words::submit(lang) }}
            </button>
        </form>
    }
    .into_any()
}

fn go_there_when_opened(state: RwSignal<NewInspectionState>) {
    Effect::new(move || {
        if let NewInspectionState::Opened(id) = state.get() {
            // An address that the browser refuses leaves the form; the inspection is on the first
            // page.
            let _ = window().location().replace(&Route::Inspection(id).href());
        }
    });
}

fn failed(lang: Lang, state: NewInspectionState) -> Option<AnyView> {
    let NewInspectionState::Failed(trouble) = state else {
        return None;
    };
    let (what, next) = trouble_words(lang, trouble);
    Some(view! { <div class="trouble" role="alert"><p>{what}</p><p>{next}</p></div> }.into_any())
}

fn all_faults(lang: Lang, faults: Vec<Fault>) -> Option<AnyView> {
    let line = |fault: &Fault| view! { <li>{fault_words(lang, *fault)}</li> };
    let lines = faults.iter().map(line).collect_view();
    (!faults.is_empty()).then(|| {
        view! {
            <div class="fault" role="alert">
                <p>{words::faults(lang, faults.len())}</p>
                <ul>{lines}</ul>
            </div>
        }
        .into_any()
    })
}

fn fault_words(lang: Lang, fault: Fault) -> &'static str {
    match fault {
        Fault::Establishment => words::establishment_missing(lang),
        Fault::Kind => words::kind_missing(lang),
        Fault::Reason => words::reason_missing(lang),
        Fault::Day => words::day_missing(lang),
        Fault::DecisionNumber => words::number_missing(lang),
        Fault::DecisionDay => words::decision_day_missing(lang),
    }
}

/// One line of the form.
#[component]
fn Text(
    form: RwSignal<Form>,
    faults: RwSignal<Vec<Fault>>,
    #[prop(optional)] fault: Option<Fault>,
    name: &'static str,
    #[prop(default = "text")] kind: &'static str,
    label: &'static str,
    #[prop(optional)] value: String,
    write: fn(&mut Form, String),
) -> AnyView {
    let is_wrong = move || fault.is_some_and(|fault| faults.with(|found| found.contains(&fault)));
    let input = move |event| form.update(|form| write(form, event_target_value(&event)));
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input id=name name=name type=kind value=value autocomplete="off"
                aria-invalid=move || is_wrong().to_string() on:input=input />
        </div>
    }
    .into_any()
}

#[component]
fn Kinds(form: RwSignal<Form>, faults: RwSignal<Vec<Fault>>) -> AnyView {
    let lang = lang();
    let kinds = expect_context::<Wiring>().board.kinds;
    let is_wrong = move || faults.with(|found| found.contains(&Fault::Kind));
    let options = move || {
        let option = |kind: crate::seam::EstablishmentKind| {
            view! { <option value=kind.id>{lang.pick(kind.words.vi, kind.words.en)}</option> }
        };
        kinds.get().into_iter().map(option).collect_view()
    };
    let missing = move || {
        kinds.with(Vec::is_empty).then(|| {
            view! { <p class="fault" role="status">{words::kinds_missing(lang)}</p> }
        })
    };
    view! {
        <div class="field">
            <label for="kind">{words::kind(lang)}</label>
            <select id="kind" name="kind" aria-invalid=move || is_wrong().to_string()
                on:change=move |event| form.update(|form| form.kind = event_target_value(&event))>
                <option value="">{words::choose(lang)}</option>
                {options}
            </select>
            {missing}
        </div>
    }
    .into_any()
}

#[component]
fn DecisionFields(form: RwSignal<Form>, faults: RwSignal<Vec<Fault>>) -> AnyView {
    let lang = lang();
    let known = Memo::new(move |_| form.with(|form| form.decision != DecisionForm::Pending));
    let choose = move |decision: DecisionForm| form.update(|form| form.decision = decision.clone());
    let choice = move |value: &'static str, text: &'static str, decision: fn() -> DecisionForm| {
        let is_chosen = known.get_untracked() == (value == "known");
        view! {
            <label class="choice">
                <input type="radio" name="decision" value=value checked=is_chosen
                    on:change=move |_| choose(decision()) />
                <span>{text}</span>
            </label>
        }
    };
    let empty = || DecisionForm::Known { number: String::new(), on: String::new() };
    let fields = move || {
        known.get().then(|| {
            view! {
                <Text form faults fault=Fault::DecisionNumber name="decision_number"
                    label=words::decision_number(lang) write=write_number />
                <Text form faults fault=Fault::DecisionDay name="decision_on" kind="date"
                    label=words::decision_on(lang) write=write_day />
            }
        })
    };
    view! {
        <fieldset>
            <legend>{words::decision(lang)}</legend>
            <div class="choices">
                {choice("pending", words::decision_pending(lang), || DecisionForm::Pending)}
                {choice("known", words::decision_known(lang), empty)}
            </div>
            {fields}
        </fieldset>
    }
    .into_any()
}

fn write_number(form: &mut Form, text: String) {
    if let DecisionForm::Known { number, .. } = &mut form.decision {
        *number = text;
    }
}

fn write_day(form: &mut Form, text: String) {
    if let DecisionForm::Known { on, .. } = &mut form.decision {
        *on = text;
    }
}

//! Taking findings back: with a reason when they have begun, and without a trace when not.

use domain::ids::FindingId;
use leptos::prelude::*;
use texts::{app as app_words, finding as words};

use super::model::ModelHandle;
use super::plan::ItemPlace;
use crate::app::lang;

/// The way to withdraw a finding that has begun.
#[component]
pub(super) fn Withdraw(model: ModelHandle, place: ItemPlace, finding: FindingId) -> AnyView {
    let lang = lang();
    let asking = RwSignal::new(false);
    let begun = Memo::new(move |_| {
        let model = model.get_value();
        let sheet = model.follow(place);
        sheet.may_write() && sheet.has_begun(place, finding)
    });
    let shown = move || match (begun.get(), asking.get()) {
        (false, _) => None,
        (true, false) => Some(
            view! {
                <button type="button" class="quiet" on:click=move |_| asking.set(true)>
                    {words::withdraw(lang)}
                </button>
            }
            .into_any(),
        ),
        (true, true) => Some(ask(model, place, vec![finding], move || asking.set(false))),
    };
    view! { {shown} }.into_any()
}

/// Asks about the findings that stand although the answer is no longer *violation*.
#[component]
pub(super) fn LeftOver(model: ModelHandle, place: ItemPlace) -> AnyView {
    let lang = lang();
    let left_over = Memo::new(move |_| model.get_value().follow(place).left_over(place));
    let keep = move || {
        if let Some(model) = model.try_get_value() {
            model.keep_findings(place);
        }
    };
    let shown = move || {
        let findings = left_over.get();
        (!findings.is_empty()).then(|| {
            view! {
                <div class="left-over" role="alert">
                    <p>{words::left_over(lang, findings.len())}</p>
                    {ask(model, place, findings, keep)}
                </div>
            }
        })
    };
    view! { {shown} }.into_any()
}

/// Asks for the reason, says what is kept, and withdraws.
fn ask(
    model: ModelHandle,
    place: ItemPlace,
    findings: Vec<FindingId>,
    cancel: impl Fn() + Clone + Send + 'static,
) -> AnyView {
    let lang = lang();
    let reason = RwSignal::new(String::new());
    let refused = RwSignal::new(false);
    let id = format!("w{}", findings.first().map(FindingId::to_string).unwrap_or_default());
    let submit = {
        let cancel = cancel.clone();
        move |event: web_sys::SubmitEvent| {
            event.prevent_default();
            let reason = reason.get_untracked();
            if reason.trim().is_empty() {
                refused.set(true);
            } else if let Some(model) = model.try_get_value() {
                cancel();
                model.withdraw(place, &findings, reason.trim());
            }
        }
    };
    let missing = move || {
        refused.get().then(
            || view! { <p class="fault" role="alert">{words::withdraw_reason_missing(lang)}</p> },
        )
    };
    view! {
        <form class="ask" on:submit=submit novalidate>
            <p class="hint">{words::withdraw_kept(lang)}</p>
            <label for=id.clone()>{words::withdraw_reason(lang)}</label>
            <textarea id=id name="withdraw_reason" rows="2" autocomplete="off"
                on:input=move |event| reason.set(event_target_value(&event))></textarea>
            {missing}
            <div class="choices">
                <button type="submit" class="danger">{words::withdraw_submit(lang)}</button>
                <button type="button" on:click=move |_| cancel()>{words::left_over_keep(lang)}</button>
            </div>
        </form>
    }
    .into_any()
}

/// The way to take away a finding that has not begun.
#[component]
pub(super) fn Discard(model: ModelHandle, place: ItemPlace, finding: FindingId) -> AnyView {
    let lang = lang();
    let asking = RwSignal::new(false);
    let open = Memo::new(move |_| !model.get_value().follow(place).has_begun(place, finding));
    let discard = move |_| {
        if let Some(model) = model.try_get_value() {
            model.discard_finding(place, finding);
        }
    };
    let has_text =
        move || model.try_get_value().is_some_and(|model| model.sheet().has_typed(place, finding));
    let first = move |event| if has_text() { asking.set(true) } else { discard(event) };
    let shown = move || {
        match (open.get(), asking.get()) {
        (false, _) => None,
        (true, false) => Some(
            view! {
                <p class="hint">{words::empty(lang)}</p>
                <button type="button" class="quiet" on:click=first>{words::discard(lang)}</button>
            }
            .into_any(),
        ),
        (true, true) => Some(
            view! {
                <div class="ask" role="alert">
                    <p>{words::discard_sure(lang)}</p>
                    <div class="choices">
                        <button type="button" class="danger" on:click=discard>{words::discard(lang)}</button>
                        <button type="button" on:click=move |_| asking.set(false)>{app_words::cancel(lang)}</button>
                    </div>
                </div>
            }
            .into_any(),
        ),
    }
    };
    view! { {shown} }.into_any()
}

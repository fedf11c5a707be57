//! Draws the enrolment screen. A code that came with the address is sent at once.

use leptos::prelude::*;
use texts::{app as app_words, enrol as words, syncing as sync_words};

use super::state::{code_in, fault_words};
use crate::app::lang;
use crate::components::loss::LossNotice;
use crate::seam::{Intent, Session, Wiring};
use crate::settings::LanguageChoice;

/// The enrolment screen.
#[component]
pub(crate) fn EnrolScreen() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let given = window().location().hash().ok().and_then(|fragment| code_in(&fragment));
    let typed = RwSignal::new(given.clone().unwrap_or_default());
    let missing = RwSignal::new(false);
    if let Some(code) = given.filter(|_| board.session.get_untracked() == Session::NotEnrolled) {
        send.run(Intent::Enrol { code });
    }
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let code = code_in(&typed.get_untracked());
        missing.set(code.is_none());
        if let Some(code) = code {
            send.run(Intent::Enrol { code });
        }
    };
    let working = Memo::new(move |_| board.session.get() == Session::Enrolling);
    let fault = move || match board.session.get() {
        Session::EnrolmentFailed(fault) => Some(fault_words(lang, &fault)),
        Session::Starting | Session::NotEnrolled | Session::Enrolling => None,
        Session::Ready { .. } | Session::Broken(_) => None,
    };
    let complaint = move || {
        let text = if missing.get() { Some(words::code_missing(lang)) } else { fault() };
        text.map(|text| view! { <p class="fault" role="alert" id="code-fault">{text}</p> })
    };
    // Another load of the page leaves the form; the seat is as it was.
    let back = move || {
        let is_seat = board.inspections.with(|all| !all.is_empty());
        is_seat
            .then(|| view! { <a class="button" href="/">{sync_words::enrol_again_back(lang)}</a> })
    };
    view! {
        <main id="content" class="enrol">
            <p class="brand">{app_words::name(lang)}</p>
            <LossNotice />
            <h1>{words::title(lang)}</h1>
            <p>{words::lead(lang)}</p>
            <form on:submit=submit novalidate>
                <label for="code">{words::code(lang)}</label>
                <p class="hint" id="code-hint">{words::code_hint(lang)}</p>
                <input id="code" name="code" autocomplete="one-time-code" autocapitalize="off"
                    spellcheck="false" aria-describedby="code-hint code-fault"
                    aria-invalid=move || missing.get().to_string()
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event)) />
                {complaint}
                <button type="submit" class="primary" disabled=move || working.get()>
                    {move || if working.get() { words::working(lang) } else { words::submit(lang) }}
                </button>
            </form>
            <p class="hint">{words::keys_note(lang)}</p>
            {back}
            <LanguageChoice />
        </main>
    }
    .into_any()
}

//! Draws the enrolment screen: a code, and a passphrase for the vault that is made with it.

use leptos::html::Input;
use leptos::prelude::*;
use texts::{app as app_words, enrol as words, syncing as sync_words, unlock as lock_words};

use super::state::{code_in, fault_words, weakness, weakness_words};
use crate::app::lang;
use crate::components::loss::LossNotice;
use crate::components::passphrase::{Kind, PassphraseField, taken_from};
use crate::seam::{Intent, Session, Wiring};
use crate::settings::LanguageChoice;

/// The enrolment screen.
#[component]
pub(crate) fn EnrolScreen() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let given = window().location().hash().ok().and_then(|fragment| code_in(&fragment));
    let typed = RwSignal::new(given.unwrap_or_default());
    let (missing, weak) = (RwSignal::new(false), RwSignal::new(None));
    let field = NodeRef::<Input>::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let code = code_in(&typed.get_untracked());
        missing.set(code.is_none());
        let passphrase = (!board.vault_open.get_untracked()).then(|| taken_from(field));
        weak.set(passphrase.as_ref().and_then(weakness));
        if let Some(code) = code.filter(|_| weak.get_untracked().is_none()) {
            send.run(Intent::Enrol { code, passphrase });
        }
    };
    let working = Memo::new(move |_| board.session.get() == Session::Enrolling);
    let fault = move || match board.session.get() {
        Session::EnrolmentFailed(fault) => Some(fault_words(lang, &fault)),
        Session::Starting | Session::NotEnrolled | Session::Enrolling => None,
        Session::Locked { .. } | Session::Unprotected | Session::Protecting => None,
        Session::Ready { .. } | Session::Erased { .. } | Session::Broken(_) => None,
    };
    let complaint = move || {
        let text = if missing.get() { Some(words::code_missing(lang)) } else { fault() };
        text.map(|text| view! { <p class="fault" role="alert" id="code-fault">{text}</p> })
    };
    let choose =
        move || (!board.vault_open.get()).then(|| view! { <ChoosePassphrase field weak /> });
    view! {
        <main id="content" class="enrol">
            <p class="brand">{app_words::name(lang)}</p>
            <LossNotice />
            <h1>{words::title(lang)}</h1>
            <p>{words::lead(lang)}</p>
            <form on:submit=submit novalidate>
                <label for="code">{words::code(lang)}</label>
                <p class="hint" id="code-hint">{words::code_hint(lang)}</p>
                <input id="code" name="code" autocomplete="off" autocapitalize="off"
                    spellcheck="false" aria-describedby="code-hint code-fault"
                    aria-invalid=move || missing.get().to_string()
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event)) />
                {complaint}
                {choose}
                <button type="submit" class="primary" disabled=move || working.get()>
                    {move || if working.get() { words::working(lang) } else { words::submit(lang) }}
                </button>
            </form>
            <p class="hint">{words::keys_note(lang)}</p>
            <Back />
            <LanguageChoice />
        </main>
    }
    .into_any()
}

/// Another load of the page leaves the form; what is here is as it was.
#[component]
fn Back() -> AnyView {
    let lang = lang();
    let board = expect_context::<Wiring>().board;
    let back = move || {
        let words = match (board.vault_open.get(), board.has_vaults.get()) {
            (true, _) => sync_words::enrol_again_back(lang),
            (false, true) => lock_words::to_vaults(lang),
            (false, false) => return None,
        };
        Some(view! { <a class="button" href="/">{words}</a> })
    };
    view! { {back} }.into_any()
}

/// The field for a new passphrase, with what there is to know before it is chosen.
#[component]
fn ChoosePassphrase(
    field: NodeRef<Input>,
    weak: RwSignal<Option<super::state::Weakness>>,
) -> AnyView {
    let lang = lang();
    let complaint = move || {
        weak.get().map(|weakness| {
            view! {
                <p class="fault" role="alert" id="passphrase-fault">
                    {weakness_words(lang, weakness)}
                </p>
            }
        })
    };
    view! {
        <PassphraseField kind=Kind::New field described_by="passphrase-hint passphrase-fault passphrase-lost"
            invalid=Signal::derive(move || weak.get().is_some()) />
        <p class="hint" id="passphrase-hint">{lock_words::new_hint(lang)}</p>
        {complaint}
        <p class="hint" id="passphrase-lost">{lock_words::new_lost(lang)}</p>
    }
    .into_any()
}

/// The screen on which what lies in clear gets a passphrase.
#[component]
pub(crate) fn ProtectScreen() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let weak = RwSignal::new(None);
    let field = NodeRef::<Input>::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let passphrase = taken_from(field);
        weak.set(weakness(&passphrase));
        if weak.get_untracked().is_none() {
            send.run(Intent::Protect { passphrase });
        }
    };
    let working = Memo::new(move |_| board.session.get() == Session::Protecting);
    view! {
        <main id="content" class="enrol">
            <p class="brand">{app_words::name(lang)}</p>
            <h1>{lock_words::protect_title(lang)}</h1>
            <p>{lock_words::protect_lead(lang)}</p>
            <form on:submit=submit novalidate>
                <ChoosePassphrase field weak />
                <button type="submit" class="primary" disabled=move || working.get()>
                    {move || if working.get() { lock_words::protect_working(lang) } else { lock_words::protect_submit(lang) }}
                </button>
            </form>
            <LanguageChoice />
        </main>
    }
    .into_any()
}

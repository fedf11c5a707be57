//! The screen of a locked tablet: it shows nothing of anybody, opens a vault by its passphrase, and
//! says what can be done when that is forgotten.

use leptos::html::Input;
use leptos::prelude::*;
use texts::{Lang, app as app_words, syncing as file_words, unlock as words};

use crate::app::lang;
use crate::components::notice::trouble_words;
use crate::components::passphrase::{Kind, PassphraseField, taken_from};
use crate::seam::{Export, ExportTrouble, Intent, LockedVault, Session, Unlocking, Wiring};
use crate::settings::LanguageChoice;

/// The screen of a locked tablet.
#[component]
pub(crate) fn UnlockScreen() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let vaults = Memo::new(move |_| match board.session.get() {
        Session::Locked { vaults } => vaults,
        Session::Starting | Session::NotEnrolled | Session::Enrolling => Vec::new(),
        Session::EnrolmentFailed(_) | Session::Unprotected | Session::Protecting => Vec::new(),
        Session::Ready { .. } | Session::Erased { .. } | Session::Broken(_) => Vec::new(),
    });
    let first = vaults.with_untracked(|all| all.first().map(|vault| vault.id.clone()));
    let chosen = RwSignal::new(first.unwrap_or_default());
    let field = NodeRef::<Input>::new();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        send.run(Intent::Unlock { vault: chosen.get_untracked(), passphrase: taken_from(field) });
    };
    let working = Memo::new(move |_| board.unlocking.get() == Unlocking::Working);
    Effect::new(move || {
        // There is nothing else to do here; a browser that refuses waits for a tap.
        let _ = field.get().map(|input| input.focus());
    });
    let several = Memo::new(move |_| vaults.with(|all| all.len() > 1));
    let complaint = move || {
        fault_words(lang, board.unlocking.get(), several.get())
            .map(|text| view! { <p class="fault" role="alert" id="passphrase-fault">{text}</p> })
    };
    let invalid = Signal::derive(move || board.unlocking.get() == Unlocking::Wrong);
    let button = move || if working.get() { words::working(lang) } else { words::submit(lang) };
    view! {
        <main id="content" class="enrol unlock">
            <p class="brand">{app_words::name(lang)}</p>
            <h1>{words::title(lang)}</h1>
            <Waiting vaults chosen />
            <form on:submit=submit>
                <Choice vaults chosen />
                <PassphraseField kind=Kind::Present field described_by="passphrase-fault" invalid />
                {complaint}
                <button type="submit" class="primary" disabled=move || working.get()>{button}</button>
            </form>
            <Forgotten vaults chosen />
            <LanguageChoice />
        </main>
    }
    .into_any()
}

fn fault_words(lang: Lang, unlocking: Unlocking, several: bool) -> Option<String> {
    match unlocking {
        Unlocking::Idle | Unlocking::Working => None,
        Unlocking::Wrong if several => Some(words::wrong_here(lang).to_owned()),
        Unlocking::Wrong => Some(words::wrong(lang).to_owned()),
        Unlocking::Slowed { wait_s } => Some(words::slowed(lang, wait_s)),
        Unlocking::NoWorker => Some(words::no_worker(lang).to_owned()),
    }
}

/// What waits in the chosen vault, where checks from outside read it.
#[component]
fn Waiting(vaults: Memo<Vec<LockedVault>>, chosen: RwSignal<String>) -> AnyView {
    let lang = lang();
    let pending = move || with_chosen(vaults, chosen, |vault| vault.pending).unwrap_or_default();
    let text = move || match pending() {
        0 => words::nothing_waits(lang).to_owned(),
        some => words::waits_inside(lang, some),
    };
    view! {
        <p class="hint" data-state="locked" data-pending=move || pending().to_string()>{text}</p>
    }
    .into_any()
}

fn with_chosen<T>(
    vaults: Memo<Vec<LockedVault>>,
    chosen: RwSignal<String>,
    read: impl FnOnce(&LockedVault) -> T,
) -> Option<T> {
    vaults.with(|all| chosen.with(|id| all.iter().find(|vault| vault.id == *id).map(read)))
}

/// Which of several vaults; nothing when there is one.
#[component]
fn Choice(vaults: Memo<Vec<LockedVault>>, chosen: RwSignal<String>) -> AnyView {
    let lang = lang();
    let option = move |vault: LockedVault| {
        let (id, value) = (vault.id.clone(), vault.id.clone());
        let checked = chosen.with_untracked(|chosen| *chosen == vault.id);
        view! {
            <label class="choice">
                <input type="radio" name="vault" value=value checked=checked
                    on:change=move |_| chosen.set(id.clone()) />
                <span>{words::place(lang, vault.number)}</span>
            </label>
        }
    };
    let choice = move || {
        let mut all = vaults.get();
        all.sort_by_key(|vault| vault.number);
        (all.len() > 1).then(|| {
            view! {
                <fieldset class="vaults" aria-describedby="vaults-hint">
                    <legend>{words::places(lang)}</legend>
                    <p class="hint" id="vaults-hint">{words::places_hint(lang)}</p>
                    <div class="choices">{all.into_iter().map(option).collect_view()}</div>
                </fieldset>
            }
        })
    };
    view! { {choice} }.into_any()
}

/// What can be done without the passphrase.
#[component]
fn Forgotten(vaults: Memo<Vec<LockedVault>>, chosen: RwSignal<String>) -> AnyView {
    let lang = lang();
    let Wiring { send, .. } = expect_context::<Wiring>();
    let has_escrow = move || with_chosen(vaults, chosen, |vault| vault.has_escrow) == Some(true);
    let give = move || {
        if !has_escrow() {
            return view! { <p>{words::no_escrow(lang)}</p> }.into_any();
        }
        let give = move |_| send.run(Intent::GiveVault { vault: chosen.get_untracked() });
        view! {
            <p>{words::give_lead(lang)}</p>
            <button type="button" name="give" on:click=give>{words::give(lang)}</button>
            <VaultFile />
        }
        .into_any()
    };
    view! {
        <details class="forgotten">
            <summary>{words::forgotten(lang)}</summary>
            <p>{words::forgotten_lead(lang)}</p>
            {give}
        </details>
        <button type="button" class="quiet" name="enrol" on:click=move |_| send.run(Intent::EnrolBeside)>
            {words::enrol_beside(lang)}
        </button>
    }
    .into_any()
}

/// The file of a locked vault.
#[component]
fn VaultFile() -> AnyView {
    let lang = lang();
    let board = expect_context::<Wiring>().board;
    let file = move || match board.vault_file.get() {
        Export::Idle | Export::Nothing => ().into_any(),
        Export::Preparing => {
            view! { <p class="hint" role="status">{file_words::export_preparing(lang)}</p> }
                .into_any()
        }
        Export::Ready { href, file_name, .. } => view! {
            <a class="button primary" href=href download=file_name>{words::save_file(lang)}</a>
        }
        .into_any(),
        Export::Failed(trouble) => {
            view! { <p class="fault" role="alert">{failed(lang, trouble)}</p> }.into_any()
        }
    };
    view! { {file} }.into_any()
}

fn failed(lang: Lang, trouble: ExportTrouble) -> &'static str {
    match trouble {
        ExportTrouble::Store(trouble) => trouble_words(lang, trouble).0,
        ExportTrouble::NoKey => words::no_escrow(lang),
        ExportTrouble::TooLarge => words::file_too_large(lang),
    }
}

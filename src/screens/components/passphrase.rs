//! The field for a passphrase, with a way to see what is typed.
//!
//! What is typed is in the element alone until the form is sent; no signal and no store has it.

use leptos::html::Input;
use leptos::prelude::*;
use texts::unlock as words;

use crate::app::lang;
use crate::seam::Passphrase;

/// What a password manager may do with the field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Offer one that it keeps.
    Present,
    /// Offer to make and keep one.
    New,
}

/// A field for a passphrase.
#[component]
pub(crate) fn PassphraseField(
    kind: Kind,
    field: NodeRef<Input>,
    /// The ids of what describes it.
    described_by: &'static str,
    #[prop(into)] invalid: Signal<bool>,
) -> AnyView {
    let lang = lang();
    let is_shown = RwSignal::new(false);
    let (label, autocomplete) = match kind {
        Kind::Present => (words::passphrase(lang), "current-password"),
        Kind::New => (words::new_passphrase(lang), "new-password"),
    };
    view! {
        <label for="passphrase">{label}</label>
        <input id="passphrase" name="passphrase" node_ref=field required
            type=move || if is_shown.get() { "text" } else { "password" }
            autocomplete=autocomplete autocapitalize="off" spellcheck="false"
            aria-describedby=described_by
            aria-invalid=move || invalid.get().to_string() />
        <label class="choice show-passphrase">
            <input type="checkbox" on:change=move |event| is_shown.set(event_target_checked(&event)) />
            <span>{words::show(lang)}</span>
        </label>
    }
    .into_any()
}

/// What is typed, which is taken out of the field.
pub(crate) fn taken_from(field: NodeRef<Input>) -> Passphrase {
    let input = field.get_untracked();
    let typed = input.as_ref().map(|input| input.value()).unwrap_or_default();
    Passphrase(typed)
}

//! The file with everything that headquarters has not accepted, as a link to save it.

use leptos::prelude::*;
use texts::{Lang, syncing as words};

use crate::app::lang;
use crate::components::notice::trouble_words;
use crate::seam::{Export, ExportTrouble, Intent, Wiring};

/// The file with everything that headquarters has not accepted.
#[component]
pub(crate) fn ExportPanel() -> AnyView {
    let lang = lang();
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let export = board.export;
    send.run(Intent::LookAtSafety);
    on_cleanup(move || {
        send.try_run(Intent::LeaveSafety);
    });
    let why_not = move || export.with(|export| export_words(lang, export));
    // One element for good: whoever is about to tap it still taps it when the file is made anew.
    let disabled = move || export.with(|export| file(export).is_none().then_some("true"));
    let href = move || export.with(|export| file(export).map(|(href, ..)| href.to_owned()));
    let name = move || export.with(|export| file(export).map(|(_, name, _)| name.to_owned()));
    let events = move || export.with(|export| file(export).map_or(0, |(.., events)| events));
    let given = RwSignal::new(None::<String>);
    let note = move |_| {
        given.set(export.with_untracked(|all| file(all).map(|(_, name, _)| name.to_owned())))
    };
    let said = move || given.get().map(|name| words::export_given(lang, &name));
    view! {
        <div class="panel">
            <h2>{words::export(lang)}</h2>
            <p>{words::export_long(lang)}</p>
            <a class="button" data-action="export" role="link" href=href download=name
                aria-disabled=disabled on:click=note>
                {move || words::export_link(lang, events())}
            </a>
            <p role="status">{said}</p>
            <p role="status">{why_not}</p>
        </div>
    }
    .into_any()
}

/// Address, name and number of events of the file, when there is one.
fn file(export: &Export) -> Option<(&str, &str, u64)> {
    match export {
        Export::Ready { href, file_name, events } => Some((href, file_name, *events)),
        Export::Idle | Export::Preparing | Export::Nothing | Export::Failed(_) => None,
    }
}

/// Why there is no file to save, in words; `None` when there is one.
fn export_words(lang: Lang, export: &Export) -> Option<&'static str> {
    match export {
        Export::Ready { .. } => None,
        Export::Idle | Export::Preparing => Some(words::export_preparing(lang)),
        Export::Nothing => Some(words::export_none(lang)),
        Export::Failed(ExportTrouble::NoKey) => Some(words::export_no_key(lang)),
        Export::Failed(ExportTrouble::TooLarge) => Some(words::export_too_large(lang)),
        Export::Failed(ExportTrouble::Store(trouble)) => Some(trouble_words(lang, *trouble).0),
    }
}

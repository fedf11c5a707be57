//! Faults in words with a next step, the same wherever they are shown.

use leptos::prelude::*;
use texts::{Lang, trouble as words};

use crate::app::lang;
use crate::seam::StoreTrouble;

/// What is wrong with the store, and the next step.
pub(crate) fn trouble_words(lang: Lang, trouble: StoreTrouble) -> (&'static str, &'static str) {
    match trouble {
        StoreTrouble::Blocked => (words::blocked(lang), words::blocked_next(lang)),
        StoreTrouble::Newer => (words::newer(lang), words::newer_next(lang)),
        StoreTrouble::Damaged => (words::damaged(lang), words::damaged_next(lang)),
        StoreTrouble::Full => (words::full(lang), words::full_next(lang)),
        StoreTrouble::Unavailable => (words::unavailable(lang), words::unavailable_next(lang)),
    }
}

/// A whole page about a store that cannot be used.
#[component]
pub(crate) fn BrokenStore(trouble: StoreTrouble) -> AnyView {
    let lang = lang();
    let (what, next) = trouble_words(lang, trouble);
    let reload = |_| {
        // A page that cannot reload stays as it is; there is nothing to do about it here.
        let _ = window().location().reload();
    };
    view! {
        <section class="notice bad" role="alert">
            <h1>{what}</h1>
            <p>{next}</p>
            <button type="button" class="primary" on:click=reload>{words::reload(lang)}</button>
        </section>
    }
    .into_any()
}

//! The practice inspection: everything an inspector does, on an example that exists in the memory
//! of this page only.
//!
//! It has no journal, no store and no way to the tablet: `rehearsal` folds what is done into the
//! model itself, so there is nothing of it that could be delivered.

mod rehearsal;

use std::rc::Rc;

use leptos::prelude::*;
use texts::practice as words;

use crate::app::lang;
use crate::inspection::model::InspectionModel;
use crate::inspection::view::Opened;
use crate::router::Route;
use crate::seam::{Intent, Material, Practice, Wiring};

pub use rehearsal::begin;

/// The practice inspection that goes on, kept while other screens are shown.
#[derive(Clone, Copy)]
pub(crate) struct Rehearsed(RwSignal<Option<Rc<InspectionModel>>, LocalStorage>);

impl Rehearsed {
    /// None goes on.
    pub(crate) fn none() -> Self {
        Self(RwSignal::new_local(None))
    }
}

/// The practice inspection.
#[component]
pub(crate) fn PracticeScreen() -> AnyView {
    let Wiring { board, send, .. } = expect_context::<Wiring>();
    let Rehearsed(rehearsed) = expect_context::<Rehearsed>();
    let lang = lang();
    if rehearsed.with_untracked(Option::is_none) {
        send.run(Intent::Practise);
    }
    let anew = move |material: &Material| {
        let kind = board.inspections.with_untracked(|all| Some(all.first()?.kind.clone()));
        rehearsed.set(begin(lang, material, kind.as_deref()));
    };
    Effect::new(move || {
        if let Practice::Given(material) = board.practice.get()
            && rehearsed.with_untracked(Option::is_none)
        {
            anew(&material);
        }
    });
    let again = move || {
        if let Practice::Given(material) = board.practice.get_untracked() {
            anew(&material);
        }
    };
    let shown = move || match (rehearsed.get(), board.practice.get()) {
        (Some(model), _) => view! {
            <Opened model home=Route::Practice review=Route::PracticeReview />
        }
        .into_any(),
        (None, Practice::Missing) => missing(),
        (None, Practice::Given(material)) if !has_items(&material) => missing(),
        (None, Practice::Idle | Practice::Fetching | Practice::Given(_)) => {
            view! { <p class="notice" role="status" aria-busy="true">{words::fetching(lang)}</p> }
                .into_any()
        }
    };
    view! {
        <div class="practice">
            <Banner again />
            {shown}
        </div>
    }
    .into_any()
}

fn has_items(material: &Material) -> bool {
    material.checklists.iter().any(|list| list.items().next().is_some())
}

fn missing() -> AnyView {
    let lang = lang();
    view! {
        <section class="notice" role="status">
            <h1>{words::missing(lang)}</h1>
            <p>{words::missing_next(lang)}</p>
        </section>
    }
    .into_any()
}

/// Says on every part of the screen that this is practice, and throws it away when asked twice.
#[component]
fn Banner(again: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let lang = lang();
    let asking = RwSignal::new(false);
    let throw_away = move |_| {
        asking.set(false);
        again();
    };
    view! {
        <aside class="practice-banner" aria-label=words::title(lang)>
            <p>{words::banner(lang)}</p>
            <div class="choices" hidden=move || asking.get()>
                <button type="button" on:click=move |_| asking.set(true)>{words::again(lang)}</button>
            </div>
            <div class="choices" hidden=move || !asking.get()>
                <span>{words::again_sure(lang)}</span>
                <button type="button" class="danger" on:click=throw_away>{words::again_yes(lang)}</button>
                <button type="button" on:click=move |_| asking.set(false)>{texts::app::cancel(lang)}</button>
            </div>
        </aside>
    }
    .into_any()
}

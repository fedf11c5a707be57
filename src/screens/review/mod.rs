//! The review before leaving: what is missing in an inspection, each line a link to its place.

mod markup;
mod state;

use leptos::prelude::*;

use crate::app::lang;
use crate::inspection::model::ModelHandle;

/// What is missing, followed as long as it stands on screen.
#[component]
pub(crate) fn Review(model: ModelHandle, home: StoredValue<String>) -> AnyView {
    let lang = lang();
    let progress = model.get_value().progress();
    let shown = move || {
        // The sums change with every change of an item that can be missing something.
        progress.track();
        let model = model.get_value();
        let sheet = model.follow_head();
        let review = state::Review::of(&sheet);
        home.with_value(|home| markup::review(lang, &sheet, &review, home).into_string())
    };
    view! { <section class="review" inner_html=shown></section> }.into_any()
}

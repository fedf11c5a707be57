//! A sheet over the page with something to read: the law, or help. The browser's own dialog, so
//! that the keyboard stays in it and goes back to where it was.

use std::rc::Rc;

use leptos::html::Dialog;
use leptos::prelude::*;
use maud::Markup;
use texts::{Lang, app as app_words, tools as words};
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::app::lang;

/// Writes what a name stands for.
type Write = Rc<dyn Fn(&str) -> Markup>;

/// What the sheet is called while it shows what a name stands for.
type Title = fn(Lang, &str) -> &'static str;

/// The way to open the sheet.
#[derive(Clone, Copy)]
pub(crate) struct Popup {
    title: RwSignal<Option<Title>>,
    /// The names that were followed; the last is shown.
    trail: RwSignal<Vec<String>>,
    write: StoredValue<Option<Write>, LocalStorage>,
    dialog: NodeRef<Dialog>,
}

impl Popup {
    /// A sheet that is closed.
    pub(crate) fn new() -> Self {
        Self {
            title: RwSignal::new(None),
            trail: RwSignal::new(Vec::new()),
            write: StoredValue::new_local(None),
            dialog: NodeRef::new(),
        }
    }

    /// Shows what `name` stands for. An element in it with `data-popup` leads on to another name.
    pub(crate) fn open(self, title: Title, name: String, write: impl Fn(&str) -> Markup + 'static) {
        self.write.set_value(Some(Rc::new(write)));
        self.title.set(Some(title));
        self.trail.set(vec![name]);
        if let Some(dialog) = self.dialog.get_untracked().filter(|dialog| !dialog.open()) {
            // A dialog that the browser will not open stays closed, as its own button shows.
            let _ = dialog.show_modal();
            add_step();
        }
    }

    fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    fn name(self) -> String {
        self.trail.with(|trail| trail.last().cloned()).unwrap_or_default()
    }

    fn title(self, lang: Lang) -> &'static str {
        self.title.get().map(|title| title(lang, &self.name())).unwrap_or_default()
    }

    fn shown(self) -> String {
        let name = self.name();
        let write = self.write.get_value();
        write.map(|write| write(&name).into_string()).unwrap_or_default()
    }

    fn follow(self, event: &web_sys::MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(target) = target else { return };
        if let Ok(Some(link)) = target.closest("[data-popup]") {
            let name = link.get_attribute("data-popup").unwrap_or_default();
            self.trail.update(|trail| trail.push(name));
        } else if let Ok(Some(link)) = target.closest("a[href]") {
            // The other screen takes the place of the sheet in the way back.
            event.prevent_default();
            let href = link.get_attribute("href").unwrap_or_default();
            let _ = window().location().replace(&href);
            self.close();
        } else if target.tag_name() == "DIALOG" {
            // A tap beside the sheet.
            self.close();
        }
    }
}

/// What the step of an open sheet in the way back is known by.
const STEP: &str = "sheet";

/// An open sheet is a step in the way back: to whom it covers the page, it is one.
fn add_step() {
    if let Ok(history) = window().history() {
        // Without the step the way back leads past the sheet, which closes all the same.
        let _ = history.push_state(&STEP.into(), "");
    }
}

/// Leaves the step of a sheet that was closed by other means than the way back.
fn leave_step() {
    let Ok(history) = window().history() else { return };
    if history.state().is_ok_and(|state| state.as_string().as_deref() == Some(STEP)) {
        let _ = history.back();
    }
}

/// The sheet. It stands once in the page.
#[component]
pub(crate) fn PopupSheet(popup: Popup) -> AnyView {
    let lang = lang();
    let back = move |_| {
        popup.trail.update(|trail| {
            trail.pop();
        });
    };
    let stepped_back = window_event_listener_untyped("popstate", move |_| popup.close());
    on_cleanup(move || stepped_back.remove());
    let is_first = move || popup.trail.with(|trail| trail.len() < 2);
    view! {
        <dialog class="popup" node_ref=popup.dialog aria-labelledby="popup-title"
            on:click=move |event| popup.follow(&event) on:close=move |_| leave_step()>
            <div class="popup-body">
                <header>
                    <button type="button" hidden=is_first on:click=back>{app_words::back(lang)}</button>
                    <p id="popup-title">{move || popup.title(lang)}</p>
                    <button type="button" on:click=move |_| popup.close()>{words::close(lang)}</button>
                </header>
                <div class="popup-text" tabindex="0" role="region" aria-labelledby="popup-title"
                    inner_html=move || popup.shown()></div>
            </div>
        </dialog>
    }
    .into_any()
}

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
    /// The names that were followed.
    trail: RwSignal<Vec<String>>,
    /// How many of them lead to the one that is shown.
    steps: RwSignal<usize>,
    /// Where a link in the sheet leads, while the way back is being left.
    leads_to: StoredValue<Option<String>>,
    write: StoredValue<Option<Write>, LocalStorage>,
    dialog: NodeRef<Dialog>,
}

impl Popup {
    /// A sheet that is closed.
    pub(crate) fn new() -> Self {
        Self {
            title: RwSignal::new(None),
            trail: RwSignal::new(Vec::new()),
            steps: RwSignal::new(0),
            leads_to: StoredValue::new(None),
            write: StoredValue::new_local(None),
            dialog: NodeRef::new(),
        }
    }

    /// Shows what `name` stands for. An element in it with `data-popup` leads on to another name.
    pub(crate) fn open(self, title: Title, name: String, write: impl Fn(&str) -> Markup + 'static) {
        self.write.set_value(Some(Rc::new(write)));
        self.title.set(Some(title));
        if let Some(dialog) = self.dialog.get_untracked().filter(|dialog| !dialog.open()) {
            self.steps.set(0);
            // A dialog that the browser will not open stays closed, as its own button shows.
            let _ = dialog.show_modal();
            self.lead(name);
        }
    }

    /// Shows one more name. To whom the sheet covers the page, each name is a step in the way
    /// back.
    fn lead(self, name: String) {
        let steps = self.steps.get_untracked();
        self.trail.update(|trail| {
            trail.truncate(steps);
            trail.push(name);
        });
        self.steps.set(steps + 1);
        if let Ok(history) = window().history() {
            // Without the step the way back leads past the sheet, which closes all the same.
            let _ = history.push_state(&self.steps.get_untracked().into(), "");
        }
    }

    /// The person stepped back, or forward again: to another name, or past the sheet.
    fn stepped(self) {
        self.go_on();
        let Some(dialog) = self.dialog.get_untracked().filter(|dialog| dialog.open()) else {
            return;
        };
        let known = self.trail.with_untracked(Vec::len);
        match step_of_now() {
            Some(step) if step <= known => self.steps.set(step),
            Some(_) | None => dialog.close(),
        }
    }

    /// Leaves the steps of a sheet that was closed by other means than the way back.
    fn leave_steps(self) {
        match (step_of_now(), window().history()) {
            (Some(steps), Ok(history)) => {
                let _ = history.go_with_delta(-i32::try_from(steps).unwrap_or_default());
            }
            (_, _) => self.go_on(),
        }
    }

    /// Goes where a link in the sheet leads.
    fn go_on(self) {
        if let Some(href) = self.leads_to.try_update_value(Option::take).flatten() {
            // A browser that does not go there stays on the page.
            let _ = window().location().set_href(&href);
        }
    }

    fn close(self) {
        if let Some(dialog) = self.dialog.get_untracked() {
            dialog.close();
        }
    }

    fn name(self) -> String {
        let steps = self.steps.get();
        self.trail.with(|trail| trail.get(steps.checked_sub(1)?).cloned()).unwrap_or_default()
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
            self.lead(name);
        } else if let Ok(Some(link)) = target.closest("a[href]") {
            // The other screen takes the place of the sheet in the way back.
            event.prevent_default();
            self.leads_to.set_value(link.get_attribute("href"));
            self.close();
        } else if target.tag_name() == "DIALOG" {
            // A tap beside the sheet.
            self.close();
        }
    }
}

/// Which step of the sheet the way back stands at; `None` on the page itself.
fn step_of_now() -> Option<usize> {
    let step = window().history().ok()?.state().ok()?.as_f64()?;
    // Only small whole numbers are ever put there.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and whole")]
    Some(step as usize)
}

/// The sheet. It stands once in the page.
#[component]
pub(crate) fn PopupSheet(popup: Popup) -> AnyView {
    let lang = lang();
    let back = move |_| {
        if let Ok(history) = window().history() {
            // A way back that cannot be gone leaves the sheet as it is.
            let _ = history.back();
        }
    };
    let stepped = window_event_listener_untyped("popstate", move |_| popup.stepped());
    on_cleanup(move || stepped.remove());
    let is_first = move || popup.steps.get() < 2;
    view! {
        <dialog class="popup" node_ref=popup.dialog aria-labelledby="popup-title"
            on:click=move |event| popup.follow(&event) on:close=move |_| popup.leave_steps()>
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

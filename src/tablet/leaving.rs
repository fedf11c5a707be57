//! A page that is left and that the browser keeps aside, to show it again by the way back.
//!
//! It must not come back open when the tablet was locked meanwhile, and its transactions must keep
//! no other page from writing. So it lets go of everything, and is loaded anew when it comes back.
//! A page that is not kept ends by itself.

use std::rc::Rc;

use js_sys::Reflect;
use storage::indexed_db;
use wasm_bindgen::JsValue;

use crate::browser;
use crate::tablet::Tablet;

/// Follows leaving and coming back. The key has to be handed over before: see `vault::handing`.
pub(crate) fn follow(tablet: &Rc<Tablet>) {
    let Ok(window) = browser::window() else { return };
    let left = tablet.clone();
    browser::listen_to(&window, "pagehide", move |event| {
        if is_kept(&event) {
            let_go(&left);
        }
    });
    browser::listen_to(&window, "pageshow", |event| {
        if is_kept(&event) {
            browser::reload();
        }
    });
}

/// Whether the page is kept aside, or was.
fn is_kept(event: &JsValue) -> bool {
    Reflect::get(event, &"persisted".into()).is_ok_and(|kept| kept.is_truthy())
}

fn let_go(tablet: &Tablet) {
    indexed_db::leave();
    tablet.leave_facts();
    // Nothing is to be seen of it until it is loaded anew.
    if let Some(body) = browser::document().ok().and_then(|document| document.body()) {
        body.set_inner_html("");
    }
}

//! What the browser gives: the clock, chance, whether there is a network, whether the page is in
//! front. Each is asked for in one place, so that everything else takes it as an argument.

use domain::moment::Moment;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Crypto, Document, EventTarget, VisibilityState, Window};

/// The browser lacks something the app cannot do without.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this browser does not offer `{0}`; open the app over https in a current browser")]
pub(crate) struct Lacking(pub(crate) &'static str);

/// The page's window.
pub(crate) fn window() -> Result<Window, Lacking> {
    web_sys::window().ok_or(Lacking("window"))
}

/// The page's document.
pub(crate) fn document() -> Result<Document, Lacking> {
    window()?.document().ok_or(Lacking("document"))
}

/// The browser's cryptography.
pub(crate) fn crypto() -> Result<Crypto, Lacking> {
    let crypto = window()?.crypto().map_err(|_| Lacking("crypto"))?;
    let subtle = js_sys::Reflect::get(&crypto, &"subtle".into()).unwrap_or(JsValue::UNDEFINED);
    if subtle.is_undefined() { Err(Lacking("crypto.subtle")) } else { Ok(crypto) }
}

/// The clock of this machine.
#[expect(clippy::cast_possible_truncation, reason = "whole milliseconds fit for 285,000 years")]
pub(crate) fn now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}

/// Fresh random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], Lacking> {
    let mut bytes = [0; N];
    crypto()?.get_random_values_with_u8_array(&mut bytes).map_err(|_| Lacking("crypto"))?;
    Ok(bytes)
}

/// Fills bytes with chance. The browser gives at most 64 KiB at once.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), Lacking> {
    let crypto = crypto()?;
    for some in bytes.chunks_mut(65_536) {
        crypto.get_random_values_with_u8_array(some).map_err(|_| Lacking("crypto"))?;
    }
    Ok(())
}

/// A clock that never jumps, in ms from some beginning.
pub(crate) fn milliseconds() -> f64 {
    let clock = window().ok().and_then(|window| window.performance());
    clock.map_or_else(js_sys::Date::now, |clock| clock.now())
}

/// Loads the page anew.
pub(crate) fn reload() {
    if let Ok(window) = window() {
        // A page that cannot be loaded anew stays as it is.
        let _ = window.location().reload();
    }
}

/// Shows another address for this page, without loading it.
pub(crate) fn go_to(address: &str) {
    if let Some(history) = window().ok().and_then(|window| window.history().ok()) {
        // A browser that refuses leaves the address as it is.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Whether the browser thinks that there is a network. `false` is right, `true` may be wrong.
pub(crate) fn is_online() -> bool {
    window().is_ok_and(|window| window.navigator().on_line())
}

/// Whether the page is in front.
pub(crate) fn is_shown() -> bool {
    document().is_ok_and(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Calls `heard` at every event of that name for as long as the page lives.
pub(crate) fn listen(target: &EventTarget, name: &str, mut heard: impl FnMut() + 'static) {
    listen_to(target, name, move |_| heard());
}

/// The same, with the event.
pub(crate) fn listen_to(target: &EventTarget, name: &str, heard: impl FnMut(JsValue) + 'static) {
    let heard = Closure::<dyn FnMut(JsValue)>::new(heard);
    // The only failure is a target that takes no listeners, which none of ours is.
    let _ = target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    heard.forget();
}

/// Writes an attribute on `<html>`, where outside checks read it.
pub(crate) fn mark_root(name: &str, value: &str) {
    if let Some(root) = document().ok().and_then(|document| document.document_element()) {
        // An attribute name written here is a valid one.
        let _ = root.set_attribute(name, value);
    }
}

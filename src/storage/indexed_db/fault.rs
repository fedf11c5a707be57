//! What the browser says, as one of the few things the screen can show.
//!
//! The names are those of the Indexed Database API; whatever it says beyond them is passed on
//! in its own words.

use js_sys::Reflect;
use wasm_bindgen::JsValue;

use crate::contract::Fault;

/// The fault behind what the browser threw.
pub(super) fn fault_of(error: &JsValue) -> Fault {
    match text_of(error, "name").as_str() {
        "QuotaExceededError" => Fault::Full,
        name => Fault::Other(format!("{name}: {}", text_of(error, "message"))),
    }
}

/// Whether the browser refused a store of a newer version than was asked for.
pub(super) fn is_newer(error: &JsValue) -> bool {
    text_of(error, "name") == "VersionError"
}

/// A word of what the browser threw.
pub(super) fn text_of(error: &JsValue, field: &str) -> String {
    let value = Reflect::get(error, &field.into()).ok();
    value.and_then(|value| value.as_string()).unwrap_or_default()
}

//! The program beside the page: hears a passphrase, tells a key, and keeps neither.
#![doc = include_str!("README.md")]

mod stretch;

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};
use zeroize::Zeroizing;

fn main() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let heard = {
        let scope = scope.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            tell(&scope, &answer(&event.data()));
        })
    };
    scope.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    heard.forget();
    tell(&scope, &"ready".into());
}

/// Whoever asked has ended the worker when this fails.
fn tell(scope: &DedicatedWorkerGlobalScope, what: &JsValue) {
    let _ = scope.post_message(what);
}

fn answer(question: &JsValue) -> JsValue {
    let (name, value) = match key(question) {
        Ok(key) => ("key", Uint8Array::from(key.as_slice()).into()),
        Err(fault) => ("fault", JsValue::from_str(&fault)),
    };
    let answer = Object::new();
    // A fresh plain object takes every property.
    let _ = Reflect::set(&answer, &name.into(), &value);
    answer.into()
}

fn key(question: &JsValue) -> Result<stretch::Key, String> {
    let asked = stretch::Asked {
        passphrase: Zeroizing::new(bytes(question, "passphrase")?),
        salt: bytes(question, "salt")?,
        memory_kib: number(question, "memoryKib")?,
        passes: number(question, "passes")?,
    };
    stretch::stretch(&asked)
}

fn field(question: &JsValue, name: &str) -> JsValue {
    Reflect::get(question, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn bytes(question: &JsValue, name: &str) -> Result<Vec<u8>, String> {
    let bytes = field(question, name).dyn_into::<Uint8Array>();
    bytes.map(|bytes| bytes.to_vec()).map_err(|_| format!("`{name}` is no bytes"))
}

#[expect(clippy::cast_possible_truncation, reason = "it is checked to be a whole number")]
#[expect(clippy::cast_sign_loss, reason = "it is checked not to be negative")]
fn number(question: &JsValue, name: &str) -> Result<u32, String> {
    let number = field(question, name).as_f64().unwrap_or(f64::NAN);
    let is_whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
    if is_whole { Ok(number as u32) } else { Err(format!("`{name}` is no number")) }
}

//! Questions to the service worker: each is answered within a time, or not at all.
//!
//! A worker can be replaced or ended before it answers, so nothing may wait for one without end.
//! What the answers mean is known to those who ask.

use gloo_timers::callback::Timeout;
use js_sys::{Array, Promise};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageChannel, MessageEvent, ServiceWorker};

use crate::shell::object;

/// How long an answer is waited for.
const PATIENCE_MS: u32 = 1_500;

/// Asks, and waits for the answer; `None` where none came.
pub(crate) async fn ask(worker: &ServiceWorker, what: &str) -> Option<JsValue> {
    answer(asked(worker, what)?).await
}

/// The answer to what was asked; `None` where none came.
pub(crate) async fn answer(asked: Promise) -> Option<JsValue> {
    JsFuture::from(asked).await.ok().filter(|answer| answer.is_object())
}

/// Asks, and promises the answer.
pub(crate) fn asked(worker: &ServiceWorker, what: &str) -> Option<Promise> {
    let channel = MessageChannel::new().ok()?;
    let answered = Promise::new(&mut |resolve, _| {
        let late = resolve.clone();
        let heard = Closure::once_into_js(move |event: MessageEvent| {
            // A promise that is kept already stays what it is.
            let _ = resolve.call1(&JsValue::UNDEFINED, &event.data());
        });
        channel.port1().set_onmessage(Some(heard.unchecked_ref()));
        Timeout::new(PATIENCE_MS, move || drop(late.call0(&JsValue::UNDEFINED))).forget();
    });
    let message = object(&[("type", &what.into())]);
    let ports = Array::of1(&channel.port2());
    worker.post_message_with_transferable(&message, &ports).ok()?;
    Some(answered)
}

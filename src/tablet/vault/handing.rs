//! Hands the open vault from page to page, so that a reload and a second tab do not ask for the
//! passphrase.
//!
//! The service worker holds the key, in memory alone: nothing of it is written to a disk. It gives
//! it to pages of this origin until the idle time has passed, and has it no more when somebody
//! locks or when the browser ends it, which it does after half a minute without work. So a page
//! hands it over when it is opened and when it goes, and a second tab gets it from the first.

use std::rc::Rc;

use js_sys::{Promise, Reflect, Uint8Array};
use proof::vault::DataKey;
use storage::vault::slot::Slot;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MessageEvent, ServiceWorker};

use crate::browser;
use crate::shell::{container, object, registration};
use crate::tablet::Tablet;
use crate::worker::{answer, ask, asked};

/// How the worker is asked for the key.
const GIVE_KEY: &str = "give-key";

/// Hands the key over whenever this page goes, and whenever the worker asks for it.
pub(crate) fn follow(tablet: &Rc<Tablet>) {
    let (Ok(window), Some(container)) = (browser::window(), container()) else { return };
    let (going, asked) = (tablet.clone(), tablet.clone());
    browser::listen(&window, "pagehide", move || keep(&going));
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let kind = Reflect::get(&event.data(), &"type".into()).ok();
        if kind.and_then(|kind| kind.as_string()).as_deref() == Some("hand-key-over") {
            keep(&asked);
        }
    });
    // The only failure is a target that takes no listeners.
    let _ = container.add_event_listener_with_callback("message", heard.as_ref().unchecked_ref());
    heard.forget();
}

/// Lets the worker hold the key of the open vault, if one is open.
pub(crate) fn keep(tablet: &Tablet) {
    let Some(worker) = container().and_then(|container| container.controller()) else { return };
    let until = tablet.locks_at().0;
    tablet.with_vault(|open| {
        let key = Uint8Array::from(open.key.as_bytes().as_slice());
        #[expect(clippy::cast_precision_loss, reason = "milliseconds of this century are exact")]
        let until = until as f64;
        let message = object(&[
            ("type", &"keep-key".into()),
            ("slot", &open.slot.id.to_string().into()),
            ("key", &key),
            ("until", &until.into()),
        ]);
        // A worker that is gone holds nothing; the passphrase will be asked for.
        let _ = worker.post_message(&message);
        key.fill(0, 0, key.length());
    });
}

/// What the worker of this page was asked for the key it holds. Nothing waits for it yet.
pub(crate) struct Request(Option<Promise>);

/// Asks for the key before it is known whether there is a vault for it.
pub(crate) fn request() -> Request {
    let worker = container().and_then(|container| container.controller());
    Request(worker.and_then(|worker| asked(&worker, GIVE_KEY)))
}

/// The slot whose key the worker holds, with the key.
pub(crate) async fn given(slots: &[Slot], request: Request) -> Option<(Slot, DataKey)> {
    if slots.is_empty() {
        return None;
    }
    let answer = match request.0 {
        Some(asked) => answer(asked).await?,
        None => ask(&worker().await?, GIVE_KEY).await?,
    };
    let id = Reflect::get(&answer, &"slot".into()).ok()?.as_string()?;
    let key = Reflect::get(&answer, &"key".into()).ok()?.dyn_into::<Uint8Array>().ok()?;
    let bytes = <[u8; 32]>::try_from(key.to_vec()).ok()?;
    key.fill(0, 0, key.length());
    let slot = slots.iter().find(|slot| slot.id.to_string() == id)?;
    Some((slot.clone(), DataKey::new(bytes)))
}

/// Makes the worker forget the key.
pub(crate) async fn forget() {
    if let Some(worker) = worker().await {
        // A worker that does not answer was ended, and held it in memory alone.
        let _ = ask(&worker, "forget-key").await;
    }
}

async fn worker() -> Option<ServiceWorker> {
    match container()?.controller() {
        Some(worker) => Some(worker),
        None => registration().await?.active(),
    }
}

//! The browser's lock that one tab at a time can hold (Web Locks), by hand: `web-sys` has it
//! behind a flag for the whole build.
//!
//! The browser gives the lock to the next tab by itself when the one that held it is closed or
//! dies.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::browser;

/// The name of the lock.
const NAME: &str = "bienban/sync";

/// The browser's locks.
#[derive(Clone)]
pub(super) struct Locks(JsValue);

impl Locks {
    /// The browser's locks, where it has such a thing.
    pub(super) fn of_browser() -> Option<Self> {
        let navigator = browser::window().ok()?.navigator();
        let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
        locks.is_object().then_some(Self(locks))
    }

    /// Queues for the lock; `held` is called when this tab has it. Whether the browser took the
    /// request is the answer.
    pub(super) fn request(&self, held: impl FnOnce(Held) + 'static) -> bool {
        let hold = Closure::once_into_js(move || hold(held));
        let asked = Reflect::get(&self.0, &"request".into())
            .and_then(JsCast::dyn_into::<Function>)
            .and_then(|request| request.call2(&self.0, &NAME.into(), &hold));
        asked.is_ok()
    }
}

/// The browser keeps the lock for this tab until the promise is kept.
fn hold(held: impl FnOnce(Held)) -> Promise {
    let mut release = None;
    let promise = Promise::new(&mut |resolve, _| release = Some(resolve));
    if let Some(release) = release {
        held(Held(release));
    }
    promise
}

/// The lock, held by this tab.
pub(super) struct Held(Function);

impl Held {
    /// Gives the lock up.
    pub(super) fn release(self) {
        // Keeping a promise does not fail, and a second time has no effect.
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

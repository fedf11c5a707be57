//! What the browser tells about the place where it keeps the store.
//!
//! `navigator.storage` is missing in some engines and outside secure contexts; what is missing
//! is reported as not told.

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{StorageEstimate, StorageManager};

use crate::contract::Device;

/// What there is to know.
pub(super) async fn device() -> Device {
    let Some(manager) = manager() else { return Device::default() };
    let persisted = settled(manager.persisted()).await.and_then(|told| told.as_bool());
    let estimate = settled(manager.estimate()).await.map(StorageEstimate::unchecked_from_js);
    Device {
        persisted,
        quota_bytes: estimate.as_ref().and_then(StorageEstimate::get_quota).map(whole),
        usage_bytes: estimate.as_ref().and_then(StorageEstimate::get_usage).map(whole),
    }
}

/// Asks the browser never to evict the store by itself. Some browsers ask the person; an absent
/// answer means that this one cannot be asked.
pub async fn ask_to_persist() -> Option<bool> {
    settled(manager()?.persist()).await?.as_bool()
}

fn manager() -> Option<StorageManager> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let storage = Reflect::get(&navigator, &"storage".into()).ok()?;
    storage.dyn_into().ok()
}

async fn settled(promise: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(promise.ok()?).await.ok()
}

#[expect(clippy::cast_possible_truncation, reason = "a browser counts bytes in whole numbers")]
#[expect(clippy::cast_sign_loss, reason = "a browser counts bytes from 0")]
fn whole(bytes: f64) -> u64 {
    bytes as u64
}

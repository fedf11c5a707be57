//! The browser's channel between the tabs of one tablet.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::news::News;

/// The name of the channel.
const NAME: &str = "bienban";

/// The channel; it lives as long as the page.
pub(super) struct Channel(BroadcastChannel);

impl Channel {
    /// Opens the channel, where the browser has such a thing. `heard` gets what other tabs tell.
    pub(super) fn open(heard: impl Fn(News) + 'static) -> Option<Self> {
        let exists = js_sys::Reflect::has(&js_sys::global(), &"BroadcastChannel".into());
        let channel = exists.ok()?.then(|| BroadcastChannel::new(NAME).ok())??;
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(news) = event.data().as_string().as_deref().and_then(News::from_text) {
                heard(news);
            }
        });
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        heard.forget();
        Some(Self(channel))
    }

    /// Tells the other tabs.
    pub(super) fn tell(&self, news: &News) {
        if let Some(text) = news.to_text() {
            // A channel that was never closed takes every text.
            let _ = self.0.post_message(&text.into());
        }
    }
}

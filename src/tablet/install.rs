//! Installing the app: what this browser offers, the question that it asks the person when it is
//! told to, and what the person said.

use std::rc::Rc;

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use screens::seam::Install;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::browser;
use crate::tablet::Tablet;

/// Where boot.js keeps the browser's offer, which may come before this program runs.
const OFFER: &str = "bienbanInstall";

/// The event by which boot.js says that an offer came.
const OFFERED: &str = "bienban-install";

/// What a browser says of itself.
#[derive(Debug, Clone, Copy, Default)]
struct Browser<'a> {
    is_installed: bool,
    has_offer: bool,
    user_agent: &'a str,
    touch_points: i32,
}

/// How an app is installed in this browser. An iPad calls itself a Mac and has touch.
fn way(browser: Browser<'_>) -> Install {
    let is = |name| browser.user_agent.contains(name);
    let is_apple_touch =
        is("iPhone") || is("iPad") || (is("Macintosh") && browser.touch_points > 1);
    let is_chromium = is("Chrome/") || is("Chromium/");
    if browser.is_installed {
        Install::Installed
    } else if browser.has_offer {
        Install::Offered
    } else if is_apple_touch {
        Install::ByShare
    } else if is("Macintosh") && is("Safari/") && !is_chromium {
        Install::ByDock
    } else if is_chromium || is("Android") {
        Install::ByMenu
    } else {
        Install::Impossible
    }
}

/// Finds out how the app is installed here, and again whenever the browser has news.
pub(crate) fn follow(tablet: &Rc<Tablet>) {
    let Ok(window) = browser::window() else { return };
    tell(tablet);
    let offered = tablet.clone();
    browser::listen(&window, OFFERED, move || tell(&offered));
    let installed = tablet.clone();
    browser::listen(&window, "appinstalled", move || is_done(&installed));
}

/// The app is installed, though this page is still one in a tab: there is nothing to offer.
fn is_done(tablet: &Tablet) {
    tablet.board.install.set(Install::Installed);
}

fn tell(tablet: &Tablet) {
    if let Ok(window) = browser::window() {
        let navigator = window.navigator();
        let user_agent = navigator.user_agent().unwrap_or_default();
        let browser = Browser {
            is_installed: is_installed(&window),
            has_offer: offer().is_some(),
            user_agent: &user_agent,
            touch_points: navigator.max_touch_points(),
        };
        tablet.board.install.set(way(browser));
    }
}

fn is_installed(window: &web_sys::Window) -> bool {
    let standalone = window.match_media("(display-mode: standalone)").ok().flatten();
    let by_safari = Reflect::get(&window.navigator(), &"standalone".into());
    standalone.is_some_and(|media| media.matches())
        || by_safari.is_ok_and(|standalone| standalone.is_truthy())
}

fn offer() -> Option<JsValue> {
    let offer = Reflect::get(&js_sys::global(), &OFFER.into()).ok()?;
    offer.is_truthy().then_some(offer)
}

/// Lets the browser ask. An offer can be used once; another comes when the person declined.
pub(crate) async fn ask(tablet: Rc<Tablet>) {
    let Some(offer) = offer() else { return };
    // A property of the global object that a script of ours made can be set by us.
    let _ = Reflect::set(&js_sys::global(), &OFFER.into(), &JsValue::NULL);
    let prompt = Reflect::get(&offer, &"prompt".into()).ok();
    let prompt = prompt.and_then(|prompt| prompt.dyn_into::<Function>().ok());
    let asked = prompt.and_then(|prompt| prompt.call0(&offer).ok());
    let asked = asked.and_then(|asked| asked.dyn_into::<Promise>().ok());
    let said = match asked {
        Some(asked) => JsFuture::from(asked).await.ok(),
        None => None,
    };
    if said.is_some_and(|said| is_accepted(&said)) {
        is_done(&tablet);
    } else {
        tell(&tablet);
    }
}

/// Whether the person agreed, by what the browser's question was answered with.
fn is_accepted(said: &JsValue) -> bool {
    let outcome = Reflect::get(said, &"outcome".into()).ok();
    outcome.and_then(|outcome| outcome.as_string()).is_some_and(|outcome| outcome == "accepted")
}

#[cfg(test)]
mod tests {
    use super::*;

    const IPAD: &str =
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/26.0 Safari/605.1.15";
    const CHROME: &str = "Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0.0.0 Safari/537.36";
    const MAC_CHROME: &str =
        "Mozilla/5.0 (Macintosh; Intel Mac OS X) Chrome/156.0.0.0 Safari/537.36";
    const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0";
    const FIREFOX_ANDROID: &str = "Mozilla/5.0 (Android 16; Mobile; rv:153.0) Firefox/153.0";

    #[test]
    fn each_browser_is_told_its_own_way() {
        let cases = [
            (IPAD, 5, Install::ByShare),
            (IPAD, 0, Install::ByDock),
            (CHROME, 0, Install::ByMenu),
            (MAC_CHROME, 0, Install::ByMenu),
            (FIREFOX, 0, Install::Impossible),
            (FIREFOX_ANDROID, 5, Install::ByMenu),
        ];
        for (user_agent, touch_points, expected) in cases {
            let browser = Browser { user_agent, touch_points, ..Browser::default() };
            assert_eq!(way(browser), expected, "{user_agent}");
        }
    }

    #[test]
    fn an_offer_is_a_button_and_an_installed_app_offers_nothing() {
        let offered = Browser { has_offer: true, user_agent: CHROME, ..Browser::default() };
        assert_eq!(way(offered), Install::Offered);
        assert_eq!(way(Browser { is_installed: true, ..offered }), Install::Installed);
    }
}

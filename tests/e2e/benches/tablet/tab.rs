//! One page in a browser of its own, measured the same way whether it is the app or the bare one.

use std::path::Path;
use std::time::Duration;

use anyhow::Context;
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::{process, tablet};
use serde_json::json;
use thirtyfour::prelude::*;

/// Notes from the beginning of the page on at which moment the first answer is possible, and at
/// which every item is there.
///
/// The app listens before an item is in the page; the bare page has its items long before it
/// listens, and says when it does.
const WATCH: &str = "(() => {\
    const wanted = Number(localStorage.getItem('bench-items') ?? Infinity);\
    const isBare = location.pathname.startsWith('/bare/');\
    const look = () => {\
      const items = document.querySelectorAll('[data-item]').length;\
      const listens = !isBare || document.documentElement?.dataset.offline === 'ready';\
      if (items > 0 && listens) window.benchFirst ??= performance.now();\
      if (items >= wanted && listens) window.benchAll ??= performance.now();\
      else setTimeout(look, 0);\
    };\
    look();\
  })()";

/// Taps items spread over the list, one after the other; for each the time to the next painted
/// frame and the time until it is stored, in ms.
///
/// A person taps what they see: laying out and painting what came into sight is over by then.
const TAP: &str = "const atRest = () => new Promise((next) => requestAnimationFrame(() =>\
      requestAnimationFrame(() => requestIdleCallback(() => setTimeout(next, 30)))));\
    const items = [...document.querySelectorAll('[data-item]')];\
    const step = Math.max(1, Math.floor(items.length / 30));\
    const [frames, stored] = [[], []];\
    for (let i = 0; i < items.length && frames.length < 30; i += step) {\
      const item = items[i];\
      item.scrollIntoView();\
      await atRest();\
      const chosen = item.querySelector('input:checked')?.value;\
      const answer = chosen === 'compliant' ? 'not_checked' : 'compliant';\
      const radio = item.querySelector(`input[value=${answer}]`);\
      const begun = performance.now();\
      const isStored = new Promise((settle) => {\
        const watch = new MutationObserver(() => {\
          if (item.dataset.saved === 'stored') { watch.disconnect(); settle(performance.now() - begun); }\
        });\
        watch.observe(item, { attributes: true, attributeFilter: ['data-saved'] });\
      });\
      radio.click();\
      await new Promise((painted) => requestAnimationFrame(() => {\
        const channel = new MessageChannel();\
        channel.port1.onmessage = painted;\
        channel.port2.postMessage(0);\
      }));\
      frames.push(performance.now() - begun);\
      stored.push(await isStored);\
    }\
    done([frames, stored])";

/// Sends the passphrase, and waits until the first page is painted and can be used; in ms.
const UNLOCK: &str = "location.hash = '#/';\
    const form = document.querySelector('.unlock form');\
    form.querySelector('input[name=passphrase]').value = PASSPHRASE;\
    const begun = performance.now();\
    form.requestSubmit();\
    await new Promise((opened) => {\
      const look = () =>\
        document.querySelector('nav.tabs') && document.querySelector('[data-inspection]')\
          ? opened() : setTimeout(look, 0);\
      look();\
    });\
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted, 0)));\
    done(performance.now() - begun)";

/// How long a page took from its beginning, in ms.
pub(crate) struct Shown {
    /// Until the first answer was possible.
    pub(crate) first: f64,
    /// Until every item was there.
    pub(crate) all: f64,
}

/// A page that is measured.
pub(crate) struct Tab {
    browser: Browser,
    profile: std::path::PathBuf,
    address: String,
}

impl Tab {
    /// Opens the address and waits until it can go offline.
    pub(crate) async fn open(profile: &Path, enrolment: &str) -> anyhow::Result<Self> {
        let browser = Browser::start(Engine::Chromium, profile).await?;
        // Thirty taps, throttled, on a machine that does other work too.
        browser.page.set_script_timeout(Duration::from_secs(600)).await?;
        tablet::open(&browser.page, enrolment).await?;
        let watch = json!({ "source": WATCH });
        browser.page.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", watch).await?;
        Ok(Self { browser, profile: profile.to_owned(), address: enrolment.to_owned() })
    }

    /// The page.
    pub(crate) fn page(&self) -> &WebDriver {
        &self.browser.page
    }

    /// Makes this the address that is measured, with so many items on it.
    pub(crate) async fn measure_at(&mut self, address: String, items: usize) -> anyhow::Result<()> {
        let note = "localStorage.setItem('bench-items', arguments[0]); return true";
        let _: bool = tablet::script(self.page(), note, vec![json!(items)]).await?;
        self.address = address;
        Ok(())
    }

    /// Slows the page down this many times.
    pub(crate) async fn throttle(&self, times: u32) -> anyhow::Result<()> {
        let rate = json!({ "rate": times });
        self.page().cdp().send_raw("Emulation.setCPUThrottlingRate", rate).await?;
        Ok(())
    }

    /// Opens the page where another one stood, as a start of the app does: for browsers often in a
    /// process of its own, with nothing compiled.
    pub(crate) async fn start(&self) -> anyhow::Result<Shown> {
        self.page().goto("about:blank").await?;
        self.page().goto(&self.address).await?;
        self.shown().await
    }

    /// Loads the page again that is there.
    pub(crate) async fn reload(&self) -> anyhow::Result<Shown> {
        self.page().refresh().await?;
        self.shown().await
    }

    async fn shown(&self) -> anyhow::Result<Shown> {
        tablet::until(self.page(), "return window.benchAll > 0", vec![]).await?;
        let read = "return [window.benchFirst, window.benchAll]";
        let (first, all) = tablet::script(self.page(), read, vec![]).await?;
        Ok(Shown { first, all })
    }

    /// Taps; the times to a frame and to the store, in ms.
    pub(crate) async fn tap(&self) -> anyhow::Result<(Vec<f64>, Vec<f64>)> {
        tablet::script_async(self.page(), TAP).await
    }

    /// Locks the tablet and opens it again; the time from the passphrase to the first page, in ms.
    pub(crate) async fn unlock(&self, passphrase: &str) -> anyhow::Result<f64> {
        tablet::lock(self.page()).await?;
        let script = UNLOCK.replace("PASSPHRASE", &json!(passphrase).to_string());
        tablet::script_async(self.page(), &script).await
    }

    /// What the renderers of this browser hold in memory (PSS), in MB.
    pub(crate) fn memory_mb(&self) -> anyhow::Result<f64> {
        process::renderers_mb(&self.profile).context("no renderer is there")
    }

    /// Closes the browser.
    pub(crate) async fn close(self) -> anyhow::Result<()> {
        self.browser.close().await
    }
}

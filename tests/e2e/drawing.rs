//! An inspection of many items, whose first sections come before the others: whoever looks for one
//! of the others before it is drawn finds it, and in the end all of them are there, once.

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::tablet;
use e2e_tests::versions::Versions;
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::prelude::*;

/// So many that most are drawn after the first.
const ITEMS: usize = 1_000;

/// Does something in the task in which the first items appear, and notes what it found there.
///
/// The observer is told as soon as they are in the page, when most of them are still to come.
const AT_FIRST_SIGHT: &str = "const link = document.querySelector(`[data-inspection='${arguments[0]}']`);\
    const doing = (note) => { DOING };\
    window.noted = undefined;\
    const sight = new MutationObserver(() => {\
      const there = document.querySelectorAll('[data-item]').length;\
      if (there === 0) return;\
      sight.disconnect();\
      doing((found) => { window.noted = [there, found]; });\
    });\
    sight.observe(document.body, { childList: true, subtree: true });\
    link.click();\
    return true";

/// A tablet on its first page, before an inspection of many items.
struct AtWork {
    browser: Browser,
    inspection: String,
    address: String,
    _headquarters: Headquarters,
    _folder: TempDir,
}

impl AtWork {
    async fn begin(engine: Engine) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let versions = Versions::copy(&folder.path().join("app"))?;
        let data = folder.path().join("headquarters");
        let headquarters = Headquarters::of_size(versions.folder(), &data, ITEMS).await?;
        let browser = Browser::start(engine, &folder.path().join("profile")).await?;
        let link = headquarters.tablets.first().context("no tablet")?;
        tablet::open(&browser.page, link).await?;
        let inspection =
            tablet::inspections(&browser.page).await?.first().context("no inspection")?.clone();
        let address = format!("http://127.0.0.1:{}/#/inspection/{inspection}", headquarters.port);
        Ok(Self { browser, inspection, address, _headquarters: headquarters, _folder: folder })
    }

    fn page(&self) -> &WebDriver {
        &self.browser.page
    }

    /// Opens the inspection and does something at its first items; how many were there then, and
    /// what was found.
    async fn at_first_sight(&self, doing: &str) -> anyhow::Result<(usize, String)> {
        // Written into the script: a page under our policy makes no code of a string.
        let script = AT_FIRST_SIGHT.replace("DOING", doing);
        let _: bool = tablet::script(self.page(), &script, vec![json!(self.inspection)]).await?;
        tablet::until(self.page(), "return window.noted !== undefined", vec![]).await?;
        tablet::script(self.page(), "return window.noted", vec![]).await
    }

    async fn home(&self) -> anyhow::Result<()> {
        let home = "location.hash = '#/'; return true";
        let _: bool = tablet::script(self.page(), home, vec![]).await?;
        tablet::inspections(self.page()).await.map(drop)
    }

    async fn end(self) -> anyhow::Result<()> {
        self.browser.close().await
    }
}

async fn items_come_by_and_by(engine: Engine) -> anyhow::Result<()> {
    let work = AtWork::begin(engine).await?;
    let (there, _) = work.at_first_sight("note('')").await?;
    ensure!(there < ITEMS, "{there} items were there at once: this test shows nothing");
    tablet::all_drawn(work.page()).await?;
    let items = tablet::items(work.page()).await?;
    let ids: std::collections::BTreeSet<_> = items.iter().collect();
    ensure!((items.len(), ids.len()) == (ITEMS, ITEMS), "{} items, {}", items.len(), ids.len());

    // A search at once finds what is not drawn yet.
    work.home().await?;
    let last = "const box = document.getElementById('search');\
                box.value = 'số 998';\
                box.dispatchEvent(new Event('input', { bubbles: true }));\
                setTimeout(() => note([...document.querySelectorAll('[data-item]')]\
                  .filter((item) => item.checkVisibility()).length.toString()), 400)";
    let (there, shown) = work.at_first_sight(last).await?;
    ensure!(there < ITEMS, "{there} items were there when it was searched");
    ensure!(shown == "1", "{shown} items are shown by a search for one");

    // The list of sections leads at once to the last, which is filled then.
    work.home().await?;
    let go = "const to = [...document.querySelectorAll('.section-list button')].at(-1);\
              to.click();\
              const last = [...document.querySelectorAll('.section')].at(-1);\
              requestAnimationFrame(() => requestAnimationFrame(() => {\
                const top = last.getBoundingClientRect().top;\
                const filled = last.querySelectorAll('[data-item]').length > 0;\
                const inSight = top >= 0 && top < innerHeight;\
                note(filled && inSight ? 'in sight' : `filled ${filled}, top ${top}`);\
              }))";
    let (there, found) = work.at_first_sight(go).await?;
    ensure!(there < ITEMS, "{there} items were there when the last section was asked for");
    ensure!(found == "in sight", "the last section: {found}");

    // An address leads to an item that is not drawn yet.
    work.home().await?;
    let last = format!("i{}", ITEMS - 1);
    work.page().goto(format!("{}/go/{last}", work.address)).await?;
    let in_sight = "const top = document.getElementById(arguments[0])?.getBoundingClientRect().top;\
                    return top >= 0 && top < innerHeight";
    tablet::until(work.page(), in_sight, vec![json!(last)]).await.context("the last item")?;
    work.end().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn items_come_by_and_by_in_chromium() -> anyhow::Result<()> {
    items_come_by_and_by(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn items_come_by_and_by_in_firefox() -> anyhow::Result<()> {
    items_come_by_and_by(Engine::Firefox).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn items_come_by_and_by_in_webkit() -> anyhow::Result<()> {
    items_come_by_and_by(Engine::WebKit).await
}

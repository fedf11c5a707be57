//! A page that is left by an address or a link to elsewhere, which browsers keep aside for the way
//! back. It holds up nobody, and does not come back open when the tablet was locked meanwhile.

use std::time::Duration;

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::tablet;
use serde_json::json;
use tempfile::TempDir;
use thirtyfour::prelude::*;
use tokio::time::sleep;

/// So long a page reads before it is left.
const SOME: Duration = Duration::from_millis(300);

/// How often a page is left in the middle of reading.
const TIMES: usize = 3;

/// A tablet in its first inspection.
struct AtWork {
    browser: Browser,
    address: String,
    inspection: String,
    _headquarters: Headquarters,
    _folder: TempDir,
}

impl AtWork {
    async fn begin(engine: Engine) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir()?;
        let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
        let browser = Browser::start(engine, &folder.path().join("profile")).await?;
        let link = headquarters.tablets.first().context("no tablet")?;
        tablet::open(&browser.page, link).await?;
        let address = format!("http://127.0.0.1:{}/", headquarters.port);
        browser.page.goto(&address).await?;
        let inspection =
            tablet::inspections(&browser.page).await?.first().context("no inspection")?.clone();
        tablet::enter(&browser.page, &inspection).await?;
        Ok(Self { browser, address, inspection, _headquarters: headquarters, _folder: folder })
    }

    fn page(&self) -> &WebDriver {
        &self.browser.page
    }

    /// Goes on reading from the store for as long as the page lives: as if another tab told again
    /// and again that something came.
    async fn read_on(&self) -> anyhow::Result<()> {
        let news = json!({ "arrived": { "inspection": self.inspection, "anew": false } });
        let tell = "const tab = new BroadcastChannel('bienban');\
                    setInterval(() => tab.postMessage(arguments[0]), 2);\
                    return true";
        let _: bool = tablet::script(self.page(), tell, vec![json!(news.to_string())]).await?;
        sleep(SOME).await;
        Ok(())
    }

    async fn entries(&self) -> anyhow::Result<i64> {
        tablet::script(self.page(), "return history.length", vec![]).await
    }
}

#[tokio::test]
async fn a_page_left_in_the_middle_keeps_none_from_writing_in_chromium() -> anyhow::Result<()> {
    left_in_the_middle(Engine::Chromium).await
}

#[tokio::test]
async fn a_page_left_in_the_middle_keeps_none_from_writing_in_firefox() -> anyhow::Result<()> {
    left_in_the_middle(Engine::Firefox).await
}

#[tokio::test]
async fn a_page_left_in_the_middle_keeps_none_from_writing_in_webkit() -> anyhow::Result<()> {
    left_in_the_middle(Engine::WebKit).await
}

async fn left_in_the_middle(engine: Engine) -> anyhow::Result<()> {
    let at_work = AtWork::begin(engine).await?;
    let page = at_work.page();
    let item = tablet::items(page).await?.first().context("no item")?.clone();
    for time in 0..TIMES {
        at_work.read_on().await?;
        page.goto(&format!("{}icon.svg", at_work.address)).await?;
        page.goto(&at_work.address).await?;
        tablet::enter(page, &at_work.inspection).await?;
        let answer = ["compliant", "not_checked"][time % 2];
        tablet::tap(page, &item, answer).await?;
        tablet::stored_answer(page, &item, answer).await?;
    }
    at_work.browser.close().await
}

#[tokio::test]
async fn the_way_back_does_not_open_a_locked_tablet_in_chromium() -> anyhow::Result<()> {
    the_way_back(Engine::Chromium).await
}

#[tokio::test]
async fn the_way_back_does_not_open_a_locked_tablet_in_firefox() -> anyhow::Result<()> {
    the_way_back(Engine::Firefox).await
}

#[tokio::test]
async fn the_way_back_does_not_open_a_locked_tablet_in_webkit() -> anyhow::Result<()> {
    the_way_back(Engine::WebKit).await
}

async fn the_way_back(engine: Engine) -> anyhow::Result<()> {
    let at_work = AtWork::begin(engine).await?;
    let page = at_work.page();
    let before = at_work.entries().await?;
    page.goto(&format!("{}icon.svg", at_work.address)).await?;
    page.goto(&at_work.address).await?;
    tablet::inspections(page).await?;
    tablet::lock(page).await?;
    let steps = before - at_work.entries().await?;
    ensure!(steps < 0, "there is no way back");
    let back = "history.go(arguments[0]); return true";
    let _: bool = tablet::script(page, back, vec![json!(steps)]).await?;
    let is_back = "return location.hash.startsWith('#/inspection/')\
                     && !!document.querySelector('.unlock, [data-item]')";
    tablet::until(page, is_back, vec![]).await?;
    let is_locked = "return !!document.querySelector('.unlock')\
                       && !document.querySelector('[data-item]')";
    tablet::until(page, is_locked, vec![]).await.context("it came back open")?;
    at_work.browser.close().await
}

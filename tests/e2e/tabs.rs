//! One inspector, two tabs: both show one truth, and nobody is in conflict with himself.

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::tablet;
use serde_json::json;
use thirtyfour::prelude::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tabs_of_chromium_show_one_truth() -> anyhow::Result<()> {
    two_tabs_show_one_truth(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tabs_of_firefox_show_one_truth() -> anyhow::Result<()> {
    two_tabs_show_one_truth(Engine::Firefox).await
}

async fn two_tabs_show_one_truth(engine: Engine) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut tabs = Tabs::open(engine, folder.path()).await.context("two tabs")?;
    tabs.follow_each_other().await.context("each tab follows the other")?;
    tabs.outlive_each_other().await.context("one tab closes")?;
    tabs.headquarters_has_one_value_each().await.context("headquarters")?;
    tabs.browser.close().await
}

struct Tabs {
    headquarters: Headquarters,
    browser: Browser,
    first: WindowHandle,
    second: WindowHandle,
    inspection: String,
    items: Vec<String>,
}

impl Tabs {
    async fn open(engine: Engine, folder: &std::path::Path) -> anyhow::Result<Self> {
        let headquarters = Headquarters::start(&folder.join("headquarters")).await?;
        let browser = Browser::start(engine, &folder.join("profile")).await?;
        let page = &browser.page;
        tablet::open(page, headquarters.tablets.first().context("no tablet")?).await?;
        let address = format!("http://127.0.0.1:{}/", headquarters.port);
        page.goto(&address).await?;
        let inspection = tablet::inspections(page).await?.first().context("no list")?.clone();
        tablet::enter(page, &inspection).await?;
        let items = tablet::items(page).await?;
        let first = page.window().await?;
        let second = page.new_tab().await?;
        page.switch_to_window(second.clone()).await?;
        page.goto(&address).await?;
        tablet::enter(page, &inspection).await?;
        Ok(Self { headquarters, browser, first, second, inspection, items })
    }

    async fn show(&self, tab: &WindowHandle) -> anyhow::Result<&WebDriver> {
        self.browser.page.switch_to_window(tab.clone()).await?;
        Ok(&self.browser.page)
    }

    /// Answers go to and fro, also on the same item, and waiting work is told in both tabs.
    async fn follow_each_other(&mut self) -> anyhow::Result<()> {
        self.headquarters.kill();
        let item = self.items[0].clone();
        let (first, second) = (self.first.clone(), self.second.clone());
        for (here, there, answer) in [
            (&first, &second, "compliant"),
            (&second, &first, "not_applicable"),
            (&first, &second, "not_checked"),
        ] {
            let page = self.show(here).await?;
            tablet::tap(page, &item, answer).await?;
            tablet::stored_answer(page, &item, answer).await?;
            let waiting = tablet::pending(page).await?;
            let page = self.show(there).await?;
            tablet::stored_answer(page, &item, answer).await?;
            let same = "return document.querySelector('[data-pending]').dataset.pending\
                        === String(arguments[0])";
            tablet::until(page, same, vec![json!(waiting)]).await?;
            let conflicts = "return document.querySelectorAll('[data-value-by]').length";
            let conflicts: u64 = tablet::script(page, conflicts, vec![]).await?;
            ensure!(conflicts == 0, "the inspector is in conflict with himself");
        }
        self.headquarters.start_again().await?;
        for tab in [&first, &second] {
            tablet::delivered(self.show(tab).await?).await?;
        }
        Ok(())
    }

    /// Whichever tab syncs may be closed: the other goes on.
    async fn outlive_each_other(&mut self) -> anyhow::Result<()> {
        let item = self.items[1].clone();
        self.show(&self.first).await?.close_window().await?;
        let page = self.show(&self.second).await?;
        tablet::tap(page, &item, "compliant").await?;
        tablet::stored_answer(page, &item, "compliant").await?;
        tablet::delivered(page).await
    }

    async fn headquarters_has_one_value_each(&self) -> anyhow::Result<()> {
        let rows = self.headquarters.spreadsheet(&self.inspection, "answers").await?;
        let mut answers: Vec<_> = rows.iter().skip(1).map(|row| (&row[0], &row[1])).collect();
        answers.sort();
        let (not_checked, compliant) = ("not_checked".to_owned(), "compliant".to_owned());
        let mut done = [(&self.items[0], &not_checked), (&self.items[1], &compliant)];
        done.sort();
        ensure!(answers == done, "headquarters has {answers:?}, done was {done:?}");
        Ok(())
    }
}

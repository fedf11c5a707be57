//! A store that refuses: the answer stays on screen, the screen says what is wrong and what to
//! do next, and once there is room it is stored.
//!
//! The refusal is the browser's own exception, thrown by a `put` that this test replaces: a real
//! full disk cannot be had without filling the machine.

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::tablet;
use serde_json::json;

const REFUSE: &str = "window.realPut = IDBObjectStore.prototype.put;\
    IDBObjectStore.prototype.put = function () {\
      throw new DOMException('no room', 'QuotaExceededError'); };\
    return true";

const ACCEPT: &str = "IDBObjectStore.prototype.put = window.realPut; return true";

const SAYS_WHAT_NEXT: &str =
    "return !!document.querySelector(`[data-item='${arguments[0]}'] [role=alert]`)?.textContent";

const RETRY: &str = "const item = document.querySelector(`[data-item='${arguments[0]}']`);\
    const button = item.querySelector('[role=alert] button');\
    button.click();\
    return true";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_a_state_on_screen_and_loses_nothing() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let browser = Browser::start(Engine::Chromium, &folder.path().join("profile")).await?;
    let page = &browser.page;
    tablet::open(page, headquarters.tablets.first().context("no tablet")?).await?;
    page.goto(format!("http://127.0.0.1:{}/", headquarters.port)).await?;
    let inspection = tablet::inspections(page).await?.first().context("no inspection")?.clone();
    tablet::enter(page, &inspection).await?;
    let item = tablet::items(page).await?.first().context("no item")?.clone();

    let _: bool = tablet::script(page, REFUSE, vec![]).await?;
    tablet::tap(page, &item, "compliant").await?;
    let failed = "return document.querySelector(`[data-item='${arguments[0]}']`)\
                  .dataset.saved === 'failed'";
    tablet::until(page, failed, vec![json!(item)]).await?;
    tablet::until(page, SAYS_WHAT_NEXT, vec![json!(item)]).await?;
    let shown = tablet::answers(page, false).await?;
    ensure!(shown.get(&item).map(String::as_str) == Some("compliant"), "the answer is gone");

    let _: bool = tablet::script(page, ACCEPT, vec![]).await?;
    let _: bool = tablet::script(page, RETRY, vec![json!(item)]).await?;
    tablet::stored_answer(page, &item, "compliant").await?;
    tablet::delivered(page).await?;
    let rows = headquarters.spreadsheet(&inspection, "answers").await?;
    ensure!(rows.len() == 2 && rows[1][1] == "compliant", "headquarters has {rows:?}");
    browser.close().await
}

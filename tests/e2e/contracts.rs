//! What outside checks and screen readers rely on in the page: names, choices, search and the
//! words for syncing.

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::tablet::{self, script, until};
use serde_json::json;
use thirtyfour::prelude::*;

const VALUES: [&str; 4] = ["compliant", "not_applicable", "not_checked", "violation"];

/// Items that are no radio group, have no name, or offer other choices.
const WRONG_ITEMS: &str = "return [...document.querySelectorAll('[data-item]')].filter(item => {\
    const group = item.matches('[role=radiogroup]') ? item : item.querySelector('[role=radiogroup]');\
    const label = group && document.getElementById(group.getAttribute('aria-labelledby'));\
    const values = [...item.querySelectorAll('input[type=radio]')].map(radio => radio.value);\
    return !group || !label?.textContent.trim()\
      || values.sort().join() !== arguments[0].join();\
  }).map(item => item.dataset.item)";

const VISIBLE: &str = "return [...document.querySelectorAll('[data-item]')]\
    .filter(item => item.getClientRects().length > 0).map(item => item.innerText)";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_keeps_what_it_promises_to_those_who_read_it_from_outside() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let browser = Browser::start(Engine::Chromium, &folder.path().join("profile")).await?;
    let page = &browser.page;
    tablet::open(page, headquarters.tablets.first().context("no tablet")?).await?;
    page.goto(format!("http://127.0.0.1:{}/", headquarters.port)).await?;
    let inspection = tablet::inspections(page).await?.first().context("no inspection")?.clone();
    tablet::enter(page, &inspection).await?;

    let wrong: Vec<String> = script(page, WRONG_ITEMS, vec![json!(VALUES)]).await?;
    ensure!(wrong.is_empty(), "not a named group of the four choices: {wrong:?}");
    search_passes_over_diacritics(page).await?;
    until(page, "return document.querySelector('[data-pending]').dataset.state === 'idle'", vec![])
        .await?;
    headquarters.kill();
    let item = tablet::items(page).await?.first().context("no item")?.clone();
    tablet::tap(page, &item, "compliant").await?;
    let offline = "const sync = document.querySelector('[data-pending]');\
                   return sync.dataset.state === 'offline' && Number(sync.dataset.pending) > 0";
    until(page, offline, vec![]).await?;
    browser.close().await
}

/// "hop dong" finds every item about "hợp đồng" and hides the others.
async fn search_passes_over_diacritics(page: &WebDriver) -> anyhow::Result<()> {
    let all: Vec<String> = script(page, VISIBLE, vec![]).await?;
    let box_of_search = page.find(By::Css("input[type=search]")).await?;
    box_of_search.send_keys("hop dong").await?;
    let fewer = "return [...document.querySelectorAll('[data-item]')]\
        .filter(item => item.getClientRects().length > 0).length < arguments[0]";
    until(page, fewer, vec![json!(all.len())]).await?;
    let found: Vec<String> = script(page, VISIBLE, vec![]).await?;
    ensure!(!found.is_empty(), "`hop dong` finds nothing");
    ensure!(found.iter().any(|item| item.to_lowercase().contains("hợp đồng")), "{found:?}");
    box_of_search.send_keys(Key::Control + "a").await?;
    box_of_search.send_keys(Key::Backspace).await?;
    let again = "return [...document.querySelectorAll('[data-item]')]\
        .filter(item => item.getClientRects().length > 0).length === arguments[0]";
    until(page, again, vec![json!(all.len())]).await
}

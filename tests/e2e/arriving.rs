//! What comes from headquarters while an inspection is being opened is on its screen.
//!
//! Opening reads everything at once, and last whether the inspection is still shown; that answer is
//! kept back here until the news are stored, which a slow disk does by itself.

use std::time::Duration;

use anyhow::Context;
use e2e_tests::browser::Engine;
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::tablet;
use serde_json::json;
use thirtyfour::prelude::*;
use tokio::time::sleep;

/// So long the first page has nothing to read any more.
const AT_REST: Duration = Duration::from_secs(3);

/// Keeps back the first answer of the store of inspections, and counts what is put into that of events.
const KEEP_BACK: &str = "window.kept = []; window.arrived = 0;\
    const real = Object.getOwnPropertyDescriptor(IDBRequest.prototype, 'onsuccess');\
    Object.defineProperty(IDBRequest.prototype, 'onsuccess', { ...real, set(answer) {\
      const isKept = window.kept && !window.keeps && this.source?.name === 'inspections';\
      window.keeps ||= isKept;\
      real.set.call(this, isKept ? (event) => window.kept.push(() => answer(event)) : answer);\
    } });\
    const put = IDBObjectStore.prototype.put;\
    IDBObjectStore.prototype.put = function (...row) {\
      if (this.name === 'events') window.arrived += 1;\
      return put.apply(this, row);\
    };\
    return true";

const LET_GO: &str =
    "const kept = window.kept; window.kept = null; kept.forEach((answer) => answer()); return true";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_arrives_while_an_inspection_opens_is_on_its_screen() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let first = Inspector::enrol(Engine::Chromium, &headquarters, 0, folder.path()).await?;
    let second = Inspector::enrol(Engine::Chromium, &headquarters, 1, folder.path()).await?;
    let inspection = first.inspections().await?.first().context("no inspection")?.clone();
    second.enter(&inspection).await?;
    let item = tablet::items(second.page()).await?.first().context("no item")?.clone();

    // Whatever the first page reads by itself is read by then.
    tablet::delivered(first.page()).await?;
    sleep(AT_REST).await;
    begin_to_open(first.page(), &inspection).await.context("opening")?;
    tablet::tap(second.page(), &item, "compliant").await?;
    tablet::stored(second.page(), &item).await?;
    tablet::delivered(second.page()).await?;
    ask_for_news(first.page()).await.context("news")?;
    let _: bool = tablet::script(first.page(), LET_GO, vec![]).await?;

    let shown = "return document.querySelector(`[data-item='${arguments[0]}']`)\
                 ?.querySelector('input[type=radio]:checked')?.value === 'compliant'";
    tablet::until(first.page(), shown, vec![json!(item)]).await.context("the answer on screen")?;
    first.close().await?;
    second.close().await
}

/// Taps the inspection; it does not open before it is let go.
async fn begin_to_open(page: &WebDriver, inspection: &str) -> anyhow::Result<()> {
    let _: bool = tablet::script(page, KEEP_BACK, vec![]).await?;
    let follow = "document.querySelector(`[data-inspection='${arguments[0]}']`).click();\
                  return true";
    let _: bool = tablet::script(page, follow, vec![json!(inspection)]).await?;
    tablet::until(page, "return window.kept.length > 0", vec![]).await
}

/// Waits until news are stored, as after the network has come back.
async fn ask_for_news(page: &WebDriver) -> anyhow::Result<()> {
    let ask = "window.dispatchEvent(new Event('online')); return window.arrived > 0";
    tablet::until(page, ask, vec![]).await
}

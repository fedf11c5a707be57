//! The tablet app as its user and as outside checks see it: by the attributes it promises.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use tokio::time::sleep;

/// How long anything may take before the test says that it does not happen.
const PATIENCE: Duration = Duration::from_secs(40);

/// The answers a page shows, by item.
pub type Answers = BTreeMap<String, String>;

/// Runs a script and reads what it returns.
///
/// # Errors
/// When the script throws or returns something else.
pub async fn script<T: DeserializeOwned>(
    page: &WebDriver,
    script: &str,
    arguments: Vec<Value>,
) -> anyhow::Result<T> {
    let returned = page.execute(script, arguments).await?;
    Ok(serde_json::from_value(returned.json().clone())?)
}

/// Runs a script that may wait, and reads what it gives to `done`.
///
/// # Errors
/// When the script throws or gives something else.
pub async fn script_async<T: DeserializeOwned>(
    page: &WebDriver,
    script: &str,
) -> anyhow::Result<T> {
    let script = format!(
        "const settle = arguments[arguments.length - 1];\
         const done = (value) => settle({{ value }});\
         (async () => {{ {script} }})().catch((error) => settle({{ error: String(error) }}))"
    );
    let settled = page.execute_async(script, vec![]).await?;
    let settled = settled.json();
    if let Some(error) = settled["error"].as_str() {
        bail!("the script throws: {error}");
    }
    Ok(serde_json::from_value(settled["value"].clone())?)
}

/// Waits until a condition, written as a script that returns a truth value, holds.
///
/// # Errors
/// When it does not within 40 seconds; names the condition.
pub async fn until(page: &WebDriver, condition: &str, arguments: Vec<Value>) -> anyhow::Result<()> {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        // A page that is being loaded throws; that is only another way of not yet.
        if script(page, condition, arguments.clone()).await.unwrap_or(false) {
            return Ok(());
        }
        sleep(Duration::from_millis(50)).await;
    }
    let shown: String =
        script(page, "return document.documentElement.outerHTML", vec![]).await.unwrap_or_default();
    let shown: String = shown.chars().take(3_000).collect();
    bail!("`{condition}` does not come true; the page shows {shown}")
}

/// Opens the app and waits until everything is there for going offline.
///
/// # Errors
/// When that does not happen.
pub async fn open(page: &WebDriver, url: &str) -> anyhow::Result<()> {
    page.goto(url).await?;
    ready_to_go_offline(page).await
}

/// Opens a vault by its passphrase.
///
/// # Errors
/// When the tablet is not locked, or stays so.
pub async fn unlock(page: &WebDriver, passphrase: &str) -> anyhow::Result<()> {
    try_to_unlock(page, passphrase).await?;
    until(page, "return !!document.querySelector('nav.tabs')", vec![]).await
}

/// Types a passphrase and sends it, whatever comes of it.
///
/// # Errors
/// When the tablet is not locked.
pub async fn try_to_unlock(page: &WebDriver, passphrase: &str) -> anyhow::Result<()> {
    until(page, "return !!document.querySelector('.unlock input[name=passphrase]')", vec![])
        .await?;
    let field = page.find(By::Css("input[name=passphrase]")).await?;
    field.clear().await?;
    field.send_keys(passphrase).await?;
    page.find(By::Css(".unlock button[type=submit]")).await?.click().await?;
    Ok(())
}

/// Opens an address of a tablet that may be locked, and unlocks it if it is.
///
/// # Errors
/// When neither the lock nor the app is shown, or the passphrase is not the right one.
pub async fn arrive(page: &WebDriver, url: &str, passphrase: &str) -> anyhow::Result<()> {
    page.goto(url).await?;
    unlock_if_locked(page, passphrase).await
}

/// Unlocks a tablet that may be locked.
///
/// # Errors
/// As [`arrive`].
pub async fn unlock_if_locked(page: &WebDriver, passphrase: &str) -> anyhow::Result<()> {
    until(page, "return !!document.querySelector('.unlock, nav.tabs')", vec![]).await?;
    if script(page, "return !!document.querySelector('.unlock')", vec![]).await? {
        unlock(page, passphrase).await?;
    }
    Ok(())
}

/// Enrols with a code and a passphrase as a person types them.
///
/// # Errors
/// When the form is not there or no seat comes of it.
pub async fn enrol(
    page: &WebDriver,
    origin: &str,
    code: &str,
    passphrase: &str,
) -> anyhow::Result<()> {
    page.goto(format!("{origin}/enrol")).await?;
    until(page, "return !!document.querySelector('.enrol input[name=code]')", vec![]).await?;
    page.find(By::Css("input[name=code]")).await?.send_keys(code).await?;
    page.find(By::Css("input[name=passphrase]")).await?.send_keys(passphrase).await?;
    page.find(By::Css(".enrol button[type=submit]")).await?.click().await?;
    ready_to_go_offline(page).await
}

/// Chooses a passphrase for what lies in clear, and waits until it has moved.
///
/// # Errors
/// When nobody asks for it, or it does not move.
pub async fn protect(page: &WebDriver, passphrase: &str) -> anyhow::Result<()> {
    until(page, "return !!document.querySelector('.enrol input[name=passphrase]')", vec![]).await?;
    page.find(By::Css("input[name=passphrase]")).await?.send_keys(passphrase).await?;
    page.find(By::Css(".enrol button[type=submit]")).await?.click().await?;
    until(page, "return !!document.querySelector('nav.tabs')", vec![]).await
}

/// Locks as a person does.
///
/// # Errors
/// When the tablet does not lock.
pub async fn lock(page: &WebDriver) -> anyhow::Result<()> {
    let _: bool = script(page, "location.hash = '#/settings'; return true", vec![]).await?;
    until(page, "return !!document.querySelector('button[name=lock]')", vec![]).await?;
    page.find(By::Css("button[name=lock]")).await?.click().await?;
    until(page, "return !!document.querySelector('.unlock [data-state=locked]')", vec![]).await
}

/// Waits for `<html data-offline="ready">`.
///
/// # Errors
/// When it does not come.
pub async fn ready_to_go_offline(page: &WebDriver) -> anyhow::Result<()> {
    until(page, "return document.documentElement.dataset.offline === 'ready'", vec![]).await
}

/// Reloads the page as a person does. The driver's own command goes past the service worker in
/// Firefox.
///
/// # Errors
/// When no new page comes.
pub async fn reload(page: &WebDriver) -> anyhow::Result<()> {
    let begin = "window.isOld = true; setTimeout(() => location.reload()); return true";
    let _: bool = script(page, begin, vec![]).await?;
    until(page, "return !window.isOld", vec![]).await
}

/// The ids of the inspections on the first page.
///
/// # Errors
/// When there are none.
pub async fn inspections(page: &WebDriver) -> anyhow::Result<Vec<String>> {
    until(page, "return !!document.querySelector('[data-inspection]')", vec![]).await?;
    let list = "return [...document.querySelectorAll('[data-inspection]')]\
                .map(link => link.dataset.inspection)";
    script(page, list, vec![]).await
}

/// Goes to the first page without loading it anew; the ids of the inspections there.
///
/// # Errors
/// When there are none.
pub async fn inspections_after_home(page: &WebDriver) -> anyhow::Result<Vec<String>> {
    let _: bool = script(page, "location.hash = '#/'; return true", vec![]).await?;
    inspections(page).await
}

/// How many vaults are on this tablet.
///
/// # Errors
/// When the directory cannot be read.
pub async fn vaults(page: &WebDriver) -> anyhow::Result<u64> {
    script_async(
        page,
        "const open = indexedDB.open('bienban-vaults');\
         open.onsuccess = () => {\
           const count = open.result.transaction('slots').objectStore('slots').count();\
           count.onsuccess = () => { open.result.close(); done(count.result); };\
         };",
    )
    .await
}

/// Follows the link to an inspection and waits for all its items.
///
/// # Errors
/// When there is no such link or no items come.
pub async fn enter(page: &WebDriver, inspection: &str) -> anyhow::Result<()> {
    // Found and followed in one step: the list may be drawn anew between two.
    let follow = "const link = document.querySelector(`[data-inspection='${arguments[0]}']`);\
                  link?.click();\
                  return !!link";
    until(page, follow, vec![json!(inspection)]).await?;
    all_drawn(page).await
}

/// Waits until the items are there, those of the last section too: they come some at a time.
///
/// # Errors
/// When they do not come.
pub async fn all_drawn(page: &WebDriver) -> anyhow::Result<()> {
    let drawn = "return !!document.querySelector('[data-item]')\
                 && !document.querySelector('.section > div:empty')";
    until(page, drawn, vec![]).await
}

/// The ids of the items in the order of the page.
///
/// # Errors
/// When the page does not answer.
pub async fn items(page: &WebDriver) -> anyhow::Result<Vec<String>> {
    let list =
        "return [...document.querySelectorAll('[data-item]')].map(item => item.dataset.item)";
    script(page, list, vec![]).await
}

/// Taps an answer and returns what `data-saved` says within the same task.
///
/// # Errors
/// When there is no such choice.
pub async fn tap(page: &WebDriver, item: &str, answer: &str) -> anyhow::Result<String> {
    let tap = "const item = document.querySelector(`[data-item='${arguments[0]}']`);\
               item.querySelector(`input[type=radio][value='${arguments[1]}']`).click();\
               return item.dataset.saved ?? ''";
    script(page, tap, vec![json!(item), json!(answer)]).await
}

/// What `data-saved` of an item says.
///
/// # Errors
/// When the page does not answer.
pub async fn saved(page: &WebDriver, item: &str) -> anyhow::Result<String> {
    let read =
        "return document.querySelector(`[data-item='${arguments[0]}']`)?.dataset.saved ?? ''";
    script(page, read, vec![json!(item)]).await
}

/// Waits until everything shown in an item is stored.
///
/// # Errors
/// When that does not happen.
pub async fn stored(page: &WebDriver, item: &str) -> anyhow::Result<()> {
    let condition = "return document.querySelector(`[data-item='${arguments[0]}']`)\
                     ?.dataset.saved === 'stored'";
    until(page, condition, vec![json!(item)]).await
}

/// The answers that the page shows; with `only_stored`, those of items that are stored.
///
/// # Errors
/// When the page does not answer.
pub async fn answers(page: &WebDriver, only_stored: bool) -> anyhow::Result<Answers> {
    let read = "const rows = {};\
                for (const item of document.querySelectorAll('[data-item]')) {\
                  const radio = item.querySelector('input[type=radio]:checked');\
                  if (radio && (!arguments[0] || item.dataset.saved === 'stored'))\
                    rows[item.dataset.item] = radio.value;\
                }\
                return rows";
    script(page, read, vec![json!(only_stored)]).await
}

/// A field of the first finding of an item.
///
/// # Errors
/// When there is none.
pub async fn field(page: &WebDriver, item: &str, name: &str) -> anyhow::Result<WebElement> {
    let css = format!("[data-item='{item}'] [data-finding] [name='{name}']");
    let query = page.query(By::Css(css.as_str()));
    let field = query.wait(PATIENCE, Duration::from_millis(50)).first().await;
    field.with_context(|| format!("field {css}"))
}

/// Types words into a field of the first finding of an item and leaves it.
///
/// # Errors
/// When there is no such field.
pub async fn write(page: &WebDriver, item: &str, name: &str, words: &str) -> anyhow::Result<()> {
    let field = field(page, item, name).await?;
    field.scroll_into_view().await?;
    field.click().await?;
    field.send_keys(words).await?;
    field.send_keys(Key::Tab).await?;
    Ok(())
}

/// Sets a day or a choice in a field of the first finding of an item, as a picker does.
///
/// # Errors
/// When there is no such field.
pub async fn pick(page: &WebDriver, item: &str, name: &str, value: &str) -> anyhow::Result<()> {
    field(page, item, name).await?;
    let set = "const field = document.querySelector(\
                 `[data-item='${arguments[0]}'] [data-finding] [name='${arguments[1]}']`);\
               const proto = field instanceof HTMLSelectElement\
                 ? HTMLSelectElement.prototype : HTMLInputElement.prototype;\
               field.focus();\
               Object.getOwnPropertyDescriptor(proto, 'value').set.call(field, arguments[2]);\
               field.dispatchEvent(new Event('input', { bubbles: true }));\
               field.dispatchEvent(new Event('change', { bubbles: true }));\
               field.blur();\
               return true";
    let _: bool = script(page, set, vec![json!(item), json!(name), json!(value)]).await?;
    Ok(())
}

/// The number of events that headquarters has not accepted, as the page says.
///
/// # Errors
/// When the page does not say.
pub async fn pending(page: &WebDriver) -> anyhow::Result<u64> {
    let read = "return Number(document.querySelector('[data-pending]').dataset.pending)";
    script(page, read, vec![]).await
}

/// Waits until headquarters has accepted everything.
///
/// # Errors
/// When that does not happen.
pub async fn delivered(page: &WebDriver) -> anyhow::Result<()> {
    until(page, "return document.querySelector('[data-pending]')?.dataset.pending === '0'", vec![])
        .await
}

/// Waits until an item is stored with this answer.
///
/// # Errors
/// When that does not happen.
pub async fn stored_answer(page: &WebDriver, item: &str, answer: &str) -> anyhow::Result<()> {
    let condition = "const item = document.querySelector(`[data-item='${arguments[0]}']`);\
                     return item?.dataset.saved === 'stored'\
                       && item.querySelector('input[type=radio]:checked')?.value === arguments[1]";
    let waited = until(page, condition, vec![json!(item), json!(answer)]).await;
    match waited {
        Ok(()) => Ok(()),
        Err(fault) => Err(fault.context(item_as_it_is(page, item).await)),
    }
}

/// What a page says of an item, for whoever reads why a test failed.
async fn item_as_it_is(page: &WebDriver, item: &str) -> String {
    let seen = "const item = document.querySelector(`[data-item='${arguments[0]}']`);\
                const answer = item?.querySelector('input[type=radio]:checked')?.value;\
                return `${location.hash}: ${item?.dataset.saved}, ${answer}, ${item?.innerText}`";
    script(page, seen, vec![json!(item)]).await.unwrap_or_default()
}

/// Opens an inspection of a printer without headquarters, the decision pending.
///
/// # Errors
/// When the form is not there or nothing is opened.
pub async fn open_inspection(page: &WebDriver, name: &str, reason: &str) -> anyhow::Result<()> {
    // The first page shows its links when it has read what is on the tablet.
    let link = page.query(By::Css("a[href='#/new']")).and_displayed();
    link.wait(PATIENCE, Duration::from_millis(50)).first().await?.click().await?;
    until(page, "return document.querySelectorAll('select[name=kind] option').length > 1", vec![])
        .await?;
    page.find(By::Css("input[name=establishment]")).await?.send_keys(name).await?;
    page.find(By::Css("input[name=reason]")).await?.send_keys(reason).await?;
    let choose = "const kind = document.querySelector('select[name=kind]');\
                  kind.value = 'printer_publications';\
                  kind.dispatchEvent(new Event('change', { bubbles: true }));\
                  return kind.value";
    let kind: String = script(page, choose, vec![]).await?;
    anyhow::ensure!(kind == "printer_publications", "there is no such kind of establishment");
    page.find(By::Css("form button[type=submit]")).await?.click().await?;
    until(page, "return !!document.querySelector('[data-item]')", vec![]).await
}

//! Versions of the app take each other's place: a new one is offered and loses nothing, an earlier
//! one comes back, and stores of other versions are carried along or left alone.

use std::path::Path;

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::files;
use e2e_tests::headquarters::Headquarters;
use e2e_tests::tablet;
use e2e_tests::versions::Versions;
use serde_json::json;
use thirtyfour::prelude::*;

const FACTS: &str = "Chưa xuất trình được hợp đồng in";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chromium_takes_a_version_and_an_earlier_one_without_loss() -> anyhow::Result<()> {
    a_version_and_an_earlier_one_lose_nothing(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn firefox_takes_a_version_and_an_earlier_one_without_loss() -> anyhow::Result<()> {
    a_version_and_an_earlier_one_lose_nothing(Engine::Firefox).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_of_the_first_version_is_carried_along() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut desk = Desk::open(Engine::Chromium, folder.path()).await?;
    let page = desk.page();
    desk.headquarters.kill();
    let item = desk.items[0].clone();
    tablet::tap(&page, &item, "compliant").await?;
    tablet::stored_answer(&page, &item, "compliant").await?;

    desk.beside_the_app().await?;
    let kept: Vec<String> = tablet::script_async(&page, TO_FIRST_VERSION).await?;
    ensure!(!kept.contains(&"carried".to_owned()), "the first version had {kept:?}");
    desk.headquarters.start_again().await?;
    page.goto(&desk.address).await?;
    tablet::protect(&page, PASSPHRASE).await?;
    let left: Vec<String> = tablet::script_async(&page, DATABASES).await?;
    ensure!(!left.contains(&"bienban".to_owned()), "the clear store is still there: {left:?}");
    desk.enter().await?;
    tablet::stored_answer(&page, &item, "compliant").await?;
    tablet::delivered(&page).await?;
    let rows = desk.headquarters.spreadsheet(&desk.inspection, "answers").await?;
    ensure!(rows.len() == 2 && rows[1][1] == "compliant", "headquarters has {rows:?}");
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_of_a_later_version_is_left_alone_and_comes_home_as_a_file() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut desk = Desk::open(Engine::Chromium, folder.path()).await?;
    let page = desk.page();
    desk.headquarters.kill();
    let item = desk.items[0].clone();
    tablet::tap(&page, &item, "compliant").await?;
    tablet::stored_answer(&page, &item, "compliant").await?;

    desk.beside_the_app().await?;
    let _: bool = tablet::script_async(&page, TO_LATER_VERSION).await?;
    page.goto(&desk.address).await?;
    let bundle = files::save(&page, &folder.path().join("saved")).await?;
    let told: String = tablet::script(&page, "return document.body.innerText", vec![]).await?;
    ensure!(told.contains("phiên bản mới hơn"), "nobody is told why: {told}");
    desk.beside_the_app().await?;
    let later: u64 = tablet::script_async(&page, VERSION).await?;
    ensure!(later == 99, "the store was brought to version {later}");
    desk.browser.close().await?;

    let taken = files::import(&folder.path().join("headquarters"), &bundle)?;
    ensure!(taken.starts_with("took 2, held 0"), "{taken}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chromium_loads_anew_where_a_version_does_not_hear() -> anyhow::Result<()> {
    a_version_that_does_not_hear_is_offered_again(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn firefox_loads_anew_where_a_version_does_not_hear() -> anyhow::Result<()> {
    a_version_that_does_not_hear_is_offered_again(Engine::Firefox).await
}

/// What is told the waiting version does not arrive: the page says that it updates, is loaded anew
/// by itself, and offers the version again.
async fn a_version_that_does_not_hear_is_offered_again(engine: Engine) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::open(engine, folder.path()).await?;
    let page = desk.page();
    let newer = desk.versions.publish("newer")?;
    tablet::reload(&page).await?;
    let offered = "return document.querySelector('.update button')?.disabled === false";
    tablet::until(&page, offered, vec![]).await?;
    let take = "ServiceWorker.prototype.postMessage = () => {};\
                window.isOld = true;\
                document.querySelector('.update button').click();\
                return true";
    let _: bool = tablet::script(&page, take, vec![]).await?;
    let told = "return document.querySelector('.update .hint').innerText === 'Đang cập nhật…'";
    tablet::until(&page, told, vec![]).await?;
    tablet::until(&page, "return !window.isOld", vec![]).await?;
    take_update(&page).await?;
    runs(&page, &newer).await?;
    desk.browser.close().await
}

/// A worker that is replaced may leave what it was asked without an answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn syncing_goes_on_without_the_workers_answer() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::open(Engine::Chromium, folder.path()).await?;
    let page = desk.page();
    let is_idle = "return document.querySelector('.sync-pill').dataset.state === 'idle'";
    tablet::until(&page, is_idle, vec![]).await?;
    let deaf = "ServiceWorker.prototype.postMessage = () => { window.wasAsked = true };\
                return true";
    let _: bool = tablet::script(&page, deaf, vec![]).await?;
    tablet::until(&page, "return window.wasAsked", vec![]).await?;
    tablet::until(&page, is_idle, vec![]).await?;
    desk.browser.close().await
}

/// Two tabs. One types while the other takes the new version; then headquarters goes back to the
/// version before.
async fn a_version_and_an_earlier_one_lose_nothing(engine: Engine) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut desk = Desk::open(engine, folder.path()).await?;
    let (page, item) = (desk.page(), desk.items[0].clone());
    tablet::tap(&page, &item, "violation").await?;
    let facts = tablet::field(&page, &item, "facts").await?;
    facts.click().await?;
    facts.send_keys(FACTS).await?;

    let newer = desk.versions.publish("newer")?;
    let typing = page.window().await?;
    let _: bool = tablet::script(&page, "window.isOld = true; return true", vec![]).await?;
    let other = page.new_tab().await?;
    page.switch_to_window(other).await?;
    page.goto(&desk.address).await?;
    take_update(&page).await?;
    runs(&page, &newer).await?;
    // The first tab gives way once its words are stored.
    page.switch_to_window(typing).await?;
    let leave = "document.activeElement?.blur(); return true";
    let _: bool = tablet::script(&page, leave, vec![]).await?;
    tablet::until(&page, "return !window.isOld", vec![]).await?;
    desk.enter_here().await?;
    desk.shows_what_was_typed().await.context("after the newer version")?;

    let earlier = desk.versions.publish("earlier")?;
    tablet::reload(&page).await?;
    take_update(&page).await?;
    runs(&page, &earlier).await?;
    desk.headquarters.kill();
    tablet::reload(&page).await?;
    desk.enter_here().await?;
    desk.shows_what_was_typed().await.context("offline, in the earlier version")?;
    tablet::tap(&page, &desk.items[1], "compliant").await?;
    tablet::stored_answer(&page, &desk.items[1], "compliant").await?;
    desk.headquarters.start_again().await?;
    tablet::delivered(&page).await?;
    let rows = desk.headquarters.spreadsheet(&desk.inspection, "findings").await?;
    ensure!(rows.len() == 2 && rows[1].contains(&FACTS.to_owned()), "headquarters has {rows:?}");
    desk.browser.close().await
}

struct Desk {
    versions: Versions,
    headquarters: Headquarters,
    browser: Browser,
    address: String,
    inspection: String,
    items: Vec<String>,
}

impl Desk {
    /// A tablet that is ready to go offline, with an inspection open.
    async fn open(engine: Engine, folder: &Path) -> anyhow::Result<Self> {
        let versions = Versions::copy(&folder.join("app"))?;
        versions.publish("first")?;
        let data = folder.join("headquarters");
        let headquarters = Headquarters::serving(versions.folder(), &data).await?;
        let browser = Browser::start(engine, &folder.join("profile")).await?;
        let page = &browser.page;
        tablet::open(page, headquarters.tablets.first().context("no tablet")?).await?;
        let address = format!("http://127.0.0.1:{}/", headquarters.port);
        page.goto(&address).await?;
        let inspection = tablet::inspections(page).await?.first().context("no list")?.clone();
        tablet::enter(page, &inspection).await?;
        let items = tablet::items(page).await?;
        Ok(Self { versions, headquarters, browser, address, inspection, items })
    }

    fn page(&self) -> WebDriver {
        self.browser.page.clone()
    }

    /// A page of the same origin that is not the app: nothing has the store open.
    async fn beside_the_app(&self) -> anyhow::Result<()> {
        Ok(self.browser.page.goto(format!("{}icon.svg", self.address)).await?)
    }

    async fn enter(&self) -> anyhow::Result<()> {
        self.browser.page.goto(&self.address).await?;
        tablet::enter(&self.browser.page, &self.inspection).await
    }

    /// The inspection is shown, wherever the page was when it was loaded anew.
    async fn enter_here(&self) -> anyhow::Result<()> {
        let show = "location.hash = `#/inspection/${arguments[0]}`; return true";
        let page = &self.browser.page;
        let _: bool = tablet::script(page, show, vec![json!(self.inspection)]).await?;
        tablet::until(page, "return !!document.querySelector('[data-item]')", vec![]).await
    }

    async fn shows_what_was_typed(&self) -> anyhow::Result<()> {
        let shown = "return document.querySelector(`[data-item='${arguments[0]}'] \
                     [data-finding] [name=facts]`)?.value === arguments[1]";
        tablet::until(&self.browser.page, shown, vec![json!(self.items[0]), json!(FACTS)]).await
    }
}

/// Takes the version that is offered, as a person does, and waits for the page it brings.
async fn take_update(page: &WebDriver) -> anyhow::Result<()> {
    let take = "const take = document.querySelector('.update button');\
                if (!take || take.disabled) return false;\
                window.isOld = true;\
                take.click();\
                return true";
    tablet::until(page, take, vec![]).await?;
    if let Err(error) = tablet::until(page, "return !window.isOld", vec![]).await {
        let workers: String = tablet::script_async(page, WORKERS).await?;
        return Err(error.context(workers));
    }
    Ok(())
}

/// Waits until exactly this version is kept on the tablet.
async fn runs(page: &WebDriver, version: &str) -> anyhow::Result<()> {
    let wanted = format!("bienban-shell-{version}");
    for _ in 0..200 {
        let kept: Vec<String> = tablet::script_async(page, "done(await caches.keys())").await?;
        if kept == [wanted.clone()] {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    anyhow::bail!("version {version} does not take over")
}

/// How the workers stand, and what the page says of an update.
const WORKERS: &str = "\
    const of = await navigator.serviceWorker.getRegistration();\
    const controls = of.active === navigator.serviceWorker.controller;\
    const [installing, waiting, active] = [of.installing, of.waiting, of.active].map((it) => it?.state);\
    const told = document.querySelector('.update')?.innerText;\
    done(JSON.stringify({ installing, waiting, active, controls, told }))";

/// Makes of the vault what the first version of the app would have left: a store in clear, with the
/// first number and without the table that came later. The key is asked of the service worker, as
/// any page of this origin may.
const TO_FIRST_VERSION: &str = "\
    const asked = (request) => new Promise((resolve, reject) => {\
      request.onsuccess = () => resolve(request.result);\
      request.onerror = request.onblocked = () => reject(request.error ?? new Error('blocked'));\
    });\
    const worker = (await navigator.serviceWorker.getRegistration()).active;\
    const tell = (type) => new Promise((resolve) => {\
      const channel = new MessageChannel();\
      channel.port1.onmessage = (event) => resolve(event.data);\
      worker.postMessage({ type }, [channel.port2]);\
    });\
    const { slot, key: dataKey } = await tell('give-key');\
    const hmac = await crypto.subtle.importKey(\
      'raw', dataKey, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);\
    const label = new TextEncoder().encode('bienban/vault/v1\\0rows');\
    const rowsKey = await crypto.subtle.importKey(\
      'raw', await crypto.subtle.sign('HMAC', hmac, label), 'AES-GCM', false, ['decrypt']);\
    const opened = async (table, key, value) => {\
      if (table === 'journals' || table === 'marks') return [key, value];\
      const additionalData = new Uint8Array(\
        [...new TextEncoder().encode(table), 0, ...new Uint8Array(key)]);\
      const algorithm = { name: 'AES-GCM', iv: value.slice(1, 13), additionalData };\
      const plain = new Uint8Array(\
        await crypto.subtle.decrypt(algorithm, rowsKey, value.slice(13)));\
      const length = plain[0] * 256 + plain[1];\
      return [length ? plain.slice(2, 2 + length) : key, plain.slice(2 + length)];\
    };\
    const now = await asked(indexedDB.open('bienban-' + slot));\
    const tables = [...now.objectStoreNames].filter((name) => name !== 'carried');\
    const rows = {};\
    for (const name of tables) {\
      const table = now.transaction(name).objectStore(name);\
      const [keys, values] = await Promise.all([asked(table.getAllKeys()), asked(table.getAll())]);\
      rows[name] = await Promise.all(keys.map((key, i) => opened(name, key, values[i])));\
    }\
    now.close();\
    await tell('forget-key');\
    await asked(indexedDB.deleteDatabase('bienban-' + slot));\
    await asked(indexedDB.deleteDatabase('bienban-vaults'));\
    const opening = indexedDB.open('bienban', 1);\
    opening.onupgradeneeded = () => {\
      for (const name of tables) {\
        const table = opening.result.createObjectStore(name);\
        for (const [key, value] of rows[name]) table.put(value, key);\
      }\
    };\
    const first = await asked(opening);\
    first.close();\
    done(tables)";

/// Brings the store to a version that this build does not know.
const TO_LATER_VERSION: &str = "\
    const { name } = (await indexedDB.databases()).find((it) => /^bienban-[0-9a-f]{32}$/.test(it.name));\
    const opening = indexedDB.open(name, 99);\
    opening.onupgradeneeded = () => opening.result.createObjectStore('of_a_later_version');\
    opening.onsuccess = () => { opening.result.close(); done(true); };\
    opening.onerror = opening.onblocked = () => done(false)";

/// What opens the vault into which a clear store moves.
const PASSPHRASE: &str = "mẹ ra ao cá";

/// The names of the databases on this tablet.
const DATABASES: &str = "done((await indexedDB.databases()).map((database) => database.name))";

/// The version of the store.
const VERSION: &str = "\
    const { name } = (await indexedDB.databases()).find((it) => /^bienban-[0-9a-f]{32}$/.test(it.name));\
    const opening = indexedDB.open(name);\
    opening.onsuccess = () => { const { version } = opening.result; opening.result.close(); done(version); }";

//! A locked tablet: what opens it, what does not, and what is there afterwards.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::portal::{Portal, Reply};
use e2e_tests::tablet;
use serde_json::json;
use thirtyfour::prelude::*;

const PASSPHRASE: &str = "mẹ ra ao cá";
const OTHER_PASSPHRASE: &str = "con đò sang sông";

/// How long anything may take before the test says that it does not happen.
const PATIENCE: Duration = Duration::from_secs(40);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_is_locked_and_unlocked_without_a_network_in_chromium() -> anyhow::Result<()> {
    locked_and_unlocked(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_is_locked_and_unlocked_without_a_network_in_firefox() -> anyhow::Result<()> {
    locked_and_unlocked(Engine::Firefox).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_is_locked_and_unlocked_without_a_network_in_webkit() -> anyhow::Result<()> {
    locked_and_unlocked(Engine::WebKit).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_inspectors_on_one_tablet_do_not_see_each_others_work() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let page = &desk.browser.page;
    desk.enrol(0, PASSPHRASE).await?;
    tablet::open_inspection(page, "Cơ sở in Mẫu Y", "Phát hiện khi đi qua").await?;
    let alone = tablet::inspections_after_home(page).await?;
    tablet::lock(page).await?;
    desk.enrol(1, OTHER_PASSPHRASE).await?;
    page.goto(&desk.address).await?;
    let others = tablet::inspections(page).await?;
    ensure!(alone.len() == others.len() + 1, "{alone:?} and {others:?}");

    tablet::lock(page).await?;
    let places = "return [...document.querySelectorAll('input[name=vault]')].map(it => \
                  it.closest('label').textContent.trim())";
    let places: Vec<String> = tablet::script(page, places, vec![]).await?;
    ensure!(places == ["Chỗ 1", "Chỗ 2"], "not in the order of their numbers: {places:?}");
    let is_second = "return document.querySelectorAll('input[name=vault]')[1].checked";
    let is_second: bool = tablet::script(page, is_second, vec![]).await?;
    ensure!(is_second, "the last used is not chosen");
    tablet::try_to_unlock(page, PASSPHRASE).await?;
    wrong(page).await?;
    let first = "document.querySelectorAll('input[name=vault]')[0].click(); return true";
    let _: bool = tablet::script(page, first, vec![]).await?;
    tablet::unlock(page, PASSPHRASE).await?;
    lists(page, alone.len()).await.context("the first finds all of its own again")?;
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_link_of_the_demonstration_opens_its_own_vault_again_and_again() -> anyhow::Result<()>
{
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let page = &desk.browser.page;
    let [first, second] = desk.headquarters.tablets.as_slice() else {
        anyhow::bail!("there are two inspectors");
    };
    for link in [first, second, first, first, second] {
        page.goto("about:blank").await?;
        tablet::open(page, link).await?;
    }
    tablet::lock(page).await?;
    page.goto("about:blank").await?;
    tablet::open(page, first).await?;
    let count = tablet::vaults(page).await?;
    ensure!(count == 2, "{count} vaults for two inspectors");
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_that_lies_untouched_locks_by_itself() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let page = &desk.browser.page;
    desk.enrol(0, PASSPHRASE).await?;
    let later = "const genuine = Date.now; Date.now = () => genuine() + 16 * 60000; return true";
    let _: bool = tablet::script(page, later, vec![]).await?;
    tablet::until(page, "return !!document.querySelector('.unlock')", vec![]).await?;
    tablet::reload(page).await?;
    tablet::until(page, "return !!document.querySelector('.unlock')", vec![]).await?;
    tablet::unlock(page, PASSPHRASE).await?;
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_tab_locks_with_the_first_and_opens_with_it() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let page = &desk.browser.page;
    desk.enrol(0, PASSPHRASE).await?;
    let first = page.window().await?;
    let second = page.new_tab().await?;
    page.switch_to_window(second.clone()).await?;
    page.goto(&desk.address).await?;
    tablet::inspections(page).await.context("the second tab does not ask")?;
    tablet::lock(page).await?;
    page.switch_to_window(first.clone()).await?;
    tablet::until(page, "return !!document.querySelector('.unlock')", vec![]).await?;
    tablet::unlock(page, PASSPHRASE).await?;
    page.switch_to_window(second).await?;
    let opened = "return !!document.querySelector('nav.tabs')";
    tablet::until(page, opened, vec![]).await.context("the second tab opens with the first")?;
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_stored_is_named_before_locking_loses_it() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let page = &desk.browser.page;
    let (inspection, item) = desk.full_disk().await?;
    let words = "return document.querySelector(`[data-item='${arguments[0]}'] .question`)\
                 .textContent";
    let question: String = tablet::script(page, words, vec![json!(item)]).await?;

    desk.begin_locking().await?;
    shift_clock(page, 25_000).await?;
    let lost = "return [...document.querySelectorAll('[data-lock=stuck] li')]\
                .map(it => it.textContent).join()";
    let named = format!("{lost} === arguments[0]");
    tablet::until(page, &named, vec![json!(question)]).await?;
    page.find(By::Css("button[name=stay]")).await?.click().await?;
    let open = "return !document.querySelector('[data-lock]') && !!document.querySelector('nav')";
    tablet::until(page, open, vec![]).await?;
    go(page, &format!("#/inspection/{inspection}")).await?;
    let failed = "const item = document.querySelector(`[data-item='${arguments[0]}']`);\
                  return item?.dataset.saved === 'failed'\
                    && item.querySelector('input:checked')?.value === 'compliant'";
    tablet::until(page, failed, vec![json!(item)]).await.context("who stays can still store it")?;

    desk.begin_locking().await?;
    shift_clock(page, 50_000).await?;
    tablet::until(page, &named, vec![json!(question)]).await?;
    page.find(By::Css("button[name=lock-anyway]")).await?.click().await?;
    tablet::unlock(page, PASSPHRASE).await?;
    tablet::inspections_after_home(page).await?;
    tablet::enter(page, &inspection).await?;
    let answers = tablet::answers(page, false).await?;
    ensure!(answers.is_empty(), "what was not stored is there: {answers:?}");
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tablet_that_lies_untouched_locks_also_when_something_cannot_be_stored()
-> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let page = &desk.browser.page;
    desk.full_disk().await?;
    // Sixteen minutes later, and from there on thirty times as fast.
    let later = "const genuine = Date.now, at = genuine();\
                 Date.now = () => at + 16 * 60000 + 30 * (genuine() - at);\
                 return true";
    let _: bool = tablet::script(page, later, vec![]).await?;
    tablet::until(page, "return !!document.querySelector('.unlock')", vec![]).await?;
    tablet::unlock(page, PASSPHRASE).await?;
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_are_being_typed_wait_in_their_field_behind_the_lock() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let page = &desk.browser.page;
    let (inspection, item) = desk.first_item().await?;
    tablet::tap(page, &item, "violation").await?;
    tablet::stored(page, &item).await?;
    // Nothing becomes an event by itself: neither after a while nor by leaving the field.
    let stop = "const genuine = window.setTimeout;\
                window.setTimeout = (act, ms, ...rest) =>\
                  ms === 30000 ? 0 : genuine(act, ms, ...rest);\
                return true";
    let _: bool = tablet::script(page, stop, vec![]).await?;
    let field = tablet::field(page, &item, "facts").await?;
    field.click().await?;
    field.send_keys("Giấy phép ghi 2 vạn").await?;
    shift_clock(page, 16 * 60_000).await?;
    tablet::until(page, "return !!document.querySelector('.unlock')", vec![]).await?;
    tablet::unlock(page, PASSPHRASE).await?;
    tablet::inspections_after_home(page).await?;
    tablet::enter(page, &inspection).await?;
    let words = tablet::field(page, &item, "facts").await?.prop("value").await?;
    ensure!(words.as_deref() == Some("Giấy phép ghi 2 vạn"), "the words are gone: {words:?}");
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_browser_without_a_service_worker_works_and_asks_for_the_passphrase() -> anyhow::Result<()>
{
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let page = &desk.browser.page;
    let portal = Portal::to(desk.headquarters.port).await?;
    portal.answer(&[("/sw.js", Reply::fixed(404, "text/plain", "no such file"))]);
    let origin = format!("http://127.0.0.1:{}", portal.port);
    page.goto(format!("{origin}/enrol")).await?;
    tablet::until(page, "return !!document.querySelector('.enrol input[name=code]')", vec![])
        .await?;
    page.find(By::Css("input[name=code]")).await?.send_keys(desk.code(0)?).await?;
    page.find(By::Css("input[name=passphrase]")).await?.send_keys(PASSPHRASE).await?;
    page.find(By::Css(".enrol button[type=submit]")).await?.click().await?;
    // Nothing says that everything is here: without a worker it never is.
    let idle = "return document.querySelector('[data-state]')?.dataset.state === 'idle'";
    let begun = Instant::now();
    while portal.answered("/api/v1/packs/") == 0 {
        ensure!(begun.elapsed() < PATIENCE, "no pack was fetched");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    tablet::until(page, idle, vec![]).await?;
    let inspection = tablet::inspections(page).await?.first().context("no inspection")?.clone();
    tablet::enter(page, &inspection).await?;
    let item = tablet::items(page).await?.first().context("no item")?.clone();
    tablet::tap(page, &item, "compliant").await?;
    tablet::stored(page, &item).await?;
    tablet::delivered(page).await?;

    tablet::reload(page).await?;
    tablet::until(page, "return !!document.querySelector('.unlock')", vec![]).await?;
    ensure!(portal.answered("/sw.js") > 0, "no worker was refused");
    let workers = "const all = await navigator.serviceWorker.getRegistrations();\
                   done(all.length)";
    let workers: u64 = tablet::script_async(page, workers).await?;
    ensure!(workers == 0, "{workers} workers are registered");
    tablet::unlock(page, PASSPHRASE).await?;
    go(page, &format!("#/inspection/{inspection}")).await?;
    tablet::stored_answer(page, &item, "compliant").await?;
    desk.browser.close().await
}

async fn locked_and_unlocked(engine: Engine) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut desk = Desk::start(engine, folder.path()).await?;
    desk.enrol(0, PASSPHRASE).await?;
    let page = desk.browser.page.clone();
    page.goto(&desk.address).await?;
    let inspection = tablet::inspections(&page).await?.first().context("no inspection")?.clone();
    tablet::enter(&page, &inspection).await?;
    let item = tablet::items(&page).await?.first().context("no item")?.clone();
    desk.headquarters.kill();
    tablet::tap(&page, &item, "compliant").await?;
    tablet::stored(&page, &item).await?;

    tablet::reload(&page).await?;
    tablet::until(&page, "return !!document.querySelector('.unlock, [data-item]')", vec![]).await?;
    tablet::stored_answer(&page, &item, "compliant").await.context("a reload does not ask")?;

    tablet::lock(&page).await?;
    shows_nobody(&page).await?;
    tablet::reload(&page).await?;
    tablet::until(&page, "return !!document.querySelector('.unlock')", vec![]).await?;
    // However slow this machine types, the wait has not passed.
    let stop = "window.genuine = Date.now; const at = Date.now(); Date.now = () => at; return true";
    let _: bool = tablet::script(&page, stop, vec![]).await?;
    for _ in 0..4 {
        tablet::try_to_unlock(&page, "không phải cụm này").await?;
        wrong(&page).await?;
        let idle = "return !document.querySelector('.unlock button[type=submit]').disabled";
        tablet::until(&page, idle, vec![]).await?;
    }
    tablet::try_to_unlock(&page, PASSPHRASE).await?;
    let slowed = "return /[0-9] (giây|second)/.test(\
                  document.querySelector('#passphrase-fault')?.textContent)";
    tablet::until(&page, slowed, vec![]).await.context("the fifth is slowed")?;
    let _: bool = tablet::script(&page, "Date.now = window.genuine; return true", vec![]).await?;
    let opened = "const form = document.querySelector('.unlock form');\
                  form?.requestSubmit();\
                  return !!document.querySelector('nav.tabs')";
    retype_until(&page, opened).await?;
    let go = "location.hash = arguments[0]; return true";
    let _: bool =
        tablet::script(&page, go, vec![json!(format!("#/inspection/{inspection}"))]).await?;
    tablet::stored_answer(&page, &item, "compliant").await.context("everything is there")?;
    desk.browser.close().await
}

/// Waits until so many inspections are listed: lines come one by one.
async fn lists(page: &thirtyfour::WebDriver, count: usize) -> anyhow::Result<()> {
    let many = "return document.querySelectorAll('[data-inspection]').length === arguments[0]";
    tablet::until(page, many, vec![json!(count)]).await
}

/// Tries again, as a person does who waits as told.
async fn retype_until(page: &WebDriver, opened: &str) -> anyhow::Result<()> {
    let type_in = format!(
        "const field = document.querySelector('.unlock input[name=passphrase]');\
         if (field) field.value = arguments[0];\
         {opened}"
    );
    tablet::until(page, &type_in, vec![json!(PASSPHRASE)]).await
}

async fn wrong(page: &WebDriver) -> anyhow::Result<()> {
    let said = "return !!document.querySelector('#passphrase-fault')";
    tablet::until(page, said, vec![]).await.context("a wrong passphrase says so")
}

async fn go(page: &WebDriver, screen: &str) -> anyhow::Result<()> {
    let go = "location.hash = arguments[0]; return true";
    tablet::script::<bool>(page, go, vec![json!(screen)]).await.map(drop)
}

/// Sets the page's clock this far ahead of the machine's.
async fn shift_clock(page: &WebDriver, by_ms: u64) -> anyhow::Result<()> {
    let shift = "window.genuine ??= Date.now;\
                 const by = arguments[0];\
                 Date.now = () => window.genuine() + by;\
                 return true";
    tablet::script::<bool>(page, shift, vec![json!(by_ms)]).await.map(drop)
}

/// Nothing of the person or of what is inspected is on the page, in its title or its address.
async fn shows_nobody(page: &WebDriver) -> anyhow::Result<()> {
    let shown: String = tablet::script(
        page,
        "return document.documentElement.outerHTML + document.title + location.href",
        vec![],
    )
    .await?;
    for word in ["Kiểm tra viên", "Mẫu A", "Mẫu B", "data-item"] {
        ensure!(!shown.contains(word), "the lock shows `{word}`");
    }
    Ok(())
}

struct Desk {
    headquarters: Headquarters,
    browser: Browser,
    address: String,
}

impl Desk {
    async fn start(engine: Engine, folder: &Path) -> anyhow::Result<Self> {
        let headquarters = Headquarters::start(&folder.join("headquarters")).await?;
        let browser = Browser::start(engine, &folder.join("profile")).await?;
        let address = format!("http://127.0.0.1:{}/", headquarters.port);
        Ok(Self { headquarters, browser, address })
    }

    /// Enrols as the inspector of this number, by typing.
    async fn enrol(&self, number: usize, passphrase: &str) -> anyhow::Result<()> {
        let origin = self.address.trim_end_matches('/');
        tablet::enrol(&self.browser.page, origin, self.code(number)?, passphrase).await
    }

    /// The code for the inspector of this number.
    fn code(&self, number: usize) -> anyhow::Result<&str> {
        let link = self.headquarters.tablets.get(number).context("no such inspector")?;
        link.split(['#', '.']).rev().nth(1).context("the link has no code")
    }

    /// Enrols and enters the first inspection; it and its first item.
    async fn first_item(&self) -> anyhow::Result<(String, String)> {
        let page = &self.browser.page;
        self.enrol(0, PASSPHRASE).await?;
        let inspection = tablet::inspections_after_home(page).await?;
        let inspection = inspection.first().context("no inspection")?.clone();
        tablet::enter(page, &inspection).await?;
        let item = tablet::items(page).await?.first().context("no item")?.clone();
        Ok((inspection, item))
    }

    /// Answers the first item on a disk that is full; it and its inspection.
    async fn full_disk(&self) -> anyhow::Result<(String, String)> {
        let page = &self.browser.page;
        let (inspection, item) = self.first_item().await?;
        let refuse = "IDBObjectStore.prototype.put = function () {\
                        throw new DOMException('no room', 'QuotaExceededError'); };\
                      return true";
        let _: bool = tablet::script(page, refuse, vec![]).await?;
        tablet::tap(page, &item, "compliant").await?;
        let failed = "return document.querySelector(`[data-item='${arguments[0]}']`)\
                      .dataset.saved === 'failed'";
        tablet::until(page, failed, vec![json!(item)]).await?;
        Ok((inspection, item))
    }

    /// Asks to lock, and waits until the tablet says that it waits.
    async fn begin_locking(&self) -> anyhow::Result<()> {
        let page = &self.browser.page;
        go(page, "#/settings").await?;
        tablet::until(page, "return !!document.querySelector('button[name=lock]')", vec![]).await?;
        page.find(By::Css("button[name=lock]")).await?.click().await?;
        tablet::until(page, "return !!document.querySelector('.lock-now .fault')", vec![]).await
    }
}

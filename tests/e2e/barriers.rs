//! No screen and no office page has a barrier that axe finds, in any theme and either language,
//! also with a finding, a conflict, a held event, an open sheet and an error on it.
//!
//! What axe cannot find (whether an order makes sense, whether words help) is for people.

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::places;
use e2e_tests::tablet;
use e2e_tests::walk;
use serde_json::json;
use thirtyfour::prelude::*;

/// What axe finds, one line for each kind of barrier.
const FIND: &str = "const done = arguments[arguments.length - 1];\
    axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations.map(\
      kind => `${kind.id}: ${kind.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ')}`\
    )), fault => done([String(fault)]))";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_screen_of_the_tablet_has_a_barrier() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let first = Inspector::enrol(Engine::Chromium, &headquarters, 0, folder.path()).await?;
    let second = Inspector::enrol(Engine::Chromium, &headquarters, 1, folder.path()).await?;
    let inspection = first.inspections().await?.first().context("no inspection")?.clone();
    disagree([&first, &second], &inspection).await.context("a conflict")?;
    leave_the_team(&headquarters, &second, &inspection).await.context("a held event")?;
    shows_held(&first, &inspection).await?;

    let mut barriers = Barriers::default();
    for (theme, lang) in looks() {
        walk::choose(first.page(), theme, lang).await?;
        for screen in walk::screens(first.page()).await? {
            walk::go(first.page(), &screen).await?;
            barriers.look(first.page(), &format!("{screen} {theme} {lang}")).await?;
        }
        walk::go(first.page(), &format!("#/inspection/{inspection}")).await?;
        for (sheet, opener) in [("law", "[data-law]"), ("help", ".help-button")] {
            open_sheet(first.page(), opener).await?;
            barriers.look(first.page(), &format!("the sheet of {sheet} {theme} {lang}")).await?;
            close_sheet(first.page()).await?;
        }
    }
    let refused = Browser::start(Engine::Chromium, &folder.path().join("stranger")).await?;
    refused.page.goto(format!("http://127.0.0.1:{}/enrol#AAAA-BBBB", headquarters.port)).await?;
    tablet::until(&refused.page, "return !!document.querySelector('.enrol form')", vec![]).await?;
    barriers.look(&refused.page, "an invitation").await?;
    refused.page.find(By::Css("input[name=passphrase]")).await?.send_keys(PASSPHRASE).await?;
    refused.page.find(By::Css("button[type=submit]")).await?.click().await?;
    tablet::until(&refused.page, "return !!document.querySelector('#code-fault')", vec![]).await?;
    barriers.look(&refused.page, "a refused invitation").await?;
    refused.close().await?;
    for (theme, lang) in looks() {
        walk::choose(first.page(), theme, lang).await?;
        tablet::lock(first.page()).await?;
        barriers.look(first.page(), &format!("the lock {theme} {lang}")).await?;
        tablet::try_to_unlock(first.page(), "not the passphrase").await?;
        let wrong = "document.querySelector('details').open = true; \
                     return !!document.querySelector('#passphrase-fault')";
        tablet::until(first.page(), wrong, vec![]).await?;
        barriers.look(first.page(), &format!("a wrong passphrase {theme} {lang}")).await?;
        tablet::unlock(first.page(), &headquarters.passphrase).await?;
    }
    first.close().await?;
    second.close().await?;
    barriers.none()
}

/// What the stranger chooses.
const PASSPHRASE: &str = "bốn từ để thử";

/// Both answer the same item differently, and one writes a finding.
async fn disagree([first, second]: [&Inspector; 2], inspection: &str) -> anyhow::Result<()> {
    first.enter(inspection).await?;
    second.enter(inspection).await?;
    let items = tablet::items(first.page()).await?;
    let [differs, found, ..] = items.as_slice() else { anyhow::bail!("too few items") };
    // Neither has seen the other's answer: each is recorded before the next news.
    tablet::tap(first.page(), differs, "compliant").await?;
    tablet::tap(second.page(), differs, "not_applicable").await?;
    tablet::tap(first.page(), found, "violation").await?;
    tablet::write(first.page(), found, "facts", "Thiếu 3 bản lưu chiểu").await?;
    tablet::stored(first.page(), found).await?;
    for inspector in [first, second] {
        tablet::delivered(inspector.page()).await?;
    }
    first.enter(inspection).await?;
    tablet::until(first.page(), "return !!document.querySelector('[data-value-by]')", vec![]).await
}

/// The second inspector is taken off the team, and what is tapped afterwards is held.
async fn leave_the_team(
    headquarters: &Headquarters,
    leaving: &Inspector,
    inspection: &str,
) -> anyhow::Result<()> {
    headquarters.take_member_off_team(inspection).await?;
    let items = tablet::items(leaving.page()).await?;
    let item = items.last().context("no item")?;
    tablet::tap(leaving.page(), item, "compliant").await?;
    tablet::delivered(leaving.page()).await
}

/// The colleague sees that something is held, and each of it.
async fn shows_held(colleague: &Inspector, inspection: &str) -> anyhow::Result<()> {
    colleague.enter(inspection).await?;
    let show = "const held = document.querySelector('details.held');\
                if (held) held.open = true;\
                return !!held";
    tablet::until(colleague.page(), show, vec![]).await
}

/// Every theme in both languages.
fn looks() -> impl Iterator<Item = (&'static str, &'static str)> {
    ["light", "dark", "contrast"].into_iter().flat_map(|theme| [(theme, "vi"), (theme, "en")])
}

async fn open_sheet(page: &WebDriver, opener: &str) -> anyhow::Result<()> {
    // The law is cited where the basis of an item is unfolded.
    let open = "const unfolded = document.querySelector('.basis');\
                if (!unfolded) document.querySelector('.why')?.click();\
                document.querySelector(arguments[0])?.click();\
                return !!document.querySelector('dialog[open] .popup-text')?.textContent";
    tablet::until(page, open, vec![json!(opener)]).await
}

async fn close_sheet(page: &WebDriver) -> anyhow::Result<()> {
    let close = "document.querySelector('dialog[open]')?.close(); return true";
    let _: bool = tablet::script(page, close, vec![]).await?;
    // Its step in the way back is left a moment later; a new address must not come in between.
    tablet::until(page, "return history.state === null", vec![]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_of_the_office_has_a_barrier() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let mut barriers = Barriers::default();
    let browser = Browser::start(Engine::Chromium, &folder.path().join("clerk")).await?;
    let base = format!("http://127.0.0.1:{}", headquarters.port);
    browser.page.goto(&headquarters.office).await?;
    for (theme, lang) in looks() {
        browser.page.goto(format!("{base}/office/language?to={lang}")).await?;
        browser.page.goto(format!("{base}/office/theme?to={theme}")).await?;
        for address in walk::office_pages(&browser.page, &base).await? {
            browser.page.goto(format!("{base}{address}")).await?;
            barriers.look(&browser.page, &format!("{address} {theme} {lang}")).await?;
        }
    }
    browser.close().await?;
    barriers.none()
}

/// What was found, and where.
#[derive(Default)]
struct Barriers {
    found: Vec<String>,
    looked_at: usize,
}

impl Barriers {
    async fn look(&mut self, page: &WebDriver, place: &str) -> anyhow::Result<()> {
        let axe = places::told("AXE", "node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(places::workspace().join(axe)).context("axe")?;
        page.execute(&axe, vec![]).await?;
        let found = page.execute_async(FIND, vec![]).await?;
        let found: Vec<String> = serde_json::from_value(found.json().clone())?;
        self.found.extend(found.into_iter().map(|barrier| format!("{place}: {barrier}")));
        self.looked_at += 1;
        Ok(())
    }

    fn none(self) -> anyhow::Result<()> {
        println!("axe looked at {} pages", self.looked_at);
        ensure!(self.found.is_empty(), "barriers:\n{}", self.found.join("\n"));
        Ok(())
    }
}

//! No screen and no office page has a barrier that axe finds, in any theme and either language,
//! also with a finding, a conflict and an error on it.
//!
//! What axe cannot find (whether an order makes sense, whether words help) is for people.

use std::collections::BTreeSet;

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine, Liking};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::places;
use e2e_tests::tablet;
use serde_json::json;
use thirtyfour::prelude::*;

/// What axe finds, one line for each kind of barrier.
const FIND: &str = "const done = arguments[arguments.length - 1];\
    axe.run(document, { resultTypes: ['violations'] }).then(found => done(found.violations.map(\
      kind => `${kind.id}: ${kind.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ')}`\
    )), fault => done([String(fault)]))";

/// The addresses of links that lead on, without what only downloads or ends the visit.
const LINKS: &str = "return [...document.querySelectorAll('a[href]:not([download])')]\
    .map(link => link.getAttribute('href').split('?')[0])\
    .filter(href => href.startsWith(arguments[0]) && !/[.](csv|xlsx|css)$|language|leave/.test(href))";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_screen_of_the_tablet_has_a_barrier() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let first = Inspector::enrol(Engine::Chromium, &headquarters, 0, folder.path()).await?;
    let second = Inspector::enrol(Engine::Chromium, &headquarters, 1, folder.path()).await?;
    let inspection = first.inspections().await?.first().context("no inspection")?.clone();
    disagree([&first, &second], &inspection).await.context("a conflict")?;

    let mut barriers = Barriers::default();
    for (theme, lang) in [("light", "vi"), ("light", "en"), ("dark", "vi"), ("contrast", "en")] {
        choose(&first, theme, lang).await?;
        for screen in screens(first.page()).await? {
            go(first.page(), &screen).await?;
            barriers.look(first.page(), &format!("{screen} {theme} {lang}")).await?;
        }
    }
    let refused = Browser::start(Engine::Chromium, &folder.path().join("stranger")).await?;
    refused.page.goto(format!("http://127.0.0.1:{}/enrol#AAAA-BBBB", headquarters.port)).await?;
    tablet::until(&refused.page, "return !!document.querySelector('[role=alert]')", vec![]).await?;
    barriers.look(&refused.page, "a refused invitation").await?;
    refused.close().await?;
    first.close().await?;
    second.close().await?;
    barriers.none()
}

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

/// Chooses theme and language as a person does.
async fn choose(inspector: &Inspector, theme: &str, lang: &str) -> anyhow::Result<()> {
    let choose = "const radio = value => [...document.querySelectorAll('input[type=radio]')]\
          .find(radio => radio.value === value);\
        if (!radio(arguments[0]) || !radio(arguments[1])) return false;\
        radio(arguments[0]).click();\
        radio(arguments[1]).click();\
        return true";
    go(inspector.page(), "#/settings").await?;
    tablet::until(inspector.page(), choose, vec![json!(theme), json!(lang)]).await?;
    let chosen = "return document.documentElement.lang === arguments[0]";
    tablet::until(inspector.page(), chosen, vec![json!(lang)]).await
}

/// Every screen that links lead to, of several inspections the first.
async fn screens(page: &WebDriver) -> anyhow::Result<Vec<String>> {
    let (mut known, mut waiting) = (BTreeSet::new(), vec!["#/".to_owned()]);
    let mut screens = Vec::new();
    while let Some(screen) = waiting.pop() {
        if !known.insert(pattern(&screen)) {
            continue;
        }
        go(page, &screen).await?;
        let mut links: Vec<String> = tablet::script(page, LINKS, vec![json!("#/")]).await?;
        links.reverse();
        waiting.extend(links);
        screens.push(screen);
    }
    ensure!(screens.len() >= 5, "only {screens:?} were found");
    Ok(screens)
}

/// An address with every part that names one of many left out, and without a place on its screen.
fn pattern(address: &str) -> String {
    let screen = address.split("/go/").next().unwrap_or(address);
    let parts = screen.split('/').map(|part| {
        let names_one = part.len() > 12 && part.chars().any(|c| c.is_ascii_digit());
        if names_one { "*" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn go(page: &WebDriver, screen: &str) -> anyhow::Result<()> {
    let go = "location.hash = arguments[0]; return true";
    let _: bool = tablet::script(page, go, vec![json!(screen)]).await?;
    let painted = "return location.hash === arguments[0] && !!document.querySelector('h1')";
    tablet::until(page, painted, vec![json!(screen)]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_of_the_office_has_a_barrier() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let mut barriers = Barriers::default();
    for (liking, lang) in [(Liking::Light, "vi"), (Liking::Dark, "en")] {
        let profile = folder.path().join(lang);
        let browser = Browser::start_liking(Engine::Chromium, &profile, liking).await?;
        let base = format!("http://127.0.0.1:{}", headquarters.port);
        browser.page.goto(&headquarters.office).await?;
        browser.page.goto(format!("{base}/office/language?to={lang}")).await?;
        let pages = office_pages(&browser.page, &base).await?;
        for address in pages {
            browser.page.goto(format!("{base}{address}")).await?;
            barriers.look(&browser.page, &format!("{address} {liking:?} {lang}")).await?;
        }
        browser.close().await?;
    }
    barriers.none()
}

/// Every page that links lead to, of several of one kind the first.
async fn office_pages(page: &WebDriver, base: &str) -> anyhow::Result<Vec<String>> {
    let (mut known, mut waiting) = (BTreeSet::new(), vec!["/office".to_owned()]);
    let mut pages = Vec::new();
    while let Some(address) = waiting.pop() {
        if !known.insert(pattern(&address)) {
            continue;
        }
        page.goto(format!("{base}{address}")).await?;
        let mut links: Vec<String> = tablet::script(page, LINKS, vec![json!("/office")]).await?;
        links.reverse();
        waiting.extend(links);
        pages.push(address);
    }
    ensure!(pages.len() >= 5, "only {pages:?} were found");
    Ok(pages)
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

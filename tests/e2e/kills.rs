//! Random kills: whatever the screen called *stored* is there afterwards, and headquarters ends
//! with exactly what was tapped.
//!
//! The number of kills is `BIENBAN_KILLS` (12 without it), the seed `BIENBAN_SEED`; both are
//! printed. Killing a process does not test a loss of power: the operating system keeps what
//! was written.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::chance::{Chance, told};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::tablet::{self, Answers};
use serde_json::json;
use tokio::time::sleep;

const ANSWERS: [&str; 4] = ["compliant", "violation", "not_applicable", "not_checked"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_called_stored_survives_random_kills() -> anyhow::Result<()> {
    let kills = told("BIENBAN_KILLS", 12);
    let seed = told("BIENBAN_SEED", u64::from(std::process::id()));
    println!("{kills} kills, BIENBAN_SEED={seed}");
    let folder = tempfile::tempdir()?;
    let mut world = World::start(folder.path(), Chance(seed)).await?;
    for kill in 0..kills {
        world.work().await.with_context(|| format!("work before kill {kill}"))?;
        world.kill_and_return().await.with_context(|| format!("kill {kill}"))?;
    }
    world.check_headquarters().await?;
    world.browser.close().await
}

struct World {
    chance: Chance,
    headquarters: Headquarters,
    browser: Browser,
    profile: std::path::PathBuf,
    address: String,
    inspection: String,
    items: Vec<String>,
    /// What was tapped last and is not known to be lost.
    tapped: Answers,
    /// The facts that were written, by item.
    facts: BTreeMap<String, String>,
}

impl World {
    async fn start(folder: &Path, chance: Chance) -> anyhow::Result<Self> {
        let headquarters = Headquarters::start(&folder.join("headquarters")).await?;
        let profile = folder.join("profile");
        let browser = Browser::start(Engine::Chromium, &profile).await?;
        tablet::open(&browser.page, headquarters.tablets.first().context("no tablet")?).await?;
        let address = format!("http://127.0.0.1:{}/", headquarters.port);
        browser.page.goto(&address).await?;
        let inspection =
            tablet::inspections(&browser.page).await?.first().context("no inspection")?.clone();
        tablet::enter(&browser.page, &inspection).await?;
        let items = tablet::items(&browser.page).await?;
        Ok(Self {
            chance,
            headquarters,
            browser,
            profile,
            address,
            inspection,
            items,
            tapped: Answers::new(),
            facts: BTreeMap::new(),
        })
    }

    /// Some taps, and now and then the facts of a finding.
    async fn work(&mut self) -> anyhow::Result<()> {
        for _ in 0..=self.chance.below(6) {
            let item = self.items[self.chance.below(self.items.len())].clone();
            if self.facts.contains_key(&item) {
                // Moving away from *violation* asks about the finding; that is another journey.
                continue;
            }
            let answer = ANSWERS[self.chance.below(ANSWERS.len())];
            if self.tapped.get(&item).is_some_and(|tapped| tapped == answer) {
                // Choosing what is chosen already is no event.
                continue;
            }
            let saved = tablet::tap(&self.browser.page, &item, answer).await?;
            ensure!(saved == "recorded", "`{item}` says `{saved}` in the task of the tap");
            self.tapped.insert(item.clone(), answer.to_owned());
            if answer == "violation" {
                self.write_facts(&item).await?;
            }
        }
        sleep(Duration::from_millis(self.chance.below(120) as u64)).await;
        Ok(())
    }

    async fn write_facts(&mut self, item: &str) -> anyhow::Result<()> {
        let facts = format!("Thiếu {} bản lưu", self.chance.below(900));
        tablet::write(&self.browser.page, item, "facts", &facts).await?;
        tablet::stored(&self.browser.page, item).await?;
        self.facts.insert(item.to_owned(), facts);
        Ok(())
    }

    /// Kills the browser, headquarters or both, and brings back what was killed.
    async fn kill_and_return(&mut self) -> anyhow::Result<()> {
        let victim = self.chance.below(4);
        let stored = tablet::answers(&self.browser.page, true).await?;
        if victim != 0 {
            self.headquarters.kill();
        }
        if victim != 1 {
            self.restart_browser(&stored).await?;
        }
        if victim != 0 {
            self.headquarters.start_again().await?;
        }
        Ok(())
    }

    async fn restart_browser(&mut self, stored: &Answers) -> anyhow::Result<()> {
        let next = Browser::kill_and_start(&mut self.browser, Engine::Chromium, &self.profile);
        next.await?;
        let passphrase = self.headquarters.passphrase.clone();
        tablet::arrive(&self.browser.page, &self.address, &passphrase).await?;
        tablet::inspections(&self.browser.page).await?;
        tablet::enter(&self.browser.page, &self.inspection).await?;
        let there = tablet::answers(&self.browser.page, false).await?;
        for (item, answer) in stored {
            ensure!(
                there.get(item) == Some(answer),
                "`{item}` was stored as `{answer}` and is {:?} after the kill",
                there.get(item)
            );
        }
        self.facts_are_there().await?;
        self.tapped = there;
        Ok(())
    }

    async fn facts_are_there(&self) -> anyhow::Result<()> {
        let read = "return document.querySelector(\
            `[data-item='${arguments[0]}'] [data-finding] [name=facts]`)?.value ?? ''";
        for (item, facts) in &self.facts {
            tablet::field(&self.browser.page, item, "facts").await?;
            let there: String = tablet::script(&self.browser.page, read, vec![json!(item)]).await?;
            ensure!(there == *facts, "`{item}` had `{facts}` and has `{there}` after the kill");
        }
        Ok(())
    }

    /// Everything arrives, and the spreadsheets equal what was tapped, row for row.
    async fn check_headquarters(&mut self) -> anyhow::Result<()> {
        tablet::delivered(&self.browser.page).await?;
        let rows = self.headquarters.spreadsheet(&self.inspection, "answers").await?;
        let rows = rows.iter().skip(1).map(|row| (row[0].clone(), row[1].clone()));
        let answers: Vec<_> = rows.filter(|(_, value)| ANSWERS.contains(&value.as_str())).collect();
        let mut sorted = answers.clone();
        sorted.sort();
        let tapped: Vec<_> = self.tapped.clone().into_iter().collect();
        ensure!(sorted == tapped, "headquarters has {answers:?}, tapped was {tapped:?}");

        let findings = self.headquarters.spreadsheet(&self.inspection, "findings").await?;
        let mut findings: Vec<_> =
            findings.iter().skip(1).map(|row| (row[1].clone(), row[3].clone())).collect();
        findings.sort();
        let written: Vec<_> = self.facts.clone().into_iter().collect();
        ensure!(findings == written, "headquarters has {findings:?}, written was {written:?}");
        Ok(())
    }
}

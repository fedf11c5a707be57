//! The journey of one finding: enrolled, offline, killed, and back at headquarters, in each
//! browser. The browser has no hand in it but its own.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::network::Network;
use e2e_tests::tablet::{self, Answers};
use serde_json::json;
use thirtyfour::prelude::*;
use tokio::time::sleep;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finding_travels_in_chromium() -> anyhow::Result<()> {
    travel(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finding_travels_in_firefox() -> anyhow::Result<()> {
    travel(Engine::Firefox).await
}

/// WebKitGTK is not the Safari of an iPad: it shares its engine for pages, scripts and databases,
/// not its storage rules, its keyboard or the way an app is installed there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_finding_travels_in_webkit() -> anyhow::Result<()> {
    travel(Engine::WebKit).await
}

async fn travel(engine: Engine) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut journey = Journey::begin(engine, folder.path()).await.context("enrolment")?;
    journey.opens_without_headquarters().await.context("offline start")?;
    journey.answers_twelve_items().await.context("answers")?;
    journey.writes_a_finding().await.context("a finding")?;
    journey.opens_an_inspection_alone().await.context("an inspection of one's own")?;
    journey.survives_a_kill_while_typing().await.context("a kill while typing")?;
    journey.delivers_though_answers_get_lost().await.context("delivery")?;
    journey.headquarters_has_it_all().await.context("headquarters")?;
    journey.browser.close().await
}

struct Journey {
    engine: Engine,
    headquarters: Headquarters,
    network: Network,
    browser: Browser,
    profile: std::path::PathBuf,
    address: String,
    inspection: String,
    items: Vec<String>,
    tapped: Answers,
}

const FACTS: &str = "Không xuất trình được hợp đồng in số 12; \"bản gốc\" thất lạc";
const QUANTITY: &str = "1.200 cuốn";
const STATEMENT: &str = "Sẽ bổ sung trong tuần";

impl Journey {
    /// A tablet URL enrols this browser and says when it is ready to go offline.
    async fn begin(engine: Engine, folder: &Path) -> anyhow::Result<Self> {
        let headquarters = Headquarters::start(&folder.join("headquarters")).await?;
        let network = Network::to(headquarters.port).await?;
        let profile = folder.join("profile");
        let browser = Browser::start(engine, &profile).await?;
        let (from, to) = (headquarters.port.to_string(), network.port.to_string());
        let tablet_url = headquarters.tablets.first().context("no tablet URL")?.replace(&from, &to);
        tablet::open(&browser.page, &tablet_url).await?;
        let address = format!("http://127.0.0.1:{}/", network.port);
        Ok(Self {
            engine,
            headquarters,
            network,
            browser,
            profile,
            address,
            inspection: String::new(),
            items: Vec::new(),
            tapped: Answers::new(),
        })
    }

    fn page(&self) -> &WebDriver {
        &self.browser.page
    }

    /// Headquarters is killed; the page is reloaded, the browser closed and started anew.
    async fn opens_without_headquarters(&mut self) -> anyhow::Result<()> {
        self.headquarters.kill();
        self.page().goto(&self.address).await?;
        tablet::reload(self.page()).await?;
        tablet::inspections(self.page()).await?;
        let (engine, profile) = (self.engine, self.profile.clone());
        self.browser.close_and_start(engine, &profile).await?;
        tablet::arrive(self.page(), &self.address, &self.headquarters.passphrase).await?;
        tablet::ready_to_go_offline(self.page()).await?;
        let inspections = tablet::inspections(self.page()).await?;
        self.inspection = inspections.first().context("no inspection")?.clone();
        tablet::enter(self.page(), &self.inspection).await?;
        self.items = tablet::items(self.page()).await?;
        ensure!(self.items.len() >= 12, "only {} items", self.items.len());
        Ok(())
    }

    async fn restart(&mut self) -> anyhow::Result<()> {
        let (engine, profile) = (self.engine, self.profile.clone());
        self.browser.kill_and_start(engine, &profile).await?;
        tablet::arrive(self.page(), &self.address, &self.headquarters.passphrase).await
    }

    async fn answers_twelve_items(&mut self) -> anyhow::Result<()> {
        let answers = ["compliant", "not_applicable", "not_checked"];
        for (index, item) in self.items.clone().iter().take(12).enumerate() {
            let answer = answers[index % answers.len()];
            let saved = tablet::tap(self.page(), item, answer).await?;
            ensure!(saved == "recorded", "`{item}` says `{saved}` in the task of the tap");
            tablet::stored(self.page(), item).await?;
            self.tapped.insert(item.clone(), answer.to_owned());
        }
        Ok(())
    }

    async fn writes_a_finding(&mut self) -> anyhow::Result<()> {
        let item = self.items[1].clone();
        tablet::tap(self.page(), &item, "violation").await?;
        self.tapped.insert(item.clone(), "violation".to_owned());
        tablet::write(self.page(), &item, "facts", FACTS).await?;
        tablet::write(self.page(), &item, "quantity", QUANTITY).await?;
        tablet::pick(self.page(), &item, "act_on", "2026-07-01").await?;
        tablet::pick(self.page(), &item, "remedy_by", "2026-12-31").await?;
        tablet::pick(self.page(), &item, "statement_state", "given").await?;
        tablet::write(self.page(), &item, "statement", STATEMENT).await?;
        tablet::stored(self.page(), &item).await
    }

    /// Without headquarters, with a reason, the decision pending.
    async fn opens_an_inspection_alone(&mut self) -> anyhow::Result<()> {
        self.page().goto(&self.address).await?;
        let before = tablet::inspections(self.page()).await?;
        tablet::open_inspection(self.page(), "Cơ sở in Mẫu Z", "Phát hiện khi đi qua").await?;
        self.page().goto(&self.address).await?;
        let more = "return document.querySelectorAll('[data-inspection]').length > arguments[0]";
        tablet::until(self.page(), more, vec![json!(before.len())]).await
    }

    /// What was stored is there after a kill, and text that was being typed is a draft.
    async fn survives_a_kill_while_typing(&mut self) -> anyhow::Result<()> {
        tablet::enter(self.page(), &self.inspection).await?;
        let item = self.items[2].clone();
        tablet::tap(self.page(), &item, "violation").await?;
        self.tapped.insert(item.clone(), "violation".to_owned());
        tablet::stored_answer(self.page(), &item, "violation").await?;
        let facts = tablet::field(self.page(), &item, "facts").await?;
        facts.scroll_into_view().await?;
        facts.click().await?;
        facts.send_keys("Đang viết dở").await?;
        // A draft is promised within a second of the last key.
        sleep(Duration::from_millis(1_600)).await;
        let stored = tablet::answers(self.page(), true).await?;
        self.restart().await?;
        tablet::inspections(self.page()).await?;
        tablet::enter(self.page(), &self.inspection).await?;
        let there = tablet::answers(self.page(), false).await?;
        for (item, answer) in &stored {
            ensure!(there.get(item) == Some(answer), "`{item}` was stored as `{answer}`");
        }
        let draft = "return document.querySelector(\
            `[data-item='${arguments[0]}'] [name=facts]`)?.value === 'Đang viết dở'";
        tablet::until(self.page(), draft, vec![json!(item)]).await?;
        tablet::write(self.page(), &item, "facts", ".").await?;
        tablet::stored(self.page(), &item).await
    }

    /// Headquarters starts again; at first its answers get lost on the way.
    async fn delivers_though_answers_get_lost(&mut self) -> anyhow::Result<()> {
        ensure!(tablet::pending(self.page()).await? > 12, "nothing waits to be delivered");
        self.network.lose_answers(true);
        self.headquarters.start_again().await?;
        sleep(Duration::from_secs(4)).await;
        ensure!(tablet::pending(self.page()).await? > 12, "an answer came that was lost");
        self.network.lose_answers(false);
        tablet::delivered(self.page()).await
    }

    /// Exactly what was tapped and written, row for row.
    async fn headquarters_has_it_all(&mut self) -> anyhow::Result<()> {
        let rows = self.headquarters.spreadsheet(&self.inspection, "answers").await?;
        ensure!(rows[0] == ["item", "value", "author", "at", "conflict"], "{:?}", rows[0]);
        let mut answers: Vec<_> =
            rows.iter().skip(1).map(|row| (row[0].clone(), row[1].clone())).collect();
        answers.sort();
        let tapped: Vec<_> = self.tapped.clone().into_iter().collect();
        ensure!(answers == tapped, "headquarters has {answers:?}, tapped was {tapped:?}");

        let findings = self.headquarters.spreadsheet(&self.inspection, "findings").await?;
        ensure!(findings.len() == 3, "{findings:?}");
        let finding = findings.iter().find(|row| row[1] == self.items[1]).context("the finding")?;
        ensure!(!finding[2].is_empty(), "the finding has no provision: {finding:?}");
        ensure!(finding[3] == FACTS && finding[4] == QUANTITY, "{finding:?}");
        ensure!(finding[5].contains(STATEMENT), "{finding:?}");
        ensure!(finding[6].contains("Kiểm tra viên"), "{finding:?}");
        ensure!(finding[7..9].iter().all(|time| !time.is_empty()), "{finding:?}");
        Ok(())
    }
}

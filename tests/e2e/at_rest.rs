//! A lost tablet gives nothing away: after a whole inspection every file of the browser's profile
//! is searched for whatever was typed, shown, answered, kept secret or recorded.
//!
//! The tablet is lost three times: killed while its vault is open, locked, and closed as a person
//! closes it. At last the same words and keys are written into the same profile in clear, and the
//! same search has to find them, in every place in which that browser keeps what pages give it.
//! Memory and swap are not looked at, and pictures of the screen not either.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::planting;
use e2e_tests::profile::finding::Findings;
use e2e_tests::profile::needle::{Needle, Needles};
use e2e_tests::profile::{self, sqlite};
use e2e_tests::secrets::{self, Seeds};
use e2e_tests::{tablet, walk};
use serde_json::json;
use thirtyfour::prelude::*;
use tokio::time::sleep;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_tablet_gives_nothing_away_in_chromium() -> anyhow::Result<()> {
    lose(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_tablet_gives_nothing_away_in_firefox() -> anyhow::Result<()> {
    lose(Engine::Firefox).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_tablet_gives_nothing_away_in_webkit() -> anyhow::Result<()> {
    lose(Engine::WebKit).await
}

const PASSPHRASE: &str = "hàng tre xanh bên đò";
const FACTS: &str = "Không xuất trình được hợp đồng in số 4711";
const QUANTITY: &str = "1.234.567 cuốn";
const STATEMENT: &str = "Sẽ bổ sung sổ kho ngay tuần sau";
const DRAFT: &str = "Đang viết dở về kho giấy phụ";
const LATER_DRAFT: &str = "Còn ghi thêm về máy in thứ chín";
const SEARCH: &str = "tờ khai gia công mùa mưa";
const OWN_ESTABLISHMENT: &str = "Cơ sở in Mẫu Thử Kín";
const OWN_REASON: &str = "Phát hiện khi đi ngang phố Ví Dụ";

/// What is typed, as a search that ignores marks would keep it.
const WITHOUT_MARKS: &str = "khong xuat trinh duoc hop dong in so 4711";

/// What the demonstration says of its first inspection and its first inspector.
const ESTABLISHMENT: &str = "Cơ sở in Mẫu A";
const ADDRESS: &str = "Số 1 phố Ví Dụ";
const DECISION: &str = "01/QĐ-MẪU";
const INSPECTOR: &str = "Kiểm tra viên A";

/// Written in clear to see when the browser has written everything before it.
const MARK: &str = "dau-moc-da-toi-dia";

const SEEDS: Seeds = Seeds {
    signing: *b"a seed for signing, known to us.",
    envelope: *b"another one, known for envelopes",
};

/// Whatever Firefox would write of a session, it writes within so many milliseconds.
const SESSION_MS: u32 = 500;

const PATIENCE: Duration = Duration::from_secs(40);

async fn lose(engine: Engine) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut tablet = Tablet::enrol(engine, folder.path()).await.context("enrolment")?;
    tablet.inspects().await.context("an inspection")?;
    tablet.knows_what_was_recorded()?;

    tablet.types_on(DRAFT).await.context("a draft")?;
    tablet.waits_for_the_disk().await.context("everything is written")?;
    tablet.dies_and_returns().await?;
    tablet.types_on(LATER_DRAFT).await.context("a draft after it died")?;
    tablet::lock(&tablet.browser.page).await?;
    tablet.gives_nothing_away("locked")?;
    tablet.is_closed_and_returns().await?;
    tablet.gives_planted_things_away().await.context("a search that finds what is there")
}

struct Tablet {
    engine: Engine,
    headquarters: Headquarters,
    data: PathBuf,
    browser: Browser,
    profile: PathBuf,
    address: String,
    inspection: String,
    needles: Vec<Needle>,
}

impl Tablet {
    /// Enrols by typing, from seeds that are known, and reads along what else is made in secret.
    async fn enrol(engine: Engine, folder: &Path) -> anyhow::Result<Self> {
        let data = folder.join("headquarters");
        let headquarters = Headquarters::start(&data).await?;
        let profile = folder.join("profile");
        write_sessions_soon(engine, &profile)?;
        let browser = Browser::start(engine, &profile).await?;
        let page = &browser.page;
        let address = format!("http://127.0.0.1:{}/", headquarters.port);
        let link = headquarters.tablets.first().context("no inspector")?;
        let code = link.split(['#', '.']).rev().nth(1).context("the link has no code")?;
        page.goto(format!("{address}enrol")).await?;
        tablet::until(page, "return !!document.querySelector('input[name=code]')", vec![]).await?;
        secrets::watch(page, SEEDS).await?;
        page.find(By::Css("input[name=code]")).await?.send_keys(code).await?;
        page.find(By::Css("input[name=passphrase]")).await?.send_keys(PASSPHRASE).await?;
        page.find(By::Css("button[type=submit]")).await?.click().await?;
        tablet::ready_to_go_offline(page).await?;
        let keys = secrets::made(page).await?;
        let mut needles = needles_of_words(code);
        needles.push(Needle::bytes("seed for signing", &SEEDS.signing));
        needles.push(Needle::bytes("seed for envelopes", &SEEDS.envelope));
        needles
            .extend(keys.iter().map(|key| Needle::bytes("key or chance of a key's length", key)));
        let inspection = String::new();
        Ok(Self { engine, headquarters, data, browser, profile, address, inspection, needles })
    }

    /// Every kind of field, and an inspection of one's own.
    async fn inspects(&mut self) -> anyhow::Result<()> {
        let page = &self.browser.page;
        page.goto(&self.address).await?;
        let cards = "const card = [...document.querySelectorAll('[data-inspection]')]\
                     .find((card) => card.innerText.includes(arguments[0]));";
        let is_there = format!("{cards} return !!card");
        tablet::until(page, &is_there, vec![json!(ESTABLISHMENT)]).await?;
        let of = format!("{cards} return card.dataset.inspection");
        self.inspection = tablet::script(page, &of, vec![json!(ESTABLISHMENT)]).await?;
        tablet::enter(page, &self.inspection).await?;
        let shown: String = tablet::script(page, "return document.body.innerText", vec![]).await?;
        ensure!(shown.contains(ESTABLISHMENT) && shown.contains(DECISION), "it shows {shown}");
        let items = tablet::items(page).await?;
        self.needles.extend(items.iter().map(|item| Needle::words(item, item)));
        let [first, second, third, ..] = items.as_slice() else { anyhow::bail!("{items:?}") };
        tablet::tap(page, first, "compliant").await?;
        tablet::tap(page, third, "not_checked").await?;
        tablet::tap(page, second, "violation").await?;
        tablet::write(page, second, "facts", FACTS).await?;
        tablet::write(page, second, "quantity", QUANTITY).await?;
        tablet::pick(page, second, "act_on", "2026-07-01").await?;
        tablet::pick(page, second, "remedy_by", "2026-12-31").await?;
        tablet::pick(page, second, "statement_state", "given").await?;
        tablet::write(page, second, "statement", STATEMENT).await?;
        for item in [first, second, third] {
            tablet::stored(page, item).await?;
        }
        page.find(By::Css("input[type=search]")).await?.send_keys(SEARCH).await?;
        self.goes_from_the_review_to_an_item().await?;
        self.goes_from_the_review_to_an_item().await?;
        walk::go(page, "#/").await?;
        tablet::open_inspection(page, OWN_ESTABLISHMENT, OWN_REASON).await?;
        tablet::delivered(page).await
    }

    /// By a link, as everywhere in the app: browsers keep addresses.
    async fn goes_from_the_review_to_an_item(&self) -> anyhow::Result<()> {
        let page = &self.browser.page;
        walk::go(page, &format!("#/inspection/{}/review", self.inspection)).await?;
        let follow = "const link = document.querySelector('a[href*=\"/go/\"]');\
                      link?.click();\
                      return !!link";
        tablet::until(page, follow, vec![]).await?;
        tablet::until(page, "return !!document.querySelector('[data-item]')", vec![]).await
    }

    /// The events that headquarters took, as the tablet made them.
    fn knows_what_was_recorded(&mut self) -> anyhow::Result<()> {
        let before = self.needles.len();
        for database in databases(&self.data)? {
            let log = sqlite::log_beside(&database);
            let records = sqlite::records(&std::fs::read(&database)?, log.as_deref());
            self.needles.extend(records.iter().filter_map(salt_of_event));
            self.needles.extend(records.iter().filter_map(body_of_event));
        }
        ensure!(self.needles.len() >= before + 20, "headquarters has hardly an event");
        Ok(())
    }

    /// Types words and leaves them: they stay a draft.
    async fn types_on(&self, words: &str) -> anyhow::Result<()> {
        let page = &self.browser.page;
        walk::go(page, &format!("#/inspection/{}", self.inspection)).await?;
        tablet::until(page, "return !!document.querySelector('[data-item]')", vec![]).await?;
        let item = tablet::items(page).await?.into_iter().nth(3).context("too few items")?;
        tablet::tap(page, &item, "violation").await?;
        let facts = tablet::field(page, &item, "facts").await?;
        facts.scroll_into_view().await?;
        facts.click().await?;
        facts.send_keys(words).await?;
        page.find(By::Css("input[type=search]")).await?.send_keys(SEARCH).await?;
        tablet::stored(page, &item).await
    }

    /// Waits until a word in clear has reached every place on the disk; what was given to the
    /// browser before it has, too.
    async fn waits_for_the_disk(&self) -> anyhow::Result<()> {
        let mark = [Needle::words("mark", MARK)];
        planting::plant(&self.browser.page, &mark, "mark").await?;
        let (mark, begun) = (Needles::new(&mark)?, Instant::now());
        loop {
            let found = profile::search(&self.profile, &mark)?;
            if planting::is_everywhere(self.engine, &found) {
                return Ok(());
            }
            ensure!(begun.elapsed() < PATIENCE, "only this is on the disk: {found}");
            sleep(Duration::from_millis(500)).await;
        }
    }

    /// Its battery dies while the vault is open.
    async fn dies_and_returns(&mut self) -> anyhow::Result<()> {
        let (engine, profile) = (self.engine, self.profile.clone());
        self.browser.kill();
        self.gives_nothing_away("killed while it was open")?;
        self.browser.kill_and_start(engine, &profile).await?;
        tablet::arrive(&self.browser.page, &self.address, PASSPHRASE).await
    }

    /// It is closed as a person does it.
    async fn is_closed_and_returns(&mut self) -> anyhow::Result<()> {
        let (engine, profile) = (self.engine, self.profile.clone());
        self.browser.page.clone().quit().await?;
        self.browser.kill();
        self.gives_nothing_away("closed")?;
        self.browser.kill_and_start(engine, &profile).await?;
        self.browser.page.goto(&self.address).await?;
        Ok(())
    }

    fn gives_nothing_away(&self, when: &str) -> anyhow::Result<()> {
        let found = profile::search(&self.profile, &Needles::new(&self.needles)?)?;
        println!(
            "{:?}, {when}: {} files, {} MB",
            self.engine,
            found.files,
            found.bytes / 1_000_000
        );
        ensure!(found.all().next().is_none(), "{when}: {found}");
        Ok(())
    }

    /// All that was not found is written in clear, and found.
    async fn gives_planted_things_away(self) -> anyhow::Result<()> {
        planting::plant(&self.browser.page, &self.needles, "planted").await?;
        self.browser.close().await?;
        let found: Findings = profile::search(&self.profile, &Needles::new(&self.needles)?)?;
        let missing = planting::missing(self.engine, &self.needles, &found);
        ensure!(missing.is_empty(), "not found: {missing:?}");
        drop(self.headquarters);
        Ok(())
    }
}

fn needles_of_words(code: &str) -> Vec<Needle> {
    [
        ("passphrase", PASSPHRASE),
        ("code of the invitation", code),
        ("facts", FACTS),
        ("facts without marks", WITHOUT_MARKS),
        ("quantity", QUANTITY),
        ("statement", STATEMENT),
        ("draft", DRAFT),
        ("later draft", LATER_DRAFT),
        ("search", SEARCH),
        ("establishment of one's own", OWN_ESTABLISHMENT),
        ("reason", OWN_REASON),
        ("establishment", ESTABLISHMENT),
        ("address", ADDRESS),
        ("decision", DECISION),
        ("inspector", INSPECTOR),
    ]
    .map(|(name, words)| Needle::words(name, words))
    .into()
}

/// Firefox waits for 15 seconds without this.
fn write_sessions_soon(engine: Engine, profile: &Path) -> anyhow::Result<()> {
    if engine == Engine::Firefox {
        std::fs::create_dir_all(profile)?;
        let preference = format!("user_pref(\"browser.sessionstore.interval\", {SESSION_MS});\n");
        std::fs::write(profile.join("user.js"), preference)?;
    }
    Ok(())
}

fn databases(data: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let files = std::fs::read_dir(data)?.flatten().map(|entry| entry.path());
    Ok(files.filter(|path| path.is_file() && has_magic(path)).collect())
}

fn has_magic(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| sqlite::is_database(&bytes))
}

/// The salt in a row of headquarters' table of events: 16 bytes that nobody else has.
fn salt_of_event(row: &sqlite::Record) -> Option<Needle> {
    let [_, id, .., salt, _] = row.as_slice() else { return None };
    (row.len() == 12 && id.len() == 32 && salt.len() == 16).then(|| Needle::bytes("salt", salt))
}

/// The body in such a row: what was recorded, as it was written.
fn body_of_event(row: &sqlite::Record) -> Option<Needle> {
    let body = salt_of_event(row).and(row.last())?;
    (body.len() >= 8).then(|| Needle::bytes("body of an event", body))
}

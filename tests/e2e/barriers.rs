//! No screen and no office page has a barrier that axe finds, in any theme and either language,
//! also with a finding, a conflict, a held event, an open sheet and an error on it.
//!
//! What axe cannot find (whether an order makes sense, whether words help) is for people.

use anyhow::{Context, ensure};
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::inspector::Inspector;
use e2e_tests::places;
use e2e_tests::portal::Portal;
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
    barriers.look_dressed(&refused.page, "an invitation").await?;
    send(&refused.page).await?;
    tablet::until(&refused.page, "return !!document.querySelector('#passphrase-fault')", vec![])
        .await?;
    barriers.look_themed(&refused.page, "an invitation without a passphrase").await?;
    refused.page.find(By::Css("input[name=passphrase]")).await?.send_keys(PASSPHRASE).await?;
    send(&refused.page).await?;
    tablet::until(&refused.page, "return !!document.querySelector('#code-fault')", vec![]).await?;
    barriers.look_dressed(&refused.page, "a refused invitation").await?;
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shared_and_a_revoked_tablet_have_no_barrier() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::start(&folder.path().join("headquarters")).await?;
    let portal = Portal::to(headquarters.port).await?;
    let browser = Browser::start(Engine::Chromium, &folder.path().join("shared")).await?;
    let (page, origin) = (&browser.page, format!("http://127.0.0.1:{}", portal.port));
    let mut barriers = Barriers::default();
    let [first, second] = [code(&headquarters, 0)?, code(&headquarters, 1)?];
    let others = headquarters.seats().await?;
    tablet::enrol(page, &origin, &first, PASSPHRASE).await?;
    tablet::lock(page).await?;
    page.find(By::Css("button[name=enrol]")).await?.click().await?;
    tablet::until(page, "return !!document.querySelector('.enrol input[name=code]')", vec![])
        .await?;
    barriers.look_dressed(page, "enrolling beside").await?;
    page.find(By::Css("input[name=code]")).await?.send_keys(&second).await?;
    page.find(By::Css("input[name=passphrase]")).await?.send_keys(PASSPHRASE).await?;
    send(page).await?;
    tablet::ready_to_go_offline(page).await?;
    let seats = headquarters.seats().await?.into_keys();
    let seats = seats.filter(|seat| !others.contains_key(seat)).collect::<Vec<_>>();
    ensure!(seats.len() == 2, "{seats:?}");

    tablet::lock(page).await?;
    let forgotten = "document.querySelector('details').open = true; return true";
    let _: bool = tablet::script(page, forgotten, vec![]).await?;
    barriers.look_dressed(page, "the lock of two").await?;
    while !slowed(page).await? {
        tablet::try_to_unlock(page, "not the passphrase").await?;
        tablet::until(page, ANSWERED, vec![]).await?;
    }
    barriers.look_dressed(page, "a slowed lock").await?;
    tablet::until(page, UNLOCKED_AFTER_ALL, vec![json!(PASSPHRASE)]).await?;

    let inspection = tablet::inspections_after_home(page).await?;
    tablet::enter(page, inspection.first().context("no inspection")?).await?;
    let item = tablet::items(page).await?.first().context("no item")?.clone();
    portal.close();
    tablet::tap(page, &item, "compliant").await?;
    tablet::stored(page, &item).await?;
    for seat in &seats {
        headquarters.revoke(seat).await?;
    }
    portal.open();
    let said = "if (document.querySelector('[data-erased]')) return true;\
                window.dispatchEvent(new Event('online'));\
                return false";
    tablet::until(page, said, vec![]).await?;
    // It has no choice of language of its own.
    barriers.look_themed(page, "an erased tablet").await?;
    browser.close().await?;
    barriers.none()
}

/// Whether what was typed was found wrong, or is not tried at all.
const ANSWERED: &str = "return !!document.querySelector('#passphrase-fault')\
    && !document.querySelector('.unlock button[type=submit]').disabled";

/// Types this passphrase until it is tried.
const UNLOCKED_AFTER_ALL: &str = "if (document.querySelector('nav.tabs')) return true;\
    const field = document.querySelector('input[name=passphrase]');\
    const button = document.querySelector('.unlock button[type=submit]');\
    if (field && button && !button.disabled) {\
      field.value = arguments[0];\
      button.click();\
    }\
    return false";

/// Whether the lock says how long to wait.
async fn slowed(page: &WebDriver) -> anyhow::Result<bool> {
    let says =
        "return /[0-9]/.test(document.querySelector('#passphrase-fault')?.textContent ?? '')";
    tablet::script(page, says, vec![]).await
}

/// The code in the link of an inspector.
fn code(headquarters: &Headquarters, number: usize) -> anyhow::Result<String> {
    let link = headquarters.tablets.get(number).context("no such inspector")?;
    Ok(link.split(['#', '.']).rev().nth(1).context("the link has no code")?.to_owned())
}

async fn send(page: &WebDriver) -> anyhow::Result<()> {
    Ok(page.find(By::Css("button[type=submit]")).await?.click().await?)
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

const THEMES: [&str; 3] = ["light", "dark", "contrast"];

/// Every theme in both languages.
fn looks() -> impl Iterator<Item = (&'static str, &'static str)> {
    THEMES.into_iter().flat_map(|theme| [(theme, "vi"), (theme, "en")])
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_about_coming_in_has_a_barrier() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let headquarters = Headquarters::empty(&folder.path().join("headquarters")).await?;
    let browser = Browser::start(Engine::Chromium, &folder.path().join("clerk")).await?;
    let office =
        Office { page: &browser.page, base: format!("http://127.0.0.1:{}", headquarters.port) };
    let mut barriers = Barriers::default();
    for lang in ["vi", "en"] {
        office.speak(lang).await?;
        office.fill(&headquarters.office, &[("passphrase", "x"), ("code", "1")]).await?;
        barriers.look_themed(office.page, &format!("a bad first administrator {lang}")).await?;
    }
    office.page.goto(&headquarters.office).await?;
    barriers.look_themed(office.page, "the first administrator").await?;
    let code: String = tablet::script_async(office.page, CODE).await?;
    let first = [("passphrase", PASSPHRASE), ("again", PASSPHRASE), ("code", code.as_str())];
    office.fill(&headquarters.office, &[&NAMES[..], &first[..]].concat()).await?;
    tablet::until(office.page, "return !!document.querySelector('ol.codes')", vec![]).await?;
    barriers.look_themed(office.page, "the recovery codes").await?;

    for lang in ["vi", "en"] {
        office.speak(lang).await?;
        for path in ["", "/people", "/units", "/account", "/account/codes", "/nowhere"] {
            office.open(path).await?;
            barriers.look_themed(office.page, &format!("{path} of a new one {lang}")).await?;
        }
        for (path, fields) in FAULTS {
            office.fill(&format!("{}/office{path}", office.base), fields).await?;
            barriers.look_themed(office.page, &format!("{path} with a fault {lang}")).await?;
        }
    }
    let person = [("name", "Kiểm tra viên Mẫu"), ("role", "inspector")];
    office.fill(&format!("{}/office/people", office.base), &person).await?;
    barriers.look_themed(office.page, "a new person").await?;
    office.page.find(By::Css("form[action$=invitations] button")).await?.click().await?;
    tablet::until(office.page, "return !!document.querySelector('code.large')", vec![]).await?;
    barriers.look_themed(office.page, "an invitation that is shown once").await?;

    office.page.delete_all_cookies().await?;
    for lang in ["vi", "en"] {
        office.speak(lang).await?;
        office.open("/sign-in").await?;
        barriers.look_themed(office.page, &format!("signing in {lang}")).await?;
        let wrong = [("name", "ai đó"), ("passphrase", "không phải cụm này"), ("code", "1")];
        office.fill(&format!("{}/office/sign-in", office.base), &wrong).await?;
        barriers.look_themed(office.page, &format!("a refused sign-in {lang}")).await?;
        office.page.goto(&headquarters.office).await?;
        barriers.look_themed(office.page, &format!("a link that was used {lang}")).await?;
    }
    browser.close().await?;
    barriers.none()
}

/// What the first administrator is called.
const NAMES: [(&str, &str); 2] = [("name", "Quản trị viên Mẫu"), ("sign_in_name", "quan tri")];

/// Forms of the office that are sent with a fault.
const FAULTS: [(&str, &[(&str, &str)]); 4] = [
    ("/people", &[("name", "")]),
    ("/units", &[("name", "")]),
    ("/account", &[("present", "không phải cụm này"), ("passphrase", "x"), ("again", "y")]),
    ("/retention", &[("tablet-records", "0")]),
];

/// The present code of the secret that the page shows, as an authenticator app computes it.
const CODE: &str = "const letters = [...document.querySelectorAll('main code')]\
      .map(code => code.textContent.replaceAll(' ', '')).find(it => /^[A-Z2-7]{16,}$/.test(it));\
    const bits = [...letters].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter)\
      .toString(2).padStart(5, '0')).join('');\
    const secret = Uint8Array.from(bits.match(/.{8}/g), byte => parseInt(byte, 2));\
    const step = new DataView(new ArrayBuffer(8));\
    step.setBigUint64(0, BigInt(Math.floor(Date.now() / 30000)));\
    const kind = { name: 'HMAC', hash: 'SHA-1' };\
    const key = await crypto.subtle.importKey('raw', secret, kind, false, ['sign']);\
    const mac = new DataView(await crypto.subtle.sign('HMAC', key, step.buffer));\
    const number = mac.getUint32(mac.getUint8(19) & 15) & 0x7fffffff;\
    done(String(number % 1000000).padStart(6, '0'))";

/// The office in a browser.
struct Office<'a> {
    page: &'a WebDriver,
    base: String,
}

impl Office<'_> {
    async fn open(&self, path: &str) -> anyhow::Result<()> {
        Ok(self.page.goto(format!("{}/office{path}", self.base)).await?)
    }

    async fn speak(&self, lang: &str) -> anyhow::Result<()> {
        self.open(&format!("/language?to={lang}")).await
    }

    /// Opens an address, fills in the form that has the first of these fields, and sends it.
    async fn fill(&self, address: &str, fields: &[(&str, &str)]) -> anyhow::Result<()> {
        if self.page.current_url().await?.as_str() != address {
            self.page.goto(address).await?;
        }
        let fill = "const named = (form, name) => [...form.elements].filter(it => it.name === name);\
            const form = [...document.querySelectorAll('main form')]\
              .find(form => named(form, arguments[0][0][0]).length > 0);\
            for (const [name, value] of arguments[0]) {\
              for (const field of named(form, name)) {\
                if (field.type !== 'checkbox') field.value = value;\
                else field.checked ||= field.value === value;\
              }\
            }\
            form.noValidate = true;\
            document.documentElement.dataset.isOld = 'true';\
            setTimeout(() => form.requestSubmit());\
            return true";
        let _: bool = tablet::script(self.page, fill, vec![json!(fields)]).await?;
        let sent =
            "return !document.documentElement.dataset.isOld && !!document.querySelector('h1')";
        tablet::until(self.page, sent, vec![]).await
    }
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

    /// In every theme, as the page stands.
    async fn look_themed(&mut self, page: &WebDriver, place: &str) -> anyhow::Result<()> {
        for theme in THEMES {
            let wear = "document.documentElement.dataset.theme = arguments[0]; return true";
            let _: bool = tablet::script(page, wear, vec![json!(theme)]).await?;
            self.look(page, &format!("{place} {theme}")).await?;
        }
        Ok(())
    }

    /// In every theme and both languages.
    async fn look_dressed(&mut self, page: &WebDriver, place: &str) -> anyhow::Result<()> {
        for lang in ["en", "vi"] {
            let speak = "document.querySelector(`input[value=${arguments[0]}]`)?.click();\
                         return document.documentElement.lang === arguments[0]";
            tablet::until(page, speak, vec![json!(lang)]).await?;
            self.look_themed(page, &format!("{place} {lang}")).await?;
        }
        Ok(())
    }

    fn none(self) -> anyhow::Result<()> {
        println!("axe looked at {} pages", self.looked_at);
        ensure!(self.found.is_empty(), "barriers:\n{}", self.found.join("\n"));
        Ok(())
    }
}

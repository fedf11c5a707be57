//! A lost tablet is revoked: everything reaches headquarters, then everything is erased; and
//! nothing else erases anything.
//!
//! Where a lie is told, all else is genuine: headquarters would give a receipt for everything, or
//! the order is signed by headquarters itself. So only the lie stands between the work and its
//! erasure, and the same words, truly signed, erase at the end.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use domain::ids::{Epoch, EventId, SeatId};
use domain::moment::Moment;
use e2e_tests::browser::{Browser, Engine};
use e2e_tests::headquarters::Headquarters;
use e2e_tests::portal::{Portal, Reply};
use e2e_tests::tablet;
use e2e_tests::voice::Voice;
use proof::chain::Tip;
use proof::erasure::{Covered, EraseOrder, Receipt, VaultReceipt};
use proof::hash::sha256;
use proof::word::Word;
use serde_json::json;
use sync::message::receipt::AskReceipt;
use sync::message::refusal::{Refusal, RefusalCode};
use thirtyfour::prelude::*;

const PASSPHRASE: &str = "mẹ ra ao cá";
const WORDS: &str = "Giấy phép ghi 2 vạn bản";
const CBOR: &str = "application/cbor";
const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const LOGIN: &str = "<!doctype html><title>Wi-Fi</title><p>Đăng nhập để vào mạng</p>";
const PULL: &str = "/api/v1/pull";
const RECEIPT: &str = "/api/v1/receipt";
const ORDERS: &str = "/api/v1/orders/";
const VAULTS: &str = "/api/v1/vaults";

/// How often a lie is told before it is called unbelieved: the first has been judged by then.
const ROUNDS: usize = 2;

/// How long a round may take before the test says that it does not happen.
const PATIENCE: Duration = Duration::from_secs(40);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_tablet_sends_everything_and_erases_it_in_chromium() -> anyhow::Result<()> {
    open_and_revoked(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_tablet_sends_everything_and_erases_it_in_firefox() -> anyhow::Result<()> {
    open_and_revoked(Engine::Firefox).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_tablet_sends_everything_and_erases_it_in_webkit() -> anyhow::Result<()> {
    open_and_revoked(Engine::WebKit).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_tablet_hands_its_vault_in_and_erases_it_in_chromium() -> anyhow::Result<()> {
    locked_and_revoked(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_tablet_hands_its_vault_in_and_erases_it_in_firefox() -> anyhow::Result<()> {
    locked_and_revoked(Engine::Firefox).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_tablet_hands_its_vault_in_and_erases_it_in_webkit() -> anyhow::Result<()> {
    locked_and_revoked(Engine::WebKit).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_are_no_event_yet_go_with_the_whole_vault_in_chromium() -> anyhow::Result<()> {
    drafting_and_revoked(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_are_no_event_yet_go_with_the_whole_vault_in_firefox() -> anyhow::Result<()> {
    drafting_and_revoked(Engine::Firefox).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_are_no_event_yet_go_with_the_whole_vault_in_webkit() -> anyhow::Result<()> {
    drafting_and_revoked(Engine::WebKit).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_nobody_else_could_read_stay_until_they_are_sent_in_chromium()
-> anyhow::Result<()> {
    drafting_without_escrow(Engine::Chromium).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_nobody_else_could_read_stay_until_they_are_sent_in_firefox()
-> anyhow::Result<()> {
    drafting_without_escrow(Engine::Firefox).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_nobody_else_could_read_stay_until_they_are_sent_in_webkit() -> anyhow::Result<()>
{
    drafting_without_escrow(Engine::WebKit).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_answer_to_everything_deletes_what_was_not_sent() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let seat = desk.enrol().await?;
    let (inspection, items) = desk.enter().await?;
    tablet::delivered(&desk.browser.page).await?;
    desk.portal.close();
    tablet::tap(&desk.browser.page, &items[0], "compliant").await?;
    tablet::stored(&desk.browser.page, &items[0]).await?;
    let order = desk.order(&seat)?;
    let genuine = desk.own_voice()?.say(&order);
    for reply in [
        Reply::fixed(403, HTML, LOGIN),
        refused(None),
        refused(Some(&genuine)),
        Reply::fixed(200, HTML, LOGIN),
        Reply::fixed(500, HTML, "<h1>502 Bad Gateway</h1>"),
        Reply::fixed(404, JSON, "{}"),
    ] {
        desk.portal.answer(&[("/", reply.clone())]);
        desk.heard("/api/v1/").await.with_context(|| format!("{reply:?}"))?;
        // The page comes out of its own store, whatever the portal says.
        tablet::reload(&desk.browser.page).await?;
        desk.still_there(&items[0], "compliant").await.with_context(|| format!("{reply:?}"))?;
    }
    let pending = tablet::pending(&desk.browser.page).await?;
    ensure!(pending > 0, "the tablet thinks that something was accepted");
    desk.portal.open();
    desk.poke().await?;
    desk.has_arrived(&inspection, &items[0], "compliant").await?;
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_tablet_believes_no_order_and_no_receipt_but_headquarters_own() -> anyhow::Result<()>
{
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let seat = desk.enrol().await?;
    let (inspection, items) = desk.enter().await?;
    desk.answer(&inspection, &items[0], "compliant").await?;
    let (own, stranger) = (desk.own_voice()?, Voice::stranger());
    let order = desk.order(&seat)?;
    let of_another = EraseOrder { seat: SeatId([7; 16]), ..order };

    // Headquarters would give a receipt for everything: only the order is false.
    for (what, order) in [
        ("no order", None),
        ("a stranger's order", Some(stranger.say(&order))),
        ("a stranger's order under one key", Some(stranger.say_as_root(&order))),
        ("an order for another seat", Some(own.say(&of_another))),
        ("an order under a key for journals", Some(own.say_as_root(&order))),
    ] {
        desk.portal.answer(&[(PULL, refused(order.as_ref()))]);
        desk.heard(PULL).await.context(what)?;
        desk.still_there(&items[0], "compliant").await.context(what)?;
    }

    // The order is headquarters' own: only the receipt is false.
    let genuine = refused(Some(&own.say(&order)));
    for (what, receipt) in [
        ("a stranger's receipt", receipt(&stranger, &seat, |_| true, 0)?),
        ("a receipt without the journals", receipt(&own, &seat, |_| false, 0)?),
        ("a receipt without one journal", receipt(&own, &seat, |at| at > 0, 0)?),
        ("a receipt without the last event", receipt(&own, &seat, |_| true, 1)?),
        ("a receipt for another seat", receipt(&own, &"07".repeat(16), |_| true, 0)?),
        ("a login page", Reply::fixed(200, HTML, LOGIN)),
        ("the order once more", Reply::fixed(200, CBOR, own.say(&order).to_bytes())),
    ] {
        desk.portal.answer(&[(PULL, genuine.clone()), (RECEIPT, receipt)]);
        desk.heard(RECEIPT).await.context(what)?;
        desk.still_there(&items[0], "compliant").await.context(what)?;
    }

    // Nothing of all this was believed: work goes on, and arrives.
    desk.portal.open();
    desk.poke().await?;
    desk.answer(&inspection, &items[1], "violation").await?;

    // The same order, and the receipt as headquarters gives it.
    desk.portal.answer(&[(PULL, genuine)]);
    desk.erased().await.context("what is signed truly is believed")?;
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_tablet_believes_no_order_and_no_receipt_but_headquarters_own()
-> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let page = &desk.browser.page;
    desk.make_escrow_key(folder.path())?;
    let seat = desk.enrol().await?;
    let (_, items) = desk.enter().await?;
    tablet::delivered(page).await?;
    desk.portal.close();
    tablet::tap(page, &items[0], "compliant").await?;
    tablet::stored(page, &items[0]).await?;
    // Headquarters would take the vault and give a receipt for it: only the order is false.
    desk.headquarters.revoke(&seat).await?;
    let (own, stranger) = (desk.own_voice()?, Voice::stranger());
    let order = desk.order(&seat)?;
    let of_another = EraseOrder { seat: SeatId([7; 16]), ..order };
    let genuine = Reply::fixed(200, CBOR, own.say(&order).to_bytes());
    desk.ask_often().await?;
    tablet::lock(page).await?;
    for (what, reply) in [
        ("a portal", Reply::fixed(403, HTML, LOGIN)),
        ("a refusal", refused(None)),
        ("a refusal with the order", refused(Some(&own.say(&order)))),
        ("a login page", Reply::fixed(200, HTML, LOGIN)),
        ("a broken server", Reply::fixed(500, HTML, LOGIN)),
        ("a stranger's order", Reply::fixed(200, CBOR, stranger.say(&order).to_bytes())),
        ("an order for another seat", Reply::fixed(200, CBOR, own.say(&of_another).to_bytes())),
        ("an order by the wrong key", Reply::fixed(200, CBOR, own.say_as_root(&order).to_bytes())),
    ] {
        desk.portal.answer(&[(ORDERS, reply)]);
        desk.told(ORDERS).await.context(what)?;
        desk.is_locked().await.context(what)?;
    }
    let listed = desk.headquarters.command(&["escrow", "list"])?;
    ensure!(!listed.contains(&seat), "a vault was handed in without an order: {listed}");
    for (what, reply) in [
        ("a login page", Reply::fixed(200, HTML, LOGIN)),
        ("a refusal", refused(Some(&own.say(&order)))),
        ("a stranger's receipt", vault_receipt(&stranger, &seat, |_| ())?),
        ("a receipt for other bytes", vault_receipt(&own, &seat, |bytes| bytes.push(0))?),
        ("a receipt for another seat", vault_receipt(&own, &"07".repeat(16), |_| ())?),
    ] {
        desk.portal.answer(&[(ORDERS, genuine.clone()), (VAULTS, reply)]);
        desk.told(VAULTS).await.context(what)?;
        desk.is_locked().await.context(what)?;
    }
    desk.portal.close();
    tablet::unlock(page, PASSPHRASE).await?;
    desk.enter().await?;
    desk.still_there(&items[0], "compliant").await?;
    tablet::lock(page).await?;
    desk.portal.open();
    desk.erased().await.context("what is signed truly is believed")?;
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erasing_that_was_broken_off_is_ended_at_the_next_start() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let page = &desk.browser.page;
    let seat = desk.enrol().await?;
    let (inspection, items) = desk.enter().await?;
    desk.answer(&inspection, &items[0], "compliant").await?;
    // The store goes; the directory does not let go of its place, as if the page had died.
    let stop = "const genuine = IDBObjectStore.prototype.delete;\
                IDBObjectStore.prototype.delete = function (...keys) {\
                  if (this.name !== 'slots') return genuine.apply(this, keys);\
                  localStorage.setItem('stopped', 'yes');\
                  throw new DOMException('stopped', 'AbortError'); };\
                return true";
    let _: bool = tablet::script(page, stop, vec![]).await?;
    desk.headquarters.revoke(&seat).await?;
    desk.erased().await?;
    ensure!(desk.was_stopped().await?, "nothing was broken off");
    tablet::reload(page).await?;
    let enrols = "return !!document.querySelector('.enrol input[name=code]')";
    tablet::until(page, enrols, vec![]).await.context("nothing is missed that was erased")?;
    let missed = "return !!document.querySelector('[data-loss]')";
    ensure!(!tablet::script::<bool>(page, missed, vec![]).await?, "the tablet misses it");
    desk.browser.close().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_that_was_not_deleted_yet_is_judged_anew() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(Engine::Chromium, folder.path()).await?;
    let page = &desk.browser.page;
    let seat = desk.enrol().await?;
    let (inspection, items) = desk.enter().await?;
    desk.answer(&inspection, &items[0], "compliant").await?;
    let stop = "IDBFactory.prototype.deleteDatabase = function () {\
                  localStorage.setItem('stopped', 'yes');\
                  throw new DOMException('stopped', 'AbortError'); };\
                return true";
    let _: bool = tablet::script(page, stop, vec![]).await?;
    desk.headquarters.revoke(&seat).await?;
    desk.poke_until_locked().await?;
    ensure!(desk.was_stopped().await?, "nothing was broken off");
    desk.is_locked().await?;
    desk.portal.close();
    tablet::unlock(page, PASSPHRASE).await?;
    desk.enter().await?;
    desk.still_there(&items[0], "compliant").await?;
    desk.portal.open();
    desk.erased().await?;
    desk.browser.close().await
}

async fn open_and_revoked(engine: Engine) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(engine, folder.path()).await?;
    let seat = desk.enrol().await?;
    let (inspection, items) = desk.enter().await?;
    desk.answer(&inspection, &items[0], "compliant").await?;
    let before = desk.arrived(&seat).await?;
    let unsent = desk.work_offline(&items[1..4]).await?;
    desk.headquarters.revoke(&seat).await?;
    desk.portal.open();
    desk.erased().await?;
    let arrived = desk.arrived(&seat).await?;
    ensure!(arrived == before + unsent, "{before} and {unsent} events, {arrived} arrived");
    desk.browser.close().await
}

async fn locked_and_revoked(engine: Engine) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(engine, folder.path()).await?;
    let page = &desk.browser.page;
    let private_half = desk.make_escrow_key(folder.path())?;
    let seat = desk.enrol().await?;
    let (inspection, items) = desk.enter().await?;
    desk.answer(&inspection, &items[0], "compliant").await?;
    let before = desk.arrived(&seat).await?;
    let unsent = desk.work_offline(&items[1..4]).await?;
    tablet::lock(page).await?;
    desk.headquarters.revoke(&seat).await?;
    desk.portal.open();
    tablet::reload(page).await?;
    desk.erased().await?;
    ensure!(desk.arrived(&seat).await? == before, "a locked vault was read");
    let recover = ["escrow", "recover", "--seat", &seat, "--private-half", &private_half];
    let told = desk.headquarters.command(&[&recover[..], &["--reason", "Máy bị mất"]].concat())?;
    ensure!(told.contains(&format!("held {unsent}, already had")), "{told}");
    let arrived = desk.arrived(&seat).await?;
    ensure!(arrived == before + unsent, "{before} and {unsent} events, {arrived} arrived");
    desk.browser.close().await
}

/// A vault that is open when the order comes, with words in it that are no event.
async fn drafting_and_revoked(engine: Engine) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(engine, folder.path()).await?;
    let page = &desk.browser.page;
    let private_half = desk.make_escrow_key(folder.path())?;
    let seat = desk.enrol().await?;
    let (inspection, items) = desk.enter().await?;
    desk.answer(&inspection, &items[0], "violation").await?;
    let before = desk.arrived(&seat).await?;
    desk.type_and_stay(&items[0], WORDS).await?;
    desk.headquarters.revoke(&seat).await?;

    // Headquarters' own word, but for other bytes than these: the vault is handed in and stays.
    let other = vault_receipt(&desk.own_voice()?, &seat, |bytes| bytes.push(0))?;
    desk.portal.answer(&[(VAULTS, other)]);
    desk.poke_until_locked().await?;
    desk.asked(VAULTS).await?;
    desk.is_locked().await?;
    ensure!(drafts(page).await? == 1, "the words went before they were receipted");
    let listed = desk.headquarters.command(&["escrow", "list"])?;
    ensure!(!listed.contains(&seat), "the portal let the vault through: {listed}");

    desk.portal.open();
    tablet::reload(page).await?;
    desk.erased().await?;
    ensure!(desk.arrived(&seat).await? == before, "the words became an event after all");
    let recover = ["escrow", "recover", "--seat", &seat, "--private-half", &private_half];
    let told = desk.headquarters.command(&[&recover[..], &["--reason", "Máy bị mất"]].concat())?;
    let draft = told.lines().find(|line| line.starts_with(&format!("draft in {inspection} at ")));
    ensure!(draft.is_some_and(|draft| draft.ends_with(WORDS)), "{told}");
    desk.browser.close().await
}

/// The same without a key at headquarters: handing it in would save nothing.
async fn drafting_without_escrow(engine: Engine) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let desk = Desk::start(engine, folder.path()).await?;
    let page = &desk.browser.page;
    let seat = desk.enrol().await?;
    let (inspection, items) = desk.enter().await?;
    desk.answer(&inspection, &items[0], "violation").await?;
    let before = desk.arrived(&seat).await?;
    desk.type_and_stay(&items[0], WORDS).await?;
    desk.headquarters.revoke(&seat).await?;
    desk.portal.open();
    desk.heard(RECEIPT).await?;
    let answers = tablet::answers(page, false).await?;
    ensure!(answers.get(&items[0]).is_some_and(|it| it == "violation"), "{answers:?}");
    ensure!(tablet::vaults(page).await? == 1, "the vault is gone");
    let field = tablet::field(page, &items[0], "facts").await?;
    let words = field.prop("value").await?;
    ensure!(words.as_deref() == Some(WORDS), "the words are gone: {words:?}");
    ensure!(drafts(page).await? == 1, "the draft is gone");
    ensure!(desk.arrived(&seat).await? == before, "the words became an event by themselves");
    field.send_keys(Key::Tab).await?;
    desk.erased().await?;
    ensure!(desk.arrived(&seat).await? == before + 1, "the words did not arrive");
    desk.browser.close().await
}

/// A refusal as headquarters gives it to a revoked seat, with an order or without.
fn refused(order: Option<&Word>) -> Reply {
    let mut refusal = Refusal::of(RefusalCode::Revoked, "the seat is revoked");
    for error in &mut refusal.errors {
        error.order = order.map(ToString::to_string);
    }
    let body = serde_json::to_vec(&refusal).unwrap_or_default();
    Reply::fixed(403, JSON, body)
}

/// A receipt for those of the journals asked about whose place is `named`, each said to end so
/// many events before its end.
fn receipt(
    voice: &Voice,
    seat: &str,
    named: fn(usize) -> bool,
    short_by: u64,
) -> anyhow::Result<Reply> {
    let (voice, seat): (_, SeatId) = (voice.clone(), seat.parse()?);
    let body = move |asked: &[u8]| {
        let Ok(asked) = serde_json::from_slice::<AskReceipt>(asked) else { return Vec::new() };
        let ends = asked.journals.iter().enumerate().filter(|(at, _)| named(*at));
        let covered = ends.map(|(_, end)| match end.seq.checked_sub(short_by) {
            Some(seq) if short_by == 0 => Covered::new(end.journal(), Tip { seq, ..end.tip() }),
            short => {
                let tip = Tip { seq: short.unwrap_or(0), id: EventId([1; 32]) };
                Covered::new(end.journal(), tip)
            }
        });
        let (at, epoch) = (Moment(0), Epoch([3; 16]));
        voice.say(&Receipt { seat, at, epoch, journals: covered.collect() }).to_bytes()
    };
    Ok(Reply::Answer { status: 200, media: CBOR, body: Arc::new(body) })
}

/// A receipt for the vault that came, after something was done to its bytes.
fn vault_receipt(voice: &Voice, seat: &str, done: fn(&mut Vec<u8>)) -> anyhow::Result<Reply> {
    let (voice, seat): (_, SeatId) = (voice.clone(), seat.parse()?);
    let body = move |asked: &[u8]| {
        let mut bytes = asked.to_vec();
        done(&mut bytes);
        let at = Moment(0);
        voice.say(&VaultReceipt { seat, at, sha256: sha256(&bytes) }).to_bytes()
    };
    Ok(Reply::Answer { status: 200, media: CBOR, body: Arc::new(body) })
}

/// A tablet behind a portal.
struct Desk {
    headquarters: Headquarters,
    portal: Portal,
    browser: Browser,
}

impl Desk {
    async fn start(engine: Engine, folder: &Path) -> anyhow::Result<Self> {
        let headquarters = Headquarters::start(&folder.join("headquarters")).await?;
        let portal = Portal::to(headquarters.port).await?;
        let browser = Browser::start(engine, &folder.join("profile")).await?;
        Ok(Self { headquarters, portal, browser })
    }

    fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.portal.port)
    }

    /// Makes headquarters' escrow key; the file with its private half.
    fn make_escrow_key(&self, folder: &Path) -> anyhow::Result<String> {
        let told = self.headquarters.command(&["escrow", "init"])?;
        let half = told.lines().find_map(|line| line.strip_prefix("private half: "));
        let file = folder.join("private-half");
        std::fs::write(&file, half.context("no private half is printed")?)?;
        Ok(file.display().to_string())
    }

    /// Enrols by typing; the seat.
    async fn enrol(&self) -> anyhow::Result<String> {
        let before: BTreeSet<String> = self.headquarters.seats().await?.into_keys().collect();
        let link = self.headquarters.tablets.first().context("no inspector")?;
        let code = link.split(['#', '.']).rev().nth(1).context("the link has no code")?;
        tablet::enrol(&self.browser.page, &self.origin(), code, PASSPHRASE).await?;
        let seats = self.headquarters.seats().await?;
        let mut fresh = seats.into_keys().filter(|seat| !before.contains(seat));
        fresh.next().context("no seat came of it")
    }

    /// Enters the first inspection; it and its items.
    async fn enter(&self) -> anyhow::Result<(String, Vec<String>)> {
        let page = &self.browser.page;
        let all = tablet::inspections_after_home(page).await?;
        let inspection = all.first().context("no inspection")?.clone();
        tablet::enter(page, &inspection).await?;
        let items = tablet::items(page).await?;
        ensure!(items.len() >= 12, "{} items", items.len());
        Ok((inspection, items))
    }

    /// Answers an item, and waits until headquarters has it.
    async fn answer(&self, inspection: &str, item: &str, answer: &str) -> anyhow::Result<()> {
        tablet::tap(&self.browser.page, item, answer).await?;
        self.has_arrived(inspection, item, answer).await
    }

    /// Waits until headquarters has an answer, and the tablet knows it.
    async fn has_arrived(&self, inspection: &str, item: &str, answer: &str) -> anyhow::Result<()> {
        let begun = Instant::now();
        loop {
            let rows = self.headquarters.spreadsheet(inspection, "answers").await?;
            if rows.iter().any(|row| row.starts_with(&[item.to_owned(), answer.to_owned()])) {
                return tablet::delivered(&self.browser.page).await;
            }
            ensure!(begun.elapsed() < PATIENCE, "headquarters has only {rows:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Answers these items without a network; how many events that makes.
    async fn work_offline(&self, items: &[String]) -> anyhow::Result<u64> {
        self.portal.close();
        for item in items {
            tablet::tap(&self.browser.page, item, "compliant").await?;
            tablet::stored(&self.browser.page, item).await?;
        }
        let all =
            "return document.querySelector('[data-pending]')?.dataset.pending >= arguments[0]";
        tablet::until(&self.browser.page, all, vec![json!(items.len())]).await?;
        tablet::pending(&self.browser.page).await
    }

    /// Types into the facts of the first finding of an item and stays in the field, until the
    /// words are a row among the drafts. They do not become an event by themselves: the clock that
    /// would make one of them after half a minute does not run.
    async fn type_and_stay(&self, item: &str, words: &str) -> anyhow::Result<()> {
        let page = &self.browser.page;
        let stop = "const genuine = window.setTimeout;\
                    window.setTimeout = (act, ms, ...rest) =>\
                      ms === 30000 ? 0 : genuine(act, ms, ...rest);\
                    return true";
        let _: bool = tablet::script(page, stop, vec![]).await?;
        let field = tablet::field(page, item, "facts").await?;
        field.scroll_into_view().await?;
        field.click().await?;
        field.send_keys(words).await?;
        let begun = Instant::now();
        while drafts(page).await? != 1 {
            ensure!(begun.elapsed() < PATIENCE, "the words are not kept");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Whether the page was stopped in what it did.
    async fn was_stopped(&self) -> anyhow::Result<bool> {
        let stopped = "return localStorage.getItem('stopped') === 'yes'";
        tablet::script(&self.browser.page, stopped, vec![]).await
    }

    /// Lets the open tablet hear that it is revoked, without leaving the field.
    async fn poke_until_locked(&self) -> anyhow::Result<()> {
        let locked = "if (document.querySelector('.unlock [data-state=locked]')) return true;\
                      window.dispatchEvent(new Event('online'));\
                      return false";
        tablet::until(&self.browser.page, locked, vec![]).await
    }

    /// How many events of a seat headquarters has.
    async fn arrived(&self, seat: &str) -> anyhow::Result<u64> {
        self.headquarters.seats().await?.get(seat).copied().context("the seat is not listed")
    }

    /// The voice of this headquarters.
    fn own_voice(&self) -> anyhow::Result<Voice> {
        Ok(Voice::of(&self.headquarters.signing_seed()?))
    }

    fn order(&self, seat: &str) -> anyhow::Result<EraseOrder> {
        Ok(EraseOrder { seat: seat.parse()?, at: Moment(0) })
    }

    /// Tells the page that there is a network, as the browser does when one comes back.
    async fn poke(&self) -> anyhow::Result<()> {
        let online = "window.dispatchEvent(new Event('online')); return true";
        tablet::script::<bool>(&self.browser.page, online, vec![]).await.map(drop)
    }

    /// Waits until an open tablet was told the same a few times over.
    async fn heard(&self, path: &str) -> anyhow::Result<()> {
        self.rounds(path, true).await
    }

    /// Waits until a locked tablet was told the same a few times over.
    async fn told(&self, path: &str) -> anyhow::Result<()> {
        self.rounds(path, false).await
    }

    /// Waits until a locked tablet was told something once.
    async fn asked(&self, path: &str) -> anyhow::Result<()> {
        let begun = Instant::now();
        while self.portal.answered(path) == 0 {
            ensure!(begun.elapsed() < PATIENCE, "`{path}` was not asked for");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    async fn rounds(&self, path: &str, pokes: bool) -> anyhow::Result<()> {
        let begun = Instant::now();
        while self.portal.answered(path) <= ROUNDS {
            ensure!(begun.elapsed() < PATIENCE, "`{path}` was not asked for");
            if pokes {
                self.poke().await?;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Makes a locked tablet ask every half second what it asks every minute, from the next page
    /// on.
    async fn ask_often(&self) -> anyhow::Result<()> {
        let source = "const genuine = window.setTimeout;\
                      window.setTimeout = (act, ms, ...rest) =>\
                        genuine(act, ms === 60000 ? 500 : ms, ...rest);";
        let params = json!({ "source": source });
        let devtools = self.browser.page.cdp();
        devtools.send_raw("Page.addScriptToEvaluateOnNewDocument", params).await?;
        Ok(())
    }

    /// Whether the work is on the tablet and on its screen.
    async fn still_there(&self, item: &str, answer: &str) -> anyhow::Result<()> {
        tablet::stored_answer(&self.browser.page, item, answer).await?;
        let vaults = tablet::vaults(&self.browser.page).await?;
        ensure!(vaults == 1, "{vaults} vaults are there");
        Ok(())
    }

    /// Whether the tablet is locked, and its vault there.
    async fn is_locked(&self) -> anyhow::Result<()> {
        let page = &self.browser.page;
        tablet::until(
            page,
            "return !!document.querySelector('.unlock [data-state=locked]')",
            vec![],
        )
        .await?;
        let vaults = tablet::vaults(page).await?;
        ensure!(vaults == 1 && stores(page).await?.len() == 1, "{vaults} vaults are there");
        Ok(())
    }

    /// Waits until the tablet says that everything is erased, and looks whether it is.
    async fn erased(&self) -> anyhow::Result<()> {
        let page = &self.browser.page;
        let said = "if (document.querySelector('[data-erased]')) return true;\
                    window.dispatchEvent(new Event('online'));\
                    return false";
        tablet::until(page, said, vec![]).await?;
        let vaults = tablet::vaults(page).await?;
        let stores = stores(page).await?;
        ensure!(vaults == 0 && stores.is_empty(), "{vaults} vaults and {stores:?} are left");
        Ok(())
    }
}

/// The databases of this tablet's vaults. WebKitGTK also lists `bienban` without a version: the
/// app asked whether there is one, and made none.
async fn stores(page: &WebDriver) -> anyhow::Result<Vec<String>> {
    tablet::script_async(
        page,
        "const all = (await indexedDB.databases()).filter(it => it.version > 0).map(it => it.name);\
         done(all.filter(name => name !== 'bienban-vaults'));",
    )
    .await
}

/// How many rows there are among the drafts of this tablet's vaults.
async fn drafts(page: &WebDriver) -> anyhow::Result<u64> {
    tablet::script_async(
        page,
        "let drafts = 0;\
         for (const { name, version } of await indexedDB.databases()) {\
           if (name === 'bienban-vaults' || !(version > 0)) continue;\
           const open = indexedDB.open(name);\
           await new Promise((settle) => { open.onsuccess = settle; });\
           const count = open.result.transaction('drafts').objectStore('drafts').count();\
           await new Promise((settle) => { count.onsuccess = settle; });\
           open.result.close();\
           drafts += count.result;\
         }\
         done(drafts);",
    )
    .await
}

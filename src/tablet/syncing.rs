//! Syncing: drives the replica and carries out what it asks for.
//!
//! The replica decides what and when; here are the timer, the requests, and the store. One
//! effect is carried out after the other, beside the queue of recordings.

use std::collections::BTreeMap;
use std::rc::Rc;

use domain::ids::PackHash;
use domain::state::{Custody, Entry};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use proof::chain::Journal;
use storage::contract::{Fault, Taken};
use sync::message::packs::PackList;
use sync::message::pull::{Page, Pull, PullAnswer};
use sync::message::push::{MAX_PAGE_EVENTS, MAX_PUSH_BYTES, Part, Push, PushAnswer};
use sync::reception::{self, Known, Received};
use sync::replica::{Effect, Input, PullOutcome, Replica, Run};
use sync::status::{Activity, SyncFault};
use wasm_bindgen_futures::spawn_local;

use crate::network::{self, Ask};
use crate::seat::Seat;
use crate::tablet::Tablet;
use crate::{Facts, browser, overview, record, shell, showing};

/// Room for heads and framing in a push.
const FRAMING_BYTES: usize = 64 * 1024;

/// The replica with what drives it.
pub(crate) struct Syncing {
    replica: Replica,
    timer: Option<Timeout>,
    is_working: bool,
}

impl Syncing {
    pub(crate) fn new(replica: Replica) -> Self {
        Self { replica, timer: None, is_working: false }
    }
}

/// Tells the replica what happened and carries out what follows.
pub(crate) fn input(tablet: &Rc<Tablet>, input: Input) {
    if let Some(syncing) = tablet.syncing.borrow_mut().as_mut() {
        syncing.replica.handle_input(input, browser::now());
    }
    go_on(tablet);
}

fn time_has_passed(tablet: &Rc<Tablet>) {
    if let Some(syncing) = tablet.syncing.borrow_mut().as_mut() {
        syncing.replica.handle_timeout(browser::now());
    }
    go_on(tablet);
}

fn go_on(tablet: &Rc<Tablet>) {
    show(tablet);
    let mut syncing = tablet.syncing.borrow_mut();
    let Some(syncing) = syncing.as_mut() else { return };
    syncing.timer = syncing.replica.poll_timeout().map(|at| wake(tablet, at));
    if !syncing.is_working {
        syncing.is_working = true;
        spawn_local(work(tablet.clone()));
    }
}

fn wake(tablet: &Rc<Tablet>, at: domain::moment::Moment) -> Timeout {
    let wait_ms = at.since_ms(browser::now()).clamp(0, 3_600_000);
    let tablet = tablet.clone();
    Timeout::new(u32::try_from(wait_ms).unwrap_or(0), move || time_has_passed(&tablet))
}

fn show(tablet: &Rc<Tablet>) {
    let status = tablet.syncing.borrow().as_ref().map(|syncing| syncing.replica.status());
    if let Some(status) = status.filter(|status| *status != tablet.board.sync.get_untracked()) {
        tablet.board.sync.set(status);
    }
}

async fn work(tablet: Rc<Tablet>) {
    while let Some(effect) = next(&tablet) {
        if let Some(outcome) = carry_out(&tablet, effect).await {
            input(&tablet, outcome);
        }
    }
}

fn next(tablet: &Tablet) -> Option<Effect> {
    let mut syncing = tablet.syncing.borrow_mut();
    let syncing = syncing.as_mut()?;
    let effect = syncing.replica.poll_effect();
    syncing.is_working = effect.is_some();
    effect
}

async fn carry_out(tablet: &Rc<Tablet>, effect: Effect) -> Option<Input> {
    let (facts, seat) = tablet.facts_and_seat()?;
    match effect {
        Effect::Push(runs) => Some(Input::Pushed(push(tablet, &facts, &seat, &runs).await)),
        Effect::Pull(message) => Some(Input::Pulled(pull(tablet, &facts, &seat, message).await)),
        Effect::Remember(journal, accepted) => {
            remember(tablet, &facts, journal, accepted).await;
            None
        }
        Effect::NewEpoch(epoch) => {
            // If this is not stored, the next word of headquarters brings it again.
            let _ = facts.begin_epoch(epoch).await;
            None
        }
        Effect::Abandon(journal) => {
            leave(tablet, &facts, vec![journal]).await;
            None
        }
    }
}

async fn push(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    seat: &Seat,
    runs: &[Run],
) -> Result<PushAnswer, SyncFault> {
    let parts = parts(facts, seat, runs).await?;
    let body = Push { parts }.to_bytes();
    let ask = Ask::post("/api/v1/push", "application/cbor", &body);
    let answer = network::json(&seat.network.ask(ask).await?)?;
    heard(tablet);
    Ok(answer)
}

/// The runs as parts of one message, cut short where it would become too large.
async fn parts(facts: &Facts, seat: &Seat, runs: &[Run]) -> Result<Vec<Part>, SyncFault> {
    let mut room = MAX_PUSH_BYTES - FRAMING_BYTES;
    let mut parts = Vec::new();
    for run in runs {
        let count = run.through - run.from + 1;
        let count = u32::try_from(count.min(MAX_PAGE_EVENTS as u64)).unwrap_or(1);
        let stored = facts.run(run.journal, run.from, count, room).await.map_err(not_stored)?;
        let Some(tip) = stored.tip() else { continue };
        let head = seat.sign_head(run.journal, tip).await.map_err(|_| SyncFault::Unreadable)?;
        let size: usize = stored.events.iter().map(|event| event.event.size_bytes() + 16).sum();
        if !parts.is_empty() && size > room {
            break;
        }
        room = room.saturating_sub(size);
        parts.push(Part { head, events: stored.events.into_iter().map(|e| e.event).collect() });
    }
    Ok(parts)
}

fn not_stored(_: Fault) -> SyncFault {
    SyncFault::NotStored
}

/// Keeps how far headquarters is; the screens follow.
async fn remember(tablet: &Rc<Tablet>, facts: &Facts, journal: Journal, accepted: Option<u64>) {
    let Ok(Some(epoch)) = facts.epoch().await else { return };
    if let Taken::Stored { forgotten } =
        facts.remember_accepted(epoch, &[(journal, accepted)]).await
    {
        leave(tablet, facts, forgotten).await;
    }
    overview::refresh_pending(tablet, journal.inspection).await;
    shell::refresh_health(tablet).await;
}

async fn pull(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    seat: &Seat,
    message: Pull,
) -> Result<PullOutcome, SyncFault> {
    let body = network::to_json(&message)?;
    let ask = Ask::post("/api/v1/pull", "application/json", &body);
    let bytes = seat.network.ask(ask).await?;
    let answer = PullAnswer::from_bytes(&bytes).map_err(|_| SyncFault::Unreadable)?;
    heard(tablet);
    if facts.epoch().await.map_err(not_stored)? != Some(answer.epoch) {
        // What is said in another life of headquarters is asked for again from the start.
        let outcome = PullOutcome { epoch: Some(answer.epoch), more: true, ..Default::default() };
        facts.begin_epoch(answer.epoch).await.map_err(not_stored)?;
        return Ok(outcome);
    }
    let mut cursors = BTreeMap::new();
    for page in answer.pages {
        let (inspection, cursor) = (page.inspection, page.cursor.clone());
        let news = take_page(tablet, facts, seat, answer.epoch, page).await?;
        showing::show_news(tablet, inspection, &news);
        overview::refresh(tablet, inspection).await;
        cursors.insert(inspection, cursor);
    }
    facts.remember_gone(answer.epoch, &answer.gone).await.map_err(not_stored)?;
    if !answer.more {
        fetch_packs(tablet, facts, seat).await?;
    }
    if !answer.more {
        shell::refresh_readiness(tablet).await;
    }
    let epoch = Some(answer.epoch);
    Ok(PullOutcome { epoch, cursors, gone: answer.gone, more: answer.more })
}

async fn take_page(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    seat: &Seat,
    epoch: domain::ids::Epoch,
    page: Page,
) -> Result<News, SyncFault> {
    let stored = facts.entries(page.inspection).await.map_err(not_stored)?;
    let known = record::fold(&stored.rows, &seat.headquarters()).known;
    let (inspection, cursor) = (page.inspection, page.cursor.clone());
    let received = reception::receive(page, &known).map_err(|_| SyncFault::Unreadable)?;
    match facts.take_page(epoch, inspection, &cursor, &received).await {
        Taken::Stored { forgotten } => {
            leave(tablet, facts, forgotten).await;
            Ok(news(&received.events, &known))
        }
        Taken::OtherEpoch(_) | Taken::Failed(_) => Err(SyncFault::NotStored),
    }
}

/// Never writes to these journals again: this tablet has forgotten some of their events.
async fn leave(tablet: &Tablet, facts: &Facts, journals: Vec<Journal>) {
    for journal in journals {
        tablet.leave_journal(journal);
        // If this is not stored, headquarters' next word brings it again.
        let _ = facts.leave(journal).await;
    }
}

/// What a page changes on a screen that shows its inspection.
pub(crate) enum News {
    /// These events are to be folded in.
    Fold(Vec<(Entry, Custody)>),
    /// An event that was folded as accepted is held: fold anew.
    FoldAnew,
}

fn news(received: &[Received], known: &Known) -> News {
    let is_known = |received: &&Received| known.ids.contains(&received.event.id);
    let is_held = |received: &Received| received.custody != Custody::Accepted;
    if received.iter().filter(is_known).any(is_held) {
        return News::FoldAnew;
    }
    let fresh = received.iter().filter(|received| !is_known(received));
    News::Fold(fresh.map(|received| (received.entry(), received.custody)).collect())
}

/// Fetches what is on headquarters' list and not here.
async fn fetch_packs(tablet: &Rc<Tablet>, facts: &Facts, seat: &Seat) -> Result<(), SyncFault> {
    let list: PackList = network::json(&seat.network.ask(Ask::get("/api/v1/packs")).await?)?;
    if facts.pack_list().await.map_err(not_stored)? != list {
        facts.put_pack_list(&list).await.map_err(not_stored)?;
    }
    let here = facts.packs().await.map_err(not_stored)?;
    let missing: Vec<PackHash> =
        list.packs.iter().map(|pack| pack.sha256).filter(|hash| !here.contains(hash)).collect();
    for hash in &missing {
        fetch_pack(facts, seat, *hash).await?;
        shell::refresh_readiness(tablet).await;
    }
    if !missing.is_empty() {
        overview::refresh_all(tablet).await;
    }
    overview::refresh_kinds(tablet).await;
    Ok(())
}

async fn fetch_pack(facts: &Facts, seat: &Seat, hash: PackHash) -> Result<(), SyncFault> {
    let path = format!("/api/v1/packs/{hash}");
    let bytes = seat.network.ask(Ask::get(&path)).await?;
    if proof::hash::pack_hash(&bytes) != hash {
        return Err(SyncFault::Unreadable);
    }
    facts.put_pack(hash, bytes).await.map_err(not_stored)
}

/// Headquarters has answered.
fn heard(tablet: &Tablet) {
    tablet.board.health.update(|health| health.last_contact = Some(browser::now()));
}

/// Whether syncing is at rest, so that an update can be applied.
pub(crate) fn is_at_rest(tablet: &Tablet) -> bool {
    let status = tablet.board.sync.get_untracked();
    status.activity != Activity::Syncing
}

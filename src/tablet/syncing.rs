//! Syncing: drives the replica and carries out what it asks for.
//!
//! The replica decides what and when; here are the timer, the requests, and the store. One
//! effect is carried out after the other, beside the queue of recordings.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use domain::ids::{Epoch, EventId, PackHash};
use domain::state::Custody;
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use proof::chain::Journal;
use storage::contract::{Contact, Fault, Taken};
use sync::carrying::Carry;
use sync::message::packs::PackAnswer;
use sync::message::pull::{Page, Pull, PullAnswer};
use sync::message::push::{MAX_PUSH_BYTES, Push, PushAnswer};
use sync::message::refusal::RefusalCode;
use sync::reception::{self, Known, Received};
use sync::replica::{Effect, Input, PassedOver, PullOutcome, Replica, Run, Sent, Survey};
use sync::status::{Activity, SyncFault};
use wasm_bindgen_futures::spawn_local;

use crate::network::{self, Ask};
use crate::outbox::{Outbox, OutboxFault};
use crate::seat::Seat;
use crate::tablet::Tablet;
use crate::{Facts, browser, canary, carrying, erasing, overview, safety, shell, showing, tabs};

/// The replica with what drives it.
pub(crate) struct Syncing {
    replica: Replica,
    timer: Option<Timeout>,
    is_working: bool,
    /// Which of this page's replicas it is; an outcome goes to the one that asked for it.
    turn: u32,
}

/// Begins to sync with this replica.
pub(crate) fn begin(tablet: &Rc<Tablet>, replica: Replica) {
    let turn = tablet.turns.get().wrapping_add(1);
    tablet.turns.set(turn);
    tablet.syncing.replace(Some(Syncing { replica, timer: None, is_working: false, turn }));
}

/// Ends syncing in this tab. What is under way is done and its outcome stored, so that the tab
/// that goes on finds it.
pub(crate) fn end(tablet: &Rc<Tablet>) {
    tablet.syncing.replace(None);
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
        spawn_local(work(tablet.clone(), syncing.turn));
    }
}

fn wake(tablet: &Rc<Tablet>, at: domain::moment::Moment) -> Timeout {
    let wait_ms = at.since_ms(browser::now()).clamp(0, 3_600_000);
    let tablet = tablet.clone();
    Timeout::new(u32::try_from(wait_ms).unwrap_or(0), move || time_has_passed(&tablet))
}

fn show(tablet: &Rc<Tablet>) {
    show_refused_request(tablet);
    let status = tablet.syncing.borrow().as_ref().map(|syncing| syncing.replica.status());
    status.into_iter().for_each(|status| tabs::show(tablet, status));
}

/// A person reads it out to headquarters, whose log has the cause under it.
fn show_refused_request(tablet: &Tablet) {
    let id = tablet.seat().and_then(|seat| seat.network.refused_request());
    let health = tablet.board.health;
    if health.with_untracked(|shown| shown.refused_request != id) {
        health.update(|shown| shown.refused_request = id);
    }
}

async fn work(tablet: Rc<Tablet>, turn: u32) {
    while let Some(effect) = next(&tablet, turn) {
        let outcome = carry_out(&tablet, effect).await;
        if let Some(outcome) = outcome.filter(|_| is_turn(&tablet, turn)) {
            input(&tablet, outcome);
        }
    }
}

fn is_turn(tablet: &Tablet, turn: u32) -> bool {
    tablet.syncing.borrow().as_ref().is_some_and(|syncing| syncing.turn == turn)
}

fn next(tablet: &Tablet, turn: u32) -> Option<Effect> {
    let mut syncing = tablet.syncing.borrow_mut();
    let syncing = syncing.as_mut().filter(|syncing| syncing.turn == turn)?;
    let effect = syncing.replica.poll_effect();
    syncing.is_working = effect.is_some();
    effect
}

async fn carry_out(tablet: &Rc<Tablet>, effect: Effect) -> Option<Input> {
    let (facts, seat) = tablet.facts_and_seat()?;
    match effect {
        Effect::Push(runs) => Some(Input::Pushed(push(tablet, &facts, &seat, &runs).await)),
        Effect::Carry(runs) => Some(Input::Pushed(carry(tablet, &facts, &seat, &runs).await)),
        Effect::Survey(epoch) => {
            let survey = survey(&facts, &seat, epoch).await;
            let own = facts.tips().await.map(|own| own.rows).unwrap_or_default();
            tablet.with_vault(|open| canary::note_accepted(open.slot.id, own.iter()));
            overview::refresh_pending_of_all(tablet).await;
            Some(Input::Surveyed(survey))
        }
        Effect::Recovered => {
            // If this is not stored, the next start finds nothing left to be given back.
            let _ = facts.end_survey().await;
            None
        }
        Effect::Pull(message) => {
            let pulled = pull(tablet, &facts, &seat, message).await;
            if matches!(pulled, Err(SyncFault::Refused(RefusalCode::Revoked))) {
                erasing::was_refused(tablet);
            }
            Some(Input::Pulled(pulled))
        }
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

/// What headquarters may have lost in this life of it, by a store that goes by this life.
async fn survey(facts: &Facts, seat: &Seat, epoch: Epoch) -> Result<Survey, SyncFault> {
    if facts.epoch().await.map_err(not_stored)? != Some(epoch) {
        facts.begin_epoch(epoch).await.map_err(not_stored)?;
    }
    facts.survey(&seat.headquarters()).await.map_err(not_stored)
}

/// Sends own runs, cut short where the message would become too large.
async fn push(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    seat: &Seat,
    runs: &[Run],
) -> Result<Sent, SyncFault> {
    let mut outbox = Outbox::new(facts, seat, MAX_PUSH_BYTES);
    let mut sent = Vec::with_capacity(runs.len());
    for run in runs {
        sent.extend(outbox.add(run).await.map_err(not_sent)?);
    }
    let answer = send(tablet, facts, seat, outbox).await?;
    Ok(Sent { runs: sent, answer })
}

/// Sends runs of others under the heads they came with.
async fn carry(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    seat: &Seat,
    carries: &[Carry],
) -> Result<Sent, SyncFault> {
    let mut outbox = Outbox::new(facts, seat, MAX_PUSH_BYTES);
    let mut sent = Vec::with_capacity(carries.len());
    for carry in carries {
        sent.extend(outbox.add_carried(carry).await.map_err(not_sent)?);
    }
    let answer = send(tablet, facts, seat, outbox).await?;
    Ok(Sent { runs: sent, answer })
}

async fn send(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    seat: &Seat,
    outbox: Outbox<'_>,
) -> Result<PushAnswer, SyncFault> {
    let body = Push { parts: outbox.into_parts() }.to_bytes();
    let ask = Ask::post("/api/v1/push", "application/cbor", &body);
    let answer: PushAnswer = network::json(&seat.network.ask(ask).await?)?;
    heard(tablet, facts, answer.epoch, answer.durable_through).await;
    Ok(answer)
}

fn not_sent(fault: OutboxFault) -> SyncFault {
    match fault {
        OutboxFault::Store(fault) => not_stored(fault),
        OutboxFault::Signing => SyncFault::Unreadable,
    }
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
    let own = facts.tips().await.map(|own| own.rows).unwrap_or_default();
    let own = own.iter().filter(|own| own.journal == journal);
    tablet.with_vault(|open| canary::note_accepted(open.slot.id, own));
    overview::refresh_pending(tablet, journal.inspection).await;
    shell::refresh_health(tablet).await;
    safety::changed(tablet);
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
    heard(tablet, facts, answer.epoch, answer.durable_through).await;
    if facts.epoch().await.map_err(not_stored)? != Some(answer.epoch) {
        // What is said in another life of headquarters is asked for again from the start.
        let outcome = PullOutcome { epoch: Some(answer.epoch), more: true, ..Default::default() };
        facts.begin_epoch(answer.epoch).await.map_err(not_stored)?;
        return Ok(outcome);
    }
    let (mut cursors, mut passed_over) = (BTreeMap::new(), BTreeMap::new());
    for page in answer.pages {
        let (inspection, cursor) = (page.inspection, page.cursor.clone());
        let news = match take_page(tablet, facts, answer.epoch, page).await {
            Ok(news) => news,
            Err(SyncFault::NotStored) => return Err(SyncFault::NotStored),
            Err(fault) => {
                passed_over.insert(inspection, PassedOver { cursor, fault });
                continue;
            }
        };
        showing::show_news(tablet, inspection, &news);
        let anew = news == News::FoldAnew;
        tablet.tabs.tell(&tabs::News::Arrived { inspection, anew });
        cursors.insert(inspection, cursor);
    }
    for inspection in cursors.keys() {
        overview::refresh(tablet, *inspection).await;
    }
    facts.remember_gone(answer.epoch, &answer.gone).await.map_err(not_stored)?;
    answer.gone.iter().for_each(|inspection| showing::show_anew(tablet, *inspection));
    if !answer.more {
        fetch_packs(tablet, facts, seat).await?;
    }
    if !answer.more {
        shell::refresh_readiness(tablet).await;
        carrying::deliver(tablet, facts, seat).await;
    }
    let epoch = Some(answer.epoch);
    Ok(PullOutcome { epoch, cursors, passed_over, gone: answer.gone, more: answer.more })
}

async fn take_page(
    tablet: &Rc<Tablet>,
    facts: &Facts,
    epoch: Epoch,
    page: Page,
) -> Result<News, SyncFault> {
    let known = facts.known(&page).await.map_err(not_stored)?;
    let held = facts.held(&page).await.map_err(not_stored)?;
    let (inspection, cursor) = (page.inspection, page.cursor.clone());
    let received = reception::receive(page, &known).map_err(|fault| fault.as_sync_fault())?;
    match facts.take_page(epoch, inspection, &cursor, &received).await {
        Taken::Stored { forgotten } => {
            leave(tablet, facts, forgotten).await;
            Ok(news(received.events, &known, &held))
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
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum News {
    /// These events are to be folded in.
    Fold(Vec<Received>),
    /// An event that was folded as accepted is held, or the other way round: fold anew.
    FoldAnew,
}

fn news(received: Vec<Received>, known: &Known, held: &BTreeSet<EventId>) -> News {
    let is_known = |received: &Received| known.ids.contains(&received.event.id);
    let was_held = |received: &Received| held.contains(&received.event.id);
    let is_held = |received: &Received| received.custody != Custody::Accepted;
    if received.iter().any(|news| is_known(news) && is_held(news) != was_held(news)) {
        return News::FoldAnew;
    }
    News::Fold(received.into_iter().filter(|received| !is_known(received)).collect())
}

/// Fetches what is on headquarters' list and not here.
async fn fetch_packs(tablet: &Rc<Tablet>, facts: &Facts, seat: &Seat) -> Result<(), SyncFault> {
    let answer: PackAnswer = network::json(&seat.network.ask(Ask::get("/api/v1/packs")).await?)?;
    let PackAnswer { list, retention } = answer;
    if let Some(retention) = retention
        && facts.retention().await.map_err(not_stored)? != Some(retention)
    {
        facts.remember_retention(retention).await.map_err(not_stored)?;
    }
    if facts.pack_list().await.map_err(not_stored)? != list {
        facts.put_pack_list(&list).await.map_err(not_stored)?;
    }
    let wanted = list.packs.iter().map(|pack| pack.sha256);
    let here = facts.packs_among(wanted).await.map_err(not_stored)?;
    let missing: Vec<PackHash> =
        list.packs.iter().map(|pack| pack.sha256).filter(|hash| !here.contains(hash)).collect();
    for hash in &missing {
        fetch_pack(facts, seat, *hash).await?;
        shell::refresh_readiness(tablet).await;
    }
    if !missing.is_empty() {
        overview::refresh_all(tablet).await;
        tablet.tabs.tell(&tabs::News::Prepared);
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

/// Headquarters has answered. If this is not stored, its next answer is.
async fn heard(tablet: &Tablet, facts: &Facts, epoch: Epoch, durable_through: Option<u64>) {
    let contact = Contact { at: browser::now(), durable_through };
    let _ = facts.remember_contact(epoch, contact).await;
    tablet.board.health.update(|health| health.last_contact = Some(contact.at));
}

/// Whether syncing is at rest, so that an update can be applied.
pub(crate) fn is_at_rest(tablet: &Tablet) -> bool {
    let status = tablet.board.sync.get_untracked();
    status.activity != Activity::Syncing
}

//! A seat that headquarters has revoked: verifies the order, gets the receipts, and erases.
//!
//! What may be erased is decided in `sync::erasing`. With an open vault the replica goes on
//! pushing, and here a receipt is asked for; a locked vault is handed in as it is. Nothing is
//! deleted while anybody could still write into it.

use std::collections::BTreeMap;
use std::rc::Rc;

use domain::ids::{SeatId, SigningKey};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use proof::chain::{Journal, Tip};
use proof::erasure::{EraseOrder, Receipt, VaultReceipt};
use proof::hash::sha256;
use proof::word::{Statement, Word};
use screens::seam::Session;
use storage::contract::{Fault, OwnJournal};
use storage::indexed_db::{self, IndexedDb, Open};
use storage::seam::Clear;
use storage::store::Store;
use storage::vault::giving;
use storage::vault::slot::{Slot, Stage};
use sync::erasing::{Escrow, Holdings, Next, Said, Vault, next};
use sync::message::receipt::{AskReceipt, End, MAX_JOURNALS, VAULT_MEDIA_TYPE};
use wasm_bindgen_futures::spawn_local;

use crate::network::{self, Answer, Ask};
use crate::seat::Seat;
use crate::tablet::Tablet;
use crate::tabs::News;
use crate::vault::closing::{self, Look, Patience};
use crate::vault::{Vaults, handing};
use crate::{browser, canary, vault};

/// How often a store that something still holds open is tried again before the page is loaded
/// anew: its own last reading may not have ended.
const DELETE_TRIES: usize = 20;

/// How often headquarters is asked whether a locked vault is to go.
const ASK_EVERY_MS: u32 = 60_000;

/// How long a store that something holds open is waited for before it is tried again.
const DELETE_AGAIN_MS: u32 = 250;

/// Headquarters has refused this seat as revoked: does what follows, if the order is its own.
pub(crate) fn was_refused(tablet: &Rc<Tablet>) {
    spawn_local(follow_order(tablet.clone()));
}

async fn follow_order(tablet: Rc<Tablet>) {
    let Some((_, seat)) = tablet.facts_and_seat() else { return };
    let Some(slot) = tablet.with_vault(|open| open.slot.clone()) else { return };
    let Some(order) = seat.network.order().and_then(|text| text.parse::<Word>().ok()) else {
        return;
    };
    let keys = seat.record.headquarters.iter().map(|it| it.key).collect::<Vec<_>>();
    let Ok(order) = order.verify::<EraseOrder>(&keys) else { return };
    let Ok(held) = holdings(&slot, &seat, Vault::Open).await else { return };
    let receipt = receipt(&seat, &keys, &held.journals).await;
    let said = Said { order: Some(&order), receipt: receipt.as_ref(), vault: None };
    match next(&held, said) {
        Next::Keep | Next::Push => return,
        Next::HandIn | Next::Erase if !tablet.begin_locking() => return,
        Next::HandIn | Next::Erase => {}
    }
    if !close(&tablet).await {
        // What cannot be stored is not thrown away by an order: the idle time ends it.
        return tablet.end_locking();
    }
    // Whatever was recorded before the vault was closed is seen here.
    let Ok(held) = holdings(&slot, &seat, Vault::Open).await else { return browser::reload() };
    match next(&held, said) {
        Next::Erase => erased(&tablet, &slot).await,
        // The page of the locked tablet hands the vault in.
        Next::Keep | Next::Push | Next::HandIn => browser::reload(),
    }
}

/// Lets nobody write any more: what is only recorded is stored, words are kept as drafts, and the
/// key is forgotten everywhere. Whether it came to that.
async fn close(tablet: &Rc<Tablet>) -> bool {
    let mut patience = Patience::from(browser::now());
    loop {
        match closing::look(tablet, &mut patience).await {
            Look::Kept => break,
            Look::Waits | Look::WaitsLong => TimeoutFuture::new(closing::AGAIN_MS).await,
            Look::Stuck(_) => return false,
        }
    }
    tablet.leave_facts();
    handing::forget().await;
    tablet.tabs.tell(&News::Locked);
    true
}

/// What a vault holds, by its rows that lie in clear.
async fn holdings(slot: &Slot, seat: &Seat, is: Vault) -> Result<Holdings, Fault> {
    let store = opened(slot).await?;
    let tips = store.tips().await?;
    let only_here = store.count_beside_events().await?;
    let damaged = u64::try_from(tips.damaged.len()).unwrap_or(u64::MAX);
    let own = tips.rows.iter().map(|OwnJournal { journal, tip, .. }| (*journal, *tip));
    Ok(Holdings {
        seat: seat.record.seat,
        vault: is,
        escrow: escrow_of(slot),
        journals: own.collect(),
        leftovers: only_here.saturating_add(damaged),
        sha256: None,
    })
}

fn escrow_of(slot: &Slot) -> Escrow {
    if slot.escrow.is_some() { Escrow::Sealed } else { Escrow::Absent }
}

async fn opened(slot: &Slot) -> Result<Store<IndexedDb, Clear>, Fault> {
    match IndexedDb::open(&slot.database, |_| {}).await {
        Open::Ready(rows) => Ok(Store::new(rows, Clear)),
        Open::Newer | Open::Blocked => Err(Fault::Blocked),
        Open::Failed(fault) => Err(fault),
    }
}

/// What headquarters has of these journals, by its own verified word.
async fn receipt(
    seat: &Seat,
    keys: &[SigningKey],
    journals: &BTreeMap<Journal, Tip>,
) -> Option<Receipt> {
    let ends: Vec<End> = journals.iter().map(|(journal, tip)| End::new(*journal, *tip)).collect();
    let mut whole: Option<Receipt> = None;
    for journals in ends.chunks(MAX_JOURNALS) {
        let body = network::to_json(&AskReceipt { journals: journals.to_vec() }).ok()?;
        let ask = Ask::post("/api/v1/receipt", "application/json", &body);
        let answer = seat.network.ask(ask).await.ok()?;
        let part: Receipt = read(&answer, keys)?;
        match &mut whole {
            Some(whole) => whole.journals.extend(part.journals),
            None => whole = Some(part),
        }
    }
    whole
}

fn read<T: Statement>(bytes: &[u8], keys: &[SigningKey]) -> Option<T> {
    Word::from_bytes(bytes).ok()?.verify(keys).ok()
}

/// Asks for every locked vault whether it is to go, now and then, as long as the tablet is locked.
pub(crate) fn watch_locked(tablet: &Rc<Tablet>) {
    let tablet = tablet.clone();
    spawn_local(async move {
        while !tablet.has_vault() {
            for slot in vault_slots(&tablet).await {
                look_at(&tablet, &slot).await;
            }
            TimeoutFuture::new(ASK_EVERY_MS).await;
        }
    });
}

async fn vault_slots(tablet: &Tablet) -> Vec<Slot> {
    match tablet.vaults() {
        Some(vaults) => vault::slots(&vaults).await.unwrap_or_default(),
        None => Vec::new(),
    }
}

async fn look_at(tablet: &Rc<Tablet>, slot: &Slot) {
    let Some(seat) = slot.seat else { return };
    let keys = &slot.headquarters;
    let path = format!("/api/v1/orders/{seat}");
    let Some(order) = said::<EraseOrder>(Ask::get(&path), keys).await else { return };
    let Some((held, bytes)) = locked_holdings(slot, seat).await else { return };
    let said_so = Said { order: Some(&order), ..Said::default() };
    if next(&held, said_so) != Next::HandIn {
        return;
    }
    let hand_in = Ask::post("/api/v1/vaults", VAULT_MEDIA_TYPE, &bytes);
    let Some(receipt) = said::<VaultReceipt>(hand_in, keys).await else { return };
    // What lies there by then, and not what was sent.
    let Some((held, _)) = locked_holdings(slot, seat).await else { return };
    let said_so = Said { vault: Some(&receipt), ..said_so };
    if next(&held, said_so) == Next::Erase && !tablet.has_vault() {
        erased(tablet, slot).await;
    }
}

/// A word of headquarters in answer to an unsigned question.
async fn said<T: Statement>(ask: Ask<'_>, keys: &[SigningKey]) -> Option<T> {
    match network::send(ask, None).await.ok()? {
        Answer::Given(bytes) => read(&bytes, keys),
        Answer::Refused(..) => None,
    }
}

/// What a locked vault is, with the bytes in which it would be handed in.
async fn locked_holdings(slot: &Slot, seat: SeatId) -> Option<(Holdings, Vec<u8>)> {
    let store = opened(slot).await.ok()?;
    let bytes = match giving::give(slot, store.tables()).await.ok()? {
        Some(vault) => vault.to_bytes(),
        None => Vec::new(),
    };
    let held = Holdings {
        seat,
        vault: Vault::Locked,
        escrow: escrow_of(slot),
        journals: BTreeMap::new(),
        leftovers: 0,
        sha256: Some(sha256(&bytes)),
    };
    Some((held, bytes))
}

/// Erases a vault: its store first, then what opens it.
async fn erased(tablet: &Rc<Tablet>, slot: &Slot) {
    let Some(vaults) = tablet.vaults() else { return };
    if taken_away(&vaults, slot).await.is_err() {
        // What is left is found at the next start.
        return browser::reload();
    }
    tablet.board.session.set(without_it(&vault_slots(tablet).await));
}

/// The slot says first what is about to happen: with its store gone it would look like a place
/// that somebody has lost.
async fn taken_away(vaults: &Vaults, slot: &Slot) -> Result<(), Fault> {
    vaults.change(slot.id, |slot| Slot { stage: Stage::Erasing, ..slot }).await?;
    deleted(&slot.database).await?;
    vaults.remove(slot.id).await
}

/// What is shown when a vault is gone, and these are left.
fn without_it(rest: &[Slot]) -> Session {
    canary::forget_lost(rest);
    Session::Erased { others: !rest.is_empty() }
}

/// Ends what was broken off while it was being erased; what is shown of it, if there was such.
///
/// Where the store is still there nothing is gone yet: it is in use again, and judged anew.
pub(crate) async fn end_broken_off(vaults: &Vaults) -> Option<Session> {
    let slots = vaults.slots().await.map(|slots| slots.rows).unwrap_or_default();
    let mut is_gone = false;
    for slot in slots.iter().filter(|slot| slot.stage == Stage::Erasing) {
        match indexed_db::exists(&slot.database).await {
            Ok(false) => is_gone |= vaults.remove(slot.id).await.is_ok(),
            Ok(true) => {
                let in_use = |slot| Slot { stage: Stage::InUse, ..slot };
                // What cannot be written waits for the next start, as does what cannot be asked.
                let _ = vaults.change(slot.id, in_use).await;
            }
            Err(_) => {}
        }
    }
    if !is_gone {
        return None;
    }
    vault::slots(vaults).await.ok().map(|rest| without_it(&rest))
}

async fn deleted(database: &str) -> Result<(), Fault> {
    for _ in 1..DELETE_TRIES {
        match indexed_db::delete(database).await {
            Err(Fault::Blocked) => TimeoutFuture::new(DELETE_AGAIN_MS).await,
            done => return done,
        }
    }
    indexed_db::delete(database).await
}

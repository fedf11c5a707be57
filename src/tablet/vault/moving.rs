//! What an earlier version of the app stored in clear moves into a vault.
//!
//! The clear store goes only after every row was found again in the vault. A crash in between
//! starts over; one after it finds the seat in a vault already and only deletes.

use std::rc::Rc;

use proof::vault::DataKey;
use screens::seam::{Passphrase, StoreTrouble};
use storage::contract::Fault;
use storage::indexed_db::{self, IndexedDb};
use storage::seam::Clear;
use storage::store::Store;
use storage::vault::moving::{self, MoveFault};
use storage::vault::slot::{InvitationTag, Slot, Stage};

use super::making::{self, MakeFault};
use crate::tablet::Tablet;
use crate::{canary, trouble, vault};

/// The name of the clear store's database.
const CLEAR: &str = "bienban";

/// Whether there is a clear store.
pub(crate) async fn has_clear() -> Result<bool, StoreTrouble> {
    indexed_db::exists(CLEAR).await.map_err(|fault| trouble::of(&fault))
}

/// Whether there is a seat in the clear store, for which there is no vault yet.
pub(crate) async fn is_due(slots: &[Slot]) -> Result<bool, StoreTrouble> {
    let store = Store::new(clear().await?, Clear);
    let seat = store.seat().await.map_err(|fault| trouble::of(&fault))?;
    drop(store);
    match seat {
        Some(seat) if slots.iter().all(|slot| slot.seat != Some(seat.seat)) => Ok(true),
        Some(_) | None => {
            delete().await;
            Ok(false)
        }
    }
}

/// Moves everything into a new vault that opens by this passphrase.
pub(crate) async fn protect(
    tablet: &Rc<Tablet>,
    passphrase: &Passphrase,
    invitation: Option<InvitationTag>,
) -> Result<(Slot, DataKey), MakeFault> {
    let vaults = tablet.vaults().ok_or(MakeFault::Store(StoreTrouble::Unavailable))?;
    let (slot, key) = making::make(&vaults, passphrase, invitation).await?;
    match moved(tablet, &slot, &key).await {
        Ok(seat) => {
            let in_use = |slot| Slot { seat, stage: Stage::InUse, ..slot };
            let changed = vaults.change(slot.id, in_use).await;
            let changed = changed.map_err(|fault| MakeFault::Store(trouble::of(&fault)))?;
            let slot = changed.ok_or(MakeFault::Store(StoreTrouble::Damaged))?;
            canary::adopt(slot.id);
            delete().await;
            Ok((slot, key))
        }
        Err(trouble) => {
            making::discard(&vaults, &slot).await;
            Err(MakeFault::Store(trouble))
        }
    }
}

async fn moved(
    tablet: &Tablet,
    slot: &Slot,
    key: &DataKey,
) -> Result<Option<domain::ids::SeatId>, StoreTrouble> {
    let (from, into) = (clear().await?, vault::facts(tablet, slot, key).await?);
    moving::copy(&from, &into).await.map_err(|fault| match fault {
        MoveFault::Store(fault) => trouble::of(&fault),
        MoveFault::Missing(damage) => trouble::of(&Fault::Damaged(damage)),
    })?;
    let seat = into.seat().await.map_err(|fault| trouble::of(&fault))?;
    Ok(seat.map(|seat| seat.seat))
}

async fn clear() -> Result<IndexedDb, StoreTrouble> {
    vault::rows(IndexedDb::open(CLEAR, |_| {}).await)
}

/// A tab of an earlier version may hold it open: it goes when that tab lets go.
async fn delete() {
    let _ = indexed_db::delete(CLEAR).await;
}

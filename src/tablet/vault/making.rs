//! Making a vault: a data key by chance, locked under a passphrase, with a store of its own.
//!
//! Until it is said to be in use nothing that is only there may be in it.

use domain::moment::Moment;
use proof::vault::{DataKey, SlotId};
use screens::seam::{Passphrase, StoreTrouble};
use storage::indexed_db;
use storage::vault::slot::{InvitationTag, Lock, LockChance, Slot, Stage};

use super::Vaults;
use super::passphrase::{self, NoWorker};
use crate::browser::{self, Lacking};
use crate::trouble;

/// After so long a vault that is still being made was broken off. Another tab may be making one.
const BROKEN_OFF_MS: i64 = 60 * 60 * 1000;

/// Why no vault was made.
pub(crate) enum MakeFault {
    /// No key can be made of a passphrase.
    NoWorker,
    /// There is no chance, or the directory did not take it.
    Store(StoreTrouble),
}

impl From<NoWorker> for MakeFault {
    fn from(_: NoWorker) -> Self {
        Self::NoWorker
    }
}

impl From<Lacking> for MakeFault {
    fn from(_: Lacking) -> Self {
        Self::Store(StoreTrouble::Unavailable)
    }
}

/// Makes a vault that opens by this passphrase.
pub(crate) async fn make(
    vaults: &Vaults,
    passphrase: &Passphrase,
    invitation: Option<InvitationTag>,
) -> Result<(Slot, DataKey), MakeFault> {
    let (id, key) = (SlotId(browser::random()?), DataKey::new(browser::random()?));
    let chance = LockChance { salt: browser::random()?, nonce: browser::random()? };
    let (under, parameters) = passphrase::stretch_anew(passphrase, &chance.salt).await?;
    let slot = Slot {
        id,
        number: 0,
        seat: None,
        invitation,
        lock: Lock::new(&key, id, &under, parameters, chance),
        escrow: None,
        database: format!("bienban-{id}"),
        attempts: Default::default(),
        used_at: browser::now(),
        stage: Stage::Making,
        headquarters: Vec::new(),
    };
    let added = vaults.add(slot).await;
    Ok((added.map_err(|fault| MakeFault::Store(trouble::of(&fault)))?, key))
}

/// Takes a vault away in which nothing is.
pub(crate) async fn discard(vaults: &Vaults, slot: &Slot) {
    // A slot whose store is gone opens as an empty one; what stays is tried again at a later start.
    if indexed_db::delete(&slot.database).await.is_ok() {
        let _ = vaults.remove(slot.id).await;
    }
}

/// Takes away what was broken off while it was being made.
pub(crate) async fn clear_away(vaults: &Vaults, now: Moment) {
    let slots = vaults.slots().await.map(|slots| slots.rows).unwrap_or_default();
    let is_old = |slot: &&Slot| now.since_ms(slot.used_at).abs() > BROKEN_OFF_MS;
    for slot in slots.iter().filter(|slot| slot.stage == Stage::Making).filter(is_old) {
        discard(vaults, slot).await;
    }
}

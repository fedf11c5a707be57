//! The vaults of this tablet: made, opened, handed from page to page, locked, given away.
//!
//! What a vault is stands in `storage::vault`; here are the browser, the worker that makes keys of
//! passphrases, and the order in which things happen.

pub(crate) mod address;
pub(crate) mod closing;
pub(crate) mod giving;
pub(crate) mod handing;
pub(crate) mod locking;
pub(crate) mod making;
pub(crate) mod moving;
pub(crate) mod passphrase;
pub(crate) mod unlocking;

use std::rc::Rc;

use leptos::prelude::*;
use proof::vault::DataKey;
use screens::seam::{Escrow, LockedVault, Session, StoreTrouble};
use storage::contract::OwnJournal;
use storage::directory::Directory;
use storage::indexed_db::{Closed, IndexedDb, Open};
use storage::seam::{Clear, SeamFault};
use storage::store::Store;
use storage::vault::Vault;
use storage::vault::slot::{Slot, Stage};

use crate::tablet::Tablet;
use crate::{Facts, browser, trouble};

/// The name of the directory's database; boot.js opens it early by the same name.
const DIRECTORY: &str = "bienban-vaults";

/// The vaults on this tablet.
pub(crate) type Vaults = Rc<Directory<IndexedDb>>;

/// The vault in use.
pub(crate) struct OpenVault {
    pub(crate) slot: Slot,
    pub(crate) key: DataKey,
}

/// Opens the directory.
pub(crate) async fn directory(tablet: &Tablet) -> Result<Vaults, StoreTrouble> {
    let opened = IndexedDb::open_directory(DIRECTORY, on_closed(tablet)).await;
    Ok(Rc::new(Directory::new(rows(opened)?)))
}

/// The slots in use, the one used last first.
pub(crate) async fn slots(vaults: &Vaults) -> Result<Vec<Slot>, StoreTrouble> {
    let mut slots = vaults.slots().await.map_err(|fault| trouble::of(&fault))?;
    slots.rows.retain(|slot| slot.stage == Stage::InUse);
    if slots.rows.is_empty() && !slots.damaged.is_empty() {
        return Err(StoreTrouble::Damaged);
    }
    Ok(slots.rows)
}

/// The store of a vault.
pub(crate) async fn facts(
    tablet: &Tablet,
    slot: &Slot,
    key: &DataKey,
) -> Result<Facts, StoreTrouble> {
    let rows = rows(IndexedDb::open(&slot.database, on_closed(tablet)).await)?;
    Ok(Facts::new(rows, seam(key)))
}

/// The store of a vault that a newer version of the app wrote, for exporting.
pub(crate) async fn newer_facts(slot: &Slot, key: &DataKey) -> Result<Facts, StoreTrouble> {
    let rows = IndexedDb::open_newer(&slot.database).await.map_err(|fault| trouble::of(&fault))?;
    Ok(Facts::new(rows, seam(key)))
}

fn seam(key: &DataKey) -> Vault {
    Vault::new(key, |bytes| browser::fill(bytes).map_err(|lacking| SeamFault(lacking.to_string())))
}

pub(crate) fn rows(opened: Open) -> Result<IndexedDb, StoreTrouble> {
    match opened {
        Open::Ready(rows) => Ok(rows),
        Open::Newer => Err(StoreTrouble::Newer),
        Open::Blocked => Err(StoreTrouble::Blocked),
        Open::Failed(fault) => Err(trouble::of(&fault)),
    }
}

/// When another tab takes a database over with another version, the screen says so.
fn on_closed(tablet: &Tablet) -> impl Fn(Closed) + 'static {
    let board = tablet.board;
    move |why| {
        let trouble = match why {
            Closed::GaveWay => StoreTrouble::Blocked,
            Closed::ByBrowser => StoreTrouble::Unavailable,
        };
        board.session.set(Session::Broken(trouble));
    }
}

/// Takes a vault into use.
pub(crate) fn take(tablet: &Rc<Tablet>, slot: Slot, key: DataKey, facts: Facts) {
    let escrow = if slot.escrow.is_some() { Escrow::Kept } else { Escrow::None };
    tablet.board.escrow.set(escrow);
    tablet.board.vault_open.set(true);
    tablet.board.has_vaults.set(true);
    tablet.use_facts(facts);
    tablet.use_vault(OpenVault { slot, key });
}

/// Shows that the tablet is locked. What waits is counted from rows that lie in clear.
pub(crate) async fn locked(slots: &[Slot]) -> Session {
    let mut vaults = Vec::new();
    for slot in slots {
        vaults.push(LockedVault {
            id: slot.id.to_string(),
            number: slot.number,
            pending: pending(slot).await,
            has_escrow: slot.escrow.is_some(),
        });
    }
    Session::Locked { vaults }
}

/// A store that cannot be opened says so when it is unlocked.
async fn pending(slot: &Slot) -> u64 {
    let Open::Ready(rows) = IndexedDb::open(&slot.database, |_| {}).await else { return 0 };
    let own = Store::new(rows, Clear).tips().await.map(|own| own.rows).unwrap_or_default();
    own.iter().map(OwnJournal::pending).sum()
}

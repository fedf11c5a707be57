//! Opening a vault by its passphrase. A wrong one says so and slows the next down.

use std::rc::Rc;

use leptos::prelude::*;
use proof::vault::DataKey;
use screens::seam::{Passphrase, Session, Unlocking};
use storage::vault::slot::Slot;

use super::passphrase;
use crate::tablet::Tablet;
use crate::{browser, start, vault};

/// Opens the vault of this name and goes on with it.
pub(crate) async fn unlock(tablet: Rc<Tablet>, id: String, passphrase: Passphrase) {
    if tablet.board.unlocking.get_untracked() == Unlocking::Working {
        return;
    }
    tablet.board.unlocking.set(Unlocking::Working);
    let opened = match slot_of(&tablet, &id).await {
        Some(slot) => open(&tablet, slot, &passphrase).await,
        // Another tab took it away; a new start shows what there is.
        None => return browser::reload(),
    };
    match opened {
        Ok((slot, key)) => {
            tablet.board.unlocking.set(Unlocking::Idle);
            leave_the_address_of_another(&tablet, &slot);
            start::go_on(&tablet, slot, key).await;
        }
        Err(unlocking) => tablet.board.unlocking.set(unlocking),
    }
}

async fn slot_of(tablet: &Tablet, id: &str) -> Option<Slot> {
    let slots = vault::slots(&tablet.vaults()?).await.ok()?;
    slots.into_iter().find(|slot| slot.id.to_string() == id)
}

/// The data key of a vault, or why it stays locked.
pub(crate) async fn open(
    tablet: &Tablet,
    slot: Slot,
    passphrase: &Passphrase,
) -> Result<(Slot, DataKey), Unlocking> {
    let wait_ms = slot.attempts.wait_ms(browser::now());
    if wait_ms > 0 {
        return Err(Unlocking::Slowed { wait_s: wait_ms.unsigned_abs().div_ceil(1000) });
    }
    let (salt, parameters) = (&slot.lock.salt, slot.lock.parameters);
    let under = passphrase::stretch(passphrase, salt, parameters).await;
    let under = under.map_err(|_| Unlocking::NoWorker)?;
    let opened = slot.lock.open(slot.id, &under);
    let (Some(vaults), now) = (tablet.vaults(), browser::now()) else {
        return Err(Unlocking::NoWorker);
    };
    // What cannot be noted slows nobody down and keeps nobody out.
    match opened {
        Ok(key) => {
            let noted = vaults.note_opened(slot.id, now).await;
            Ok((noted.ok().flatten().unwrap_or(slot), key))
        }
        Err(_) => {
            let _ = vaults.note_wrong(slot.id, now).await;
            Err(Unlocking::Wrong)
        }
    }
}

/// The address names what the person before looked at.
fn leave_the_address_of_another(tablet: &Tablet, slot: &Slot) {
    let is_last = match tablet.board.session.get_untracked() {
        Session::Locked { vaults } => {
            vaults.first().is_some_and(|first| first.id == slot.id.to_string())
        }
        Session::Starting | Session::NotEnrolled | Session::Enrolling => true,
        Session::EnrolmentFailed(_) | Session::Ready { .. } | Session::Broken(_) => true,
        Session::Unprotected | Session::Protecting | Session::Erased { .. } => true,
    };
    if !is_last {
        browser::go_to("/");
    }
}

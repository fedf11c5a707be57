//! Colleagues' bundles: taken as files, kept as they are, and handed in when there is a network.
//!
//! A bundle goes only when headquarters has answered for everything in it. Nothing is opened
//! here.

use std::collections::BTreeMap;
use std::rc::Rc;

use domain::ids::to_hex;
use js_sys::Uint8Array;
use leptos::prelude::*;
use proof::envelope::{self, EnvelopeKeyPair, OpenFault};
use screens::seam::{CarriedBundle, Carrying};
use storage::carried::{BundleId, Carried};
use sync::message::bundle::MEDIA_TYPE;
use sync::message::push::{JournalAnswer, PushAnswer};
use sync::status::SyncFault;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::network::{self, Ask};
use crate::seat::Seat;
use crate::tablet::Tablet;
use crate::{Facts, browser, tabs, trouble};

/// What headquarters said of bundles that it did not take, while this page lives.
pub(crate) type Faults = BTreeMap<BundleId, SyncFault>;

/// Takes a file to carry and asks to sync.
pub(crate) async fn take(tablet: Rc<Tablet>, file: File) {
    tablet.board.carrying.set(Carrying::Storing);
    let carrying = store(&tablet, &file).await;
    tablet.board.carrying.set(carrying);
    refresh(&tablet).await;
    if carrying == Carrying::Taken {
        tabs::ask(&tablet);
    }
}

async fn store(tablet: &Rc<Tablet>, file: &File) -> Carrying {
    let Some(facts) = tablet.facts() else { return Carrying::NotABundle };
    let Ok(buffer) = JsFuture::from(file.array_buffer()).await else { return Carrying::NotABundle };
    let bytes = Uint8Array::new(&buffer).to_vec();
    if !is_envelope(&bytes) {
        return Carrying::NotABundle;
    }
    match facts.carry(&file.name(), bytes, browser::now()).await {
        Ok(_) => Carrying::Taken,
        Err(fault) => Carrying::Failed(trouble::of(&fault)),
    }
}

/// Whether this is an envelope, for whomever. Opening it with a key that nobody has tells.
fn is_envelope(bytes: &[u8]) -> bool {
    let nobody = EnvelopeKeyPair::from_secret(&browser::random().unwrap_or([1; 32]));
    match envelope::open(bytes, &nobody) {
        Ok(_) | Err(OpenFault::NotForThisKey | OpenFault::Changed) => true,
        Err(
            OpenFault::TooLarge { .. }
            | OpenFault::Cbor(_)
            | OpenFault::Shape(_)
            | OpenFault::Context(_),
        ) => false,
    }
}

/// Hands in what waits, one after the other; what headquarters did not take stays, with the
/// reason.
pub(crate) async fn deliver(tablet: &Rc<Tablet>, facts: &Facts, seat: &Seat) {
    let Ok(carried) = facts.carried().await else { return };
    if carried.rows.is_empty() {
        return;
    }
    for bundle in carried.rows {
        match hand_in(seat, &bundle).await {
            // What cannot be let go of now is handed in again, and changes nothing there.
            Ok(()) => {
                drop(facts.drop_carried(bundle.id).await);
                tablet.board.carrying.set(Carrying::Delivered);
            }
            Err(fault) => drop(tablet.carrying_faults.borrow_mut().insert(bundle.id, fault)),
        }
    }
    refresh(tablet).await;
    tablet.tabs.tell(&tabs::News::Prepared);
}

async fn hand_in(seat: &Seat, bundle: &Carried) -> Result<(), SyncFault> {
    let ask = Ask::post("/api/v1/bundle", MEDIA_TYPE, &bundle.bytes);
    let answer: PushAnswer = network::json(&seat.network.ask(ask).await?)?;
    answer.journals.iter().try_for_each(is_taken)
}

/// Whether headquarters has answered for a journal's part. One with a gap before it waits for
/// another bundle.
fn is_taken(journal: &JournalAnswer) -> Result<(), SyncFault> {
    match (journal.refused, journal.expected) {
        (Some(code), _) => Err(SyncFault::Refused(code)),
        (None, Some(_)) => Err(SyncFault::Unreadable),
        (None, None) => Ok(()),
    }
}

/// Shows what waits.
pub(crate) async fn refresh(tablet: &Rc<Tablet>) {
    let Some(facts) = tablet.facts() else { return };
    let Ok(carried) = facts.carried().await else { return };
    let faults = tablet.carrying_faults.borrow().clone();
    let shown = carried.rows.into_iter().map(|bundle| CarriedBundle {
        fault: faults.get(&bundle.id).cloned(),
        id: to_hex(&bundle.id.0),
        size_bytes: bundle.bytes.len() as u64,
        taken_at: bundle.taken_at,
        file_name: bundle.name,
    });
    tablet.board.carried.set(shown.collect());
}

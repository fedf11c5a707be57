//! Journals come in: by a push, or in a bundle that somebody carried. Both are examined whole
//! before anything is stored, and stored before anything is answered.

use std::collections::BTreeSet;

use domain::ids::SeatId;
use domain::moment::Moment;
use proof::envelope::{self, EnvelopeKeyPair, OpenFault};
use proof::sign::KeyPair;
use sync::admission::{self, AdmissionFault, Examination};
use sync::message::MessageFault;
use sync::message::bundle::Bundle;
use sync::message::push::Part;
use thiserror::Error;

use crate::custody::{self, Taken};
use crate::store::people;
use crate::store::{Store, StoreFault};

/// The most parts in one transaction, so that a large bundle keeps nobody waiting for long.
const PARTS_AT_ONCE: usize = 64;

/// Why journals were not taken in.
#[derive(Debug, Error)]
pub enum IntakeFault {
    /// The file is no envelope that headquarters can open.
    #[error(transparent)]
    Envelope(#[from] OpenFault),
    /// What is inside is no bundle.
    #[error(transparent)]
    Message(#[from] MessageFault),
    /// A part is not what it says it is; nothing was stored.
    #[error(transparent)]
    Admission(#[from] AdmissionFault),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Opens a bundle that is sealed to headquarters.
///
/// # Errors
/// [`IntakeFault::Envelope`] and [`IntakeFault::Message`].
pub fn open_bundle(file: &[u8], keys: &EnvelopeKeyPair) -> Result<Vec<Part>, IntakeFault> {
    Ok(Bundle::from_bytes(&envelope::open(file, keys)?)?.parts)
}

/// Examines parts and takes them into custody; notes that the seat that brought them was heard of.
///
/// # Errors
/// See [`IntakeFault`].
pub async fn take(
    store: &Store,
    keys: &KeyPair,
    parts: Vec<Part>,
    (carrier, now): (Option<SeatId>, Moment),
) -> Result<Taken, IntakeFault> {
    let journals = parts.iter().map(admission::journal_of);
    let journals = journals.collect::<Result<BTreeSet<_>, _>>()?;
    let authors = custody::authors(store, &journals).await?;
    // Hashes and signatures of thousands of events would keep other requests waiting.
    let examined = tokio::task::spawn_blocking(move || custody::examine(parts, authors)).await;
    let mut examined = examined.map_err(|_| StoreFault::WriterGone)??;
    let mut taken = Taken::default();
    loop {
        let rest = examined.split_off(examined.len().min(PARTS_AT_ONCE));
        taken = taken.and(store_some(store, keys, examined, (carrier, now)).await?);
        if rest.is_empty() {
            return Ok(taken);
        }
        examined = rest;
    }
}

async fn store_some(
    store: &Store,
    keys: &KeyPair,
    examined: Vec<Examination>,
    (carrier, now): (Option<SeatId>, Moment),
) -> Result<Taken, StoreFault> {
    let keys = keys.clone();
    let work = store.write(move |tx| {
        Box::pin(async move {
            if let Some(carrier) = carrier {
                people::touch(&mut *tx, carrier, now).await?;
            }
            custody::take(tx, &keys, &examined, now).await
        })
    });
    work.await
}

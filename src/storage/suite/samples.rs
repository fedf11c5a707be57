//! Made-up events, pages and drafts for the suite.

use core::cell::Cell;
use core::future::Future;
use core::task::{Context, Poll, Waker};
use std::pin::pin;

use domain::act::{Act, Body, OpenJournal, UnknownAct};
use domain::ids::{Epoch, InspectionId, JournalId, Salt, SeatId, Signature, SigningKey};
use domain::moment::Moment;
use domain::state::Custody;
use proof::chain::{self, Circumstance, Journal, Tip, Verified};
use proof::envelope::{Entropy, EnvelopeKeyPair};
use proof::head::{Head, SignedHead};
use proof::vault::row::NONCE_BYTES;
use proof::vault::{DataKey, SlotId, escrow};
use sync::admission::Author;
use sync::message::pull::Cursor;
use sync::reception::{Received, Reception};

use crate::batch::Batch;
use crate::contract::Appended;
use crate::drafts::{Draft, DraftKey};
use crate::seam::Seam;
use crate::store::Store;
use crate::tables::Tables;
use crate::vault::Vault;
use crate::vault::attempts::Attempts;
use crate::vault::parameters::Parameters;
use crate::vault::slot::{InvitationTag, Lock, LockChance, PassphraseKey, Slot, Stage};

/// The outcome of a future that never waits.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("memory never waits"),
    }
}

/// The vault of a data key of this byte. Its chance counts up, so that no nonce comes twice.
pub(crate) fn vault(key: u8) -> Vault {
    let drawn = Cell::new(0_u64);
    Vault::new(&DataKey::new([key; 32]), move |bytes| {
        for chunk in bytes.chunks_mut(NONCE_BYTES) {
            drawn.set(drawn.get() + 1);
            let number = drawn.get().to_be_bytes();
            chunk[..8].copy_from_slice(&number);
        }
        Ok(())
    })
}

/// What Argon2id would make of a passphrase.
pub(crate) fn passphrase_key(of: u8) -> PassphraseKey {
    PassphraseKey::new([of; 32])
}

/// Headquarters' escrow key.
pub(crate) fn escrow_keys() -> EnvelopeKeyPair {
    EnvelopeKeyPair::from_secret(&[42; 32])
}

/// A slot whose id, data key and passphrase are this byte.
pub(crate) fn slot(of: u8) -> Slot {
    let (id, key) = (SlotId([of; 16]), DataKey::new([of; 32]));
    let chance = LockChance { salt: [3; 16], nonce: [4; 12] };
    let escrow = escrow::wrap(&key, id, &escrow_keys().public(), &Entropy([5; 32]));
    Slot {
        id,
        number: 0,
        seat: Some(SeatId([6; 16])),
        invitation: Some(InvitationTag::of("MAU-0001")),
        lock: Lock::new(&key, id, &passphrase_key(of), Parameters::FLOOR, chance),
        escrow: Some(escrow.expect("it is a key")),
        database: format!("bienban-{of}"),
        attempts: Attempts::default(),
        used_at: Moment(0),
        stage: Stage::InUse,
        headquarters: Vec::new(),
    }
}

/// The epoch of most cases.
pub(crate) const EPOCH: Epoch = Epoch([1; 16]);

/// An epoch after a restore of headquarters.
pub(crate) const NEXT_EPOCH: Epoch = Epoch([2; 16]);

/// A journal with these numbers for ids.
pub(crate) fn journal(inspection: u8, journal: u8) -> Journal {
    Journal { inspection: InspectionId([inspection; 16]), journal: JournalId([journal; 16]) }
}

/// A clock that says `at`, and a salt made of it.
pub(crate) fn circumstance(at: i64) -> Circumstance {
    let mut salt = [0; 16];
    salt[..8].copy_from_slice(&at.to_be_bytes());
    Circumstance { at: Moment(at), salt: Salt(salt), anchor: None }
}

/// A body that says `name`.
pub(crate) fn body(name: &str) -> Body {
    Body::of(Act::Unknown(UnknownAct { name: name.to_owned(), payload: vec![0xa0] }))
}

/// A batch of events that say these names.
pub(crate) fn batch(journal: Journal, expected: Option<Tip>, names: &[&str]) -> Batch {
    let mut batch = Batch::after(journal, expected);
    for name in names {
        let at = i64::try_from(chain::next_seq(batch.tip())).expect("it is small");
        batch.record(circumstance(at), &body(name)).expect("it is small");
    }
    batch
}

/// Appends events to a journal without any; returns the batch.
pub(crate) async fn appended<T: Tables, S: Seam>(
    store: &Store<T, S>,
    journal: Journal,
    names: &[&str],
) -> Batch {
    let batch = batch(journal, None, names);
    assert_eq!(store.append(&batch).await, Appended::Stored);
    batch
}

/// Appends `count` events to a journal without any, of which the first opens it.
pub(crate) async fn opened<T: Tables, S: Seam>(
    store: &Store<T, S>,
    journal: Journal,
    count: usize,
) -> Batch {
    let batch = opening_batch(journal, count);
    assert_eq!(store.append(&batch).await, Appended::Stored);
    batch
}

/// A batch of `count` events for a journal without any, of which the first opens it.
pub(crate) fn opening_batch(journal: Journal, count: usize) -> Batch {
    let mut batch = Batch::after(journal, None);
    let opening =
        OpenJournal { seat: SeatId([8; 16]), key: SigningKey([8; 32]), app: String::new() };
    let opening = Body::of(Act::OpenJournal(opening));
    batch.record(circumstance(0), &opening).expect("it is small");
    for at in (1..).take(count - 1) {
        batch.record(circumstance(at), &body("act")).expect("it is small");
    }
    batch
}

/// The events of a batch, verified.
pub(crate) fn verified(batch: &Batch) -> Vec<Verified> {
    let events = batch.events().iter().map(|(_, event)| event.clone()).collect();
    chain::verify_run(batch.journal(), events).expect("a batch is a chain")
}

/// A page with these events at positions from `first` on, under a head over the last one.
pub(crate) fn page(events: Vec<Verified>, first: u64, custody: Custody) -> Reception {
    let heads = events.last().map(head).into_iter().collect();
    let author = Author { seat: SeatId([8; 16]), key: SigningKey([8; 32]) };
    let received = (first..)
        .zip(events)
        .map(|(position, event)| Received { event, author, position, custody })
        .collect();
    Reception { events: received, heads }
}

fn head(event: &Verified) -> (Head, SignedHead) {
    let journal = Journal { inspection: event.header.inspection, journal: event.header.journal };
    let tip = Tip { seq: event.header.seq, id: event.id };
    let head = Head { journal, tip, at: event.header.at };
    let signed = SignedHead { head: head.to_bytes(), signature: Signature([7; 64]) };
    (head, signed)
}

/// A cursor.
pub(crate) fn cursor(text: &str) -> Cursor {
    Cursor(text.to_owned())
}

/// A draft of a field of inspection 1.
pub(crate) fn draft(field: &str, text: &str) -> Draft {
    let key = DraftKey { inspection: InspectionId([1; 16]), field: field.to_owned() };
    Draft { key, text: text.to_owned(), at: Moment(5) }
}

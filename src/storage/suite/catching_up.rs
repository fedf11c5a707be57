//! Cases about reading only what is needed.

use std::collections::BTreeSet;

use domain::ids::{EventId, InspectionId, SeatId, Signature, SigningKey};
use domain::state::{Custody, HeldReason};
use proof::chain::Verified;
use proof::head::SignedHead;
use sync::message::pull::{Page, PulledEvent};

use super::Place;
use super::samples::{EPOCH, appended, batch, cursor, journal, opened, page, verified};
use crate::contract::{Delivery, Taken};

const FIRST: InspectionId = InspectionId([1; 16]);
const STORED: Taken = Taken::Stored { forgotten: Vec::new() };

fn ids(events: &[Verified]) -> BTreeSet<EventId> {
    events.iter().map(|event| event.id).collect()
}

pub(crate) async fn only_what_is_not_known_is_read(place: impl Place) {
    let store = place.open().await;
    store.begin_epoch(EPOCH).await.expect("it can be written");
    let mine = verified(&appended(&store, journal(1, 1), &["a", "b", "c"]).await);
    let theirs = verified(&batch(journal(1, 5), None, &["d"]));
    let pulled = page(theirs.clone(), 9, Custody::Accepted);
    assert_eq!(store.take_page(EPOCH, FIRST, &cursor("1"), &pulled).await, STORED);

    let beyond = store.entries_beyond(FIRST, &ids(&mine[..2])).await.expect("it reads").rows;
    let read: Vec<_> = beyond.iter().map(|entry| (&entry.event, entry.delivery)).collect();
    let placed = Delivery::Placed { position: 9 };
    assert_eq!(read, [(&mine[2], Delivery::Stored), (&theirs[0], placed)]);
    let all = ids(&[mine, theirs].concat());
    assert_eq!(store.entries_beyond(FIRST, &all).await.expect("it reads").rows, []);
}

pub(crate) async fn much_that_is_not_known_is_read_at_once(place: impl Place) {
    let store = place.open().await;
    let mine = verified(&appended(&store, journal(1, 1), &["a"; 200]).await);
    let beyond = store.entries_beyond(FIRST, &ids(&mine[..3])).await.expect("it reads").rows;
    let read: Vec<_> = beyond.into_iter().map(|entry| entry.event).collect();
    assert_eq!(read, mine[3..]);
}

fn offered(events: &[Verified]) -> Page {
    let pulled = |event: &Verified| PulledEvent {
        position: event.header.seq,
        held: None,
        event: event.event.clone(),
    };
    let head = SignedHead { head: Vec::new(), signature: Signature([7; 64]) };
    let entries = events.iter().map(pulled).collect();
    Page { inspection: FIRST, cursor: cursor("1"), heads: vec![head], entries }
}

pub(crate) async fn a_page_is_checked_by_what_it_follows_alone(place: impl Place) {
    let store = place.open().await;
    let events = verified(&opened(&store, journal(1, 1), 40).await);
    appended(&store, journal(2, 2), &["elsewhere"]).await;

    let known = store.known(&offered(&events[30..])).await.expect("it reads");
    assert_eq!(known.ids, ids(&events[29..]), "one before it, and what of it is here");
    let author = known.authors.get(&journal(1, 1).journal).expect("its journal is here");
    assert_eq!((author.seat, author.key), (SeatId([8; 16]), SigningKey([8; 32])));
}

pub(crate) async fn what_was_known_of_a_page_before_is_found(place: impl Place) {
    let store = place.open().await;
    let events = verified(&opened(&store, journal(1, 1), 4).await);
    let known = store.known(&offered(&events)).await.expect("it reads");
    assert_eq!(known.ids, ids(&events));
    let strange = verified(&batch(journal(1, 7), None, &["x"]));
    let known = store.known(&offered(&strange)).await.expect("it reads");
    assert_eq!((known.ids.len(), known.authors.len()), (0, 0));
}

pub(crate) async fn what_headquarters_held_before_is_found(place: impl Place) {
    let store = place.open().await;
    store.begin_epoch(EPOCH).await.expect("it can be written");
    let events = verified(&batch(journal(1, 5), None, &["a", "b", "c"]));
    let held = async |from: usize| store.held(&offered(&events[from..])).await;
    assert_eq!(held(0).await, Ok(BTreeSet::new()), "nothing is here yet");

    let custody = Custody::Held(HeldReason::NotOnTeam);
    let pulled = page(events.clone(), 3, custody);
    assert_eq!(store.take_page(EPOCH, FIRST, &cursor("1"), &pulled).await, STORED);
    assert_eq!(held(1).await, Ok(ids(&events[1..])));

    let pulled = page(events.clone(), 3, Custody::Accepted);
    assert_eq!(store.take_page(EPOCH, FIRST, &cursor("1"), &pulled).await, STORED);
    assert_eq!(held(0).await, Ok(BTreeSet::new()));
}

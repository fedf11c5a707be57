//! Cases about reading several things at once: it tells what reading them one by one tells.

use domain::ids::{PersonId, SeatId, SigningKey};

use super::Place;
use super::samples::{EPOCH, appended, draft, journal};
use crate::contract::{Canary, Fault};
use crate::seat::SeatRecord;
use crate::tables::Table;

fn seat(of: u8) -> SeatRecord {
    SeatRecord {
        seat: SeatId([of; 16]),
        person: PersonId([of; 16]),
        name: "Người mẫu".to_owned(),
        signing_key: vec![of; 48],
        signing_public: SigningKey([of; 32]),
        envelope_key: vec![of; 48],
        headquarters: Vec::new(),
    }
}

pub(crate) async fn the_beginning_is_what_is_read_one_by_one(place: impl Place) {
    let store = place.open().await;
    let nothing = store.beginning().await.expect("it reads");
    assert_eq!((nothing.seat, nothing.canary, nothing.own.rows), (None, None, Vec::new()));
    for of in [1, 2] {
        store.enrol(&seat(of), EPOCH).await.expect("it can be written");
    }
    store.put_canary(Canary([7; 16])).await.expect("it can be written");
    appended(&store, journal(1, 1), &["a"]).await;

    let beginning = place.open().await.beginning().await.expect("it reads");
    assert_eq!(beginning.seat, Some(seat(2)));
    assert_eq!(beginning.former.rows, [seat(1)]);
    assert_eq!(beginning.canary, Some(Canary([7; 16])));
    assert_eq!(beginning.own, store.tips().await.expect("it reads"));
}

pub(crate) async fn an_inspection_is_what_is_read_of_it_one_by_one(place: impl Place) {
    let store = place.open().await;
    let id = journal(1, 1).inspection;
    appended(&store, journal(1, 1), &["a", "b"]).await;
    appended(&store, journal(2, 1), &["other"]).await;
    store.put_draft(&draft("facts", "Thiếu sổ")).await.expect("it can be written");

    let laid = store.laid(id).await.expect("it reads");
    assert_eq!(laid.entries, store.entries(id).await.expect("it reads"));
    assert_eq!(laid.drafts, store.drafts(id).await.expect("it reads"));
    assert!(laid.visible, "nobody took it away");
    store.remember_gone(EPOCH, &[id]).await.expect("it can be written");
    assert!(!store.laid(id).await.expect("it reads").visible);
}

pub(crate) async fn several_packs_come_in_the_order_in_which_they_are_asked_for(place: impl Place) {
    let store = place.open().await;
    let [one, other] = [&b"one"[..], b"other"].map(<[u8]>::to_vec);
    let hashes = [&other, &one].map(|bytes| proof::hash::pack_hash(bytes));
    for (hash, bytes) in hashes.iter().zip([&other, &one]) {
        store.put_pack(*hash, bytes.clone()).await.expect("it can be written");
    }
    let missing = proof::hash::pack_hash(b"missing");
    let packs = store.packs(&[hashes[0], missing, hashes[1]]).await.expect("it reads");
    assert_eq!(packs, [Some(other), None, Some(one)]);

    store.put_pack(missing, b"something else".to_vec()).await.expect("it can be written");
    let damaged = store.packs(&[hashes[0], missing]).await;
    assert!(matches!(damaged, Err(Fault::Damaged(of)) if of.table == Table::Packs));
}

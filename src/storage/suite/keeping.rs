//! Cases about drafts, packs and single records.

use domain::event::Anchor;
use domain::ids::{InspectionId, PersonId, RootHash, SeatId, SigningKey};
use proof::hash::pack_hash;
use sync::message::enrol::HeadquartersSeat;
use sync::message::packs::{PackEntry, PackList};

use super::Place;
use super::samples::{EPOCH, draft};
use crate::drafts::DraftKey;
use crate::seat::SeatRecord;
use crate::tables::Table;

const FIRST: InspectionId = InspectionId([1; 16]);

pub(crate) async fn a_draft_is_overwritten_and_survives_opening_again(place: impl Place) {
    let store = place.open().await;
    for text in ["T", "Th", "Thiếu sổ"] {
        store.put_draft(&draft("facts", text)).await.expect("it can be written");
    }
    assert_eq!(place.lying_in(Table::Drafts).await.len(), 1);
    drop(store);

    let store = place.open().await;
    let last = draft("facts", "Thiếu sổ");
    let drafts = store.drafts(FIRST).await.expect("it reads").rows;
    assert_eq!(drafts, std::slice::from_ref(&last));
    store.drop_draft(&last.key).await.expect("it can be written");
    assert_eq!(place.open().await.drafts(FIRST).await.expect("it reads").rows, []);
}

pub(crate) async fn drafts_of_other_inspections_are_left_out(place: impl Place) {
    let store = place.open().await;
    let mine = draft("facts", "a");
    let mut other = draft("facts", "b");
    other.key = DraftKey { inspection: InspectionId([2; 16]), ..other.key };
    for draft in [&mine, &other] {
        store.put_draft(draft).await.expect("it can be written");
    }
    assert_eq!(store.drafts(FIRST).await.expect("it reads").rows, [mine]);
}

pub(crate) async fn packs_are_kept_by_hash(place: impl Place) {
    let store = place.open().await;
    let large: Vec<u8> = (0..=u8::MAX).cycle().take(300_000).collect();
    let (law, checklist) = (pack_hash(&large), pack_hash(b"checklist"));
    assert_eq!(store.pack(law).await, Ok(None));
    store.put_pack(law, large.clone()).await.expect("it can be written");
    store.put_pack(checklist, b"checklist".to_vec()).await.expect("it can be written");

    let store = place.open().await;
    assert_eq!(store.pack(law).await, Ok(Some(large)));
    let packs = store.packs().await.expect("it reads");
    assert_eq!(packs, [law, checklist].into_iter().collect());
}

pub(crate) async fn the_list_of_packs_is_replaced(place: impl Place) {
    let store = place.open().await;
    assert_eq!(store.pack_list().await, Ok(PackList::default()));
    let entry = |version| PackEntry {
        kind: "law".to_owned(),
        id: "mau-a".to_owned(),
        version,
        sha256: pack_hash(b"law"),
        size: 3,
        current: true,
    };
    for version in [1, 2] {
        let list = PackList { packs: vec![entry(version)] };
        store.put_pack_list(&list).await.expect("it can be written");
    }
    let list = place.open().await.pack_list().await;
    assert_eq!(list, Ok(PackList { packs: vec![entry(2)] }));
}

pub(crate) async fn the_seat_and_its_epoch_are_kept_together(place: impl Place) {
    let store = place.open().await;
    assert_eq!((store.seat().await, store.epoch().await), (Ok(None), Ok(None)));
    let record = SeatRecord {
        seat: SeatId([3; 16]),
        person: PersonId([4; 16]),
        name: "Thanh tra viên A".to_owned(),
        signing_public: SigningKey([7; 32]),
        signing_key: vec![1, 2, 3],
        envelope_key: vec![],
        headquarters: vec![HeadquartersSeat { seat: SeatId([5; 16]), key: SigningKey([6; 32]) }],
    };
    place.fill_up_after(1);
    store.enrol(&record, EPOCH).await.expect_err("the disk is full");
    assert_eq!((store.seat().await, store.epoch().await), (Ok(None), Ok(None)));

    store.enrol(&record, EPOCH).await.expect("it can be written");
    let store = place.open().await;
    assert_eq!((store.seat().await, store.epoch().await), (Ok(Some(record)), Ok(Some(EPOCH))));
}

pub(crate) async fn the_last_checkpoint_is_kept(place: impl Place) {
    let store = place.open().await;
    assert_eq!(store.checkpoint().await, Ok(None));
    for size in [7, 9] {
        let anchor = Anchor { size, root: RootHash([1; 32]) };
        store.remember_checkpoint(anchor).await.expect("it can be written");
    }
    let last = place.open().await.checkpoint().await.expect("it reads");
    assert_eq!(last.map(|anchor| anchor.size), Some(9));
}

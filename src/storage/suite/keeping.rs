//! Cases about drafts, packs and single records.

use domain::event::Anchor;
use domain::ids::{EnvelopeKey, InspectionId, PackHash, PersonId, RootHash, SeatId, SigningKey};
use domain::moment::Moment;
use domain::state::Custody;
use proof::hash::pack_hash;
use sync::message::enrol::HeadquartersSeat;
use sync::message::packs::{PackEntry, PackList};

use super::Place;
use super::samples::{
    EPOCH, NEXT_EPOCH, appended, batch, cursor, draft, journal, opened, page, verified,
};
use crate::contract::{Appended, BackedUp, Canary, Contact, Standing, Taken};
use crate::drafts::DraftKey;
use crate::seat::SeatRecord;
use crate::store::invited::Invited;
use crate::tables::{Row, Table};

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
    let wanted = [law, PackHash([0; 32]), checklist];
    let packs = store.packs_among(wanted).await.expect("it reads");
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

fn seat(number: u8) -> SeatRecord {
    SeatRecord {
        seat: SeatId([number; 16]),
        person: PersonId([4; 16]),
        name: "Thanh tra viên A".to_owned(),
        signing_public: SigningKey([7; 32]),
        signing_key: vec![number],
        envelope_key: vec![],
        headquarters: vec![HeadquartersSeat {
            seat: SeatId([5; 16]),
            key: SigningKey([6; 32]),
            envelope: Some(EnvelopeKey([9; 32])),
        }],
    }
}

pub(crate) async fn the_seat_and_its_epoch_are_kept_together(place: impl Place) {
    let store = place.open().await;
    assert_eq!((store.seat().await, store.epoch().await), (Ok(None), Ok(None)));
    let record = seat(3);
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

pub(crate) async fn another_seat_leaves_the_journals_of_the_one_before(place: impl Place) {
    let store = place.open().await;
    store.enrol(&seat(3), EPOCH).await.expect("it can be written");
    let mine = opened(&store, journal(1, 1), 2).await;
    store.enrol(&seat(3), EPOCH).await.expect("it can be written");
    let more = batch(journal(1, 1), mine.tip(), &["more"]);
    assert_eq!(store.append(&more).await, Appended::Stored, "the same seat goes on");

    store.enrol(&seat(4), NEXT_EPOCH).await.expect("it can be written");
    let store = place.open().await;
    assert_eq!(store.seat().await, Ok(Some(seat(4))));
    assert_eq!(store.former_seats().await.expect("it reads").rows, [seat(3)]);
    let late = batch(journal(1, 1), more.tip(), &["late"]);
    assert_eq!(store.append(&late).await, Appended::Left);
    let author = store.author(journal(1, 1)).await.expect("it reads");
    assert_eq!(author.map(|author| author.seat), Some(SeatId([8; 16])));
    opened(&store, journal(1, 2), 2).await;
    store.leave_all().await.expect("it can be written");
    let own = store.tips().await.expect("it reads").rows;
    assert!(own.iter().all(|own| own.standing == Standing::Left));
}

pub(crate) async fn the_canary_is_kept(place: impl Place) {
    let store = place.open().await;
    assert_eq!(store.canary().await, Ok(None));
    store.put_canary(Canary([5; 16])).await.expect("it can be written");
    assert_eq!(place.open().await.canary().await, Ok(Some(Canary([5; 16]))));
}

pub(crate) async fn an_enrolment_under_way_is_kept_until_it_is_over(place: impl Place) {
    let store = place.open().await;
    assert_eq!(store.invited().await, Ok(None));
    let invited = Invited {
        code: "MAU-0001".to_owned(),
        signing_public: SigningKey([1; 32]),
        signing_key: vec![2],
        envelope_public: EnvelopeKey([3; 32]),
        envelope_key: vec![4],
    };
    store.remember_invited(&invited).await.expect("it can be written");
    assert_eq!(place.open().await.invited().await, Ok(Some(invited)));
    store.forget_invited().await.expect("it can be written");
    assert_eq!(store.invited().await, Ok(None));
}

pub(crate) async fn a_bundle_is_carried_until_it_is_let_go(place: impl Place) {
    let store = place.open().await;
    let later = store.carry("b.bienban", vec![2; 9], Moment(2)).await.expect("it has room");
    let first = store.carry("a.bienban", vec![1; 9], Moment(1)).await.expect("it has room");
    store.carry("again.bienban", vec![1; 9], Moment(1)).await.expect("it has room");

    let store = place.open().await;
    let carried = store.carried().await.expect("it reads").rows;
    let read: Vec<_> = carried.iter().map(|carried| (carried.id, &*carried.name)).collect();
    assert_eq!(read, [(first, "again.bienban"), (later, "b.bienban")]);
    assert_eq!(carried[0].bytes, vec![1; 9]);
    store.drop_carried(first).await.expect("it can be written");
    assert_eq!(store.carried().await.expect("it reads").rows.len(), 1);
}

pub(crate) async fn a_bundle_with_other_bytes_is_damage(place: impl Place) {
    let store = place.open().await;
    store.carry("a.bienban", vec![1; 9], Moment(1)).await.expect("it has room");
    store.carry("b.bienban", vec![2; 9], Moment(2)).await.expect("it has room");
    let rows = place.lying_in(Table::Carried).await;
    let moved = Row { key: rows[0].key.clone(), bytes: rows[1].bytes.clone() };
    place.overwrite(Table::Carried, moved).await;
    let carried = store.carried().await.expect("the other is readable");
    assert_eq!((carried.rows.len(), carried.damaged.len()), (1, 1));
}

pub(crate) async fn the_last_contact_is_kept_and_its_backup_counts_in_its_epoch(place: impl Place) {
    let store = place.open().await;
    store.begin_epoch(EPOCH).await.expect("it can be written");
    assert_eq!(store.contact().await, Ok(None));
    let contact = Contact { at: Moment(7), durable_through: Some(40) };
    store.remember_contact(EPOCH, contact).await.expect("it can be written");
    assert_eq!(place.open().await.contact().await, Ok(Some(contact)));
    store.begin_epoch(NEXT_EPOCH).await.expect("it can be written");
    let forgotten = Contact { durable_through: None, ..contact };
    assert_eq!(store.contact().await, Ok(Some(forgotten)));
}

pub(crate) async fn what_is_in_a_backup_is_counted(place: impl Place) {
    let store = place.open().await;
    store.begin_epoch(EPOCH).await.expect("it can be written");
    let mine = verified(&appended(&store, journal(1, 1), &["a", "b", "c"]).await);
    let back = page(mine[..2].to_vec(), 39, Custody::Accepted);
    let taken = store.take_page(EPOCH, FIRST, &cursor("1"), &back).await;
    assert_eq!(taken, Taken::Stored { forgotten: Vec::new() });
    let of = async |durable| store.backed_up(durable).await.expect("it reads");
    let counted = |in_backup| BackedUp { in_backup, recorded: 3 };
    assert_eq!([of(39).await, of(40).await, of(99).await], [0, 1, 2].map(counted));
    store.begin_epoch(NEXT_EPOCH).await.expect("it can be written");
    assert_eq!(of(99).await, counted(0));
}

pub(crate) async fn the_reach_of_a_journal_is_what_is_here(place: impl Place) {
    let store = place.open().await;
    store.begin_epoch(EPOCH).await.expect("it can be written");
    assert_eq!(store.reach(journal(1, 1)).await, Ok(None));
    let mine = appended(&store, journal(1, 1), &["a"]).await;
    let lost = batch(journal(1, 1), mine.tip(), &["b", "c"]);
    let back = page(verified(&lost), 7, Custody::Accepted);
    let taken = store.take_page(EPOCH, FIRST, &cursor("2"), &back).await;
    assert_eq!(taken, Taken::Stored { forgotten: vec![journal(1, 1)] });
    assert_eq!(store.reach(journal(1, 1)).await, Ok(Some(2)));
}

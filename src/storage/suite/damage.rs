//! Cases about rows that cannot be read: named, and no harm to the others.

use domain::ids::{InspectionId, PackHash};
use domain::state::Custody;
use proof::hash::pack_hash;

use super::Place;
use super::samples::{EPOCH, appended, batch, cursor, journal, page, verified};
use crate::contract::{Appended, Damage, Delivery, Fault, Taken};
use crate::tables::{Row, Table};

const FIRST: InspectionId = InspectionId([1; 16]);

/// Flips a bit of the row in the middle of a table; returns what its damage is called.
async fn break_row(place: &impl Place, table: Table, which: usize) -> String {
    let Row { key, mut bytes } = place.lying_in(table).await.swap_remove(which);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x40;
    let name = key.damage(table, "").row;
    place.overwrite(table, Row { key, bytes }).await;
    name
}

fn names(damaged: &[Damage]) -> Vec<(Table, &str)> {
    damaged.iter().map(|damage| (damage.table, damage.row.as_str())).collect()
}

pub(crate) async fn a_damaged_event_is_named_and_the_others_are_read(place: impl Place) {
    let store = place.open().await;
    appended(&store, journal(1, 1), &["a", "b", "c"]).await;
    let name = break_row(&place, Table::Events, 1).await;

    let entries = store.entries(FIRST).await.expect("the others are readable");
    let seqs: Vec<_> = entries.rows.iter().map(|entry| entry.event.header.seq).collect();
    assert_eq!(seqs, [0, 2]);
    assert_eq!(names(&entries.damaged), [(Table::Events, name.as_str())]);
    let said = entries.damaged[0].to_string();
    assert!(said.contains(&name) && said.contains("`events`"), "{said}");
}

pub(crate) async fn an_event_under_the_key_of_another_is_damage(place: impl Place) {
    let store = place.open().await;
    appended(&store, journal(1, 1), &["a", "b"]).await;
    let rows = place.lying_in(Table::Events).await;
    let moved = Row { key: rows[1].key.clone(), bytes: rows[0].bytes.clone() };
    place.overwrite(Table::Events, moved).await;

    let entries = store.entries(FIRST).await.expect("the others are readable");
    assert_eq!((entries.rows.len(), entries.damaged.len()), (1, 1));
}

pub(crate) async fn a_run_ends_before_a_damaged_event(place: impl Place) {
    let store = place.open().await;
    let batch = appended(&store, journal(1, 1), &["a", "b", "c"]).await;
    break_row(&place, Table::Events, 2).await;

    let run = store.run(journal(1, 1), 0, 500, 1 << 20).await.expect("it reads");
    assert_eq!(run.events, verified(&batch)[..2]);
    assert!(run.damaged.is_some());
    let run = store.run(journal(1, 1), 2, 500, 1 << 20).await.expect("it reads");
    assert!(run.events.is_empty() && run.damaged.is_some());
}

pub(crate) async fn a_damaged_tip_stops_its_journal_alone(place: impl Place) {
    let store = place.open().await;
    let mine = appended(&store, journal(1, 1), &["a"]).await;
    let Row { key, .. } = place.lying_in(Table::Journals).await.swap_remove(0);
    place.overwrite(Table::Journals, Row { key, bytes: vec![0xff] }).await;
    let other = appended(&store, journal(1, 2), &["a"]).await;

    let refused = store.append(&batch(journal(1, 1), mine.tip(), &["b"])).await;
    assert!(matches!(refused, Appended::Failed(Fault::Damaged(_))), "{refused:?}");
    let stored = store.append(&batch(journal(1, 2), other.tip(), &["b"])).await;
    assert_eq!(stored, Appended::Stored);
    let tips = store.tips().await.expect("the others are readable");
    assert_eq!((tips.rows.len(), tips.damaged.len()), (1, 1));
    assert_eq!(store.entries(FIRST).await.expect("it reads").rows.len(), 3);
}

pub(crate) async fn a_damaged_place_leaves_its_event_readable(place: impl Place) {
    let store = place.open().await;
    store.begin_epoch(EPOCH).await.expect("it can be written");
    let pulled = page(verified(&batch(journal(1, 5), None, &["a", "b"])), 10, Custody::Accepted);
    let taken = store.take_page(EPOCH, FIRST, &cursor("2"), &pulled).await;
    assert_eq!(taken, Taken::Stored { forgotten: vec![] });
    let Row { key, .. } = place.lying_in(Table::Places).await.swap_remove(0);
    place.overwrite(Table::Places, Row { key, bytes: vec![0xff] }).await;

    let entries = store.entries(FIRST).await.expect("the events are readable");
    let deliveries: Vec<_> = entries.rows.iter().map(|entry| entry.delivery).collect();
    assert_eq!(deliveries, [Delivery::Stored, Delivery::Placed { position: 11 }]);
    assert_eq!(entries.damaged.len(), 1);
}

pub(crate) async fn a_pack_with_other_bytes_is_damage(place: impl Place) {
    let store = place.open().await;
    let hash = pack_hash(b"law");
    store.put_pack(hash, b"another law".to_vec()).await.expect("it can be written");
    let read = store.pack(hash).await;
    assert!(matches!(read, Err(Fault::Damaged(_))), "{read:?}");
    assert_eq!(store.pack(PackHash([0; 32])).await, Ok(None));
}

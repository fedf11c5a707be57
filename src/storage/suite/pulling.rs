//! Cases about what comes from headquarters.

use std::collections::BTreeMap;

use domain::ids::InspectionId;
use domain::state::{Custody, HeldReason};

use super::samples::{EPOCH, appended, batch, cursor, journal, page, verified};
use super::{FULL, Place};
use crate::contract::{Appended, Delivery, KnownInspection, Origin, Taken};
use crate::store::Store;
use crate::tables::{Row, Table};

const FIRST: InspectionId = InspectionId([1; 16]);
const STORED: Taken = Taken::Stored { forgotten: Vec::new() };

async fn enrolled<P: Place>(place: &P) -> Store<P::Rows, P::Seam> {
    let store = place.open().await;
    store.begin_epoch(EPOCH).await.expect("it can be written");
    store
}

/// Everything there is, as it was before it was sealed: a row that is written again lies there in
/// other bytes.
async fn everything(place: &impl Place) -> Vec<Vec<Row>> {
    let (mut everything, store) = (Vec::new(), place.open().await);
    for table in Table::ALL {
        let opened = store.opened(table, place.lying_in(table).await).await;
        everything.push(opened.into_iter().map(|row| row.expect("it is whole")).collect());
    }
    everything
}

pub(crate) async fn a_page_and_its_cursor_are_there_together(place: impl Place) {
    let store = enrolled(&place).await;
    let events = verified(&batch(journal(1, 5), None, &["a", "b"]));
    let pulled = page(events.clone(), 40, Custody::Accepted);
    assert_eq!(store.take_page(EPOCH, FIRST, &cursor("2"), &pulled).await, STORED);

    let store = place.open().await;
    assert_eq!(store.cursors().await, Ok(BTreeMap::from([(FIRST, cursor("2"))])));
    let entries = store.entries(FIRST).await.expect("it reads").rows;
    let read: Vec<_> = entries.iter().map(|entry| (&entry.event, entry.delivery)).collect();
    let placed = |position| Delivery::Placed { position };
    assert_eq!(read, [(&events[0], placed(40)), (&events[1], placed(41))]);
    assert!(entries.iter().all(|entry| entry.origin == Origin::Pulled));
    let heads = store.heads(FIRST).await.expect("it reads").rows;
    assert_eq!(heads, [pulled.heads[0].1.clone()]);
    assert_eq!(store.tips().await.expect("it reads").rows, [], "it is no own journal");
}

pub(crate) async fn the_same_page_again_changes_nothing(place: impl Place) {
    let store = enrolled(&place).await;
    let events = verified(&batch(journal(1, 5), None, &["a", "b", "c"]));
    let pulled = page(events, 40, Custody::Accepted);
    assert_eq!(store.take_page(EPOCH, FIRST, &cursor("3"), &pulled).await, STORED);
    let before = everything(&place).await;

    assert_eq!(store.take_page(EPOCH, FIRST, &cursor("3"), &pulled).await, STORED);
    assert_eq!(everything(&place).await, before);
}

pub(crate) async fn a_full_disk_in_the_middle_of_a_page_leaves_nothing(place: impl Place) {
    let store = enrolled(&place).await;
    let before = everything(&place).await;
    let events = verified(&batch(journal(1, 5), None, &["a", "b", "c"]));
    let pulled = page(events, 40, Custody::Accepted);
    place.fill_up_after(4);
    let taken = store.take_page(EPOCH, FIRST, &cursor("3"), &pulled).await;
    assert_eq!(taken, Taken::Failed(FULL));
    assert_eq!(everything(&place).await, before);
}

pub(crate) async fn an_own_event_that_comes_back_is_not_doubled(place: impl Place) {
    let store = enrolled(&place).await;
    let mine = appended(&store, journal(1, 1), &["a", "b"]).await;
    let back = page(verified(&mine)[..1].to_vec(), 7, Custody::Accepted);
    assert_eq!(store.take_page(EPOCH, FIRST, &cursor("1"), &back).await, STORED);

    let entries = store.entries(FIRST).await.expect("it reads").rows;
    let read: Vec<_> = entries.iter().map(|entry| (entry.origin, entry.delivery)).collect();
    let expected = [Delivery::Placed { position: 7 }, Delivery::Stored];
    assert_eq!(read, expected.map(|delivery| (Origin::Recorded, delivery)));
    let run = store.run(journal(1, 1), 0, 500, 1 << 20).await.expect("it reads");
    assert_eq!(run.events, verified(&mine));
    let more = batch(journal(1, 1), mine.tip(), &["c"]);
    assert_eq!(store.append(&more).await, Appended::Stored);
}

pub(crate) async fn an_own_event_nobody_here_remembers_is_reported(place: impl Place) {
    let store = enrolled(&place).await;
    let mine = appended(&store, journal(1, 1), &["a"]).await;
    let lost = batch(journal(1, 1), mine.tip(), &["b"]);
    let back = page([verified(&mine), verified(&lost)].concat(), 7, Custody::Accepted);
    let taken = store.take_page(EPOCH, FIRST, &cursor("2"), &back).await;
    assert_eq!(taken, Taken::Stored { forgotten: vec![journal(1, 1)] });

    let entries = store.entries(FIRST).await.expect("it reads").rows;
    let origins: Vec<_> = entries.iter().map(|entry| entry.origin).collect();
    assert_eq!(origins, [Origin::Recorded, Origin::Pulled]);
}

pub(crate) async fn a_fork_stands_beside_the_original_and_is_not_pushed(place: impl Place) {
    let store = enrolled(&place).await;
    let base = appended(&store, journal(1, 1), &["a"]).await;
    let mine = batch(journal(1, 1), base.tip(), &["mine", "mine"]);
    assert_eq!(store.append(&mine).await, Appended::Stored);
    let twin = batch(journal(1, 1), base.tip(), &["twin", "twin", "twin"]);
    let back = page(verified(&twin), 7, Custody::Held(HeldReason::Forked));
    let taken = store.take_page(EPOCH, FIRST, &cursor("9"), &back).await;
    assert_eq!(taken, Taken::Stored { forgotten: vec![journal(1, 1)] });

    assert_eq!(store.entries(FIRST).await.expect("it reads").rows.len(), 6);
    let own = [verified(&base), verified(&mine)].concat();
    for max_events in [1, 2, 3, 500] {
        let run = store.run(journal(1, 1), 0, max_events, 1 << 20).await.expect("it reads");
        let expected = own.len().min(max_events as usize);
        assert_eq!((run.events, run.damaged), (own[..expected].to_vec(), None), "{max_events}");
    }
}

pub(crate) async fn a_held_event_says_why(place: impl Place) {
    let store = enrolled(&place).await;
    let held = Custody::Held(HeldReason::NotOnTeam);
    let events = verified(&batch(journal(1, 5), None, &["a"]));
    let pulled = page(events.clone(), 3, held);
    assert_eq!(store.take_page(EPOCH, FIRST, &cursor("1"), &pulled).await, STORED);
    let custody = async || store.entries(FIRST).await.expect("it reads").rows[0].custody;
    assert_eq!(custody().await, held);

    let again = page(events, 3, Custody::Accepted);
    assert_eq!(store.take_page(EPOCH, FIRST, &cursor("1"), &again).await, STORED);
    assert_eq!(custody().await, Custody::Accepted);
}

pub(crate) async fn a_withheld_body_does_not_replace_one_that_is_here(place: impl Place) {
    let store = enrolled(&place).await;
    let mine = appended(&store, journal(1, 1), &["a"]).await;
    let mut events = verified(&mine);
    events[0].body = None;
    events[0].event.body = None;
    let back = page(events, 0, Custody::Accepted);
    assert_eq!(store.take_page(EPOCH, FIRST, &cursor("1"), &back).await, STORED);
    let entries = store.entries(FIRST).await.expect("it reads").rows;
    assert_eq!([&entries[0].event], [&verified(&mine)[0]]);
}

pub(crate) async fn an_inspection_that_is_gone_is_known_and_not_visible(place: impl Place) {
    let store = enrolled(&place).await;
    let empty = page(vec![], 0, Custody::Accepted);
    for number in [1, 2] {
        let inspection = InspectionId([number; 16]);
        let taken = store.take_page(EPOCH, inspection, &cursor("0"), &empty).await;
        assert_eq!(taken, STORED);
    }
    appended(&store, journal(1, 1), &["a"]).await;
    appended(&store, journal(3, 1), &["a"]).await;
    store.remember_gone(EPOCH, &[FIRST]).await.expect("it can be written");

    let store = place.open().await;
    let known = |number, visible| KnownInspection { id: InspectionId([number; 16]), visible };
    let expected = vec![known(1, false), known(2, true), known(3, true)];
    assert_eq!(store.inspections().await, Ok(expected));
    assert_eq!(store.cursors().await.expect("it reads").len(), 1);
    assert_eq!(store.entries(FIRST).await.expect("it reads").rows.len(), 1, "nothing is deleted");
}

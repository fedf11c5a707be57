//! Cases about pushing: runs, and what is remembered of headquarters' answers.

use domain::ids::InspectionId;
use domain::moment::Moment;
use domain::state::Custody;

use super::Place;
use super::samples::{EPOCH, NEXT_EPOCH, appended, batch, cursor, draft, journal, page, verified};
use crate::contract::{Delivery, Taken};

const FIRST: InspectionId = InspectionId([1; 16]);
const STORED: Taken = Taken::Stored { forgotten: Vec::new() };

pub(crate) async fn a_run_keeps_to_its_limits(place: impl Place) {
    let store = place.open().await;
    let batch = appended(&store, journal(1, 1), &["a", "b", "c", "d"]).await;
    let events = verified(&batch);
    let run = async |from, max_events, max_bytes| {
        store.run(journal(1, 1), from, max_events, max_bytes).await.expect("it reads").events
    };

    assert_eq!(run(0, 2, 1 << 20).await, events[..2]);
    assert_eq!(run(1, 2, 1 << 20).await, events[1..3]);
    assert_eq!(run(3, 2, 1 << 20).await, events[3..]);
    assert_eq!(run(4, 2, 1 << 20).await, []);
    let two_bytes = events[0].event.size_bytes() + events[1].event.size_bytes();
    assert_eq!(run(0, 500, two_bytes).await, events[..2]);
    assert_eq!(run(0, 500, two_bytes - 1).await, events[..1]);
}

pub(crate) async fn a_run_has_at_least_one_event(place: impl Place) {
    let store = place.open().await;
    let batch = appended(&store, journal(1, 1), &["a", "b"]).await;
    let run = store.run(journal(1, 1), 0, 500, 1).await.expect("it reads");
    assert_eq!(run.events, verified(&batch)[..1]);
}

pub(crate) async fn a_long_journal_keeps_its_order(place: impl Place) {
    let store = place.open().await;
    let batch = appended(&store, journal(1, 1), &["a"; 300]).await;
    let run = store.run(journal(1, 1), 250, 500, 1 << 20).await.expect("it reads");
    assert_eq!(run.events, verified(&batch)[250..]);
}

pub(crate) async fn what_is_accepted_is_counted(place: impl Place) {
    let store = place.open().await;
    store.begin_epoch(EPOCH).await.expect("it can be written");
    appended(&store, journal(1, 1), &["a", "b", "c"]).await;
    let accepted = [(journal(1, 1), Some(1)), (journal(9, 9), Some(4))];
    assert_eq!(store.remember_accepted(EPOCH, &accepted).await, STORED);

    let tips = place.open().await.tips().await.expect("it reads").rows;
    let known: Vec<_> = tips.iter().map(|own| (own.accepted_through, own.pending())).collect();
    assert_eq!(known, [(Some(1), 1)], "a journal of others is passed over");
    let entries = store.entries(FIRST).await.expect("it reads").rows;
    let deliveries: Vec<_> = entries.iter().map(|entry| entry.delivery).collect();
    assert_eq!(deliveries, [Delivery::Accepted, Delivery::Accepted, Delivery::Stored]);

    let nothing = [(journal(1, 1), None)];
    assert_eq!(store.remember_accepted(EPOCH, &nothing).await, STORED);
    assert_eq!(store.tips().await.expect("it reads").rows[0].pending(), 3);
}

pub(crate) async fn a_word_of_another_epoch_changes_nothing(place: impl Place) {
    let store = place.open().await;
    appended(&store, journal(1, 1), &["a"]).await;
    let accepted = [(journal(1, 1), Some(0))];
    assert_eq!(store.remember_accepted(EPOCH, &accepted).await, Taken::OtherEpoch(None));
    store.begin_epoch(EPOCH).await.expect("it can be written");

    let refused = Taken::OtherEpoch(Some(EPOCH));
    assert_eq!(store.remember_accepted(NEXT_EPOCH, &accepted).await, refused);
    let pulled = page(verified(&batch(journal(1, 5), None, &["a"])), 0, Custody::Accepted);
    assert_eq!(store.take_page(NEXT_EPOCH, FIRST, &cursor("1"), &pulled).await, refused);

    assert_eq!(store.tips().await.expect("it reads").rows[0].pending(), 1);
    assert_eq!(store.entries(FIRST).await.expect("it reads").rows.len(), 1);
    assert!(store.cursors().await.expect("it reads").is_empty());
}

pub(crate) async fn a_new_epoch_forgets_what_was_said_and_no_event(place: impl Place) {
    let store = place.open().await;
    store.begin_epoch(EPOCH).await.expect("it can be written");
    let mine = appended(&store, journal(1, 1), &["a", "b"]).await;
    let pulled = page(verified(&batch(journal(1, 5), None, &["c"])), 0, Custody::Accepted);
    assert_eq!(store.take_page(EPOCH, FIRST, &cursor("1"), &pulled).await, STORED);
    assert_eq!(store.remember_accepted(EPOCH, &[(journal(1, 1), Some(1))]).await, STORED);

    store.begin_epoch(NEXT_EPOCH).await.expect("it can be written");
    let store = place.open().await;
    assert_eq!(store.epoch().await, Ok(Some(NEXT_EPOCH)));
    assert!(store.cursors().await.expect("it reads").is_empty());
    let tips = store.tips().await.expect("it reads").rows;
    assert_eq!((Some(tips[0].tip), tips[0].accepted_through), (mine.tip(), None));
    let entries = store.entries(FIRST).await.expect("it reads").rows;
    let deliveries: Vec<_> = entries.iter().map(|entry| entry.delivery).collect();
    assert_eq!(deliveries, [Delivery::Stored; 3]);
    let known = store.inspections().await.expect("it reads");
    assert_eq!(known.iter().map(|known| known.id).collect::<Vec<_>>(), [FIRST]);
}

pub(crate) async fn health_counts_what_exists_only_here(place: impl Place) {
    let store = place.open().await;
    let health = store.health().await.expect("it reads");
    assert_eq!((health.events_only_here, health.oldest_only_here, health.drafts), (0, None, 0));

    store.begin_epoch(EPOCH).await.expect("it can be written");
    appended(&store, journal(1, 1), &["a", "b", "c"]).await;
    appended(&store, journal(2, 1), &["a", "b", "c", "d"]).await;
    store.put_draft(&draft("facts", "Thiếu sổ")).await.expect("it can be written");
    appended(&store, journal(3, 1), &["a", "b"]).await;
    let accepted = [(journal(1, 1), Some(2)), (journal(2, 1), Some(1)), (journal(3, 1), Some(0))];
    assert_eq!(store.remember_accepted(EPOCH, &accepted).await, STORED);

    let health = store.health().await.expect("it reads");
    assert_eq!((health.events_only_here, health.drafts), (3, 1));
    assert_eq!(health.oldest_only_here, Some(Moment(1)));
    assert_eq!(health.damaged, []);
}

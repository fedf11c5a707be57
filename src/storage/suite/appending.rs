//! Cases about appending: everything or nothing, and only after the expected tip.

use domain::ids::InspectionId;
use proof::chain::Verified;

use super::samples::{appended, batch, draft, journal, verified};
use super::{FULL, Place, both};
use crate::contract::{Appended, Delivery, Origin};
use crate::tables::Table;

pub(crate) async fn what_is_appended_reads_back(place: impl Place) {
    let store = place.open().await;
    let batch = appended(&store, journal(1, 1), &["a", "b", "c"]).await;

    let entries = store.entries(InspectionId([1; 16])).await.expect("it reads");
    assert_eq!(entries.damaged, []);
    let events: Vec<Verified> = entries.rows.iter().map(|entry| entry.event.clone()).collect();
    assert_eq!(events, verified(&batch));
    for entry in &entries.rows {
        assert_eq!((entry.origin, entry.delivery), (Origin::Recorded, Delivery::Stored));
    }
    let tips = store.tips().await.expect("it reads").rows;
    assert_eq!(tips.iter().map(|own| Some(own.tip)).collect::<Vec<_>>(), [batch.tip()]);
    let run = store.run(journal(1, 1), 0, 500, 1 << 20).await.expect("it reads");
    assert_eq!((run.tip(), run.events, run.damaged), (batch.tip(), verified(&batch), None));
}

pub(crate) async fn a_wrong_tip_is_behind_and_changes_nothing(place: impl Place) {
    let store = place.open().await;
    let first = appended(&store, journal(1, 1), &["a", "b"]).await;
    let before = (place.lying_in(Table::Events).await, place.lying_in(Table::Journals).await);

    let from_nothing = batch(journal(1, 1), None, &["x", "y", "z"]);
    assert_eq!(store.append(&from_nothing).await, Appended::Behind(first.tip()));
    let further = batch(journal(1, 1), from_nothing.tip(), &["x"]);
    assert_eq!(store.append(&further).await, Appended::Behind(first.tip()));
    let unknown = batch(journal(1, 2), first.tip(), &["x"]);
    assert_eq!(store.append(&unknown).await, Appended::Behind(None));

    let after = (place.lying_in(Table::Events).await, place.lying_in(Table::Journals).await);
    assert_eq!(before, after);
}

pub(crate) async fn of_two_handles_exactly_one_wins(place: impl Place) {
    let (one, other) = (place.open().await, place.open().await);
    let base = appended(&one, journal(1, 1), &["a"]).await;
    let (mine, theirs) =
        (batch(journal(1, 1), base.tip(), &["m"]), batch(journal(1, 1), base.tip(), &["t"]));

    let outcomes = both(one.append(&mine), other.append(&theirs)).await;
    let winner = match outcomes {
        (Appended::Stored, Appended::Behind(tip)) if tip == mine.tip() => &mine,
        (Appended::Behind(tip), Appended::Stored) if tip == theirs.tip() => &theirs,
        other => panic!("not exactly one: {other:?}"),
    };
    let run = one.run(journal(1, 1), 0, 500, 1 << 20).await.expect("it reads");
    assert_eq!((run.events.len(), run.tip()), (2, winner.tip()));
    assert_eq!(place.lying_in(Table::Events).await.len(), 2);
}

pub(crate) async fn of_two_handles_that_begin_a_journal_one_goes_on_with_the_others(
    place: impl Place,
) {
    let (one, other) = (place.open().await, place.open().await);
    let (mine, theirs) = (batch(journal(1, 1), None, &["m"]), batch(journal(1, 2), None, &["t"]));

    let outcomes = both(one.append(&mine), other.append(&theirs)).await;
    let winner = match outcomes {
        (Appended::Stored, Appended::Elsewhere(journal, tip)) => (journal, Some(tip), &mine),
        (Appended::Elsewhere(journal, tip), Appended::Stored) => (journal, Some(tip), &theirs),
        other => panic!("not exactly one: {other:?}"),
    };
    assert_eq!((winner.0, winner.1), (winner.2.journal(), winner.2.tip()));
    assert_eq!(place.lying_in(Table::Events).await.len(), 1);
    let more = batch(winner.0, winner.1, &["more"]);
    assert_eq!(other.append(&more).await, Appended::Stored);
}

pub(crate) async fn a_full_disk_in_the_middle_leaves_nothing(place: impl Place) {
    let store = place.open().await;
    let first = appended(&store, journal(1, 1), &["a"]).await;
    let more = batch(journal(1, 1), first.tip(), &["b", "c", "d"]);

    place.fill_up_after(2);
    assert_eq!(store.append(&more).await, Appended::Failed(FULL));
    assert_eq!(place.lying_in(Table::Events).await.len(), 1);

    // With room again, the same batch is stored as it is.
    assert_eq!(store.append(&more).await, Appended::Stored);
    assert_eq!(place.lying_in(Table::Events).await.len(), 4);
}

pub(crate) async fn everything_is_there_after_opening_again(place: impl Place) {
    let first = appended(&place.open().await, journal(1, 1), &["a", "b"]).await;
    let store = place.open().await;
    let more = batch(journal(1, 1), first.tip(), &["c"]);
    assert_eq!(store.append(&more).await, Appended::Stored);
    drop(store);

    let entries = place.open().await.entries(InspectionId([1; 16])).await.expect("it reads");
    let events: Vec<Verified> = entries.rows.into_iter().map(|entry| entry.event).collect();
    assert_eq!(events, [verified(&first), verified(&more)].concat());
}

pub(crate) async fn a_journal_that_was_left_takes_nothing_more(place: impl Place) {
    let store = place.open().await;
    let first = appended(&store, journal(1, 1), &["a"]).await;
    store.leave(journal(1, 1)).await.expect("it can be written");

    let more = batch(journal(1, 1), first.tip(), &["b"]);
    assert_eq!(store.append(&more).await, Appended::Left);
    assert_eq!(place.lying_in(Table::Events).await.len(), 1);
    let run = store.run(journal(1, 1), 0, 500, 1 << 20).await.expect("it reads");
    assert_eq!(run.tip(), first.tip(), "what is in it is still pushed");
    appended(&store, journal(1, 2), &["b"]).await;
}

pub(crate) async fn a_draft_goes_with_the_event_made_of_it(place: impl Place) {
    let store = place.open().await;
    let (done, other) = (draft("facts", "Thiếu sổ"), draft("quantity", "3"));
    for draft in [&done, &other] {
        store.put_draft(draft).await.expect("it can be written");
    }
    let mut batch = batch(journal(1, 1), None, &["a"]);
    batch.finish_draft(done.key.clone());
    assert_eq!(store.append(&batch).await, Appended::Stored);

    let drafts = place.open().await.drafts(InspectionId([1; 16])).await.expect("it reads");
    assert_eq!(drafts.rows, [other]);
}

pub(crate) async fn a_draft_stays_when_the_event_is_not_stored(place: impl Place) {
    let store = place.open().await;
    let draft = draft("facts", "Thiếu sổ");
    store.put_draft(&draft).await.expect("it can be written");
    let mut late = batch(journal(1, 1), None, &["a", "b"]);
    late.finish_draft(draft.key.clone());

    place.fill_up_after(1);
    assert_eq!(store.append(&late).await, Appended::Failed(FULL));
    appended(&store, journal(1, 1), &["other"]).await;
    assert!(matches!(store.append(&late).await, Appended::Behind(Some(_))));

    let drafts = store.drafts(InspectionId([1; 16])).await.expect("it reads");
    assert_eq!(drafts.rows, [draft]);
}

pub(crate) async fn journals_of_one_inspection_do_not_mix(place: impl Place) {
    let store = place.open().await;
    let (mine, second) = (journal(1, 1), journal(1, 2));
    appended(&store, mine, &["a", "b"]).await;
    store.leave(mine).await.expect("it can be written");
    let other = appended(&store, second, &["c"]).await;
    appended(&store, journal(2, 1), &["d"]).await;

    let entries = store.entries(InspectionId([1; 16])).await.expect("it reads").rows;
    let seqs: Vec<_> =
        entries.iter().map(|entry| (entry.event.header.journal, entry.event.header.seq)).collect();
    assert_eq!(seqs, [(mine.journal, 0), (mine.journal, 1), (second.journal, 0)]);
    let run = store.run(second, 0, 500, 1 << 20).await.expect("it reads");
    assert_eq!(run.events, verified(&other));
}

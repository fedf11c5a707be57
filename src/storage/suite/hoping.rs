//! Cases about appending along with the reading: a hope that does not come true leaves nothing, and
//! ends as if nobody had hoped.
//!
//! Each handle hopes to find what it saw last, so what another handle does is what it is wrong about.

use super::Place;
use super::samples::{EPOCH, appended, batch, draft, journal};
use crate::contract::{Appended, Taken};
use crate::tables::Table;

/// Everything that an append touches, as it lies there.
async fn lying(place: &impl Place) -> [Vec<crate::tables::Row>; 3] {
    [
        place.lying_in(Table::Journals).await,
        place.lying_in(Table::Events).await,
        place.lying_in(Table::Drafts).await,
    ]
}

pub(crate) async fn a_hope_for_an_older_tip_leaves_nothing_and_is_behind(place: impl Place) {
    let (hopeful, other) = (place.open().await, place.open().await);
    let first = appended(&hopeful, journal(1, 1), &["a"]).await;
    let kept = draft("facts", "Thiếu sổ");
    hopeful.put_draft(&kept).await.expect("it can be written");
    let theirs = batch(journal(1, 1), first.tip(), &["t"]);
    assert_eq!(other.append(&theirs).await, Appended::Stored);
    let before = lying(&place).await;

    let mut mine = batch(journal(1, 1), first.tip(), &["m", "n"]);
    mine.finish_draft(kept.key);
    let slow = place.open().await.append(&mine).await;
    assert_eq!(slow, Appended::Behind(theirs.tip()));
    assert_eq!(hopeful.append(&mine).await, slow);
    assert_eq!(lying(&place).await, before);

    let after_theirs = batch(journal(1, 1), theirs.tip(), &["m"]);
    assert_eq!(hopeful.append(&after_theirs).await, Appended::Stored);
}

pub(crate) async fn a_hope_for_an_open_journal_leaves_nothing_when_it_was_left(place: impl Place) {
    let (hopeful, other) = (place.open().await, place.open().await);
    let first = appended(&hopeful, journal(1, 1), &["a"]).await;
    other.leave(journal(1, 1)).await.expect("it can be written");
    let before = lying(&place).await;

    let more = batch(journal(1, 1), first.tip(), &["b"]);
    assert_eq!(hopeful.append(&more).await, Appended::Left);
    assert_eq!(lying(&place).await, before);
}

pub(crate) async fn a_wrong_hope_is_stored_the_slow_way_over_what_was_there(place: impl Place) {
    let (hopeful, other) = (place.open().await, place.open().await);
    let first = appended(&hopeful, journal(1, 1), &["a"]).await;
    other.begin_epoch(EPOCH).await.expect("it can be written");
    let taken = other.remember_accepted(EPOCH, &[(journal(1, 1), Some(0))]).await;
    assert_eq!(taken, Taken::Stored { forgotten: Vec::new() });

    let more = batch(journal(1, 1), first.tip(), &["b"]);
    assert_eq!(hopeful.append(&more).await, Appended::Stored);
    let own = place.open().await.tips().await.expect("it reads").rows;
    let ends: Vec<_> = own.iter().map(|own| (Some(own.tip), own.accepted_through)).collect();
    assert_eq!(ends, [(more.tip(), Some(0))], "what was accepted is not forgotten");
    assert_eq!(place.lying_in(Table::Events).await.len(), 2);
}

pub(crate) async fn a_hope_that_comes_true_keeps_what_was_accepted(place: impl Place) {
    let store = place.open().await;
    let first = appended(&store, journal(1, 1), &["a"]).await;
    store.begin_epoch(EPOCH).await.expect("it can be written");
    let taken = store.remember_accepted(EPOCH, &[(journal(1, 1), Some(0))]).await;
    assert_eq!(taken, Taken::Stored { forgotten: Vec::new() });

    let more = batch(journal(1, 1), first.tip(), &["b"]);
    assert_eq!(store.append(&more).await, Appended::Stored);
    let again = place.open().await;
    let own = again.tips().await.expect("it reads").rows;
    let ends: Vec<_> = own.iter().map(|own| (Some(own.tip), own.accepted_through)).collect();
    assert_eq!(ends, [(more.tip(), Some(0))]);
    let third = batch(journal(1, 1), more.tip(), &["c"]);
    assert_eq!(again.append(&third).await, Appended::Stored);
}

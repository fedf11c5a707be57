//! Cases about a headquarters that came back from a backup.

use domain::ids::{InspectionId, SeatId};
use domain::state::Custody;
use proof::chain::{Journal, Tip, Verified};
use sync::carrying::{Carry, Whose};
use sync::replica::JournalProgress;

use super::Place;
use super::samples::{
    EPOCH, NEXT_EPOCH, batch, cursor, journal, opened, opening_batch, page, verified,
};
use crate::batch::Batch;
use crate::contract::Taken;
use crate::store::Store;

const FIRST: InspectionId = InspectionId([1; 16]);
/// The seat that writes the journals of the samples.
const AUTHOR: [SeatId; 1] = [SeatId([8; 16])];

fn last(events: &[Verified]) -> Tip {
    let last = events.last().expect("there is one");
    Tip { seq: last.header.seq, id: last.id }
}

async fn pulled<P: Place>(store: &Store<P::Rows, P::Seam>, events: &[Verified], first: u64) {
    pulled_in::<P>(store, EPOCH, events, first).await;
}

async fn pulled_in<P: Place>(
    store: &Store<P::Rows, P::Seam>,
    epoch: domain::ids::Epoch,
    events: &[Verified],
    first: u64,
) {
    let page = page(events.to_vec(), first, Custody::Accepted);
    let taken = store.take_page(epoch, FIRST, &cursor("1"), &page).await;
    assert!(matches!(taken, Taken::Stored { .. }), "{taken:?}");
}

fn carry(journal: Journal, from: u64, tip: Tip) -> Carry {
    Carry { whose: Whose::Colleague, journal, from, tip }
}

/// A tablet with an own journal of three events, all accepted, and two pages of another's.
async fn at_work<P: Place>(place: &P) -> (Store<P::Rows, P::Seam>, Batch, Vec<Verified>) {
    let store = place.open().await;
    store.begin_epoch(EPOCH).await.expect("it can be written");
    assert_eq!(store.is_survey_due().await, Ok(false));
    let mine = opened(&store, journal(1, 1), 3).await;
    let theirs = verified(&opening_batch(journal(1, 5), 4));
    pulled::<P>(&store, &theirs[..2], 0).await;
    pulled::<P>(&store, &theirs[2..], 2).await;
    let taken = store.remember_accepted(EPOCH, &[(journal(1, 1), Some(2))]).await;
    assert_eq!(taken, Taken::Stored { forgotten: Vec::new() });
    (store, mine, theirs)
}

pub(crate) async fn a_new_epoch_offers_what_has_no_place_in_it<P: Place>(place: P) {
    let (store, mine, theirs) = at_work(&place).await;
    let survey = store.survey(&[]).await.expect("it reads");
    assert_eq!(survey.carried, [], "everything has its place");

    store.begin_epoch(NEXT_EPOCH).await.expect("it can be written");
    let store = place.open().await;
    assert_eq!(store.is_survey_due().await, Ok(true));
    let survey = store.survey(&[]).await.expect("it reads");
    let own = JournalProgress {
        journal: journal(1, 1),
        stored_through: mine.tip().expect("it has three").seq,
        accepted_through: None,
    };
    assert_eq!(survey.journals, [own]);
    let runs =
        [carry(journal(1, 5), 0, last(&theirs[..2])), carry(journal(1, 5), 2, last(&theirs))];
    assert_eq!(survey.carried, runs);
    let by_headquarters = store.survey(&AUTHOR).await.expect("it reads").carried;
    assert!(by_headquarters.iter().all(|carry| carry.whose == Whose::Headquarters));
    store.end_survey().await.expect("it can be written");
    assert_eq!(store.is_survey_due().await, Ok(false));
}

pub(crate) async fn what_came_back_in_the_new_epoch_counts_as_accepted<P: Place>(place: P) {
    let (store, mine, theirs) = at_work(&place).await;
    store.begin_epoch(NEXT_EPOCH).await.expect("it can be written");
    pulled_in::<P>(&store, NEXT_EPOCH, &verified(&mine)[..2], 0).await;
    pulled_in::<P>(&store, NEXT_EPOCH, &theirs[..2], 2).await;

    let survey = store.survey(&[]).await.expect("it reads");
    assert_eq!(survey.journals[0].accepted_through, Some(1));
    assert_eq!(survey.carried, [carry(journal(1, 5), 2, last(&theirs))]);
    let own = place.open().await.tips().await.expect("it reads").rows;
    assert_eq!(own[0].pending(), 1, "it is remembered");
}

pub(crate) async fn a_run_of_another_goes_out_under_the_head_it_came_with<P: Place>(place: P) {
    let (store, _, theirs) = at_work(&place).await;
    let run = carry(journal(1, 5), 2, last(&theirs));
    let part = store.carried_part(&run).await.expect("it reads").expect("it is here");
    let sent: Vec<_> = theirs[2..].iter().map(|event| event.event.clone()).collect();
    assert_eq!(part.events, sent);
    let head = page(theirs.clone(), 0, Custody::Accepted).heads[0].1.clone();
    assert_eq!(part.head, head);
    let no_head = carry(journal(1, 5), 0, last(&theirs[..3]));
    assert_eq!(store.carried_part(&no_head).await, Ok(None));
}

pub(crate) async fn both_branches_of_another_go_out_under_their_heads<P: Place>(place: P) {
    let (store, _, theirs) = at_work(&place).await;
    let branch = batch(journal(1, 5), Some(last(&theirs[..2])), &["x", "y", "z"]);
    let branch = verified(&branch);
    pulled::<P>(&store, &branch, 9).await;
    store.begin_epoch(NEXT_EPOCH).await.expect("it can be written");

    let carried = store.survey(&[]).await.expect("it reads").carried;
    let runs = [
        carry(journal(1, 5), 0, last(&theirs[..2])),
        carry(journal(1, 5), 2, last(&theirs)),
        carry(journal(1, 5), 2, last(&branch)),
    ];
    assert_eq!(carried, runs);
    for (carry, events) in runs.iter().zip([&theirs[..2], &theirs[2..], &branch]) {
        let part = store.carried_part(carry).await.expect("it reads").expect("it is here");
        assert_eq!(part.events.len(), events.len());
        assert_eq!(Some(&part.events[0]), events.first().map(|event| &event.event));
    }
}

pub(crate) async fn what_was_forgotten_and_came_back_is_carried_like_anothers<P: Place>(place: P) {
    let (store, mine, _) = at_work(&place).await;
    let lost = verified(&batch(journal(1, 1), mine.tip(), &["lost"]));
    pulled::<P>(&store, &lost, 9).await;
    store.leave(journal(1, 1)).await.expect("it can be written");
    store.begin_epoch(NEXT_EPOCH).await.expect("it can be written");

    let carried = store.survey(&[]).await.expect("it reads").carried;
    assert!(carried.contains(&carry(journal(1, 1), 0, last(&lost))), "{carried:?}");
}

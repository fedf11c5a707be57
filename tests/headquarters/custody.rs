//! Repeat, gap, fork, strangers and races: what headquarters takes and how it answers.

use domain::act::Role;
use domain::answer::Answer;
use domain::ids::InspectionId;
use domain::state::HeldReason;
use sync::message::refusal::RefusalCode;

use crate::house::House;
use crate::tablet::Tablet;

async fn one_inspector(house: &House) -> (Tablet<'_>, InspectionId) {
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    (Tablet::enrolled(house, &code).await, inspection)
}

#[tokio::test]
async fn a_repeated_push_changes_nothing_and_answers_the_same() {
    let house = House::start().await;
    let (mut tablet, inspection) = one_inspector(&house).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    let part = tablet.part(inspection, 0);
    let first = tablet.push_parts(vec![part.clone()]).await;
    let before = house.digest().await;
    assert_eq!(tablet.push_parts(vec![part.clone(), part]).await, first);
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn a_push_that_overlaps_stores_only_what_is_new() {
    let house = House::start().await;
    let (mut tablet, inspection) = one_inspector(&house).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    tablet.push().await;
    let stored = house.positions().await.len();
    tablet.tap(inspection, "b", Answer::Compliant);
    let answer = tablet.push_parts(vec![tablet.part(inspection, 0)]).await;
    assert_eq!(answer[0].accepted_through, Some(2));
    assert_eq!(house.positions().await.len(), stored + 1);
}

#[tokio::test]
async fn a_gap_answers_with_the_seq_that_is_expected_and_stores_nothing() {
    let house = House::start().await;
    let (mut tablet, inspection) = one_inspector(&house).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    tablet.push().await;
    let before = house.digest().await;
    tablet.tap(inspection, "b", Answer::Compliant);
    tablet.tap(inspection, "c", Answer::Compliant);
    let answer = tablet.push_parts(vec![tablet.part(inspection, 3)]).await;
    assert_eq!((answer[0].expected, answer[0].accepted_through), (Some(2), Some(1)));
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn the_middle_of_an_unknown_journal_is_asked_for_from_its_beginning() {
    let house = House::start().await;
    let (mut tablet, inspection) = one_inspector(&house).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    let before = house.digest().await;
    let answer = tablet.push_parts(vec![tablet.part(inspection, 1)]).await;
    assert_eq!((answer[0].expected, answer[0].accepted_through), (Some(0), None));
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn a_journal_in_several_parts_of_one_push_is_taken_whole() {
    let house = House::start().await;
    let (mut tablet, inspection) = one_inspector(&house).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    let keys = tablet.keys.clone();
    let first = tablet.chain(inspection).cut(1).part(&keys, 0);
    let answer = tablet.push_parts(vec![first, tablet.part(inspection, 1)]).await;
    assert_eq!(answer.len(), 1);
    assert_eq!((answer[0].accepted_through, answer[0].expected), (Some(1), None));
}

#[tokio::test]
async fn both_branches_of_a_fork_are_kept_and_the_second_is_held() {
    let house = House::start().await;
    let (mut tablet, inspection) = one_inspector(&house).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    tablet.tap(inspection, "b", Answer::Compliant);
    let keys = tablet.keys.clone();
    let mut restored = tablet.chain(inspection).cut(2);
    tablet.push().await;
    let stored = house.positions().await.len();

    let write = domain::act::Act::Set(domain::register::Write {
        address: domain::register::Address::item("c", domain::register::Field::Answer),
        value: Answer::Violation.value(),
        over: Vec::new(),
    });
    restored.append(write);
    let answer = tablet.push_parts(vec![restored.part(&keys, 2)]).await;
    assert!(answer[0].fork);
    assert_eq!((answer[0].held, answer[0].accepted_through), (Some(HeldReason::Forked), Some(2)));
    assert_eq!(house.positions().await.len(), stored + 1);

    let news = tablet.pull().await;
    let held = news.pages[0].entries.iter().filter(|entry| entry.held.is_some());
    assert_eq!(held.map(|entry| entry.held).collect::<Vec<_>>(), [Some(HeldReason::Forked)]);
    assert_eq!(news.pages[0].heads.len(), 3, "one of headquarters and one for each branch");
}

#[tokio::test]
async fn a_seat_that_forgot_its_last_events_is_told_how_far_its_journal_goes() {
    let house = House::start().await;
    let (mut tablet, inspection) = one_inspector(&house).await;
    for item in ["a", "b", "c"] {
        tablet.tap(inspection, item, Answer::Compliant);
    }
    let keys = tablet.keys.clone();
    let mut forgetful = tablet.chain(inspection).cut(2);
    tablet.push().await;
    let before = house.digest().await;
    let answer = tablet.push_parts(vec![forgetful.part(&keys, 0)]).await;
    assert_eq!((answer[0].accepted_through, answer[0].fork), (Some(3), false));
    assert_eq!(house.digest().await, before);

    // It writes on all the same: nothing is lost, and nothing of it counts by itself.
    forgetful.append(domain::act::Act::Set(domain::register::Write {
        address: domain::register::Address::item("d", domain::register::Field::Answer),
        value: Answer::Violation.value(),
        over: Vec::new(),
    }));
    let answer = tablet.push_parts(vec![forgetful.part(&keys, 2)]).await;
    assert_eq!((answer[0].held, answer[0].fork), (Some(HeldReason::Forked), true));
}

#[tokio::test]
async fn a_colleague_carries_a_journal_and_its_author_counts() {
    let house = House::start().await;
    let (mut author, inspection) = one_inspector(&house).await;
    let (_, code) = house.invite("Kiểm tra viên B").await;
    let carrier = Tablet::enrolled(&house, &code).await;
    author.tap(inspection, "a", Answer::Compliant);
    let answer = carrier.push_parts(vec![author.part(inspection, 0)]).await;
    assert_eq!((answer[0].accepted_through, answer[0].held), (Some(1), None));
}

#[tokio::test]
async fn the_events_of_someone_outside_the_team_are_held() {
    let house = House::start().await;
    let (_, inspection) = one_inspector(&house).await;
    let (_, code) = house.invite("Người ngoài đoàn").await;
    let mut outsider = Tablet::enrolled(&house, &code).await;
    outsider.tap(inspection, "a", Answer::Compliant);
    let answer = outsider.push().await;
    assert_eq!(
        (answer[0].held, answer[0].accepted_through),
        (Some(HeldReason::NotOnTeam), Some(1))
    );
    assert_eq!(outsider.pull().await.pages, [], "and it sees nothing of the inspection");
}

#[tokio::test]
async fn a_revoked_seat_may_still_push_and_all_of_it_is_held() {
    let house = House::start().await;
    let (mut tablet, inspection) = one_inspector(&house).await;
    house.revoke(tablet.seat()).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    let answer = tablet.push().await;
    assert_eq!(answer[0].held, Some(HeldReason::SeatRevoked));
    let refused = tablet.pull_with(&sync::message::pull::Pull::default()).await;
    assert_eq!(refused.refusal().1, RefusalCode::Revoked);
}

#[tokio::test]
async fn a_journal_of_an_unknown_seat_is_held_and_the_others_count() {
    let house = House::start().await;
    let (mut tablet, inspection) = one_inspector(&house).await;
    let mut stranger = Tablet::new(&house);
    stranger.tap(inspection, "a", Answer::Compliant);
    tablet.tap(inspection, "a", Answer::Compliant);
    let parts = vec![stranger.part(inspection, 0), tablet.part(inspection, 0)];
    let answers = tablet.push_parts(parts).await;
    assert_eq!(
        (answers[0].held, answers[0].accepted_through),
        (Some(HeldReason::UnknownSeat), Some(1))
    );
    assert_eq!((answers[1].held, answers[1].accepted_through), (None, Some(1)));
}

#[tokio::test]
async fn positions_have_no_gaps_when_many_push_at_once() {
    let house = House::start().await;
    let mut people = Vec::new();
    for name in ["A", "B", "C", "D", "E", "F", "G", "H"] {
        people.push(house.invite(name).await);
    }
    let team = people.iter().map(|(person, _)| (*person, Role::Member)).collect::<Vec<_>>();
    let inspection = house.plan(&team).await;
    let mut tablets = Vec::new();
    for (_, code) in &people {
        let mut tablet = Tablet::enrolled(&house, code).await;
        (0..40).for_each(|item| tablet.tap(inspection, &format!("i{item}"), Answer::Compliant));
        tablets.push(tablet);
    }
    // Each pushes twice at once, as a tablet does whose answer was lost.
    let pushes = tablets.iter().flat_map(|tablet| [tablet, tablet]).map(|tablet| {
        let part = tablet.part(inspection, 0);
        async move { tablet.push_parts(vec![part]).await }
    });
    for answers in join_all(pushes.collect()).await {
        assert_eq!((answers[0].accepted_through, answers[0].fork), (Some(40), false));
    }
    let positions = house.positions().await;
    let gapless = (0..i64::try_from(positions.len()).unwrap()).collect::<Vec<_>>();
    assert_eq!(positions, gapless);
    assert_eq!(positions.len(), 2 + 8 + 8 * 41);
}

/// Drives futures together on one task, so that their requests wait in the writer's queue at once.
async fn join_all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut futures = futures.into_iter().map(Box::pin).collect::<Vec<_>>();
    let mut outputs = futures.iter().map(|_| None).collect::<Vec<_>>();
    std::future::poll_fn(move |context| {
        for (future, output) in futures.iter_mut().zip(&mut outputs) {
            if output.is_none()
                && let std::task::Poll::Ready(value) = future.as_mut().poll(context)
            {
                *output = Some(value);
            }
        }
        if outputs.iter().all(Option::is_some) {
            std::task::Poll::Ready(outputs.iter_mut().filter_map(Option::take).collect())
        } else {
            std::task::Poll::Pending
        }
    })
    .await
}

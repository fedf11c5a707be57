//! Many wrong passphrases at once: tablets are answered all the same, and who finds no place at
//! the door is told when to come back. That one is hashed at a time is tested where it is decided.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use domain::act::Role as OnTeam;
use domain::answer::Answer as Choice;
use domain::ids::InspectionId;
use headquarters::identity::Role;
use tokio::task::JoinSet;

use crate::house::{Answer, House};
use crate::newcomer::PASSPHRASE;
use crate::tablet::Tablet;

/// How many try at once.
const TRIES: usize = 40;

/// How many pushes are made meanwhile.
const PUSHES: usize = 10;

/// Longer than everything takes on a slow machine; nothing here waits for it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Wrong passphrases of one known name and of many unknown ones, all under way together.
async fn try_many(house: &Arc<House>, known: &str) -> Vec<Answer> {
    let mut tries = JoinSet::new();
    for number in 0..TRIES {
        let name = if number == 0 { known.to_owned() } else { format!("Không có ai {number}") };
        let house = house.clone();
        tries.spawn(async move { house.sign_in(&name, "cầu tre lắm đinh", "000000").await });
    }
    tries.join_all().await
}

async fn push_some(tablet: &mut Tablet<'_>, inspection: InspectionId) -> usize {
    for number in 0..PUSHES {
        tablet.tap(inspection, &format!("print.pub.item_{number}"), Choice::Compliant);
        let answers = tablet.push().await;
        assert!(answers.iter().all(|answer| answer.refused.is_none()), "{answers:?}");
    }
    PUSHES
}

#[tokio::test(flavor = "multi_thread")]
async fn pushes_are_answered_while_many_wrong_passphrases_are_tried_and_refused() {
    let house = Arc::new(House::start().await);
    let someone = house.newcomer("Cán bộ Mẫu B", &[Role::Office]).await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, OnTeam::Lead)]).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let both =
        async { tokio::join!(try_many(&house, &someone.name), push_some(&mut tablet, inspection)) };
    let (answers, pushed) = tokio::time::timeout(PATIENCE, both).await.expect("nobody is stuck");
    assert_eq!((answers.len(), pushed), (TRIES, PUSHES));
    let (busy, hashed): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS);
    assert!(!busy.is_empty() && !hashed.is_empty(), "{} of {TRIES} hashed", hashed.len());
    assert!(busy.iter().all(|answer| answer.header("retry-after") == "2"), "{busy:?}");
    for answer in hashed {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    }
    house.forget_steps().await;
    let entered = house.sign_in(&someone.name, PASSPHRASE, &someone.code()).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "the door is free again");
}

//! Enrol, record, push, pull: the road of one finding.

use domain::act::{Act, Body, Role};
use domain::answer::Answer;
use domain::ids::FindingId;
use domain::register::{Field, Value};
use domain::state::{Entry, State};
use sync::message::pull::PullAnswer;

use crate::house::House;
use crate::tablet::{Tablet, assert_verifies};

fn acts(answer: &PullAnswer) -> Vec<String> {
    let entries = answer.pages.iter().flat_map(|page| &page.entries);
    let bodies = entries.filter_map(|entry| entry.event.body.as_deref());
    bodies.map(|body| Body::from_bytes(body).unwrap().act.name().to_owned()).collect()
}

#[tokio::test]
async fn a_finding_travels_to_headquarters_and_to_the_colleague() {
    let house = House::start().await;
    let (lead, lead_code) = house.invite("Kiểm tra viên A").await;
    let (member, member_code) = house.invite("Kiểm tra viên B").await;
    let inspection = house.plan(&[(lead, Role::Lead), (member, Role::Member)]).await;
    let mut a = Tablet::enrolled(&house, &lead_code).await;
    let mut b = Tablet::enrolled(&house, &member_code).await;

    let planned = a.pull().await;
    assert_eq!(acts(&planned), ["journal/open", "inspection/open", "team/seat", "team/seat"]);
    b.pull().await;

    a.tap(inspection, "print.pub.licence", Answer::Violation);
    let finding = (FindingId([5; 16]), "print.pub.licence", "không có giấy phép");
    a.find(inspection, finding, &[(Field::Quantity, Value::text("1 giấy phép"))]);
    let accepted = a.push().await;
    assert_eq!(accepted[0].accepted_through, Some(3));
    assert_eq!((accepted[0].held, accepted[0].fork, accepted[0].refused), (None, false, None));

    let news = b.pull().await;
    assert_eq!(acts(&news), ["journal/open", "register/set", "finding/begin", "register/set"]);
    assert_verifies(&news.pages[0]);
    assert!(!news.more);
    assert_eq!(b.pull().await.pages, []);
    assert_eq!(acts(&a.pull().await).len(), 4, "a seat's own events come back too");
}

#[tokio::test]
async fn an_inspection_opened_on_the_spot_makes_its_opener_the_lead() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let inspection = tablet.open().await;
    let accepted = tablet.push().await;
    assert_eq!(accepted[0].held, None);

    let news = tablet.pull().await;
    assert_eq!(acts(&news), ["journal/open", "inspection/open", "journal/open", "team/seat"]);
    let mut state = State::new([house.headquarters.seats[0].seat]);
    for entry in &news.pages[0].entries {
        let verified = proof::chain::verify_event(entry.event.clone(), 0).unwrap();
        let act = &verified.body.as_ref().unwrap().act;
        let by_opener = matches!(act, Act::OpenInspection(_));
        let author = if by_opener { tablet.seat() } else { house.headquarters.seats[0].seat };
        let (seq, at) = (verified.header.seq, verified.header.at);
        let entry = Entry { id: verified.id, author, seq, at, body: verified.body };
        state.apply(&entry, domain::state::Custody::Accepted);
    }
    let introduced = state.seat(&tablet.seat()).expect("headquarters introduced it");
    assert_eq!((introduced.name.as_str(), introduced.role), ("Kiểm tra viên A", Role::Lead));
    assert_eq!(introduced.key, tablet.keys.public());
    assert_eq!(news.pages[0].inspection, inspection);
}

#[tokio::test]
async fn a_long_record_comes_in_pages_that_each_verify() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    for page in 0..4 {
        for item in 0..299 {
            tablet.tap(inspection, &format!("item.{page}.{item}"), Answer::Compliant);
        }
        tablet.push().await;
    }
    let (mut pages, mut events) = (0, 0);
    loop {
        let answer = tablet.pull().await;
        answer.pages.iter().for_each(assert_verifies);
        let entries = answer.pages.iter().map(|page| page.entries.len()).sum::<usize>();
        assert!(entries <= 500);
        pages += 1;
        events += entries;
        if !answer.more {
            break;
        }
    }
    assert_eq!((pages, events), (4, 3 + 1 + 4 * 299));
}

#[tokio::test]
async fn what_was_accepted_is_there_after_a_restart() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let (before, epoch) = {
        let mut tablet = Tablet::enrolled(&house, &code).await;
        tablet.tap(inspection, "print.pub.licence", Answer::Compliant);
        tablet.push().await;
        (house.digest().await, house.headquarters.epoch())
    };
    let house = house.restart().await;
    assert_eq!(house.digest().await, before);
    assert_eq!(house.headquarters.epoch(), epoch);
}

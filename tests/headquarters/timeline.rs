//! The story of an inspection: every event in its place, what it says, what it replaced, where a
//! conflict begins and ends, and what became of what was held.

use axum::http::StatusCode;
use domain::act::{Act, Role};
use domain::answer::Answer;
use domain::ids::{EventId, InspectionId};
use domain::register::{Address, Field, Write};

use crate::house::House;
use crate::tablet::Tablet;

const ITEM: &str = "print.pub.licence";

fn answer(choice: Answer, over: &[EventId]) -> Act {
    let address = Address::item(ITEM, Field::Answer);
    Act::Set(Write { address, value: choice.value(), over: over.to_vec() })
}

/// Two inspectors disagree; the lead decides.
async fn disagreement(house: &House) -> InspectionId {
    let (lead, lead_code) = house.invite("Kiểm tra viên A").await;
    let (member, member_code) = house.invite("Kiểm tra viên B").await;
    let inspection = house.plan(&[(lead, Role::Lead), (member, Role::Member)]).await;
    let mut a = Tablet::enrolled(house, &lead_code).await;
    let mut b = Tablet::enrolled(house, &member_code).await;
    a.record(inspection, answer(Answer::Compliant, &[]));
    a.push().await;
    b.record(inspection, answer(Answer::Violation, &[]));
    b.push().await;
    let both = [a.chain(inspection).tip.unwrap().id, b.chain(inspection).tip.unwrap().id];
    a.record(inspection, answer(Answer::Violation, &both));
    a.push().await;
    inspection
}

/// The steps of a page, each as its markup.
fn steps(page: &str) -> Vec<&str> {
    page.split("<li class=\"step\"").skip(1).collect()
}

fn positions(page: &str) -> Vec<u64> {
    let places = page.split("data-position=\"").skip(1);
    places.map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
}

#[tokio::test]
async fn the_timeline_tells_a_disagreement_and_its_decision_in_order() {
    let house = House::start().await;
    let inspection = disagreement(&house).await;
    let clerk = house.clerk().await;
    let page = clerk.get(&format!("/office/inspections/{inspection}/timeline?lang=en")).await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(positions(text).is_sorted() && positions(text).len() == 8, "{text}");
    let steps = steps(text);
    assert!(steps[0].contains("Opened the inspection of Cơ sở in Mẫu A for 2 Jul 2026"));
    assert!(
        steps[0].contains("Kiểm tra viên A (Headquarters)"),
        "the clerk is named: {}",
        steps[0]
    );
    assert!(steps[1].contains("joined the team as"));
    let [.., first, _, second, decision] = steps.as_slice() else { panic!("{text}") };
    assert!(first.contains("Compliant") && !first.contains("conflict"), "{first}");
    assert!(
        second.contains("Possible violation") && second.contains("in conflict from here"),
        "{second}"
    );
    assert!(decision.contains("conflict decided"), "{decision}");
    assert!(decision.contains("Replaces: Compliant (Kiểm tra viên A)"), "{decision}");
    assert!(decision.contains("Replaces: Possible violation (Kiểm tra viên B)"), "{decision}");
}

#[tokio::test]
async fn the_timeline_is_narrowed_by_person_and_kind() {
    let house = House::start().await;
    let inspection = disagreement(&house).await;
    let clerk = house.clerk().await;
    let path = format!("/office/inspections/{inspection}/timeline");
    for (query, count) in [
        ("kind=answer", 3),
        ("by=Ki%E1%BB%83m+tra+vi%C3%AAn+B", 2),
        ("by=Ki%E1%BB%83m+tra+vi%C3%AAn+B&kind=answer", 1),
        ("kind=journal", 3),
        ("kind=finding", 0),
    ] {
        let page = clerk.get(&format!("{path}?{query}")).await;
        assert_eq!(steps(page.text()).len(), count, "{query}");
    }
}

#[tokio::test]
async fn the_page_of_an_inspection_names_who_opened_it_as_the_timeline_does() {
    let house = House::start().await;
    let inspection = disagreement(&house).await;
    let page = house.clerk().await.get(&format!("/office/inspections/{inspection}")).await;
    assert!(page.text().contains("<dd>Kiểm tra viên A (Trụ sở), "), "{}", page.text());
    assert!(page.text().contains("chưa trả lời") && page.text().contains("1/"), "{}", page.text());
}

#[tokio::test]
async fn the_newest_first_and_what_machines_say_are_asked_for() {
    let house = House::start().await;
    let inspection = disagreement(&house).await;
    let clerk = house.clerk().await;
    let path = format!("/office/inspections/{inspection}/timeline");
    let down = clerk.get(&format!("{path}?order=down")).await;
    let told = positions(down.text());
    assert!(told.is_sorted_by(|a, b| a > b) && told.len() == 8, "{told:?}");
    let technical = clerk.get(&format!("{path}?technical=1")).await;
    assert_eq!(positions(technical.text()).len(), 9, "headquarters' own journal too");
    assert!(technical.text().contains("tests 1"), "the program that writes");
    assert!(!clerk.get(&path).await.text().contains("tests 1"));
}

#[tokio::test]
async fn what_is_held_says_why_and_that_it_waits() {
    let house = House::start().await;
    let inspection = disagreement(&house).await;
    let (_, code) = house.invite("Người ngoài đoàn").await;
    let mut outsider = Tablet::enrolled(&house, &code).await;
    outsider.record(inspection, answer(Answer::NotChecked, &[]));
    outsider.push().await;
    let clerk = house.clerk().await;
    let page = clerk.get(&format!("/office/inspections/{inspection}/timeline?lang=en")).await;
    let last = *steps(page.text()).last().unwrap();
    assert!(last.contains("Not checked") && last.contains("waiting"), "{last}");
    assert!(last.contains("its author was not on the team when it arrived"), "{last}");
    assert!(!last.contains("in conflict from here"), "what is held changes nothing: {last}");
}

#[tokio::test]
async fn a_long_story_is_paged() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    for item in 0..120 {
        tablet.tap(inspection, &format!("item.{item}"), Answer::Compliant);
    }
    tablet.push().await;
    let clerk = house.clerk().await;
    let path = format!("/office/inspections/{inspection}/timeline");
    let first = clerk.get(&path).await;
    let second = clerk.get(&format!("{path}?page=2")).await;
    let counts = [&first, &second].map(|page| steps(page.text()).len());
    assert_eq!(counts, [100, 23]);
    assert!(first.text().contains("timeline?page=2"));
}

#[tokio::test]
async fn an_inspection_that_is_none_has_no_timeline() {
    let house = House::start().await;
    let clerk = house.clerk().await;
    let path = format!("/office/inspections/{}/timeline", "00".repeat(16));
    assert_eq!(clerk.get(&path).await.status, StatusCode::NOT_FOUND);
}

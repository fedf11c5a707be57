//! People come onto a team and leave it, and seats are revoked: what they see, and what becomes of
//! what they send.

use axum::http::StatusCode;
use domain::act::Role;
use domain::answer::Answer;
use domain::ids::{InspectionId, PersonId};
use domain::state::HeldReason;
use sync::message::refusal::RefusalCode;

use crate::house::{Clerk, House};
use crate::tablet::Tablet;

struct Pair<'a> {
    lead: (PersonId, Tablet<'a>),
    member: (PersonId, Tablet<'a>),
    inspection: InspectionId,
}

async fn pair(house: &House) -> Pair<'_> {
    let (lead, lead_code) = house.invite("Kiểm tra viên A").await;
    let (member, member_code) = house.invite("Kiểm tra viên B").await;
    let inspection = house.plan(&[(lead, Role::Lead), (member, Role::Member)]).await;
    let lead = (lead, Tablet::enrolled(house, &lead_code).await);
    let member = (member, Tablet::enrolled(house, &member_code).await);
    Pair { lead, member, inspection }
}

async fn change(clerk: &Clerk<'_>, inspection: InspectionId, form: &str) -> StatusCode {
    clerk.post(&format!("/office/inspections/{inspection}/team"), form).await.status
}

#[tokio::test]
async fn who_leaves_loses_sight_and_what_they_send_is_held() {
    let house = House::start().await;
    let Pair { member: (person, mut tablet), inspection, .. } = pair(&house).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    tablet.push().await;
    tablet.pull_all().await;
    let clerk = house.clerk().await;
    let saved = change(&clerk, inspection, &format!("role-{person}=")).await;
    assert_eq!(saved, StatusCode::SEE_OTHER);

    let news = tablet.pull().await;
    assert_eq!((news.gone, news.pages.len()), (vec![inspection], 0));
    tablet.tap(inspection, "b", Answer::Compliant);
    let answer = tablet.push().await;
    assert_eq!(
        (answer[0].held, answer[0].accepted_through),
        (Some(HeldReason::NotOnTeam), Some(2))
    );
    assert_eq!(house.state(inspection).await.role(&tablet.seat()), Role::None);

    let saved = change(&clerk, inspection, &format!("role-{person}=member")).await;
    assert_eq!(saved, StatusCode::SEE_OTHER);
    tablet.forget_cursors();
    let news = tablet.pull().await;
    assert!(news.gone.is_empty());
    assert_eq!(news.pages[0].entries[0].position, 0, "it comes from the start");
    assert_eq!(house.state(inspection).await.held().count(), 1, "what was held stays so");
}

#[tokio::test]
async fn who_joins_sees_the_inspection_from_its_beginning() {
    let house = House::start().await;
    let Pair { lead: (_, mut lead), inspection, .. } = pair(&house).await;
    lead.tap(inspection, "a", Answer::Compliant);
    lead.push().await;
    let (person, code) = house.invite("Kiểm tra viên C").await;
    let mut third = Tablet::enrolled(&house, &code).await;
    assert!(third.pull().await.pages.is_empty());
    let clerk = house.clerk().await;
    change(&clerk, inspection, &format!("role-{person}=member")).await;
    let news = third.pull().await;
    assert_eq!(news.pages[0].entries[0].position, 0);
    assert_eq!(house.state(inspection).await.role(&third.seat()), Role::Member);
}

#[tokio::test]
async fn a_new_lead_takes_the_place_of_the_old_one_in_one_form() {
    let house = House::start().await;
    let Pair { lead, member, inspection } = pair(&house).await;
    let clerk = house.clerk().await;
    let form = format!("role-{}=member&role-{}=lead", lead.0, member.0);
    assert_eq!(change(&clerk, inspection, &form).await, StatusCode::SEE_OTHER);
    let state = house.state(inspection).await;
    assert_eq!(state.role(&lead.1.seat()), Role::Member);
    assert_eq!(state.role(&member.1.seat()), Role::Lead);
    let page = clerk.get(&format!("/office/inspections/{inspection}")).await;
    assert!(page.text().contains("Kiểm tra viên B (trưởng đoàn)"));
}

#[tokio::test]
async fn a_team_without_exactly_one_lead_or_with_a_stranger_is_not_saved() {
    let house = House::start().await;
    let Pair { lead, member, inspection } = pair(&house).await;
    let clerk = house.clerk().await;
    let before = house.digest().await;
    for form in [
        format!("role-{}=member", lead.0),
        format!("role-{}=lead", member.0),
        format!("role-{}=member", PersonId([9; 16])),
    ] {
        let saved = change(&clerk, inspection, &form).await;
        assert_eq!(saved, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
    }
    assert_eq!(house.digest().await, before);
    let none = InspectionId([9; 16]);
    assert_eq!(change(&clerk, none, "").await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_with_a_team_stands_on_top_of_the_page_and_leads_to_the_form() {
    let house = House::start().await;
    let (person, _) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let path = format!("/office/inspections/{inspection}/team");
    let page = house.clerk().await.post(&path, &format!("role-{person}=member")).await;
    let text = page.text();
    let (fault, facts) = (text.find("id=\"faults\"").unwrap(), text.find("<dl>").unwrap());
    assert!(fault < facts && text[fault..].contains("href=\"#team\""), "{text}");
    assert!(text.contains("autofocus") && text.contains("id=\"team-fault\""), "{text}");
}

#[tokio::test]
async fn who_joined_later_recorded_something_and_left_stands_in_the_minutes() {
    let house = House::start().await;
    let (lead, _) = house.invite("Kiểm tra viên A").await;
    let (late, code) = house.invite("Kiểm tra viên B").await;
    let inspection = house.plan(&[(lead, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    house.assign(inspection, late, Role::Member).await;
    tablet.pull_all().await;
    tablet.tap(inspection, "print.pub.licence", Answer::Compliant);
    tablet.push().await;
    house.assign(inspection, late, Role::None).await;
    let minutes = format!("/office/inspections/{inspection}/inspection-minutes");
    let minutes = house.clerk().await.get(&minutes).await;
    assert!(minutes.text().contains("Kiểm tra viên B"), "{}", minutes.text());
}

#[tokio::test]
async fn a_revoked_seat_leaves_every_team_and_its_person_stays() {
    let house = House::start().await;
    let Pair { member: (_, mut lost), inspection, .. } = pair(&house).await;
    let clerk = house.clerk().await;
    let form = format!("seat={}&reason=m%E1%BA%A5t+m%C3%A1y&revoke=1", lost.seat());
    let answer = clerk.post("/office/seats", &form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = clerk.get("/office/seats?lang=en").await;
    assert!(page.text().contains("because: mất máy") && page.text().contains("by Cán bộ Mẫu"));

    lost.tap(inspection, "a", Answer::Compliant);
    assert_eq!(lost.push().await[0].held, Some(HeldReason::SeatRevoked));
    assert_eq!(lost.get("/api/v1/packs").await.refusal().1, RefusalCode::Revoked);
    let state = house.state(inspection).await;
    assert_eq!(state.role(&lost.seat()), Role::None, "nothing is sealed to it any more");
    assert_eq!(house.team(inspection).await.len(), 2, "the person is still on the team");
}

#[tokio::test]
async fn every_page_names_the_person_of_a_revoked_tablet_as_before() {
    let house = House::start().await;
    let Pair { member: (_, lost), inspection, .. } = pair(&house).await;
    let clerk = house.clerk().await;
    let place = format!("/office/inspections/{inspection}");
    let seats = clerk.get("/office/seats?lang=en").await;
    assert!(seats.text().contains("2 unfinished") || seats.text().contains("1 unfinished"));
    assert!(seats.text().contains(&place), "what it concerns is named before");
    let form = format!("seat={}&reason=m%E1%BA%A5t+m%C3%A1y&revoke=1", lost.seat());
    clerk.post("/office/seats", &form).await;

    let page = clerk.get(&place).await;
    assert!(page.text().contains("Kiểm tra viên B (thành viên)"), "{}", page.text());
    let minutes = clerk.get(&format!("{place}/inspection-minutes")).await;
    assert!(
        minutes.text().contains("<td>Kiểm tra viên B</td><td>Thành viên</td>"),
        "{}",
        minutes.text()
    );
    let story = clerk.get(&format!("{place}/timeline")).await;
    assert!(story.text().contains("Kiểm tra viên B vẫn trong đoàn"), "{}", story.text());
    assert!(!story.text().contains("Kiểm tra viên B rời đoàn"));
    let list = clerk.get("/office/inspections.csv").await;
    assert!(list.text().contains("Kiểm tra viên B (thành viên)"), "{}", list.text());
}

#[tokio::test]
async fn a_person_without_a_tablet_is_named_as_that_and_who_left_later_too() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let (other, _) = house.invite("Kiểm tra viên B").await;
    Tablet::enrolled(&house, &code).await;
    let inspection = house.plan(&[(person, Role::Lead), (other, Role::Member)]).await;
    let clerk = house.clerk().await;
    let page = clerk.get(&format!("/office/inspections/{inspection}")).await;
    assert!(page.text().contains("Kiểm tra viên B (thành viên, chưa có máy)"), "{}", page.text());
}

#[tokio::test]
async fn a_person_whose_tablet_was_revoked_goes_on_with_another() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let lost = Tablet::enrolled(&house, &code).await;
    house.revoke(lost.seat()).await;
    let mut other = Tablet::enrolled(&house, &code).await;
    other.tap(inspection, "a", Answer::Compliant);
    assert_eq!(other.push().await[0].held, None);
    assert_eq!(house.state(inspection).await.role(&other.seat()), Role::Lead);
}

#[tokio::test]
async fn revoking_needs_a_reason_and_a_seat_that_is_in_use() {
    let house = House::start().await;
    let Pair { member: (_, tablet), .. } = pair(&house).await;
    let clerk = house.clerk().await;
    let before = house.digest().await;
    for (form, words) in [
        (format!("seat={}&reason=", tablet.seat()), "Write the reason"),
        ("seat=zz&reason=x".to_owned(), "no such seat"),
        (format!("seat={}&reason=x", "00".repeat(16)), "no such seat"),
    ] {
        let answer = clerk.post("/office/seats?lang=en", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(words), "{form}");
    }
    assert_eq!(house.digest().await, before);
    house.revoke(tablet.seat()).await;
    let again = clerk.post("/office/seats", &format!("seat={}&reason=x", tablet.seat())).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
}

//! An invitation becomes a seat, once.

use axum::http::StatusCode;
use domain::act::{Body, Role};
use headquarters::store::people::{Opens, Uses};
use sync::message::enrol::Enrolled;
use sync::message::refusal::RefusalCode;

use crate::house::House;
use crate::tablet::Tablet;

#[tokio::test]
async fn an_invitation_makes_one_seat_and_the_same_key_gets_it_again() {
    let house = House::start().await;
    let (person, code) = house.invite_to("Kiểm tra viên A", Opens::Seat, Uses::Once).await;
    let tablet = Tablet::new(&house);
    let first: Enrolled = tablet.enrol(&code).await.json();
    assert_eq!((first.person, first.name.as_str()), (person, "Kiểm tra viên A"));
    assert_eq!(first.headquarters, house.headquarters.seats);
    assert_eq!(tablet.enrol(&code).await.json::<Enrolled>(), first);

    let other = Tablet::new(&house);
    let refused = other.enrol(&code).await.refusal();
    assert_eq!((refused.0, refused.1), (StatusCode::GONE, RefusalCode::InvitationSpent));
}

#[tokio::test]
async fn a_taken_invitation_is_answered_again_for_an_hour_and_to_its_seat_alone() {
    let house = House::start().await;
    let (_, code) = house.invite_to("Kiểm tra viên A", Opens::Seat, Uses::Once).await;
    let (tablet, other) = (Tablet::new(&house), Tablet::new(&house));
    let first: Enrolled = tablet.enrol(&code).await.json();
    house
        .execute("update invitations set expires_at_ms = 0, spent_at_ms = spent_at_ms - 3590000")
        .await;
    assert_eq!(tablet.enrol(&code).await.json::<Enrolled>(), first, "its answer may be lost");
    assert_eq!(other.enrol(&code).await.refusal().1, RefusalCode::InvitationSpent);
    house.execute("update invitations set spent_at_ms = spent_at_ms - 10000").await;
    assert_eq!(tablet.enrol(&code).await.refusal().1, RefusalCode::InvitationSpent);
    assert_eq!(other.enrol(&code).await.refusal().1, RefusalCode::InvitationSpent);
}

#[tokio::test]
async fn a_code_is_read_as_people_copy_it() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let sloppy = code.replace('-', " ").to_lowercase();
    Tablet::enrolled(&house, &sloppy).await;
}

#[tokio::test]
async fn an_office_link_makes_no_seat_and_an_unknown_code_neither() {
    let house = House::start().await;
    let (_, token) = house.invite_to("Cán bộ", Opens::Office, Uses::Once).await;
    let before = house.digest().await;
    for code in [token.as_str(), "", "AAAAA-AAAAA-AAAAA-AAAAA"] {
        let refused = Tablet::new(&house).enrol(code).await.refusal();
        assert_eq!(refused.1, RefusalCode::InvitationSpent, "{code}");
    }
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn a_new_seat_is_introduced_to_the_inspections_of_its_person() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let (other, _) = house.invite("Kiểm tra viên B").await;
    house.plan(&[(person, Role::Lead)]).await;
    house.plan(&[(other, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let news = tablet.pull().await;
    assert_eq!(news.pages.len(), 1, "the other inspection is not this person's");
    let last = news.pages[0].entries.last().unwrap();
    let body = Body::from_bytes(last.event.body.as_deref().unwrap()).unwrap();
    assert_eq!(body.act.name(), "team/seat");
}

//! Planning: a known establishment is found and keeps its id, and what is wrong with a form stands
//! beside its field with everything else kept.

use axum::http::StatusCode;
use domain::act::Role;
use headquarters::office::overview;

use crate::house::House;

const ID: &str = "07070707070707070707070707070707";

#[tokio::test]
async fn a_known_establishment_is_found_without_diacritics_and_planned_again_under_its_id() {
    let house = House::start().await;
    let (person, _) = house.invite("Kiểm tra viên A").await;
    house.plan(&[(person, Role::Lead)]).await;
    let clerk = house.clerk().await;
    let found = clerk.get("/office/inspections/new?find=co+so+in").await;
    assert!(found.text().contains(&format!("/office/inspections/new?known={ID}")));
    let none = clerk.get("/office/inspections/new?find=zzz&lang=en").await;
    assert!(none.text().contains("None found"));

    let form = clerk.get(&format!("/office/inspections/new?known={ID}")).await;
    assert!(form.text().contains(&format!("name=\"known\" value=\"{ID}\"")));
    assert!(!form.text().contains("name=\"establishment\""), "its name is not typed again");
    let filled = format!("known={ID}&reason=x&on=2026-08-02&role-{person}=lead");
    let answer = clerk.post("/office/inspections/new", &filled).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let overview = overview::load(&house.headquarters).await.unwrap();
    let places = overview.digests.iter().map(|digest| digest.place.clone().unwrap());
    let places = places.map(|place| (place.establishment.to_string(), place.on.to_string()));
    assert_eq!(
        places.collect::<Vec<_>>(),
        [(ID.to_owned(), "2026-07-02".to_owned()), (ID.to_owned(), "2026-08-02".to_owned())]
    );
}

#[tokio::test]
async fn each_fault_stands_beside_its_field() {
    let house = House::start().await;
    let (person, _) = house.invite("Kiểm tra viên A").await;
    let clerk = house.clerk().await;
    let before = house.digest().await;
    let right = format!("establishment=A&kind=publisher&reason=x&on=2026-07-02&role-{person}=lead");
    let cases = [
        (right.replace("establishment=A", "establishment="), "establishment-fault"),
        (right.replace("publisher", "castle"), "kind-fault"),
        (right.replace("reason=x", "reason="), "reason-fault"),
        (right.replace("2026-07-02", "2026-02-30"), "on-fault"),
        (format!("{right}&decision=5"), "decision-fault"),
        (format!("{right}&decision=5&decision_on=2026-07-03"), "decision-fault"),
        (right.replace("=lead", "=member"), "team-fault"),
        (format!("{right}&checklist=printing"), "checklists-fault"),
    ];
    for (form, fault) in cases {
        let answer = clerk.post("/office/inspections/new", &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answer.text().contains(&format!("id=\"{fault}\"")), "{form}: {}", answer.text());
        assert_eq!(answer.text().matches("class=\"fault\"").count(), 1, "{form}");
    }
    let unknown = right.replace("establishment=A", &format!("known={ID}"));
    let answer = clerk.post("/office/inspections/new?lang=en", &unknown).await;
    assert!(answer.text().contains("This establishment is not on record"));
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn the_form_says_who_has_a_tablet_and_which_checklists_fit() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    house.invite("Kiểm tra viên B").await;
    crate::tablet::Tablet::enrolled(&house, &code).await;
    let clerk = house.clerk().await;
    let text = clerk.get("/office/inspections/new?lang=en").await.text().to_owned();
    assert!(text.contains("1 tablet<") && text.contains("no tablet yet"), "{text}");
    let a = text.find("Kiểm tra viên A").unwrap();
    assert!(a < text.find("Kiểm tra viên B").unwrap(), "those with tablets stand first");
    let fitting = clerk.get("/office/inspections/new?kind=publisher&lang=en").await;
    assert!(fitting.text().contains("value=\"publishing\""));
    assert!(!fitting.text().contains("name=\"checklist\" value=\"agency\""));
}

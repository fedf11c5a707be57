//! Planning: a known establishment is found and keeps its id, and what is wrong with a form stands
//! beside its field with everything else kept.

use axum::http::StatusCode;
use domain::act::Role;
use domain::ids::{FindingId, InspectionId};
use headquarters::access::Scope;
use headquarters::office::overview::{self, Stage};

use crate::house::{Clerk, House};
use crate::tablet::Tablet;

const ID: &str = "07070707070707070707070707070707";

#[tokio::test]
async fn a_known_establishment_is_found_without_diacritics_and_planned_again_under_its_id() {
    let house = House::start().await;
    let (person, _) = house.invite("Kiểm tra viên A").await;
    house.plan(&[(person, Role::Lead)]).await;
    let clerk = house.clerk().await;
    let found = clerk.get("/office/inspections/new?find=co+so+in").await;
    assert!(found.text().contains(&format!("name=\"choose\" value=\"{ID}\"")));
    let none = clerk.get("/office/inspections/new?find=zzz&lang=en").await;
    assert!(none.text().contains("None found"));

    let form = clerk.get(&format!("/office/inspections/new?known={ID}")).await;
    assert!(form.text().contains(&format!("name=\"known\" value=\"{ID}\"")));
    assert!(!form.text().contains("name=\"establishment\""), "its name is not typed again");
    let filled = format!("known={ID}&reason=x&on=2026-08-02&role-{person}=lead");
    let answer = clerk.post("/office/inspections/new", &filled).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let overview = overview::load(&house.headquarters, &Scope::Everything).await.unwrap();
    let places = overview.digests.iter().map(|digest| digest.place.clone().unwrap());
    let places = places.map(|place| (place.establishment.to_string(), place.on.to_string()));
    assert_eq!(
        places.collect::<Vec<_>>(),
        [(ID.to_owned(), "2026-07-02".to_owned()), (ID.to_owned(), "2026-08-02".to_owned())]
    );
}

#[tokio::test]
async fn searching_and_choosing_an_establishment_keeps_everything_that_was_written() {
    let house = House::start().await;
    let (person, _) = house.invite("Kiểm tra viên A").await;
    house.plan(&[(person, Role::Lead)]).await;
    let clerk = house.clerk().await;
    let before = house.digest().await;
    let written =
        format!("reason=tin+b%C3%A1o&on=2026-08-02&role-{person}=lead&establishment=M%E1%BB%9Bi");
    for (button, known) in [
        ("find=co+so&search=1", false),
        (&format!("choose={ID}"), true),
        (&format!("known={ID}&another=1"), false),
    ] {
        let page = clerk.post("/office/inspections/new", &format!("{written}&{button}")).await;
        assert_eq!(page.status, StatusCode::OK, "{button}");
        let text = page.text();
        for kept in [
            "value=\"tin báo\"",
            "value=\"2026-08-02\"",
            "value=\"lead\" selected",
            "value=\"Mới\"",
        ] {
            assert!(text.contains(kept), "{kept} after {button}: {text}");
        }
        let chosen = text.contains(&format!("name=\"known\" value=\"{ID}\""));
        assert_eq!(chosen, known, "{button}");
        assert!(!text.contains("class=\"fault\""), "nothing is wrong yet");
    }
    assert_eq!(house.digest().await, before);
}

/// An inspection that was planned without a decision, and its page for correcting that.
async fn pending(house: &House) -> (Clerk<'_>, InspectionId, String) {
    let (person, _) = house.invite("Kiểm tra viên A").await;
    let clerk = house.clerk().await;
    let form = format!("establishment=A&kind=publisher&reason=x&on=2026-07-02&role-{person}=lead");
    clerk.post("/office/inspections/new", &form).await;
    let overview = overview::load(&house.headquarters, &Scope::Everything).await.unwrap();
    let id = overview.digests[0].id;
    (clerk, id, format!("/office/inspections/{id}/plan"))
}

#[tokio::test]
async fn a_plan_gets_its_decision_and_another_day_and_the_timeline_says_so() {
    let house = House::start().await;
    let (clerk, id, path) = pending(&house).await;
    assert!(clerk.get(&path).await.text().contains("value=\"2026-07-02\""));
    let form = "on=2026-07-09&reason=x&decision=5%2FQ%C4%90&decision_on=2026-07-01";
    let answer = clerk.post(&path, form).await;
    assert_eq!(answer.header("location"), format!("/office/inspections/{id}?done=plan_corrected"));
    let page = clerk.get(answer.header("location")).await;
    assert!(
        page.text().contains("role=\"status\"") && page.text().contains("5/QĐ"),
        "{}",
        page.text()
    );

    let state = house.state(id).await;
    assert_eq!(state.opened().unwrap().opening.on, jiff::civil::date(2026, 7, 9));
    assert_eq!(state.decision(), Some("5/QĐ"));
    let story = clerk.get(&format!("/office/inspections/{id}/timeline?lang=en")).await;
    assert!(story.text().contains("Corrected the plan"), "{}", story.text());
    assert!(story.text().contains("2 Jul 2026 → 9 Jul 2026"), "{}", story.text());

    let before = house.digest().await;
    clerk.post(&path, form).await;
    assert_eq!(house.digest().await, before, "the same once more says nothing");
    for (form, fault) in [
        ("on=&reason=x", "on-fault"),
        ("on=2026-07-09&reason=", "reason-fault"),
        ("on=2026-07-09&reason=x&decision=5", "decision-fault"),
        ("on=2026-07-09&reason=x&decision=5&decision_on=2026-07-10", "decision-fault"),
    ] {
        let answer = clerk.post(&path, form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answer.text().contains(&format!("id=\"{fault}\"")), "{form}");
    }
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn a_seat_that_opened_on_the_spot_leads_on_when_headquarters_corrects_the_plan() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let id = tablet.open().await;
    tablet.push().await;
    let clerk = house.clerk().await;
    let path = format!("/office/inspections/{id}/plan");
    let form = "on=2026-07-02&reason=tin+b%C3%A1o&decision=7&decision_on=2026-07-02";
    assert_eq!(clerk.post(&path, form).await.status, StatusCode::SEE_OTHER);
    let state = house.state(id).await;
    assert_eq!((state.decision(), state.role(&tablet.seat())), (Some("7"), Role::Lead));
    tablet.tap(id, "a", domain::answer::Answer::Compliant);
    assert_eq!(tablet.push().await[0].held, None);

    let page = clerk.get(&format!("/office/inspections/{id}?lang=en")).await;
    assert!(page.text().contains("<dd>Kiểm tra viên A, "), "A opened it: {}", page.text());
}

#[tokio::test]
async fn the_day_stands_once_something_was_recorded() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let id = tablet.open().await;
    tablet.tap(id, "a", domain::answer::Answer::Compliant);
    tablet.push().await;
    let (clerk, path) = (house.clerk().await, format!("/office/inspections/{id}/plan"));
    let before = house.digest().await;
    let moved = clerk.post(&path, "on=2026-12-20&reason=x").await;
    assert_eq!(moved.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(moved.text().contains("id=\"on-fault\""), "{}", moved.text());
    assert_eq!(house.digest().await, before);
    let kept = clerk.post(&path, "on=2026-07-02&reason=x").await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "the rest can be corrected");
}

#[tokio::test]
async fn a_cancelled_inspection_stays_readable_and_waits_for_nothing() {
    let house = House::start().await;
    let (clerk, id, path) = pending(&house).await;
    let cancel = format!("/office/inspections/{id}/cancel");
    let without = clerk.post(&cancel, "why_cancel=+").await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text().contains("id=\"why_cancel-fault\""));
    let answer = clerk.post(&cancel, "why_cancel=ng%E1%BB%ABng+in").await;
    assert_eq!(answer.header("location"), format!("/office/inspections/{id}?done=cancelled"));

    let page = clerk.get(&format!("/office/inspections/{id}?lang=en")).await;
    assert!(page.text().contains("Cancelled the inspection: ngừng in"), "{}", page.text());
    assert!(!page.text().contains(&path), "there is nothing to correct any more");
    assert!(!page.text().contains("/team\""), "there is no team to change any more");
    let gone = clerk.get(&format!("{path}?lang=en")).await;
    assert_eq!(gone.status, StatusCode::GONE);
    for words in ["This inspection is cancelled", "Main navigation", "Back to the inspection"] {
        assert!(gone.text().contains(words), "{words}: {}", gone.text());
    }
    let before = house.digest().await;
    for (address, form) in [(&cancel, "why_cancel=x"), (&path, "on=2026-07-02&reason=x")] {
        assert_eq!(clerk.post(address, form).await.status, StatusCode::GONE, "{address}");
    }
    let team = clerk.post(&format!("/office/inspections/{id}/team"), "").await;
    assert_eq!((team.status, house.digest().await), (StatusCode::GONE, before));
    let overview = overview::load(&house.headquarters, &Scope::Everything).await.unwrap();
    assert_eq!(overview.digests[0].stage(), Stage::Cancelled);
    assert!(!clerk.get("/office?lang=en").await.text().contains("without a decision"));
    let minutes = clerk.get(&format!("/office/inspections/{id}/inspection-minutes")).await;
    assert!(minutes.text().contains("ngừng in"));
}

#[tokio::test]
async fn whoever_cancels_is_told_what_is_recorded_and_the_record_keeps_it() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let id = tablet.open().await;
    tablet.push().await;
    let (clerk, path) = (house.clerk().await, format!("/office/inspections/{id}/plan?lang=en"));
    assert!(clerk.get(&path).await.text().contains("Nothing was recorded in this inspection yet"));
    tablet.tap(id, "print.pub.licence", domain::answer::Answer::Violation);
    tablet.tap(id, "print.pub.contract", domain::answer::Answer::Compliant);
    tablet.find(id, (FindingId([1; 16]), "print.pub.licence", "thiếu giấy phép"), &[]);
    tablet.push().await;
    let recorded = "2 answers, 1 finding, 0 pieces of evidence";
    let asked = clerk.get(&path).await;
    assert!(asked.text().contains(&format!("already has {recorded}")), "{}", asked.text());
    let cancel = format!("/office/inspections/{id}/cancel");
    let refused = clerk.post(&cancel, "why_cancel=").await;
    assert!(refused.text().contains("href=\"#why_cancel\""), "{}", refused.text());
    clerk.post(&cancel, "why_cancel=x").await;
    let page = clerk.get(&format!("/office/inspections/{id}?lang=en")).await;
    assert!(page.text().contains(&format!("Recorded, and kept: {recorded}")), "{}", page.text());
    let story = clerk.get(&format!("/office/inspections/{id}/timeline?lang=en")).await;
    assert!(story.text().contains(&format!("Recorded until then: {recorded}")));
}

#[tokio::test]
async fn a_year_that_slipped_is_seen_in_both_forms() {
    let house = House::start().await;
    let (clerk, _, path) = pending(&house).await;
    let (person, _) = house.invite("Kiểm tra viên B").await;
    let form = format!("establishment=A&kind=publisher&role-{person}=lead");
    let before = house.digest().await;
    for address in ["/office/inspections/new", path.as_str()] {
        for (plan, fault) in [
            ("on=2206-07-02&reason=x", "on-fault"),
            ("on=1926-07-02&reason=x", "on-fault"),
            ("on=2026-07-02&reason=x&decision=5&decision_on=1926-07-02", "decision-fault"),
        ] {
            let answer = clerk.post(address, &format!("{form}&{plan}")).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}: {plan}");
            assert!(answer.text().contains(&format!("id=\"{fault}\"")), "{}", answer.text());
        }
    }
    assert_eq!(house.digest().await, before);
    let page = clerk.get(&path).await;
    assert!(page.text().contains("Ngày kiểm tra *") && page.text().contains("Lý do *"));
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

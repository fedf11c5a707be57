//! What an administrator and an auditor see: the audit as page and files, how long records are
//! kept; and which unit sees which inspection, as the office says it.

use axum::http::StatusCode;
use domain::act::Role as OnTeam;
use domain::answer::Answer;
use domain::ids::{FindingId, to_hex};
use headquarters::identity::Role;
use sync::message::packs::{PackAnswer, Retention};

use crate::audit::acts;
use crate::house::House;
use crate::sheets::csv;
use crate::tablet::Tablet;

#[tokio::test]
async fn the_audit_is_read_filtered_and_exported_and_says_that_it_holds() {
    let house = House::start().await;
    let (person, _) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, OnTeam::Lead)]).await;
    let (_, auditor) = house.clerk_as(&[Role::Auditor], None).await;
    let page = auditor.get("/office/audit?lang=en&act=team-changed").await;
    let text = page.text();
    assert_eq!(page.status, StatusCode::OK, "{text}");
    assert!(text.contains("changed a team") && text.contains("data-audit-rows="), "{text}");
    assert_eq!(text.matches("data-audit=\"").count(), 1, "{text}");
    assert!(text.contains("Kiểm tra viên A") && text.contains(&inspection.to_string()));
    let rows = csv(&auditor, "/office/audit.csv?act=team-changed").await;
    assert_eq!(rows[0][..4], ["position", "at", "person", "person_id"]);
    assert_eq!(rows[1][4..6], ["team-changed".to_owned(), inspection.to_string()]);
    assert_eq!(auditor.get("/office/audit.xlsx").await.status, StatusCode::OK);
    let none = csv(&auditor, "/office/audit.csv?through=2020-01-01").await;
    assert_eq!(none.len(), 1, "nothing was done then");
    let noted = acts(&house).await;
    assert!(noted.contains(&"audit-read".to_owned()), "{noted:?}");
    assert!(noted.contains(&"audit-exported".to_owned()), "{noted:?}");
}

#[tokio::test]
async fn a_broken_chain_is_said_on_top_of_the_audit() {
    let house = House::start().await;
    house.execute("drop trigger audit_is_never_changed").await;
    house.execute("update audit set object = 'x' where position = 1").await;
    let (_, auditor) = house.clerk_as(&[Role::Auditor], None).await;
    let page = auditor.get("/office/audit").await;
    assert!(page.text().contains("data-audit-broken=\"1\""), "{}", page.text());
}

const ALL_DAYS: &str = "tablet-records=14&tablet-evidence=3&closed-inspections=3650&audit=3650";

#[tokio::test]
async fn retention_is_set_by_an_administrator_noted_and_told_to_tablets() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let tablet = Tablet::enrolled(&house, &code).await;
    let told = async || tablet.get("/api/v1/packs").await.json::<PackAnswer>().retention;
    assert_eq!(told().await, Some(Retention { records_days: 30, evidence_days: 7 }));
    let (_, administrator) = house.clerk_as(&[Role::Administrator], None).await;
    let page = administrator.get("/office/retention?lang=en").await;
    assert!(page.text().contains("Default; nobody has decided yet"), "{}", page.text());
    let too_many = ALL_DAYS.replace("=14", "=9999");
    let refused = administrator.post("/office/retention", &too_many).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("tablet-records-fault"), "{}", refused.text());
    let set = administrator.post("/office/retention", ALL_DAYS).await;
    assert_eq!(set.header("location"), "/office/retention?done=retention_set");
    assert_eq!(told().await, Some(Retention { records_days: 14, evidence_days: 3 }));
    let noted = acts(&house).await;
    let times = noted.iter().filter(|act| *act == "retention-set").count();
    assert_eq!(times, 2, "only what changes is noted: {noted:?}");
    let (_, auditor) = house.clerk_as(&[Role::Auditor], None).await;
    let page = auditor.get("/office/retention?lang=en").await;
    assert!(page.text().contains("14 days") && !page.text().contains("<input"), "{}", page.text());
}

#[tokio::test]
async fn an_inspection_belongs_to_the_unit_of_who_plans_it_and_is_shown_to_another() {
    let house = House::start().await;
    let (person, _) = house.invite("Kiểm tra viên A").await;
    let [own, other] = [house.unit("Phòng Mẫu A").await, house.unit("Phòng Mẫu B").await];
    let (_, clerk) = house.clerk_as(&[Role::Office], Some(own)).await;
    let (_, colleague) = house.clerk_as(&[Role::Office], Some(other)).await;
    let form = format!(
        "establishment=C%C6%A1+s%E1%BB%9F+in+M%E1%BA%ABu+A&kind=printer_publications&reason=x&on={}&role-{person}=lead&save=1",
        headquarters::clock::now().day().unwrap()
    );
    let planned = clerk.post("/office/inspections/new", &form).await;
    let place = planned.header("location").split('?').next().unwrap().to_owned();
    assert!(place.starts_with("/office/inspections/"), "{}", planned.text());
    assert_eq!(clerk.get(&place).await.status, StatusCode::OK);
    assert_eq!(colleague.get(&place).await.status, StatusCode::FORBIDDEN);
    let id = place.rsplit('/').next().unwrap();
    let units = format!("/office/inspections/{id}/units");
    let unit = to_hex(&other.0);
    let shared = clerk.post(&units, &format!("unit={unit}&share=1")).await;
    assert_eq!(shared.status, StatusCode::SEE_OTHER, "{}", shared.text());
    assert_eq!(colleague.get(&place).await.status, StatusCode::OK);
    let back = colleague.post(&units, &format!("unit={unit}&unshare=1")).await;
    assert_eq!(back.status, StatusCode::FORBIDDEN, "a unit it is shared with changes nothing");
    // Who belongs to a unit cannot put another one in charge.
    let given = clerk.post(&units, &format!("unit={unit}&give=1")).await;
    assert_eq!(given.status, StatusCode::NOT_FOUND);
    clerk.post(&units, &format!("unit={unit}&unshare=1")).await;
    assert_eq!(colleague.get(&place).await.status, StatusCode::FORBIDDEN);
    let noted = acts(&house).await;
    assert_eq!(noted.iter().filter(|act| *act == "inspection-shared").count(), 2, "{noted:?}");
}

#[tokio::test]
async fn an_inspection_opened_on_the_spot_belongs_to_the_unit_of_its_opener() {
    let house = House::start().await;
    let [own, other] = [house.unit("Phòng Mẫu A").await, house.unit("Phòng Mẫu B").await];
    let (person, code) = house.invite("Kiểm tra viên A").await;
    house.appoint(person, &[Role::Inspector], Some(own)).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let opened = tablet.open().await;
    tablet.push().await;
    let page = format!("/office/inspections/{opened}");
    for (unit, status) in [(own, StatusCode::OK), (other, StatusCode::FORBIDDEN)] {
        let (_, clerk) = house.clerk_as(&[Role::Office], Some(unit)).await;
        assert_eq!(clerk.get(&page).await.status, status);
    }
}

#[tokio::test]
async fn findings_are_counted_and_listed_by_the_unit_in_charge() {
    let house = House::start().await;
    let unit = house.unit("Phòng Mẫu A").await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let [first, second] =
        [house.plan(&[(person, OnTeam::Lead)]).await, house.plan(&[(person, OnTeam::Lead)]).await];
    house.place(first, unit, false).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    for (inspection, id) in [(first, 1), (first, 2), (second, 3)] {
        tablet.tap(inspection, "print.pub.licence", Answer::Violation);
        let finding = (FindingId([id; 16]), "print.pub.licence", "thiếu giấy phép");
        tablet.find(inspection, finding, &[]);
    }
    tablet.push().await;
    let (_, clerk) = house.clerk_as(&[Role::Office], None).await;
    let page = clerk.get("/office?lang=en").await;
    for words in [
        "Phòng Mẫu A</a></td><td class=\"number\">2<",
        "No unit yet</a></td><td class=\"number\">1<",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    for (value, rows) in [(to_hex(&unit.0), 2), ("none".to_owned(), 1), (String::new(), 3)] {
        let found = csv(&clerk, &format!("/office/findings.csv?unit={value}")).await;
        assert_eq!(found.len() - 1, rows, "{value}");
    }
}

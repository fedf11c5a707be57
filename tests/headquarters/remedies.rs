//! A remedy is followed to its end, and everything that was said of it stays.

use axum::http::StatusCode;
use domain::act::Role;
use domain::answer::Answer;
use domain::ids::{FindingId, InspectionId};
use domain::register::{Field, Value};
use domain::remedy::Progress;
use headquarters::access::Scope;
use headquarters::clock;
use headquarters::office::overview;
use jiff::ToSpan;
use jiff::civil::Date;

use crate::house::House;
use crate::tablet::Tablet;

const FINDING: FindingId = FindingId([5; 16]);

pub(crate) fn in_days(days: i64) -> Date {
    clock::now().day().unwrap().checked_add(days.days()).unwrap()
}

/// A finding whose remedy was due three days ago, and the page on which it is followed.
pub(crate) async fn overdue(house: &House) -> (InspectionId, String) {
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(house, &code).await;
    tablet.tap(inspection, "print.pub.licence", Answer::Violation);
    let fields = [(Field::RemedyBy, Value::Day(in_days(-3)))];
    tablet.find(inspection, (FINDING, "print.pub.licence", "thiếu giấy phép"), &fields);
    let without = (FindingId([6; 16]), "print.pub.register", "thiếu sổ");
    tablet.find(inspection, without, &[]);
    tablet.push().await;
    (inspection, format!("/office/inspections/{inspection}/remedies/{FINDING}"))
}

async fn progress(house: &House) -> Option<Progress> {
    let overview = overview::load(&house.headquarters, &Scope::Everything).await.unwrap();
    let findings = overview.digests.iter().flat_map(|digest| &digest.findings);
    let finding = findings.into_iter().find(|finding| finding.id == FINDING).unwrap();
    finding.progress.map(|progress| progress.on(overview.today))
}

#[tokio::test]
async fn a_remedy_is_given_more_time_and_then_put_right() {
    let house = House::start().await;
    let (inspection, path) = overdue(&house).await;
    assert_eq!(progress(&house).await, Some(Progress::Overdue(in_days(-3))));
    let clerk = house.clerk().await;

    let (today, until) = (in_days(0), in_days(10));
    let more =
        format!("outcome=extended&on={today}&until={until}&note=%C4%91%C6%A1n+xin+gia+h%E1%BA%A1n");
    let answer = clerk.post_files(&path, &more, &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), format!("{path}?done=remedy_recorded"));
    assert_eq!(progress(&house).await, Some(Progress::Due(until)));

    let done = format!(
        "outcome=done&on={today}&until=&note=%C4%91%C3%A3+n%E1%BB%99p+gi%E1%BA%A5y+ph%C3%A9p"
    );
    assert_eq!(clerk.post_files(&path, &done, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(progress(&house).await, Some(Progress::Done));

    let page = clerk.get(&format!("{path}?lang=en")).await;
    for words in ["đơn xin gia hạn", "đã nộp giấy phép", "Cán bộ Mẫu", "data-progress=\"done\""]
    {
        assert!(page.text().contains(words), "{words}");
    }
    let sheet = clerk.get("/office/remedies.csv?state=done").await;
    assert!(sheet.text().contains("đã nộp giấy phép"), "{}", sheet.text());
    let timeline =
        clerk.get(&format!("/office/inspections/{inspection}/timeline?kind=remedy")).await;
    assert_eq!(timeline.text().matches("<li class=\"step\"").count(), 2);
    assert!(timeline.text().contains("Cán bộ Mẫu (Trụ sở)"));
}

#[tokio::test]
async fn what_headquarters_said_reaches_the_tablets_and_verifies() {
    let house = House::start().await;
    let (inspection, path) = overdue(&house).await;
    let clerk = house.clerk().await;
    let form = format!("outcome=not_done&on={}&note=x", in_days(-1));
    assert_eq!(clerk.post_files(&path, &form, &[]).await.status, StatusCode::SEE_OTHER);
    let (person, code) = house.invite("Kiểm tra viên B").await;
    let change = format!("role-{person}=member");
    clerk.post(&format!("/office/inspections/{inspection}/team"), &change).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let news = tablet.pull().await;
    crate::tablet::assert_verifies(&news.pages[0]);
    let bodies = news.pages[0].entries.iter().filter_map(|entry| entry.event.body.as_deref());
    let acts =
        bodies.map(|body| domain::act::Body::from_bytes(body).unwrap().act.name().to_owned());
    assert!(acts.into_iter().any(|name| name == "remedy/follow"));
}

#[tokio::test]
async fn faults_stand_beside_their_fields_and_nothing_is_recorded() {
    let house = House::start().await;
    let (_, path) = overdue(&house).await;
    let clerk = house.clerk().await;
    let before = house.digest().await;
    let tomorrow = in_days(1);
    let cases = [
        ("", &["outcome-fault", "on-fault", "note-fault"][..]),
        (&format!("outcome=done&on={tomorrow}&note=x"), &["on-fault"]),
        (&format!("outcome=extended&on={}&note=x", in_days(0)), &["until-fault"]),
        (&format!("outcome=done&on={}&until={tomorrow}&note=x", in_days(0)), &["until-fault"]),
    ];
    for (form, faults) in cases {
        let answer = clerk.post_files(&path, form, &[]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        for fault in faults {
            assert!(answer.text().contains(&format!("id=\"{fault}\"")), "{form}: {fault}");
        }
        assert_eq!(answer.text().matches("class=\"fault\"").count(), faults.len(), "{form}");
    }
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn a_finding_that_asks_for_no_remedy_is_not_followed() {
    let house = House::start().await;
    let (inspection, _) = overdue(&house).await;
    let clerk = house.clerk().await;
    let without = format!("/office/inspections/{inspection}/remedies/{}", FindingId([6; 16]));
    assert!(clerk.get(&format!("{without}?lang=en")).await.text().contains("asks for no remedy"));
    let form = format!("outcome=done&on={}&note=x", in_days(0));
    assert_eq!(clerk.post_files(&without, &form, &[]).await.status, StatusCode::NOT_FOUND);
    let unknown = format!("/office/inspections/{inspection}/remedies/{}", FindingId([9; 16]));
    assert_eq!(clerk.get(&unknown).await.status, StatusCode::NOT_FOUND);
    let nonsense = format!("/office/inspections/{inspection}/remedies/x");
    assert_eq!(clerk.get(&nonsense).await.status, StatusCode::NOT_FOUND);
}

//! The office sees what was recorded, and hands it out as spreadsheets.

use axum::http::StatusCode;
use domain::act::{Act, Role, WithdrawFinding};
use domain::answer::{Answer, StatementState};
use domain::ids::{FindingId, InspectionId};
use domain::register::{Field, Value};
use headquarters::headers::OFFICE_POLICY;
use jiff::civil::date;

use crate::house::House;
use crate::tablet::Tablet;

const FINDING: FindingId = FindingId([5; 16]);

/// An inspector who found something and pushed it.
async fn with_a_finding(house: &House) -> (Tablet<'_>, InspectionId) {
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(house, &code).await;
    tablet.tap(inspection, "print.pub.licence", Answer::Violation);
    let fields = [
        (Field::Quantity, Value::text("2 máy in")),
        (Field::ActOn, Value::Day(date(2026, 7, 1))),
        (Field::StatementState, StatementState::Given.value()),
        (Field::Statement, Value::text("Đã nộp hồ sơ, \"đang chờ\"")),
    ];
    let finding = (FINDING, "print.pub.licence", "=chưa có giấy phép");
    tablet.find(inspection, finding, &fields);
    tablet.push().await;
    (tablet, inspection)
}

/// The last cell of each row but the first is headquarters' clock.
fn without_accepted_at(sheet: &str) -> String {
    let cut = |(at, line): (usize, &str)| match line.rsplit_once(',') {
        Some((rest, accepted)) if at > 0 && accepted.ends_with("+07:00") => format!("{rest},…"),
        _ => line.to_owned(),
    };
    sheet.lines().enumerate().map(cut).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn findings_come_out_as_a_spreadsheet() {
    let house = House::start().await;
    let (_, inspection) = with_a_finding(&house).await;
    let clerk = house.clerk().await;
    let sheet = clerk.get(&format!("/office/inspections/{inspection}/findings.csv")).await;
    assert_eq!(sheet.header("content-type"), "text/csv; charset=utf-8");
    let text = sheet.text().strip_prefix('\u{feff}').expect("it begins with the mark");
    insta::assert_snapshot!(without_accepted_at(text), @r#"
    finding,item,provision,facts,quantity,statement,author,recorded_at,accepted_at
    05050505050505050505050505050505,print.pub.licence,khoản 1 Điều 31 Luật Xuất bản số 19/2012/QH13; Điều 32 Luật Xuất bản số 19/2012/QH13,=chưa có giấy phép,2 máy in,"Đã nộp hồ sơ, ""đang chờ""",Kiểm tra viên A,2026-07-02T08:30:02+07:00,…
    "#);
}

#[tokio::test]
async fn both_documents_show_the_finding_with_what_the_other_side_said() {
    let house = House::start().await;
    let (_, inspection) = with_a_finding(&house).await;
    let clerk = house.clerk().await;
    for which in ["inspection-minutes", "violation-record"] {
        let page = clerk.get(&format!("/office/inspections/{inspection}/{which}")).await;
        assert_eq!(page.status, StatusCode::OK, "{which}");
        let text = page.text();
        assert!(text.contains("=chưa có giấy phép"), "{which}: {text}");
        assert!(text.contains("Đã nộp hồ sơ"), "{which}: {text}");
    }
}

#[tokio::test]
async fn answers_come_out_as_a_spreadsheet() {
    let house = House::start().await;
    let (mut tablet, inspection) = with_a_finding(&house).await;
    tablet.tap(inspection, "print.pub.contract", Answer::Compliant);
    tablet.tap(inspection, "print.pub.contract", Answer::NotChecked);
    tablet.push().await;
    let clerk = house.clerk().await;
    let sheet = clerk.get(&format!("/office/inspections/{inspection}/answers.csv")).await;
    let text = sheet.text().strip_prefix('\u{feff}').expect("it begins with the mark");
    let mut rows = text.lines().collect::<Vec<_>>();
    rows[1..].sort_unstable();
    insta::assert_snapshot!(rows.join("\n"), @r"
    item,value,author,at,conflict
    print.pub.contract,compliant,Kiểm tra viên A,2026-07-02T08:30:07+07:00,true
    print.pub.contract,not_checked,Kiểm tra viên A,2026-07-02T08:30:08+07:00,true
    print.pub.licence,violation,Kiểm tra viên A,2026-07-02T08:30:01+07:00,false
    ");
}

#[tokio::test]
async fn a_withdrawn_finding_leaves_the_spreadsheet_and_stays_on_the_page() {
    let house = House::start().await;
    let (mut tablet, inspection) = with_a_finding(&house).await;
    let reason = "nhầm cơ sở".to_owned();
    tablet.record(inspection, Act::WithdrawFinding(WithdrawFinding { finding: FINDING, reason }));
    tablet.push().await;
    let clerk = house.clerk().await;
    let sheet = clerk.get(&format!("/office/inspections/{inspection}/findings.csv")).await;
    assert_eq!(sheet.text().lines().count(), 1);
    let page = clerk.get(&format!("/office/inspections/{inspection}")).await;
    assert!(page.text().contains("nhầm cơ sở"));
}

#[tokio::test]
async fn the_page_shows_the_finding_with_its_law_author_and_verification() {
    let house = House::start().await;
    let (_, inspection) = with_a_finding(&house).await;
    let clerk = house.clerk().await;
    let page = clerk.get(&format!("/office/inspections/{inspection}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "Cơ sở in Mẫu A",
        "Luật Xuất bản",
        "=chưa có giấy phép",
        "2 máy in",
        "Đã nộp hồ sơ, &quot;đang chờ&quot;",
        "Kiểm tra viên A",
        "01/QĐ-MẪU",
        "chuỗi liền mạch, chữ ký đúng",
    ] {
        assert!(page.text().contains(words), "`{words}` is missing:\n{}", page.text());
    }
    assert!(!page.text().contains("KHÔNG kiểm chứng được"));
}

#[tokio::test]
async fn a_changed_record_is_shown_as_not_verified() {
    let house = House::start().await;
    let (_, inspection) = with_a_finding(&house).await;
    let work = house.headquarters.store.write::<(), headquarters::store::StoreFault, _>(|tx| {
        Box::pin(async move {
            // The body of the last event, behind headquarters' back.
            let change = "update events set body = x'a20061610100'
                          where position = (select max(position) from events)";
            sqlx::query(change).execute(tx).await?;
            Ok(())
        })
    });
    work.await.unwrap();
    let page = house.clerk().await.get(&format!("/office/inspections/{inspection}")).await;
    assert!(page.text().contains("KHÔNG kiểm chứng được"));
}

#[tokio::test]
async fn held_events_are_shown_with_the_reason() {
    let house = House::start().await;
    let (_, inspection) = with_a_finding(&house).await;
    let (_, code) = house.invite("Người ngoài đoàn").await;
    let mut outsider = Tablet::enrolled(&house, &code).await;
    outsider.tap(inspection, "print.pub.licence", Answer::Compliant);
    outsider.push().await;
    let clerk = house.clerk().await;
    let page = clerk.get(&format!("/office/inspections/{inspection}?lang=en")).await;
    assert!(page.text().contains("its author was not on the team when it arrived"));
    let sheet = clerk.get(&format!("/office/inspections/{inspection}/answers.csv")).await;
    assert!(!sheet.text().contains("compliant,"), "what is held is no part of the answers");
}

#[tokio::test]
async fn the_list_counts_and_marks_what_has_no_decision() {
    let house = House::start().await;
    let (mut tablet, planned) = with_a_finding(&house).await;
    let opened = tablet.open().await;
    tablet.push().await;
    let page = house.clerk().await.get("/office/inspections").await;
    for id in [planned, opened] {
        assert!(page.text().contains(&format!("data-inspection=\"{id}\"")));
    }
    assert_eq!(page.text().matches("chưa có quyết định").count(), 1);
    assert!(
        page.text().contains("data-label=\"Trưởng đoàn\"><div>Kiểm tra viên A</div>"),
        "{}",
        page.text()
    );
}

#[tokio::test]
async fn a_team_without_tablets_is_shown_all_the_same() {
    let house = House::start().await;
    let (person, _) = house.invite("Kiểm tra viên B").await;
    house.plan(&[(person, Role::Lead)]).await;
    assert!(house.clerk().await.get("/office").await.text().contains("Kiểm tra viên B"));
}

#[tokio::test]
async fn the_office_opens_an_inspection_and_the_team_gets_it() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let clerk = house.clerk().await;
    let form = clerk.get("/office/inspections/new").await;
    assert!(form.text().contains("Cơ sở in xuất bản phẩm"));

    let filled = format!(
        "establishment=Nh%C3%A0+in+M%E1%BA%ABu&kind=printer_publications&address=&reason=x\
         &on=2026-07-02&decision=&decision_on=&role-{person}=lead"
    );
    let answer = clerk.post("/office/inspections/new", &filled).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = clerk.get(answer.header("location")).await;
    assert!(page.text().contains("Nhà in Mẫu"));
    assert_eq!(tablet.pull().await.pages[0].entries.len(), 3);
}

#[tokio::test]
async fn a_form_with_faults_names_them_all_and_keeps_what_was_written() {
    let house = House::start().await;
    let clerk = house.clerk().await;
    let before = house.digest().await;
    let filled = "establishment=&kind=castle&reason=l%C3%BD+do&on=2026-13-01&decision=5";
    let answer = clerk.post("/office/inspections/new?lang=en", filled).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for words in ["Write the name", "Choose the kind", "Choose the day", "both its number", "lead"]
    {
        assert!(answer.text().contains(words), "{words}");
    }
    assert!(answer.text().contains("lý do"));
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn without_a_session_every_page_leads_to_the_one_that_says_how_to_get_in() {
    let house = House::start().await;
    let (_, inspection) = with_a_finding(&house).await;
    for path in [
        "/office".to_owned(),
        "/office/seats".to_owned(),
        "/office/held".to_owned(),
        "/office/backup".to_owned(),
        "/office/inspections/new".to_owned(),
        format!("/office/inspections/{inspection}"),
        format!("/office/inspections/{inspection}/findings.csv"),
        format!("/office/inspections/{inspection}/answers.csv"),
        format!("/office/inspections/{inspection}/inspection-minutes"),
        format!("/office/inspections/{inspection}/violation-record"),
    ] {
        let answer = house.get(&path).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::SEE_OTHER, "/office/sign-in")
        );
    }
    let sign_in = house.get("/office/sign-in").await;
    assert!(sign_in.text().contains("<code>bienban serve</code>"));
}

#[tokio::test]
async fn leaving_ends_the_session() {
    let house = House::start().await;
    let clerk = house.clerk().await;
    assert_eq!(clerk.get("/office/seats").await.status, StatusCode::OK);
    assert_eq!(clerk.post("/office/leave", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.get("/office/seats").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn the_seats_page_shows_who_works_where() {
    let house = House::start().await;
    let (tablet, _) = with_a_finding(&house).await;
    let page = house.clerk().await.get("/office/seats?lang=en").await;
    assert!(page.text().contains(&format!("data-seat=\"{}\"", tablet.seat())));
    assert!(page.text().contains("tests 1"));
}

#[tokio::test]
async fn pages_that_are_none_say_so_and_every_page_is_protected() {
    let house = House::start().await;
    let clerk = house.clerk().await;
    for path in ["/office/inspections/xyz", &format!("/office/inspections/{}", "00".repeat(16))] {
        let answer = clerk.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    let clerk = clerk.with_cookie("bienban_theme=dark");
    for path in ["/office/inspections/xyz", "/office/nonsense", "/office/a/b"] {
        let answer = clerk.get(&format!("{path}?lang=en")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("content-security-policy"), OFFICE_POLICY, "{path}");
        for words in ["There is no such page", "Main navigation", "data-theme=\"dark\""] {
            assert!(answer.text().contains(words), "{path}: {words}: {}", answer.text());
        }
    }
    let stranger = house.get("/office/nonsense").await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert!(!stranger.text().contains("<nav"), "there is no menu for strangers");
    for path in ["/office", "/office/sign-in", "/office/office.css"] {
        let answer = clerk.get(path).await;
        assert_eq!(answer.header("content-security-policy"), OFFICE_POLICY);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    assert!(!OFFICE_POLICY.contains("wasm"));
}

#[tokio::test]
async fn no_page_carries_a_script_or_a_style_of_its_own() {
    let house = House::start().await;
    let (_, inspection) = with_a_finding(&house).await;
    let clerk = house.clerk().await;
    for path in [
        "/office",
        "/office/seats",
        "/office/held",
        "/office/backup",
        "/office/inspections/new",
        &format!("/office/inspections/{inspection}"),
    ] {
        let page = clerk.get(path).await;
        assert!(!page.text().contains("<script") && !page.text().contains("style="), "{path}");
    }
}

#[tokio::test]
async fn the_language_is_kept_and_leads_back_to_the_page() {
    let house = House::start().await;
    let request = axum::http::Request::get("/office/language?to=en")
        .header("referer", "http://127.0.0.1:8080/office/seats?lang=vi");
    let answer = house.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(answer.header("location"), "/office/seats");
    assert!(answer.header("set-cookie").starts_with("bienban_lang=en"));
}

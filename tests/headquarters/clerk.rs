//! The clerk's dashboard and lists: what they count is what the record says, the page and both
//! files have the same rows, and an address alone says which.

use std::io::Cursor;

use axum::http::StatusCode;
use calamine::{Data, Reader, Xlsx};
use domain::act::{Act, Role, WithdrawFinding};
use domain::answer::{Answer, StatementState};
use domain::ids::{FindingId, InspectionId};
use domain::register::{Field, Value};
use headquarters::access::Scope;
use headquarters::clock;
use headquarters::headers::OFFICE_POLICY;
use headquarters::identity;
use headquarters::office::overview::{self, Stage};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::house::{Clerk, House};
use crate::sheets::csv;
use crate::tablet::Tablet;

fn today() -> Date {
    clock::now().day().unwrap()
}

fn in_days(days: i64) -> Date {
    today().checked_add(days.days()).unwrap()
}

/// Three inspections: one with two findings and a conflict, one planned, one opened on the spot.
async fn office_day(house: &House) -> [InspectionId; 3] {
    let (lead, code) = house.invite("Kiểm tra viên A").await;
    let (member, other_code) = house.invite("Đặng Thị Mẫu").await;
    let busy = house.plan(&[(lead, Role::Lead), (member, Role::Member)]).await;
    let planned = house.plan(&[(member, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(house, &code).await;
    tablet.tap(busy, "print.pub.licence", Answer::Violation);
    let statement = [
        (Field::ActOn, Value::Day(date(2026, 7, 1))),
        (Field::StatementState, StatementState::Declined.value()),
    ];
    let overdue = [(Field::RemedyBy, Value::Day(in_days(-3)))];
    let soon = [(Field::Remedy, Value::text("nộp sổ")), (Field::RemedyBy, Value::Day(in_days(3)))];
    let first = (FindingId([1; 16]), "print.pub.licence", "thiếu giấy phép");
    tablet.find(busy, first, &[&statement[..], &overdue[..]].concat());
    let second = (FindingId([2; 16]), "print.pub.register", "sổ không ghi");
    tablet.find(busy, second, &soon);
    tablet.find(busy, (FindingId([3; 16]), "print.pub.register", "ghi nhầm"), &statement);
    let reason = "nhầm cơ sở".to_owned();
    let withdraw = WithdrawFinding { finding: FindingId([3; 16]), reason };
    tablet.record(busy, Act::WithdrawFinding(withdraw));
    tablet.push().await;
    let mut other = Tablet::enrolled(house, &other_code).await;
    other.tap(busy, "print.pub.licence", Answer::Compliant);
    other.push().await;
    let opened = tablet.open().await;
    tablet.push().await;
    [busy, planned, opened]
}

/// One column of a list's CSV.
async fn column(clerk: &Clerk<'_>, path: &str, name: &str) -> Vec<String> {
    let rows = csv(clerk, path).await;
    let at = rows[0].iter().position(|title| title == name).expect(name);
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

/// The ids of a page's rows, in order.
async fn shown(clerk: &Clerk<'_>, path: &str, attribute: &str) -> Vec<String> {
    let page = clerk.get(path).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text());
    let begins = format!("{attribute}=\"");
    let ids = page.text().split(&begins).skip(1);
    ids.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_dashboard_counts_what_the_fold_says() {
    let house = House::start().await;
    office_day(&house).await;
    let overview = overview::load(&house.headquarters, &Scope::Everything).await.unwrap();
    let stages = overview.digests.iter().map(|digest| digest.stage()).collect::<Vec<_>>();
    assert_eq!(stages, [Stage::UnderWay, Stage::Planned, Stage::Planned]);

    let page = house.clerk().await.get("/office?lang=en").await;
    let text = page.text();
    for words in [
        "1 remedy is overdue",
        "1 remedy is due within 7 days",
        "1 inspection with values in conflict",
        "1 inspection without a decision",
        "<a class=\"row\" href=\"/office/inspections?state=planned\">planned</a></td><td class=\"number\">2<",
        "<a class=\"row\" href=\"/office/remedies?state=overdue\">overdue</a></td><td class=\"number\">1<",
        "Printing house for publications</a></td><td class=\"number\">2<",
        "No provision yet</td><td class=\"number\">1<",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("held event waits") && !text.contains("not heard from"), "{text}");
    assert_eq!(text.matches("<figure class=\"chart\"").count(), 4);
    assert_eq!(text.matches("<svg aria-hidden=\"true\"").count(), 4, "it is heard once");
    assert_eq!(text.matches("<table class=\"figures\"").count(), 4, "each has a table beside it");
}

#[tokio::test]
async fn the_dashboard_says_that_a_backup_is_missing_and_what_to_do() {
    let house = House::start().await;
    office_day(&house).await;
    let clerk = house.clerk().await;
    let due = "href=\"/office/backup\">There is no backup yet; tell those who run headquarters";
    assert!(clerk.get("/office?lang=en").await.text().contains(due));
    assert!(clerk.get("/office/backup?lang=en").await.text().contains("There is no backup yet;"));
    house.backup().await;
    assert!(!clerk.get("/office?lang=en").await.text().contains("backup yet"));
}

#[tokio::test]
async fn revoking_a_tablet_is_no_news_of_its_inspections() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    tablet.tap(inspection, "print.pub.licence", Answer::Compliant);
    tablet.push().await;
    let news = async || {
        overview::load(&house.headquarters, &Scope::Everything).await.unwrap().digests[0].last_news
    };
    let before = news().await;
    let events = house.events(inspection).await.len();
    house.revoke(tablet.seat()).await;
    assert!(house.events(inspection).await.len() > events, "the stream says so all the same");
    assert_eq!(news().await, before);
    let (other, _) = house.invite("Kiểm tra viên B").await;
    house.assign(inspection, other, Role::Member).await;
    assert!(news().await >= before);
}

#[tokio::test]
async fn a_new_event_is_on_the_dashboard_at_once() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let clerk = house.clerk().await;
    assert!(clerk.get("/office").await.text().contains("đã lên kế hoạch"));
    let mut tablet = Tablet::enrolled(&house, &code).await;
    tablet.tap(inspection, "print.pub.licence", Answer::Compliant);
    tablet.push().await;
    let text = clerk.get("/office").await.text().to_owned();
    assert!(text.contains("đang kiểm tra") && !text.contains("đã lên kế hoạch"), "{text}");
}

#[tokio::test]
async fn a_tablet_that_is_silent_for_a_week_is_named() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let tablet = Tablet::enrolled(&house, &code).await;
    let seat = tablet.seat();
    let work =
        house.headquarters.store.write::<(), headquarters::store::StoreFault, _>(move |tx| {
            let then = clock::now().later_by_ms(-8 * 24 * 60 * 60 * 1000);
            Box::pin(async move { headquarters::store::people::touch(tx, seat, then).await })
        });
    work.await.unwrap();
    let page = house.clerk().await.get("/office?lang=en").await;
    assert!(page.text().contains("1 tablet not heard from for 7 days"));
    let card = format!("<tr role=\"row\" data-silent=\"{seat}\">");
    assert!(page.text().contains(&card), "a phone draws it as a card: {}", page.text());
}

#[tokio::test]
async fn inspections_are_filtered_by_state_person_and_need() {
    let house = House::start().await;
    let [busy, planned, opened] = office_day(&house).await.map(|id| id.to_string());
    let clerk = house.clerk().await;
    let all = column(&clerk, "/office/inspections.csv", "inspection").await;
    assert_eq!(all, [busy.clone(), planned.clone(), opened.clone()]);
    let cases = [
        ("state=planned", vec![planned.clone(), opened.clone()]),
        ("state=under_way", vec![busy.clone()]),
        ("needs=decision", vec![opened.clone()]),
        ("needs=conflict", vec![busy.clone()]),
        ("needs=held", vec![]),
        ("person=Ki%E1%BB%83m+tra+vi%C3%AAn+A", vec![busy.clone(), opened.clone()]),
        ("q=dang+thi+mau&state=planned", vec![planned.clone()]),
        ("q=DECISION", vec![]),
        ("from=2026-07-03", vec![]),
        ("from=2026-07-02&through=2026-07-02&kind=printer_publications", all.clone()),
        ("kind=publisher", vec![]),
        ("nonsense=1", all.clone()),
    ];
    for (query, expected) in cases {
        let path = format!("/office/inspections?{query}");
        assert_eq!(shown(&clerk, &path, "data-inspection").await, expected, "{query}");
        let path = format!("/office/inspections.csv?{query}");
        assert_eq!(column(&clerk, &path, "inspection").await, expected, "{query}");
    }
}

#[tokio::test]
async fn what_narrows_a_list_is_named_and_each_can_be_taken_off() {
    let house = House::start().await;
    office_day(&house).await;
    let clerk = house.clerk().await;
    let path = "/office/inspections?state=planned&from=2026-07-02&q=mau&lang=en";
    let page = clerk.get(path).await;
    assert!(page.text().contains("Filters (2)"), "{}", page.text());
    assert!(page.text().contains("State: planned"), "{}", page.text());
    let without = "/office/inspections?from=2026-07-02&amp;lang=en&amp;q=mau#results";
    assert!(page.text().contains(without), "{}", page.text());
    let faulty = clerk.get("/office/inspections?from=2026-13-01").await;
    assert!(faulty.text().contains("<details class=\"filters\" open>"), "{}", faulty.text());
}

#[tokio::test]
async fn what_is_under_way_stands_before_what_is_planned_and_the_last_is_cancelled() {
    let house = House::start().await;
    let [busy, planned, opened] = office_day(&house).await;
    let clerk = house.clerk().await;
    let cancel = format!("/office/inspections/{planned}/cancel");
    clerk.post(&cancel, "why_cancel=x").await;
    let order = shown(&clerk, "/office/inspections", "data-inspection").await;
    assert_eq!(order, [busy, opened, planned].map(|id| id.to_string()));
}

#[tokio::test]
async fn findings_are_found_without_diacritics_and_sorted_by_any_column() {
    let house = House::start().await;
    office_day(&house).await;
    let clerk = house.clerk().await;
    let id = |number: u8| FindingId([number; 16]).to_string();
    let found = async |query: &str| {
        let path = format!("/office/findings?{query}");
        let page = shown(&clerk, &path, "data-finding").await;
        let file = column(&clerk, &format!("/office/findings.csv?{query}"), "finding").await;
        assert_eq!(page, file, "{query}: the file has the rows of the page");
        page
    };
    assert_eq!(found("q=thieu+giay").await, [id(1)]);
    assert_eq!(found("q=NH%E1%BA%A6M+mau").await, [id(3)]);
    assert_eq!(found("state=withdrawn").await, [id(3)]);
    assert_eq!(found("state=complete").await, [id(1)]);
    assert_eq!(found("sort=facts").await, [id(3), id(2), id(1)]);
    assert_eq!(found("sort=facts&order=down").await, [id(1), id(2), id(3)]);
    let provision = "kho%E1%BA%A3n+1+%C4%90i%E1%BB%81u+31+Lu%E1%BA%ADt+Xu%E1%BA%A5t+b%E1%BA%A3n+s%E1%BB%91+19%2F2012%2FQH13";
    assert_eq!(found(&format!("provision={provision}")).await, [id(1)]);
    assert!(clerk.get("/office/findings?q=zzz&lang=en").await.text().contains("No row matches"));
}

#[tokio::test]
async fn what_is_too_long_for_a_cell_opens_in_place_and_what_is_short_does_not() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let long = "Không xuất trình được sổ theo dõi của cả ba tháng gần nhất khi được yêu cầu";
    let remedy = (Field::Remedy, Value::text("Nộp sổ"));
    for (number, facts) in [(1, long), (2, "Thiếu sổ")] {
        let finding = (FindingId([number; 16]), "print.pub.licence", facts);
        tablet.find(inspection, finding, std::slice::from_ref(&remedy));
    }
    tablet.push().await;
    let page = house.clerk().await.get("/office/remedies").await;
    let folded = |words: &str| {
        let cell = format!("<details class=\"more\"><summary><span class=\"three-lines\">{words}");
        page.text().contains(&cell)
    };
    assert!(folded(long) && !folded("Thiếu sổ"), "{}", page.text());
}

#[tokio::test]
async fn provisions_are_offered_under_their_document_and_those_written_by_hand_last() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let day = (Field::ActOn, Value::Day(date(2026, 7, 1)));
    let by_hand = (Field::Provision, Value::text("Điều 5 văn bản Mẫu"));
    let first = (FindingId([1; 16]), "print.pub.licence", "a");
    tablet.find(inspection, first, std::slice::from_ref(&day));
    let second = (FindingId([2; 16]), "print.pub.licence", "b");
    tablet.find(inspection, second, &[day, by_hand]);
    tablet.push().await;
    let page = house.clerk().await.get("/office/findings?lang=en").await;
    let select = page.text().split("name=\"provision\"").nth(1).unwrap();
    let select = select.split("</select>").next().unwrap();
    let place = |words: &str| select.find(words).unwrap_or_else(|| panic!("{words}: {select}"));
    let law = place("<optgroup label=\"Publishing Law");
    let (clause, article) = (place("Article 31, clause 1"), place(">Article 32"));
    let hand = place("<optgroup label=\"Written by hand\"");
    assert!(law < clause && clause < article && article < hand, "{select}");
    assert!(hand < place("Điều 5 văn bản Mẫu"), "{select}");
}

#[tokio::test]
async fn remedies_stand_in_the_order_of_how_pressing_they_are() {
    let house = House::start().await;
    office_day(&house).await;
    let clerk = house.clerk().await;
    let rows = csv(&clerk, "/office/remedies.csv").await;
    let id = |number: u8| FindingId([number; 16]).to_string();
    let finding = rows[0].iter().position(|title| title == "finding").unwrap();
    let state = rows[0].iter().position(|title| title == "state").unwrap();
    let rows = rows[1..].iter().map(|row| (row[finding].clone(), row[state].clone()));
    let expected = [(id(1), "overdue".to_owned()), (id(2), "due".to_owned())];
    assert_eq!(rows.collect::<Vec<_>>(), expected, "a withdrawn finding asks for none");
    for (query, expected) in [
        ("state=open", vec![id(1), id(2)]),
        ("state=soon", vec![id(2)]),
        ("state=done", vec![]),
        (&format!("through={}", in_days(0)), vec![id(1)]),
    ] {
        let path = format!("/office/remedies?{query}");
        assert_eq!(shown(&clerk, &path, "data-finding").await, expected, "{query}");
    }
}

#[tokio::test]
async fn a_list_is_paged_and_its_files_have_every_row() {
    let house = House::start().await;
    let (person, _) = house.invite("Kiểm tra viên A").await;
    for _ in 0..51 {
        house.plan(&[(person, Role::Lead)]).await;
    }
    let clerk = house.clerk().await;
    let first = shown(&clerk, "/office/inspections", "data-inspection").await;
    let second = shown(&clerk, "/office/inspections?page=2", "data-inspection").await;
    let beyond = shown(&clerk, "/office/inspections?page=9", "data-inspection").await;
    assert_eq!((first.len(), second.len()), (50, 1));
    assert_eq!(beyond, second);
    assert!(!first.contains(&second[0]));
    assert_eq!(csv(&clerk, "/office/inspections.csv?page=2").await.len(), 52);
    let plain = clerk.get("/office/inspections").await;
    assert!(plain.text().contains("1–50 trên 51"), "{}", plain.text());
    let page = clerk.get("/office/inspections?q=mau&sort=establishment&lang=en").await;
    assert!(page.text().contains("Page 1 of 2"));
    assert!(page.text().contains("page=2&amp;q=mau&amp;sort=establishment"), "{}", page.text());
}

#[tokio::test]
async fn spreadsheets_open_and_have_the_rows_of_the_page_as_days_and_words() {
    let house = House::start().await;
    office_day(&house).await;
    let clerk = house.clerk().await;
    for (path, rows) in [
        ("/office/inspections.xlsx?state=planned", 2),
        ("/office/findings.xlsx?q=thieu", 1),
        ("/office/remedies.xlsx", 2),
    ] {
        let answer = clerk.get(path).await;
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        assert_eq!(answer.header("content-type"), kind, "{path}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.to_vec())).unwrap();
        let name = book.sheet_names()[0].clone();
        let sheet = book.worksheet_range(&name).unwrap();
        assert_eq!(sheet.rows().count(), 1 + rows, "{path}: {sheet:?}");
    }
    let answer = clerk.get("/office/remedies.xlsx?state=overdue&lang=en").await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(answer.body.to_vec())).unwrap();
    let sheet = book.worksheet_range("Remedies").unwrap();
    let rows = sheet.rows().collect::<Vec<_>>();
    let at = |title: &str| {
        rows[0].iter().position(|cell| *cell == Data::String(title.to_owned())).expect(title)
    };
    assert_eq!(rows[1][at("Remedy state")], Data::String("overdue".to_owned()));
    assert!(matches!(rows[1][at("Deadline")], Data::DateTime(_)), "{:?}", rows[1]);
}

#[tokio::test]
async fn every_page_of_the_clerk_is_protected_and_needs_neither_script_nor_style_of_its_own() {
    let house = House::start().await;
    let [inspection, ..] = office_day(&house).await;
    let clerk = house.clerk().await;
    let finding = FindingId([1; 16]);
    for path in [
        "/office".to_owned(),
        "/office/inspections".to_owned(),
        "/office/findings".to_owned(),
        "/office/remedies".to_owned(),
        "/office/inspections/new".to_owned(),
        "/office/style".to_owned(),
        format!("/office/inspections/{inspection}/timeline"),
        format!("/office/inspections/{inspection}/plan"),
        format!("/office/inspections/{inspection}/remedies/{finding}"),
    ] {
        for lang in ["vi", "en"] {
            let page = clerk.get(&format!("{path}?lang={lang}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_eq!(page.header("content-security-policy"), OFFICE_POLICY);
            let text = page.text();
            assert!(!text.contains("<script") && !text.contains("style="), "{path}");
        }
        let stranger = house.get(&path).await;
        assert_eq!(stranger.header("location"), "/office/sign-in", "{path}");
    }
    for path in ["/office/inspections.csv", "/office/findings.xlsx", "/office/remedies.csv"] {
        assert_eq!(house.get(path).await.header("location"), "/office/sign-in", "{path}");
    }
}

#[tokio::test]
async fn every_page_about_people_and_keys_needs_neither_script_nor_style_of_its_own() {
    let house = House::start().await;
    let (_, clerk) = house.clerk_as(&identity::Role::ALL, None).await;
    for path in [
        "/office/people",
        "/office/units",
        "/office/invitations",
        "/office/seats",
        "/office/held",
        "/office/audit",
        "/office/retention",
        "/office/backup",
        "/office/account",
    ] {
        for lang in ["vi", "en"] {
            let page = clerk.get(&format!("{path}?lang={lang}")).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_eq!(page.header("content-security-policy"), OFFICE_POLICY);
            let text = page.text();
            assert!(!text.contains("<script") && !text.contains("style="), "{path}");
        }
    }
}

#[tokio::test]
async fn the_theme_is_kept_and_leads_back_to_the_filtered_list() {
    let house = House::start().await;
    let request = axum::http::Request::get("/office/theme?to=dark")
        .header("referer", "http://127.0.0.1:8080/office/findings?q=so&lang=en");
    let answer = house.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(answer.header("location"), "/office/findings?q=so");
    assert!(answer.header("set-cookie").starts_with("bienban_theme=dark"));
    let clerk = house.clerk().await.with_cookie("bienban_theme=contrast");
    let page = clerk.get("/office").await;
    let (switch, content) = (page.text().find("/office/theme?to=dark"), page.text().find("<main"));
    assert!(switch < content && switch.is_some(), "the themes are at the head of the page");
    assert!(!page.text().contains("/office/style\""), "the parts are for those who draw them");
    assert!(
        clerk
            .get("/office/style")
            .await
            .text()
            .contains("<html lang=\"vi\" data-theme=\"contrast\">")
    );
    let clerk = house.clerk().await.with_cookie("bienban_theme=%22%3E");
    assert!(clerk.get("/office").await.text().contains("data-theme=\"system\""));
}

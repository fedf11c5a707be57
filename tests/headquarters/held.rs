//! Held events: a person in the office decides, and everyone follows.

use axum::http::StatusCode;
use domain::act::Role;
use domain::answer::Answer;
use domain::ids::{EventId, InspectionId};
use domain::register::{Address, Field};
use proof::hash::id_of;

use crate::house::{Clerk, House};
use crate::tablet::Tablet;

const HELD: &str = "/office/held";

/// An inspector on the team, and someone who is not and pushed three answers all the same.
async fn with_an_outsider(house: &House) -> (Tablet<'_>, Tablet<'_>, InspectionId) {
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let insider = Tablet::enrolled(house, &code).await;
    let (_, code) = house.invite("Người ngoài đoàn").await;
    let mut outsider = Tablet::enrolled(house, &code).await;
    for item in ["a", "b", "c"] {
        outsider.tap(inspection, item, Answer::Violation);
    }
    outsider.push().await;
    (insider, outsider, inspection)
}

fn id(tablet: &mut Tablet<'_>, inspection: InspectionId, seq: usize) -> EventId {
    id_of(&tablet.chain(inspection).events[seq])
}

fn one(inspection: InspectionId, event: EventId, button: &str) -> String {
    format!("inspection={inspection}&event={event}&reason=%C4%91%E1%BB%A7&{button}=1")
}

/// The held events that the page lists, in its order.
async fn listed(clerk: &Clerk<'_>) -> Vec<String> {
    let page = clerk.get(HELD).await;
    let marks = page.text().split("data-held=\"").skip(1);
    marks.map(|rest| rest.split('"').next().unwrap_or("").to_owned()).collect()
}

async fn answers(clerk: &Clerk<'_>, inspection: InspectionId) -> Vec<String> {
    let sheet = clerk.get(&format!("/office/inspections/{inspection}/answers.csv")).await;
    let rows = sheet.text().lines().skip(1).map(|row| row.split(',').take(2).collect::<Vec<_>>());
    rows.map(|row| row.join("=")).collect()
}

/// Whether a value stands at an item, as a replica folds it from what it pulled.
async fn stands(house: &House, inspection: InspectionId, item: &str) -> bool {
    let state = house.state(inspection).await;
    let register = state.register(&Address::item(item, Field::Answer));
    register.is_some_and(|register| register.value().is_some())
}

#[tokio::test]
async fn every_held_event_is_listed_with_who_what_and_why() {
    let house = House::start().await;
    let (_, mut outsider, inspection) = with_an_outsider(&house).await;
    let clerk = house.clerk().await;
    let page = clerk.get("/office/held?lang=en").await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "Held (4)",
        "Cơ sở in Mẫu A",
        "Journal of Người ngoài đoàn",
        "Opens the journal",
        "c · Possible violation",
        "its author was not on the team when it arrived",
    ] {
        assert!(page.text().contains(words), "`{words}` is missing:\n{}", page.text());
    }
    let all = (0..4).map(|seq| id(&mut outsider, inspection, seq).to_string());
    assert_eq!(listed(&clerk).await, all.collect::<Vec<_>>());
    assert_eq!(page.text().matches("name=\"admit\"").count(), 4);
    assert_eq!(page.text().matches("name=\"set_aside\"").count(), 4);
    assert!(!page.text().contains("<script"));
}

#[tokio::test]
async fn an_admitted_event_counts_and_leaves_the_list() {
    let house = House::start().await;
    let (mut insider, mut outsider, inspection) = with_an_outsider(&house).await;
    insider.pull_all().await;
    let clerk = house.clerk().await;
    assert!(answers(&clerk, inspection).await.is_empty());

    let b = id(&mut outsider, inspection, 2);
    let answer = clerk.post(HELD, &one(inspection, b, "admit")).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (StatusCode::SEE_OTHER, "/office/held?admitted=1")
    );
    assert!(!listed(&clerk).await.contains(&b.to_string()));
    assert_eq!(answers(&clerk, inspection).await, ["b=violation"]);
    assert!(stands(&house, inspection, "b").await && !stands(&house, inspection, "a").await);

    let news = insider.pull().await;
    let entry = news.pages[0].entries.last().unwrap();
    let body = domain::act::Body::from_bytes(entry.event.body.as_deref().unwrap()).unwrap();
    assert_eq!(body.act.name(), "custody/admit");
    assert!(body.by.is_some(), "the clerk stands in it");
    let page = clerk.get(&format!("/office/inspections/{inspection}?lang=en")).await;
    assert!(page.text().contains(&format!("data-decided=\"{b}\"")), "{}", page.text());
    assert!(page.text().contains("Cán bộ Mẫu") && page.text().contains("đủ"));
}

#[tokio::test]
async fn what_is_set_aside_leaves_the_list_and_may_be_admitted_after_all() {
    let house = House::start().await;
    let (_, mut outsider, inspection) = with_an_outsider(&house).await;
    let clerk = house.clerk().await;
    let a = id(&mut outsider, inspection, 1);
    let answer = clerk.post(HELD, &one(inspection, a, "set_aside")).await;
    assert_eq!(answer.header("location"), "/office/held?set_aside=1");
    assert!(!listed(&clerk).await.contains(&a.to_string()));
    assert!(answers(&clerk, inspection).await.is_empty());

    let page = clerk.get(&format!("/office/inspections/{inspection}")).await;
    assert!(page.text().contains("Nhận sự kiện đã gác lại"));
    let answer = clerk.post(HELD, &one(inspection, a, "admit")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answers(&clerk, inspection).await, ["a=violation"]);
}

#[tokio::test]
async fn what_was_admitted_is_never_set_aside() {
    let house = House::start().await;
    let (_, mut outsider, inspection) = with_an_outsider(&house).await;
    let clerk = house.clerk().await;
    let a = id(&mut outsider, inspection, 1);
    clerk.post(HELD, &one(inspection, a, "admit")).await;
    let before = house.digest().await;
    for button in ["set_aside", "admit"] {
        let answer = clerk.post("/office/held?lang=en", &one(inspection, a, button)).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.text().contains("does not wait any longer"), "{}", answer.text());
    }
    assert_eq!(house.digest().await, before);
    assert_eq!(answers(&clerk, inspection).await, ["a=violation"]);
}

#[tokio::test]
async fn a_decision_that_cannot_be_taken_says_why_and_changes_nothing() {
    let house = House::start().await;
    let (mut insider, mut outsider, inspection) = with_an_outsider(&house).await;
    insider.tap(inspection, "d", Answer::Compliant);
    insider.push().await;
    let clerk = house.clerk().await;
    let (held, counts) = (id(&mut outsider, inspection, 1), id(&mut insider, inspection, 1));
    let long = "a".repeat(501);
    let before = house.digest().await;
    for (form, status, words) in [
        (format!("inspection={inspection}&event={held}&reason=+&admit=1"), 422, "Write the reason"),
        (format!("inspection={inspection}&event={held}&reason={long}&admit=1"), 422, "at most 500"),
        (format!("inspection={inspection}&event={held}&reason=x"), 422, "Choose to admit"),
        (format!("inspection={inspection}&reason=x&admit=1"), 422, "Tick at least one"),
        (format!("inspection={inspection}&event=zz&reason=x&admit=1"), 422, "Tick at least one"),
        (one(inspection, counts, "set_aside"), 409, "does not wait any longer"),
        (one(InspectionId([9; 16]), held, "admit"), 409, "does not wait any longer"),
    ] {
        let answer = clerk.post("/office/held?lang=en", &form).await;
        assert_eq!(answer.status.as_u16(), status, "{form}");
        assert!(answer.text().contains(words), "`{words}` is missing for {form}");
    }
    assert_eq!(house.digest().await, before);
    assert_eq!(listed(&clerk).await.len(), 4);
}

#[tokio::test]
async fn a_journal_is_decided_at_once() {
    let house = House::start().await;
    let (_, mut outsider, inspection) = with_an_outsider(&house).await;
    let clerk = house.clerk().await;
    let journal = outsider.chain(inspection).journal.journal;
    let ticked = (0..3).map(|seq| format!("&event={}", id(&mut outsider, inspection, seq)));
    let ticked = ticked.collect::<String>();
    let form = format!("inspection={inspection}&journal={journal}&reason_for_ticked=x{ticked}");
    let without = clerk.post(HELD, &form.replace("=x&", "=&")).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = clerk.post(HELD, &format!("{form}&admit_ticked=1")).await;
    assert_eq!(answer.header("location"), "/office/held?admitted=3");
    let left = id(&mut outsider, inspection, 3).to_string();
    assert_eq!(listed(&clerk).await, [left]);
    assert_eq!(answers(&clerk, inspection).await, ["a=violation", "b=violation"]);
}

#[tokio::test]
async fn nothing_is_ticked_until_someone_ticks_all() {
    let house = House::start().await;
    let (_, mut outsider, inspection) = with_an_outsider(&house).await;
    let clerk = house.clerk().await;
    let ticked = |text: &str| text.matches(" checked").count();
    assert_eq!(ticked(clerk.get(HELD).await.text()), 0);
    let journal = outsider.chain(inspection).journal.journal;
    let form = format!("inspection={inspection}&journal={journal}&reason_for_ticked=x");
    let before = house.digest().await;
    let all = clerk.post(HELD, &format!("{form}&all=1")).await;
    assert_eq!(all.status, StatusCode::OK);
    assert_eq!(ticked(all.text()), 4);
    assert!(
        all.text().contains("name=\"reason_for_ticked\" required maxlength=\"500\" value=\"x\"")
    );
    let none = clerk.post(HELD, &format!("{form}&all=&none=1")).await;
    assert_eq!(ticked(none.text()), 0);
    let event = id(&mut outsider, inspection, 1);
    let kept = clerk.post(HELD, &format!("{form}&event={event}")).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ticked(kept.text()), 1, "a fault unticks nothing");
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn the_whole_of_a_long_journal_is_decided_with_what_the_page_does_not_show() {
    let house = House::start().await;
    let (_, mut outsider, inspection) = with_an_outsider(&house).await;
    for number in 0..2000 {
        outsider.tap(inspection, &format!("n{number}"), Answer::Compliant);
        if number % 400 == 399 {
            outsider.push().await;
        }
    }
    let clerk = house.clerk().await;
    let shown = listed(&clerk).await;
    assert_eq!(shown.len(), 200);
    let ticked = shown.iter().map(|event| format!("&event={event}")).collect::<String>();
    let journal = outsider.chain(inspection).journal.journal;
    let form = format!(
        "inspection={inspection}&journal={journal}&rest=1&reason_for_ticked=x{ticked}&admit_ticked=1"
    );
    let answer = clerk.post(HELD, &form).await;
    assert_eq!(answer.header("location"), "/office/held?admitted=2004");
    assert!(listed(&clerk).await.is_empty());
    assert_eq!(answers(&clerk, inspection).await.len(), 2003);
}

#[tokio::test]
async fn a_form_from_another_place_decides_nothing() {
    let house = House::start().await;
    let (_, mut outsider, inspection) = with_an_outsider(&house).await;
    let clerk = house.clerk().await;
    let a = id(&mut outsider, inspection, 1);
    let before = house.digest().await;
    for (path, form) in [
        (HELD.to_owned(), one(inspection, a, "admit")),
        ("/office/seats".to_owned(), format!("seat={}&reason=x", outsider.seat())),
        (format!("/office/inspections/{inspection}/team"), String::new()),
    ] {
        let answer = clerk.post_from("https://example.org", &path, &form).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn both_branches_of_a_fork_are_admitted_one_by_one() {
    let house = House::start().await;
    let (mut insider, _, inspection) = with_an_outsider(&house).await;
    insider.tap(inspection, "x", Answer::Compliant);
    let keys = insider.keys.clone();
    let mut other = insider.chain(inspection).cut(2);
    insider.tap(inspection, "y", Answer::Compliant);
    insider.push().await;
    for item in ["v", "w"] {
        other.append(domain::act::Act::Set(domain::register::Write {
            address: Address::item(item, Field::Answer),
            value: Answer::Violation.value(),
            over: Vec::new(),
        }));
    }
    insider.push_parts(vec![other.part(&keys, 2)]).await;
    insider.tap(inspection, "z", Answer::Compliant);
    insider.push().await;
    assert!(!stands(&house, inspection, "z").await, "a forked journal is held from then on");

    let clerk = house.clerk().await;
    for (event, item) in [(id_of(&other.events[3]), "w"), (id(&mut insider, inspection, 3), "z")] {
        assert!(!stands(&house, inspection, item).await);
        let answer = clerk.post(HELD, &one(inspection, event, "admit")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
        assert!(stands(&house, inspection, item).await);
    }
    assert!(!stands(&house, inspection, "v").await, "its neighbour still waits");
    let page = clerk.get(&format!("/office/inspections/{inspection}")).await;
    assert!(!page.text().contains("KHÔNG kiểm chứng được"));
}

#[tokio::test]
async fn an_unknown_seat_is_listed_by_its_id() {
    let house = House::start().await;
    let (insider, _, inspection) = with_an_outsider(&house).await;
    let mut stranger = Tablet::new(&house);
    stranger.tap(inspection, "s", Answer::Compliant);
    insider.push_parts(vec![stranger.part(inspection, 0)]).await;
    let page = house.clerk().await.get("/office/held?lang=en").await;
    assert!(page.text().contains(&format!("unknown seat {}", stranger.seat())));
    assert!(page.text().contains("headquarters does not know its seat"));
}

//! Who may do what: the table made from the router, and every cell of it played with real requests.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, ORIGIN};
use axum::http::{Method, Request, StatusCode};
use domain::act::Role as OnTeam;
use domain::answer::Answer as Choice;
use domain::ids::{FindingId, InspectionId};
use headquarters::access::{Decision, Object, Route, Rule, Who, decide, markdown};
use headquarters::api::router::routes;
use headquarters::clock;
use headquarters::identity::{Role, Roles, Standing};

use crate::audit::acts;
use crate::house::{Answer, House};
use crate::sheets::csv;
use crate::tablet::Tablet;

/// Everything that anyone may ask for.
const PUBLIC: [&str; 15] = [
    "GET /api/v1/openapi.json",
    "GET /api/v1/orders/{seat}",
    "POST /api/v1/enrol",
    "POST /api/v1/vaults",
    "GET /office/enter",
    "GET /office/sign-in",
    "POST /office/leave",
    "POST /office/enter",
    "POST /office/sign-in",
    "GET /office/language",
    "GET /office/theme",
    "GET /office/office.css",
    "GET /api/{*rest}",
    "POST /api/{*rest}",
    "GET /office/{*rest}",
];

fn name(route: &Route) -> String {
    format!("{} {}", route.method, route.path)
}

#[test]
fn what_is_public_is_listed_by_name() {
    let public = routes().into_iter().filter(|route| route.rule == Rule::Public);
    let public = public.map(|route| name(&route)).collect::<BTreeSet<_>>();
    assert_eq!(public, PUBLIC.map(str::to_owned).into());
}

#[test]
fn the_table_of_roles_and_routes_is_the_one_that_was_reviewed() {
    let table = markdown(&routes());
    insta::assert_snapshot!(table);
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ACCESS.md");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains(&table), "docs/ACCESS.md has another table; put this there:\n{table}");
}

/// Who asks, in a column of the table.
struct Asker {
    name: &'static str,
    who: Who,
    roles: Vec<Role>,
}

fn askers() -> Vec<Asker> {
    let person = |name, roles: Vec<Role>| {
        let standing = Standing { roles: Roles::of(roles.iter().copied()), unit: None };
        Asker { name, who: Who::Person(standing), roles }
    };
    let mut all = vec![
        Asker { name: "nobody", who: Who::Nobody, roles: Vec::new() },
        Asker { name: "seat", who: Who::Seat, roles: Vec::new() },
        person("left", Vec::new()),
        person("inspector and administrator", vec![Role::Inspector, Role::Administrator]),
        person("lead and auditor", vec![Role::Lead, Role::Auditor]),
    ];
    all.extend(Role::ALL.map(|role| person(role.word(), vec![role])));
    all
}

/// The address of a route, with an inspection in it that nobody is forbidden by its team or unit.
fn address(route: &Route, inspection: InspectionId) -> String {
    let (id, finding) = (inspection.to_string(), FindingId([5; 16]).to_string());
    let content = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let path = route.path.replace("{*rest}", "nothing").replace("{sha256}", content);
    path.replace("{id}", &id).replace("{finding}", &finding)
}

/// Whether the layer let a request through, from what a browser or a tablet sees.
fn told(answer: &Answer) -> Decision {
    let to_sign_in = answer.header("location") == "/office/sign-in";
    match answer.status {
        StatusCode::UNAUTHORIZED => Decision::SignIn,
        StatusCode::SEE_OTHER if to_sign_in => Decision::SignIn,
        StatusCode::FORBIDDEN => Decision::Forbidden,
        _ => Decision::Allowed,
    }
}

#[tokio::test]
async fn every_cell_of_the_table_is_what_a_request_meets() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let tablet = Tablet::enrolled(&house, &code).await;
    // No inspection has this id, so that only the role decides.
    let inspection = InspectionId([4; 16]);
    let mut cells = 0;
    for asker in askers() {
        for route in routes() {
            let path = address(&route, inspection);
            let answer = match (route.rule, asker.who) {
                (Rule::Operator, _) => continue,
                (_, Who::Seat) => {
                    let method: Method = route.method.parse().unwrap();
                    tablet.send(method, &path, media(&route), Vec::new(), clock::now()).await
                }
                (_, Who::Nobody) => ask(&house, &route, &path, "").await,
                (_, Who::Person(_) | Who::Operator) => {
                    // A new session for each cell: one of them is signing out.
                    let (_, clerk) = house.clerk_as(&asker.roles, None).await;
                    ask(&house, &route, &path, &clerk.into_cookie()).await
                }
            };
            let expected = decide(route.rule, asker.who, &Object::Any(Vec::new()));
            let cell = format!("{} by {}: {}", name(&route), asker.name, answer.status);
            assert_eq!(told(&answer), expected, "{cell}");
            if expected == Decision::SignIn {
                let is_api = route.path.starts_with("/api/");
                let status = if is_api { StatusCode::UNAUTHORIZED } else { StatusCode::SEE_OTHER };
                assert_eq!(answer.status, status, "{cell}");
            }
            cells += 1;
        }
    }
    let asked = routes().iter().filter(|route| route.rule != Rule::Operator).count();
    assert_eq!(cells, asked * askers().len());
}

fn media(route: &Route) -> &'static str {
    match route.path {
        "/api/v1/push" => "application/cbor",
        "/api/v1/bundle" => sync::message::bundle::MEDIA_TYPE,
        path if path.starts_with("/api/") => "application/json",
        _ => "application/x-www-form-urlencoded",
    }
}

async fn ask(house: &House, route: &Route, path: &str, cookie: &str) -> Answer {
    let method: Method = route.method.parse().unwrap();
    let request = Request::builder().method(method).uri(path).header(COOKIE, cookie);
    let request = request.header(CONTENT_TYPE, media(route));
    house.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn those_who_run_it_come_in_by_their_own_address_only() {
    let house = House::start().await;
    for route in routes().iter().filter(|route| route.rule == Rule::Operator) {
        assert_eq!(house.ops(route.path).await.status, StatusCode::OK, "{}", route.path);
        let from_outside = house.get(route.path).await;
        assert!(from_outside.text().contains("<html"), "it is the tablet app: {}", route.path);
    }
}

#[tokio::test]
async fn who_is_forbidden_is_told_with_the_own_menu_and_nothing_of_the_page() {
    let house = House::start().await;
    let (_, clerk) = house.clerk_as(&[Role::Administrator], None).await;
    let answer = clerk.get("/office/findings?lang=en").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let text = answer.text();
    assert!(text.contains("You have no right to this page"), "{text}");
    assert!(text.contains("href=\"/office/seats\"") && !text.contains("href=\"/office/findings\""));
    let overview = clerk.get("/office?lang=en").await;
    assert!(!overview.text().contains("<figure"), "no count of findings for an administrator");
}

/// Three inspections: of one unit, of another and shared with it, and of the other alone.
async fn two_units(house: &House) -> ([InspectionId; 3], [headquarters::identity::UnitId; 2]) {
    let (person, _) = house.invite("Kiểm tra viên A").await;
    let units = [house.unit("Phòng Mẫu A").await, house.unit("Phòng Mẫu B").await];
    let mut inspections = Vec::new();
    for _ in 0..3 {
        inspections.push(house.plan(&[(person, OnTeam::Lead)]).await);
    }
    house.place(inspections[0], units[0], false).await;
    house.place(inspections[1], units[1], false).await;
    house.place(inspections[1], units[0], true).await;
    house.place(inspections[2], units[1], false).await;
    (inspections.try_into().unwrap(), units)
}

#[tokio::test]
async fn an_office_sees_its_unit_and_what_is_shared_with_it_and_changes_only_its_own() {
    let house = House::start().await;
    let ([own, shared, foreign], [unit, _]) = two_units(&house).await;
    let (_, clerk) = house.clerk_as(&[Role::Office], Some(unit)).await;
    let rows = csv(&clerk, "/office/inspections.csv").await;
    let at = rows[0].iter().position(|title| title == "inspection").unwrap();
    let listed = rows[1..].iter().map(|row| row[at].clone()).collect::<BTreeSet<_>>();
    assert_eq!(listed, [own.to_string(), shared.to_string()].into());
    for (inspection, reads, plans) in [
        (own, StatusCode::OK, StatusCode::OK),
        (shared, StatusCode::OK, StatusCode::FORBIDDEN),
        (foreign, StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
    ] {
        let page = format!("/office/inspections/{inspection}");
        let answer = clerk.get(&page).await;
        assert_eq!(answer.status, reads);
        let offers = answer.text().contains(&format!("{page}/team"));
        assert_eq!(offers, plans == StatusCode::OK, "what may not be done is not offered");
        for part in ["timeline", "findings.csv", "answers.xlsx", "inspection-minutes"] {
            assert_eq!(clerk.get(&format!("{page}/{part}")).await.status, reads, "{part}");
        }
        assert_eq!(clerk.get(&format!("{page}/plan")).await.status, plans);
        let cancelled = clerk.post(&format!("{page}/cancel"), "why_cancel=x").await.status;
        let expected = if plans == StatusCode::OK { StatusCode::SEE_OTHER } else { plans };
        assert_eq!(cancelled, expected);
    }
    let (_, all) = house.clerk_as(&[Role::Office], None).await;
    assert_eq!(csv(&all, "/office/inspections.csv").await.len(), 4, "without a unit one sees all");
}

#[tokio::test]
async fn an_inspector_reads_the_inspections_of_the_own_team_and_no_others() {
    let house = House::start().await;
    let (person, clerk) = house.clerk_as(&[Role::Inspector], None).await;
    let (other, _) = house.invite("Kiểm tra viên B").await;
    let own = house.plan(&[(other, OnTeam::Lead), (person, OnTeam::Member)]).await;
    let foreign = house.plan(&[(other, OnTeam::Lead)]).await;
    let page = |id: InspectionId| format!("/office/inspections/{id}");
    assert_eq!(clerk.get(&page(own)).await.status, StatusCode::OK);
    assert_eq!(clerk.get(&page(foreign)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(csv(&clerk, "/office/inspections.csv").await.len(), 2);
    // An id whose letters are written as `%XX`, or large, is the same id.
    let hidden = foreign.to_string();
    let encoded = format!("%{:x}{}", hidden.as_bytes()[0], &hidden[1..]);
    for id in [encoded, hidden.to_uppercase()] {
        for part in ["", "/timeline", "/findings.csv"] {
            let status = clerk.get(&format!("/office/inspections/{id}{part}")).await.status;
            assert!([StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status), "{id}{part}");
        }
    }
    house.assign(own, person, OnTeam::None).await;
    assert_eq!(clerk.get(&page(own)).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_lead_judges_the_held_events_of_the_inspections_led_and_sees_no_others() {
    let house = House::start().await;
    let (lead, clerk) = house.clerk_as(&[Role::Lead], None).await;
    let (other, code) = house.invite("Kiểm tra viên B").await;
    let led = house.plan(&[(lead, OnTeam::Lead)]).await;
    let foreign = house.plan(&[(other, OnTeam::Lead), (lead, OnTeam::Member)]).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let (_, stranger_code) = house.invite("Kiểm tra viên C").await;
    let mut stranger = Tablet::enrolled(&house, &stranger_code).await;
    tablet.tap(led, "a", Choice::Compliant);
    tablet.push().await;
    stranger.tap(foreign, "a", Choice::Compliant);
    stranger.push().await;
    let rows = csv(&clerk, "/office/held.csv").await;
    let (inspection, event) = (
        rows[0].iter().position(|title| title == "inspection").unwrap(),
        rows[0].iter().position(|title| title == "event").unwrap(),
    );
    assert!(rows.len() > 1 && rows[1..].iter().all(|row| row[inspection] == led.to_string()));
    let form = |inspection: InspectionId, event: &str| {
        format!("inspection={inspection}&event={event}&reason=x&admit=1")
    };
    let judged = clerk.post("/office/held", &form(led, &rows[1][event])).await;
    assert_eq!(judged.status, StatusCode::SEE_OTHER, "{}", judged.text());
    let refused = clerk.post("/office/held", &form(foreign, &rows[1][event])).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    // The first of several counts, for the layer as for the handler.
    let both = format!("inspection={foreign}&{}", form(led, &rows[1][event]));
    assert_eq!(clerk.post("/office/held", &both).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn who_reads_findings_is_noted_once_and_who_is_refused_is_not() {
    let house = House::start().await;
    let (person, _) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, OnTeam::Lead)]).await;
    let (_, clerk) = house.clerk_as(&[Role::Office], None).await;
    let before = acts(&house).await.len();
    let page = format!("/office/inspections/{inspection}");
    for path in [page.clone(), page.clone(), format!("{page}/findings.csv")] {
        assert_eq!(clerk.get(&path).await.status, StatusCode::OK);
    }
    let (_, administrator) = house.clerk_as(&[Role::Administrator], None).await;
    administrator.get(&page).await;
    clerk.get("/office/inspections/x").await;
    let noted = acts(&house).await.split_off(before);
    assert_eq!(noted.iter().filter(|act| *act == "findings-read").count(), 2, "{noted:?}");
}

#[tokio::test]
async fn a_form_from_another_place_changes_nothing_on_any_route() {
    let house = House::start().await;
    let posts = routes()
        .into_iter()
        .filter(|route| route.method == "POST" && route.path.starts_with("/office"));
    for route in posts {
        // A new session for each: one of them is signing out.
        let (_, clerk) = house.clerk_as(&Role::ALL, None).await;
        let cookie = clerk.into_cookie();
        let path = address(&route, InspectionId([4; 16]));
        for (header, value) in [("origin", "https://example.org"), ("sec-fetch-site", "same-site")]
        {
            let request =
                Request::post(&path).header(COOKIE, &cookie).header(HOST, "127.0.0.1:8080");
            let request = request.header(CONTENT_TYPE, media(&route)).header(header, value);
            let answer = house.send(request.body(Body::empty()).unwrap()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {header}");
        }
        let request = Request::post(&path).header(COOKIE, &cookie).header(HOST, "127.0.0.1:8080");
        let request = request.header(CONTENT_TYPE, media(&route));
        let request = request.header(ORIGIN, "http://127.0.0.1:8080");
        let request = request.header("sec-fetch-site", "same-origin");
        let answer = house.send(request.body(Body::empty()).unwrap()).await;
        assert_ne!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
}

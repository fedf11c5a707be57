//! The pages by which an administrator looks after people, units and invitations.

use axum::http::StatusCode;
use domain::act::Role as TeamRole;
use domain::answer::Answer;
use domain::ids::PersonId;
use headquarters::identity::{Role, Roles};
use headquarters::store::people;
use sync::message::enrol::Enrolled;
use sync::message::refusal::RefusalCode;

use crate::house::{Clerk, House};
use crate::newcomer::{Newcomer, PASSPHRASE, cookies, form};
use crate::sheets::csv;
use crate::tablet::Tablet;

const OFFICE: [Role; 2] = [Role::Office, Role::Administrator];

/// Somebody in a new house who looks after people, and has a passphrase.
async fn administrator(house: &House) -> (Newcomer, Clerk<'_>) {
    let someone = house.newcomer("Quản trị Mẫu", &OFFICE).await;
    let clerk = house.clerk_with(someone.cookie.clone());
    (someone, clerk)
}

/// Adds somebody on the page.
async fn add(clerk: &Clerk<'_>, name: &str, roles: &[&str]) -> PersonId {
    let mut fields = vec![("name", name)];
    fields.extend(roles.iter().map(|role| ("role", *role)));
    let answer = clerk.post("/office/people", &form(&fields)).await;
    let to = answer.header("location");
    let id = to.strip_prefix("/office/people/").and_then(|rest| rest.split('?').next());
    id.unwrap_or_else(|| panic!("{}", answer.text())).parse().unwrap()
}

async fn roles_of(house: &House, person: PersonId) -> Roles {
    people::standing(house.headquarters.store.readers(), person).await.unwrap().roles
}

/// What stands behind a name in a definition list.
fn after<'t>(page: &'t str, marks: &str) -> &'t str {
    let rest = page.split(marks).nth(1).unwrap_or_else(|| panic!("{page}"));
    rest.split('<').next().unwrap_or_default()
}

#[tokio::test]
async fn somebody_is_added_with_roles_and_a_unit_and_stands_in_the_list_and_its_files() {
    let house = House::start().await;
    let (_, clerk) = administrator(&house).await;
    let added = clerk.post("/office/units", &form(&[("do", "add"), ("name", "Phòng Mẫu")])).await;
    assert_eq!(added.header("location"), "/office/units?done=added");
    let units = csv(&clerk, "/office/units.csv").await;
    let unit = units[1].last().unwrap().clone();
    let fields =
        [("name", "Kiểm tra viên B"), ("role", "inspector"), ("role", "lead"), ("unit", &unit)];
    let answer = clerk.post("/office/people", &form(&fields)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let page = clerk.get(&format!("{}&lang=en", answer.header("location"))).await;
    assert!(page.text().contains("Added.") && page.text().contains("Inspector, Lead"));
    let rows = csv(&clerk, "/office/people.csv").await;
    let row = rows.iter().find(|row| row[0] == "Kiểm tra viên B").unwrap();
    assert_eq!(row[1..5], ["inspector lead", "Phòng Mẫu", "0", "no_passphrase"]);
    for file in ["/office/people.xlsx", "/office/units.xlsx", "/office/invitations.xlsx"] {
        assert!(clerk.get(file).await.body.starts_with(b"PK"), "{file}");
    }
    for (fields, fault) in [
        ([("name", "Kiểm tra viên B"), ("unit", "")], "This name is there already"),
        ([("name", " "), ("unit", "")], "Fill in a name"),
        ([("name", "C"), ("unit", "x")], "There is no such unit"),
    ] {
        let refused = clerk.post("/office/people?lang=en", &form(&fields)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().contains(fault), "{fault}: {}", refused.text());
    }
}

#[tokio::test]
async fn other_roles_end_the_sessions_of_their_person() {
    let house = House::start().await;
    let (_, clerk) = administrator(&house).await;
    let other = house.newcomer("Cán bộ Mẫu B", &[Role::Office]).await;
    let browser = house.clerk_with(other.cookie.clone());
    let path = format!("/office/people/{}", other.person);
    let same = clerk.post(&path, &form(&[("role", "office"), ("unit", "")])).await;
    assert_eq!(same.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/office/account").await.status, StatusCode::OK, "nothing changed");
    let changed = clerk.post(&path, &form(&[("role", "auditor"), ("unit", "")])).await;
    assert_eq!(changed.header("location"), format!("{path}?done=changed"));
    assert_eq!(browser.get("/office/account").await.status, StatusCode::SEE_OTHER);
    assert_eq!(roles_of(&house, other.person).await, Roles::of([Role::Auditor]));
}

#[tokio::test]
async fn the_last_administrator_who_can_sign_in_stays_one() {
    let house = House::start().await;
    let (me, clerk) = administrator(&house).await;
    add(&clerk, "Chưa đăng nhập", &["administrator"]).await;
    let path = format!("/office/people/{}", me.person);
    let left = form(&[("reason", "nghỉ hưu"), ("seats", "revoke")]);
    for (address, fields) in
        [(path.clone(), form(&[("role", "office")])), (format!("{path}/leave"), left.clone())]
    {
        let refused = clerk.post(&format!("{address}?lang=en"), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
        assert!(refused.text().contains("the last administrator"), "{}", refused.text());
    }
    let second = house.newcomer("Quản trị Mẫu B", &OFFICE).await;
    let other = house.clerk_with(second.cookie.clone());
    let answer = other.post(&format!("{path}/leave"), &left).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(clerk.get("/office/people").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_leaves_loses_everything_but_the_name() {
    let house = House::start().await;
    let (_, clerk) = administrator(&house).await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, TeamRole::Lead)]).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    tablet.tap(inspection, "print.pub.licence", Answer::Compliant);
    tablet.push().await;
    let path = format!("/office/people/{person}/leave");
    let without = clerk.post(&format!("{path}?lang=en"), "reason=&seats=revoke").await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.text().contains("Write the reason"), "{}", without.text());
    let gone =
        clerk.post(&path, &form(&[("reason", "chuyển công tác"), ("seats", "revoke")])).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.text());

    assert_eq!(Tablet::new(&house).enrol(&code).await.refusal().1, RefusalCode::InvitationSpent);
    let seats = csv(&clerk, "/office/seats.csv").await;
    assert_eq!((seats[1][0].as_str(), seats[1][1].as_str()), ("Kiểm tra viên A", "revoked"));
    let page = clerk.get(&format!("/office/people/{person}?lang=en")).await;
    assert!(page.text().contains("chuyển công tác"));
    assert!(!page.text().contains(&format!("{person}/leave")), "nobody leaves twice");
    let page = clerk.get(&format!("/office/inspections/{inspection}")).await;
    assert!(page.text().contains("Kiểm tra viên A"), "the name stays in the record");
    let plan = clerk.get("/office/inspections/new").await;
    assert!(!plan.text().contains("Kiểm tra viên A"), "nobody is sent who has left");
}

#[tokio::test]
async fn the_tablets_of_one_who_leaves_may_be_kept() {
    let house = House::start().await;
    let (_, clerk) = administrator(&house).await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    Tablet::enrolled(&house, &code).await;
    let fields = form(&[("reason", "chuyển công tác"), ("seats", "keep")]);
    clerk.post(&format!("/office/people/{person}/leave"), &fields).await;
    assert_eq!(csv(&clerk, "/office/seats.csv").await[1][1], "in_use");
}

#[tokio::test]
async fn an_invitation_is_shown_once_listed_without_its_code_and_can_be_taken_back() {
    let house = House::start().await;
    let (_, clerk) = administrator(&house).await;
    let person = add(&clerk, "Kiểm tra viên B", &["inspector"]).await.to_string();
    let ask = form(&[("person", &person), ("opens", "seat"), ("days", "14")]);
    let shown = clerk.post("/office/invitations?lang=en", &ask).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
    let code = after(shown.text(), "<code class=\"large\">").to_owned();
    assert!(
        shown.text().contains(&format!("/enrol#{code}"))
            && shown.text().contains("<svg class=\"qr\"")
    );
    let list = clerk.get("/office/invitations?lang=en").await;
    assert!(list.text().contains("Kiểm tra viên B") && list.text().contains("Quản trị Mẫu"));
    assert!(!list.text().contains(&code));
    let rows = csv(&clerk, "/office/invitations.csv").await;
    assert_eq!(rows[1][..3], ["Kiểm tra viên B", "seat", "Quản trị Mẫu"]);

    let id = after(list.text(), "data-invitation=\"").split('"').next().unwrap().to_owned();
    let taken = form(&[("invitation", &id)]);
    let back = clerk.post("/office/invitations/take-back", &taken).await;
    assert_eq!(back.header("location"), "/office/invitations?done=invitation_taken_back");
    assert_eq!(Tablet::new(&house).enrol(&code).await.refusal().1, RefusalCode::InvitationSpent);
    let again = clerk.post("/office/invitations/take-back", &taken).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);

    let shown = clerk.post("/office/invitations", &ask).await;
    let code = after(shown.text(), "<code class=\"large\">");
    let enrolled: Enrolled = Tablet::new(&house).enrol(code).await.json();
    assert_eq!(enrolled.person.to_string(), person);
    assert_eq!(csv(&clerk, "/office/invitations.csv").await.len(), 1, "it is used");
}

#[tokio::test]
async fn an_invitation_gives_no_role() {
    let house = House::start().await;
    let (_, clerk) = administrator(&house).await;
    let nobody = add(&clerk, "Chưa có vai trò", &[]).await.to_string();
    let office = add(&clerk, "Cán bộ Mẫu C", &["office"]).await.to_string();
    for (person, opens, status) in [
        (&nobody, "seat", StatusCode::UNPROCESSABLE_ENTITY),
        (&nobody, "office", StatusCode::UNPROCESSABLE_ENTITY),
        (&office, "seat", StatusCode::UNPROCESSABLE_ENTITY),
        (&office, "office", StatusCode::OK),
    ] {
        let ask = form(&[("person", person), ("opens", opens)]);
        assert_eq!(clerk.post("/office/invitations", &ask).await.status, status, "{opens}");
    }
    let none = clerk.post("/office/invitations", "person=&opens=seat").await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_unit_is_renamed_and_ends_when_nobody_is_in_it() {
    let house = House::start().await;
    let (_, clerk) = administrator(&house).await;
    clerk.post("/office/units", &form(&[("do", "add"), ("name", "Phòng Mẫu")])).await;
    let twice = clerk.post("/office/units", &form(&[("do", "add"), ("name", " Phòng Mẫu ")])).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    let unit = csv(&clerk, "/office/units.csv").await[1].last().unwrap().clone();
    let person = add(&clerk, "Cán bộ Mẫu C", &["office"]).await;
    let path = format!("/office/people/{person}");
    clerk.post(&path, &form(&[("role", "office"), ("unit", &unit)])).await;
    let end = form(&[("do", "end"), ("unit", &unit)]);
    assert_eq!(clerk.post("/office/units", &end).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let rename = form(&[("do", "rename"), ("unit", &unit), ("name", "Phòng Mẫu Một")]);
    assert_eq!(clerk.post("/office/units", &rename).await.status, StatusCode::SEE_OTHER);
    assert!(clerk.get(&path).await.text().contains("Phòng Mẫu Một"));
    clerk.post(&path, &form(&[("role", "office"), ("unit", "")])).await;
    let ended = clerk.post("/office/units", &end).await;
    assert_eq!(ended.header("location"), "/office/units?done=unit_ended");
    assert_eq!(csv(&clerk, "/office/units.csv").await[1][2], "ended");
    let back = clerk.post(&path, &form(&[("role", "office"), ("unit", &unit)])).await;
    assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "an ended unit takes nobody");
}

#[tokio::test]
async fn a_lost_phone_is_answered_by_a_link_that_asks_for_the_passphrase() {
    let house = House::start().await;
    let (_, clerk) = administrator(&house).await;
    let other = house.newcomer("Cán bộ Mẫu B", &[Role::Office]).await;
    let path = format!("/office/people/{}/reset", other.person);
    let shown = clerk.post(&path, "what=totp").await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.text());
    let token = after(shown.text(), "/office/enter?token=").to_owned();
    let browser = house.clerk_with(other.cookie.clone());
    assert_eq!(browser.get("/office/account").await.status, StatusCode::SEE_OTHER);
    house.forget_steps().await;
    for code in [other.code(), other.recovery[0].clone()] {
        let old = house.sign_in(&other.name, PASSPHRASE, &code).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = house.get(&format!("/office/enter?token={token}")).await;
    assert!(page.text().contains("autocomplete=\"current-password\""), "{}", page.text());
    let secret = house.secret_in(&page, &token);
    let code = secret.code(headquarters::clock::now());
    let wrong = house.set_up(&page, &token, ("", "không phải cụm này"), &code).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = house.set_up(&page, &token, ("", PASSPHRASE), &code).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
}

#[tokio::test]
async fn a_forgotten_passphrase_is_answered_by_a_link_that_sets_up_everything() {
    let house = House::start().await;
    let (_, clerk) = administrator(&house).await;
    let other = house.newcomer("Cán bộ Mẫu B", &[Role::Office]).await;
    let path = format!("/office/people/{}/reset", other.person);
    let shown = clerk.post(&path, "what=passphrase").await;
    let token = after(shown.text(), "/office/enter?token=").to_owned();
    let page = house.get(&format!("/office/enter?token={token}")).await;
    let code = house.secret_in(&page, &token).code(headquarters::clock::now());
    let done = house.set_up(&page, &token, ("can.bo.b", "sen hong dua tre"), &code).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let nobody = clerk.post("/office/people/66666666666666666666666666666666/reset", "what=totp");
    assert_eq!(nobody.await.status, StatusCode::NOT_FOUND);
    assert_eq!(clerk.get("/office/people/x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        clerk.post("/office/people/x/leave", "reason=x").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_account_lists_sessions_and_ends_them() {
    let house = House::start().await;
    let (me, clerk) = administrator(&house).await;
    let second = house.clerk_with(me.sign_in(&house).await);
    let page = clerk.get("/office/account?lang=en").await;
    assert_eq!(page.text().matches("<li class=\"card\">").count(), 2, "{}", page.text());
    assert_eq!(page.text().matches(">this session<").count(), 1);
    let session = after(page.text(), "name=\"session\" value=\"").split('"').next().unwrap();
    let ended = clerk.post("/office/account/sessions", &form(&[("session", session)])).await;
    assert_eq!(ended.header("location"), "/office/account?done=session_ended");
    assert_eq!(second.get("/office/account").await.status, StatusCode::SEE_OTHER);
    let third = house.clerk_with(me.sign_in(&house).await);
    clerk.post("/office/account/sessions", "others=1").await;
    assert_eq!(third.get("/office/account").await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.get("/office/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_session_of_somebody_else_is_not_ended() {
    let house = House::start().await;
    let (me, clerk) = administrator(&house).await;
    me.sign_in(&house).await;
    let page = clerk.get("/office/account").await;
    let session = after(page.text(), "name=\"session\" value=\"").split('"').next().unwrap();
    let other = house.newcomer("Cán bộ Mẫu B", &[Role::Office]).await;
    let stranger = house.clerk_with(other.cookie);
    stranger.post("/office/account/sessions", &form(&[("session", session)])).await;
    let page = clerk.get("/office/account").await;
    assert_eq!(page.text().matches("<li class=\"card\">").count(), 2);
}

#[tokio::test]
async fn another_passphrase_needs_the_present_one_and_ends_other_sessions() {
    let house = House::start().await;
    let (me, clerk) = administrator(&house).await;
    let other = house.clerk_with(me.sign_in(&house).await);
    let path = "/office/account/passphrase";
    let new = "sen hong dua tre";
    for (present, passphrase, again, field) in [
        ("không phải cụm này", new, new, "present"),
        (PASSPHRASE, new, "sen hong dua", "again"),
        (PASSPHRASE, "ngắn", "ngắn", "passphrase"),
        (PASSPHRASE, "Quản trị Mẫu 1", "Quản trị Mẫu 1", "passphrase"),
    ] {
        let fields = [("present", present), ("passphrase", passphrase), ("again", again)];
        let refused = clerk.post(path, &form(&fields)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(refused.text().contains(&format!("id=\"{field}-fault\"")), "{field}");
    }
    assert_eq!(other.get("/office/account").await.status, StatusCode::OK);
    let fields = [("present", PASSPHRASE), ("passphrase", new), ("again", new)];
    let done = clerk.post(path, &form(&fields)).await;
    assert_eq!(done.header("location"), "/office/account?done=passphrase_changed");
    assert_eq!(other.get("/office/account").await.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.get("/office/account").await.status, StatusCode::OK);
    house.forget_steps().await;
    let old = house.sign_in(&me.name, PASSPHRASE, &me.code()).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    let signed_in = house.sign_in(&me.name, new, &me.code()).await;
    assert!(cookies(&signed_in).contains("bienban_office="), "{}", signed_in.text());
}

#[tokio::test]
async fn guessing_the_present_passphrase_in_a_session_is_slowed() {
    let house = House::start().await;
    let (_, clerk) = administrator(&house).await;
    let fields = form(&[("present", "không phải cụm này")]);
    for _ in 0..5 {
        let refused = clerk.post("/office/account/recovery", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let slowed = clerk.post("/office/account/recovery", &form(&[("present", PASSPHRASE)])).await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(slowed.header("retry-after"), "1");
}

#[tokio::test]
async fn another_app_and_other_recovery_codes_take_the_place_of_the_old_ones() {
    use domain::ids::from_hex;
    use headquarters::identity::set_up::whose_renewal;
    use headquarters::identity::totp::TotpSecret;

    let house = House::start().await;
    let (me, clerk) = administrator(&house).await;
    let renewed = clerk.post("/office/account/recovery", &form(&[("present", PASSPHRASE)])).await;
    let codes = crate::newcomer::codes(&renewed);
    assert_eq!(codes.len(), 8, "{}", renewed.text());
    let old = house.sign_in(&me.name, PASSPHRASE, &me.recovery[0]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);

    let page = clerk.get("/office/account/codes").await;
    let sealed = crate::newcomer::hidden(&page, "secret");
    let keyring = &house.headquarters.keyring;
    let whose = whose_renewal(me.person);
    let secret = TotpSecret::open(keyring, &whose, &from_hex::<48>(&sealed).unwrap()).unwrap();
    let code = secret.code(headquarters::clock::now());
    let fields = [("present", PASSPHRASE), ("secret", &sealed), ("code", "000000")];
    let wrong = clerk.post("/office/account/codes", &form(&fields)).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("present", PASSPHRASE), ("secret", &sealed), ("code", &code)];
    let done = clerk.post("/office/account/codes", &form(&fields)).await;
    assert_eq!(crate::newcomer::codes(&done).len(), 8, "{}", done.text());
    house.forget_steps().await;
    let former = house.sign_in(&me.name, PASSPHRASE, &me.code()).await;
    assert_eq!(former.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = secret.code(headquarters::clock::now());
    assert!(!cookies(&house.sign_in(&me.name, PASSPHRASE, &code).await).is_empty());
}

#[tokio::test]
async fn the_page_of_tablets_says_what_headquarters_knows_and_what_it_does_not() {
    let house = House::start().await;
    let (_, clerk) = administrator(&house).await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, TeamRole::Lead)]).await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    tablet.tap(inspection, "print.pub.licence", Answer::Compliant);
    tablet.push().await;
    let page = clerk.get("/office/seats?lang=en").await;
    assert!(page.text().contains("2 events received"), "{}", page.text());
    assert!(page.text().contains("not known, because headquarters knows only what arrived"));
    let rows = csv(&clerk, "/office/seats.csv").await;
    let at = rows[0].iter().position(|name| name == "received").unwrap();
    assert_eq!(rows[1][at], "2");
}

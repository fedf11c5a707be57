//! Coming into the office: links, passphrases, codes, sessions. Whatever is wrong with a sign-in,
//! the answer is the same.

use axum::http::StatusCode;
use domain::ids::PersonId;
use headquarters::clock;
use headquarters::demo;
use headquarters::identity::Role;
use headquarters::identity::set_up::first_link;
use headquarters::store::people::{self, Opens, Uses};

use crate::house::{Answer, House};
use crate::newcomer::{PASSPHRASE, cookies, form};

const OFFICE: [Role; 2] = [Role::Office, Role::Administrator];

fn is_in(answer: &Answer) -> bool {
    answer.status == StatusCode::SEE_OTHER
        && answer.header("location").starts_with("/office")
        && cookies(answer).contains("bienban_office=")
}

/// Whether a browser with this cookie is signed in.
async fn is_open(house: &House, cookie: &str) -> bool {
    let page = house.clerk_with(cookie.to_owned()).get("/office/seats").await;
    page.header("location") != "/office/sign-in"
}

#[tokio::test]
async fn a_new_person_sets_up_passphrase_and_codes_by_a_link_that_works_once() {
    let house = House::start().await;
    let (person, token) = house.linked("Cán bộ Mẫu B", &OFFICE).await;
    let path = format!("/office/enter?token={token}");
    let page = house.get(&path).await;
    assert_eq!((page.status, page.header("set-cookie")), (StatusCode::OK, ""));
    assert!(page.text().contains("Cán bộ Mẫu B") && page.text().contains("<svg class=\"qr\""));
    assert!(page.text().contains("autocomplete=\"new-password\""));
    let again = house.get(&path).await;
    assert_eq!(again.status, StatusCode::OK, "looking does not use it up");

    let secret = house.secret_in(&page, &token);
    let named = ("can.bo", PASSPHRASE);
    let wrong = house.set_up(&page, &token, named, "000000").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text().contains("id=\"code-fault\""), "{}", wrong.text());
    assert!(!wrong.text().contains(PASSPHRASE), "a passphrase is never sent back");
    assert_eq!(house.secret_in(&wrong, &token), secret, "the picture stays");
    let weak =
        house.set_up(&page, &token, ("can.bo", "mat khau"), &secret.code(clock::now())).await;
    assert!(weak.text().contains("id=\"passphrase-fault\""), "{}", weak.text());

    let done = house.set_up(&page, &token, named, &secret.code(clock::now())).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    assert_eq!(crate::newcomer::codes(&done).len(), 8);
    assert!(is_open(&house, &cookies(&done)).await);
    let set = done.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax"), "{set}");
    assert!(!set.contains("Secure"), "plain HTTP would lose it");

    let spent = house.set_up(&page, &token, named, &secret.code(clock::now())).await;
    assert_eq!(spent.status, StatusCode::GONE);
    assert_eq!(house.get(&path).await.status, StatusCode::GONE);
    assert_eq!(house.get("/office/enter").await.status, StatusCode::GONE);
    let member = people::member_of(house.headquarters.store.readers(), person).await.unwrap();
    assert_eq!(member.unwrap().person.name, "Cán bộ Mẫu B", "a link names nobody anew");
}

#[tokio::test]
async fn a_link_does_not_sign_in_who_has_a_passphrase() {
    let house = House::start().await;
    let someone = house.newcomer("Cán bộ Mẫu B", &OFFICE).await;
    let (person, token) = (someone.person, clock::code());
    let given = token.clone();
    let work = house.headquarters.store.write(move |tx| {
        Box::pin(async move {
            let span = (clock::now(), clock::now().later_by_ms(60_000));
            people::invite(tx, &given, person, Opens::Office, Uses::Once, span).await
        })
    });
    work.await.unwrap();
    let page = house.get(&format!("/office/enter?token={token}")).await;
    assert_eq!((page.status, page.header("set-cookie")), (StatusCode::CONFLICT, ""));
}

#[tokio::test]
async fn name_passphrase_and_code_open_the_office_and_any_wrong_one_is_answered_the_same() {
    let house = House::start().await;
    let someone = house.newcomer("Cán bộ Mẫu B", &OFFICE).await;
    house.forget_steps().await;
    let code = someone.code();
    let mut answers = Vec::new();
    for (name, passphrase, code) in [
        ("Cán bộ Mẫu B", "cầu tre lắm đinh", code.as_str()),
        ("Không có ai", PASSPHRASE, &code),
        ("Cán bộ Mẫu B", PASSPHRASE, "000000"),
        ("Cán bộ Mẫu B", PASSPHRASE, ""),
        ("", "", ""),
    ] {
        let refused = house.sign_in(name, passphrase, code).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert_eq!(refused.header("set-cookie"), "");
        let typed = format!("value=\"{name}\"");
        answers.push(refused.text().replace(&typed, "value=\"…\""));
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    for name in ["Cán bộ Mẫu B", "can bo mau b", " CÁN BỘ  MẪU B "] {
        house.forget_steps().await;
        assert!(is_in(&house.sign_in(name, PASSPHRASE, &code).await), "{name}");
    }
}

#[tokio::test]
async fn a_code_opens_once_and_so_does_a_recovery_code() {
    let house = House::start().await;
    let someone = house.newcomer("Cán bộ Mẫu B", &OFFICE).await;
    let replayed = house.sign_in(&someone.name, PASSPHRASE, &someone.code()).await;
    assert_eq!(replayed.status, StatusCode::UNPROCESSABLE_ENTITY, "it confirmed the set-up");
    let next = someone.secret.code(clock::now().later_by_ms(30_000));
    assert!(is_in(&house.sign_in(&someone.name, PASSPHRASE, &next).await));
    assert!(!is_in(&house.sign_in(&someone.name, PASSPHRASE, &next).await));
    assert!(!is_in(&house.sign_in(&someone.name, PASSPHRASE, &someone.code()).await), "earlier");

    let code = someone.recovery[3].to_lowercase().replace('-', " ");
    let first = house.sign_in(&someone.name, PASSPHRASE, &code).await;
    assert_eq!(first.header("location"), "/office/account?done=recovery_used");
    assert!(!is_in(&house.sign_in(&someone.name, PASSPHRASE, &code).await));
    let wrong = house.sign_in(&someone.name, "cầu tre lắm đinh", &someone.recovery[4]).await;
    assert!(!is_in(&wrong));
    assert!(is_in(&house.sign_in(&someone.name, PASSPHRASE, &someone.recovery[4]).await));
}

#[tokio::test]
async fn tries_are_slowed_for_a_name_and_a_browser_that_is_known_is_spared() {
    let house = House::start().await;
    let someone = house.newcomer("Cán bộ Mẫu B", &OFFICE).await;
    for name in [someone.name.as_str(), "Không có ai"] {
        for _ in 0..5 {
            let refused = house.sign_in(name, "không phải cụm này", "000000").await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
        let slowed = house.sign_in(name, PASSPHRASE, &someone.recovery[0]).await;
        assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS, "known or not: {name}");
        assert_eq!(slowed.header("retry-after"), "1");
        assert_eq!(slowed.header("set-cookie"), "");
    }
    let known = house.clerk_with(someone.cookie.clone());
    let of_another = known.sign_in("Không có ai", PASSPHRASE, "").await;
    assert_eq!(of_another.status, StatusCode::TOO_MANY_REQUESTS, "known as one person only");
    assert!(is_in(&known.sign_in(&someone.name, PASSPHRASE, &someone.recovery[0]).await));
}

#[tokio::test]
async fn a_session_ends_by_idleness_by_age_and_with_the_one_after_it() {
    let house = House::start().await;
    let someone = house.newcomer("Cán bộ Mẫu B", &OFFICE).await;
    let first = someone.sign_in(&house).await;
    assert!(is_open(&house, &first).await);
    house.forget_steps().await;
    let browser = house.clerk_with(first.clone());
    let answer = browser.sign_in(&someone.name, PASSPHRASE, &someone.code()).await;
    let second = cookies(&answer);
    assert!(is_in(&answer) && second != first);
    assert!(!is_open(&house, &first).await, "signing in anew ends what the browser had");

    house.execute("update sessions set last_used_ms = last_used_ms - 29 * 60 * 1000").await;
    assert!(is_open(&house, &second).await, "and that was a use");
    house.execute("update sessions set last_used_ms = last_used_ms - 29 * 60 * 1000").await;
    assert!(is_open(&house, &second).await);
    house.execute("update sessions set last_used_ms = last_used_ms - 31 * 60 * 1000").await;
    assert!(!is_open(&house, &second).await);

    let third = someone.sign_in(&house).await;
    house.execute("update sessions set expires_at_ms = expires_at_ms - 12 * 60 * 60 * 1000").await;
    assert!(!is_open(&house, &third).await);
}

#[tokio::test]
async fn the_first_administrator_comes_in_by_a_link_that_works_once() {
    let house = House::start().await;
    let old = first_link(&house.headquarters).await.unwrap().expect("there is nobody");
    let token = first_link(&house.headquarters).await.unwrap().expect("there still is nobody");
    assert_eq!(house.get(&format!("/office/enter?token={old}")).await.status, StatusCode::GONE);
    let path = format!("/office/enter?token={token}");
    let page = house.get(&path).await;
    assert!(page.text().contains("name=\"name\""), "{}", page.text());
    let secret = house.secret_in(&page, &token);
    let code = secret.code(clock::now());
    let unnamed = house.set_up(&page, &token, ("", PASSPHRASE), &code).await;
    assert_eq!(unnamed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = house.set_up(&page, &token, ("Quản trị Mẫu", PASSPHRASE), &code).await;
    assert_eq!(done.status, StatusCode::OK, "{}", done.text());
    let members = people::members(house.headquarters.store.readers()).await.unwrap();
    assert_eq!(members.len(), 1);
    assert!(members[0].standing.roles.include(Role::Administrator));
    assert_eq!(house.get(&path).await.status, StatusCode::GONE);
    assert_eq!(first_link(&house.headquarters).await.unwrap(), None);
}

#[tokio::test]
async fn the_link_of_the_first_administrator_lasts_a_day_and_not_through_a_restore() {
    let house = House::start().await;
    let token = first_link(&house.headquarters).await.unwrap().expect("there is nobody");
    let path = format!("/office/enter?token={token}");
    assert_eq!(house.get(&path).await.status, StatusCode::OK);
    let backup = house.backup().await;
    house.execute("update meta set value = cast(value as bigint) - 86400000 where name = 'first_link_until_ms'").await;
    assert_eq!(house.get(&path).await.status, StatusCode::GONE);
    let house = house.restore(&backup).await;
    assert_eq!(house.get(&path).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn the_clerk_of_the_demonstration_signs_in_with_its_passphrase_alone() {
    let house = House::start().await;
    demo::seed(&house.headquarters, None).await.unwrap();
    let passphrase = demo::passphrase(&house.headquarters.keyring);
    let page = house.get("/office/sign-in?lang=en").await;
    assert!(page.text().contains("This is the demonstration"), "{}", page.text());
    assert!(!page.text().contains(&passphrase));
    assert!(is_in(&house.sign_in("Cán bộ văn phòng", &passphrase, "").await));
    assert!(!is_in(&house.sign_in("Cán bộ văn phòng", "an ban bau ben", "").await));
    assert_eq!(first_link(&house.headquarters).await.unwrap(), None);
    let empty = House::start().await;
    assert!(!empty.get("/office/sign-in?lang=en").await.text().contains("demonstration"));
}

#[tokio::test]
async fn nothing_secret_stands_in_the_database_or_goes_through_a_form_of_another_place() {
    let house = House::start().await;
    let someone = house.newcomer("Cán bộ Mẫu B", &OFFICE).await;
    let cookie = someone.sign_in(&house).await;
    let token = cookie.split(['=', ';']).nth(1).unwrap().to_owned();
    let mut stored = Vec::new();
    for file in ["bienban.sqlite", "bienban.sqlite-wal"] {
        stored.extend(std::fs::read(house.data().join(file)).unwrap_or_default());
    }
    for secret in [PASSPHRASE, &token, &someone.recovery[0], &someone.recovery[0].replace('-', "")]
    {
        let found = stored.windows(secret.len()).any(|part| part == secret.as_bytes());
        assert!(!found, "{secret}");
    }
    let fields = form(&[("name", "x"), ("passphrase", "y"), ("code", "z")]);
    for path in ["/office/sign-in", "/office/enter"] {
        let foreign = house.stranger().post_from("https://example.org", path, &fields).await;
        assert_eq!(foreign.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test]
async fn who_has_left_is_out_at_once() {
    let house = House::start().await;
    let someone = house.newcomer("Cán bộ Mẫu B", &OFFICE).await;
    let cookie = someone.sign_in(&house).await;
    let person: PersonId = someone.person;
    let work = house.headquarters.store.write(move |tx| {
        Box::pin(async move {
            let at = clock::now();
            let departure = people::Departure { at, by: None, reason: String::new() };
            people::depart(tx, person, &departure).await
        })
    });
    assert!(work.await.unwrap());
    assert!(!is_open(&house, &cookie).await);
    house.forget_steps().await;
    assert!(!is_in(&house.sign_in(&someone.name, PASSPHRASE, &someone.code()).await));
}

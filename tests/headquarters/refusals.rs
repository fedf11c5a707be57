//! Whatever is wrong with a message is named, and nothing stored changes.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use domain::act::Role;
use domain::answer::Answer;
use domain::ids::InspectionId;
use headquarters::clock;
use proof::head::SignedHead;
use sync::message::pull::{Cursor, Pull};
use sync::message::push::{MAX_PUSH_BYTES, Part, Push};
use sync::message::refusal::{Refusal, RefusalCode};

use crate::house::House;
use crate::tablet::Tablet;

const CBOR: &str = "application/cbor";

async fn ready(house: &House) -> (Tablet<'_>, InspectionId) {
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(house, &code).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    tablet.push().await;
    tablet.tap(inspection, "b", Answer::Violation);
    (tablet, inspection)
}

#[tokio::test]
async fn a_push_cut_anywhere_or_filled_with_garbage_is_malformed() {
    let house = House::start().await;
    let (tablet, inspection) = ready(&house).await;
    let whole = Push { parts: vec![tablet.part(inspection, 0)] }.to_bytes();
    let before = house.digest().await;
    let cuts = (0..whole.len()).step_by(17).map(|at| whole[..at].to_vec());
    let garbage = [vec![0xff; 100], b"{\"parts\":[]}".to_vec(), [&whole[..], &[0]].concat()];
    for bytes in cuts.chain(garbage) {
        let (status, code, detail) = tablet.push_bytes(bytes).await.refusal();
        assert_eq!((status, code), (StatusCode::BAD_REQUEST, RefusalCode::Malformed), "{detail}");
    }
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn a_push_with_any_byte_changed_never_becomes_part_of_the_record() {
    let house = House::start().await;
    let (tablet, inspection) = ready(&house).await;
    let whole = Push { parts: vec![tablet.part(inspection, 2)] }.to_bytes();
    let before = house.digest().await;
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x01;
        let answer = tablet.push_bytes(bytes).await;
        assert_eq!(house.digest().await, before, "byte {at}: {}", answer.text());
    }
}

#[tokio::test]
async fn each_fault_of_a_part_is_named() {
    let house = House::start().await;
    let (tablet, inspection) = ready(&house).await;
    let good = tablet.part(inspection, 0);
    let with = |change: fn(&mut Part)| {
        let mut part = good.clone();
        change(&mut part);
        part
    };
    let before = house.digest().await;
    let cases = [
        (with(|part| part.events.clear()), "no events"),
        (with(|part| part.events.swap(0, 1)), "does not follow"),
        (with(|part| drop(part.events.pop())), "another last event"),
        (with(|part| part.head.signature.0[0] ^= 1), "signature does not verify"),
        (with(|part| part.head = SignedHead { head: vec![0xa0], ..part.head.clone() }), "head"),
        (with(|part| part.events[1].salt.0[0] ^= 1), "does not belong to the header"),
        (with(|part| part.events[0].header.truncate(20)), "event 0"),
    ];
    for (part, expected) in cases {
        let answer = tablet.push_bytes(Push { parts: vec![part] }.to_bytes()).await;
        let (_, code, detail) = answer.refusal();
        assert_eq!(code, RefusalCode::Malformed);
        assert!(detail.contains(expected), "`{detail}` does not say `{expected}`");
    }
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn an_event_of_a_future_version_asks_for_a_newer_headquarters() {
    let house = House::start().await;
    let (tablet, inspection) = ready(&house).await;
    let mut future = tablet.part(inspection, 0);
    // A header is a map that begins with 0: version.
    assert_eq!(future.events[0].header[1..3], [0, 1]);
    future.events[0].header[2] = 2;
    let before = house.digest().await;
    let refused = tablet.push_bytes(Push { parts: vec![future] }.to_bytes()).await.refusal();
    assert_eq!((refused.0, refused.1), (StatusCode::UPGRADE_REQUIRED, RefusalCode::FutureVersion));
    assert!(refused.2.contains("update it"), "{}", refused.2);
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn one_malformed_part_refuses_the_whole_push() {
    let house = House::start().await;
    let (tablet, inspection) = ready(&house).await;
    let mut broken = tablet.part(inspection, 0);
    broken.head.signature.0[0] ^= 1;
    let before = house.digest().await;
    let push = Push { parts: vec![tablet.part(inspection, 0), broken] };
    assert_eq!(tablet.push_bytes(push.to_bytes()).await.refusal().1, RefusalCode::Malformed);
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn a_push_above_the_limit_is_too_large() {
    let house = House::start().await;
    let (tablet, _) = ready(&house).await;
    let before = house.digest().await;
    let refused = tablet.push_bytes(vec![0; MAX_PUSH_BYTES + 1]).await.refusal();
    assert_eq!((refused.0, refused.1), (StatusCode::PAYLOAD_TOO_LARGE, RefusalCode::TooLarge));
    let announced = Request::post("/api/v1/push").header("content-type", CBOR);
    let announced = announced.header("content-length", "99999999999");
    let proof = tablet.keys.prove(
        &proof::request::Request { method: "POST", path: "/api/v1/push", body: b"" },
        clock::now(),
    );
    let announced = announced.header("authorization", proof.to_string());
    let refused = house.send(announced.body(Body::empty()).unwrap()).await.refusal();
    assert_eq!(refused.1, RefusalCode::TooLarge, "a length that is announced is believed at once");
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn another_media_type_is_not_taken() {
    let house = House::start().await;
    let (tablet, _) = ready(&house).await;
    for (path, media) in [
        ("/api/v1/push", "application/json"),
        ("/api/v1/push", ""),
        ("/api/v1/pull", CBOR),
        ("/api/v1/enrol", "text/plain"),
    ] {
        let refused = tablet.post(path, media, b"{}".to_vec()).await.refusal();
        assert_eq!(refused.0, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{path} {media}");
        assert_eq!(refused.1, RefusalCode::UnsupportedMedia);
    }
}

#[tokio::test]
async fn a_request_without_a_proof_or_with_another_ones_is_unproven() {
    let house = House::start().await;
    let (tablet, inspection) = ready(&house).await;
    let body = Push { parts: vec![tablet.part(inspection, 0)] }.to_bytes();
    let before = house.digest().await;
    let asked = proof::request::Request { method: "POST", path: "/api/v1/push?x=1", body: &body };
    let of_another_path = tablet.keys.prove(&asked, clock::now()).to_string();
    for header in [None, Some("Bearer x"), Some("Seat 00.0.00"), Some(of_another_path.as_str())] {
        let mut request = Request::post("/api/v1/push").header("content-type", CBOR);
        if let Some(header) = header {
            request = request.header("authorization", header);
        }
        let refused = house.send(request.body(Body::from(body.clone())).unwrap()).await.refusal();
        assert_eq!((refused.0, refused.1), (StatusCode::UNAUTHORIZED, RefusalCode::Unproven));
    }
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn the_query_is_part_of_what_is_proven() {
    let house = House::start().await;
    let (tablet, _) = ready(&house).await;
    let answer = tablet.get("/api/v1/packs?from=tablet").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

#[tokio::test]
async fn a_clock_that_is_off_is_told_the_time() {
    let house = House::start().await;
    let (tablet, _) = ready(&house).await;
    for off_ms in [-400_000, 400_000] {
        let at = clock::now().later_by_ms(off_ms);
        let answer = tablet.send(Method::GET, "/api/v1/packs", "", Vec::new(), at).await;
        let refused: Refusal = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(refused.code(), Some(RefusalCode::StaleProof));
        let now = refused.errors[0].now.expect("it tells the time");
        assert!(clock::now().since_ms(now) < 60_000);
        let again = tablet.send(Method::GET, "/api/v1/packs", "", Vec::new(), now).await;
        assert_eq!(again.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_seat_that_nobody_enrolled_is_unknown_everywhere() {
    let house = House::start().await;
    let (_, inspection) = ready(&house).await;
    let mut stranger = Tablet::new(&house);
    stranger.tap(inspection, "a", Answer::Compliant);
    let before = house.digest().await;
    let push = Push { parts: vec![stranger.part(inspection, 0)] }.to_bytes();
    for answer in [
        stranger.push_bytes(push).await,
        stranger.pull_with(&Pull::default()).await,
        stranger.get("/api/v1/packs").await,
    ] {
        let refused = answer.refusal();
        assert_eq!((refused.0, refused.1), (StatusCode::UNAUTHORIZED, RefusalCode::UnknownSeat));
    }
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn a_cursor_that_headquarters_never_gave_is_malformed() {
    let house = House::start().await;
    let (tablet, inspection) = ready(&house).await;
    let have = [(inspection, Cursor("seven".to_owned()))].into();
    assert_eq!(tablet.pull_with(&Pull { have }).await.refusal().1, RefusalCode::Malformed);
}

#[tokio::test]
async fn an_inspection_that_a_seat_may_not_see_is_gone() {
    let house = House::start().await;
    let (mut tablet, inspection) = ready(&house).await;
    let own = tablet.pull().await.pages[0].cursor.clone();
    let foreign = InspectionId([3; 16]);
    let former = Cursor(format!("{}.7", domain::ids::Epoch([3; 16])));
    let have = [(foreign, former), (inspection, own)].into();
    let answer = tablet.pull_with(&Pull { have }).await;
    let answer = sync::message::pull::PullAnswer::from_bytes(&answer.body).unwrap();
    assert_eq!((answer.gone, answer.pages.len()), (vec![foreign], 0));
}

#[tokio::test]
async fn an_address_that_is_none_says_so_in_the_envelope() {
    let house = House::start().await;
    let refused = house.get("/api/v1/nothing").await.refusal();
    assert_eq!((refused.0, refused.1), (StatusCode::NOT_FOUND, RefusalCode::NotFound));
}

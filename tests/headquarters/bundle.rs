//! Work that comes as a file: sealed to headquarters, carried by anyone, taken once.

use axum::http::StatusCode;
use domain::act::Role;
use domain::answer::Answer;
use domain::ids::{EnvelopeKey, InspectionId};
use domain::state::HeldReason;
use headquarters::custody::Counts;
use headquarters::intake;
use headquarters::keyring::Keyring;
use headquarters::store::Store;
use proof::envelope::{Entropy, EnvelopeKeyPair, seal};
use sync::message::bundle::{Bundle, MEDIA_TYPE};
use sync::message::enrol::Enrolled;
use sync::message::push::PushAnswer;
use sync::message::refusal::RefusalCode;

use crate::house::House;
use crate::tablet::Tablet;

const BUNDLE: &str = "/api/v1/bundle";

/// An inspector with two taps that were never pushed.
async fn with_unsent_work(house: &House) -> (Tablet<'_>, InspectionId) {
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(house, &code).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    tablet.tap(inspection, "b", Answer::Violation);
    (tablet, inspection)
}

fn key_of(house: &House) -> EnvelopeKey {
    house.headquarters.keyring.envelope().public()
}

/// What `bienban import` does once it has read its file.
async fn import(house: &House, file: &[u8]) -> Counts {
    let store = Store::open_or_join(house.data()).await.unwrap();
    let keyring = Keyring::open(&house.path().join("data/keyring.toml")).unwrap();
    let parts = intake::open_bundle(file, &keyring.envelope()).unwrap();
    let brought = (None, headquarters::clock::now());
    intake::take(&store, &keyring.signing(), parts, brought).await.unwrap().events
}

#[tokio::test]
async fn who_enrols_learns_to_which_key_a_bundle_is_sealed() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let enrolled: Enrolled = Tablet::new(&house).enrol(&code).await.json();
    assert_eq!(enrolled.headquarters[0].envelope, Some(key_of(&house)));
    let house = house.restart().await;
    assert_eq!(enrolled.headquarters[0].envelope, Some(key_of(&house)), "it stays the same");
}

#[tokio::test]
async fn a_bundle_is_taken_once_while_headquarters_runs() {
    let house = House::start().await;
    let (tablet, inspection) = with_unsent_work(&house).await;
    let file = tablet.bundle(&[key_of(&house)]);
    let first = import(&house, &file).await;
    assert_eq!(first, Counts { accepted: 3, ..Counts::default() });
    let before = house.digest().await;
    let again = import(&house, &file).await;
    assert_eq!(again, Counts { repeated: 3, ..Counts::default() });
    assert_eq!(house.digest().await, before);
    let sheet = format!("/office/inspections/{inspection}/answers.csv");
    assert_eq!(house.clerk().await.get(&sheet).await.text().lines().count(), 3);
}

#[tokio::test]
async fn headquarters_goes_on_after_an_import_beside_it() {
    let house = House::start().await;
    let (mut tablet, inspection) = with_unsent_work(&house).await;
    import(&house, &tablet.bundle(&[key_of(&house)])).await;
    tablet.tap(inspection, "c", Answer::Compliant);
    let answer = tablet.push().await;
    assert_eq!((answer[0].accepted_through, answer[0].held), (Some(3), None));
    let positions = house.positions().await;
    assert_eq!(positions, (0..i64::try_from(positions.len()).unwrap()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_colleague_carries_what_it_cannot_open() {
    let house = House::start().await;
    let (tablet, inspection) = with_unsent_work(&house).await;
    let (_, code) = house.invite("Kiểm tra viên B").await;
    let carrier = Tablet::enrolled(&house, &code).await;
    let file = tablet.bundle(&[key_of(&house)]);
    let answer: PushAnswer = carrier.post(BUNDLE, MEDIA_TYPE, file.clone()).await.json();
    assert_eq!(answer.epoch, house.headquarters.epoch());
    assert_eq!((answer.journals[0].accepted_through, answer.journals[0].held), (Some(2), None));
    assert_eq!(answer.journals[0].inspection, inspection);
    let before = house.digest().await;
    let again: PushAnswer = carrier.post(BUNDLE, MEDIA_TYPE, file).await.json();
    assert_eq!(again, answer);
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn a_bundle_of_an_unknown_seat_is_held() {
    let house = House::start().await;
    let (_, inspection) = with_unsent_work(&house).await;
    let mut stranger = Tablet::new(&house);
    stranger.tap(inspection, "a", Answer::Compliant);
    let counts = import(&house, &stranger.bundle(&[key_of(&house)])).await;
    assert_eq!(counts, Counts { held: 2, ..Counts::default() });
    let state = house.state(inspection).await;
    let reasons = state.held().map(|held| held.reason).collect::<Vec<_>>();
    assert_eq!(reasons, [HeldReason::UnknownSeat; 2]);
}

#[tokio::test]
async fn what_cannot_be_opened_or_read_changes_nothing() {
    let house = House::start().await;
    let (tablet, inspection) = with_unsent_work(&house).await;
    let whole = tablet.bundle(&[key_of(&house)]);
    let foreign = tablet.bundle(&[EnvelopeKeyPair::from_secret(&[8; 32]).public()]);
    let mut changed = whole.clone();
    *changed.last_mut().unwrap() ^= 1;
    let sealed = |plain: &[u8]| seal(plain, &[key_of(&house)], &Entropy([5; 32])).unwrap();
    let mut broken = tablet.part(inspection, 0);
    broken.head.signature.0[0] ^= 1;
    let broken = Bundle { parts: vec![tablet.part(inspection, 0), broken] };
    let before = house.digest().await;
    for (file, words) in [
        (foreign, "not sealed for this key"),
        (changed, "damaged or changed"),
        (whole[..whole.len() / 2].to_vec(), "cannot be read"),
        (b"PK\x03\x04".to_vec(), "cannot be read"),
        (sealed(b"nothing"), "cannot be read"),
        (sealed(&broken.to_bytes()), "signature"),
    ] {
        let (_, code, detail) = tablet.post(BUNDLE, MEDIA_TYPE, file).await.refusal();
        assert_eq!(code, RefusalCode::Malformed);
        assert!(detail.contains(words), "`{detail}` does not say `{words}`");
    }
    let other = tablet.post(BUNDLE, "application/cbor", whole).await.refusal();
    assert_eq!(other.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(house.digest().await, before);
}

#[tokio::test]
async fn a_bundle_whose_beginning_is_missing_is_left() {
    let house = House::start().await;
    let (mut tablet, inspection) = with_unsent_work(&house).await;
    let parts = vec![tablet.part(inspection, 1)];
    let file = seal(&Bundle { parts }.to_bytes(), &[key_of(&house)], &Entropy([5; 32])).unwrap();
    let before = house.digest().await;
    assert_eq!(import(&house, &file).await, Counts::default());
    assert_eq!(house.digest().await, before);

    tablet.push().await;
    tablet.tap(inspection, "c", Answer::Compliant);
    tablet.tap(inspection, "d", Answer::Compliant);
    let parts = vec![tablet.part(inspection, 4)];
    let file = seal(&Bundle { parts }.to_bytes(), &[key_of(&house)], &Entropy([5; 32])).unwrap();
    assert_eq!(import(&house, &file).await, Counts::default());
}

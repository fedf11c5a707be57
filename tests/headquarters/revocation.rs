//! A tablet is lost: what headquarters says to it, under which signature, and what comes back out
//! of its locked vault.

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Request, StatusCode};
use domain::answer::Answer as Choice;
use domain::ids::{InspectionId, SigningKey};
use headquarters::clock;
use headquarters::escrow;
use headquarters::store::vaults;
use proof::envelope::{Entropy, EnvelopeKeyPair};
use proof::erasure::{EraseOrder, Receipt, VaultReceipt};
use proof::hash::sha256;
use proof::vault::file::{SealedRow, SealedVault};
use proof::vault::row::{self, RowCipher};
use proof::vault::{DataKey, SlotId, escrow as wrapping};
use proof::word::Word;
use sync::message::pull::Pull;
use sync::message::receipt::{AskReceipt, End, VAULT_MEDIA_TYPE};
use sync::message::refusal::{Refusal, RefusalCode};

use crate::house::{Answer, House};
use crate::tablet::Tablet;

const SLOT: SlotId = SlotId([4; 16]);

fn escrow_keys() -> EnvelopeKeyPair {
    EnvelopeKeyPair::from_secret(&[6; 32])
}

fn trusted(house: &House) -> Vec<SigningKey> {
    house.headquarters.seats.iter().map(|seat| seat.key).collect()
}

async fn get(house: &House, path: &str) -> Answer {
    house.send(Request::get(path).body(Body::empty()).unwrap()).await
}

async fn hand_in(house: &House, vault: Vec<u8>) -> Answer {
    let request = Request::post("/api/v1/vaults").header(CONTENT_TYPE, VAULT_MEDIA_TYPE);
    house.send(request.body(Body::from(vault)).unwrap()).await
}

async fn receipt(tablet: &mut Tablet<'_>, inspection: InspectionId) -> Answer {
    let (journal, tip) = (tablet.chain(inspection).journal, tablet.chain(inspection).tip.unwrap());
    let asked = AskReceipt { journals: vec![End::new(journal, tip)] };
    let body = serde_json::to_vec(&asked).unwrap();
    tablet.post("/api/v1/receipt", "application/json", body).await
}

/// What lies on a tablet whose work nobody else has, with the same keys of rows and records.
fn locked_vault(tablet: &mut Tablet<'_>, inspection: InspectionId) -> Vec<u8> {
    let key = DataKey::new([9; 32]);
    let cipher = RowCipher::new(&key.rows());
    let sealed = |table: &str, name: Vec<u8>, bytes: Vec<u8>| {
        let content = row::plain(None, &bytes).unwrap();
        let bytes = cipher.seal(&clock::random(), &row::place(table, &name), &content).unwrap();
        SealedRow { table: table.to_owned(), key: name, bytes, is_sealed: true }
    };
    let events = tablet.chain(inspection).events.clone().into_iter().zip(0u8..);
    let mut rows: Vec<_> = events
        .map(|(event, at)| {
            sealed("events", vec![at], minicbor::to_vec(EventRow { event }).unwrap())
        })
        .collect();
    let seat = tablet.seat();
    let signing = [&PKCS8[..], &tablet.seed()].concat();
    let seat_row = SeatRow { seat, signing, envelope: Vec::new() };
    rows.push(sealed("meta", b"seat".to_vec(), minicbor::to_vec(seat_row).unwrap()));
    let escrow = wrapping::wrap(&key, SLOT, &escrow_keys().public(), &Entropy([8; 32])).unwrap();
    SealedVault { slot: SLOT, seat: Some(seat), escrow, rows }.to_bytes()
}

const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

#[derive(minicbor::Encode)]
#[cbor(map)]
struct EventRow {
    #[n(0)]
    event: domain::event::Event,
}

#[derive(minicbor::Encode)]
#[cbor(map)]
struct SeatRow {
    #[n(0)]
    seat: domain::ids::SeatId,
    #[cbor(n(3), with = "minicbor::bytes")]
    signing: Vec<u8>,
    #[cbor(n(4), with = "minicbor::bytes")]
    envelope: Vec<u8>,
}

#[tokio::test]
async fn a_revoked_seat_is_given_an_order_that_it_can_verify() {
    let house = House::start().await;
    let tablet = Tablet::enrolled(&house, &house.invite("A").await.1).await;
    house.revoke(tablet.seat()).await;
    for answer in [
        tablet.pull_with(&Pull { have: Default::default() }).await,
        tablet.get("/api/v1/packs").await,
    ] {
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let refusal: Refusal = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(refusal.code(), Some(RefusalCode::Revoked));
        let word: Word = refusal.order().unwrap().parse().unwrap();
        let order: EraseOrder = word.verify(&trusted(&house)).unwrap();
        assert_eq!(order.seat, tablet.seat());
        assert!(word.verify::<EraseOrder>(&[tablet.keys.public()]).is_err());
    }
}

#[tokio::test]
async fn an_order_is_there_for_a_locked_tablet_and_for_no_other_seat() {
    let house = House::start().await;
    let lost = Tablet::enrolled(&house, &house.invite("A").await.1).await;
    let other = Tablet::enrolled(&house, &house.invite("B").await.1).await;
    house.revoke(lost.seat()).await;
    let answer = get(&house, &format!("/api/v1/orders/{}", lost.seat())).await;
    let word = Word::from_bytes(&answer.body).unwrap();
    assert_eq!(word.verify::<EraseOrder>(&trusted(&house)).unwrap().seat, lost.seat());
    for seat in [other.seat().to_string(), "00".repeat(16)] {
        let answer = get(&house, &format!("/api/v1/orders/{seat}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{seat}");
    }
    assert_eq!(get(&house, "/api/v1/orders/x").await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_receipt_covers_what_is_on_disk_and_nothing_else() {
    let house = House::start().await;
    let mut tablet = Tablet::enrolled(&house, &house.invite("A").await.1).await;
    let inspection = tablet.open().await;
    tablet.push().await;
    house.revoke(tablet.seat()).await;
    tablet.tap(inspection, "a", Choice::Compliant);
    let covers = |answer: &Answer, tablet: &mut Tablet<'_>| {
        let word = Word::from_bytes(&answer.body).unwrap();
        let receipt: Receipt = word.verify(&trusted(&house)).unwrap();
        assert_eq!(receipt.seat, tablet.seat());
        let chain = tablet.chain(inspection);
        receipt.covers(chain.journal, chain.tip.unwrap())
    };
    let before = receipt(&mut tablet, inspection).await;
    assert!(!covers(&before, &mut tablet), "the last tap was not sent");
    assert_eq!(tablet.push().await[0].held, Some(domain::state::HeldReason::SeatRevoked));
    let after = receipt(&mut tablet, inspection).await;
    assert!(covers(&after, &mut tablet));
}

#[tokio::test]
async fn a_locked_vault_is_kept_as_it_came_and_only_from_a_revoked_seat() {
    let house = House::start().await;
    let mut tablet = Tablet::enrolled(&house, &house.invite("A").await.1).await;
    let inspection = tablet.open().await;
    let vault = locked_vault(&mut tablet, inspection);
    assert_eq!(hand_in(&house, vault.clone()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(hand_in(&house, b"no vault".to_vec()).await.status, StatusCode::BAD_REQUEST);
    house.revoke(tablet.seat()).await;
    for _ in 0..2 {
        let answer = hand_in(&house, vault.clone()).await;
        let word = Word::from_bytes(&answer.body).unwrap();
        let receipt: VaultReceipt = word.verify(&trusted(&house)).unwrap();
        assert_eq!((receipt.seat, receipt.sha256), (tablet.seat(), sha256(&vault)));
    }
    let made = house.backup().await;
    let house = house.restore(&made).await;
    let db = house.headquarters.store.readers();
    assert_eq!(vaults::all(db).await.unwrap().len(), 1);
    assert_eq!(vaults::bytes(db, &sha256(&vault)).await.unwrap(), Some(vault));
}

#[tokio::test]
async fn what_existed_only_in_a_locked_vault_is_recovered_with_the_escrow_key() {
    let house = House::start().await;
    let mut tablet = Tablet::enrolled(&house, &house.invite("A").await.1).await;
    let inspection = tablet.open().await;
    tablet.tap(inspection, "a", Choice::Violation);
    let vault = SealedVault::from_bytes(&locked_vault(&mut tablet, inspection)).unwrap();
    let stranger = EnvelopeKeyPair::from_secret(&[7; 32]);
    assert!(escrow::recover(&vault, &stranger, clock::now()).is_err());
    let recovery = escrow::recover(&vault, &escrow_keys(), clock::now()).unwrap();
    assert!(recovery.faults.is_empty(), "{:?}", recovery.faults);
    let carrier = Tablet::enrolled(&house, &house.invite("B").await.1).await;
    let answers = carrier.push_parts(recovery.parts).await;
    let last = tablet.chain(inspection).tip.unwrap().seq;
    assert_eq!(answers[0].accepted_through, Some(last));
    let here = house.events(inspection).await;
    let events = &tablet.chain(inspection).events;
    assert!(events.iter().all(|event| here.contains(&proof::hash::id_of(event))));
}

#[tokio::test]
async fn a_damaged_row_of_a_vault_is_named_and_what_is_before_it_comes_back() {
    let house = House::start().await;
    let mut tablet = Tablet::enrolled(&house, &house.invite("A").await.1).await;
    let inspection = tablet.open().await;
    tablet.tap(inspection, "a", Choice::Violation);
    tablet.tap(inspection, "b", Choice::Violation);
    let mut vault = SealedVault::from_bytes(&locked_vault(&mut tablet, inspection)).unwrap();
    // The last row is the seat's; the one before it is the last event.
    let last_but_one = vault.rows.len() - 3;
    vault.rows[last_but_one].bytes[20] ^= 1;
    let recovery = escrow::recover(&vault, &escrow_keys(), clock::now()).unwrap();
    let faults = recovery.faults.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[1].starts_with("1 events of the journal"), "{faults:?}");
    let recovered: usize = recovery.parts.iter().map(|part| part.events.len()).sum();
    assert_eq!(recovered, tablet.chain(inspection).events.len() - 2);
}

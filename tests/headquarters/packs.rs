//! Packs are listed, fetched by hash, and never change.

use axum::http::StatusCode;
use proof::hash::pack_hash;
use sync::message::packs::PackList;
use sync::message::refusal::RefusalCode;

use crate::house::House;
use crate::tablet::Tablet;

#[tokio::test]
async fn every_pack_in_the_list_is_there_under_its_hash_for_ever() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let tablet = Tablet::enrolled(&house, &code).await;
    let list: PackList = tablet.get("/api/v1/packs").await.json();
    assert!(list.packs.iter().any(|pack| pack.kind == "law" && pack.current));
    assert!(list.packs.iter().any(|pack| pack.kind == "checklist" && pack.id == "printing"));
    for pack in list.packs {
        let answer = tablet.get(&format!("/api/v1/packs/{}", pack.sha256)).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(pack_hash(&answer.body), pack.sha256);
        assert_eq!(u64::try_from(answer.body.len()).unwrap(), pack.size);
        assert_eq!(answer.header("cache-control"), "no-store", "it stays in vaults");
    }
}

#[tokio::test]
async fn a_pack_that_is_not_there_and_a_hash_that_is_none_are_told_apart() {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let tablet = Tablet::enrolled(&house, &code).await;
    let missing = tablet.get(&format!("/api/v1/packs/{}", "00".repeat(32))).await;
    assert_eq!(missing.refusal().1, RefusalCode::NotFound);
    assert_eq!(tablet.get("/api/v1/packs/law").await.refusal().1, RefusalCode::Malformed);
}

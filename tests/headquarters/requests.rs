//! Every request has an id by which its lines in the log are found.

use axum::body::Body;
use axum::http::Request;
use serde_json::Value;

use crate::house::{Answer, House};

const HEADER: &str = "x-request-id";

async fn asked_as(house: &House, id: &str, path: &str) -> Answer {
    house.send(Request::get(path).header(HEADER, id).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn every_answer_names_its_request_and_no_two_have_the_same_name() {
    let house = House::start().await;
    let mut ids = Vec::new();
    for path in ["/", "/office", "/office/sign-in", "/api/v1/packs", "/api/v1/nothing"] {
        let id = house.get(path).await.header(HEADER).to_owned();
        assert_eq!(id.len(), 12, "{path}: {id}");
        assert!(id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{path}: {id}");
        ids.push(id);
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 5);
}

#[tokio::test]
async fn a_refusal_names_the_request_in_its_body() {
    let house = House::start().await;
    for path in ["/api/v1/packs", "/api/v1/nothing"] {
        let answer = house.get(path).await;
        let told: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(told["request_id"], answer.header(HEADER), "{path}");
    }
}

#[tokio::test]
async fn the_id_of_a_proxy_is_kept_when_it_is_well_formed() {
    let house = House::start().await;
    let answer = asked_as(&house, "edge-7_A", "/api/v1/packs").await;
    assert_eq!(answer.header(HEADER), "edge-7_A");
    let told: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(told["request_id"], "edge-7_A");
}

#[tokio::test]
async fn words_that_are_no_id_are_replaced() {
    let house = House::start().await;
    for words in ["two words", "", "<b>", &"a".repeat(65)] {
        let id = asked_as(&house, words, "/office/sign-in").await.header(HEADER).to_owned();
        assert!(id.len() == 12 && id != words, "{words}: {id}");
    }
}

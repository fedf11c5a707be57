//! The OpenAPI document: complete, honest, and the same as yesterday unless somebody looked.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE};
use axum::http::{Method, Request, StatusCode};
use domain::act::Role;
use headquarters::clock;
use serde_json::Value;

use crate::house::House;
use crate::tablet::Tablet;

const DOCUMENT: &str = "/api/v1/openapi.json";

/// One operation of the document.
struct Operation {
    path: String,
    method: Method,
    told: Value,
}

async fn document(house: &House) -> Value {
    let answer = house.get(DOCUMENT).await;
    assert_eq!(answer.header("content-type"), "application/json");
    answer.json()
}

async fn operations(house: &House) -> Vec<Operation> {
    let paths = document(house).await["paths"].take();
    let mut all = Vec::new();
    for (path, item) in paths.as_object().unwrap() {
        for (method, told) in item.as_object().unwrap() {
            let method = method.to_uppercase().parse().unwrap();
            all.push(Operation { path: path.clone(), method, told: told.clone() });
        }
    }
    assert!(all.len() > 30, "{}", all.len());
    all
}

impl Operation {
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    fn statuses(&self) -> BTreeSet<u16> {
        let responses = self.told["responses"].as_object().unwrap();
        responses.keys().map(|status| status.parse().unwrap()).collect()
    }

    /// The address with the samples of the document in it.
    fn address(&self) -> String {
        let parameters = self.told["parameters"].as_array().cloned().unwrap_or_default();
        let of_path = parameters.iter().filter(|parameter| parameter["in"] == "path");
        of_path.fold(self.path.clone(), |path, parameter| {
            let sample = parameter["schema"]["examples"][0].as_str().unwrap();
            path.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap()), sample)
        })
    }

    fn media(&self) -> Option<&str> {
        let content = self.told["requestBody"]["content"].as_object()?;
        content.keys().next().map(String::as_str)
    }

    fn is_of_tablets(&self) -> bool {
        self.path.starts_with("/api/")
    }
}

/// Every part of a value, with where it stands.
fn walk(value: &Value, place: &str, see: &mut dyn FnMut(&str, &Value)) {
    see(place, value);
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, inner)| walk(inner, &format!("{place}/{name}"), see));
        }
        Value::Array(items) => {
            (0..).zip(items).for_each(|(at, inner)| walk(inner, &format!("{place}/{at}"), see));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[tokio::test]
async fn the_document_is_the_one_that_was_reviewed() {
    let house = House::start().await;
    insta::assert_snapshot!(house.get(DOCUMENT).await.text());
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    let house = House::start().await;
    let document = document(&house).await;
    walk(&document, "", &mut |place, value| {
        let Some(target) = value.get("$ref").and_then(Value::as_str) else { return };
        let there = document.pointer(target.trim_start_matches('#'));
        assert!(there.is_some(), "{place}: {target} is not there");
    });
}

#[tokio::test]
async fn every_field_and_every_parameter_says_what_it_means() {
    let house = House::start().await;
    let document = document(&house).await;
    let says = |told: &Value| told["description"].as_str().is_some_and(|text| text.len() > 3);
    let mut seen = 0;
    walk(&document, "", &mut |place, value| {
        let fields = value.get("properties").and_then(Value::as_object);
        for (name, told) in fields.into_iter().flatten() {
            assert!(says(told), "{place}: `{name}` has no description");
            seen += 1;
        }
        if place.contains("/parameters/") && value.get("in").is_some() {
            assert!(says(value), "{place}: no description");
        }
        if place.contains("/responses/") && value.get("headers").is_some() {
            assert!(says(value), "{place}: no description");
        }
    });
    assert!(seen > 60, "{seen}");
}

#[tokio::test]
async fn every_json_message_has_a_sample_and_every_operation_a_name_of_its_own() {
    let house = House::start().await;
    let mut names = BTreeSet::new();
    for operation in operations(&house).await {
        let Operation { told, .. } = &operation;
        assert!(
            told["summary"].as_str().is_some_and(|text| !text.is_empty()),
            "{}",
            operation.name()
        );
        assert!(names.insert(told["operationId"].to_string()), "{}", operation.name());
        if operation.path == DOCUMENT {
            continue;
        }
        walk(told, &operation.name(), &mut |place, value| {
            if place.ends_with("/content/application/json") {
                assert!(value.get("example").is_some(), "{place} has no sample");
            }
        });
    }
}

/// Those who ask.
struct Askers<'a> {
    house: &'a House,
    tablet: Tablet<'a>,
    cookie: String,
}

impl Askers<'_> {
    /// As whom the operation is for, and as nobody.
    async fn ask(&self, operation: &Operation, media: &str, body: &[u8]) -> [StatusCode; 2] {
        let (address, method) = (operation.address(), operation.method.clone());
        let request = Request::builder().method(&method).uri(&address).header(CONTENT_TYPE, media);
        let nobody = self.house.send(request.body(Body::from(body.to_vec())).unwrap()).await;
        let known = if operation.is_of_tablets() {
            self.tablet.send(method, &address, media, body.to_vec(), clock::now()).await
        } else {
            let request = Request::builder().method(method).uri(&address);
            let request = request.header(CONTENT_TYPE, media).header(COOKIE, &self.cookie);
            self.house.send(request.body(Body::from(body.to_vec())).unwrap()).await
        };
        [nobody.status, known.status]
    }
}

#[tokio::test]
async fn every_operation_is_served_and_answers_only_what_it_promises() {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    house.plan(&[(person, Role::Lead)]).await;
    let tablet = Tablet::enrolled(&house, &code).await;
    let cookie = house.clerk().await.into_cookie();
    let askers = Askers { house: &house, tablet, cookie };
    for operation in operations(&house).await {
        // The session would be gone for those that follow.
        if operation.path == "/office/leave" {
            continue;
        }
        for media in [operation.media().unwrap_or(""), "text/plain"] {
            for body in [b"".as_slice(), b"\xa1\x00\x80", b"{}", b"reason=x", b"\xff\xff"] {
                for status in askers.ask(&operation, media, body).await {
                    check(&operation, status);
                }
            }
        }
    }
}

fn check(operation: &Operation, status: StatusCode) {
    let promised = operation.statuses();
    assert!(promised.contains(&status.as_u16()), "{}: {status}, {promised:?}", operation.name());
}

#[tokio::test]
async fn a_method_that_is_not_in_the_document_is_refused() {
    let house = House::start().await;
    let all = operations(&house).await;
    for operation in &all {
        let here = all.iter().filter(|other| other.path == operation.path);
        let known: Vec<_> = here.map(|other| other.method.clone()).collect();
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
            let request = Request::builder().method(&method).uri(operation.address());
            let answer = house.send(request.body(Body::empty()).unwrap()).await;
            let is_refused = answer.status == StatusCode::METHOD_NOT_ALLOWED;
            assert_eq!(is_refused, !known.contains(&method), "{method} {}", operation.path);
        }
    }
}

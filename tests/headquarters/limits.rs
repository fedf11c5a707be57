//! Who asks too often or too much is told so, in the form that the asker reads. Over a real socket,
//! as from a proxy that says for whom it asks.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::http::StatusCode;
use headquarters::headquarters::Headquarters;
use headquarters::identity::Role;
use headquarters::limits::{Figures, Limits};
use headquarters::serve::{Front, listen, serve};
use headquarters::tablet_app::TabletApp;
use headquarters::web::Web;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::house::House;

/// What is answered to a request that a proxy hands on.
async fn ask(proxy: SocketAddr, request: &str, from: &str) -> String {
    let mut stream = TcpStream::connect(proxy).await.unwrap();
    let head = format!(
        "{request} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: {from}\r\nContent-Length: 0\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn an_address_that_tries_too_often_is_told_when_to_come_back_and_others_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let app = TabletApp::choose(Some(folder.path().join("dist")));
    let mut headquarters =
        Headquarters::start(&folder.path().join("data"), None, app).await.unwrap();
    headquarters.web = Web::behind("https://bienban.example").unwrap();
    let two = NonZeroU32::new(2).unwrap();
    headquarters.limits = Limits::new(Figures { entering: two, ..Figures::default() });
    let free = SocketAddr::from(([127, 0, 0, 1], 0));
    let (listener, address) = listen(free, "--listen").await.unwrap();
    let (ops, _) = listen(free, "--ops-listen").await.unwrap();
    let serving = tokio::spawn(serve(Arc::new(headquarters), Front::Plain(listener), ops));
    let enrol = "POST /api/v1/enrol";
    for _ in 0..2 {
        let answer = ask(address, enrol, "192.0.2.1").await;
        assert!(answer.starts_with("HTTP/1.1 415"), "{answer}");
    }
    let answer = ask(address, enrol, "192.0.2.1").await;
    assert!(answer.starts_with("HTTP/1.1 429"), "{answer}");
    assert!(answer.contains("retry-after: ") && answer.contains("\"too_many\""), "{answer}");
    let page = ask(address, "GET /office/enter?token=x&lang=en", "192.0.2.1").await;
    assert!(page.starts_with("HTTP/1.1 429") && page.contains("Too many requests"), "{page}");
    assert!(page.contains("retry-after: "), "{page}");
    let reading = ask(address, "GET /office/sign-in", "192.0.2.1").await;
    assert!(reading.starts_with("HTTP/1.1 200"), "{reading}");
    let other = ask(address, enrol, "192.0.2.2").await;
    assert!(other.starts_with("HTTP/1.1 415"), "{other}");
    serving.abort();
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused_with_a_page() {
    let house = House::start().await;
    let (_, clerk) = house.clerk_as(&Role::ALL, None).await;
    let long = format!("inspection=x&reason={}", "a".repeat(3 * 1024 * 1024));
    for path in ["/office/retention?lang=en", "/office/held?lang=en"] {
        let answer = clerk.post(path, &long).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        assert!(answer.text().contains("The form is too large"), "{path}: {}", answer.text());
    }
}

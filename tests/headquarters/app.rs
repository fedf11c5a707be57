//! The tablet app as headquarters serves it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use headquarters::headers::TABLET_POLICY;

use crate::house::House;

#[tokio::test]
async fn without_the_app_a_page_says_how_to_get_it() {
    let house = House::start().await;
    for path in ["/", "/enrol"] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.text().contains("cargo xtask build"));
    }
}

#[tokio::test]
async fn the_shell_is_asked_for_each_time_and_hashed_names_never_again() {
    let house = House::start().await;
    let dist = house.dist();
    for (name, content) in [
        ("index.html", "<!doctype html>"),
        ("sw.js", "// worker"),
        ("shell.json", "{}"),
        ("tablet-0123456789abcdef.wasm", "wasm"),
        ("tablet-0123456789abcdef.wasm.br", "smaller"),
        ("manifest.webmanifest", "{}"),
    ] {
        std::fs::write(dist.join(name), content).unwrap();
    }
    let cases = [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/enrol", "text/html; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/shell.json", "application/json", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        (
            "/tablet-0123456789abcdef.wasm",
            "application/wasm",
            "public, max-age=31536000, immutable",
        ),
    ];
    for (path, media, caching) in cases {
        let answer = house.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), media, "{path}");
        assert_eq!(answer.header("cache-control"), caching, "{path}");
        assert_eq!(answer.header("content-security-policy"), TABLET_POLICY);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
    let request =
        Request::get("/tablet-0123456789abcdef.wasm").header("accept-encoding", "gzip, br");
    let answer = house.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.header("content-encoding"), answer.text()), ("br", "smaller"));
    assert_eq!(answer.header("content-type"), "application/wasm");
}

#[tokio::test]
async fn a_page_that_did_not_change_is_not_sent_again() {
    let house = House::start().await;
    std::fs::write(house.dist().join("index.html"), "<!doctype html>").unwrap();
    let tag = house.get("/").await.header("etag").to_owned();
    let request = Request::get("/").header("if-none-match", tag);
    let answer = house.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, answer.body.len()), (StatusCode::NOT_MODIFIED, 0));
}

#[tokio::test]
async fn nothing_outside_the_folder_is_served() {
    let house = House::start().await;
    house.dist();
    assert!(house.path().join("data/keyring.toml").exists());
    for path in ["/../data/keyring.toml", "/..%2fdata/keyring.toml", "//data/keyring.toml"] {
        let answer = house.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_policy_is_the_one_that_was_agreed() {
    assert_eq!(
        TABLET_POLICY,
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
}

#[tokio::test]
async fn those_who_run_it_see_that_it_is_alive_ready_and_what_it_counts() {
    let house = House::start().await;
    assert_eq!(house.ops("/healthz").await.text(), "ok\n");
    assert_eq!(house.ops("/readyz").await.text(), "ready\n");
    let metrics = house.ops("/metrics").await;
    assert_eq!(metrics.status, StatusCode::OK);
    assert_eq!(house.get("/metrics").await.status, StatusCode::NOT_FOUND);
}

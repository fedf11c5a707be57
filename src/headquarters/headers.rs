//! What every answer carries so that a browser lets nothing else into these pages.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::headquarters::Headquarters;

/// The policy of the tablet app, whose code is WebAssembly.
pub const TABLET_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The policy of the office pages.
pub const OFFICE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Adds the headers that an answer does not have of its own.
pub(crate) async fn protect(
    State(headquarters): State<Arc<Headquarters>>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path();
    let office = path == "/office" || path.starts_with("/office/");
    let kept_private = office || path.starts_with("/api/");
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let policy = if office { OFFICE_POLICY } else { TABLET_POLICY };
    put(headers, CONTENT_SECURITY_POLICY, policy);
    put(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Not `no-referrer`: browsers would then send forms with `Origin: null`.
    put(headers, REFERRER_POLICY, "same-origin");
    put(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    let permissions = "camera=(self), microphone=(self), geolocation=()";
    put(headers, HeaderName::from_static("permissions-policy"), permissions);
    if headquarters.web.is_tls() {
        put(headers, STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    if kept_private {
        put(headers, CACHE_CONTROL, "no-store");
    }
    response
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}

//! What happens around every request: it gets an id, a span in the log and a place in the
//! figures.
//!
//! Paths are logged as templates and never with what stands behind `?`: links to the
//! office carry their code there.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use tower_http::request_id::{
    MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer,
};
use tower_http::trace::TraceLayer;
use tracing::Span;

use crate::clock;
use crate::headquarters::Headquarters;

/// The header of a request's id, on the way in and on the way out.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken from the one who asks, in bytes.
const MAX_ID_BYTES: usize = 64;

tokio::task_local! {
    static ID: Option<String>;
}

/// The id of the request that is being answered.
pub(crate) fn id() -> Option<String> {
    ID.try_with(Clone::clone).unwrap_or_default()
}

/// Puts everything around the routes of a router.
pub(crate) fn watch(router: Router, headquarters: Arc<Headquarters>) -> Router {
    // The last layer is the first to see a request.
    router
        .layer(from_fn_with_state(headquarters, count))
        .layer(from_fn(remember))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(()))
        .layer(PropagateRequestIdLayer::new(HEADER))
        .layer(SetRequestIdLayer::new(HEADER, Fresh))
        .layer(from_fn(drop_malformed))
}

/// Makes an id that a person can read out: 12 hexadecimal digits.
#[derive(Clone, Copy)]
struct Fresh;

impl MakeRequestId for Fresh {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        let id = domain::ids::to_hex(&clock::random::<6>());
        HeaderValue::from_str(&id).ok().map(RequestId::new)
    }
}

/// An id of a proxy in front is taken, so that one id finds a request in both logs.
async fn drop_malformed(mut request: Request, next: Next) -> Response {
    if !has_one_well_formed(request.headers()) {
        request.headers_mut().remove(HEADER);
    }
    next.run(request).await
}

fn has_one_well_formed(headers: &HeaderMap) -> bool {
    let mut given = headers.get_all(HEADER).into_iter();
    let is_first = given.next().is_some_and(|id| is_well_formed(id.as_bytes()));
    is_first && given.next().is_none()
}

fn is_well_formed(id: &[u8]) -> bool {
    let letters = id.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    (1..=MAX_ID_BYTES).contains(&id.len()) && letters
}

fn given(request: &Request) -> Option<String> {
    let id = request.headers().get(HEADER)?;
    id.to_str().ok().map(str::to_owned)
}

fn route(request: &Request) -> Option<&str> {
    request.extensions().get::<MatchedPath>().map(MatchedPath::as_str)
}

fn span(request: &Request) -> Span {
    let (id, route) = (given(request).unwrap_or_default(), route(request).unwrap_or_default());
    tracing::info_span!("request", id, method = %request.method(), route)
}

async fn remember(request: Request, next: Next) -> Response {
    let id = given(&request);
    ID.scope(id, next.run(request)).await
}

async fn count(
    State(headquarters): State<Arc<Headquarters>>,
    request: Request,
    next: Next,
) -> Response {
    let (method, began) = (request.method().clone(), Instant::now());
    let route = route(&request).map(str::to_owned);
    let response = next.run(request).await;
    let asked = (&method, route.as_deref());
    headquarters.metrics.answered(asked, response.status(), began.elapsed());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_one_short_word() {
        for (id, expected) in [
            ("3f2a91c45d07", true),
            ("a_B-9", true),
            ("", false),
            ("a b", false),
            ("a\"b", false),
            (&"a".repeat(MAX_ID_BYTES), true),
            (&"a".repeat(MAX_ID_BYTES + 1), false),
        ] {
            assert_eq!(is_well_formed(id.as_bytes()), expected, "{id}");
        }
    }

    #[test]
    fn two_ids_are_none() {
        let mut headers = HeaderMap::new();
        assert!(!has_one_well_formed(&headers));
        headers.append(HEADER, HeaderValue::from_static("a"));
        assert!(has_one_well_formed(&headers));
        headers.append(HEADER, HeaderValue::from_static("b"));
        assert!(!has_one_well_formed(&headers));
    }
}

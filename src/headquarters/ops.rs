//! For those who run headquarters: is it alive, is it ready, what does it count.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::headquarters::Headquarters;
use crate::metrics;
use crate::store::StoreFault;

pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// Ready when a transaction reaches the disk.
pub(crate) async fn readyz(State(headquarters): State<Arc<Headquarters>>) -> Response {
    match headquarters.store.write::<(), StoreFault, _>(move |_| Box::pin(async { Ok(()) })).await {
        Ok(()) => "ready\n".into_response(),
        Err(fault) => {
            tracing::error!(%fault, "headquarters is not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response()
        }
    }
}

pub(crate) async fn metrics(State(headquarters): State<Arc<Headquarters>>) -> Response {
    match headquarters.metrics.text(&headquarters.store).await {
        Ok(text) => ([(CONTENT_TYPE, metrics::MEDIA_TYPE)], text).into_response(),
        Err(fault) => {
            tracing::error!(%fault, "the figures cannot be read");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n").into_response()
        }
    }
}

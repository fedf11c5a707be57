//! For those who run headquarters: is it alive, is it ready, what does it count.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::headquarters::Headquarters;
use crate::store::{StoreFault, events, judgements, meta};

/// What is counted since the start.
#[derive(Debug, Default)]
pub struct Metrics {
    pushes: AtomicU64,
    accepted: AtomicU64,
}

impl Metrics {
    /// Counts a push that was answered, and the events it brought.
    pub fn pushed(&self, fresh: usize) {
        self.pushes.fetch_add(1, Ordering::Relaxed);
        self.accepted.fetch_add(u64::try_from(fresh).unwrap_or(0), Ordering::Relaxed);
    }
}

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
    let (events, held) = events::totals(headquarters.store.readers()).await.unwrap_or_default();
    let Metrics { pushes, accepted } = &headquarters.metrics;
    let mut text = String::new();
    let mut put = |name: &str, kind: &str, help: &str, value: u64| {
        // Writing into a string does not fail.
        let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}\n");
    };
    put("bienban_events", "gauge", "Events in custody.", events);
    put("bienban_events_held", "gauge", "Events in custody that came in held.", held);
    let db = headquarters.store.readers();
    let waiting = judgements::waiting(db).await.unwrap_or_default();
    put("bienban_events_held_waiting", "gauge", "Held events that wait for a person.", waiting);
    let durable = meta::durable_through(db).await.ok().flatten().unwrap_or_default();
    put("bienban_events_durable", "gauge", "Events that are in a backup.", durable);
    let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    put("bienban_pushes_total", "counter", "Pushes answered since the start.", count(pushes));
    let help = "Events accepted by push since the start.";
    put("bienban_events_accepted_total", "counter", help, count(accepted));
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

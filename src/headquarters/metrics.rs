//! What is counted and measured for those who run headquarters, in Prometheus' naming
//! conventions.
//!
//! Counts begin at 0 with each start. Nothing here names a person, a seat or an
//! inspection, and no label takes a value that a stranger chooses.

mod standing;

use std::fmt;
use std::time::Duration;

use axum::http::{Method, StatusCode};
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::api::router::{BUNDLE, PULL, PUSH};
use crate::custody::Counts;
use crate::store::{Store, StoreFault};
use standing::Standing;

/// The media type of [`Metrics::text`].
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds of the buckets of durations, in seconds.
const BUCKETS_S: [f64; 14] =
    [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// The route of requests that no route takes: the tablet app's files, and what is not there.
const OTHER_ROUTE: &str = "other";

/// Everything that is counted and measured.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    pushes: ByOutcome,
    pulls: ByOutcome,
    bundles: ByOutcome,
    events: Family<CustodyLabel, Counter>,
    requests: Family<Asked, Histogram, fn() -> Histogram>,
    standing: Standing,
}

type ByOutcome = Family<OutcomeLabel, Counter>;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OutcomeLabel {
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CustodyLabel {
    custody: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    route: String,
    method: &'static str,
    status: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Build {
    version: &'static str,
    schema: i64,
}

/// A histogram of seconds.
pub(crate) fn seconds() -> Histogram {
    Histogram::new(BUCKETS_S)
}

impl Metrics {
    /// Nothing counted yet; the store measures its commits itself.
    pub fn new(store: &Store) -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("bienban"),
            pushes: ByOutcome::default(),
            pulls: ByOutcome::default(),
            bundles: ByOutcome::default(),
            events: Family::default(),
            requests: Family::new_with_constructor(seconds as fn() -> Histogram),
            standing: Standing::default(),
        };
        metrics.begin_with_zero();
        metrics.register(store);
        metrics
    }

    fn register(&mut self, store: &Store) {
        let registry = &mut self.registry;
        self.standing.register(registry);
        let build = Build { version: env!("CARGO_PKG_VERSION"), schema: crate::store::SCHEMA };
        let help = "Version of the program, and of the database it writes";
        registry.register("build", help, Info::new(build));
        registry.register("pushes", "Pushes answered since the start", self.pushes.clone());
        registry.register("pulls", "Pulls answered since the start", self.pulls.clone());
        let help = "Bundles that were handed in and answered since the start";
        registry.register("bundles", help, self.bundles.clone());
        let help = "Events that pushes and bundles brought since the start";
        registry.register("events_received", help, self.events.clone());
        let help = "From a request's arrival until its answer began";
        let requests = self.requests.clone();
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, requests);
        let help = "From the beginning of the writer's transaction until it was on disk";
        let commits = store.commits().clone();
        registry.register_with_unit("commit_duration", help, Unit::Seconds, commits);
    }

    /// So that a count that was never raised is 0 and not absent: rates need a first value.
    fn begin_with_zero(&self) {
        for outcome in ["answered", "refused", "failed"] {
            for family in [&self.pushes, &self.pulls, &self.bundles] {
                drop(family.get_or_create(&OutcomeLabel { outcome }));
            }
        }
        self.received(Counts::default());
    }

    /// Counts what became of the events that a push or a bundle brought.
    pub(crate) fn received(&self, events: Counts) {
        let Counts { accepted, held, repeated } = events;
        for (custody, count) in [("accepted", accepted), ("held", held), ("repeated", repeated)] {
            let count = u64::try_from(count).unwrap_or(u64::MAX);
            self.events.get_or_create(&CustodyLabel { custody }).inc_by(count);
        }
    }

    /// Counts a request that was answered, by the template of its route.
    pub(crate) fn answered(
        &self,
        (method, route): (&Method, Option<&str>),
        status: StatusCode,
        took: Duration,
    ) {
        let asked = Asked {
            route: route.unwrap_or(OTHER_ROUTE).to_owned(),
            method: known(method),
            status: class(status),
        };
        self.requests.get_or_create(&asked).observe(took.as_secs_f64());
        let family = match route {
            Some(PUSH) => &self.pushes,
            Some(PULL) => &self.pulls,
            Some(BUNDLE) => &self.bundles,
            Some(_) | None => return,
        };
        family.get_or_create(&OutcomeLabel { outcome: outcome(status) }).inc();
    }

    /// Everything as text, with what the store holds at this moment.
    ///
    /// # Errors
    /// See [`MetricsFault`].
    pub(crate) async fn text(&self, store: &Store) -> Result<String, MetricsFault> {
        self.standing.take(store).await?;
        let mut written = String::new();
        text::encode(&mut written, &self.registry)?;
        Ok(written)
    }
}

/// Why there are no figures.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MetricsFault {
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// They cannot be written.
    #[error(transparent)]
    Text(#[from] fmt::Error),
}

fn outcome(status: StatusCode) -> &'static str {
    if status.is_success() {
        "answered"
    } else if status.is_server_error() {
        "failed"
    } else {
        "refused"
    }
}

/// Anyone may send a method of a new name; it must not become a new series.
fn known(method: &Method) -> &'static str {
    let all = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    all.into_iter().find(|name| *name == method.as_str()).unwrap_or(OTHER_ROUTE)
}

fn class(status: StatusCode) -> &'static str {
    match status.as_u16() {
        100..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

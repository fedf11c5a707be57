//! What those who run headquarters are told in figures, and that a monitor can read it.

use std::collections::{BTreeMap, BTreeSet};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use domain::act::Role;
use domain::answer::Answer;

use crate::house::House;
use crate::tablet::Tablet;

/// One line of figures.
#[derive(Debug, Clone, PartialEq)]
struct Sample {
    name: String,
    labels: BTreeMap<String, String>,
    value: f64,
}

/// The figures of one headquarters, read strictly.
#[derive(Debug, Default)]
struct Figures {
    kinds: BTreeMap<String, String>,
    helped: BTreeSet<String>,
    units: BTreeMap<String, String>,
    samples: Vec<Sample>,
}

impl Figures {
    async fn of(house: &House) -> Self {
        let answer = house.ops("/metrics").await;
        assert_eq!(answer.status, StatusCode::OK);
        let media = answer.header("content-type");
        assert_eq!(media, "application/openmetrics-text; version=1.0.0; charset=utf-8");
        Self::parse(answer.text())
    }

    fn parse(text: &str) -> Self {
        let mut figures = Self::default();
        let body = text.strip_suffix("# EOF\n").expect("the text says where it ends");
        for line in body.lines() {
            match line.strip_prefix("# ") {
                Some(said) => figures.describe(said),
                None => figures.samples.push(sample(line)),
            }
        }
        figures
    }

    fn describe(&mut self, said: &str) {
        let mut words = said.splitn(3, ' ');
        let mut word = || words.next().expect("three words").to_owned();
        let (what, name, rest) = (word(), word(), word());
        let is_new = match what.as_str() {
            "HELP" => self.helped.insert(name),
            "TYPE" => self.kinds.insert(name, rest).is_none(),
            "UNIT" => self.units.insert(name, rest).is_none(),
            other => panic!("`{other}` is no word of the format"),
        };
        assert!(is_new, "`{said}` is said twice");
    }

    /// The family of a sample: its name without what its kind appends.
    fn family(&self, sample: &Sample) -> (&str, &str) {
        let endings = ["", "_total", "_info", "_bucket", "_sum", "_count"];
        let mut named = endings.iter().filter_map(|ending| {
            let name = sample.name.strip_suffix(ending)?;
            self.kinds.get_key_value(name).map(|(name, kind)| (name.as_str(), kind.as_str()))
        });
        named.next_back().unwrap_or_else(|| panic!("`{}` is not described", sample.name))
    }

    fn value(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        let is_it = |sample: &&Sample| {
            sample.name == name
                && labels
                    .iter()
                    .all(|(key, value)| sample.labels.get(*key).is_some_and(|v| v == value))
        };
        let found: Vec<_> = self.samples.iter().filter(is_it).collect();
        assert_eq!(found.len(), 1, "{name} {labels:?}: {found:?}");
        found[0].value
    }
}

fn sample(line: &str) -> Sample {
    let (series, value) = line.rsplit_once(' ').expect("a series and its value");
    let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
    let labels = labels.strip_suffix('}').expect("labels are closed");
    let pairs = labels.split(',').filter(|pair| !pair.is_empty()).map(|pair| {
        let (key, value) = pair.split_once('=').expect("a label has a value");
        let value = value.strip_prefix('"').and_then(|value| value.strip_suffix('"'));
        (key.to_owned(), value.expect("it stands in quotes").to_owned())
    });
    let value = value.parse().expect("a value is a number");
    Sample { name: name.to_owned(), labels: pairs.collect(), value }
}

/// Some of everything: a push that is taken, one that is refused, a pull, a page of the office.
async fn busy(house: &House) {
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let inspection = house.plan(&[(person, Role::Lead)]).await;
    let mut tablet = Tablet::enrolled(house, &code).await;
    tablet.tap(inspection, "a", Answer::Compliant);
    tablet.push().await;
    tablet.push_parts(vec![tablet.part(inspection, 0)]).await;
    tablet.push_bytes(vec![0xff]).await;
    tablet.pull().await;
    house.clerk().await.get("/office").await;
}

#[tokio::test]
async fn figures_follow_the_naming_conventions() {
    let house = House::start().await;
    busy(&house).await;
    let figures = Figures::of(&house).await;
    for (name, kind) in &figures.kinds {
        assert!(name.starts_with("bienban_"), "{name}");
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{name}");
        assert!(figures.helped.contains(name), "{name} has no help");
        assert!(
            ["counter", "gauge", "histogram", "info"].contains(&kind.as_str()),
            "{name} {kind}"
        );
        assert!(!name.ends_with("_total"), "{name}: the ending belongs to its samples");
        let timed = figures.units.get(name).is_some_and(|unit| unit == "seconds");
        assert_eq!(kind == "histogram", timed && kind != "gauge", "{name} measures seconds");
    }
    for (name, unit) in &figures.units {
        assert!(name.ends_with(&format!("_{unit}")), "{name} is in {unit}");
    }
    for sample in &figures.samples {
        let (family, kind) = figures.family(sample);
        let ending = &sample.name[family.len()..];
        let expected: &[&str] = match kind {
            "counter" => &["_total"],
            "histogram" => &["_bucket", "_sum", "_count"],
            "info" => &["_info"],
            _ => &[""],
        };
        assert!(expected.contains(&ending), "{} of a {kind}", sample.name);
        assert!(sample.value >= 0.0, "{sample:?}");
    }
}

#[tokio::test]
async fn buckets_rise_and_the_last_one_is_the_count() {
    let house = House::start().await;
    busy(&house).await;
    let figures = Figures::of(&house).await;
    let mut last = BTreeMap::new();
    for sample in figures.samples.iter().filter(|sample| sample.name.ends_with("_bucket")) {
        let mut labels = sample.labels.clone();
        let bound = labels.remove("le").expect("a bucket has a bound");
        let bound: f64 = if bound == "+Inf" { f64::INFINITY } else { bound.parse().unwrap() };
        let series = (sample.name.replace("_bucket", "_count"), labels);
        if let Some((before, count)) = last.insert(series, (bound, sample.value)) {
            assert!(before < bound && count <= sample.value, "{sample:?}");
        }
    }
    assert!(last.len() > 3, "{last:?}");
    for ((name, labels), (bound, count)) in last {
        assert_eq!(bound, f64::INFINITY, "{name}");
        let all = figures.samples.iter().find(|s| s.name == name && s.labels == labels);
        assert_eq!(all.map(|sample| sample.value), Some(count), "{name} {labels:?}");
    }
}

#[tokio::test]
async fn figures_say_what_happened() {
    let house = House::start().await;
    let before = Figures::of(&house).await;
    for outcome in ["answered", "refused", "failed"] {
        assert_eq!(before.value("bienban_pushes_total", &[("outcome", outcome)]), 0.0);
        assert_eq!(before.value("bienban_pulls_total", &[("outcome", outcome)]), 0.0);
    }
    busy(&house).await;
    let after = Figures::of(&house).await;
    assert_eq!(after.value("bienban_pushes_total", &[("outcome", "answered")]), 2.0);
    assert_eq!(after.value("bienban_pushes_total", &[("outcome", "refused")]), 1.0);
    assert_eq!(after.value("bienban_pulls_total", &[("outcome", "answered")]), 1.0);
    let received = |custody| after.value("bienban_events_received_total", &[("custody", custody)]);
    assert_eq!((received("accepted"), received("held"), received("repeated")), (2.0, 0.0, 2.0));
    let pushes = [("route", "/api/v1/push"), ("method", "POST"), ("status", "4xx")];
    assert_eq!(after.value("bienban_http_request_duration_seconds_count", &pushes), 1.0);
    assert_eq!(after.value("bienban_tablets", &[("last_contact", "under_1h")]), 1.0);
    assert_eq!(after.value("bienban_writer_queue_length", &[]), 0.0);
    assert!(after.value("bienban_database_size_bytes", &[]) > 100_000.0);
    assert!(after.value("bienban_commit_duration_seconds_count", &[]) > 3.0);
    assert_eq!(after.value("bienban_build_info", &[("version", env!("CARGO_PKG_VERSION"))]), 1.0);
    assert_eq!(after.value("bienban_last_backup_timestamp_seconds", &[]), 0.0);
    let stored = house.positions().await.len();
    assert_eq!(after.value("bienban_events", &[]), f64::from(u32::try_from(stored).unwrap()));
}

#[tokio::test]
async fn a_backup_and_a_silent_tablet_show_in_the_figures() {
    let house = House::start().await;
    busy(&house).await;
    house.backup().await;
    house.age_contacts().await;
    let figures = Figures::of(&house).await;
    assert_eq!(figures.value("bienban_events_durable", &[]), figures.value("bienban_events", &[]));
    assert!(figures.value("bienban_last_backup_timestamp_seconds", &[]) > 1_700_000_000.0);
    assert_eq!(figures.value("bienban_tablets", &[("last_contact", "under_1h")]), 0.0);
    assert_eq!(figures.value("bienban_tablets", &[("last_contact", "1d_to_7d")]), 1.0);
}

#[tokio::test]
async fn a_stranger_cannot_make_new_series() {
    let house = House::start().await;
    for address in ["/nothing/here", "/api/v1/what", "/office/inspections/42"] {
        house.get(address).await;
    }
    house.send(Request::builder().method("SPY").uri("/x").body(Body::empty()).unwrap()).await;
    let figures = Figures::of(&house).await;
    let counts =
        figures.samples.iter().filter(|s| s.name.ends_with("request_duration_seconds_count"));
    let asked: BTreeSet<_> =
        counts.map(|s| (s.labels["route"].as_str(), s.labels["method"].as_str())).collect();
    let expected = [
        ("/api/{*rest}", "GET"),
        ("/office/inspections/{id}", "GET"),
        ("other", "GET"),
        ("other", "other"),
    ];
    assert_eq!(asked, BTreeSet::from(expected));
}

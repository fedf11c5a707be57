//! How the time grows with what is recorded: folding, one more event, syncing, and the office's
//! pages. Each curve is a table of sizes with the time in all and for each, and the exponent that
//! fits its upper part: 1 is linear, 0 is constant.
//!
//! Native: what a browser adds is measured on the tablet. Office pages go through the real router
//! on a real database, without a socket.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a benchmark fails loudly")]
#![allow(dead_code, reason = "the tests beside it use the rest of these files")]

#[path = "../house.rs"]
mod house;
#[path = "../tablet.rs"]
mod tablet;

use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use domain::act::{Act, Body, Role};
use domain::answer::Answer as Choice;
use domain::event::Event;
use domain::ids::{EventId, InspectionId, SeatId};
use domain::moment::Moment;
use domain::register::{Address, Field, Write};
use domain::state::{Custody, Entry, State};
use house::{Clerk, House};
use proof::chain::{Journal, Tip};
use proof::hash::{id_of, sha256};
use proof::head::{Head, SignedHead};
use proof::sign::KeyPair;
use serde_json::{Value, json};
use sync::message::pull::{Cursor, Page, PulledEvent};
use sync::message::push::{MAX_PAGE_EVENTS, Part, Push};
use sync::reception::{self, Known};
use tablet::{Chain, Tablet};

const RUNS: usize = 5;
const QUICK_RUNS: usize = 3;

/// How many taps are measured one by one; the median of them counts.
const TAPS: usize = 501;

/// How many events an inspection has on the office's lists: a day of a small team.
const EVENTS_OF_ONE: usize = 80;

/// Where the part of a curve begins that the exponent is fitted to: below, the cost of beginning
/// is most of it.
const FITTED_FROM: usize = 1_000;

/// How much is measured.
struct Size {
    events: Vec<usize>,
    items: Vec<usize>,
    inspections: Vec<usize>,
    runs: usize,
}

/// One curve: for each size the median time of all of it.
struct Curve {
    name: &'static str,
    of: &'static str,
    points: Vec<(usize, Duration)>,
}

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let size = Size::asked();
    let curves = [
        fold_events(&size),
        fold_items(&size),
        one_more_tap(&size),
        push_of_a_tablet(&size),
        pull_by_a_tablet(&size),
        one_page_at_headquarters(&size).await,
    ];
    let offices = offices(&size).await;
    let all: Vec<_> = curves.iter().chain(&offices).collect();
    all.iter().for_each(|curve| curve.print());
    let json: serde_json::Map<_, _> =
        all.iter().map(|curve| (curve.name.to_owned(), curve.to_json())).collect();
    if let Some(path) = std::env::var_os("BIENBAN_BENCH_JSON") {
        let text = serde_json::to_string_pretty(&json).expect("it is plain data");
        std::fs::write(path, text).expect("the figures can be written");
    }
}

impl Size {
    fn asked() -> Self {
        if std::env::var_os("BIENBAN_BENCH_QUICK").is_some() {
            let (events, items) = (vec![1, 100, 1_000, 10_000], vec![50, 500, 2_000]);
            return Self { events, items, inspections: vec![1, 10, 50], runs: QUICK_RUNS };
        }
        Self {
            events: vec![1, 10, 100, 1_000, 3_000, 10_000, 30_000, 100_000],
            items: vec![50, 300, 1_000, 3_000, 10_000],
            inspections: vec![1, 10, 100, 300, 1_000],
            runs: RUNS,
        }
    }
}

/// So many events over a thousand items.
fn fold_events(size: &Size) -> Curve {
    let most = size.events.iter().copied().max().unwrap_or(0);
    let entries = entries(most, 1_000);
    let point = |events: &usize| (*events, median(size.runs, || fold(&entries[..*events])));
    let points = size.events.iter().map(point).collect();
    Curve { name: "fold_events", of: "events", points }
}

/// Ten events for each of so many items.
fn fold_items(size: &Size) -> Curve {
    let point = |items: &usize| {
        let entries = entries(items * 10, *items);
        (*items, median(size.runs, || fold(&entries)))
    };
    Curve { name: "fold_items", of: "items", points: size.items.iter().map(point).collect() }
}

/// One more event on a state of so many.
fn one_more_tap(size: &Size) -> Curve {
    let sizes = size.events.iter().copied().filter(|events| *events >= 100);
    let most = size.events.iter().copied().max().unwrap_or(0);
    let entries = entries(most + TAPS, 1_000);
    let point = |events: usize| {
        let mut state = fold(&entries[..events]);
        let mut taps: Vec<_> = entries[events..events + TAPS]
            .iter()
            .map(|tap| timed(|| state.apply(tap, Custody::Accepted)))
            .collect();
        taps.sort();
        (events, taps[TAPS / 2])
    };
    Curve { name: "one_more_tap", of: "events before", points: sizes.map(point).collect() }
}

/// The entries of a journal that works through the items again and again; each names the value
/// that it replaces, as a tap does.
fn entries(events: usize, items: usize) -> Vec<Entry> {
    (0..events).map(|number| entry(number, items)).collect()
}

fn entry(number: usize, items: usize) -> Entry {
    let choice =
        if (number / items).is_multiple_of(2) { Choice::Compliant } else { Choice::Violation };
    let over = number.checked_sub(items).map(event_id).into_iter().collect();
    let address = Address::item(item_id(number % items), Field::Answer);
    let act = Act::Set(Write { address, value: choice.value(), over });
    let seq = number as u64;
    let at = Moment(1_782_869_400_000).later_by_ms(i64::try_from(number).expect("it is small"));
    Entry { id: event_id(number), author: SeatId([1; 16]), seq, at, body: Some(Body::of(act)) }
}

fn event_id(number: usize) -> EventId {
    EventId(sha256(&number.to_be_bytes()))
}

fn item_id(item: usize) -> String {
    format!("print.section_{}.item_{item}", item / 25)
}

fn fold(entries: &[Entry]) -> State {
    let mut state = State::new([]);
    entries.iter().for_each(|entry| state.apply(entry, Custody::Accepted));
    state
}

/// The tablet's side of pushing so many events: cut into pages, signed and written.
fn push_of_a_tablet(size: &Size) -> Curve {
    let (keys, chain) = recorded(size);
    let point = |events: &usize| {
        let push = || pages(&chain, &keys, *events).for_each(|part| drop(black_box(written(part))));
        (*events, median(size.runs, push))
    };
    Curve {
        name: "push_by_a_tablet",
        of: "events",
        points: size.events.iter().map(point).collect(),
    }
}

/// The tablet's side of pulling so many events: every page is verified against what is known.
fn pull_by_a_tablet(size: &Size) -> Curve {
    let (keys, chain) = recorded(size);
    let point = |events: &usize| {
        let parts: Vec<_> = pages(&chain, &keys, *events).collect();
        (*events, median(size.runs, || receive(chain.journal, &parts)))
    };
    Curve {
        name: "pull_by_a_tablet",
        of: "events",
        points: size.events.iter().map(point).collect(),
    }
}

fn recorded(size: &Size) -> (KeyPair, Chain) {
    let keys = KeyPair::from_seed(&[7; 32]);
    let mut chain = Chain::opened(InspectionId([1; 16]), &keys);
    let most = size.events.iter().copied().max().unwrap_or(0);
    for entry in entries(most - 1, 1_000) {
        chain.append(entry.body.expect("it has one").act);
    }
    (keys, chain)
}

fn pages<'a>(
    chain: &'a Chain,
    keys: &'a KeyPair,
    events: usize,
) -> impl Iterator<Item = Part> + 'a {
    (0..events).step_by(MAX_PAGE_EVENTS).map(move |from| {
        let through = (from + MAX_PAGE_EVENTS).min(events);
        run(chain, keys, from..through)
    })
}

/// Some events of a journal, under a head of their own.
fn run(chain: &Chain, keys: &KeyPair, events: Range<usize>) -> Part {
    let run = chain.events[events.clone()].to_vec();
    let id = id_of(&chain.events[events.end - 1]);
    let tip = Tip { seq: events.end as u64 - 1, id };
    let head = Head { journal: chain.journal, tip, at: Moment(0) };
    Part { head: keys.sign_head(&head), events: run }
}

fn written(part: Part) -> Vec<u8> {
    Push { parts: vec![part] }.to_bytes()
}

/// Takes pages as a tablet does, which looks up of each page what it has of it.
fn receive(journal: Journal, parts: &[Part]) {
    let mut before = Known::default();
    for (number, part) in parts.iter().enumerate() {
        let page = page(journal.inspection, number, &part.events, &part.head);
        let received = reception::receive(page, &before).expect("it verifies");
        let last = received.events.last().expect("it is not empty");
        before.ids = [last.event.id].into();
        before.authors = [(journal.journal, last.author)].into();
        black_box(received);
    }
}

fn page(inspection: InspectionId, number: usize, events: &[Event], head: &SignedHead) -> Page {
    let first = (number * MAX_PAGE_EVENTS) as u64;
    let pulled = |(position, event): (u64, &Event)| PulledEvent {
        position,
        held: None,
        event: event.clone(),
    };
    let entries = (first..).zip(events).map(pulled).collect();
    let cursor = Cursor(String::new());
    Page { inspection, cursor, heads: vec![head.clone()], entries }
}

/// One more page of 100 events at headquarters, in an inspection that has so many already.
async fn one_page_at_headquarters(size: &Size) -> Curve {
    const MORE: usize = 100;
    let mut points = Vec::new();
    for events in size.events.iter().copied().filter(|events| *events >= 100) {
        let house = House::start().await;
        let (mut tablet, inspection) = at_work(&house).await;
        tap(&mut tablet, inspection, events);
        push(&mut tablet, inspection).await;
        let mut times = Vec::new();
        for _ in 0..size.runs {
            let from = tablet.chain(inspection).events.len();
            tap(&mut tablet, inspection, MORE);
            let part = tablet.part(inspection, from);
            let begun = Instant::now();
            tablet.push_parts(vec![part]).await;
            times.push(begun.elapsed());
        }
        times.sort();
        points.push((events, times[times.len() / 2]));
    }
    Curve { name: "one_page_at_headquarters", of: "events before", points }
}

async fn at_work(house: &House) -> (Tablet<'_>, InspectionId) {
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let tablet = Tablet::enrolled(house, &code).await;
    (tablet, house.plan(&[(person, Role::Lead)]).await)
}

fn tap(tablet: &mut Tablet<'_>, inspection: InspectionId, events: usize) {
    for number in 0..events {
        let answer = if number % 3 == 0 { Choice::Violation } else { Choice::Compliant };
        tablet.tap(inspection, &item_id(number % 1_000), answer);
    }
}

/// Pushes a whole journal, page by page.
async fn push(tablet: &mut Tablet<'_>, inspection: InspectionId) {
    let keys = tablet.keys.clone();
    let chain = tablet.chain(inspection).clone();
    for part in pages(&chain, &keys, chain.events.len()) {
        let answers = tablet.push_parts(vec![part]).await;
        assert!(answers.iter().all(|answer| answer.held.is_none() && answer.expected.is_none()));
    }
}

/// The office's pages over so many inspections: read for the first time, again, and when one
/// inspection has news.
async fn offices(size: &Size) -> Vec<Curve> {
    let names = ["office_first_time", "office_again", "office_after_news", "list_again"];
    let mut curves = names.map(|name| Curve { name, of: "inspections", points: Vec::new() });
    for inspections in &size.inspections {
        for (curve, took) in curves.iter_mut().zip(office(*inspections, size.runs).await) {
            curve.points.push((*inspections, took));
        }
    }
    let mut curves = Vec::from(curves);
    curves.push(one_inspection(size).await);
    curves
}

async fn office(inspections: usize, runs: usize) -> [Duration; 4] {
    let house = House::start().await;
    let (person, code) = house.invite("Kiểm tra viên A").await;
    let mut tablet = Tablet::enrolled(&house, &code).await;
    let mut last = InspectionId([0; 16]);
    for _ in 0..inspections {
        last = house.plan(&[(person, Role::Lead)]).await;
        tap(&mut tablet, last, EVENTS_OF_ONE);
        tablet.push().await;
    }
    let clerk = house.clerk().await;
    let first = get(&clerk, "/office").await;
    let (mut again, mut after_news, mut list) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..runs {
        again.push(get(&clerk, "/office").await);
        list.push(get(&clerk, "/office/inspections").await);
        tap(&mut tablet, last, 1);
        tablet.push().await;
        after_news.push(get(&clerk, "/office").await);
    }
    let [again, after_news, list] = [again, after_news, list].map(|mut times| {
        times.sort();
        times[times.len() / 2]
    });
    [first, again, after_news, list]
}

/// The page of one inspection with so many events.
async fn one_inspection(size: &Size) -> Curve {
    let mut points = Vec::new();
    for events in size.events.iter().copied().filter(|events| *events >= 100) {
        let house = House::start().await;
        let (mut tablet, inspection) = at_work(&house).await;
        tap(&mut tablet, inspection, events);
        push(&mut tablet, inspection).await;
        let clerk = house.clerk().await;
        let path = format!("/office/inspections/{inspection}");
        let mut times = Vec::new();
        for _ in 0..size.runs {
            times.push(get(&clerk, &path).await);
        }
        times.sort();
        points.push((events, times[times.len() / 2]));
    }
    Curve { name: "office_one_inspection", of: "events", points }
}

async fn get(clerk: &Clerk<'_>, path: &str) -> Duration {
    let begun = Instant::now();
    let answer = clerk.get(path).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    begun.elapsed()
}

fn median<T>(runs: usize, work: impl Fn() -> T) -> Duration {
    let mut times: Vec<_> = (0..runs).map(|_| timed(|| black_box(work()))).collect();
    times.sort();
    times[times.len() / 2]
}

/// How long work takes, without what it takes to throw away its outcome.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    let done = work();
    let took = begun.elapsed();
    drop(done);
    took
}

impl Curve {
    fn print(&self) {
        println!("{}: time ~ n^{:.2}", self.name, self.exponent());
        for (n, took) in &self.points {
            println!(
                "  {n:>7} {}: {:>10.3} ms, {:>9.0} ns each",
                self.of,
                ms(*took),
                each_ns(*n, *took)
            );
        }
    }

    fn to_json(&self) -> Value {
        let points: Vec<_> = self
            .points
            .iter()
            .map(|(n, took)| json!({ "n": n, "ms": ms(*took), "ns_each": each_ns(*n, *took) }))
            .collect();
        json!({ "of": self.of, "exponent": self.exponent(), "points": points })
    }

    /// The slope of the straight line through the logarithms, by least squares.
    fn exponent(&self) -> f64 {
        let above = self.points.iter().filter(|(n, _)| *n >= FITTED_FROM);
        let upper = if above.clone().count() >= 3 { above.collect() } else { self.last_three() };
        let logs: Vec<_> =
            upper.iter().map(|(n, took)| (float(*n).ln(), ms(*took).max(1e-6).ln())).collect();
        let count = float(logs.len());
        let mean = |values: Vec<f64>| values.iter().sum::<f64>() / count;
        let (x, y) = (
            mean(logs.iter().map(|log| log.0).collect()),
            mean(logs.iter().map(|log| log.1).collect()),
        );
        let along: f64 = logs.iter().map(|log| (log.0 - x) * (log.1 - y)).sum();
        along / logs.iter().map(|log| (log.0 - x).powi(2)).sum::<f64>()
    }

    fn last_three(&self) -> Vec<&(usize, Duration)> {
        self.points.iter().skip(self.points.len().saturating_sub(3)).collect()
    }
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

fn each_ns(n: usize, took: Duration) -> f64 {
    took.as_secs_f64() * 1e9 / float(n)
}

#[expect(clippy::cast_precision_loss, reason = "there are thousands")]
fn float(n: usize) -> f64 {
    n as f64
}

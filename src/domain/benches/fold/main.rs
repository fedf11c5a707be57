//! How long it takes to fold 100,000 events, and to open an inspection from a snapshot.
//!
//! Figures are medians of interleaved runs with their spread; `cargo xtask bench` says by
//! `BIENBAN_BENCH_JSON` where they are written. On a machine that does other work meanwhile the
//! time spent on a processor (`cpu`) says more than the time that passed (`wall`).
#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock and writes a file")]
#![expect(clippy::disallowed_types, reason = "a benchmark reads the clock")]
#![expect(clippy::expect_used, reason = "a benchmark fails loudly")]

mod volume;

use std::hint::black_box;
use std::time::{Duration, Instant};

use domain::act::Body;
use domain::state::{Entry, State};

const RUNS: usize = 9;

/// What the design allows for the fold, on a native machine.
const BUDGET_MS: f64 = 200.0;

/// One thing that is measured.
struct Figure {
    name: &'static str,
    run: Box<dyn Fn()>,
    wall: Vec<Duration>,
    cpu: Vec<Duration>,
}

fn main() {
    let (mut figures, snapshot_bytes) = figures();
    for _ in 0..RUNS {
        figures.iter_mut().for_each(Figure::measure);
    }
    let lines: Vec<_> = figures.iter().map(Figure::to_json).collect();
    let events = volume::ITEMS * volume::ROUNDS;
    let head = format!(
        "  \"events\": {events},\n  \"fold_budget_ms\": {BUDGET_MS},\n  \"snapshot_bytes\": {snapshot_bytes}"
    );
    let json = format!("{{\n{head},\n{}\n}}\n", lines.join(",\n"));
    print!("{json}");
    if let Some(path) = std::env::var_os("BIENBAN_BENCH_JSON") {
        std::fs::write(path, json).expect("the figures can be written");
    }
}

/// What is measured, and how large the snapshot is.
fn figures() -> (Vec<Figure>, usize) {
    let events = volume::events();
    let bodies: Vec<_> = events.iter().map(body_bytes).collect();
    let state = volume::fold(&events);
    let snapshot = state.to_snapshot();
    let snapshot_bytes = snapshot.as_bytes().len();
    let again = events.clone();
    let figures = vec![
        Figure::of("fold", move || drop(black_box(volume::fold(&events)))),
        Figure::of("read_bodies_and_fold", move || {
            let read = |(entry, bytes): (&Entry, &Vec<u8>)| Entry {
                body: Body::from_bytes(bytes).ok(),
                ..unread(entry)
            };
            let entries: Vec<_> = again.iter().zip(&bodies).map(read).collect();
            drop(black_box(volume::fold(&entries)));
        }),
        Figure::of("write_snapshot", move || drop(black_box(state.to_snapshot()))),
        Figure::of("read_snapshot", move || {
            drop(black_box(State::from_snapshot(snapshot.as_bytes(), [])));
        }),
    ];
    (figures, snapshot_bytes)
}

fn body_bytes(entry: &Entry) -> Vec<u8> {
    entry.body.as_ref().map(Body::to_bytes).unwrap_or_default()
}

fn unread(entry: &Entry) -> Entry {
    Entry { id: entry.id, author: entry.author, seq: entry.seq, at: entry.at, body: None }
}

impl Figure {
    fn of(name: &'static str, run: impl Fn() + 'static) -> Self {
        Self { name, run: Box::new(run), wall: Vec::new(), cpu: Vec::new() }
    }

    fn measure(&mut self) {
        let (started, on_cpu) = (Instant::now(), time_on_cpu());
        (self.run)();
        self.wall.push(started.elapsed());
        let spent = time_on_cpu().zip(on_cpu).map(|(now, then)| now.saturating_sub(then));
        self.cpu.extend(spent);
    }

    fn to_json(&self) -> String {
        let (wall, cpu) = (spread(&self.wall), spread(&self.cpu));
        format!("  \"{}_ms\": {{\"wall\": {wall}, \"cpu\": {cpu}}}", self.name)
    }
}

/// How long this thread has been on a processor, where the system says so (Linux).
fn time_on_cpu() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

fn spread(took: &[Duration]) -> String {
    let mut sorted = took.to_vec();
    sorted.sort();
    let ms = |took: &Duration| took.as_secs_f64() * 1000.0;
    match (sorted.first(), sorted.get(sorted.len() / 2), sorted.last()) {
        (Some(least), Some(median), Some(most)) => {
            let (least, median, most) = (ms(least), ms(median), ms(most));
            format!("{{\"median\": {median:.1}, \"min\": {least:.1}, \"max\": {most:.1}}}")
        }
        (_, _, _) => "null".to_owned(),
    }
}

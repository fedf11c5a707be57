//! Ten thousand tablets push a day's work to headquarters, which runs as its own process: how much
//! it takes in, how long tablets wait, what it costs; then the same while it is killed at random,
//! and whether anything is missing.
//!
//! `cargo bench -p headquarters --bench load -- [--kill] [--tablets N]` runs one of the two.
#![expect(clippy::expect_used, reason = "a benchmark fails loudly")]

mod day;
mod fleet;
mod found;
mod program;
mod tablet;
mod waits;

use std::sync::Arc;
use std::time::{Duration, Instant};

use day::Day;
use fleet::{Fleet, PUSHES};
use found::Found;
use program::{Busy, Program};
use serde_json::{Value, json};
use tablet::Tablet;
use tokio::task::JoinSet;
use waits::Waits;

const TABLETS: usize = 10_000;
const QUICK_TABLETS: usize = 400;
/// How many tablets enrol over HTTP; the others are there from the beginning.
const ENROLLING: usize = 500;
const QUICK_ENROLLING: usize = 50;
const DEATHS: u64 = 20;
const QUICK_DEATHS: u64 = 3;
/// The measured day is the same every time; where headquarters is killed is not.
const SEED: u64 = 20_260_702;

/// Which runs, and how large.
struct Size {
    tablets: usize,
    enrolling: usize,
    deaths: u64,
    only_kill: bool,
}

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let size = Size::asked();
    let mut figures = serde_json::Map::new();
    if !size.only_kill {
        figures.insert("day".to_owned(), measured_day(&size).await);
    }
    figures.insert("killed".to_owned(), killed_day(&size).await);
    let text = serde_json::to_string_pretty(&figures).expect("it is plain data");
    if let Some(path) = std::env::var_os("BIENBAN_BENCH_JSON") {
        std::fs::write(path, text).expect("the figures can be written");
    }
}

impl Size {
    fn asked() -> Self {
        let is_quick = std::env::var_os("BIENBAN_BENCH_QUICK").is_some();
        let arguments: Vec<_> = std::env::args().collect();
        let after = arguments.iter().skip_while(|argument| *argument != "--tablets").nth(1);
        let given = after.map(|number| number.parse().expect("`--tablets` is a number"));
        let tablets = given.unwrap_or(if is_quick { QUICK_TABLETS } else { TABLETS });
        Self {
            tablets: tablets.next_multiple_of(fleet::TEAM),
            enrolling: if is_quick { QUICK_ENROLLING } else { ENROLLING }.min(tablets),
            deaths: if is_quick { QUICK_DEATHS } else { DEATHS },
            only_kill: arguments.iter().any(|argument| argument == "--kill"),
        }
    }
}

async fn measured_day(size: &Size) -> Value {
    let fleet = Fleet { seed: SEED, tablets: size.tablets };
    let folder = tempfile::tempdir().expect("there is room");
    let begun = Instant::now();
    program::prepare(folder.path(), fleet, size.enrolling);
    println!("{} seats prepared in {:.1?}", fleet.tablets, begun.elapsed());
    let mut program = Program::start(folder.path()).await;
    let day = Day::new(fleet, &program);
    let enrolments_per_s = enrol(&day, size.enrolling).await;
    let (before, own) = (program.busy(), program::own_busy_s());
    let took = day.work().await;
    let busy = program.busy().since(before);
    let own_s = program::own_busy_s() - own;
    let seen = json!({
        "tablets": fleet.tablets,
        "tablets_at_once": day::AT_ONCE,
        "events": day.accepted_in_all(),
        "took_s": took.as_secs_f64(),
        "events_per_s": per_second(day.accepted_in_all(), took),
        "enrolments_per_s": enrolments_per_s,
        "push": of_waits(&day.waits("/api/v1/push"), took),
        "pull": of_waits(&day.waits("/api/v1/pull"), took),
        "refused_and_tried_again": day.refusals(),
        "processor": of_busy(&busy, own_s, took),
        "commits": of_commits(&program).await,
        "peak_memory_bytes": program.peak_memory_bytes(),
        "database_bytes": program.database_bytes().0,
        "write_ahead_log_bytes": program.database_bytes().1,
    });
    print_day(&seen);
    let begun = Instant::now();
    assert_eq!(found::find(&day).await, Found::whole(fleet));
    println!("  everything is there once, read from the start in {:.1?}", begun.elapsed());
    program.kill().await;
    seen
}

/// Some tablets enrol, all of them at once.
async fn enrol(day: &Arc<Day>, enrolling: usize) -> f64 {
    let begun = Instant::now();
    let mut waiting = JoinSet::new();
    for number in 0..enrolling {
        let day = day.clone();
        waiting.spawn(async move { Tablet::new(&day, number).enrol().await });
    }
    while let Some(enrolled) = waiting.join_next().await {
        enrolled.expect("it ran").expect("the invitation is good");
    }
    per_second(enrolling as u64, begun.elapsed())
}

async fn killed_day(size: &Size) -> Value {
    let seed = fleet::chosen_seed();
    println!("killed at random: BIENBAN_SEED={seed}");
    let fleet = Fleet { seed, tablets: size.tablets };
    let folder = tempfile::tempdir().expect("there is room");
    program::prepare(folder.path(), fleet, 0);
    let mut program = Program::start(folder.path()).await;
    let day = Day::new(fleet, &program);
    let deaths = Day::deaths(seed, size.deaths, (fleet.tablets * PUSHES) as u64);
    let (took, longest_start) = tokio::join!(day.work(), day.kill_after(&mut program, &deaths));
    let (found, whole) = (found::find(&day).await, Found::whole(fleet));
    let seen = json!({
        "seed": seed,
        "tablets": fleet.tablets,
        "deaths": deaths.len(),
        "took_s": took.as_secs_f64(),
        "longest_start_s": longest_start.as_secs_f64(),
        "refused_and_tried_again": day.refusals(),
        "events_recorded": whole.events,
        "events_found_once": found.events,
        "accepted_and_lost": found.lost,
        "missing": found.missing,
        "repeated": found.repeated,
    });
    println!("  {} tablets, {} deaths in {took:.1?}: {found:?}", fleet.tablets, deaths.len());
    assert_eq!(found, whole, "BIENBAN_SEED={seed}");
    program.kill().await;
    let (events, positions) = program::extent(folder.path());
    assert_eq!(events, positions, "positions have gaps; BIENBAN_SEED={seed}");
    seen
}

fn of_waits(waits: &Waits, took: Duration) -> Value {
    json!({
        "count": waits.count(),
        "per_s": per_second(waits.count() as u64, took),
        "p50_ms": waits.permille_ms(500),
        "p99_ms": waits.permille_ms(990),
        "max_ms": waits.permille_ms(1000),
    })
}

/// What share of the machine each did; the writer is one thread and can use one processor.
fn of_busy(busy: &Busy, tablets_s: f64, took: Duration) -> Value {
    let of_one = |spent_s: f64| spent_s / took.as_secs_f64();
    json!({
        "processors": std::thread::available_parallelism().map_or(0, usize::from),
        "headquarters_writer": of_one(busy.writer_s),
        "headquarters_readers": of_one(busy.readers_s),
        "headquarters_others": of_one(busy.others_s),
        "tablets": of_one(tablets_s),
    })
}

async fn of_commits(program: &Program) -> Value {
    let figures = program.figures().await;
    let figure = |end: &str| {
        let found = figures.iter().find(|(name, _)| name.ends_with(end));
        found.map_or(0.0, |(_, value)| *value)
    };
    let (count, sum_s) =
        (figure("commit_duration_seconds_count"), figure("commit_duration_seconds_sum"));
    json!({ "count": count, "busy_s": sum_s, "mean_ms": 1000.0 * sum_s / count.max(1.0) })
}

fn print_day(seen: &Value) {
    let number = |path: &str| seen.pointer(path).and_then(Value::as_f64).unwrap_or(0.0);
    println!(
        "{} tablets, {} at once: {} events in {:.0} s, {:.0} events/s",
        seen["tablets"],
        seen["tablets_at_once"],
        seen["events"],
        number("/took_s"),
        number("/events_per_s")
    );
    println!("  enrolments: {:.0}/s", number("/enrolments_per_s"));
    for kind in ["push", "pull"] {
        let of = |name: &str| number(&format!("/{kind}/{name}"));
        println!(
            "  {kind}: {} requests, {:.0}/s, p50 {:.0} ms, p99 {:.0} ms, longest {:.0} ms",
            seen[kind]["count"],
            of("per_s"),
            of("p50_ms"),
            of("p99_ms"),
            of("max_ms")
        );
    }
    println!("  refused and tried again: {}", seen["refused_and_tried_again"]);
    let of = |name: &str| 100.0 * number(&format!("/processor/{name}"));
    println!(
        "  of one processor: writer {:.0} %, readers {:.0} %, the rest {:.0} %; tablets {:.0} %",
        of("headquarters_writer"),
        of("headquarters_readers"),
        of("headquarters_others"),
        of("tablets")
    );
    println!(
        "  {} commits of {:.1} ms; memory {:.0} MiB at most, database {:.0} MiB",
        seen["commits"]["count"],
        number("/commits/mean_ms"),
        number("/peak_memory_bytes") / f64::from(1 << 20),
        number("/database_bytes") / f64::from(1 << 20)
    );
}

#[expect(clippy::cast_precision_loss, reason = "there are millions")]
fn per_second(count: u64, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

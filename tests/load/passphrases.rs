//! Strangers try a hundred passphrases a second: what tablets notice of it. Headquarters runs as
//! its own process; eight tablets push and pull in turn, while nobody tries anything, while one
//! address does, and while each try comes from another address.
//!
//! `cargo bench -p headquarters --bench passphrases`; the same folder and process for all rounds,
//! so that one differs from the next only by who tries.
#![expect(clippy::expect_used, reason = "a benchmark fails loudly")]
#![allow(dead_code, reason = "the benchmark beside it uses the rest of these files")]

mod attack;
mod fleet;
mod program;
mod sender;
mod waits;

use std::sync::Arc;
use std::time::{Duration, Instant};

use attack::{Answered, Attack, From};
use fleet::Fleet;
use program::Program;
use sender::Sender;
use serde_json::{Value, json};
use waits::Waits;

const TABLETS: usize = 8;
const ROUNDS: usize = 5;
const QUICK_ROUNDS: usize = 3;
const SPAN: Duration = Duration::from_secs(10);
const QUICK_SPAN: Duration = Duration::from_secs(2);
const SEED: u64 = 20_260_702;

/// How much longer the slowest twentieth may wait under attack.
const BUDGET: f64 = 2.0;

/// How many rounds, and how long each part of one is measured.
struct Size {
    rounds: usize,
    span: Duration,
}

/// Who tries passphrases while tablets work.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strangers {
    None,
    Some(From),
}

/// What tablets saw in one part of a round.
struct Seen {
    push: Waits,
    pull: Waits,
    all: Waits,
    answered: Answered,
}

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let size = Size::asked();
    let folder = tempfile::tempdir().expect("there is room");
    let fleet = Fleet { seed: SEED, tablets: TABLETS };
    program::prepare(folder.path(), fleet, 0);
    attack::prepare(folder.path());
    let behind = ["--public-url", attack::ORIGIN_SEEN];
    let mut program = Program::start_with(folder.path(), &behind).await;
    let figures = measure(&size, fleet, &format!("http://{}", program.address)).await;
    program.kill().await;
    print(&figures);
    if let Some(path) = std::env::var_os("BIENBAN_BENCH_JSON") {
        let text = serde_json::to_string_pretty(&figures).expect("it is plain data");
        std::fs::write(path, text).expect("the figures can be written");
    }
}

impl Size {
    fn asked() -> Self {
        match std::env::var_os("BIENBAN_BENCH_QUICK").is_some() {
            true => Self { rounds: QUICK_ROUNDS, span: QUICK_SPAN },
            false => Self { rounds: ROUNDS, span: SPAN },
        }
    }
}

async fn measure(size: &Size, fleet: Fleet, origin: &str) -> Value {
    let attack = Attack::new(origin);
    let senders = (0..fleet.tablets).map(|number| Sender::new(fleet, number, origin));
    let mut senders: Vec<_> = senders.collect();
    // What is done once, connections and statements, is no part of the figures.
    work(&mut senders, size.span / 5).await;
    let (mut quiet, mut one, mut many) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..size.rounds {
        quiet.push(part(&mut senders, &attack, Strangers::None, size.span).await);
        many.push(
            part(&mut senders, &attack, Strangers::Some(From::ManyAddresses), size.span).await,
        );
        one.push(part(&mut senders, &attack, Strangers::Some(From::OneAddress), size.span).await);
    }
    json!({
        "tablets": fleet.tablets,
        "persons_with_a_passphrase": attack::CLERKS,
        "tries_per_s": attack::TRIES_PER_S,
        "span_s": size.span.as_secs_f64(),
        "budget_ratio": BUDGET,
        "quiet": of_all(&quiet),
        "many_addresses": of_attacked(&many, &quiet),
        "one_address": of_attacked(&one, &quiet),
    })
}

/// Tablets work for a time while strangers do what they do.
async fn part(
    senders: &mut [Sender],
    attack: &Arc<Attack>,
    strangers: Strangers,
    span: Duration,
) -> Seen {
    let tries = async {
        match strangers {
            Strangers::None => Answered::new(),
            Strangers::Some(from) => attack.go_on(from).await,
        }
    };
    let tablets = async {
        let seen = work(senders, span).await;
        attack.end();
        seen
    };
    let (seen, answered) = tokio::join!(tablets, tries);
    Seen { answered, ..seen }
}

/// One tablet after the other pushes and pulls, until the time is over.
async fn work(senders: &mut [Sender], span: Duration) -> Seen {
    let (mut push, mut pull, begun) = (Vec::new(), Vec::new(), Instant::now());
    while begun.elapsed() < span {
        for sender in &mut *senders {
            push.push(sender.push().await);
            pull.push(sender.pull().await);
        }
    }
    let all = push.iter().chain(&pull).copied().collect();
    let (push, pull, all) = (Waits::of(push), Waits::of(pull), Waits::of(all));
    Seen { push, pull, all, answered: Answered::new() }
}

fn of_attacked(attacked: &[Seen], quiet: &[Seen]) -> Value {
    let p95 = |seen: &Seen| seen.all.permille_ms(950);
    let pairs = attacked.iter().zip(quiet);
    let mut ratios: Vec<_> = pairs.map(|(after, before)| p95(after) / p95(before)).collect();
    ratios.sort_by(f64::total_cmp);
    let mut figures = of_all(attacked);
    let answered = |status: u16| -> u64 {
        attacked.iter().filter_map(|seen| seen.answered.get(&status)).sum()
    };
    figures["p95_ratio"] = json!(median(&ratios));
    figures["p95_ratios"] = json!(ratios);
    figures["answered_422"] = json!(answered(422));
    figures["answered_429"] = json!(answered(429));
    figures
}

fn of_all(parts: &[Seen]) -> Value {
    let of = |waits: fn(&Seen) -> &Waits, permille: usize| {
        let mut all: Vec<_> = parts.iter().map(|seen| waits(seen).permille_ms(permille)).collect();
        all.sort_by(f64::total_cmp);
        median(&all)
    };
    let both =
        |waits: fn(&Seen) -> &Waits| json!({ "p50_ms": of(waits, 500), "p95_ms": of(waits, 950) });
    json!({
        "requests": parts.iter().map(|seen| seen.all.count()).sum::<usize>(),
        "push": both(|seen| &seen.push),
        "pull": both(|seen| &seen.pull),
        "both": both(|seen| &seen.all),
    })
}

fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

fn print(figures: &Value) {
    println!(
        "{} tablets in turn; {} wrong passphrases a second, {} persons have one",
        figures["tablets"], figures["tries_per_s"], figures["persons_with_a_passphrase"]
    );
    for part in ["quiet", "many_addresses", "one_address"] {
        let of = |path: &str| figures[part].pointer(path).and_then(Value::as_f64).unwrap_or(0.0);
        println!(
            "  {part}: {} requests; p50 {:.1} ms, p95 {:.1} ms; push {:.1}, {:.1}; pull {:.1}, {:.1}",
            figures[part]["requests"],
            of("/both/p50_ms"),
            of("/both/p95_ms"),
            of("/push/p50_ms"),
            of("/push/p95_ms"),
            of("/pull/p50_ms"),
            of("/pull/p95_ms"),
        );
        if let Some(ratio) = figures[part]["p95_ratio"].as_f64() {
            let verdict = if ratio <= BUDGET { "met" } else { "missed" };
            println!(
                "    p95 {ratio:.2} times quiet, budget {BUDGET} {verdict}; each round {}; answered 422 {} times, 429 {} times",
                rounds(&figures[part]["p95_ratios"]),
                figures[part]["answered_422"],
                figures[part]["answered_429"]
            );
        }
    }
}

fn rounds(ratios: &Value) -> String {
    let ratios = ratios.as_array().into_iter().flatten().filter_map(Value::as_f64);
    ratios.map(|ratio| format!("{ratio:.2}")).collect::<Vec<_>>().join(" ")
}

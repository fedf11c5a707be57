//! How fast headquarters takes pushes: 10,000 events of one tablet beside the same bytes stored
//! without any check, and 1, 16 and 256 tablets at once.
//!
//! Both go through the real router and the one writer into SQLite on disk; there is no socket in
//! between. The baseline reads the same messages and inserts the same rows into the same table, with
//! its indexes and references, with the same driver, in transactions of the same size, and looks at
//! nothing.
#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a benchmark fails loudly")]
#![allow(dead_code, reason = "the tests beside it use the rest of these files")]

#[path = "../house.rs"]
mod house;
#[path = "../tablet.rs"]
mod tablet;

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use domain::answer::Answer as Choice;
use domain::ids::InspectionId;
use headquarters::store::StoreFault;
use house::House;
use proof::hash::id_of;
use proof::head::{Head, SignedHead};
use sqlx::QueryBuilder;
use sync::message::push::Push;
use tablet::Tablet;
use tokio::task::JoinSet;

/// A day of one tablet, many times over.
const EVENTS: usize = 10_000;
/// How many a tablet sends at once.
const PAGE: usize = 500;
const RUNS: usize = 7;
const QUICK_RUNS: usize = 3;
/// What each of several tablets pushes: answers as they are given, a few at a time.
const PUSHES: usize = 10;
const EVENTS_IN_PUSH: usize = 10;

#[tokio::main(flavor = "multi_thread")]
async fn main() {
    let (mut checked, mut bare) = (Vec::new(), Vec::new());
    let is_quick = std::env::var_os("BIENBAN_BENCH_QUICK").is_some();
    let runs = if is_quick { QUICK_RUNS } else { RUNS };
    for _ in 0..runs {
        let (house, pages) = day_of_one_tablet().await;
        checked.push(push_checked(&house, &pages).await);
        bare.push(store_unchecked(&pages).await);
    }
    let rate = |times: &mut Vec<Duration>| per_second(EVENTS, median(times));
    let (checked_rate, bare_rate) = (rate(&mut checked), rate(&mut bare));
    println!(
        "push {EVENTS} events: {checked_rate:.0}/s, unchecked {bare_rate:.0}/s, {:.0} %",
        100.0 * checked_rate / bare_rate
    );
    let mut loads = Vec::new();
    for tablets in [1, 16, 256] {
        loads.push(load(tablets).await);
    }
    let json = format!(
        "{{\n  \"events\": {EVENTS},\n  \"runs\": {runs},\n  \"push_events_per_s\": {checked_rate:.0},\n  \
         \"unchecked_events_per_s\": {bare_rate:.0},\n  \"share\": {:.3},\n  \"share_budget\": 0.5,\n  \
         \"load\": [\n    {}\n  ]\n}}\n",
        checked_rate / bare_rate,
        loads.join(",\n    ")
    );
    if let Some(path) = std::env::var_os("BIENBAN_BENCH_JSON") {
        std::fs::write(path, json).expect("the figures can be written");
    }
}

/// A tablet's pushes as bytes, made and signed before anything is measured.
struct Pages {
    tablet: tablet::Parked,
    bodies: Vec<Vec<u8>>,
}

async fn day_of_one_tablet() -> (House, Pages) {
    let house = House::start().await;
    let (_, code) = house.invite("Kiểm tra viên A").await;
    let (tablet, bodies) = {
        let mut tablet = Tablet::enrolled(&house, &code).await;
        let inspection = tablet.open().await;
        record(&mut tablet, inspection, EVENTS);
        let mut bodies = Vec::new();
        for from in (0..EVENTS).step_by(PAGE) {
            let through = (from + PAGE).min(EVENTS);
            let chain = tablet.chain(inspection).cut(through);
            let part = chain.part(&tablet.keys, from);
            bodies.push(Push { parts: vec![part] }.to_bytes());
        }
        (tablet.parked(), bodies)
    };
    (house, Pages { tablet, bodies })
}

fn record(tablet: &mut Tablet<'_>, inspection: InspectionId, events: usize) {
    for number in 0..events {
        let answer = if number % 3 == 0 { Choice::Violation } else { Choice::Compliant };
        tablet.tap(inspection, &format!("item.{number}"), answer);
    }
}

async fn push_checked(house: &House, pages: &Pages) -> Duration {
    let tablet = pages.tablet.clone().at(house);
    let begun = Instant::now();
    for body in &pages.bodies {
        let answer = tablet.push_bytes(body.clone()).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    begun.elapsed()
}

/// The baseline: the same rows into the same table of an empty headquarters, with its indexes and
/// its references, by who looks at nothing. Ids are made beforehand, because making them is
/// hashing; journal and heads are there, because events refer to them.
async fn store_unchecked(pages: &Pages) -> Duration {
    let house = House::start().await;
    let rows = prepare_unchecked(&house, pages).await;
    let begun = Instant::now();
    for (body, rows) in pages.bodies.iter().zip(rows) {
        let push = Push::from_bytes(body).expect("it is a push");
        insert(&house, push, rows).await;
    }
    begun.elapsed()
}

/// What an event's row has that does not stand in the message.
struct Rows {
    first: i64,
    ids: Vec<Vec<u8>>,
    inspection: Vec<u8>,
    journal: Vec<u8>,
    head_tip: Vec<u8>,
}

async fn prepare_unchecked(house: &House, pages: &Pages) -> Vec<Rows> {
    let mut all = Vec::new();
    for (page, body) in pages.bodies.iter().enumerate() {
        let push = Push::from_bytes(body).expect("it is a push");
        let head = Head::from_bytes(&push.parts[0].head.head).expect("it is a head");
        let ids: Vec<_> = push.parts[0].events.iter().map(|one| id_of(one).0.to_vec()).collect();
        let first = i64::try_from(page * PAGE).expect("it is small");
        let (inspection, journal) = (head.journal.inspection.0.to_vec(), head.journal.journal.0);
        let head_tip = head.tip.id.0.to_vec();
        let rows = Rows { first, ids, inspection, journal: journal.to_vec(), head_tip };
        all.push(refer(house, rows, push.parts[0].head.clone()).await);
    }
    all
}

/// Puts in what the rows refer to.
async fn refer(house: &House, rows: Rows, head: SignedHead) -> Rows {
    let work = house.headquarters.store.write::<_, StoreFault, _>(move |tx| {
        Box::pin(async move {
            let inspection = sqlx::query(
                "insert into inspections (id, first_position, last_position) values ($1, 0, 0) \
                 on conflict do nothing",
            );
            inspection.bind(&rows.inspection).execute(&mut *tx).await?;
            let journal = sqlx::query(
                "insert into journals (inspection, journal, seat, signing_key, tip_seq, tip_id, \
                 forked) values ($1, $2, $3, $4, 0, $5, 0) on conflict do nothing",
            );
            let journal = journal.bind(&rows.inspection).bind(&rows.journal).bind(vec![1; 16]);
            journal.bind(vec![2; 32]).bind(&rows.head_tip).execute(&mut *tx).await?;
            let row = sqlx::query(
                "insert into heads (inspection, journal, tip_id, tip_seq, bytes, signature) \
                 values ($1, $2, $3, 0, $4, $5)",
            );
            let row = row.bind(&rows.inspection).bind(&rows.journal).bind(&rows.head_tip);
            row.bind(head.head).bind(&head.signature.0[..]).execute(&mut *tx).await?;
            Ok(rows)
        })
    });
    work.await.expect("the rows are stored")
}

async fn insert(house: &House, push: Push, rows: Rows) {
    let work = house.headquarters.store.write::<_, StoreFault, _>(move |tx| {
        Box::pin(async move {
            let Rows { first, ids, inspection, journal, head_tip } = rows;
            let events: Vec<_> = push.parts.into_iter().flat_map(|part| part.events).collect();
            let numbered: Vec<_> = (first..).zip(ids.into_iter().zip(events)).collect();
            for chunk in numbered.chunks(100) {
                let mut query = QueryBuilder::new(
                    "insert into events (position, id, inspection, journal, seq, at_ms, \
                     accepted_at_ms, held, head_tip_id, header, salt, body) ",
                );
                query.push_values(chunk, |mut row, (number, (id, event))| {
                    row.push_bind(*number).push_bind(&id[..]);
                    row.push_bind(&inspection[..]).push_bind(&journal[..]);
                    row.push_bind(*number).push_bind(0_i64).push_bind(0_i64).push_bind(None::<i64>);
                    row.push_bind(&head_tip[..]).push_bind(&event.header[..]);
                    row.push_bind(&event.salt.0[..]).push_bind(event.body.as_deref());
                });
                query.build().execute(&mut *tx).await?;
            }
            Ok(())
        })
    });
    work.await.expect("the rows are stored");
}

/// So many tablets at once, each with its own inspection; one line of figures.
async fn load(tablets: usize) -> String {
    let house = std::sync::Arc::new(House::start().await);
    let mut running = JoinSet::new();
    let mut parked = Vec::new();
    for number in 0..tablets {
        let (_, code) = house.invite(&format!("Kiểm tra viên {number}")).await;
        parked.push(Tablet::enrolled(&house, &code).await.parked());
    }
    let begun = Instant::now();
    for tablet in parked {
        let house = house.clone();
        running.spawn(async move { work(&house, tablet).await });
    }
    let mut waits = Vec::new();
    while let Some(done) = running.join_next().await {
        waits.extend(done.expect("the tablet worked"));
    }
    let (whole, requests) = (begun.elapsed(), waits.len());
    waits.sort();
    let p99 = waits[(requests - 1) * 99 / 100];
    let rate = per_second(requests, whole);
    println!("{tablets} tablets: {rate:.0} pushes/s, p50 {:?}, p99 {p99:?}", waits[requests / 2]);
    format!(
        "{{ \"tablets\": {tablets}, \"pushes_per_s\": {rate:.0}, \"p50_ms\": {:.1}, \"p99_ms\": {:.1} }}",
        waits[requests / 2].as_secs_f64() * 1_000.0,
        p99.as_secs_f64() * 1_000.0
    )
}

async fn work(house: &House, tablet: tablet::Parked) -> Vec<Duration> {
    let mut tablet = tablet.at(house);
    let inspection = tablet.open().await;
    let mut waits = Vec::new();
    for _ in 0..PUSHES {
        record(&mut tablet, inspection, EVENTS_IN_PUSH);
        let begun = Instant::now();
        let answer = tablet.push_answer().await;
        waits.push(begun.elapsed());
        assert!(answer.journals.iter().all(|journal| journal.refused.is_none()));
    }
    waits
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[expect(clippy::cast_precision_loss, reason = "there are thousands")]
fn per_second(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

//! Nothing is lost when headquarters is killed while many tablets push: the bounded form of what
//! the benchmark `load` does with ten thousand. `BIENBAN_SEED` makes a run again.
#![expect(clippy::expect_used, reason = "a test that cannot go on fails by it")]
#![allow(dead_code, reason = "the benchmark beside it uses the rest of these files")]

mod day;
mod fleet;
mod found;
mod program;
mod tablet;
mod waits;

use day::Day;
use fleet::{Fleet, PUSHES};
use found::Found;
use program::Program;

const TABLETS: usize = 200;
const DEATHS: u64 = 3;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_accepted_survives_the_death_of_headquarters_and_all_of_it_arrives_once() {
    let seed = fleet::chosen_seed();
    println!("BIENBAN_SEED={seed}");
    let fleet = Fleet { seed, tablets: TABLETS };
    let folder = tempfile::tempdir().expect("there is room");
    program::prepare(folder.path(), fleet, 0);
    let mut program = Program::start(folder.path()).await;
    let day = Day::new(fleet, &program);
    let deaths = Day::deaths(seed, DEATHS, (TABLETS * PUSHES) as u64);
    tokio::join!(day.work(), day.kill_after(&mut program, &deaths));
    assert!(day.refusals().contains_key("/api/v1/push unreachable"), "nobody noticed a death");
    assert_eq!(found::find(&day).await, Found::whole(fleet));
    program.kill().await;
    let (events, positions) = program::extent(folder.path());
    assert_eq!(events, positions, "positions have gaps");
}

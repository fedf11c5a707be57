//! Many seeds, on every core.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::plant::Plant;
use crate::shrink::{live, shortest};
use crate::story::Story;

/// A seed whose story breaks a law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The seed.
    pub seed: u64,
    /// The law, in words.
    pub law: String,
}

/// Lives through the stories of `count` seeds from `first` on. Gives the first that fails.
pub fn seeds(first: u64, count: u64, plant: Option<Plant>) -> Option<Failure> {
    let (next, failed) = (AtomicU64::new(first), Mutex::new(None::<Failure>));
    let end = first.saturating_add(count);
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                return;
            }
            if let Err(law) = live(&Story::of(seed), plant) {
                let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
                if failed.as_ref().is_none_or(|other| seed < other.seed) {
                    *failed = Some(Failure { seed, law });
                }
                next.store(end, Ordering::Relaxed);
                return;
            }
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    failed.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What to print about a failure: the law, and the shortest story that was found.
pub fn report(failure: &Failure, plant: Option<Plant>) -> String {
    let Failure { seed, law } = failure;
    let (story, shorter) = shortest(Story::of(*seed), law.clone(), plant);
    format!("seed {seed} breaks a law: {law}\nthe shortest story found: {shorter}\n{story}")
}

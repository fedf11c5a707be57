//! The day of all tablets: so many at once, until the last is done, and what was seen meanwhile.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::fleet::{Fleet, scattered};
use crate::program::Program;
use crate::tablet::Tablet;
use crate::waits::Waits;

/// How many tablets are at work at a time, each with one connection.
pub(crate) const AT_ONCE: usize = 256;

/// What all tablets of a run share.
pub(crate) struct Day {
    /// Who they are.
    pub(crate) fleet: Fleet,
    address: Mutex<SocketAddr>,
    /// How many events of each tablet headquarters has accepted by its own word.
    accepted: Vec<AtomicU64>,
    pushes: watch::Sender<u64>,
    waits: Mutex<BTreeMap<&'static str, Vec<Duration>>>,
    refusals: Mutex<BTreeMap<String, u64>>,
}

impl Day {
    /// A day that has not begun.
    pub(crate) fn new(fleet: Fleet, program: &Program) -> Arc<Self> {
        Arc::new(Self {
            fleet,
            address: Mutex::new(program.address),
            accepted: (0..fleet.tablets).map(|_| AtomicU64::new(0)).collect(),
            pushes: watch::Sender::new(0),
            waits: Mutex::default(),
            refusals: Mutex::default(),
        })
    }

    /// Works through the day; gives how long it took.
    pub(crate) async fn work(self: &Arc<Self>) -> Duration {
        let begun = Instant::now();
        let next = Arc::new(AtomicUsize::new(0));
        let mut workers = JoinSet::new();
        for _ in 0..AT_ONCE.min(self.fleet.tablets) {
            let (day, next) = (self.clone(), next.clone());
            workers.spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= day.fleet.tablets {
                        return;
                    }
                    Tablet::new(&day, number).work().await;
                }
            });
        }
        while let Some(done) = workers.join_next().await {
            done.expect("the tablets work");
        }
        begun.elapsed()
    }

    /// Kills the program after each of so many pushes, and starts it again.
    pub(crate) async fn kill_after(&self, program: &mut Program, deaths: &[u64]) -> Duration {
        let mut longest = Duration::ZERO;
        let mut pushes = self.pushes.subscribe();
        for death in deaths {
            let reached = pushes.wait_for(|pushes| pushes >= death).await;
            drop(reached.expect("the day is not over"));
            program.kill().await;
            program.again().await;
            *self.address.lock().unwrap_or_else(PoisonError::into_inner) = program.address;
            longest = longest.max(program.started_in);
        }
        longest
    }

    /// After how many of a number of pushes the program is killed, by chance and in order. The
    /// last tenth is left out, so that there is always work after a death.
    pub(crate) fn deaths(seed: u64, deaths: u64, pushes: u64) -> Vec<u64> {
        let span = (pushes * 9 / 10 / deaths).max(1);
        (0..deaths).map(|death| death * span + scattered(seed ^ death) % span + 1).collect()
    }

    /// Where a request goes.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", *self.address.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes how far headquarters has accepted a tablet's journal.
    pub(crate) fn note_accepted(&self, tablet: usize, through: Option<u64>) {
        let events = through.map_or(0, |through| through + 1);
        self.accepted[tablet].fetch_max(events, Ordering::Relaxed);
        self.pushes.send_modify(|pushes| *pushes += 1);
    }

    /// How many events of a tablet were accepted.
    pub(crate) fn accepted(&self, tablet: usize) -> u64 {
        self.accepted[tablet].load(Ordering::Relaxed)
    }

    /// How many events were accepted.
    pub(crate) fn accepted_in_all(&self) -> u64 {
        self.accepted.iter().map(|events| events.load(Ordering::Relaxed)).sum()
    }

    /// Notes how long an answer took.
    pub(crate) fn note_answer(&self, path: &'static str, wait: Duration) {
        let mut waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        waits.entry(path).or_default().push(wait);
    }

    /// Notes that a request was not answered as asked.
    pub(crate) fn note_refusal(&self, path: &str, why: &str) {
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        *refusals.entry(format!("{path} {why}")).or_default() += 1;
    }

    /// The waits for one address.
    pub(crate) fn waits(&self, path: &str) -> Waits {
        let waits = self.waits.lock().unwrap_or_else(PoisonError::into_inner);
        Waits::of(waits.get(path).cloned().unwrap_or_default())
    }

    /// How often which request was refused or not answered; the tablets tried again.
    pub(crate) fn refusals(&self) -> BTreeMap<String, u64> {
        self.refusals.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

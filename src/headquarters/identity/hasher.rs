//! The thread that hashes passphrases, behind everything else in the queue for processors: on a
//! busy machine tablets go before strangers. How many may come is not decided here; see `door.rs`.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Sender};
use std::thread;

use tokio::sync::oneshot;

/// The lowest of the niceties that a program may give itself (`setpriority(2)`).
#[cfg(target_os = "linux")]
const LAST_IN_THE_QUEUE: i32 = 19;

type Work = Box<dyn FnOnce() + Send>;

/// The thread is gone, or the work panicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gone;

/// A thread that does one thing after the other, and ends when nobody holds it any more.
#[derive(Debug)]
pub(super) struct Hasher(Option<Sender<Work>>);

impl Hasher {
    /// Begins the thread; where there is none to be had, nothing is ever hashed.
    pub(super) fn begin() -> Self {
        let (give, taken) = mpsc::channel::<Work>();
        let thread = thread::Builder::new().name("passphrases".to_owned()).spawn(move || {
            go_last();
            // Whoever gave work that panics hears that it is gone; the next in turn is served.
            taken.into_iter().for_each(|work| drop(catch_unwind(AssertUnwindSafe(work))));
        });
        if let Err(fault) = &thread {
            tracing::error!(%fault, "no thread for passphrases: nobody can sign in");
        }
        Self(thread.is_ok().then_some(give))
    }

    /// Has something done there.
    ///
    /// # Errors
    /// See [`Gone`].
    pub(super) async fn does<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Gone> {
        let (tell, told) = oneshot::channel();
        // Whoever does not wait any more needs no answer.
        let work: Work = Box::new(move || drop(tell.send(work())));
        self.0.as_ref().and_then(|give| give.send(work).ok()).ok_or(Gone)?;
        told.await.map_err(|_| Gone)
    }
}

/// Linux counts niceness for each thread, other systems for the whole program.
#[cfg(target_os = "linux")]
fn go_last() {
    let thread = Some(rustix::thread::gettid());
    if let Err(fault) = rustix::process::setpriority_process(thread, LAST_IN_THE_QUEUE) {
        tracing::warn!(%fault, "passphrases are hashed at the priority of everything else");
    }
}

#[cfg(not(target_os = "linux"))]
fn go_last() {}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_is_done_in_a_thread_of_its_own_in_turn() {
        let hasher = Hasher::begin();
        let here = thread::current().id();
        let first = hasher.does(move || thread::current().id()).await.unwrap();
        let second = hasher.does(move || thread::current().id()).await.unwrap();
        assert_ne!(first, here);
        assert_eq!(first, second);
    }

    #[tokio::test]
    async fn work_that_panics_ends_nothing_but_itself() {
        let hasher = Hasher::begin();
        assert_eq!(hasher.does(|| panic!("on purpose")).await, Err::<(), _>(Gone));
        assert_eq!(hasher.does(|| 7).await, Ok(7));
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn it_is_last_in_the_queue_and_nothing_else_is() {
        let nice = || rustix::process::getpriority_process(Some(rustix::thread::gettid()));
        let before = nice().unwrap();
        assert_eq!(Hasher::begin().does(nice).await, Ok(Ok(LAST_IN_THE_QUEUE)));
        assert_eq!(nice().unwrap(), before);
    }
}

//! Where passphrases are hashed: one at a time, with a short queue and a rest after each.
//!
//! Whoever tries many takes no computing power from tablets by it: beyond the queue the answer is
//! at once that the door is busy.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::attempts::Attempts;
use super::hasher::Hasher;
use super::passphrase::Passphrase;
use crate::clock;

/// How many may be at the door, the one whose turn it is among them.
const PLACES: usize = 5;

/// How much longer than a hash the door rests after it.
const REST: u32 = 2;

/// After how many seconds one who found the door busy may come again.
pub const AGAIN_S: i64 = 2;

/// Nothing was hashed: too many are waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Busy;

/// The door, with what is known of those who came to it.
#[derive(Debug)]
pub struct Door {
    places: Arc<Semaphore>,
    turn: Arc<Semaphore>,
    hasher: OnceLock<Hasher>,
    /// A string of no passphrase: an unknown name costs what a known one does.
    nobody: Arc<OnceLock<String>>,
    attempts: Mutex<Attempts>,
}

impl Default for Door {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(PLACES)),
            turn: Arc::new(Semaphore::new(1)),
            hasher: OnceLock::new(),
            nobody: Arc::default(),
            attempts: Mutex::default(),
        }
    }
}

impl Door {
    /// Asks or tells what is known of those who came.
    pub(crate) fn attempts<T>(&self, asked: impl FnOnce(&mut Attempts) -> T) -> T {
        asked(&mut self.attempts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The string of a passphrase.
    ///
    /// # Errors
    /// [`Busy`] when too many wait.
    pub async fn hash(&self, passphrase: Passphrase) -> Result<String, Busy> {
        self.in_turn(move || passphrase.hash()).await
    }

    /// Whether a string is of a passphrase; without a string the same time is spent and it is not.
    ///
    /// # Errors
    /// [`Busy`] when too many wait.
    pub async fn verify(&self, passphrase: Passphrase, phc: Option<String>) -> Result<bool, Busy> {
        let nobody = self.nobody.clone();
        let verified = self.in_turn(move || {
            let nobody = nobody.get_or_init(|| Passphrase::typed(&clock::code()).hash());
            let is_it = passphrase.is_of(phc.as_ref().unwrap_or(nobody));
            is_it && phc.is_some()
        });
        verified.await
    }

    /// Whether there is no place, so that nothing has to be read for one who would be refused.
    pub fn is_full(&self) -> bool {
        self.places.available_permits() == 0
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Busy> {
        let place = self.places.clone().try_acquire_owned();
        let place = place.map_err(|_| Busy)?;
        let turn = self.turn.clone().acquire_owned().await.map_err(|_| Busy)?;
        let began = Instant::now();
        let done = self.hasher.get_or_init(Hasher::begin).does(work).await;
        tokio::spawn(rest(turn, began.elapsed() * REST));
        drop(place);
        done.map_err(|_| Busy)
    }
}

async fn rest(turn: OwnedSemaphorePermit, time: Duration) {
    tokio::time::sleep(time).await;
    drop(turn);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_is_hashed_at_a_time_and_who_finds_no_place_is_told_at_once() {
        let door = Arc::new(Door::default());
        let held = door.turn.clone().acquire_owned().await.unwrap();
        let mut waiting = Vec::new();
        for _ in 0..PLACES {
            let door = door.clone();
            waiting.push(tokio::spawn(async move { door.in_turn(|| ()).await }));
            tokio::task::yield_now().await;
        }
        assert!(door.is_full());
        assert_eq!(door.in_turn(|| ()).await, Err(Busy));
        drop(held);
        for one in waiting {
            assert_eq!(one.await.unwrap(), Ok(()));
        }
        assert_eq!(door.in_turn(|| ()).await, Ok(()));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn two_are_never_hashed_at_the_same_time() {
        let (door, at_work) = (Arc::new(Door::default()), Arc::new(Mutex::new(())));
        let mut waiting = Vec::new();
        for _ in 0..PLACES {
            let (door, at_work) = (door.clone(), at_work.clone());
            let hash = || Passphrase::typed("cau tre lam go").hash();
            let alone = move || at_work.try_lock().map(|_alone| hash()).is_ok();
            waiting.push(tokio::spawn(async move { door.in_turn(alone).await }));
        }
        for one in waiting {
            assert_eq!(one.await.unwrap(), Ok(true));
        }
    }

    #[tokio::test]
    async fn nobody_is_verified_without_a_string() {
        let door = Door::default();
        let passphrase = Passphrase::typed("cau tre lam go");
        let phc = door.hash(passphrase.clone()).await.unwrap();
        assert_eq!(door.verify(passphrase.clone(), Some(phc)).await, Ok(true));
        assert_eq!(door.verify(passphrase, None).await, Ok(false));
    }
}

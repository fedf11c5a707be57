//! How long requests took, in order. Measures nothing itself.

use std::time::Duration;

/// How long requests of one kind took, the shortest first.
pub(crate) struct Waits(Vec<Duration>);

impl Waits {
    /// In order.
    pub(crate) fn of(mut waits: Vec<Duration>) -> Self {
        waits.sort();
        Self(waits)
    }

    /// How many there were.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The wait that so many of a thousand did not exceed, in milliseconds.
    pub(crate) fn permille_ms(&self, permille: usize) -> f64 {
        let last = self.0.len().saturating_sub(1);
        let wait = self.0.get(last * permille / 1000).copied().unwrap_or_default();
        wait.as_secs_f64() * 1000.0
    }
}

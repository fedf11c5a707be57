//! Slowing down whoever tries passphrases on a tablet.
//!
//! It keeps a colleague from trying by hand, and nobody who has copied the disk: against him
//! stands the work of Argon2id alone.

use domain::moment::Moment;
use minicbor::{Decode, Encode};

/// How many wrong passphrases cost no time.
pub const FREE: u32 = 3;

/// The longest wait, in ms.
pub const LONGEST_WAIT_MS: i64 = 5 * 60 * 1000;

/// Wrong passphrases since the last right one, and when the next may be tried.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Attempts {
    /// How many were wrong.
    #[n(0)]
    failed: u32,
    /// Before when none is tried, by this machine's clock.
    #[n(1)]
    not_before: Option<Moment>,
}

impl Attempts {
    /// How many were wrong.
    pub fn failed(self) -> u32 {
        self.failed
    }

    /// One more was wrong at `now`: after the free ones the wait doubles from one second on.
    #[must_use]
    pub fn and_failed(self, now: Moment) -> Self {
        let failed = self.failed.saturating_add(1);
        let doublings = failed.checked_sub(FREE + 1);
        let wait_ms = doublings.map(|doublings| {
            let factor = 1_i64.checked_shl(doublings.min(20)).unwrap_or(1);
            (1000 * factor).min(LONGEST_WAIT_MS)
        });
        Self { failed, not_before: wait_ms.map(|wait_ms| now.later_by_ms(wait_ms)) }
    }

    /// How long to wait at `now`, in ms. A clock that was set back makes nobody wait longer than
    /// [`LONGEST_WAIT_MS`].
    pub fn wait_ms(self, now: Moment) -> i64 {
        let wait = self.not_before.map_or(0, |not_before| not_before.since_ms(now));
        wait.clamp(0, LONGEST_WAIT_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(times: u32, now: Moment) -> Attempts {
        (0..times).fold(Attempts::default(), |attempts, _| attempts.and_failed(now))
    }

    #[test]
    fn the_first_cost_nothing_and_then_the_wait_doubles_up_to_its_longest() {
        let wait = |times| failed(times, Moment(0)).wait_ms(Moment(0));
        assert_eq!([0, 3, 4, 5, 6].map(wait), [0, 0, 1000, 2000, 4000]);
        assert_eq!([14, 40, 4000].map(wait), [LONGEST_WAIT_MS; 3]);
    }

    #[test]
    fn a_wait_ends_and_a_clock_that_was_set_back_makes_it_no_longer() {
        let attempts = failed(5, Moment(10_000));
        assert_eq!(attempts.wait_ms(Moment(11_500)), 500);
        assert_eq!(attempts.wait_ms(Moment(12_000)), 0);
        assert_eq!(attempts.wait_ms(Moment(-90_000_000)), LONGEST_WAIT_MS);
    }
}

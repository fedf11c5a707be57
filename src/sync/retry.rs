//! How long to wait before trying again, as data.

use core::ops::Range;

/// The shortest wait in milliseconds.
const FIRST_MS: i64 = 1_000;

/// The longest wait in milliseconds: headquarters that is back is noticed within this time
/// while the app is open.
pub const LONGEST_MS: i64 = 15_000;

/// How a fault is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Soon at first, then ever later up to the longest wait.
    Doubling,
    /// After the longest wait: somebody has to do something first, here or elsewhere.
    Slow,
}

/// The bounds between which chance picks the wait after `failures` in a row (at least 1): from
/// half to the whole of a doubling delay.
pub fn wait_ms(failures: u32) -> Range<i64> {
    let doublings = failures.saturating_sub(1).min(10);
    let whole = (FIRST_MS << doublings).min(LONGEST_MS);
    whole / 2..whole
}

/// A wait within the bounds; `chance` is any number, taken evenly.
pub fn pick_ms(failures: u32, chance: u64) -> i64 {
    let bounds = wait_ms(failures);
    let width = bounds.end.abs_diff(bounds.start);
    let offset = i64::try_from(chance % width.max(1)).unwrap_or(0);
    bounds.start + offset
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_wait_doubles_up_to_the_longest() {
        let longest = [1, 2, 3, 4, 5, 6, u32::MAX].map(|failures| wait_ms(failures).end);
        assert_eq!(longest, [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
    }

    proptest! {
        #[test]
        fn chance_stays_within_the_bounds(failures: u32, chance: u64) {
            prop_assert!(wait_ms(failures).contains(&pick_ms(failures, chance)));
        }
    }
}

//! The laws hold in every world that is tried. `BIENBAN_SEEDS` says how many, `BIENBAN_SEED`
//! names one, or the first of many.

use std::env;

use simulation::run;

/// How many seeds the ordinary tests try.
const SEEDS: u64 = 2_000;

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().and_then(|number| number.parse().ok())
}

#[test]
fn the_laws_hold_in_every_world() {
    let (first, count) = match (number("BIENBAN_SEED"), number("BIENBAN_SEEDS")) {
        (first, Some(count)) => (first.unwrap_or(0), count),
        (Some(seed), None) => (seed, 1),
        (None, None) => (0, SEEDS),
    };
    if let Some(failure) = run::seeds(first, count, None) {
        panic!("{}", run::report(&failure, None));
    }
}

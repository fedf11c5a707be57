//! Steps of a command: each says what it does before it starts and how long it took.

use std::fmt;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Announces a step, carries it out and says how long it took; a failure carries its name.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {name}");
    let started = Instant::now();
    let result = work().with_context(|| format!("step `{name}` failed"))?;
    println!("    done in {}", Seconds(started.elapsed()));
    Ok(result)
}

/// A duration as a person reads it: `0.8 s`, `3 min 05 s`.
pub(crate) struct Seconds(pub(crate) Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.as_secs();
        match seconds {
            0..60 => write!(f, "{:.1} s", self.0.as_secs_f64()),
            60.. => write!(f, "{} min {:02} s", seconds / 60, seconds % 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_a_clock() {
        let shown = |ms| Seconds(Duration::from_millis(ms)).to_string();
        assert_eq!(shown(840), "0.8 s");
        assert_eq!(shown(59_900), "59.9 s");
        assert_eq!(shown(60_000), "1 min 00 s");
        assert_eq!(shown(185_400), "3 min 05 s");
    }

    #[test]
    fn a_failure_names_its_step() {
        let error = step("tablet: compile", || -> Result<()> { anyhow::bail!("no compiler") });
        assert_eq!(
            format!("{:#}", error.unwrap_err()),
            "step `tablet: compile` failed: no compiler"
        );
    }
}

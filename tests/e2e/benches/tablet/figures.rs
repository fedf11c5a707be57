//! What was measured, as medians with their spread, and as ratios to the bare page.

use serde_json::{Value, json};

/// Measurements of one thing.
#[derive(Debug, Default, Clone)]
pub(crate) struct Samples(Vec<f64>);

impl Samples {
    /// Adds one measurement.
    pub(crate) fn add(&mut self, measured: f64) {
        self.0.push(measured);
    }

    /// Adds many.
    pub(crate) fn extend(&mut self, measured: Vec<f64>) {
        self.0.extend(measured);
    }

    /// Alone, at a quantile, with how far the measurements spread.
    pub(crate) fn to_json(&self, unit: &str, part: f64) -> Value {
        json!({
            "unit": unit, "quantile": part,
            "app": round(self.quantile(part)), "app_spread": spread(self), "samples": self.0.len(),
        })
    }

    /// The value below which this part (0 to 1) of the measurements lies.
    pub(crate) fn quantile(&self, part: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        #[expect(clippy::cast_precision_loss, reason = "there are a few hundred")]
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index")]
        let at = ((sorted.len().saturating_sub(1)) as f64 * part).round() as usize;
        sorted.get(at).copied().unwrap_or(f64::NAN)
    }
}

/// One thing measured on both pages.
#[derive(Debug, Default, Clone)]
pub(crate) struct Pair {
    /// The app.
    pub(crate) app: Samples,
    /// The bare page.
    pub(crate) bare: Samples,
}

impl Pair {
    /// Both at a quantile, their ratio, and how far the measurements spread.
    pub(crate) fn to_json(&self, unit: &str, part: f64) -> Value {
        let (app, bare) = (self.app.quantile(part), self.bare.quantile(part));
        json!({
            "unit": unit, "quantile": part,
            "app": round(app), "bare": round(bare), "ratio": round(app / bare),
            "app_spread": spread(&self.app), "bare_spread": spread(&self.bare),
            "samples": self.app.0.len(),
        })
    }
}

fn spread(samples: &Samples) -> [f64; 2] {
    [round(samples.quantile(0.0)), round(samples.quantile(1.0))]
}

fn round(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

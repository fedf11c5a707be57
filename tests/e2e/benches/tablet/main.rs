//! How fast the tablet app is beside a bare page with the same items: a reload without a network
//! until the first answer is possible (which has a budget), a start where another page stood, the
//! last item; tap to frame, tap to stored, memory; at full speed and four times throttled, with the
//! vault open. And how long unlocking takes, for which a bare page has nothing to compare.
//!
//! Both pages come from one headquarters, each in a browser of its own, and are measured in turns,
//! so that what else the machine does meets both. Figures are medians with their spread (taps: the
//! 95th percentile). `BIENBAN_BENCH_QUICK` measures less, `BIENBAN_BENCH_ITEMS` other sizes.

mod bare;
mod figures;
mod tab;

use std::path::Path;

use anyhow::Context;
use e2e_tests::headquarters::Headquarters;
use e2e_tests::tablet;
use e2e_tests::versions::Versions;
use figures::{Pair, Samples};
use serde_json::{Map, Value, json};
use tab::Tab;

const SIZES: &[usize] = &[50, 300, 1_000, 3_000];
const QUICK_SIZES: &[usize] = &[300, 1_000];
const RUNS: usize = 7;
const QUICK_RUNS: usize = 3;

/// What the design allows: reload and memory as a ratio, frames as a distance in ms, stored as a
/// ratio.
const BUDGETS: &str = "reload 1.5× (3,000 items 2×), frame p95 within 33 ms at 4×, stored p95 2×, memory 1.5×, \
     unlock 1 s at 4×";

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    let is_quick = std::env::var_os("BIENBAN_BENCH_QUICK").is_some();
    let runs = if is_quick { QUICK_RUNS } else { RUNS };
    let mut all = Map::new();
    for items in sizes(is_quick)? {
        let measured = measure(items, runs).await.with_context(|| format!("{items} items"))?;
        println!("{items} items\n{}", table(&measured));
        all.insert(items.to_string(), measured);
    }
    let report = json!({ "budgets": BUDGETS, "runs": runs, "items": all });
    if let Some(file) = std::env::var_os("BIENBAN_BENCH_JSON") {
        std::fs::write(file, serde_json::to_string_pretty(&report)?)?;
    }
    Ok(())
}

fn sizes(is_quick: bool) -> anyhow::Result<Vec<usize>> {
    match std::env::var("BIENBAN_BENCH_ITEMS") {
        Ok(named) => named.split(',').map(|size| Ok(size.trim().parse()?)).collect(),
        Err(_) if is_quick => Ok(QUICK_SIZES.to_vec()),
        Err(_) => Ok(SIZES.to_vec()),
    }
}

/// Everything that is measured of both pages at one speed.
#[derive(Default)]
struct AtSpeed {
    start: Pair,
    reload: Pair,
    every_item: Pair,
    frame: Pair,
    stored: Pair,
    unlock: Samples,
}

async fn measure(items: usize, runs: usize) -> anyhow::Result<Value> {
    let folder = tempfile::tempdir()?;
    let (mut headquarters, app, bare) = open(folder.path(), items).await?;
    // From here on there is no network at all.
    headquarters.kill();
    let mut memory = Pair::default();
    let mut report = Map::new();
    for (speed, times) in [("full", 1), ("throttled_4x", 4)] {
        app.throttle(times).await?;
        bare.throttle(times).await?;
        let mut at = AtSpeed::default();
        for _ in 0..runs {
            at.start.app.add(app.start().await.context("the app starts")?.first);
            at.start.bare.add(bare.start().await.context("the bare page starts")?.first);
            let shown = app.reload().await.context("the app")?;
            let bare_shown = bare.reload().await.context("the bare page")?;
            at.reload.app.add(shown.first);
            at.reload.bare.add(bare_shown.first);
            at.every_item.app.add(shown.all);
            at.every_item.bare.add(bare_shown.all);
            if times == 1 {
                memory.app.add(app.memory_mb()?);
                memory.bare.add(bare.memory_mb()?);
            }
            let ((frames, stored), (bare_frames, bare_stored)) =
                (app.tap().await?, bare.tap().await?);
            at.frame.app.extend(frames);
            at.stored.app.extend(stored);
            at.frame.bare.extend(bare_frames);
            at.stored.bare.extend(bare_stored);
            at.unlock.add(app.unlock(&headquarters.passphrase).await.context("unlocking")?);
        }
        report.insert(speed.to_owned(), at.to_json());
    }
    report.insert("memory".to_owned(), memory.to_json("MB", 0.5));
    app.close().await?;
    bare.close().await?;
    Ok(report.into())
}

impl AtSpeed {
    fn to_json(&self) -> Value {
        json!({
            "start": self.start.to_json("ms", 0.5),
            "reload": self.reload.to_json("ms", 0.5),
            "reload_to_every_item": self.every_item.to_json("ms", 0.5),
            "tap_to_frame_p50": self.frame.to_json("ms", 0.5),
            "tap_to_frame_p95": self.frame.to_json("ms", 0.95),
            "tap_to_stored_p50": self.stored.to_json("ms", 0.5),
            "tap_to_stored_p95": self.stored.to_json("ms", 0.95),
            "unlock": self.unlock.to_json("ms", 0.5),
        })
    }
}

/// Both pages, ready to go offline, at the address that is measured.
async fn open(folder: &Path, items: usize) -> anyhow::Result<(Headquarters, Tab, Tab)> {
    let versions = Versions::copy(&folder.join("app"))?;
    bare::write(versions.folder(), items)?;
    let data = folder.join("headquarters");
    let headquarters = Headquarters::of_size(versions.folder(), &data, items).await?;
    let origin = format!("http://127.0.0.1:{}", headquarters.port);
    let enrolment = headquarters.tablets.first().context("no tablet")?;
    let mut app = Tab::open(&folder.join("app-profile"), enrolment).await.context("the app")?;
    let inspection = tablet::inspections(app.page()).await?.first().context("no list")?.clone();
    app.measure_at(format!("{origin}/#/inspection/{inspection}"), items).await?;
    let address = format!("{origin}/bare/index.html");
    let mut bare =
        Tab::open(&folder.join("bare-profile"), &address).await.context("the bare page")?;
    bare.measure_at(address, items).await?;
    Ok((headquarters, app, bare))
}

/// One line for each figure.
fn table(measured: &Value) -> String {
    let mut lines = Vec::new();
    let mut line = |name: &str, pair: &Value| {
        lines.push(format!(
            "  {name:<34} app {:>8} {:<2} bare {:>8}  ratio {:>6}  spread {} / {}",
            pair["app"],
            pair["unit"].as_str().unwrap_or(""),
            or_dash(&pair["bare"]),
            or_dash(&pair["ratio"]),
            pair["app_spread"],
            or_dash(&pair["bare_spread"])
        ));
    };
    for speed in ["full", "throttled_4x"] {
        for (name, pair) in measured[speed].as_object().into_iter().flatten() {
            line(&format!("{speed} {name}"), pair);
        }
    }
    line("memory", &measured["memory"]);
    lines.join("\n")
}

/// What a bare page has nothing of is a dash.
fn or_dash(figure: &Value) -> String {
    if figure.is_null() { "–".to_owned() } else { figure.to_string() }
}

//! `cargo xtask bench`: figures as JSON under target/bench/, one file per program.
//! Measures the app shell itself; everything else is a `[[bench]]` of the crate it belongs to,
//! which is found by its manifest and told by `BIENBAN_BENCH_JSON` where its figures go.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Serialize;
use serde_json::json;

use crate::app;
use crate::checks::browser::{JOURNEYS, equip_benchmark, fold_in_browser};
use crate::process;
use crate::size::by_crate::CrateSizes;
use crate::size::shell::ShellSizes;
use crate::steps::step;
use crate::workspace::{Benchmark, Workspace};

/// What `--only` calls the measurement of the app shell.
const SIZE: &str = "size";

/// What `--only` calls the fold in a browser.
const FOLD: &str = "fold_in_browser";

/// What the design allows for folding 100,000 events in a browser, in ms.
const FOLD_BUDGET_MS: f64 = 600.0;

/// Which measurements to run.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Runs only this measurement: `size`, `fold_in_browser`, or a benchmark as `PACKAGE_NAME` or
    /// `NAME`; may be given several times.
    #[arg(long, value_name = "MEASUREMENT")]
    only: Vec<String>,
    /// Measures less, to see that everything runs.
    #[arg(long)]
    quick: bool,
}

/// Runs the chosen measurements.
///
/// # Errors
/// When one fails, or none is called as `--only` says.
pub(crate) fn bench(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    // Under the repository, also when cargo's target folder lies elsewhere: figures are for people.
    let folder = workspace.root.join("target/bench");
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create the folder `{}`", folder.display()))?;
    let benchmarks = workspace.benchmarks();
    arguments.check(&benchmarks)?;
    if arguments.choose(SIZE) {
        measure_size(workspace, &folder)?;
    }
    if arguments.choose(FOLD) {
        measure_fold(workspace, &folder)?;
    }
    for benchmark in benchmarks.iter().filter(|benchmark| arguments.choose_one(benchmark)) {
        run_benchmark(workspace, benchmark, &folder, arguments.quick)?;
    }
    println!("figures are in `{}`", folder.display());
    Ok(())
}

fn measure_size(workspace: &Workspace, folder: &Path) -> Result<()> {
    app::build(workspace)?;
    step("bench: app shell, by file", || {
        let sizes = ShellSizes::measure(&workspace.dist())?;
        sizes.print();
        write(&folder.join("app_shell.json"), &sizes)
    })?;
    step("bench: app shell, by crate", || {
        let sizes = CrateSizes::of(&app::build_named(workspace)?)?;
        sizes.print();
        write(&folder.join("app_shell_by_crate.json"), &sizes)
    })
}

fn measure_fold(workspace: &Workspace, folder: &Path) -> Result<()> {
    step("bench: fold of 100,000 events in a browser", || {
        let runs_ms = fold_in_browser(workspace)?;
        let mut sorted = runs_ms.clone();
        sorted.sort_by(f64::total_cmp);
        let median_ms = sorted.get(sorted.len() / 2).copied();
        let figures = json!({
            "events": 100_000, "budget_ms": FOLD_BUDGET_MS, "median_ms": median_ms, "runs_ms": runs_ms,
        });
        println!("{figures:#}");
        write(&folder.join(format!("{FOLD}.json")), &figures)
    })
}

fn write(file: &Path, figures: &impl Serialize) -> Result<()> {
    fs::write(file, serde_json::to_string_pretty(figures)?)
        .with_context(|| format!("cannot write `{}`", file.display()))
}

fn run_benchmark(
    workspace: &Workspace,
    benchmark: &Benchmark,
    folder: &Path,
    is_quick: bool,
) -> Result<()> {
    let Benchmark { package, name } = benchmark;
    let figures: PathBuf = folder.join(format!("{}.json", called(benchmark)));
    step(&format!("bench: {package} {name}"), || {
        let mut cargo = workspace.cargo();
        cargo.args(["bench", "--locked", "--package", package, "--bench", name]);
        cargo.env("BIENBAN_BENCH_JSON", figures);
        if is_quick {
            cargo.env("BIENBAN_BENCH_QUICK", "1");
        }
        if package == JOURNEYS {
            equip_benchmark(workspace, &mut cargo)?;
        }
        process::run(&mut cargo)
    })
}

/// What `--only` and the file of figures call a benchmark.
fn called(benchmark: &Benchmark) -> String {
    format!("{}_{}", benchmark.package, benchmark.name)
}

impl Arguments {
    fn choose(&self, name: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == name)
    }

    /// A benchmark's own name is enough, also where two packages have one of that name.
    fn choose_one(&self, benchmark: &Benchmark) -> bool {
        self.choose(&called(benchmark)) || self.choose(&benchmark.name)
    }

    fn check(&self, benchmarks: &[Benchmark]) -> Result<()> {
        let names: Vec<_> = [SIZE.to_owned(), FOLD.to_owned()]
            .into_iter()
            .chain(benchmarks.iter().map(called))
            .collect();
        for only in &self.only {
            ensure!(
                names.contains(only) || benchmarks.iter().any(|one| one.name == *only),
                "no measurement is called `{only}`; there are `{}`",
                names.join("`, `")
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_runs_and_an_unknown_name_is_refused() {
        let fold = [Benchmark { package: "domain".to_owned(), name: "fold".to_owned() }];
        let only = |name: &str| Arguments { only: vec![name.to_owned()], quick: false };
        assert!(only("size").choose("size") && !only("size").choose("domain_fold"));
        assert!(Arguments { only: Vec::new(), quick: false }.choose("domain_fold"));
        assert!(only("domain_fold").choose_one(&fold[0]) && only("fold").choose_one(&fold[0]));
        assert!(!only("load").choose_one(&fold[0]));
        assert!(only("domain_fold").check(&fold).is_ok() && only("fold").check(&fold).is_ok());
        let refused = only("speed").check(&fold).unwrap_err().to_string();
        assert_eq!(
            refused,
            "no measurement is called `speed`; there are `size`, `fold_in_browser`, `domain_fold`"
        );
    }
}

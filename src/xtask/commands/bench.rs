//! `cargo xtask bench`: figures as JSON under target/bench/, one file per program.
//! Measures the app shell itself; everything else is a `[[bench]]` of the crate it belongs to,
//! which is found by its manifest and told by `BIENBAN_BENCH_JSON` where its figures go.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Serialize;

use crate::app::shell::{PrecachedFile, Shell};
use crate::app::{self, compress};
use crate::process;
use crate::steps::step;
use crate::workspace::{Benchmark, Workspace};

/// The budget for the app shell under Brotli.
const SHELL_BUDGET_BYTES: usize = 200_000;

#[derive(Serialize)]
struct ShellSizes {
    budget_brotli_bytes: usize,
    within_budget: bool,
    total: Sizes,
    files: Vec<FileSizes>,
}

#[derive(Serialize)]
struct FileSizes {
    path: String,
    #[serde(flatten)]
    sizes: Sizes,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Sizes {
    raw_bytes: usize,
    gzip_bytes: usize,
    brotli_bytes: usize,
}

/// Runs every measurement.
pub(crate) fn bench(workspace: &Workspace) -> Result<()> {
    // Under the repository, also when cargo's target folder lies elsewhere: figures are for people.
    let folder = workspace.root.join("target/bench");
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create the folder `{}`", folder.display()))?;
    app::build(workspace)?;
    step("bench: app shell", || measure_shell(workspace, &folder))?;
    for benchmark in workspace.benchmarks() {
        run_benchmark(workspace, &benchmark, &folder)?;
    }
    println!("figures are in `{}`", folder.display());
    Ok(())
}

fn measure_shell(workspace: &Workspace, folder: &Path) -> Result<()> {
    let dist = workspace.dist();
    let shell = Shell::read(&dist)?;
    let files: Result<Vec<_>> = shell.files.iter().map(|file| file_sizes(file, &dist)).collect();
    let sizes = ShellSizes::of(files?);
    sizes.print();
    let file = folder.join("app_shell.json");
    fs::write(&file, serde_json::to_string_pretty(&sizes)?)
        .with_context(|| format!("cannot write `{}`", file.display()))
}

fn file_sizes(file: &PrecachedFile, dist: &Path) -> Result<FileSizes> {
    Ok(FileSizes { path: file.path.clone(), sizes: Sizes::of(&file.read(dist)?)? })
}

fn run_benchmark(workspace: &Workspace, benchmark: &Benchmark, folder: &Path) -> Result<()> {
    let Benchmark { package, name } = benchmark;
    let figures: PathBuf = folder.join(format!("{package}_{name}.json"));
    step(&format!("bench: {package} {name}"), || {
        let arguments = ["bench", "--locked", "--package", package, "--bench", name];
        process::run(workspace.cargo().args(arguments).env("BIENBAN_BENCH_JSON", figures))
    })
}

impl ShellSizes {
    fn of(files: Vec<FileSizes>) -> Self {
        let total = files.iter().fold(Sizes::default(), |sum, file| sum.plus(file.sizes));
        let within_budget = total.brotli_bytes <= SHELL_BUDGET_BYTES;
        Self { budget_brotli_bytes: SHELL_BUDGET_BYTES, within_budget, total, files }
    }

    fn print(&self) {
        println!("    {:>9} {:>9} {:>9}", "raw", "gzip", "brotli");
        for file in &self.files {
            println!("    {} {}", file.sizes.columns(), file.path);
        }
        let word = if self.within_budget { "within" } else { "OVER" };
        let budget = self.budget_brotli_bytes;
        println!("    {} in all, {word} the budget of {budget}", self.total.columns());
    }
}

impl Sizes {
    fn of(content: &[u8]) -> Result<Self> {
        Ok(Self {
            raw_bytes: content.len(),
            gzip_bytes: compress::gzip(content)?.len(),
            brotli_bytes: compress::brotli(content)?.len(),
        })
    }

    fn plus(self, other: Self) -> Self {
        Self {
            raw_bytes: self.raw_bytes + other.raw_bytes,
            gzip_bytes: self.gzip_bytes + other.gzip_bytes,
            brotli_bytes: self.brotli_bytes + other.brotli_bytes,
        }
    }

    fn columns(self) -> String {
        format!("{:>9} {:>9} {:>9}", self.raw_bytes, self.gzip_bytes, self.brotli_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_decides_about_the_budget() {
        let half = Sizes { raw_bytes: 9, gzip_bytes: 8, brotli_bytes: SHELL_BUDGET_BYTES / 2 };
        let file = |sizes| FileSizes { path: "/a.js".to_owned(), sizes };
        let full = ShellSizes::of(vec![file(half), file(half)]);
        assert!(full.within_budget);
        assert_eq!(full.total.raw_bytes, 18);
        let one_more = Sizes { brotli_bytes: 1, ..Sizes::default() };
        assert!(!ShellSizes::of(vec![file(half), file(half), file(one_more)]).within_budget);
    }

    #[test]
    fn compressed_sizes_are_measured() {
        let sizes = Sizes::of("nhật ký ".repeat(100).as_bytes()).unwrap();
        assert!(sizes.brotli_bytes < sizes.raw_bytes && sizes.gzip_bytes < sizes.raw_bytes);
    }
}

//! The app shell's files as they are, under gzip and under Brotli, and the limit of their sum.

use std::path::Path;

use anyhow::{Result, ensure};
use serde::Serialize;

use crate::app::compress;
use crate::app::shell::{PrecachedFile, Shell};

/// What the whole shell is meant to be under Brotli: the budget of the design.
const BUDGET_BROTLI_BYTES: usize = 200_000;

/// What the whole shell must not pass under Brotli: what has been reached, and 2 % for a change
/// that is worth it. It was raised by what encryption at rest takes; otherwise only lowered, until
/// it is the budget.
const LIMIT_BROTLI_BYTES: usize = 565_000;

/// How many files a message about too large a shell names.
const NAMED_FILES: usize = 3;

/// The files of an app shell with what each costs.
#[derive(Serialize)]
pub(crate) struct ShellSizes {
    budget_brotli_bytes: usize,
    limit_brotli_bytes: usize,
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

impl ShellSizes {
    /// Measures every file of a finished `dist/` that the service worker keeps.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub(crate) fn measure(dist: &Path) -> Result<Self> {
        let shell = Shell::read(dist)?;
        let files: Result<Vec<_>> = shell.files.iter().map(|file| file_sizes(file, dist)).collect();
        Ok(Self::of(files?))
    }

    /// Whether the shell is as small as it has been.
    ///
    /// # Errors
    /// When it has grown past the limit; the message names its largest files.
    pub(crate) fn check(&self) -> Result<()> {
        let total = self.total.brotli_bytes;
        ensure!(
            total <= LIMIT_BROTLI_BYTES,
            "the app shell takes {total} bytes under Brotli, more than the limit of \
             {LIMIT_BROTLI_BYTES} (the aim is {BUDGET_BROTLI_BYTES}); its largest files: {}; \
             `cargo xtask bench --only size` shows what each crate adds",
            self.largest()
        );
        Ok(())
    }

    /// Prints a table.
    pub(crate) fn print(&self) {
        println!("    {:>9} {:>9} {:>9}", "raw", "gzip", "brotli");
        for file in &self.files {
            println!("    {} {}", file.sizes.columns(), file.path);
        }
        let word = if self.within_budget { "within" } else { "OVER" };
        let budget = self.budget_brotli_bytes;
        println!("    {} in all, {word} the budget of {budget}", self.total.columns());
    }

    fn of(files: Vec<FileSizes>) -> Self {
        let total = files.iter().fold(Sizes::default(), |sum, file| sum.plus(file.sizes));
        Self {
            budget_brotli_bytes: BUDGET_BROTLI_BYTES,
            limit_brotli_bytes: LIMIT_BROTLI_BYTES,
            within_budget: total.brotli_bytes <= BUDGET_BROTLI_BYTES,
            total,
            files,
        }
    }

    fn largest(&self) -> String {
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort_by_key(|file| core::cmp::Reverse(file.sizes.brotli_bytes));
        let named = files.iter().take(NAMED_FILES);
        let words: Vec<_> =
            named.map(|file| format!("`{}` {}", file.path, file.sizes.brotli_bytes)).collect();
        words.join(", ")
    }
}

fn file_sizes(file: &PrecachedFile, dist: &Path) -> Result<FileSizes> {
    Ok(FileSizes { path: file.path.clone(), sizes: Sizes::of(&file.read(dist)?)? })
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
        let half = BUDGET_BROTLI_BYTES / 2;
        let full = shell(&[("/a.js", half), ("/b.js", half)]);
        assert!(full.within_budget);
        assert_eq!(full.total.brotli_bytes, BUDGET_BROTLI_BYTES);
        assert!(!shell(&[("/a.js", half), ("/b.js", half), ("/c.js", 1)]).within_budget);
    }

    #[test]
    fn a_shell_past_the_limit_is_refused_with_its_largest_files() {
        let small = [("/a.css", 1), ("/b.js", 2), ("/c.js", 3)];
        assert!(
            shell(&[&small[..], &[("/d.wasm", LIMIT_BROTLI_BYTES - 6)]].concat()).check().is_ok()
        );
        let over = shell(&[&small[..], &[("/d.wasm", LIMIT_BROTLI_BYTES - 5)]].concat());
        let message = over.check().unwrap_err().to_string();
        let named = format!("`/d.wasm` {}, `/c.js` 3, `/b.js` 2;", LIMIT_BROTLI_BYTES - 5);
        assert!(message.contains(&named), "{message}");
        assert!(message.contains("the aim is 200000"), "{message}");
    }

    #[test]
    fn compressed_sizes_are_measured() {
        let sizes = Sizes::of("nhật ký ".repeat(100).as_bytes()).unwrap();
        assert!(sizes.brotli_bytes < sizes.raw_bytes && sizes.gzip_bytes < sizes.raw_bytes);
    }

    fn shell(files: &[(&str, usize)]) -> ShellSizes {
        let file = |&(path, brotli_bytes): &(&str, usize)| FileSizes {
            path: path.to_owned(),
            sizes: Sizes { brotli_bytes, ..Sizes::default() },
        };
        ShellSizes::of(files.iter().map(file).collect())
    }
}

//! The files of the repository as the rules see them: text, with paths from the root.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold what is made, installed or foreign.
const PASSED_OVER: &[&str] = &[
    "target",
    "dist",
    "dist.next",
    "dist.old",
    "node_modules",
    "data",
    ".git",
    "proptest-regressions",
];

/// Endings of files that are read as text.
const TEXT: &[&str] = &[
    "rs",
    "toml",
    "md",
    "css",
    "html",
    "js",
    "json",
    "sql",
    "webmanifest",
    "svg",
    "lock",
    "snap",
    "cddl",
    "dump",
    "txt",
    "run",
    "npmrc",
    "gitignore",
    "gitattributes",
    "yml",
    "yaml",
    "csv",
];

/// One file.
pub(crate) struct File {
    /// Its path from the root, with `/`.
    pub(crate) path: String,
    /// What is in it.
    pub(crate) text: String,
}

/// The root of the repository; where the test runs, not where it was compiled.
pub(crate) fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    here.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR"))).join("..")
}

/// Whether something is there.
pub(crate) fn exists(path: &str) -> bool {
    root().join(path).exists()
}

/// The text of a file that must be there.
pub(crate) fn text_of(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|fault| panic!("`{path}`: {fault}"))
}

/// Every text file, in the order of paths.
pub(crate) fn files() -> Vec<File> {
    let mut paths = Vec::new();
    walk(&root(), "", &mut paths);
    paths.sort();
    paths.into_iter().filter(|path| is_text(path)).filter_map(read).collect()
}

/// Every text file below a folder with one of these endings.
pub(crate) fn files_in(folder: &str, ending: &str) -> Vec<File> {
    let wanted =
        |file: &File| file.path.starts_with(folder) && file.path.ends_with(&format!(".{ending}"));
    files().into_iter().filter(wanted).collect()
}

/// The folders directly in a folder.
pub(crate) fn folders_in(folder: &str) -> Vec<String> {
    let mut names: Vec<_> = entries(&root().join(folder))
        .into_iter()
        .filter(|(_, is_folder)| *is_folder)
        .map(|(name, _)| name)
        .filter(|name| !PASSED_OVER.contains(&name.as_str()))
        .collect();
    names.sort();
    names
}

/// A file that was there a moment ago may be gone: editors write through other names.
fn read(path: String) -> Option<File> {
    let text = fs::read_to_string(root().join(&path)).ok()?;
    Some(File { path, text })
}

fn is_text(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    TEXT.contains(&name.rsplit('.').next().unwrap_or(name))
}

fn walk(folder: &Path, prefix: &str, paths: &mut Vec<String>) {
    for (name, is_folder) in entries(folder) {
        if PASSED_OVER.contains(&name.as_str()) {
            continue;
        }
        let path = format!("{prefix}{name}");
        if is_folder {
            walk(&folder.join(&name), &format!("{path}/"), paths);
        } else {
            paths.push(path);
        }
    }
}

fn entries(folder: &Path) -> Vec<(String, bool)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let named = entries.filter_map(|entry| {
        let is_folder = entry.file_type().ok()?.is_dir();
        Some((entry.file_name().into_string().ok()?, is_folder))
    });
    named.collect()
}

/// Fails with one line for each fault.
#[track_caller]
pub(crate) fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// `path:line: what` for each line of the file that a rule finds fault with.
pub(crate) fn faulty_lines(file: &File, fault: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let lines = (1..).zip(file.text.lines());
    lines
        .filter_map(|(number, line)| Some(format!("{}:{number}: {}", file.path, fault(line)?)))
        .collect()
}

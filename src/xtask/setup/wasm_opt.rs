//! wasm-opt out of npm's `binaryen`, in the version of package-lock.json.
//! A wasm-opt in `PATH` is never used: Debian's writes programs that no browser starts.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use serde::Deserialize;

use crate::process;
use crate::steps::step;
use crate::workspace::Workspace;

const PACKAGE: &str = "node_modules/binaryen";
const PROGRAM: &str = "node_modules/.bin/wasm-opt";

/// The part of npm's files that names versions.
#[derive(Deserialize)]
struct Manifest {
    version: String,
}

#[derive(Deserialize)]
struct Lock {
    packages: std::collections::BTreeMap<String, LockedPackage>,
}

#[derive(Deserialize)]
struct LockedPackage {
    version: Option<String>,
}

/// wasm-opt, installed by npm when it is missing; `None`, said aloud, when that cannot be done.
pub(crate) fn find_or_install(workspace: &Workspace) -> Option<PathBuf> {
    find(workspace).or_else(|| match install(workspace) {
        Ok(program) => Some(program),
        Err(error) => {
            println!("!!! the app stays unoptimised and larger than need be: {error:#}");
            println!("!!! install node with npm and run this again");
            None
        }
    })
}

/// wasm-opt, when the locked version is installed.
pub(crate) fn find(workspace: &Workspace) -> Option<PathBuf> {
    let installed = installed_version(&workspace.root)?;
    let program = workspace.root.join(PROGRAM);
    (locked_version(&workspace.root)? == installed && program.is_file()).then_some(program)
}

fn install(workspace: &Workspace) -> Result<PathBuf> {
    let npm = process::find("npm").ok_or_else(|| anyhow::anyhow!("`npm` is not in PATH"))?;
    step("set up: wasm-opt by npm", || {
        process::run(workspace.program(npm).args(["ci", "--no-audit", "--no-fund"]))
    })?;
    find(workspace).ok_or_else(|| anyhow::anyhow!("`npm ci` did not bring `{PROGRAM}`"))
}

fn installed_version(root: &Path) -> Option<String> {
    let manifest = fs::read(root.join(PACKAGE).join("package.json")).ok()?;
    serde_json::from_slice(&manifest).ok().map(|Manifest { version }| version)
}

fn locked_version(root: &Path) -> Option<String> {
    let lock = fs::read(root.join("package-lock.json")).ok()?;
    let lock: Lock = serde_json::from_slice(&lock).ok()?;
    lock.packages.get(PACKAGE)?.version.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_locked_version_counts() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::in_folder(folder.path());
        assert_eq!(find(&workspace), None, "nothing is there");

        let lock = r#"{"packages": {"": {}, "node_modules/binaryen": {"version": "132.0.0"}}}"#;
        write(folder.path(), "package-lock.json", lock);
        write(folder.path(), PROGRAM, "");
        write(folder.path(), "node_modules/binaryen/package.json", r#"{"version": "108.0.0"}"#);
        assert_eq!(find(&workspace), None, "another version is there");

        write(folder.path(), "node_modules/binaryen/package.json", r#"{"version": "132.0.0"}"#);
        assert_eq!(find(&workspace), Some(folder.path().join(PROGRAM)));
    }

    fn write(root: &Path, file: &str, content: &str) {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

//! Packages of npm that building and testing use, in the versions of package-lock.json.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;
use crate::steps::step;
use crate::workspace::Workspace;

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

/// A file that a package brings, by its path below `node_modules`.
pub(crate) struct Wanted {
    /// The package.
    pub(crate) package: &'static str,
    /// The file.
    pub(crate) file: &'static str,
}

impl Wanted {
    /// The file, when the locked version of its package is installed.
    pub(crate) fn find(&self, workspace: &Workspace) -> Option<PathBuf> {
        let folder = Path::new("node_modules").join(self.package);
        let installed = installed_version(&workspace.root.join(&folder))?;
        let file = workspace.root.join("node_modules").join(self.file);
        let locked = locked_version(&workspace.root, folder.to_str()?)?;
        (locked == installed && file.is_file()).then_some(file)
    }

    /// The file, installed when it is missing.
    ///
    /// # Errors
    /// When npm is missing or does not bring it.
    pub(crate) fn find_or_install(&self, workspace: &Workspace) -> Result<PathBuf> {
        if let Some(file) = self.find(workspace) {
            return Ok(file);
        }
        let npm = process::find("npm").context("`npm` is not in PATH")?;
        step("set up: the packages of npm", || {
            process::run(workspace.program(npm).args(["ci", "--no-audit", "--no-fund"]))
        })?;
        self.find(workspace).with_context(|| format!("`npm ci` did not bring `{}`", self.file))
    }
}

fn installed_version(package: &Path) -> Option<String> {
    let manifest = fs::read(package.join("package.json")).ok()?;
    serde_json::from_slice(&manifest).ok().map(|Manifest { version }| version)
}

fn locked_version(root: &Path, package: &str) -> Option<String> {
    let lock = fs::read(root.join("package-lock.json")).ok()?;
    let lock: Lock = serde_json::from_slice(&lock).ok()?;
    lock.packages.get(package)?.version.clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOOL: Wanted = Wanted { package: "binaryen", file: ".bin/wasm-opt" };

    #[test]
    fn only_the_locked_version_counts() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::in_folder(folder.path());
        assert_eq!(TOOL.find(&workspace), None, "nothing is there");

        let lock = r#"{"packages": {"": {}, "node_modules/binaryen": {"version": "132.0.0"}}}"#;
        write(folder.path(), "package-lock.json", lock);
        write(folder.path(), "node_modules/.bin/wasm-opt", "");
        write(folder.path(), "node_modules/binaryen/package.json", r#"{"version": "108.0.0"}"#);
        assert_eq!(TOOL.find(&workspace), None, "another version is there");

        write(folder.path(), "node_modules/binaryen/package.json", r#"{"version": "132.0.0"}"#);
        let program = folder.path().join("node_modules/.bin/wasm-opt");
        assert_eq!(TOOL.find(&workspace), Some(program));
    }

    fn write(root: &Path, file: &str, content: &str) {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

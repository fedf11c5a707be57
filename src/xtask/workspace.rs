//! Where things are: the repository, cargo's target folder, `dist/`, the cache of tools.
//! Asks cargo instead of guessing, so that `CARGO_TARGET_DIR` and a user's configuration count.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::process;

/// The repository as cargo sees it.
#[derive(Deserialize)]
pub(crate) struct Workspace {
    /// The folder of the workspace's manifest.
    #[serde(rename = "workspace_root")]
    pub(crate) root: PathBuf,
    /// Cargo's target folder, which need not lie in the repository.
    #[serde(rename = "target_directory")]
    pub(crate) target: PathBuf,
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// A benchmark program: a `[[bench]]` of a package of the workspace.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Benchmark {
    /// The package that has it.
    pub(crate) package: String,
    /// The name of the `[[bench]]`.
    pub(crate) name: String,
}

impl Workspace {
    /// Asks cargo where the workspace around the current folder is.
    pub(crate) fn locate() -> Result<Self> {
        let mut cargo = Command::new(cargo_program());
        let metadata =
            process::output(cargo.args(["metadata", "--no-deps", "--format-version=1"]))?;
        serde_json::from_str(&metadata).context("cannot read the output of `cargo metadata`")
    }

    /// A cargo that runs in the root of the workspace.
    pub(crate) fn cargo(&self) -> Command {
        self.program(cargo_program())
    }

    /// A program that runs in the root of the workspace.
    pub(crate) fn program(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.current_dir(&self.root);
        command
    }

    /// The built tablet app.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Where `cargo install` puts the tools of the tests: the user's cache folder where there is
    /// one, else the target folder. Either may be deleted at any time.
    pub(crate) fn tools(&self) -> PathBuf {
        user_cache()
            .map(|cache| cache.join("bienban/tools"))
            .filter(|tools| fs::create_dir_all(tools).is_ok())
            .unwrap_or_else(|| self.target.join("tools"))
    }

    /// The version of a package in Cargo.lock.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let lock =
            fs::read_to_string(self.root.join("Cargo.lock")).context("cannot read `Cargo.lock`")?;
        locked_version(&lock, package)
            .map(str::to_owned)
            .with_context(|| format!("`Cargo.lock` does not name `{package}`"))
    }

    /// A workspace for tests, with its target folder inside.
    #[cfg(test)]
    pub(crate) fn in_folder(root: &Path) -> Self {
        Self { root: root.to_owned(), target: root.join("target"), packages: Vec::new() }
    }

    /// Every benchmark program of the workspace.
    pub(crate) fn benchmarks(&self) -> Vec<Benchmark> {
        self.packages.iter().flat_map(Package::benchmarks).collect()
    }
}

impl Package {
    fn benchmarks(&self) -> impl Iterator<Item = Benchmark> {
        let is_bench = |target: &&Target| target.kind.iter().any(|kind| kind == "bench");
        self.targets
            .iter()
            .filter(is_bench)
            .map(|target| Benchmark { package: self.name.clone(), name: target.name.clone() })
    }
}

/// The cargo that runs this program, or the first one in `PATH`.
fn cargo_program() -> PathBuf {
    env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from)
}

fn user_cache() -> Option<PathBuf> {
    let absolute = |path: PathBuf| path.is_absolute().then_some(path);
    env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cache")))
        .and_then(absolute)
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = "\
[[package]]
name = \"wasm-bindgen-futures\"
version = \"0.4.80\"

[[package]]
name = \"wasm-bindgen\"
version = \"0.2.130\"
";

    #[test]
    fn the_lock_is_read_by_the_whole_name_of_a_package() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm"), None);
    }

    #[test]
    fn only_bench_targets_are_benchmarks() {
        let metadata = r#"{"workspace_root": "/w", "target_directory": "/t", "packages": [
            {"name": "domain", "targets": [
                {"name": "domain", "kind": ["lib"]},
                {"name": "fold", "kind": ["bench"]}
            ]}
        ]}"#;
        let workspace: Workspace = serde_json::from_str(metadata).unwrap();
        let fold = Benchmark { package: "domain".to_owned(), name: "fold".to_owned() };
        assert_eq!(workspace.benchmarks(), [fold]);
    }
}

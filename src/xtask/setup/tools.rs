//! Programs that `cargo install` brings into the folder of tools: the runner of wasm-bindgen's
//! tests and Firefox' driver. Their versions are pinned; a program of another version is replaced.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::process;
use crate::steps::step;
use crate::workspace::Workspace;

const GECKODRIVER_VERSION: &str = "0.37.1";

/// A program that `cargo install` brings.
pub(crate) struct Tool {
    package: &'static str,
    program: &'static str,
    version: String,
    /// Whether the package's own lock can be used.
    locked: bool,
}

/// The runner of wasm-bindgen's tests, which must have the version of the `wasm-bindgen` crate.
/// Its own lock names a package that not every mirror of the registry has, so it is not used.
pub(crate) fn wasm_bindgen_test_runner(workspace: &Workspace) -> Result<Tool> {
    Ok(Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen-test-runner",
        version: workspace.locked_version("wasm-bindgen")?,
        locked: false,
    })
}

/// The driver of Firefox. Debian has no package of it.
pub(crate) fn geckodriver() -> Tool {
    Tool {
        package: "geckodriver",
        program: "geckodriver",
        version: GECKODRIVER_VERSION.to_owned(),
        locked: true,
    }
}

impl Tool {
    /// The program in its pinned version, installed when it is missing.
    pub(crate) fn find_or_install(&self, workspace: &Workspace) -> Result<PathBuf> {
        match self.find(workspace) {
            Some(program) => Ok(program),
            None => self.install(workspace),
        }
    }

    /// The program in its pinned version, out of the folder of tools or out of `PATH`.
    pub(crate) fn find(&self, workspace: &Workspace) -> Option<PathBuf> {
        let own = process::executable(&workspace.tools().join("bin").join(self.program));
        let candidates = own.into_iter().chain(process::find(self.program));
        candidates.into_iter().find(|program| self.has_version(program))
    }

    /// The command that a person types to get the program.
    pub(crate) fn advice(&self) -> String {
        format!("cargo {}", self.install_arguments().join(" "))
    }

    fn install(&self, workspace: &Workspace) -> Result<PathBuf> {
        let tools = workspace.tools();
        step(&format!("set up: {} {}", self.program, self.version), || {
            let mut cargo = workspace.cargo();
            cargo.args(self.install_arguments()).arg("--root").arg(&tools).arg("--force");
            process::run(&mut cargo)
        })?;
        self.find(workspace).ok_or_else(|| {
            anyhow::anyhow!("`{}` did not bring `{} {}`", self.advice(), self.program, self.version)
        })
    }

    fn install_arguments(&self) -> Vec<String> {
        let pinned = format!("{}@={}", self.package, self.version);
        let mut arguments = vec!["install".to_owned(), pinned];
        arguments.extend(["--bin".to_owned(), self.program.to_owned()]);
        arguments.extend(self.locked.then(|| "--locked".to_owned()));
        arguments
    }

    /// The first line of `--version` is the program's name and its version, perhaps with more.
    fn has_version(&self, program: &PathBuf) -> bool {
        let answer = process::output(Command::new(program).arg("--version"));
        answer.is_ok_and(|text| version_in(&text) == Some(self.version.as_str()))
    }
}

fn version_in(answer: &str) -> Option<&str> {
    answer.lines().next()?.split_whitespace().nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_second_word() {
        assert_eq!(version_in("geckodriver 0.37.1 (2f8a 2026-01-01)\nmore"), Some("0.37.1"));
        assert_eq!(version_in("wasm-bindgen-test-runner 0.2.130"), Some("0.2.130"));
        assert_eq!(version_in(""), None);
    }

    #[test]
    fn the_advice_can_be_typed() {
        let advice = geckodriver().advice();
        assert_eq!(advice, "cargo install geckodriver@=0.37.1 --bin geckodriver --locked");
    }
}

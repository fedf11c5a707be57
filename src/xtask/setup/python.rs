//! Programs out of PyPI, each list of pins in a folder of its own under the folder of tools.
//! A list names versions with their hashes; what is not in it is not installed.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::process;
use crate::steps::step;
use crate::workspace::Workspace;

/// Written last into a folder: without it the folder is made anew.
const MARK: &str = "complete";

/// A list of pins.
pub(crate) struct Pins {
    /// The list, from the root of the repository.
    list: &'static str,
}

/// Those who judge code without running it.
pub(crate) const JUDGES: Pins = Pins { list: "src/xtask/setup/judges.txt" };

/// Those who judge the API from outside.
pub(crate) const API: Pins = Pins { list: "tests/schemathesis/requirements.txt" };

impl Pins {
    /// A program of the list, installed when it is missing.
    ///
    /// # Errors
    /// When there is no Python with pip, or it does not bring the program.
    pub(crate) fn find_or_install(&self, workspace: &Workspace, program: &str) -> Result<PathBuf> {
        if let Some(found) = self.find(workspace, program) {
            return Ok(found);
        }
        step(&format!("set up: what {} names", self.list), || self.install(workspace))?;
        let missing = || format!("`{}` did not bring `{program}`", self.list);
        self.find(workspace, program).with_context(missing)
    }

    /// A program of the list, when all of it is installed.
    pub(crate) fn find(&self, workspace: &Workspace, program: &str) -> Option<PathBuf> {
        let folder = self.folder(workspace).ok()?;
        let is_complete = folder.join(MARK).is_file();
        process::executable(&folder.join("bin").join(program)).filter(|_| is_complete)
    }

    /// What a person types to make it possible.
    pub(crate) fn advice() -> String {
        "apt-get install python3 python3-venv".to_owned()
    }

    /// Another list is another folder, so that a clone with other pins is not disturbed.
    fn folder(&self, workspace: &Workspace) -> Result<PathBuf> {
        let list = fs::read(workspace.root.join(self.list))
            .with_context(|| format!("cannot read `{}`", self.list))?;
        let hash: String =
            Sha256::digest(&list).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Ok(workspace.tools().join(format!("python-{hash}")))
    }

    fn install(&self, workspace: &Workspace) -> Result<()> {
        let python = process::find("python3").context("`python3` is not in PATH")?;
        let folder = self.folder(workspace)?;
        if folder.exists() {
            fs::remove_dir_all(&folder).context("cannot remove what is half installed")?;
        }
        process::run(workspace.program(python).args(["-m", "venv"]).arg(&folder))?;
        let pip = workspace.program(folder.join("bin/python"));
        process::run({ pip }.args(PIP).arg(self.list))?;
        fs::write(folder.join(MARK), "").context("cannot mark what is installed")
    }
}

/// Programs that are built already, and nothing that the list does not name by its hash.
const PIP: [&str; 10] = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-deps",
    "--only-binary=:all:",
    "--require-hashes",
    "--no-input",
    "--requirement",
];

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Pins = Pins { list: "list.txt" };

    #[test]
    fn a_program_counts_when_its_list_is_wholly_installed_and_no_other_list() {
        let root = tempfile::tempdir().unwrap();
        let workspace = Workspace::in_folder(root.path());
        fs::write(root.path().join("list.txt"), "typos==1").unwrap();
        let folder = LIST.folder(&workspace).unwrap();
        fs::create_dir_all(folder.join("bin")).unwrap();
        fs::write(folder.join("bin/typos"), "").unwrap();
        assert_eq!(LIST.find(&workspace, "typos"), None, "it is half installed");
        fs::write(folder.join(MARK), "").unwrap();
        assert_eq!(LIST.find(&workspace, "typos"), Some(folder.join("bin/typos")));
        fs::write(root.path().join("list.txt"), "typos==2").unwrap();
        assert_eq!(LIST.find(&workspace, "typos"), None, "the list is another one");
        fs::remove_dir_all(folder).unwrap();
    }
}

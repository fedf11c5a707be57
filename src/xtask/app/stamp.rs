//! A stamp says what `dist/` was made of, so that a second build has nothing to do.
//! The compiled program is one of the inputs, so cargo's own knowledge of sources counts.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{files, hashing, shell};
use crate::workspace::Workspace;

/// Files and folders of the repository that end up in `dist/` or decide how it is made.
const INPUTS: [&str; 6] =
    ["index.html", "public", "style", "src/xtask", "Cargo.lock", "package-lock.json"];

/// The hash of everything that `dist/` is made of.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stamp(String);

impl Stamp {
    /// Reads the inputs.
    pub(super) fn of(
        workspace: &Workspace,
        programs: &[&Path],
        optimiser: Option<&Path>,
    ) -> Result<Self> {
        let program = |program: &&Path| line("program", program);
        let mut lines = programs.iter().map(program).collect::<Result<Vec<_>>>()?;
        lines.push(format!("optimised {}\n", optimiser.is_some()));
        for input in INPUTS {
            lines.extend(lines_of(&workspace.root, Path::new(input))?);
        }
        Ok(Self(hashing::sha256_hex(lines.concat().as_bytes())))
    }

    /// Whether `dist/` was made of exactly this and nobody has touched it since.
    pub(super) fn is_current(&self, workspace: &Workspace) -> bool {
        let dist = workspace.dist();
        let kept = files::read_text(&place(workspace)).is_ok_and(|kept| kept == self.line(&dist));
        kept && shell::Shell::read(&dist).is_ok_and(|shell| shell.is_intact(&dist))
    }

    /// Notes that `dist/` has been made of this.
    pub(super) fn keep(&self, workspace: &Workspace) -> Result<()> {
        files::write(&place(workspace), self.line(&workspace.dist()))
    }

    /// The service worker is hashed too: it names every other file that counts.
    fn line(&self, dist: &Path) -> String {
        let worker = files::read(&dist.join("sw.js")).unwrap_or_default();
        format!("{} {}\n", self.0, hashing::sha256_hex(&worker))
    }
}

fn place(workspace: &Workspace) -> PathBuf {
    workspace.target.join("xtask/dist.stamp")
}

fn lines_of(root: &Path, input: &Path) -> Result<Vec<String>> {
    let path = root.join(input);
    if path.is_file() {
        return Ok(vec![line(&input.display().to_string(), &path)?]);
    }
    let name = |file: &PathBuf| input.join(file).display().to_string();
    files::list(&path)?.iter().map(|file| line(&name(file), &path.join(file))).collect()
}

fn line(name: &str, file: &Path) -> Result<String> {
    Ok(format!("{name} {}\n", hashing::sha256_hex(&files::read(file)?)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn an_untouched_dist_is_current() {
        let (folder, workspace) = built();
        assert!(stamp(&workspace).is_current(&workspace), "{}", folder.path().display());
    }

    #[test]
    fn each_changed_input_makes_dist_outdated() {
        for input in ["index.html", "public/icon.svg", "style/new.css", "Cargo.lock", "program"] {
            let (folder, workspace) = built();
            files::write(&folder.path().join(input), "changed").unwrap();
            assert!(!stamp(&workspace).is_current(&workspace), "{input}");
        }
    }

    #[test]
    fn an_optimiser_that_came_or_went_makes_dist_outdated() {
        let (_folder, workspace) = built();
        let optimiser = Some(Path::new("wasm-opt"));
        let optimised =
            Stamp::of(&workspace, &[&workspace.root.join("program")], optimiser).unwrap();
        assert!(!optimised.is_current(&workspace));
    }

    #[test]
    fn each_touched_output_makes_dist_outdated() {
        for output in ["dist/index.html", "dist/sw.js", "dist/shell.json"] {
            let (folder, workspace) = built();
            files::write(&folder.path().join(output), "touched").unwrap();
            assert!(!stamp(&workspace).is_current(&workspace), "touched {output}");
            fs::remove_file(folder.path().join(output)).unwrap();
            assert!(!stamp(&workspace).is_current(&workspace), "removed {output}");
        }
    }

    fn stamp(workspace: &Workspace) -> Stamp {
        Stamp::of(workspace, &[&workspace.root.join("program")], None).unwrap()
    }

    fn built() -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        for input in ["program", "index.html", "public/icon.svg", "Cargo.lock", "dist/index.html"] {
            files::write(&folder.path().join(input), input).unwrap();
        }
        let dist = folder.path().join("dist");
        let shell = shell::Shell::of(&dist).unwrap();
        files::write(&dist.join("shell.json"), shell.to_json().unwrap()).unwrap();
        files::write(&dist.join("sw.js"), "worker").unwrap();
        let workspace = Workspace::in_folder(folder.path());
        stamp(&workspace).keep(&workspace).unwrap();
        (folder, workspace)
    }
}

//! A tablet app that headquarters serves in one version after the other.
//!
//! The versions are one build with different marks in the page: what is tried is how a version
//! takes the place of another, not what is in it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::places;

/// The file that carries the mark.
const PAGE: &str = "index.html";

/// A copy of the built app whose version can be changed while it is served.
#[derive(Debug)]
pub struct Versions {
    folder: PathBuf,
    page: String,
}

impl Versions {
    /// Copies the built app into a folder.
    ///
    /// # Errors
    /// When there is no built app.
    pub fn copy(into: &Path) -> anyhow::Result<Self> {
        let built = places::workspace().join(places::told("BIENBAN_DIST", "dist"));
        copy_folder(&built, into).with_context(|| format!("no app in `{}`", built.display()))?;
        let page = fs::read_to_string(into.join(PAGE))?;
        Ok(Self { folder: into.to_owned(), page })
    }

    /// The folder that headquarters serves.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes the version of this mark the one that is served, and returns its name.
    ///
    /// # Errors
    /// When the built app is not as `cargo xtask build` leaves it.
    pub fn publish(&self, mark: &str) -> anyhow::Result<String> {
        let page = format!("{}<!-- {mark} -->\n", self.page);
        let mut shell: Value = serde_json::from_slice(&fs::read(self.folder.join("shell.json"))?)?;
        let digest = Sha256::digest(page.as_bytes());
        let sha256: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let version = sha256[..16].to_owned();
        let files = shell["files"].as_array_mut().context("`shell.json` lists no files")?;
        let listed = files.iter_mut().find(|file| file["path"] == format!("/{PAGE}"));
        let listed = listed.context("`shell.json` does not list the page")?;
        (listed["sha256"], listed["size"]) = (json!(sha256), json!(page.len()));
        shell["version"] = json!(version);

        let worker = fs::read_to_string(self.folder.join("sw.js"))?;
        let (_, program) = worker.split_once('\n').context("`sw.js` has no first line")?;
        self.write(PAGE, &page)?;
        self.write("shell.json", &shell.to_string())?;
        self.write("sw.js", &format!("const SHELL = {shell};\n{program}"))?;
        Ok(version)
    }

    /// Writes a file and takes its compressed siblings away.
    fn write(&self, name: &str, content: &str) -> anyhow::Result<()> {
        for suffix in ["br", "gz"] {
            let sibling = self.folder.join(format!("{name}.{suffix}"));
            if sibling.exists() {
                fs::remove_file(sibling)?;
            }
        }
        Ok(fs::write(self.folder.join(name), content)?)
    }
}

fn copy_folder(from: &Path, into: &Path) -> std::io::Result<()> {
    fs::create_dir_all(into)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = into.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

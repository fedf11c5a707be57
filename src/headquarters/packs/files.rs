//! Where pack files come from: a folder, or the copy inside this program. Reads text, and knows
//! nothing of what it says.

use std::io;
use std::path::{Path, PathBuf};

/// One file of a folder of packs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFile {
    /// Its name, for faults.
    pub path: PathBuf,
    /// What it says.
    pub text: String,
}

/// The file whose presence makes a folder a folder of packs.
pub(super) const LAW: &str = "law.toml";

/// The folders below it in which packs are looked for.
const FOLDERS: [&str; 3] = ["", "instruments", "checklists"];

mod embedded {
    //! The list that the build script wrote.
    include!(concat!(env!("OUT_DIR"), "/pack_files.rs"));
}

/// The files of `packs/` as they were when this program was built.
pub fn embedded_files() -> Vec<PackFile> {
    let named = embedded::PACK_FILES.iter();
    named.map(|(name, text)| PackFile { path: name.into(), text: (*text).to_owned() }).collect()
}

/// The files of a folder of packs, by name.
///
/// # Errors
/// What the disk reports, with the path it concerns.
pub fn files_in(folder: &Path) -> io::Result<Vec<PackFile>> {
    let mut paths = Vec::new();
    for below in FOLDERS {
        let folder = if below.is_empty() { folder.to_owned() } else { folder.join(below) };
        if below.is_empty() || folder.is_dir() {
            paths.extend(toml_files(&folder)?);
        }
    }
    paths.sort();
    paths.iter().map(|path| file(path)).collect()
}

/// One file.
///
/// # Errors
/// What the disk reports, with the path.
pub(super) fn file(path: &Path) -> io::Result<PackFile> {
    let text = std::fs::read_to_string(path).map_err(|error| naming(path, &error))?;
    Ok(PackFile { path: path.to_owned(), text })
}

fn toml_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).map_err(|error| naming(folder, &error))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| naming(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
    Ok(paths)
}

fn naming(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot read `{}`: {error}", path.display()))
}

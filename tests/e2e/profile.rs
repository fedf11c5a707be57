//! What lies on the disk in a browser's profile: every file of it searched for words and keys.
//!
//! It looks as somebody does who has copied the folder: at files as they are, and at everything
//! that browsers pack into them. What is only in memory or was swapped out is not looked at.

pub mod bytes;
pub mod finding;
pub mod leveldb;
pub mod needle;
pub mod packed;
pub mod simple_cache;
pub mod sqlite;
pub mod unpack;

use std::path::{Path, PathBuf};

use anyhow::Context;

use finding::{Finding, Findings};
use needle::Needles;

/// Files above this size are an error: nothing that a browser writes here is as large.
const LARGEST_FILE: u64 = 512 * 1024 * 1024;

/// Searches every file of a folder.
///
/// # Errors
/// When a file cannot be read. One that is gone meanwhile is no error: browsers clear up behind
/// themselves.
pub fn search(folder: &Path, needles: &Needles) -> anyhow::Result<Findings> {
    let mut found = Findings::default();
    for path in files(folder)? {
        let Some(bytes) = read(&path)? else { continue };
        let place = path.strip_prefix(folder)?.to_owned();
        found.note_file(bytes.len());
        let name = place.to_string_lossy();
        for hit in needles.in_bytes(name.as_bytes()) {
            found.add(Finding::of(hit, &place, &["its name"], name.as_bytes()));
        }
        unpack::every_layer(&path, bytes, &mut |layer, way| {
            for hit in needles.in_bytes(layer) {
                found.add(Finding::of(hit, &place, way, layer));
            }
        });
    }
    Ok(found)
}

fn read(path: &Path) -> anyhow::Result<Option<Vec<u8>>> {
    let gone = |error: &std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
    match std::fs::metadata(path) {
        Ok(about) => anyhow::ensure!(about.len() <= LARGEST_FILE, "`{}` is large", path.display()),
        Err(error) if gone(&error) => return Ok(None),
        Err(error) => return Err(error).with_context(|| format!("look at `{}`", path.display())),
    }
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if gone(&error) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("read `{}`", path.display())),
    }
}

/// Every file below a folder. Links and sockets hold nothing themselves.
fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

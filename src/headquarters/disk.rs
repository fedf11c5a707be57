//! What backups and pieces ask of the disk: empty folders, whole files, hashes, and that it is
//! all there after a power cut.

use std::fs::File;
use std::io::{Read, Result, Write};
use std::path::Path;

use domain::ids::to_hex;
use sha2::{Digest, Sha256};

/// Makes a folder; `false` when it holds anything but the files that are named.
pub(crate) fn make_empty(folder: &Path, apart_from: &[&str]) -> Result<bool> {
    std::fs::create_dir_all(folder)?;
    for entry in std::fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !apart_from.iter().any(|known| name == **known) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The length of a file and its SHA-256.
pub(crate) fn hash(file: &Path) -> Result<(u64, String)> {
    let mut file = File::open(file)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1024 * 1024];
    let mut bytes = 0u64;
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((bytes, to_hex(&hasher.finalize())));
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
        bytes += u64::try_from(read).unwrap_or(0);
    }
}

/// Waits until a file's content is on disk.
pub(crate) fn sync(file: &Path) -> Result<()> {
    File::open(file)?.sync_all()
}

/// Waits until the names in a folder, and the folder's own, are on disk.
pub(crate) fn sync_folder(folder: &Path) -> Result<()> {
    sync(folder)?;
    match folder.parent() {
        Some(parent) if parent.as_os_str().is_empty() => sync(Path::new(".")),
        Some(parent) => sync(parent),
        None => Ok(()),
    }
}

/// Writes a file so that nobody ever sees half of it.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> Result<()> {
    let beside = file.with_extension("part");
    let mut new = File::create_new(&beside)?;
    new.write_all(bytes)?;
    new.sync_all()?;
    std::fs::rename(&beside, file)
}

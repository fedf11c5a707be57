//! Copying every piece from one folder to another, for a backup and for a restore: read once,
//! hashed while it is written, and on disk when this is done. What to do about a damaged one is
//! decided by whoever asked.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use domain::ids::PieceHash;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{all_in, path_in};
use crate::disk;

/// How much is read at once, in bytes.
const CHUNK_BYTES: usize = 1024 * 1024;

/// What was copied.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copied {
    /// How many pieces.
    pub count: u64,
    /// How long they are together.
    pub bytes: u64,
    /// The pieces that are damaged where they came from, and were not copied.
    #[serde(default)]
    pub damaged: Vec<PieceHash>,
}

/// Copies every piece of one folder into another, which is made when there is any.
///
/// # Errors
/// What the disk says.
pub fn copy_all(from: &Path, to: &Path) -> io::Result<Copied> {
    let mut copied = Copied::default();
    let all = if from.exists() { all_in(from)? } else { Vec::new() };
    for content in &all {
        let target = path_in(to, *content);
        let shelf = target.parent().unwrap_or(to);
        std::fs::create_dir_all(shelf)?;
        match copy(&path_in(from, *content), &target, *content)? {
            Some(bytes) => {
                copied.count += 1;
                copied.bytes += bytes;
            }
            None => copied.damaged.push(*content),
        }
        disk::sync_folder(shelf)?;
    }
    if !all.is_empty() {
        disk::sync_folder(to)?;
    }
    Ok(copied)
}

/// Copies a piece and gives its length; nothing when it has other content than its name says.
fn copy(from: &Path, to: &Path, content: PieceHash) -> io::Result<Option<u64>> {
    let (mut source, mut target) = (File::open(from)?, File::create_new(to)?);
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut bytes = 0u64;
    loop {
        let read = source.read(&mut chunk)?;
        let taken = chunk.get(..read).unwrap_or_default();
        if taken.is_empty() {
            break;
        }
        hasher.update(taken);
        target.write_all(taken)?;
        bytes += u64::try_from(read).unwrap_or(0);
    }
    if <[u8; 32]>::from(hasher.finalize()) != content.0 {
        std::fs::remove_file(to)?;
        return Ok(None);
    }
    target.sync_all()?;
    Ok(Some(bytes))
}

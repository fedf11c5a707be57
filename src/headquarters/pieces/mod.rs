//! The contents of pieces of evidence, on disk: see the README below.
//!
#![doc = include_str!("README.md")]

mod arriving;
mod copy;
mod kind;

use std::io;
use std::path::{Path, PathBuf};

use domain::ids::PieceHash;
use domain::piece::Piece;
use proof::hash::sha256;
use thiserror::Error;

pub use arriving::{Arriving, Refused, Whole};
pub use copy::{Copied, copy_all};

use crate::store::OpenFault;

/// The folder of pieces, in headquarters' folder and in a backup.
pub const FOLDER: &str = "pieces";

/// The longest piece.
pub const MAX_PIECE_BYTES: u64 = 20_000_000;

/// The most pieces that one word on a remedy names.
pub const MAX_PIECES: usize = 10;

/// What a file that is being written is called at its end.
const PART: &str = "part";

/// The folder of pieces. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Pieces {
    folder: PathBuf,
}

/// Why a piece cannot be read.
#[derive(Debug, Error)]
pub enum PieceFault {
    /// There is no file under its name.
    #[error("the piece `{0}` is not on disk; look for it in a backup")]
    Missing(PieceHash),
    /// The file under its name has other content.
    #[error("the piece `{0}` is damaged on disk; look for it in a backup")]
    Damaged(PieceHash),
    /// The disk refused.
    #[error("the piece `{content}` cannot be read: {cause}; check the disk")]
    Disk {
        /// The piece.
        content: PieceHash,
        /// What the disk said.
        cause: io::Error,
    },
}

/// What can be said of a piece without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A file of its length lies under its name.
    Here,
    /// There is none.
    Missing,
    /// The file has another length.
    Damaged,
}

impl Pieces {
    /// Opens the folder below that of headquarters, which nobody else has open, and removes what
    /// was only begun.
    ///
    /// # Errors
    /// [`OpenFault::Unwritable`] when the folder cannot be made or read.
    pub fn open(data: &Path) -> Result<Self, OpenFault> {
        let folder = data.join(FOLDER);
        let unwritable = |cause| OpenFault::Unwritable { folder: folder.clone(), cause };
        std::fs::create_dir_all(&folder).map_err(unwritable)?;
        remove_parts(&folder).map_err(unwritable)?;
        crate::disk::sync_folder(&folder).map_err(unwritable)?;
        Ok(Self { folder })
    }

    /// Begins to take in a piece.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn begin(&self) -> io::Result<Arriving> {
        Arriving::begin(&self.folder).await
    }

    /// Reads a piece and checks that it is the one.
    ///
    /// # Errors
    /// See [`PieceFault`].
    pub async fn read(&self, content: PieceHash) -> Result<Vec<u8>, PieceFault> {
        let file = path_in(&self.folder, content);
        let work = tokio::task::spawn_blocking(move || read_checked(&file, content));
        let stopped = |fault| PieceFault::Disk { content, cause: io::Error::other(fault) };
        work.await.map_err(stopped)?
    }

    /// Whether a piece is there, as far as its length tells.
    pub async fn standing(&self, piece: &Piece) -> Standing {
        match tokio::fs::metadata(path_in(&self.folder, piece.content)).await {
            Ok(file) if file.is_file() && file.len() == piece.size_bytes => Standing::Here,
            Ok(_) => Standing::Damaged,
            Err(_) => Standing::Missing,
        }
    }
}

fn read_checked(file: &Path, content: PieceHash) -> Result<Vec<u8>, PieceFault> {
    match std::fs::read(file) {
        Ok(bytes) if sha256(&bytes) == content.0 => Ok(bytes),
        Ok(_) => Err(PieceFault::Damaged(content)),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Err(PieceFault::Missing(content)),
        Err(cause) => Err(PieceFault::Disk { content, cause }),
    }
}

/// Where a piece lies in a folder of pieces.
fn path_in(folder: &Path, content: PieceHash) -> PathBuf {
    let name = content.to_string();
    let (shelf, rest) = name.split_at(2);
    folder.join(shelf).join(rest)
}

/// The pieces in a folder by their names; what is called otherwise is none.
fn all_in(folder: &Path) -> io::Result<Vec<PieceHash>> {
    let mut all = Vec::new();
    for shelf in names_in(folder)?.iter().filter(|name| name.len() == 2) {
        let inside = folder.join(shelf);
        if inside.is_dir() {
            let names = names_in(&inside)?;
            all.extend(names.iter().filter_map(|rest| named(&format!("{shelf}{rest}"))));
        }
    }
    all.sort();
    Ok(all)
}

/// The piece of this name, in the one way in which names are written.
fn named(name: &str) -> Option<PieceHash> {
    name.parse().ok().filter(|content: &PieceHash| content.to_string() == name)
}

fn names_in(folder: &Path) -> io::Result<Vec<String>> {
    let entries = std::fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    Ok(entries.iter().filter_map(|entry| entry.file_name().into_string().ok()).collect())
}

fn remove_parts(folder: &Path) -> io::Result<()> {
    for name in names_in(folder)? {
        if Path::new(&name).extension().is_some_and(|ending| ending == PART) {
            std::fs::remove_file(folder.join(name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;

//! Content on its way in: written to a file that is nobody's yet, looked at, and given its name
//! when it is whole. Until then it leaves no trace when it is dropped.

use std::io;
use std::path::{Path, PathBuf};

use domain::ids::{PieceHash, to_hex};
use domain::piece::{MediaType, Piece, PieceName};
use sha2::{Digest, Sha256};
use thiserror::Error;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::{MAX_PIECE_BYTES, PART, kind, path_in};
use crate::{clock, disk};

/// Why content is not taken in.
#[derive(Debug, Error)]
pub enum Refused {
    /// It is longer than [`MAX_PIECE_BYTES`].
    #[error("the content is longer than {MAX_PIECE_BYTES} bytes; make it smaller")]
    TooLarge,
    /// There is nothing in it.
    #[error("there is no content; choose another file")]
    Empty,
    /// It is none of the kinds that are taken in.
    #[error("the content is of no kind that is taken in; save it as another")]
    OtherKind,
    /// The disk refused.
    #[error("the content cannot be written: {0}; check the disk")]
    Disk(#[from] io::Error),
}

/// Content of which more may come.
pub struct Arriving {
    part: Part,
    folder: PathBuf,
    file: File,
    hasher: Sha256,
    size_bytes: u64,
    first: Vec<u8>,
}

/// The file that is being written. It is gone with this, unless it was given another name.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // After the rename there is nothing here; what cannot be removed is at the next start.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Arriving {
    pub(super) async fn begin(folder: &Path) -> io::Result<Self> {
        let name = to_hex(&clock::random::<16>());
        let part = Part(folder.join(name).with_extension(PART));
        let file = File::create_new(&part.0).await?;
        let hasher = Sha256::new();
        Ok(Self { part, folder: folder.to_owned(), file, hasher, size_bytes: 0, first: Vec::new() })
    }

    /// Takes more of it.
    ///
    /// # Errors
    /// [`Refused::TooLarge`] as soon as it is, [`Refused::OtherKind`] as soon as that shows, and
    /// what the disk says. Then this is to be dropped.
    pub async fn take(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.size_bytes = self.size_bytes.saturating_add(more);
        if self.size_bytes > MAX_PIECE_BYTES {
            return Err(Refused::TooLarge);
        }
        let missing = kind::TELLING_BYTES.saturating_sub(self.first.len());
        self.first.extend(bytes.iter().take(missing));
        if self.first.len() == kind::TELLING_BYTES && kind::of(&self.first).is_none() {
            return Err(Refused::OtherKind);
        }
        self.hasher.update(bytes);
        Ok(self.file.write_all(bytes).await?)
    }

    /// That was all of it: waits until it is on disk.
    ///
    /// # Errors
    /// [`Refused::Empty`], [`Refused::OtherKind`], and what the disk says.
    pub async fn end(mut self) -> Result<Whole, Refused> {
        if self.size_bytes == 0 {
            return Err(Refused::Empty);
        }
        let media = kind::of(&self.first).ok_or(Refused::OtherKind)?;
        self.file.flush().await?;
        self.file.sync_all().await?;
        let content = PieceHash(self.hasher.finalize().into());
        let Self { part, folder, size_bytes, .. } = self;
        Ok(Whole { part, folder, content, size_bytes, media })
    }
}

/// Content that is on disk and is nobody's yet.
pub struct Whole {
    part: Part,
    folder: PathBuf,
    content: PieceHash,
    size_bytes: u64,
    media: MediaType,
}

impl Whole {
    /// Its hash.
    pub fn content(&self) -> PieceHash {
        self.content
    }

    /// Keeps it: when this gives the piece, an event may name it.
    ///
    /// # Errors
    /// What the disk says; then it is not kept.
    pub async fn keep(self, name: PieceName) -> io::Result<Piece> {
        let Self { part, folder, content, size_bytes, media } = self;
        let place = move || {
            let file = path_in(&folder, content);
            let shelf = file.parent().unwrap_or(&folder);
            std::fs::create_dir_all(shelf)?;
            std::fs::rename(&part.0, &file)?;
            disk::sync_folder(shelf)
        };
        tokio::task::spawn_blocking(place).await.map_err(io::Error::other)??;
        Ok(Piece { content, size_bytes, media, name })
    }
}

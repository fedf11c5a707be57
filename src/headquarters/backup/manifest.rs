//! The manifest beside the copy: what the backup holds, and the hash by which damage shows. It is
//! written last, so a backup without one was not finished.

use std::path::{Path, PathBuf};

use domain::ids::{Epoch, SeatId};
use domain::moment::Moment;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::disk;
use crate::pieces::Copied;
use crate::store::SCHEMA;

const FILE: &str = "manifest.json";

/// The form that this program writes. Programs that know nothing of pieces refuse it, so that
/// none of them restores the database without them.
const FORM: &str = "bienban/backup/v2";

/// The forms that this program reads: the first had no pieces.
const FORMS: [&str; 2] = ["bienban/backup/v1", FORM];

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The form of this manifest.
    form: String,
    /// The schema of the database.
    pub schema: i64,
    /// The life of the store that was copied.
    pub epoch: Epoch,
    /// How many positions it has, counted from 0: as many as events.
    pub positions: u64,
    /// How many inspections.
    pub inspections: u64,
    /// The seats that headquarters has had; one of their keys has to be in the keyring.
    pub headquarters: Vec<SeatId>,
    /// When it was made, by headquarters' clock.
    pub at_ms: Moment,
    /// The length of the database's copy in bytes.
    pub bytes: u64,
    /// The SHA-256 of the copy.
    pub sha256: String,
    /// The pieces of evidence beside it.
    #[serde(default)]
    pub pieces: Copied,
}

/// What is counted in a copy.
pub(super) struct Counted {
    pub(super) schema: i64,
    pub(super) epoch: Epoch,
    pub(super) positions: u64,
    pub(super) inspections: u64,
    pub(super) headquarters: Vec<SeatId>,
}

/// Why a folder is not taken for a backup.
#[derive(Debug, Error)]
pub enum ManifestFault {
    /// There is none.
    #[error("`{0}` has no manifest.json, so it is no finished backup; name another folder")]
    Missing(PathBuf),
    /// It cannot be read.
    #[error("the manifest `{file}` cannot be read: {detail}; use another backup")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// A later version wrote it.
    #[error(
        "the backup `{folder}` was made by a newer bienban (form {form}, schema {schema}); update this program"
    )]
    Newer {
        /// The folder of the backup.
        folder: PathBuf,
        /// The form of the manifest.
        form: String,
        /// The schema of the database.
        schema: i64,
    },
}

impl Manifest {
    pub(super) fn of(
        counted: Counted,
        pieces: Copied,
        at: Moment,
        (bytes, sha256): (u64, String),
    ) -> Self {
        let Counted { schema, epoch, positions, inspections, headquarters } = counted;
        Self {
            form: FORM.to_owned(),
            schema,
            epoch,
            positions,
            inspections,
            headquarters,
            at_ms: at,
            bytes,
            sha256,
            pieces,
        }
    }

    /// Reads the manifest of a backup.
    ///
    /// # Errors
    /// See [`ManifestFault`].
    pub fn read(folder: &Path) -> Result<Self, ManifestFault> {
        let file = folder.join(FILE);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(ManifestFault::Missing(folder.to_owned()));
            }
            Err(error) => return Err(unreadable(file, &error)),
        };
        let outline: Outline =
            serde_json::from_str(&text).map_err(|error| unreadable(file.clone(), &error))?;
        if !FORMS.contains(&outline.form.as_str()) || outline.schema > SCHEMA {
            let Outline { form, schema } = outline;
            return Err(ManifestFault::Newer { folder: folder.to_owned(), form, schema });
        }
        serde_json::from_str(&text).map_err(|error| unreadable(file, &error))
    }

    /// What the backup holds, for the one who made it.
    pub fn in_words(&self) -> String {
        let Self { positions, inspections, schema, at_ms, pieces, .. } = self;
        let events = counted(*positions, "event");
        let span = match positions.checked_sub(1) {
            Some(last) => format!("{events} (positions 0 to {last})"),
            None => events,
        };
        let inspections = counted(*inspections, "inspection");
        let pieces = counted(pieces.count, "piece");
        format!(
            "{span} of {inspections} as of {at_ms}, {pieces} of evidence, schema {schema}, checked"
        )
    }

    /// Writes the manifest, whole or not at all.
    pub(super) fn write(&self, folder: &Path) -> std::io::Result<()> {
        let text = serde_json::to_string_pretty(self).map_err(std::io::Error::other)? + "\n";
        disk::write_whole(&folder.join(FILE), text.as_bytes())
    }
}

/// What a manifest of any form says.
#[derive(Deserialize)]
struct Outline {
    form: String,
    schema: i64,
}

fn counted(count: u64, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn unreadable(file: PathBuf, error: &dyn core::fmt::Display) -> ManifestFault {
    ManifestFault::Unreadable { file, detail: error.to_string() }
}

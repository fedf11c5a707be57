//! What can go wrong with the store: while it is opened (for a person to read, with the next
//! step) and while it is used (for the log).

use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;

/// Why the store cannot be opened. One line each: the thing, and the next step.
#[derive(Debug, Error)]
pub enum OpenFault {
    /// The folder cannot be made or written.
    #[error("cannot write in `{folder}`: {cause}; choose another folder with --data")]
    Unwritable {
        /// The folder.
        folder: PathBuf,
        /// What the disk said.
        cause: std::io::Error,
    },
    /// Another process has the folder.
    #[error(
        "`{folder}` is in use by another bienban; stop it or choose another folder with --data"
    )]
    InUse {
        /// The folder.
        folder: PathBuf,
    },
    /// The database is not readable as one.
    #[error("the database `{file}` is damaged ({detail}); move it away and restore a backup")]
    Damaged {
        /// The database's file.
        file: PathBuf,
        /// What is wrong with it.
        detail: String,
    },
    /// The database was written by a later version.
    #[error(
        "the database `{file}` was written by a newer bienban (schema {schema}); update this program"
    )]
    Newer {
        /// The database's file.
        file: PathBuf,
        /// Its schema.
        schema: i64,
    },
    /// Headquarters runs on it with an earlier version.
    #[error(
        "the database `{file}` was written by an older bienban (schema {schema}) that runs; stop that and start this one"
    )]
    Older {
        /// The database's file.
        file: PathBuf,
        /// Its schema.
        schema: i64,
    },
    /// A restore into the folder was not finished.
    #[error("a restore into `{folder}` was not finished; restore into another folder")]
    Unfinished {
        /// The folder.
        folder: PathBuf,
    },
    /// The database cannot be opened for another reason.
    #[error("cannot open the database `{file}`: {detail}; check the disk and its permissions")]
    Unusable {
        /// The database's file.
        file: PathBuf,
        /// What the engine said.
        detail: String,
    },
}

/// Why something was not read or stored.
#[derive(Debug, Clone, Error)]
pub enum StoreFault {
    /// The database refused.
    #[error("the database refused: {0}")]
    Database(Arc<sqlx::Error>),
    /// A stored value is not what was stored.
    #[error("the stored `{0}` cannot be read; the database is damaged")]
    Damaged(&'static str),
    /// The writer has stopped; the program has to be started again.
    #[error("the writer has stopped; start bienban again")]
    WriterGone,
    /// Headquarters could not make an event of its own.
    #[error("headquarters' own event was not made: {0}")]
    OwnEvent(String),
}

impl From<sqlx::Error> for StoreFault {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(Arc::new(error))
    }
}

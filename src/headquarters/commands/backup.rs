//! `bienban backup`: a checked copy of the database and of the pieces of evidence, while
//! headquarters runs or not. The keyring is not in it.

use std::path::PathBuf;

use domain::ids::PieceHash;

use super::{Failure, runtime};
use crate::backup::{self, BackupFault};
use crate::clock;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The new folder of the backup.
    #[arg(value_name = "DIR")]
    backup: PathBuf,
    /// The folder of the database.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { backup, data } = arguments;
    let made = runtime()?.block_on(backup::make(backup, data, clock::now()));
    let manifest = made.map_err(failure)?;
    println!("`{}` holds {}; the keyring is not in it", backup.display(), manifest.in_words());
    refuse_damaged(&manifest.pieces.damaged)
}

/// There is a backup, and all the same somebody has to look for what is not in it.
fn refuse_damaged(damaged: &[PieceHash]) -> Result<(), Failure> {
    let Some(first) = damaged.first() else { return Ok(()) };
    let count = damaged.len();
    let fault = anyhow::anyhow!(
        "the backup is made without {count} of the pieces of evidence, the first is `{first}`: damaged on disk; look for it in an earlier backup"
    );
    Err(Failure::Failed(fault))
}

fn failure(fault: BackupFault) -> Failure {
    match fault {
        BackupFault::NoDatabase(_) | BackupFault::NotEmpty(_) | BackupFault::Path(_) => {
            Failure::BadInput(fault.to_string())
        }
        BackupFault::Disk { .. }
        | BackupFault::Open(_)
        | BackupFault::Store(_)
        | BackupFault::NotWhole { .. } => Failure::Failed(fault.into()),
    }
}

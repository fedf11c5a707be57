//! `bienban backup`: a checked copy of the database, while headquarters runs or not. The keyring
//! is not in it.

use std::path::PathBuf;

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
    Ok(())
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

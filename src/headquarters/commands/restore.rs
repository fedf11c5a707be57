//! `bienban restore`: a new folder of headquarters from a backup.

use std::path::{Path, PathBuf};

use super::{Failure, runtime};
use crate::backup::{self, RestoreFault, Restored};
use crate::clock;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The folder of the backup.
    #[arg(value_name = "DIR")]
    backup: PathBuf,
    /// The new folder of headquarters.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The keyring of this headquarters; `keyring.toml` in the new folder when it is left out.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { backup, data, keys } = arguments;
    let restored = backup::restore(backup, data, keys.as_deref(), clock::now());
    let restored = runtime()?.block_on(restored).map_err(failure)?;
    let option = keys.as_deref().map(option_of).unwrap_or_default();
    println!("restored {}", restored.manifest.in_words());
    println!("start it with `bienban serve --data {}{option}`", data.display());
    println!("{}", expectation(&restored));
    println!(
        "do again what came after the backup and is on no tablet: revocations, invitations, people without a tablet; everyone in the office signs in anew"
    );
    Ok(())
}

fn option_of(keys: &Path) -> String {
    format!(" --keys {}", keys.display())
}

fn expectation(restored: &Restored) -> String {
    let positions = restored.manifest.positions;
    format!(
        "what came from position {positions} on is not in the backup: tablets send it again when they connect, and /office/backup shows what is missing until then"
    )
}

fn failure(fault: RestoreFault) -> Failure {
    match fault {
        RestoreFault::Manifest(_)
        | RestoreFault::Damaged { .. }
        | RestoreFault::NotEmpty(_)
        | RestoreFault::NoKeyring(_)
        | RestoreFault::Keyring(_) => Failure::BadInput(fault.to_string()),
        RestoreFault::Disk { .. } | RestoreFault::Open(_) | RestoreFault::Store(_) => {
            Failure::Failed(fault.into())
        }
    }
}

//! `bienban audit verify`: follows the chain of the audit to its end, headquarters running or not.

use std::path::{Path, PathBuf};

use domain::ids::{from_hex, to_hex};
use thiserror::Error;

use super::{Failure, runtime};
use crate::audit::Chain;
use crate::store::{DATABASE, Store, audit};

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Follow the chain of the audit, and say how long it is and how it ends.
    Verify(Verify),
}

#[derive(clap::Args)]
pub(super) struct Verify {
    /// The folder of the database.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// The last hash of an earlier check or export, which has to be in the chain still.
    #[arg(long, value_name = "HASH")]
    holds: Option<String>,
}

/// Why the audit does not stand.
#[derive(Debug, Error)]
enum AuditFault {
    #[error(
        "row {0} of the audit is not what was written, or one before it is missing; compare with the last export or backup"
    )]
    Broken(u64),
    #[error(
        "no row of the audit has the hash `{0}`; rows after it were taken away or written anew: compare with the last export or backup"
    )]
    Lost(String),
}

pub(super) fn run(command: &Command) -> Result<(), Failure> {
    let Command::Verify(Verify { data, holds }) = command;
    if !data.join(DATABASE).exists() {
        let line = format!("`{}` has no headquarters; name its folder with --data", data.display());
        return Err(Failure::BadInput(line));
    }
    let held = holds.as_deref().map(hash).transpose()?;
    let (rows, last) = runtime()?.block_on(verify(data, held))?;
    println!("rows: {rows}");
    println!("last: {}", to_hex(&last));
    Ok(())
}

fn hash(text: &str) -> Result<[u8; 32], Failure> {
    from_hex(text).map_err(|_| {
        let line = format!("--holds `{text}` is not 64 hexadecimal digits; copy it from an export");
        Failure::BadInput(line)
    })
}

async fn verify(data: &Path, held: Option<[u8; 32]>) -> anyhow::Result<(u64, [u8; 32])> {
    let store = Store::open_or_join(data).await?;
    match audit::verify(store.readers()).await? {
        Chain::Broken { position } => Err(AuditFault::Broken(position).into()),
        Chain::Whole { rows, last } => match held {
            Some(held) if !audit::has(store.readers(), &held).await? => {
                Err(AuditFault::Lost(to_hex(&held)).into())
            }
            Some(_) | None => Ok((rows, last)),
        },
    }
}

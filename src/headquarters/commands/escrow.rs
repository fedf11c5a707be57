//! `bienban escrow`: making the escrow key, and reading with it what nobody else can read.
//!
//! The private half is printed once and kept nowhere. It is read from a file or from standard
//! input, never from an argument, which other users of the machine could see.

use std::io::Read;
use std::path::{Path, PathBuf};

use domain::ids::{SeatId, from_hex, to_hex};
use proof::envelope::EnvelopeKeyPair;
use proof::hash::sha256;
use proof::vault::file::SealedVault;

use super::{Failure, runtime};
use crate::audit::{self, Act};
use crate::clock;
use crate::custody::Counts;
use crate::escrow::{self, Recovery};
use crate::headquarters::open_keyring;
use crate::intake;
use crate::store::{DATABASE, Store, StoreFault, keys, vaults};

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Make the escrow key and print its private half, once.
    Init(Init),
    /// List the locked vaults that revoked tablets handed in.
    List(Folder),
    /// Read a locked vault with the private half and take in the journals that are in it.
    Recover(Recover),
}

#[derive(clap::Args)]
pub(super) struct Folder {
    /// The folder of the database.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
}

#[derive(clap::Args)]
pub(super) struct Init {
    #[command(flatten)]
    folder: Folder,
    /// Make another one although there is one: keep the former private half, older tablets
    /// still need it.
    #[arg(long)]
    again: bool,
}

#[derive(clap::Args)]
pub(super) struct Recover {
    /// The file that a tablet gave; or leave it out and name what was handed in with --seat.
    #[arg(value_name = "FILE", required_unless_present = "seat")]
    file: Option<PathBuf>,
    /// The seat whose vaults were handed in.
    #[arg(long, value_name = "SEAT", conflicts_with = "file")]
    seat: Option<String>,
    /// The file with the private half; `-` reads it from standard input.
    #[arg(long, value_name = "FILE")]
    private_half: PathBuf,
    /// Why it is opened; goes into the audit.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    folder: Folder,
    /// The keyring; `keyring.toml` in the folder of data when it is left out.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

pub(super) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Init(arguments) => init(arguments),
        Command::List(folder) => list(folder),
        Command::Recover(arguments) => recover(arguments),
    }
}

fn refuse_without_headquarters(data: &Path) -> Result<(), Failure> {
    if data.join(DATABASE).exists() {
        return Ok(());
    }
    let line = format!("`{}` has no headquarters; name its folder with --data", data.display());
    Err(Failure::BadInput(line))
}

fn init(arguments: &Init) -> Result<(), Failure> {
    let data = &arguments.folder.data;
    refuse_without_headquarters(data)?;
    let secret: [u8; 32] = clock::random();
    runtime()?.block_on(keep_public_half(data, arguments.again, &secret))?;
    println!("private half: {}", written(&secret));
    println!("shown once: keep it on paper, in a safe, apart from headquarters");
    println!("used by: tablets that enrol from here on");
    Ok(())
}

async fn keep_public_half(data: &Path, again: bool, secret: &[u8; 32]) -> Result<(), Failure> {
    let store = Store::open_or_join(data).await?;
    if !again && keys::escrow(store.readers()).await?.is_some() {
        let line = "there is an escrow key; add --again to make another, and keep both";
        return Err(Failure::BadInput(line.to_owned()));
    }
    let public = EnvelopeKeyPair::from_secret(secret).public();
    let kept = store.write::<(), StoreFault, _>(move |tx| {
        Box::pin(async move {
            keys::put_escrow(&mut *tx, public, clock::now()).await?;
            audit::note(tx, None, Act::EscrowInitialised, &public.to_string(), "").await
        })
    });
    Ok(kept.await?)
}

fn list(folder: &Folder) -> Result<(), Failure> {
    refuse_without_headquarters(&folder.data)?;
    let all = runtime()?.block_on(async {
        let store = Store::open_or_join(&folder.data).await?;
        anyhow::Ok(vaults::all(store.readers()).await?)
    })?;
    for vault in all {
        let opened = if vault.opened_at.is_some() { "opened" } else { "not opened" };
        println!("{} seat {} {opened}", to_hex(&vault.sha256), vault.seat);
    }
    Ok(())
}

/// The private half as it is printed: 64 hexadecimal digits in groups, and eight more by which a
/// slip of the pen shows.
fn written(secret: &[u8; 32]) -> String {
    let digits = to_hex(secret) + &to_hex(&sha256(secret)[..4]);
    let groups = digits.as_bytes().chunks(8).map(String::from_utf8_lossy);
    groups.collect::<Vec<_>>().join("-")
}

/// Reads what [`written`] printed.
fn secret_in(text: &str) -> Option<[u8; 32]> {
    let digits: String = text.chars().filter(char::is_ascii_hexdigit).collect();
    let (secret, check) = digits.split_at_checked(64)?;
    let secret: [u8; 32] = from_hex(secret).ok()?;
    let right = from_hex::<4>(check).ok()? == sha256(&secret)[..4];
    right.then_some(secret)
}

fn private_half(file: &Path) -> Result<EnvelopeKeyPair, Failure> {
    let mut text = String::new();
    let read = if file == Path::new("-") {
        std::io::stdin().lock().take(4096).read_to_string(&mut text)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(4096).read_to_string(&mut text))
    };
    let name = file.display();
    read.map_err(|cause| {
        Failure::BadInput(format!("cannot read the private half from `{name}`: {cause}"))
    })?;
    let slip = || {
        let line = format!(
            "`{name}` is not a private half as `escrow init` prints it; look for a slip in it"
        );
        Failure::BadInput(line)
    };
    secret_in(&text).as_ref().map(EnvelopeKeyPair::from_secret).ok_or_else(slip)
}

fn recover(arguments: &Recover) -> Result<(), Failure> {
    refuse_without_headquarters(&arguments.folder.data)?;
    if arguments.reason.trim().is_empty() {
        return Err(Failure::BadInput("--reason is empty; say why it is opened".to_owned()));
    }
    let keys = private_half(&arguments.private_half)?;
    runtime()?.block_on(recovered(arguments, &keys))
}

async fn recovered(arguments: &Recover, keys: &EnvelopeKeyPair) -> Result<(), Failure> {
    let data = &arguments.folder.data;
    let store = Store::open_or_join(data).await?;
    let keyring = open_keyring(&store, data, arguments.keys.as_deref()).await?;
    let mut damaged = 0;
    for bytes in vaults_of(&store, arguments).await? {
        let hash = sha256(&bytes);
        let bad = |fault: &dyn std::fmt::Display| Failure::BadInput(format!("{fault}"));
        let vault = SealedVault::from_bytes(&bytes).map_err(|fault| bad(&fault))?;
        let Recovery { parts, drafts, faults } =
            escrow::recover(&vault, keys, clock::now()).map_err(|fault| bad(&fault))?;
        // Whoever looks in is noted before anything of it is shown.
        let reason = arguments.reason.trim().to_owned();
        let noted = store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move { escrow::note_opening(tx, &hash, &reason, clock::now()).await })
        });
        noted.await?;
        for fault in &faults {
            eprintln!("bienban: {fault}");
        }
        damaged += faults.len();
        let taken = intake::take(&store, &keyring.signing(), parts, (None, clock::now())).await;
        let Counts { accepted, held, repeated } = taken.map_err(anyhow::Error::from)?.events;
        println!("took {accepted}, held {held}, already had {repeated}");
        for draft in &drafts {
            println!("draft in {} at {}: {}", draft.inspection, draft.field, draft.text);
        }
    }
    if damaged == 0 {
        return Ok(());
    }
    Err(Failure::Failed(anyhow::anyhow!(
        "not everything could be taken, see {damaged} lines above; the rest was"
    )))
}

async fn vaults_of(store: &Store, arguments: &Recover) -> Result<Vec<Vec<u8>>, Failure> {
    if let Some(file) = &arguments.file {
        let read = std::fs::read(file).map_err(|cause| {
            Failure::BadInput(format!("cannot read the vault `{}`: {cause}", file.display()))
        })?;
        return Ok(vec![read]);
    }
    let named = arguments.seat.as_deref().unwrap_or_default();
    let seat: SeatId = named.parse().map_err(|fault| Failure::BadInput(format!("{fault}")))?;
    let mut found = Vec::new();
    for vault in vaults::all(store.readers()).await?.into_iter().filter(|vault| vault.seat == seat)
    {
        found.extend(vaults::bytes(store.readers(), &vault.sha256).await?);
    }
    if found.is_empty() {
        let line = format!("no vault of seat `{seat}` was handed in; see `bienban escrow list`");
        return Err(Failure::BadInput(line));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_half_is_read_as_it_was_printed_and_no_slip_goes_unseen() {
        let secret = [0x5a; 32];
        let text = written(&secret);
        assert_eq!(secret_in(&format!(" {text}\n")), Some(secret));
        let slip = text.replacen('5', "6", 1);
        assert_eq!(secret_in(&slip), None);
        assert_eq!(secret_in(&text[..text.len() - 1]), None);
        assert_eq!(secret_in(""), None);
    }
}

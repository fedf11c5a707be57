//! `bienban import`: takes in a bundle that came as a file, while headquarters runs or not.

use std::path::{Path, PathBuf};

use thiserror::Error;

use super::{Failure, runtime};
use crate::audit::{self, Act};
use crate::clock;
use crate::custody::Counts;
use crate::headquarters::open_keyring;
use crate::intake::{self, IntakeFault};
use crate::store::{DATABASE, Store, StoreFault, meta};

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The file of the bundle.
    #[arg(value_name = "BUNDLE")]
    bundle: PathBuf,
    /// The folder of the database.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// The keyring; `keyring.toml` in the folder of data when it is left out.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

/// What is wrong with what was given.
#[derive(Debug, Error)]
enum InputFault {
    #[error("cannot read the bundle `{0}`: {1}; name the file that the tablet exported")]
    File(PathBuf, std::io::Error),
    #[error("`{0}` has no headquarters; name its folder with --data")]
    NoDatabase(PathBuf),
    #[error("the bundle `{0}` was not taken: {1}; export it again on the tablet")]
    Refused(PathBuf, IntakeFault),
    #[error(
        "the bundle `{0}` is not for this headquarters: {1}; import it where its tablet is enrolled"
    )]
    Foreign(PathBuf, IntakeFault),
}

/// Not everything was taken.
#[derive(Debug, Error)]
#[error(
    "not taken from the bundle `{1}`: {0} events, because events before them are missing; export from a tablet that has the whole journal and import that"
)]
struct Left(usize, PathBuf);

pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { bundle, data, keys } = arguments;
    let bad = |fault: InputFault| Failure::BadInput(fault.to_string());
    let file = read(bundle).map_err(|error| bad(InputFault::File(bundle.clone(), error)))?;
    if !data.join(DATABASE).exists() {
        return Err(bad(InputFault::NoDatabase(data.clone())));
    }
    let (all, counts) = runtime()?.block_on(import(&file, bundle, data, keys.as_deref()))?;
    let Counts { accepted, held, repeated } = counts;
    println!("took {accepted}, held {held}, already had {repeated}");
    match all.saturating_sub(counts.in_custody()) {
        0 => Ok(()),
        left => Err(Left(left, bundle.clone()).into()),
    }
}

/// A file that is longer than any bundle is not read to its end.
fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read;

    let limit = u64::try_from(proof::envelope::MAX_ENVELOPE_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// How many events the bundle has, and what became of them.
async fn import(
    file: &[u8],
    name: &Path,
    data: &Path,
    keys: Option<&Path>,
) -> Result<(usize, Counts), Failure> {
    let store = Store::open_or_join(data).await?;
    if meta::epoch(store.readers()).await?.is_none() {
        return Err(Failure::BadInput(InputFault::NoDatabase(data.to_owned()).to_string()));
    }
    let keyring = open_keyring(&store, data, keys).await?;
    let refused = |fault| failure(name, fault);
    let parts = intake::open_bundle(file, &keyring.envelope()).map_err(refused)?;
    let all = parts.iter().map(|part| part.events.len()).sum();
    let taken = intake::take(&store, &keyring.signing(), parts, (None, clock::now())).await;
    let events = taken.map_err(refused)?.events;
    let work = store.write::<(), StoreFault, _>(move |tx| {
        let detail = format!("{all} events");
        Box::pin(async move { audit::note(tx, None, Act::BundleImported, "", &detail).await })
    });
    work.await?;
    Ok((all, events))
}

fn failure(name: &Path, fault: IntakeFault) -> Failure {
    let name = name.to_owned();
    match fault {
        IntakeFault::Store(fault) => Failure::Failed(fault.into()),
        IntakeFault::Envelope(proof::envelope::OpenFault::NotForThisKey) => {
            Failure::BadInput(InputFault::Foreign(name, fault).to_string())
        }
        IntakeFault::Envelope(_) | IntakeFault::Message(_) | IntakeFault::Admission(_) => {
            Failure::BadInput(InputFault::Refused(name, fault).to_string())
        }
    }
}

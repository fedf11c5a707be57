//! `bienban keys rotate`: a fresh key in the place of one. Running headquarters goes on with the
//! former one until it is started again; both are believed.

use std::path::PathBuf;

use super::{Failure, runtime};
use crate::audit::{self, Act};
use crate::clock;
use crate::headquarters::open_keyring;
use crate::keyring::{Keyring, Rotating};
use crate::store::{DATABASE, Store, StoreFault, keys};

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// Put a fresh key in the place of one; what the former one signed stays good.
    Rotate(Rotate),
}

#[derive(clap::Args)]
pub(super) struct Rotate {
    /// Which key: `receipt` or `order`.
    #[arg(value_name = "KEY")]
    key: String,
    /// The folder of the database.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// The keyring; `keyring.toml` in the folder of data when it is left out.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

pub(super) fn run(command: &Command) -> Result<(), Failure> {
    let Command::Rotate(arguments) = command;
    let key = Rotating::ALL.into_iter().find(|key| key.name() == arguments.key);
    let Some(key) = key else {
        let line = format!("`{}` is no key that rotates; name `receipt` or `order`", arguments.key);
        return Err(Failure::BadInput(line));
    };
    if !arguments.data.join(DATABASE).exists() {
        let data = arguments.data.display();
        let line = format!("`{data}` has no headquarters; name its folder with --data");
        return Err(Failure::BadInput(line));
    }
    runtime()?.block_on(rotate(key, arguments))?;
    println!("rotated: {}; start headquarters again so that it signs with it", key.name());
    Ok(())
}

async fn rotate(key: Rotating, arguments: &Rotate) -> anyhow::Result<()> {
    let store = Store::open_or_join(&arguments.data).await?;
    // A keyring of another headquarters is refused before anything is changed in it.
    open_keyring(&store, &arguments.data, arguments.keys.as_deref()).await?;
    let default = arguments.data.join("keyring.toml");
    let keyring = Keyring::rotate(arguments.keys.as_deref().unwrap_or(&default), key)?;
    let public = keyring.rotating(key).public();
    store
        .write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move {
                keys::follow(&mut *tx, (key, public), clock::now()).await?;
                audit::note(tx, None, Act::KeysRotated, key.name(), &public.to_string()).await
            })
        })
        .await?;
    Ok(())
}

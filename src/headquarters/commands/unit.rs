//! `bienban unit`: the units of the organisation, while headquarters runs or not.

use clap::Subcommand;

use super::user::{Folder, Refused, find_unit};
use super::{Failure, runtime};
use crate::identity::{UnitId, staff};
use crate::store::{Store, units};

#[derive(Subcommand)]
pub(super) enum Command {
    /// List the units and how many persons are in each.
    List {
        #[command(flatten)]
        folder: Folder,
    },
    /// Add a unit.
    Add {
        /// Its name.
        name: String,
        #[command(flatten)]
        folder: Folder,
    },
    /// Give a unit another name.
    Rename {
        /// Its name.
        name: String,
        /// The new one.
        to: String,
        #[command(flatten)]
        folder: Folder,
    },
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    runtime()?.block_on(done(command))
}

async fn done(command: Command) -> Result<(), Failure> {
    match command {
        Command::List { folder } => {
            let store = Store::open_or_join(&folder.data).await?;
            let known = units::all(store.readers()).await?;
            for unit in known.iter().filter(|it| it.ended_at.is_none()) {
                println!("{}\t{}", unit.name, unit.persons);
            }
        }
        Command::Add { name, folder } => {
            let store = Store::open_or_join(&folder.data).await?;
            let work = store.write::<UnitId, Refused, _>(move |tx| {
                Box::pin(async move { Ok(staff::add_unit(tx, None, &name).await?) })
            });
            println!("unit: {}", work.await?);
        }
        Command::Rename { name, to, folder } => {
            let store = Store::open_or_join(&folder.data).await?;
            let unit = find_unit(&store, &name).await?;
            let work = store.write::<(), Refused, _>(move |tx| {
                Box::pin(async move { Ok(staff::rename_unit(tx, None, unit, &to).await?) })
            });
            work.await?;
        }
    }
    Ok(())
}

//! `bienban serve`: headquarters with what its folder has.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Dist, Failure, runtime, start_log};
use crate::headquarters::Headquarters;
use crate::identity::set_up::first_link;
use crate::serve::{listen, serve};
use crate::tablet_app::TabletApp;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The address inspectors and the office reach.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The folder of database and keys.
    #[arg(long, value_name = "DIR", default_value = "data")]
    data: PathBuf,
    /// The database; SQLite in the folder of data when it is left out.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Where evidence is kept; the folder of data when it is left out.
    #[arg(long, value_name = "URL")]
    evidence: Option<String>,
    /// The keyring; `keyring.toml` in the folder of data when it is left out.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
    /// The address for health and metrics.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:9090")]
    ops_listen: SocketAddr,
    #[command(flatten)]
    dist: Dist,
}

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    for (option, given) in
        [("--database", &arguments.database), ("--evidence", &arguments.evidence)]
    {
        if let Some(url) = given {
            let line = format!(
                "{option} `{url}` is not built yet; leave {option} out to use the folder of --data"
            );
            return Err(Failure::BadInput(line));
        }
    }
    start_log();
    runtime()?.block_on(started(arguments))
}

async fn started(arguments: Arguments) -> Result<(), Failure> {
    let app = TabletApp::choose(arguments.dist.dist);
    let keys = arguments.keys.as_deref();
    let headquarters = Headquarters::start(&arguments.data, keys, app).await?;
    let (listener, address) = listen(arguments.listen, "--listen").await?;
    let (ops, ops_address) = listen(arguments.ops_listen, "--ops-listen").await?;
    println!("listening on http://{address}");
    println!("ops: http://{ops_address}");
    if let Some(token) = first_link(&headquarters).await? {
        println!("administrator: http://{address}/office/enter?token={token}");
    }
    Ok(serve(Arc::new(headquarters), listener, ops).await?)
}

//! `bienban demo`: headquarters with sample data, on this machine only.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use super::{Dist, Failure, runtime, start_log};
use crate::demo::{self, MAX_ITEMS};
use crate::headquarters::Headquarters;
use crate::serve::{Front, listen, serve};
use crate::tablet_app::TabletApp;

#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The address to try it on; this machine's own only.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The folder of the sample data; one that is there is continued.
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    data: PathBuf,
    /// Add an inspection of this many synthetic items in front.
    #[arg(long, value_name = "N")]
    items: Option<usize>,
    #[command(flatten)]
    dist: Dist,
}

pub(super) fn run(arguments: Arguments) -> Result<(), Failure> {
    if !arguments.listen.ip().is_loopback() {
        let line = format!(
            "`{}` is not an address of this machine alone; `demo` is open to everyone who reaches it, so choose 127.0.0.1 or use `bienban serve`",
            arguments.listen
        );
        return Err(Failure::BadInput(line));
    }
    if arguments.items.is_some_and(|items| items == 0 || items > MAX_ITEMS) {
        let line = format!("--items takes 1 to {MAX_ITEMS}");
        return Err(Failure::BadInput(line));
    }
    start_log();
    runtime()?.block_on(started(arguments))
}

async fn started(arguments: Arguments) -> Result<(), Failure> {
    let app = TabletApp::choose(arguments.dist.dist);
    let headquarters = Headquarters::start(&arguments.data, None, app).await?;
    let (listener, address) = listen(arguments.listen, "--listen").await?;
    let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let (ops, ops_address) = listen(free, "--ops-listen").await?;
    demo::seed(&headquarters, arguments.items).await?;
    let codes = demo::codes(&headquarters.keyring);
    println!("listening on http://{address}");
    for code in &codes.tablets {
        println!("tablet: http://{address}/enrol#{code}.{}", codes.passphrase);
    }
    println!("passphrase: {}", codes.passphrase);
    println!("office: http://{address}/office/enter?token={}", codes.office);
    println!("ops: http://{ops_address}");
    Ok(serve(Arc::new(headquarters), Front::Plain(listener), ops).await?)
}

//! `bienban serve`: headquarters with what its folder has.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Dist, Failure, runtime, start_log};
use crate::headquarters::Headquarters;
use crate::identity::set_up::first_link;
use crate::serve::{Front, listen, serve};
use crate::tablet_app::TabletApp;
use crate::tls::{Tls, TlsListener};
use crate::web::Web;

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
    /// The certificate in PEM, with those that signed it behind it; needs --tls-key.
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The key of the certificate in PEM, readable by its owner and group only.
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// The address that browsers see, where a proxy stands in front.
    #[arg(long, value_name = "URL")]
    public_url: Option<String>,
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
    let (web, tls) = reached(&arguments)?;
    start_log();
    runtime()?.block_on(started(arguments, web, tls))
}

/// How browsers reach headquarters, and with which certificate.
fn reached(arguments: &Arguments) -> Result<(Web, Option<Arc<Tls>>), Failure> {
    let bad = |line: String| Failure::BadInput(line);
    let web = match &arguments.public_url {
        Some(url) => Web::behind(url).map_err(|fault| bad(fault.to_string()))?,
        None => Web::default(),
    };
    match (&arguments.tls_cert, &arguments.tls_key) {
        (Some(certificate), Some(key)) => {
            let tls = Tls::open(certificate, key).map_err(|fault| bad(fault.to_string()))?;
            Ok((web.with_own_tls(), Some(Arc::new(tls))))
        }
        (None, _) | (_, None) => Ok((web, None)),
    }
}

async fn started(arguments: Arguments, web: Web, tls: Option<Arc<Tls>>) -> Result<(), Failure> {
    let app = TabletApp::choose(arguments.dist.dist);
    let keys = arguments.keys.as_deref();
    let mut headquarters = Headquarters::start(&arguments.data, keys, app).await?;
    headquarters.web = web;
    let (listener, address) = listen(arguments.listen, "--listen").await?;
    let (ops, ops_address) = listen(arguments.ops_listen, "--ops-listen").await?;
    let front = match tls {
        None => {
            println!("listening on http://{address}");
            Front::Plain(listener)
        }
        Some(tls) => {
            println!("listening on https://{address}");
            tokio::spawn(tls.clone().keep_renewed());
            Front::Tls(TlsListener::new(listener, tls)?)
        }
    };
    println!("ops: http://{ops_address}");
    if let Some(token) = first_link(&headquarters).await? {
        println!("administrator: http://{address}/office/enter?token={token}");
    }
    Ok(serve(Arc::new(headquarters), front, ops).await?)
}

//! Listening and answering until told to stop.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::signal;

use crate::api::router;
use crate::headquarters::Headquarters;
use crate::limits::Peer;
use crate::office::overview;
use crate::tls::TlsListener;

/// How long requests under way may take after the signal to stop.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why headquarters does not listen.
#[derive(Debug, Error)]
#[error("cannot listen on `{address}`: {cause}; stop what uses it or choose another with {option}")]
pub struct ListenFault {
    address: SocketAddr,
    cause: io::Error,
    option: &'static str,
}

/// Takes an address; the option is the one that changes it.
///
/// # Errors
/// [`ListenFault`] when it is taken or not this machine's.
pub async fn listen(
    address: SocketAddr,
    option: &'static str,
) -> Result<(TcpListener, SocketAddr), ListenFault> {
    let fault = |cause| ListenFault { address, cause, option };
    let listener = TcpListener::bind(address).await.map_err(fault)?;
    let local = listener.local_addr().map_err(fault)?;
    Ok((listener, local))
}

/// Where inspectors and the office come in.
pub enum Front {
    /// In clear: on this machine alone, or behind a proxy.
    Plain(TcpListener),
    /// Over TLS.
    Tls(TlsListener),
}

impl Front {
    async fn serve(self, router: Router) -> io::Result<()> {
        let app = router.into_make_service_with_connect_info::<Peer>();
        match self {
            Self::Plain(listener) => {
                axum::serve(listener, app).with_graceful_shutdown(told_to_stop()).await
            }
            Self::Tls(listener) => {
                axum::serve(listener, app).with_graceful_shutdown(told_to_stop()).await
            }
        }
    }
}

/// Answers on both addresses until a signal comes; requests under way are finished.
///
/// # Errors
/// What the listeners report.
pub async fn serve(
    headquarters: Arc<Headquarters>,
    front: Front,
    ops: TcpListener,
) -> io::Result<()> {
    tokio::spawn(overview::warm(headquarters.clone()));
    let inspectors = front.serve(router::router(headquarters.clone()));
    let operators = axum::serve(ops, router::ops_router(headquarters.clone()))
        .with_graceful_shutdown(told_to_stop());
    let both = async { tokio::try_join!(inspectors, operators.into_future()) };
    tokio::select! {
        ended = both => drop(ended?),
        () = out_of_patience() => {
            tracing::warn!("some connections did not end in time and are cut");
        }
    }
    if let Err(fault) = headquarters.reads.flush().await {
        tracing::error!(%fault, "who read what at the end is not written");
    }
    tracing::info!("headquarters stops; everything accepted is on disk");
    Ok(())
}

/// A connection that never ends must not keep headquarters from stopping.
async fn out_of_patience() {
    told_to_stop().await;
    tokio::time::sleep(PATIENCE).await;
}

async fn told_to_stop() {
    let interrupted = signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminated = signal::unix::signal(signal::unix::SignalKind::terminate());
        let Ok(mut terminated) = terminated else {
            let _ = interrupted.await;
            return;
        };
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
}

//! TLS of this program's own: a certificate and its key from two files, which are read again when
//! they are renewed. Which names it is for, and who signed it, is not looked at here.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use axum::serve::Listener;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How often it is looked whether the files are newer.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// How long somebody may take to agree on keys.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Connections that are agreed on and wait to be answered.
const WAITING: usize = 64;

/// Why there is no TLS.
#[derive(Debug, Error)]
pub enum TlsFault {
    /// A file cannot be read.
    #[error("cannot read `{file}`: {cause}; name the file in PEM with {option}")]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        cause: String,
        /// The option that names it.
        option: &'static str,
    },
    /// The key could be read by everyone on the machine.
    #[error("everyone on this machine may read the key `{0}`; take that away with `chmod o= {0}`")]
    Open(PathBuf),
    /// The two do not fit.
    #[error(
        "the certificate `{certificate}` does not go with the key `{key}`: {cause}; name those of one certificate"
    )]
    Unfit {
        /// The file of the certificate.
        certificate: PathBuf,
        /// The file of the key.
        key: PathBuf,
        /// What is wrong.
        cause: rustls::Error,
    },
}

/// A certificate and its key, as they were read last.
pub struct Tls {
    certificate: PathBuf,
    key: PathBuf,
    read: Mutex<Read>,
}

struct Read {
    config: Arc<ServerConfig>,
    changed: Changed,
}

/// When the two files were changed last.
type Changed = [Option<SystemTime>; 2];

impl Tls {
    /// Reads a certificate, with those that signed it behind it, and its key.
    ///
    /// # Errors
    /// See [`TlsFault`].
    pub fn open(certificate: &Path, key: &Path) -> Result<Self, TlsFault> {
        let changed = [certificate, key].map(changed_at);
        let config = config(certificate, key)?;
        let (certificate, key) = (certificate.to_owned(), key.to_owned());
        Ok(Self { certificate, key, read: Mutex::new(Read { config, changed }) })
    }

    /// Reads the files again where they were changed; a pair that cannot be used leaves the one
    /// before in use. Whether another pair is in use now.
    ///
    /// # Errors
    /// See [`TlsFault`].
    pub fn renew(&self) -> Result<bool, TlsFault> {
        let changed = [&self.certificate, &self.key].map(|file| changed_at(file));
        if changed == self.with(|read| read.changed) {
            return Ok(false);
        }
        let config = config(&self.certificate, &self.key)?;
        self.with(|read| *read = Read { config, changed });
        Ok(true)
    }

    fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(self.with(|read| read.config.clone()))
    }

    fn with<T>(&self, work: impl FnOnce(&mut Read) -> T) -> T {
        work(&mut self.read.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks for renewed files for ever: every half a minute, and when told by SIGHUP.
    pub async fn keep_renewed(self: Arc<Self>) {
        loop {
            let told = told_to_look().await;
            match self.renew() {
                Ok(true) => tracing::info!("the renewed certificate is in use"),
                Ok(false) if told => tracing::info!("the certificate is the one that is in use"),
                Ok(false) => {}
                Err(fault) => tracing::error!(%fault, "the former certificate stays in use"),
            }
        }
    }
}

fn changed_at(file: &Path) -> Option<SystemTime> {
    std::fs::metadata(file).and_then(|about| about.modified()).ok()
}

/// Waits for the next moment to look; `true` when somebody asked for it.
async fn told_to_look() -> bool {
    let time = tokio::time::sleep(LOOK_EVERY);
    #[cfg(unix)]
    if let Ok(mut hangups) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())
    {
        return tokio::select! { () = time => false, _ = hangups.recv() => true };
    }
    time.await;
    false
}

fn config(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, TlsFault> {
    let unreadable = |file: &Path, option| {
        let file = file.to_owned();
        move |cause: rustls::pki_types::pem::Error| TlsFault::Unreadable {
            file,
            cause: cause.to_string(),
            option,
        }
    };
    refuse_open(key)?;
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(unreadable(certificate, "--tls-cert"))?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(unreadable(key, "--tls-key"))?;
    let unfit =
        |cause| TlsFault::Unfit { certificate: certificate.to_owned(), key: key.to_owned(), cause };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider);
    let builder = builder.with_safe_default_protocol_versions().map_err(unfit)?;
    let made = builder.with_no_client_auth().with_single_cert(chain, secret);
    let mut config = made.map_err(unfit)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// A key that others on the machine may read is not one.
fn refuse_open(key: &Path) -> Result<(), TlsFault> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let about = std::fs::metadata(key);
        if about.is_ok_and(|about| about.permissions().mode() & 0o007 != 0) {
            return Err(TlsFault::Open(key.to_owned()));
        }
    }
    #[cfg(not(unix))]
    let _ = key;
    Ok(())
}

/// Takes connections over TLS. Keys are agreed on beside each other, so that somebody slow keeps
/// nobody else waiting.
pub struct TlsListener {
    address: SocketAddr,
    agreed: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    accepting: JoinHandle<()>,
}

impl TlsListener {
    /// Takes connections from a listener.
    ///
    /// # Errors
    /// What the listener reports of its address.
    pub fn new(listener: TcpListener, tls: Arc<Tls>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (agreed, waiting) = mpsc::channel(WAITING);
        let accepting = tokio::spawn(accept(listener, tls, agreed));
        Ok(Self { address, agreed: waiting, accepting })
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(
    mut listener: TcpListener,
    tls: Arc<Tls>,
    agreed: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    loop {
        let (stream, address) = Listener::accept(&mut listener).await;
        let (acceptor, agreed) = (tls.acceptor(), agreed.clone());
        tokio::spawn(async move {
            match tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                Ok(Ok(stream)) => drop(agreed.send((stream, address)).await),
                Ok(Err(fault)) => tracing::debug!(%fault, "no keys were agreed on"),
                Err(_) => tracing::debug!("agreeing on keys took too long"),
            }
        });
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.agreed.recv().await {
            Some(connection) => connection,
            // Its task ends with this listener only.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

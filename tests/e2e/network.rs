//! The network between tablet and headquarters: a relay on loopback that can lose answers.
//!
//! What goes up always arrives; whether what comes down does is for the test to say. The relay
//! knows nothing of HTTP.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A relay from a port of its own to headquarters' port.
#[derive(Debug)]
pub struct Network {
    /// The port the tablet sees.
    pub port: u16,
    loses_answers: Arc<AtomicBool>,
    accepting: JoinHandle<()>,
}

impl Network {
    /// Starts relaying to headquarters on `port`.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn to(port: u16) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("bind the relay")?;
        let own = listener.local_addr()?.port();
        let loses_answers = Arc::new(AtomicBool::new(false));
        let accepting = tokio::spawn(accept(listener, port, loses_answers.clone()));
        Ok(Self { port: own, loses_answers, accepting })
    }

    /// From now on every answer is lost on the way, or none is.
    pub fn lose_answers(&self, lose: bool) {
        self.loses_answers.store(lose, Ordering::SeqCst);
    }
}

impl Drop for Network {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, port: u16, loses_answers: Arc<AtomicBool>) {
    while let Ok((tablet, _)) = listener.accept().await {
        let loses_answers = loses_answers.clone();
        tokio::spawn(async move {
            // A broken connection is what a network is like; each end notices by itself.
            let _ = relay(tablet, port, &loses_answers).await;
        });
    }
}

async fn relay(tablet: TcpStream, port: u16, loses_answers: &AtomicBool) -> std::io::Result<()> {
    let headquarters = TcpStream::connect(("127.0.0.1", port)).await?;
    let (mut from_tablet, mut to_tablet) = tablet.into_split();
    let (mut from_headquarters, mut to_headquarters) = headquarters.into_split();
    let up = tokio::spawn(async move { copy(&mut from_tablet, &mut to_headquarters).await });
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let length = from_headquarters.read(&mut buffer).await?;
        if length == 0 || loses_answers.load(Ordering::SeqCst) {
            up.abort();
            return Ok(());
        }
        to_tablet.write_all(&buffer[..length]).await?;
    }
}

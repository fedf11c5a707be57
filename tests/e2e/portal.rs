//! What may stand between a tablet and headquarters and answer in its place: a captive portal, a
//! server that was set up wrongly, somebody who means harm.
//!
//! It speaks as much HTTP/1.1 as a browser on loopback needs: one request on each connection, with
//! its length announced.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the portal says instead of headquarters.
#[derive(Clone)]
pub enum Reply {
    /// Nothing: the connection breaks.
    Silence,
    /// An answer, made of the body of the request.
    Answer {
        /// The status.
        status: u16,
        /// The media type.
        media: &'static str,
        /// What makes the body of the answer out of the body of the request.
        body: Made,
    },
}

/// Makes an answer out of a request.
pub type Made = Arc<dyn Fn(&[u8]) -> Vec<u8> + Send + Sync>;

impl Reply {
    /// The same answer to whatever is asked.
    pub fn fixed(status: u16, media: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self::Answer { status, media, body: Arc::new(move |_| body.clone()) }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Silence => f.write_str("Silence"),
            Self::Answer { status, media, .. } => write!(f, "Answer({status} {media})"),
        }
    }
}

/// A relay from a port of its own to headquarters' port that answers some requests itself.
#[derive(Debug)]
pub struct Portal {
    /// The port the tablet sees.
    pub port: u16,
    ways: Arc<Mutex<Ways>>,
    accepting: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Ways {
    rules: Vec<(String, Reply)>,
    answered: BTreeMap<String, usize>,
}

impl Portal {
    /// Starts to pass everything on to headquarters on `port`.
    ///
    /// # Errors
    /// When no port can be bound.
    pub async fn to(port: u16) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.context("bind the portal")?;
        let own = listener.local_addr()?.port();
        let ways = Arc::<Mutex<Ways>>::default();
        let accepting = tokio::spawn(accept(listener, port, ways.clone()));
        Ok(Self { port: own, ways, accepting })
    }

    /// From here on, answers whatever begins with one of these paths, and passes on the rest.
    pub fn answer(&self, rules: &[(&str, Reply)]) {
        let rules = rules.iter().map(|(path, reply)| ((*path).to_owned(), reply.clone()));
        *locked(&self.ways) = Ways { rules: rules.collect(), answered: BTreeMap::new() };
    }

    /// From here on, passes everything on.
    pub fn open(&self) {
        self.answer(&[]);
    }

    /// From here on, there is no network.
    pub fn close(&self) {
        self.answer(&[("/", Reply::Silence)]);
    }

    /// How often what begins with this path was answered, by it or by headquarters, since it was
    /// told what to answer.
    pub fn answered(&self, path: &str) -> usize {
        let answered = &locked(&self.ways).answered;
        answered.iter().filter(|(asked, _)| asked.starts_with(path)).map(|(_, times)| times).sum()
    }
}

impl Drop for Portal {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn locked(ways: &Mutex<Ways>) -> MutexGuard<'_, Ways> {
    ways.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn accept(listener: TcpListener, port: u16, ways: Arc<Mutex<Ways>>) {
    while let Ok((tablet, _)) = listener.accept().await {
        let ways = ways.clone();
        tokio::spawn(async move {
            // A broken connection is what a network is like; each end notices by itself.
            let _ = serve(tablet, port, &ways).await;
        });
    }
}

async fn serve(mut tablet: TcpStream, port: u16, ways: &Mutex<Ways>) -> std::io::Result<()> {
    let Some(asked) = Asked::read(&mut tablet).await? else { return Ok(()) };
    let rule = locked(ways).rules.iter().find(|(path, _)| asked.path.starts_with(path)).cloned();
    match rule {
        None => pass_on(tablet, port, &asked).await?,
        Some((_, Reply::Silence)) => drop(tablet),
        Some((_, Reply::Answer { status, media, body })) => {
            let body = body(&asked.body);
            let head = format!(
                "HTTP/1.1 {status} Portal\r\ncontent-type: {media}\r\ncontent-length: {}\r\n\
                 connection: close\r\n\r\n",
                body.len()
            );
            tablet.write_all(&[head.as_bytes(), &body].concat()).await?;
            tablet.shutdown().await?;
        }
    }
    *locked(ways).answered.entry(asked.path).or_default() += 1;
    Ok(())
}

async fn pass_on(mut tablet: TcpStream, port: u16, asked: &Asked) -> std::io::Result<()> {
    let mut headquarters = TcpStream::connect(("127.0.0.1", port)).await?;
    headquarters.write_all(&asked.head_that_closes()).await?;
    headquarters.write_all(&asked.body).await?;
    copy(&mut headquarters, &mut tablet).await?;
    tablet.shutdown().await
}

/// A request as it came.
struct Asked {
    path: String,
    head: String,
    body: Vec<u8>,
}

impl Asked {
    /// Reads a request; `None` when the connection ends before one.
    async fn read(tablet: &mut TcpStream) -> std::io::Result<Option<Self>> {
        let (mut bytes, mut buffer) = (Vec::new(), vec![0; 64 * 1024]);
        let end = loop {
            if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            match tablet.read(&mut buffer).await? {
                0 => return Ok(None),
                length => bytes.extend_from_slice(&buffer[..length]),
            }
        };
        let mut body = bytes.split_off(end + 4);
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        let announced = announced(&head);
        while body.len() < announced {
            match tablet.read(&mut buffer).await? {
                0 => return Ok(None),
                length => body.extend_from_slice(&buffer[..length]),
            }
        }
        Ok(Some(Self { path, head, body }))
    }

    /// The head, with the wish that the connection end with the answer.
    fn head_that_closes(&self) -> Vec<u8> {
        let is_kept = |line: &&str| !line.to_ascii_lowercase().starts_with("connection:");
        let lines: Vec<&str> = self.head.split("\r\n").filter(is_kept).collect();
        format!("{}\r\nconnection: close\r\n\r\n", lines.join("\r\n")).into_bytes()
    }
}

fn announced(head: &str) -> usize {
    let lines = head.split("\r\n").filter_map(|line| line.split_once(':'));
    let mut lengths = lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    lengths.next().and_then(|(_, length)| length.trim().parse().ok()).unwrap_or(0)
}

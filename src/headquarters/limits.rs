//! How much may be asked at once and how often: by route class, by address, by seat.
//!
//! Requests from this machine itself are counted by class only: demonstrations and measurements
//! come from here, and a proxy that is told of with `--public-url` says whom it asks for.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::extract::connect_info::Connected;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::serve::IncomingStream;
use domain::ids::SeatId;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::tls::TlsListener;
use crate::web::Web;

/// After how many seconds somebody who found no place may come back.
const AGAIN_SECONDS: u64 = 5;

/// After how many questions addresses that were quiet are forgotten.
const TIDY_EVERY: usize = 4096;

/// What kind of work a route is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Whoever has no proof yet tries a code or a passphrase.
    Entering,
    /// A tablet's requests.
    Tablet,
    /// Pages and forms of the office.
    Page,
    /// Files, documents and pieces: a whole list, or many bytes.
    File,
}

/// The figures; a rate is so many at once, and as many again in a minute.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    /// Attempts to enter from one address.
    pub entering: NonZeroU32,
    /// All requests from one address.
    pub address: NonZeroU32,
    /// Requests of one seat.
    pub seat: NonZeroU32,
    /// Requests that are answered at once, by class: entering, tablets, pages, files.
    pub at_once: [usize; 4],
    /// How long a request waits for its turn before it is told to come back.
    pub patience: Duration,
}

impl Default for Figures {
    fn default() -> Self {
        let number = |figure: u32| NonZeroU32::new(figure).unwrap_or(NonZeroU32::MIN);
        Self {
            entering: number(30),
            // An office, or a team on one telephone, is one address.
            address: number(3000),
            seat: number(600),
            at_once: [16, 512, 64, 16],
            patience: Duration::from_secs(10),
        }
    }
}

/// How long somebody is to wait, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// They ask too often.
    TooMany(u64),
    /// Too many ask at once.
    Busy(u64),
}

impl Wait {
    /// For `Retry-After`.
    pub fn seconds(self) -> String {
        match self {
            Self::TooMany(seconds) | Self::Busy(seconds) => seconds.to_string(),
        }
    }
}

/// Counts who asks.
pub struct Limits {
    entering: DefaultKeyedRateLimiter<IpAddr>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    seats: DefaultKeyedRateLimiter<SeatId>,
    at_once: [Arc<Semaphore>; 4],
    patience: Duration,
    asked: AtomicUsize,
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(Figures::default())
    }
}

impl Limits {
    /// Limits of these figures.
    pub fn new(figures: Figures) -> Self {
        let rate = |figure| Quota::per_minute(figure).allow_burst(figure);
        Self {
            entering: RateLimiter::keyed(rate(figures.entering)),
            addresses: RateLimiter::keyed(rate(figures.address)),
            seats: RateLimiter::keyed(rate(figures.seat)),
            at_once: figures.at_once.map(|permits| Arc::new(Semaphore::new(permits))),
            patience: figures.patience,
            asked: AtomicUsize::new(0),
        }
    }

    /// Counts a request of an address.
    ///
    /// # Errors
    /// How long to wait.
    pub fn ask(&self, from: Option<IpAddr>, class: Class) -> Result<(), Wait> {
        self.tidy();
        let Some(from) = from.filter(|from| !from.is_loopback()) else { return Ok(()) };
        check(&self.addresses, &from)?;
        match class {
            Class::Entering => check(&self.entering, &from),
            Class::Tablet | Class::Page | Class::File => Ok(()),
        }
    }

    /// Counts a request that a seat proved to be its own.
    ///
    /// # Errors
    /// How long to wait.
    pub fn ask_seat(&self, from: Option<IpAddr>, seat: SeatId) -> Result<(), Wait> {
        match from.filter(|from| !from.is_loopback()) {
            Some(_) => check(&self.seats, &seat),
            None => Ok(()),
        }
    }

    /// A place among those that are answered at once.
    ///
    /// # Errors
    /// How long to wait.
    pub async fn enter(&self, class: Class) -> Result<OwnedSemaphorePermit, Wait> {
        let [entering, tablets, pages, files] = &self.at_once;
        let places = match class {
            Class::Entering => entering,
            Class::Tablet => tablets,
            Class::Page => pages,
            Class::File => files,
        };
        let place = tokio::time::timeout(self.patience, places.clone().acquire_owned()).await;
        place.ok().and_then(Result::ok).ok_or(Wait::Busy(AGAIN_SECONDS))
    }

    fn tidy(&self) {
        if self.asked.fetch_add(1, Ordering::Relaxed) % TIDY_EVERY == TIDY_EVERY - 1 {
            self.entering.retain_recent();
            self.addresses.retain_recent();
            self.seats.retain_recent();
        }
    }
}

fn check<K>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Wait>
where
    K: Clone + Eq + std::hash::Hash,
{
    limiter.check_key(key).map_err(|not_until| {
        let wait = not_until.wait_time_from(DefaultClock::default().now());
        Wait::TooMany(wait.as_secs() + 1)
    })
}

/// The other end of a connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(SocketAddr);

impl Connected<IncomingStream<'_, TcpListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TcpListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

impl Connected<IncomingStream<'_, TlsListener>> for Peer {
    fn connect_info(stream: IncomingStream<'_, TlsListener>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// From where a request comes; `None` where it came by no connection.
pub(crate) fn from(parts: &Parts, web: &Web) -> Option<IpAddr> {
    let ConnectInfo(Peer(peer)) = parts.extensions.get::<ConnectInfo<Peer>>()?;
    Some(told_by_proxy(peer.ip(), &parts.headers, web).unwrap_or(peer.ip()))
}

/// What a proxy near by says of whom it asks for: the last word is its own, those before are what
/// it was told.
fn told_by_proxy(peer: IpAddr, headers: &HeaderMap, web: &Web) -> Option<IpAddr> {
    let near = match peer {
        IpAddr::V4(peer) => peer.is_loopback() || peer.is_private(),
        IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local(),
    };
    if !near || !web.is_proxied() {
        return None;
    }
    let line = headers.get_all("x-forwarded-for").into_iter().next_back()?;
    line.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn few() -> Limits {
        let [two, three] = [2, 3].map(|figure| NonZeroU32::new(figure).unwrap());
        let (at_once, patience) = ([1; 4], Duration::from_millis(1));
        Limits::new(Figures { entering: two, address: three, seat: two, at_once, patience })
    }

    #[test]
    fn an_address_that_tries_too_often_waits_and_another_one_does_not() {
        let limits = few();
        let [one, other] = ["192.0.2.1", "192.0.2.2"].map(|ip| Some(ip.parse().unwrap()));
        for expected in [true, true, false] {
            assert_eq!(limits.ask(one, Class::Entering).is_ok(), expected);
        }
        assert!(matches!(limits.ask(one, Class::Page), Err(Wait::TooMany(1..=60))));
        assert_eq!(limits.ask(other, Class::Entering), Ok(()));
    }

    #[test]
    fn this_machine_and_what_came_by_no_connection_are_not_counted() {
        let limits = few();
        for from in [None, Some("127.0.0.1".parse().unwrap()), Some("::1".parse().unwrap())] {
            for _ in 0..10 {
                assert_eq!(limits.ask(from, Class::Entering), Ok(()));
                assert_eq!(limits.ask_seat(from, SeatId([1; 16])), Ok(()));
            }
        }
    }

    #[test]
    fn each_seat_has_a_rate_of_its_own() {
        let limits = few();
        let from = Some("192.0.2.1".parse().unwrap());
        for expected in [true, true, false] {
            assert_eq!(limits.ask_seat(from, SeatId([1; 16])).is_ok(), expected);
        }
        assert_eq!(limits.ask_seat(from, SeatId([2; 16])), Ok(()));
    }

    #[tokio::test]
    async fn who_finds_no_place_is_told_to_come_back_and_other_classes_go_on() {
        let limits = few();
        let place = limits.enter(Class::File).await.unwrap();
        assert_eq!(limits.enter(Class::File).await.unwrap_err(), Wait::Busy(AGAIN_SECONDS));
        assert!(limits.enter(Class::Page).await.is_ok());
        drop(place);
        assert!(limits.enter(Class::File).await.is_ok());
    }

    #[test]
    fn a_proxy_is_believed_only_where_one_was_told_of_and_near_by() {
        let behind = Web::behind("https://bienban.example").unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("203.0.113.9, 192.0.2.7"));
        let told = |peer: &str, web: &Web| told_by_proxy(peer.parse().unwrap(), &headers, web);
        assert_eq!(told("127.0.0.1", &behind), Some("192.0.2.7".parse().unwrap()));
        assert_eq!(told("10.0.0.2", &behind), Some("192.0.2.7".parse().unwrap()));
        assert_eq!(told("192.0.2.1", &behind), None);
        assert_eq!(told("127.0.0.1", &Web::default()), None);
    }
}

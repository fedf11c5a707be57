//! Requests to headquarters: each signed by the seat, each ended after a time, each answer read
//! as what it is. What is asked and when is decided elsewhere.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::ids::SeatId;
use domain::moment::Moment;
use gloo_net::http::{Method, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use proof::request::{Proof, Request};
use serde::de::DeserializeOwned;
use sync::message::refusal::{Refusal, RefusalCode};
use sync::status::SyncFault;
use web_sys::AbortController;

use crate::browser;
use crate::keys::Signer;

/// How long a request may take in milliseconds: a push of 4 MiB over a poor uplink.
const PATIENCE_MS: u32 = 120_000;

/// Requests of one seat.
#[derive(Clone)]
pub(crate) struct Network {
    seat: SeatId,
    signer: Signer,
    /// How far headquarters' clock is ahead of this one, once it has said so.
    ahead_ms: Rc<Cell<i64>>,
    refused_request: Rc<RefCell<Option<String>>>,
    /// The order to erase that came with a refusal, not yet believed.
    order: Rc<RefCell<Option<String>>>,
}

/// A request before it is signed.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) method: &'static str,
    pub(crate) path: &'a str,
    pub(crate) media: &'static str,
    pub(crate) body: &'a [u8],
}

impl<'a> Ask<'a> {
    /// A question without a body.
    pub(crate) fn get(path: &'a str) -> Self {
        Self { method: "GET", path, media: "", body: &[] }
    }

    /// A message.
    pub(crate) fn post(path: &'a str, media: &'static str, body: &'a [u8]) -> Self {
        Self { method: "POST", path, media, body }
    }
}

impl Network {
    /// Requests of this seat, signed by this key.
    pub(crate) fn new(seat: SeatId, signer: Signer) -> Self {
        Self {
            seat,
            signer,
            ahead_ms: Rc::default(),
            refused_request: Rc::default(),
            order: Rc::default(),
        }
    }

    /// The id of the last request that headquarters refused, as its log has it.
    pub(crate) fn refused_request(&self) -> Option<String> {
        self.refused_request.borrow().clone()
    }

    /// The last order to erase that came, as headquarters wrote it.
    pub(crate) fn order(&self) -> Option<String> {
        self.order.borrow().clone()
    }

    /// Asks headquarters; once more by headquarters' clock when this one is too far away.
    pub(crate) async fn ask(&self, ask: Ask<'_>) -> Result<Vec<u8>, SyncFault> {
        match self.ask_once(ask).await? {
            Answer::Given(bytes) => Ok(bytes),
            Answer::Refused(refusal, _) if self.sets_clock(&refusal) => {
                match self.ask_once(ask).await? {
                    Answer::Given(bytes) => Ok(bytes),
                    Answer::Refused(refusal, id) => Err(self.refused(&refusal, id)),
                }
            }
            Answer::Refused(refusal, id) => Err(self.refused(&refusal, id)),
        }
    }

    fn refused(&self, refusal: &Refusal, id: Option<String>) -> SyncFault {
        self.refused_request.replace(id);
        if let Some(order) = refusal.order() {
            self.order.replace(Some(order.to_owned()));
        }
        fault_of(refusal)
    }

    async fn ask_once(&self, ask: Ask<'_>) -> Result<Answer, SyncFault> {
        let at = browser::now().later_by_ms(self.ahead_ms.get());
        let proof = self.prove(ask, at).await.map_err(|_| SyncFault::Unreadable)?;
        send(ask, Some(proof.to_string())).await
    }

    async fn prove(&self, ask: Ask<'_>, at: Moment) -> Result<Proof, crate::keys::KeyFault> {
        let request = Request { method: ask.method, path: ask.path, body: ask.body };
        let signature = self.signer.sign(&request.to_sign(at)).await?;
        Ok(Proof { seat: self.seat, at, signature })
    }

    /// Takes headquarters' time out of a refusal for a stale proof.
    fn sets_clock(&self, refusal: &Refusal) -> bool {
        let Some(now) = refusal.errors.first().and_then(|error| error.now) else { return false };
        self.ahead_ms.set(now.since_ms(browser::now()));
        refusal.code() == Some(RefusalCode::StaleProof)
    }
}

/// What headquarters said.
pub(crate) enum Answer {
    Given(Vec<u8>),
    /// With the id of the request, when headquarters named it.
    Refused(Refusal, Option<String>),
}

/// Sends a request and reads what comes, a refusal too.
pub(crate) async fn send(ask: Ask<'_>, proof: Option<String>) -> Result<Answer, SyncFault> {
    let abort = AbortController::new().map_err(|_| SyncFault::Unreachable)?;
    let signal = abort.signal();
    let _patience = Timeout::new(PATIENCE_MS, move || abort.abort());
    let builder =
        RequestBuilder::new(ask.path).method(method_of(ask.method)).abort_signal(Some(&signal));
    let builder = match proof {
        Some(proof) => builder.header("authorization", &proof),
        None => builder,
    };
    let response = if ask.media.is_empty() {
        builder.send().await
    } else {
        let body = js_sys::Uint8Array::from(ask.body);
        let request = builder.header("content-type", ask.media).body(body);
        request.map_err(|_| SyncFault::Unreachable)?.send().await
    };
    read(response.map_err(|_| SyncFault::Unreachable)?).await
}

fn method_of(name: &str) -> Method {
    if name == "POST" { Method::POST } else { Method::GET }
}

async fn read(response: Response) -> Result<Answer, SyncFault> {
    let id = response.headers().get("x-request-id");
    let bytes = response.binary().await.map_err(|_| SyncFault::Unreachable)?;
    if response.ok() {
        return Ok(Answer::Given(bytes));
    }
    // A captive portal or a proxy answers in its own words: that is no word of headquarters.
    match json::<Refusal>(&bytes) {
        Ok(refusal) if refusal.code().is_some() => Ok(Answer::Refused(refusal, id)),
        Ok(_) | Err(_) => Err(SyncFault::Unreachable),
    }
}

/// Reads an answer in JSON.
pub(crate) fn json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, SyncFault> {
    serde_json::from_slice(bytes).map_err(|_| SyncFault::Unreadable)
}

/// Writes a message in JSON.
pub(crate) fn to_json<T: serde::Serialize>(message: &T) -> Result<Vec<u8>, SyncFault> {
    serde_json::to_vec(message).map_err(|_| SyncFault::Unreadable)
}

fn fault_of(refusal: &Refusal) -> SyncFault {
    SyncFault::Refused(refusal.code().unwrap_or(RefusalCode::Other))
}

//! What every request of the API passes before its handler: media type, size, proof of seat.
//! The layer of `access` asks for the proof; a handler takes what it found.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use domain::ids::SigningKey;
use domain::moment::Moment;
use proof::envelope::MAX_ENVELOPE_BYTES;
use proof::request::{self, Proof, ProofFault, WINDOW_MS};
use sync::message::bundle::MEDIA_TYPE;
use sync::message::push::MAX_PUSH_BYTES;
use sync::message::receipt::{MAX_VAULT_BYTES, VAULT_MEDIA_TYPE};
use sync::message::refusal::RefusalCode;

use super::orders;
use super::refuse::ApiError;
use crate::clock;
use crate::headquarters::Headquarters;
use crate::store::people::{self, Seat};

/// The largest message that is not a push, in bytes.
const MAX_JSON_BYTES: usize = 256 * 1024;

/// The media type of messages that carry events.
pub(crate) const CBOR: &str = "application/cbor";
const JSON: &str = "application/json";

/// A JSON body of whoever asks.
pub(crate) struct Open(pub(crate) Bytes);

/// A locked vault of whoever sends one.
pub(crate) struct Vault(pub(crate) Bytes);

/// A request that a seat proved to be its own; it may be revoked.
#[derive(Clone)]
pub(crate) struct Proven {
    pub(crate) seat: Seat,
    pub(crate) body: Bytes,
    pub(crate) now: Moment,
}

impl Proven {
    /// The same, unless the seat is revoked.
    pub(crate) async fn not_revoked(self, headquarters: &Headquarters) -> Result<Self, ApiError> {
        match orders::give(headquarters, &self.seat, self.now).await? {
            None => Ok(self),
            Some(order) => Err(ApiError::Revoked(self.seat.id, Box::new(order))),
        }
    }
}

impl FromRequest<Arc<Headquarters>> for Open {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &Arc<Headquarters>) -> Result<Self, ApiError> {
        refuse_other_media(request.headers(), JSON)?;
        let (parts, body) = request.into_parts();
        read((&parts.headers, body), MAX_JSON_BYTES).await.map(Self)
    }
}

impl FromRequest<Arc<Headquarters>> for Vault {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &Arc<Headquarters>) -> Result<Self, ApiError> {
        refuse_other_media(request.headers(), VAULT_MEDIA_TYPE)?;
        let (parts, body) = request.into_parts();
        read((&parts.headers, body), MAX_VAULT_BYTES).await.map(Self)
    }
}

impl FromRequestParts<Arc<Headquarters>> for Proven {
    type Rejection = ApiError;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &Arc<Headquarters>,
    ) -> Result<Self, ApiError> {
        parts.extensions.remove::<Self>().ok_or_else(|| ProofFault::Shape.into())
    }
}

/// Reads a request that a seat has to have signed, and puts what it proved beside it.
pub(crate) async fn prove(
    headquarters: &Headquarters,
    request: Request,
) -> Result<Request, ApiError> {
    let proof = proof_in(request.headers())?;
    let form = Form::of(&request);
    form.refuse_other_media(request.headers())?;
    let (parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let (method, headers) = (parts.method.clone(), parts.headers.clone());
    let mut proven = Request::from_parts(parts, Body::empty());
    let body = read((&headers, body), form.limit_bytes()).await?;
    let seat = people::seat(headquarters.store.readers(), proof.seat).await?;
    let seat = seat.ok_or_else(|| unknown(&proof))?;
    let now = clock::now();
    let asked = request::Request { method: method.as_str(), path: &path, body: &body };
    verify(&proof, &asked, &seat.key, now)?;
    proven.extensions_mut().insert(Proven { seat, body, now });
    Ok(proven)
}

/// What kind of body a request has.
#[derive(Clone, Copy)]
enum Form {
    None,
    Json,
    Push,
    Bundle,
}

impl Form {
    fn of(request: &Request) -> Self {
        match request.uri().path() {
            _ if request.method() == Method::GET => Self::None,
            super::router::PUSH => Self::Push,
            super::router::BUNDLE => Self::Bundle,
            _ => Self::Json,
        }
    }

    fn limit_bytes(self) -> usize {
        match self {
            Self::None => 0,
            Self::Json => MAX_JSON_BYTES,
            Self::Push => MAX_PUSH_BYTES,
            Self::Bundle => MAX_ENVELOPE_BYTES,
        }
    }

    fn refuse_other_media(self, headers: &HeaderMap) -> Result<(), ApiError> {
        match self {
            Self::None => Ok(()),
            Self::Json => refuse_other_media(headers, JSON),
            Self::Push => refuse_other_media(headers, CBOR),
            Self::Bundle => refuse_other_media(headers, MEDIA_TYPE),
        }
    }
}

fn refuse_other_media(headers: &HeaderMap, expected: &str) -> Result<(), ApiError> {
    let named = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let essence = named.split(';').next().unwrap_or("").trim();
    if essence.eq_ignore_ascii_case(expected) {
        return Ok(());
    }
    let detail = format!("the body is `{essence}`; send `{expected}`");
    Err(ApiError::Refused(RefusalCode::UnsupportedMedia, detail))
}

/// Reads a body and stops at the limit. A length that is announced is believed at once.
async fn read((headers, body): (&HeaderMap, Body), limit_bytes: usize) -> Result<Bytes, ApiError> {
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let announced = length.and_then(|length| length.parse::<usize>().ok());
    let too_large = || {
        let detail = format!("the message is larger than {limit_bytes} bytes; send less at once");
        ApiError::Refused(RefusalCode::TooLarge, detail)
    };
    if announced.is_some_and(|bytes| bytes > limit_bytes) {
        return Err(too_large());
    }
    match axum::body::to_bytes(body, limit_bytes).await {
        Ok(bytes) => Ok(bytes),
        Err(error) if is_limit(&error) => Err(too_large()),
        Err(_) => Err(ApiError::malformed("the body ended early; send it again")),
    }
}

fn is_limit(error: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

fn proof_in(headers: &HeaderMap) -> Result<Proof, ApiError> {
    let header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    Ok(header.ok_or(ProofFault::Shape)?.parse::<Proof>()?)
}

fn unknown(proof: &Proof) -> ApiError {
    let detail = format!("seat {} is not known here; export, then enrol again", proof.seat);
    ApiError::Refused(RefusalCode::UnknownSeat, detail)
}

fn verify(
    proof: &Proof,
    asked: &request::Request<'_>,
    key: &SigningKey,
    now: Moment,
) -> Result<(), ApiError> {
    match proof.verify(asked, key, now) {
        Ok(()) => Ok(()),
        Err(ProofFault::Stale) => {
            tracing::debug!(window_ms = WINDOW_MS, "a tablet's clock is off");
            Err(ApiError::Stale(now))
        }
        Err(fault @ (ProofFault::Shape | ProofFault::Signature)) => Err(fault.into()),
    }
}

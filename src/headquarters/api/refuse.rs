//! One error for the whole API: one JSON envelope. Its cause is logged here, once, and never sent.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use domain::event::HeaderFault;
use domain::ids::SeatId;
use domain::moment::Moment;
use proof::chain::ChainFault;
use proof::envelope::OpenFault;
use proof::request::ProofFault;
use proof::word::Word;
use serde::Serialize;
use sync::admission::AdmissionFault;
use sync::message::MessageFault;
use sync::message::refusal::{Refusal, RefusalCode, RefusalDetail};

use crate::intake::IntakeFault;
use crate::limits::Wait;
use crate::requests;
use crate::store::StoreFault;

/// Why a request is not answered as asked.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// What was asked is at fault; the sentence is for the one who asked.
    Refused(RefusalCode, String),
    /// The proof was signed too far from this clock.
    Stale(Moment),
    /// The seat is revoked; the order to erase goes with it.
    Revoked(SeatId, Box<Word>),
    /// There is no room at the moment.
    ComeBack(Wait),
    /// Headquarters is at fault.
    Store(StoreFault),
}

/// What is sent: the refusal, and the id by which the log is searched for its cause.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    refusal: Refusal,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

impl ApiError {
    pub(crate) fn malformed(detail: impl ToString) -> Self {
        Self::Refused(RefusalCode::Malformed, detail.to_string())
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::Refused(RefusalCode::NotFound, format!("there is no {what} that this seat may see"))
    }

    fn refusal(&self) -> Refusal {
        match self {
            Self::Refused(code, detail) => Refusal::of(*code, detail.clone()),
            Self::Stale(now) => Refusal {
                errors: vec![RefusalDetail {
                    code: RefusalCode::StaleProof,
                    detail: ProofFault::Stale.to_string(),
                    now: Some(*now),
                    order: None,
                }],
            },
            Self::Revoked(seat, order) => Refusal {
                errors: vec![RefusalDetail {
                    code: RefusalCode::Revoked,
                    detail: format!("seat {seat} is revoked; it may still push what it has"),
                    now: None,
                    order: Some(order.to_string()),
                }],
            },
            Self::ComeBack(Wait::TooMany(seconds)) => Refusal::of(
                RefusalCode::TooMany,
                format!("too many requests from here; ask again in {seconds} s"),
            ),
            Self::ComeBack(Wait::Busy(seconds)) => Refusal::of(
                RefusalCode::Busy,
                format!("headquarters is busy and stored nothing; ask again in {seconds} s"),
            ),
            Self::Store(_) => Refusal::of(
                RefusalCode::Internal,
                "headquarters could not do this and stored nothing; ask again later",
            ),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let refusal = self.refusal();
        let code = refusal.code().unwrap_or(RefusalCode::Internal);
        match &self {
            Self::Store(fault) => tracing::error!(%fault, "a request failed"),
            Self::Refused(_, detail) => {
                tracing::info!(code = code.as_str(), detail, "a request was refused");
            }
            Self::Stale(_) | Self::Revoked(..) | Self::ComeBack(_) => {
                tracing::info!(code = code.as_str(), "a request was refused")
            }
        }
        let status = StatusCode::from_u16(code.status());
        let told = Told { refusal, request_id: requests::id() };
        let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match self {
            Self::ComeBack(wait) => {
                (status, [(RETRY_AFTER, wait.seconds())], Json(told)).into_response()
            }
            Self::Refused(..) | Self::Stale(_) | Self::Revoked(..) | Self::Store(_) => {
                (status, Json(told)).into_response()
            }
        }
    }
}

impl From<StoreFault> for ApiError {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl From<MessageFault> for ApiError {
    fn from(fault: MessageFault) -> Self {
        let code = match fault {
            MessageFault::TooLarge { .. } => RefusalCode::TooLarge,
            MessageFault::Cbor(_) | MessageFault::Shape(_) | MessageFault::TooManyEvents { .. } => {
                RefusalCode::Malformed
            }
        };
        Self::Refused(code, fault.to_string())
    }
}

impl From<AdmissionFault> for ApiError {
    fn from(fault: AdmissionFault) -> Self {
        let future = matches!(
            fault,
            AdmissionFault::Chain(ChainFault::Header { fault: HeaderFault::FutureVersion(_), .. })
        );
        let code = if future { RefusalCode::FutureVersion } else { RefusalCode::Malformed };
        Self::Refused(code, fault.to_string())
    }
}

impl From<IntakeFault> for ApiError {
    fn from(fault: IntakeFault) -> Self {
        match fault {
            IntakeFault::Envelope(OpenFault::TooLarge { .. }) => {
                Self::Refused(RefusalCode::TooLarge, fault.to_string())
            }
            IntakeFault::Envelope(
                OpenFault::Cbor(_)
                | OpenFault::Shape(_)
                | OpenFault::Context(_)
                | OpenFault::NotForThisKey
                | OpenFault::Changed,
            ) => Self::malformed(fault),
            IntakeFault::Message(fault) => fault.into(),
            IntakeFault::Admission(fault) => fault.into(),
            IntakeFault::Store(fault) => fault.into(),
        }
    }
}

impl From<ProofFault> for ApiError {
    fn from(fault: ProofFault) -> Self {
        Self::Refused(RefusalCode::Unproven, fault.to_string())
    }
}

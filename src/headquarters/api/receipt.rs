//! `POST /api/v1/receipt`: which of a seat's journals headquarters has on disk, under its
//! signature. A revoked seat erases what this covers, and nothing else.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use proof::erasure::{Covered, Receipt};
use sync::message::receipt::{AskReceipt, MAX_JOURNALS};

use super::asked::{CBOR, Proven};
use super::refuse::ApiError;
use crate::headquarters::Headquarters;
use crate::store::events;

pub(crate) async fn receipt(
    State(headquarters): State<Arc<Headquarters>>,
    Proven { seat, body, now }: Proven,
) -> Result<impl IntoResponse, ApiError> {
    let asked: AskReceipt = serde_json::from_slice(&body)
        .map_err(|e| ApiError::malformed(format!("the question cannot be read: {e}")))?;
    if asked.journals.len() > MAX_JOURNALS {
        let detail = format!("at most {MAX_JOURNALS} journals are asked about at once");
        return Err(ApiError::malformed(detail));
    }
    let mut journals = Vec::new();
    for end in &asked.journals {
        let (journal, tip) = (end.journal(), end.tip());
        if events::has(headquarters.store.readers(), journal, tip).await? {
            journals.push(Covered::new(journal, tip));
        }
    }
    let receipt = Receipt { seat: seat.id, at: now, epoch: headquarters.epoch(), journals };
    let word = headquarters.keyring.say(&receipt, now);
    Ok(([(CONTENT_TYPE, CBOR)], word.to_bytes()))
}

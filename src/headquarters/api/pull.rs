//! `POST /api/v1/pull`: what is new for a seat, as CBOR.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use sync::message::pull::Pull;

use super::asked::{CBOR, Proven};
use super::refuse::ApiError;
use crate::headquarters::Headquarters;
use crate::news;
use crate::store::{StoreFault, people};

/// How often a seat that only asks for news is noted as heard of, in milliseconds.
const TOUCH_EVERY_MS: i64 = 60_000;

pub(crate) async fn pull(
    State(headquarters): State<Arc<Headquarters>>,
    proven: Proven,
) -> Result<Response, ApiError> {
    let proven = proven.not_revoked()?;
    let pull: Pull = serde_json::from_slice(&proven.body)
        .map_err(|e| ApiError::malformed(format!("the pull cannot be read: {e}")))?;
    touch(&headquarters, &proven).await?;
    let store = &headquarters.store;
    let answer = news::answer(store, headquarters.epoch, proven.seat.person.id, &pull).await?;
    let answer = answer.ok_or_else(|| {
        ApiError::malformed("a cursor is not one that headquarters gave; ask without it")
    })?;
    Ok(([(CONTENT_TYPE, CBOR)], answer.to_bytes()).into_response())
}

async fn touch(headquarters: &Headquarters, proven: &Proven) -> Result<(), StoreFault> {
    let (seat, now) = (proven.seat.id, proven.now);
    if now.since_ms(proven.seat.last_contact) < TOUCH_EVERY_MS {
        return Ok(());
    }
    headquarters
        .store
        .write(move |tx| Box::pin(async move { people::touch(tx, seat, now).await }))
        .await
}

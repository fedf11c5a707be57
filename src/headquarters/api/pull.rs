//! `POST /api/v1/pull`: what is new for a seat, as CBOR.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use sync::message::pull::{Pull, PullAnswer};

use super::asked::{CBOR, Proven};
use super::refuse::ApiError;
use crate::headquarters::Headquarters;
use crate::news::{self, News};
use crate::store::{StoreFault, people};

pub(crate) async fn pull(
    State(headquarters): State<Arc<Headquarters>>,
    proven: Proven,
) -> Result<Response, ApiError> {
    let proven = proven.not_revoked(&headquarters).await?;
    let pull: Pull = serde_json::from_slice(&proven.body)
        .map_err(|e| ApiError::malformed(format!("the pull cannot be read: {e}")))?;
    touch(&headquarters, &proven).await?;
    let answer = answer(&headquarters, &proven, &pull).await?;
    Ok(([(CONTENT_TYPE, CBOR)], answer.to_bytes()).into_response())
}

/// The answer; where headquarters has forgotten something, that of the new life which begins.
async fn answer(
    headquarters: &Headquarters,
    proven: &Proven,
    pull: &Pull,
) -> Result<PullAnswer, ApiError> {
    let (store, person) = (&headquarters.store, proven.seat.person.id);
    let mut cursors = headquarters.cursors();
    let mut news = news::answer(store, &cursors, person, pull).await?;
    if news == News::Forgotten {
        headquarters.begin_again(cursors.epoch).await?;
        cursors = headquarters.cursors();
        news = news::answer(store, &cursors, person, pull).await?;
    }
    match news {
        News::Answer(answer) => Ok(answer),
        News::NoCursor | News::Forgotten => {
            Err(ApiError::malformed("a cursor is not one that headquarters gave; ask without it"))
        }
    }
}

async fn touch(headquarters: &Headquarters, proven: &Proven) -> Result<(), StoreFault> {
    let (seat, now) = (proven.seat.id, proven.now);
    if !proven.seat.is_news(now) {
        return Ok(());
    }
    headquarters
        .store
        .write(move |tx| Box::pin(async move { people::touch(tx, seat, now).await }))
        .await
}

//! `POST /api/v1/bundle`: a file that a colleague sealed to headquarters, carried by any seat.
//! Answered like a push; the carrier cannot read it and needs no right to what is inside.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use sync::message::push::PushAnswer;

use super::asked::Proven;
use super::push;
use super::refuse::ApiError;
use crate::headquarters::Headquarters;
use crate::intake;

pub(crate) async fn bundle(
    State(headquarters): State<Arc<Headquarters>>,
    Proven { seat, body, now }: Proven,
) -> Result<Json<PushAnswer>, ApiError> {
    let parts = intake::open_bundle(&body, &headquarters.keyring.envelope())?;
    push::take(&headquarters, parts, (&seat, now)).await
}

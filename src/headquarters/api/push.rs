//! `POST /api/v1/push`: any journals, also a colleague's. Answered after the commit.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use sync::message::push::{Part, Push, PushAnswer};

use super::asked::Proven;
use super::refuse::ApiError;
use crate::headquarters::Headquarters;
use crate::intake;
use crate::store::meta;
use crate::store::people::Seat;

pub(crate) async fn push(
    State(headquarters): State<Arc<Headquarters>>,
    Proven { seat, body, now }: Proven,
) -> Result<Json<PushAnswer>, ApiError> {
    let push = Push::from_bytes(&body)?;
    take(&headquarters, push.parts, (&seat, now)).await
}

/// Takes parts that a seat brought, however they came.
pub(super) async fn take(
    headquarters: &Headquarters,
    parts: Vec<Part>,
    (carrier, now): (&Seat, domain::moment::Moment),
) -> Result<Json<PushAnswer>, ApiError> {
    let Headquarters { store, keys, .. } = headquarters;
    let heard_of = carrier.is_news(now).then_some(carrier.id);
    let taken = intake::take(store, keys, parts, (heard_of, now)).await?;
    headquarters.metrics.received(taken.events);
    let durable_through = meta::durable_through(store.readers()).await?;
    let (epoch, journals) = (headquarters.epoch(), taken.answers);
    Ok(Json(PushAnswer { epoch, journals, durable_through }))
}

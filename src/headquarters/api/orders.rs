//! `GET /api/v1/orders/{seat}`: the order to erase for a seat, for a tablet that cannot prove to be
//! that seat because its vault is locked. It tells nothing but that the seat is revoked.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use domain::ids::SeatId;
use domain::moment::Moment;
use proof::erasure::EraseOrder;
use proof::word::Word;

use super::asked::CBOR;
use super::refuse::ApiError;
use crate::audit::{self, Act};
use crate::clock;
use crate::headquarters::Headquarters;
use crate::store::people::{self, Seat};
use crate::store::{self, StoreFault};

pub(crate) async fn order(
    State(headquarters): State<Arc<Headquarters>>,
    Path(seat): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let seat: SeatId = seat.parse().map_err(ApiError::malformed)?;
    let seat = people::seat(headquarters.store.readers(), seat).await?;
    let not_found = || ApiError::not_found("order for this seat");
    let word = give(&headquarters, &seat.ok_or_else(not_found)?, clock::now()).await?;
    let word = word.ok_or_else(not_found)?;
    Ok(([(CONTENT_TYPE, CBOR)], word.to_bytes()))
}

/// The order for a seat that is revoked. That it was given is noted once for each seat: a tablet
/// asks again and again.
///
/// # Errors
/// See [`StoreFault`].
pub(super) async fn give(
    headquarters: &Headquarters,
    seat: &Seat,
    now: Moment,
) -> Result<Option<Word>, StoreFault> {
    let Some(revocation) = &seat.revocation else { return Ok(None) };
    let object = seat.id.to_string();
    let store = &headquarters.store;
    if !store::audit::is_noted(store.readers(), Act::EraseOrderGiven, &object).await? {
        let note = store.write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move { audit::note(tx, None, Act::EraseOrderGiven, &object, "").await })
        });
        note.await?;
    }
    let order = EraseOrder { seat: seat.id, at: revocation.at };
    Ok(Some(headquarters.keyring.say(&order, now)))
}

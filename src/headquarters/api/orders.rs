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
use crate::clock;
use crate::headquarters::Headquarters;
use crate::store::people::{self, Seat};

pub(crate) async fn order(
    State(headquarters): State<Arc<Headquarters>>,
    Path(seat): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    let seat: SeatId = seat.parse().map_err(ApiError::malformed)?;
    let seat = people::seat(headquarters.store.readers(), seat).await?;
    let word = seat.and_then(|seat| order_for(&headquarters, &seat, clock::now()));
    let word = word.ok_or_else(|| ApiError::not_found("order for this seat"))?;
    Ok(([(CONTENT_TYPE, CBOR)], word.to_bytes()))
}

/// The order for a seat that is revoked.
pub(super) fn order_for(headquarters: &Headquarters, seat: &Seat, now: Moment) -> Option<Word> {
    let revocation = seat.revocation.as_ref()?;
    let order = EraseOrder { seat: seat.id, at: revocation.at };
    Some(headquarters.keyring.say(&order, now))
}

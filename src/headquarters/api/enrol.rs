//! `POST /api/v1/enrol`: an invitation becomes a seat. The same key may ask again for an hour, and
//! gets the same seat.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use proof::seat::seat_of;
use sync::message::enrol::{Enrol, Enrolled};
use sync::message::refusal::RefusalCode;

use super::asked::Open;
use super::refuse::ApiError;
use crate::clock;
use crate::headquarters::Headquarters;
use crate::identity::noted::{Act, noted};
use crate::ledger;
use crate::store::invitations::{self, Opens};
use crate::store::people::{self, Seat};
use crate::store::{self, Tx};

pub(crate) async fn enrol(
    State(headquarters): State<Arc<Headquarters>>,
    Open(body): Open,
) -> Result<Json<Enrolled>, ApiError> {
    let enrol: Enrol = serde_json::from_slice(&body)
        .map_err(|e| ApiError::malformed(format!("the enrolment cannot be read: {e}")))?;
    let keys = headquarters.keys.clone();
    let seat = headquarters
        .store
        .write(move |tx| Box::pin(async move { seat_for(tx, &keys, enrol).await }))
        .await?;
    tracing::info!(seat.id = %seat.id, "a seat enrolled");
    let escrow = store::keys::escrow(headquarters.store.readers()).await?;
    Ok(Json(Enrolled {
        seat: seat.id,
        person: seat.person.id,
        name: seat.person.name,
        headquarters: headquarters.seats.clone(),
        epoch: headquarters.epoch(),
        escrow,
    }))
}

async fn seat_for(
    tx: &mut Tx,
    keys: &proof::sign::KeyPair,
    enrol: Enrol,
) -> Result<Seat, ApiError> {
    let invited = invitations::invited(&mut *tx, &enrol.code, Opens::Seat).await?;
    let person = invited.ok_or_else(spent)?;
    let (id, now) = (seat_of(&enrol.signing_key), clock::now());
    // The seat that took it asks again where the answer was lost; no other ever may.
    if !invitations::take(&mut *tx, &enrol.code, id, now).await? {
        return Err(spent());
    }
    if let Some(seat) = people::seat(&mut *tx, id).await? {
        return if seat.person == person { Ok(seat) } else { Err(spent()) };
    }
    let seat = Seat {
        id,
        person,
        key: enrol.signing_key,
        envelope: enrol.envelope_key,
        app: enrol.app.chars().take(200).collect(),
        enrolled_at: now,
        last_contact: now,
        revocation: None,
    };
    people::add_seat(&mut *tx, &seat).await?;
    let (object, detail) = (seat.id.to_string(), seat.person.id.to_string());
    noted(&mut *tx, None, Act::InvitationTaken, &object, &detail).await?;
    ledger::introduce(tx, keys, &seat, now).await?;
    Ok(seat)
}

/// One answer for a code that never existed and one that is used up: codes cannot be probed.
fn spent() -> ApiError {
    let detail =
        "the invitation was used, has expired or never existed; ask headquarters for another";
    ApiError::Refused(RefusalCode::InvitationSpent, detail.to_owned())
}

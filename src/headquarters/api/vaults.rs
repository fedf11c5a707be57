//! `POST /api/v1/vaults`: the locked vault of a revoked seat, kept as it came. Answered with a
//! signed receipt after the commit; without one the tablet erases nothing.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use domain::ids::{SeatId, to_hex};
use proof::erasure::VaultReceipt;
use proof::hash::sha256;
use proof::vault::file::SealedVault;
use sync::message::refusal::RefusalCode;

use super::asked::{CBOR, Vault};
use super::refuse::ApiError;
use crate::audit::{self, Act};
use crate::clock;
use crate::headquarters::Headquarters;
use crate::store::{people, vaults};

/// The most vaults that are kept of one seat: whoever knows a seat's name can send some.
const MAX_VAULTS: u64 = 8;

pub(crate) async fn vault(
    State(headquarters): State<Arc<Headquarters>>,
    Vault(body): Vault,
) -> Result<impl IntoResponse, ApiError> {
    let seat = seat_of(body.clone()).await?;
    refuse_unless_revoked(&headquarters, seat).await?;
    let (hash, now) = (sha256(&body), clock::now());
    let at = headquarters
        .store
        .write(move |tx| {
            Box::pin(async move {
                if let Some(at) = vaults::arrived_at(&mut *tx, &hash).await? {
                    return Ok(at);
                }
                if vaults::count_of(&mut *tx, seat).await? >= MAX_VAULTS {
                    let detail = "headquarters has enough vaults of this seat; call it";
                    return Err(ApiError::Refused(RefusalCode::Busy, detail.to_owned()));
                }
                vaults::keep(&mut *tx, (&hash, seat), &body, now).await?;
                let (vault, of) = (to_hex(&hash), seat.to_string());
                audit::note(tx, None, Act::SealedVaultReceived, &vault, &of).await?;
                Ok(now)
            })
        })
        .await?;
    tracing::info!(seat.id = %seat, "the locked vault of a revoked seat arrived");
    let word = headquarters.keyring.say(&VaultReceipt { seat, at, sha256: hash }, now);
    Ok(([(CONTENT_TYPE, CBOR)], word.to_bytes()))
}

/// Whose vault it says it is. Checking megabytes would keep other requests waiting.
async fn seat_of(body: Bytes) -> Result<SeatId, ApiError> {
    let read = tokio::task::spawn_blocking(move || SealedVault::from_bytes(&body)).await;
    let vault = read.map_err(ApiError::malformed)?.map_err(ApiError::malformed)?;
    let unnamed = || ApiError::malformed("the vault names no seat");
    vault.seat.ok_or_else(unnamed)
}

async fn refuse_unless_revoked(headquarters: &Headquarters, seat: SeatId) -> Result<(), ApiError> {
    let seat = people::seat(headquarters.store.readers(), seat).await?;
    let revoked = seat.is_some_and(|seat| seat.revocation.is_some());
    revoked.then_some(()).ok_or_else(|| ApiError::not_found("revoked seat with this vault"))
}

//! `GET /api/v1/packs` and `GET /api/v1/packs/{sha256}`: which packs there are; each never changes.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::ids::PackHash;
use sync::message::packs::{PackAnswer, PackList, Retention};

use super::asked::{CBOR, Proven};
use super::refuse::ApiError;
use crate::headquarters::Headquarters;
use crate::retention::Kind;
use crate::store::{self, retention};

pub(crate) async fn list(
    State(headquarters): State<Arc<Headquarters>>,
    proven: Proven,
) -> Result<Json<PackAnswer>, ApiError> {
    proven.not_revoked(&headquarters).await?;
    let db = headquarters.store.readers();
    let packs = store::packs::list(db).await?;
    let retention = Retention {
        records_days: retention::of(db, Kind::TabletRecords).await?.days,
        evidence_days: retention::of(db, Kind::TabletEvidence).await?.days,
    };
    Ok(Json(PackAnswer { list: PackList { packs }, retention: Some(retention) }))
}

pub(crate) async fn one(
    State(headquarters): State<Arc<Headquarters>>,
    Path(hash): Path<String>,
    proven: Proven,
) -> Result<Response, ApiError> {
    proven.not_revoked(&headquarters).await?;
    let hash: PackHash = hash.parse().map_err(ApiError::malformed)?;
    let bytes = store::packs::bytes(headquarters.store.readers(), hash).await?;
    let bytes = bytes.ok_or_else(|| ApiError::not_found("pack"))?;
    // The tablet keeps it in its vault; a browser's own cache would keep it in clear.
    let headers = [(CONTENT_TYPE, CBOR), (CACHE_CONTROL, "no-store")];
    Ok((headers, bytes).into_response())
}

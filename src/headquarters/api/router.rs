//! Every address of headquarters, on one screen.

use std::sync::Arc;

use axum::Router;
use axum::response::IntoResponse;
use axum::routing::{get, post};

use super::refuse::ApiError;
use super::{bundle, enrol, packs, pull, push};
use crate::headquarters::Headquarters;
use crate::{headers, office, ops, requests, tablet_app};

pub(crate) const PUSH: &str = "/api/v1/push";
pub(crate) const BUNDLE: &str = "/api/v1/bundle";
pub(crate) const PULL: &str = "/api/v1/pull";

/// What inspectors and the office reach.
pub fn router(headquarters: Arc<Headquarters>) -> Router {
    let router = Router::new()
        .route("/api/v1/enrol", post(enrol::enrol))
        .route(PUSH, post(push::push))
        .route(BUNDLE, post(bundle::bundle))
        .route(PULL, post(pull::pull))
        .route("/api/v1/packs", get(packs::list))
        .route("/api/v1/packs/{sha256}", get(packs::one))
        .route("/api/{*rest}", get(no_such).post(no_such))
        .route("/office", get(office::dashboard::page))
        .route("/office/enter", get(office::enter::enter))
        .route("/office/sign-in", get(office::enter::sign_in))
        .route("/office/leave", post(office::enter::leave))
        .route("/office/language", get(office::language::choose))
        .route("/office/theme", get(office::theme::choose))
        .route("/office/office.css", get(office::style::sheet))
        .route("/office/style", get(office::gallery::page))
        .route("/office/seats", get(office::seats::page).post(office::seats::revoke))
        .route("/office/held", get(office::held::page).post(office::held::decide))
        .route("/office/backup", get(office::backup::page))
        .route("/office/inspections", get(office::lists::inspections::page))
        .route("/office/inspections.csv", get(office::lists::inspections::csv))
        .route("/office/inspections.xlsx", get(office::lists::inspections::xlsx))
        .route("/office/findings", get(office::lists::findings::page))
        .route("/office/findings.csv", get(office::lists::findings::csv))
        .route("/office/findings.xlsx", get(office::lists::findings::xlsx))
        .route("/office/remedies", get(office::lists::remedies::page))
        .route("/office/remedies.csv", get(office::lists::remedies::csv))
        .route("/office/remedies.xlsx", get(office::lists::remedies::xlsx))
        .route("/office/inspections/new", get(office::plan::form).post(office::plan::open))
        .route("/office/inspections/{id}", get(office::inspection::page))
        .route("/office/inspections/{id}/timeline", get(office::timeline::page))
        .route(
            "/office/inspections/{id}/remedies/{finding}",
            get(office::remedy::page).post(office::remedy::follow),
        )
        .route(
            "/office/inspections/{id}/inspection-minutes",
            get(office::papers::inspection_minutes_page),
        )
        .route(
            "/office/inspections/{id}/violation-record",
            get(office::papers::violation_record_page),
        )
        .route("/office/inspections/{id}/team", post(office::team::change))
        .route("/office/inspections/{id}/findings.csv", get(office::csv::findings))
        .route("/office/inspections/{id}/answers.csv", get(office::csv::answers))
        .fallback(tablet_app::serve)
        .layer(axum::middleware::from_fn(headers::protect))
        .with_state(headquarters.clone());
    requests::watch(router, headquarters)
}

/// What those who run it reach, on an address of its own.
pub fn ops_router(headquarters: Arc<Headquarters>) -> Router {
    Router::new()
        .route("/healthz", get(ops::healthz))
        .route("/readyz", get(ops::readyz))
        .route("/metrics", get(ops::metrics))
        .with_state(headquarters)
}

async fn no_such() -> impl IntoResponse {
    ApiError::not_found("such address")
}

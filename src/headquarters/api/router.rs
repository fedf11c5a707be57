//! Every address of headquarters, on one screen.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Extension, Router};
use utoipa::openapi::path::Paths;

use super::addresses::Addresses;
use super::document::{self, office as o, tablets as t};
use super::refuse::ApiError;
use super::{bundle, enrol, orders, packs, pull, push, receipt, vaults};
use crate::headquarters::Headquarters;
use crate::office::lists;
use crate::{headers, office, ops, requests, tablet_app};

pub(crate) const PUSH: &str = "/api/v1/push";
pub(crate) const BUNDLE: &str = "/api/v1/bundle";
pub(crate) const PULL: &str = "/api/v1/pull";

/// What inspectors and the office reach.
pub fn router(headquarters: Arc<Headquarters>) -> Router {
    let (routes, paths) = addresses().into_parts();
    let document = Document::new(paths);
    let router = routes
        .route("/api/{*rest}", get(no_such).post(no_such))
        .route("/office/{*rest}", get(office::trouble::no_such_page))
        .fallback(tablet_app::serve)
        .layer(axum::middleware::from_fn_with_state(headquarters.clone(), office::trouble::frame))
        .layer(Extension(document))
        .layer(axum::middleware::from_fn(headers::protect))
        .with_state(headquarters.clone());
    requests::watch(router, headquarters)
}

/// Every address with what is said of it in the document.
#[rustfmt::skip]
fn addresses() -> Addresses {
    Addresses::new()
        .get("/api/v1/openapi.json", described, t::document())
        .post("/api/v1/enrol", enrol::enrol, t::enrol())
        .post(PUSH, push::push, t::push())
        .post(BUNDLE, bundle::bundle, t::bundle())
        .post(PULL, pull::pull, t::pull())
        .post("/api/v1/receipt", receipt::receipt, t::receipt())
        .get("/api/v1/orders/{seat}", orders::order, t::order())
        .post("/api/v1/vaults", vaults::vault, t::vault())
        .get("/api/v1/packs", packs::list, t::packs())
        .get("/api/v1/packs/{sha256}", packs::one, t::pack())
        .get("/office", office::dashboard::page, o::page("What needs attention"))
        .get("/office/enter", office::enter::enter, o::enter())
        .get("/office/sign-in", office::enter::sign_in, o::sign_in())
        .post("/office/leave", office::enter::leave, o::leave())
        .get("/office/language", office::language::choose, o::language())
        .get("/office/theme", office::theme::choose, o::theme())
        .get("/office/office.css", office::style::sheet, o::sheet())
        .get("/office/style", office::gallery::page, o::page("Every part of the pages"))
        .get("/office/seats", office::seats::page, o::page("Seats and when they were heard of"))
        .get("/office/seats.csv", office::seats::file, o::table_csv("Seats"))
        .get("/office/seats.xlsx", office::seats::file, o::table_xlsx("Seats"))
        .post("/office/seats", office::seats::revoke, o::revoke())
        .get("/office/held", office::held::page, o::held())
        .get("/office/held.csv", office::held::file, o::table_csv("Held events"))
        .get("/office/held.xlsx", office::held::file, o::table_xlsx("Held events"))
        .post("/office/held", office::held::decide, o::judge())
        .get("/office/backup", office::backup::page, o::page("What is in a backup"))
        .get("/office/inspections", lists::inspections::page, o::list("Inspections"))
        .get("/office/inspections.csv", lists::inspections::file, o::list_csv("Inspections"))
        .get("/office/inspections.xlsx", lists::inspections::file, o::list_xlsx("Inspections"))
        .get("/office/findings", lists::findings::page, o::list("Findings"))
        .get("/office/findings.csv", lists::findings::file, o::list_csv("Findings"))
        .get("/office/findings.xlsx", lists::findings::file, o::list_xlsx("Findings"))
        .get("/office/remedies", lists::remedies::page, o::list("Remedies"))
        .get("/office/remedies.csv", lists::remedies::file, o::list_csv("Remedies"))
        .get("/office/remedies.xlsx", lists::remedies::file, o::list_xlsx("Remedies"))
        .get("/office/inspections/new", office::plan::form, o::plan())
        .post("/office/inspections/new", office::plan::open, o::open())
        .get("/office/inspections/{id}", office::inspection::page, o::page_of_one("An inspection"))
        .get("/office/inspections/{id}/timeline", office::timeline::page, o::timeline())
        .get("/office/inspections/{id}/timeline.csv", office::timeline::files::file, o::timeline_csv())
        .get("/office/inspections/{id}/timeline.xlsx", office::timeline::files::file, o::timeline_xlsx())
        .get("/office/inspections/{id}/remedies/{finding}", office::remedy::page, o::page_of_one("A remedy"))
        .post("/office/inspections/{id}/remedies/{finding}", office::remedy::follow.layer(with_files()), o::follow())
        .get("/office/pieces/{sha256}", office::pieces::one, o::piece())
        .get("/office/inspections/{id}/inspection-minutes", office::papers::inspection_minutes_page, o::page_of_one("The inspection minutes"))
        .get("/office/inspections/{id}/violation-record", office::papers::violation_record_page, o::page_of_one("The violation record"))
        .get("/office/inspections/{id}/plan", office::plan::correct::page, o::correction())
        .post("/office/inspections/{id}/plan", office::plan::correct::correct, o::correct())
        .post("/office/inspections/{id}/cancel", office::plan::correct::cancel, o::cancel())
        .post("/office/inspections/{id}/team", office::team::change, o::team())
        .get("/office/inspections/{id}/findings.csv", office::sheets::findings, o::csv_of_one("The findings of an inspection"))
        .get("/office/inspections/{id}/findings.xlsx", office::sheets::findings, o::xlsx_of_one("The findings of an inspection"))
        .get("/office/inspections/{id}/answers.csv", office::sheets::answers, o::csv_of_one("The answers of an inspection"))
        .get("/office/inspections/{id}/answers.xlsx", office::sheets::answers, o::xlsx_of_one("The answers of an inspection"))
}

/// The OpenAPI document as it is sent.
#[derive(Clone)]
struct Document(Arc<str>);

impl Document {
    #[expect(clippy::expect_used, reason = "plain data in memory is always written")]
    fn new(paths: Paths) -> Self {
        let written = document::of(paths).to_pretty_json().expect("it is plain data");
        Self(written.into())
    }
}

async fn described(Extension(Document(text)): Extension<Document>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], text.to_string())
}

/// What those who run it reach, on an address of its own.
pub fn ops_router(headquarters: Arc<Headquarters>) -> Router {
    Router::new()
        .route("/healthz", get(ops::healthz))
        .route("/readyz", get(ops::readyz))
        .route("/metrics", get(ops::metrics))
        .with_state(headquarters)
}

/// A form with files is longer than any other.
fn with_files() -> DefaultBodyLimit {
    DefaultBodyLimit::max(office::upload::MAX_FORM_BYTES)
}

async fn no_such() -> impl IntoResponse {
    ApiError::not_found("such address")
}

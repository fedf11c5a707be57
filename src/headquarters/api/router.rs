//! Every address of headquarters, on one screen.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::{Extension, Router};
use utoipa::openapi::path::Paths;

use super::addresses::Addresses;
use super::document::{self, office as o, tablets as t};
use super::refuse::ApiError;
use super::{bundle, enrol, orders, packs, pull, push, receipt, vaults};
use crate::access::{self, Door, Gate, Right, Route, Rule, Rules};
use crate::headquarters::Headquarters;
use crate::office::lists;
use crate::{headers, office, ops, requests, tablet_app};

pub(crate) const PUSH: &str = "/api/v1/push";
pub(crate) const BUNDLE: &str = "/api/v1/bundle";
pub(crate) const PULL: &str = "/api/v1/pull";

/// What inspectors and the office reach.
pub fn router(headquarters: Arc<Headquarters>) -> Router {
    let (routes, paths, rules) = everywhere().into_parts();
    let document = Document::new(paths);
    // The last layer is the first to see a request.
    let router = routes
        .fallback(tablet_app::serve)
        .layer(from_fn_with_state(headquarters.clone(), office::trouble::frame))
        .layer(from_fn_with_state(gate(&headquarters, &rules, Door::Everyone), access::guard))
        .layer(Extension(document))
        .layer(from_fn_with_state(headquarters.clone(), headers::protect))
        .with_state(headquarters.clone());
    requests::watch(router, headquarters)
}

fn gate(headquarters: &Arc<Headquarters>, rules: &[Route], door: Door) -> Gate {
    let rules = Arc::new(Rules::of(rules));
    Gate { headquarters: headquarters.clone(), rules, door }
}

/// Every route with its rule, those of the operators last.
pub fn routes() -> Vec<Route> {
    let (_, _, mut routes) = everywhere().into_parts();
    routes.extend(for_operators().into_parts().2);
    routes
}

/// Every address of inspectors and the office; where nothing is, anyone may hear so.
fn everywhere() -> Addresses {
    addresses()
        .get_untold("/api/{*rest}", Rule::Public, no_such)
        .post_untold("/api/{*rest}", Rule::Public, no_such)
        .get_untold("/office/{*rest}", Rule::Public, office::trouble::no_such_page)
}

/// Every address with who may ask, and with what is said of it in the document.
#[rustfmt::skip]
fn addresses() -> Addresses {
    Addresses::new()
        .get("/api/v1/openapi.json", Rule::Public, described, t::document())
        .post("/api/v1/enrol", Rule::Public, enrol::enrol, t::enrol())
        .post(PUSH, Rule::Seat, push::push, t::push())
        .post(BUNDLE, Rule::Seat, bundle::bundle, t::bundle())
        .post(PULL, Rule::Seat, pull::pull, t::pull())
        .post("/api/v1/receipt", Rule::Seat, receipt::receipt, t::receipt())
        .get("/api/v1/orders/{seat}", Rule::Public, orders::order, t::order())
        .post("/api/v1/vaults", Rule::Public, vaults::vault, t::vault())
        .get("/api/v1/packs", Rule::Seat, packs::list, t::packs())
        .get("/api/v1/packs/{sha256}", Rule::Seat, packs::one, t::pack())
        .get("/office", Rule::Session(Right::Enter), office::dashboard::page, o::page("What needs attention"))
        .get("/office/enter", Rule::Public, office::enter::page, o::enter())
        .post("/office/enter", Rule::Public, office::enter::finish, o::set_up())
        .get("/office/sign-in", Rule::Public, office::sign_in::page, o::sign_in_page())
        .post("/office/sign-in", Rule::Public, office::sign_in::enter, o::sign_in())
        .post("/office/leave", Rule::Public, office::sign_in::leave, o::leave())
        .get("/office/language", Rule::Public, office::language::choose, o::language())
        .get("/office/theme", Rule::Public, office::theme::choose, o::theme())
        .get("/office/office.css", Rule::Public, office::style::sheet, o::sheet())
        .get("/office/style", Rule::Session(Right::Enter), office::gallery::page, o::page("Every part of the pages"))
        .get("/office/seats", Rule::Session(Right::ReadSeats), office::seats::page, o::page("Seats and when they were heard of"))
        .get("/office/seats.csv", Rule::Session(Right::ReadSeats), office::seats::file, o::table_csv("Seats"))
        .get("/office/seats.xlsx", Rule::Session(Right::ReadSeats), office::seats::file, o::table_xlsx("Seats"))
        .post("/office/seats", Rule::Session(Right::ManageSeats), office::seats::revoke, o::revoke())
        .get("/office/account", Rule::Session(Right::Enter), office::account::page, o::page("One's own sessions and way to sign in"))
        .post("/office/account/passphrase", Rule::Session(Right::Enter), office::account::passphrase, o::own_passphrase())
        .get("/office/account/codes", Rule::Session(Right::Enter), office::account::codes_form, o::own_codes_form())
        .post("/office/account/codes", Rule::Session(Right::Enter), office::account::codes, o::own_codes())
        .post("/office/account/recovery", Rule::Session(Right::Enter), office::account::recovery, o::own_recovery())
        .post("/office/account/sessions", Rule::Session(Right::Enter), office::account::sessions, o::own_sessions())
        .get("/office/people", Rule::Session(Right::ReadPeople), office::people::page, o::page("Who works here, as what and where"))
        .get("/office/people.csv", Rule::Session(Right::ReadPeople), office::people::file, o::table_csv("People"))
        .get("/office/people.xlsx", Rule::Session(Right::ReadPeople), office::people::file, o::table_xlsx("People"))
        .post("/office/people", Rule::Session(Right::ManagePeople), office::people::add, o::add_person())
        .get("/office/people/{id}", Rule::Session(Right::ReadPeople), office::people::one::page, o::person())
        .post("/office/people/{id}", Rule::Session(Right::ManagePeople), office::people::one::change, o::change_person())
        .post("/office/people/{id}/reset", Rule::Session(Right::ManagePeople), office::people::one::reset, o::reset_person())
        .post("/office/people/{id}/leave", Rule::Session(Right::ManagePeople), office::people::one::leave, o::person_leaves())
        .get("/office/units", Rule::Session(Right::ReadPeople), office::units::page, o::page("The units of the organisation"))
        .get("/office/units.csv", Rule::Session(Right::ReadPeople), office::units::file, o::table_csv("Units"))
        .get("/office/units.xlsx", Rule::Session(Right::ReadPeople), office::units::file, o::table_xlsx("Units"))
        .post("/office/units", Rule::Session(Right::ManagePeople), office::units::change, o::change_units())
        .get("/office/invitations", Rule::Session(Right::ReadPeople), office::invitations::page, o::page("Invitations that nobody has used yet"))
        .get("/office/invitations.csv", Rule::Session(Right::ReadPeople), office::invitations::file, o::table_csv("Invitations"))
        .get("/office/invitations.xlsx", Rule::Session(Right::ReadPeople), office::invitations::file, o::table_xlsx("Invitations"))
        .post("/office/invitations", Rule::Session(Right::ManagePeople), office::invitations::give, o::give_invitation())
        .post("/office/invitations/take-back", Rule::Session(Right::ManagePeople), office::invitations::take_back, o::take_back_invitation())
        .get("/office/held", Rule::Session(Right::ReadHeld), office::held::page, o::held())
        .get("/office/held.csv", Rule::Session(Right::ReadHeld), office::held::file, o::table_csv("Held events"))
        .get("/office/held.xlsx", Rule::Session(Right::ReadHeld), office::held::file, o::table_xlsx("Held events"))
        .post("/office/held", Rule::Session(Right::Judge), office::held::decide, o::judge())
        .get("/office/retention", Rule::Session(Right::ReadRetention), office::retention::page, o::page("How long records are kept"))
        .post("/office/retention", Rule::Session(Right::SetRetention), office::retention::set, o::set_retention())
        .get("/office/audit", Rule::Session(Right::ReadAudit), office::audit::page, o::audit())
        .get("/office/audit.csv", Rule::Session(Right::ReadAudit), office::audit::file, o::audit_csv())
        .get("/office/audit.xlsx", Rule::Session(Right::ReadAudit), office::audit::file, o::audit_xlsx())
        .get("/office/backup", Rule::Session(Right::ReadBackup), office::backup::page, o::page("What is in a backup"))
        .get("/office/inspections", Rule::Session(Right::ListInspections), lists::inspections::page, o::list("Inspections"))
        .get("/office/inspections.csv", Rule::Session(Right::ListInspections), lists::inspections::file, o::list_csv("Inspections"))
        .get("/office/inspections.xlsx", Rule::Session(Right::ListInspections), lists::inspections::file, o::list_xlsx("Inspections"))
        .get("/office/findings", Rule::Session(Right::ReadFindings), lists::findings::page, o::list("Findings"))
        .get("/office/findings.csv", Rule::Session(Right::ReadFindings), lists::findings::file, o::list_csv("Findings"))
        .get("/office/findings.xlsx", Rule::Session(Right::ReadFindings), lists::findings::file, o::list_xlsx("Findings"))
        .get("/office/remedies", Rule::Session(Right::ReadFindings), lists::remedies::page, o::list("Remedies"))
        .get("/office/remedies.csv", Rule::Session(Right::ReadFindings), lists::remedies::file, o::list_csv("Remedies"))
        .get("/office/remedies.xlsx", Rule::Session(Right::ReadFindings), lists::remedies::file, o::list_xlsx("Remedies"))
        .get("/office/inspections/new", Rule::Session(Right::Plan), office::plan::form, o::plan())
        .post("/office/inspections/new", Rule::Session(Right::Plan), office::plan::open, o::open())
        .get("/office/inspections/{id}", Rule::Session(Right::ReadFindings), office::inspection::page, o::page_of_one("An inspection"))
        .get("/office/inspections/{id}/timeline", Rule::Session(Right::ReadFindings), office::timeline::page, o::timeline())
        .get("/office/inspections/{id}/timeline.csv", Rule::Session(Right::ReadFindings), office::timeline::files::file, o::timeline_csv())
        .get("/office/inspections/{id}/timeline.xlsx", Rule::Session(Right::ReadFindings), office::timeline::files::file, o::timeline_xlsx())
        .get("/office/inspections/{id}/remedies/{finding}", Rule::Session(Right::ReadFindings), office::remedy::page, o::page_of_one("A remedy"))
        .post("/office/inspections/{id}/remedies/{finding}", Rule::Session(Right::Follow), office::remedy::follow.layer(with_files()), o::follow())
        .get("/office/pieces/{sha256}", Rule::Session(Right::ReadEvidence), office::pieces::one, o::piece())
        .get("/office/inspections/{id}/inspection-minutes", Rule::Session(Right::ReadFindings), office::papers::inspection_minutes_page, o::page_of_one("The inspection minutes"))
        .get("/office/inspections/{id}/violation-record", Rule::Session(Right::ReadFindings), office::papers::violation_record_page, o::page_of_one("The violation record"))
        .get("/office/inspections/{id}/plan", Rule::Session(Right::Plan), office::plan::correct::page, o::correction())
        .post("/office/inspections/{id}/plan", Rule::Session(Right::Plan), office::plan::correct::correct, o::correct())
        .post("/office/inspections/{id}/cancel", Rule::Session(Right::Plan), office::plan::correct::cancel, o::cancel())
        .post("/office/inspections/{id}/team", Rule::Session(Right::Plan), office::team::change, o::team())
        .post("/office/inspections/{id}/units", Rule::Session(Right::Plan), office::sharing::change, o::share())
        .get("/office/inspections/{id}/findings.csv", Rule::Session(Right::ReadFindings), office::sheets::findings, o::csv_of_one("The findings of an inspection"))
        .get("/office/inspections/{id}/findings.xlsx", Rule::Session(Right::ReadFindings), office::sheets::findings, o::xlsx_of_one("The findings of an inspection"))
        .get("/office/inspections/{id}/answers.csv", Rule::Session(Right::ReadFindings), office::sheets::answers, o::csv_of_one("The answers of an inspection"))
        .get("/office/inspections/{id}/answers.xlsx", Rule::Session(Right::ReadFindings), office::sheets::answers, o::xlsx_of_one("The answers of an inspection"))
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
    let (router, _, rules) = for_operators().into_parts();
    let gate = gate(&headquarters, &rules, Door::Operators);
    router.layer(from_fn_with_state(gate, access::guard)).with_state(headquarters)
}

fn for_operators() -> Addresses {
    Addresses::new()
        .get_untold("/healthz", Rule::Operator, ops::healthz)
        .get_untold("/readyz", Rule::Operator, ops::readyz)
        .get_untold("/metrics", Rule::Operator, ops::metrics)
}

/// A form with files is longer than any other.
fn with_files() -> DefaultBodyLimit {
    DefaultBodyLimit::max(office::upload::MAX_FORM_BYTES)
}

async fn no_such() -> impl IntoResponse {
    ApiError::not_found("such address")
}

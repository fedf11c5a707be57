//! The one layer that carries out what `decide` says, for every route: it finds out who asks and
//! which inspection is meant, and nothing runs that it did not let through.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts, MatchedPath, RawPathParams, Request, State};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{InspectionId, PersonId, PieceHash};

use super::right::Right;
use super::rule::{Decision, Object, Rule, Who, decide};
use super::scope::Scope;
use super::table::Route;
use crate::api::asked::{self, Proven};
use crate::api::refuse::ApiError;
use crate::forms;
use crate::headquarters::Headquarters;
use crate::identity::{Roles, Standing, session};
use crate::limits::{self, Class};
use crate::office::filled::Filled;
use crate::office::trouble::{Trouble, come_back, refused};
use crate::office::{cookies, overview};
use crate::store::people::{self, Person};
use crate::store::sessions::{Session, SessionId};
use crate::store::{StoreFault, sharing};

/// The longest form whose inspection has to be looked for in it, in bytes: axum's own limit.
const MAX_FORM_BYTES: usize = 2 * 1024 * 1024;

/// By which listener a request comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// That of inspectors and the office.
    Everyone,
    /// That of those who run headquarters.
    Operators,
}

/// The rule of each route.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rules(BTreeMap<&'static str, BTreeMap<&'static str, Rule>>);

impl Rules {
    pub(crate) fn of(routes: &[Route]) -> Self {
        let mut rules = Self::default();
        for Route { method, path, rule } in routes {
            rules.0.entry(*path).or_default().insert(*method, *rule);
        }
        rules
    }

    /// What a request asks for; `None` for an address that nobody gave a rule.
    fn asked(&self, method: &Method, path: &str) -> Option<Asked> {
        let of_path = self.0.get(path)?;
        let method = if method == Method::HEAD { "GET" } else { method.as_str() };
        Some(of_path.get(method).map_or(Asked::OtherMethod, |rule| Asked::Rule(*rule)))
    }
}

/// What is known of a matched address.
enum Asked {
    Rule(Rule),
    /// There are routes at the address, and none with this method: the router refuses it.
    OtherMethod,
}

/// What the layer needs.
#[derive(Clone)]
pub(crate) struct Gate {
    pub(crate) headquarters: Arc<Headquarters>,
    pub(crate) rules: Arc<Rules>,
    pub(crate) door: Door,
}

/// Somebody who is signed in, as the layer found out, for whatever runs behind it.
#[derive(Clone)]
pub(crate) struct Signed {
    pub(crate) person: Person,
    /// The session in which this is asked.
    pub(crate) session: SessionId,
    pub(crate) standing: Standing,
    /// The inspections that the page may speak of.
    pub(crate) scope: Arc<Scope>,
    object: Arc<Object>,
}

impl Signed {
    /// Whether this person has a right, for what this request is about.
    pub(crate) fn may(&self, right: Right) -> bool {
        let who = Who::Person(self.standing);
        decide(Rule::Session(right), who, &self.object) == Decision::Allowed
    }

    /// Whether this person has a right for anything.
    pub(crate) fn may_anywhere(&self, right: Right) -> bool {
        let who = Who::Person(self.standing);
        decide(Rule::Session(right), who, &Object::None) == Decision::Allowed
    }

    /// The inspections for which this person has another right than the page's.
    pub(crate) async fn scope_of(
        &self,
        headquarters: &Headquarters,
        right: Right,
    ) -> Result<Scope, StoreFault> {
        let db = headquarters.store.readers();
        Scope::of(db, right, (self.person.id, self.standing)).await
    }
}

/// Lets a request through, or answers it.
pub(crate) async fn guard(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let Some(path) = request.extensions().get::<MatchedPath>() else {
        // The files of the tablet app, which anyone may have.
        return next.run(request).await;
    };
    let path = path.as_str().to_owned();
    match gate.rules.asked(request.method(), &path) {
        None => {
            tracing::error!(path, "an address has no rule");
            StatusCode::FORBIDDEN.into_response()
        }
        Some(Asked::OtherMethod) => next.run(request).await,
        Some(Asked::Rule(rule)) => match gate.door {
            Door::Everyone => gate.limited((&path, rule), request, next).await,
            Door::Operators => gate.answer((&path, rule), request, next).await,
        },
    }
}

/// What kind of work a route is.
fn class(rule: Rule, path: &str, method: &Method) -> Class {
    let is_file = [".csv", ".xlsx", "-minutes", "-record"].iter().any(|end| path.ends_with(end));
    match rule {
        Rule::Public if !method.is_safe() || path.ends_with("/enter") => Class::Entering,
        Rule::Public | Rule::Operator => Class::Page,
        Rule::Seat => Class::Tablet,
        Rule::Session(Right::ReadEvidence | Right::Follow) => Class::File,
        Rule::Session(_) if is_file => Class::File,
        Rule::Session(_) => Class::Page,
    }
}

impl Gate {
    /// Answers when there is room, and says when to come back where there is none.
    async fn limited(&self, (path, rule): (&str, Rule), request: Request, next: Next) -> Response {
        let (parts, body) = request.into_parts();
        let Headquarters { limits, web, .. } = &*self.headquarters;
        let (from, class) = (limits::from(&parts, web), class(rule, path, &parts.method));
        let place = match limits.ask(from, class) {
            Ok(()) => limits.enter(class).await,
            Err(wait) => Err(wait),
        };
        match place {
            Ok(_place) => self.answer((path, rule), Request::from_parts(parts, body), next).await,
            Err(wait) if path.starts_with("/office") => come_back(wait, &parts),
            Err(wait) => ApiError::ComeBack(wait).into_response(),
        }
    }

    async fn answer(&self, (path, rule): (&str, Rule), request: Request, next: Next) -> Response {
        match rule {
            Rule::Seat => self.seat(request, next).await,
            Rule::Session(right) => self.session(path, right, request, next).await,
            Rule::Public => self.public(path, request, next).await,
            Rule::Operator => self.operator(request, next).await,
        }
    }

    async fn operator(&self, request: Request, next: Next) -> Response {
        let who = match self.door {
            Door::Everyone => Who::Nobody,
            Door::Operators => Who::Operator,
        };
        match decide(Rule::Operator, who, &Object::None) {
            Decision::Allowed => next.run(request).await,
            Decision::SignIn | Decision::Forbidden => StatusCode::FORBIDDEN.into_response(),
        }
    }

    /// A request that a seat has to have signed.
    async fn seat(&self, request: Request, next: Next) -> Response {
        match self.proven(request).await {
            Ok(proven) => next.run(proven).await,
            Err(refused) => refused.into_response(),
        }
    }

    async fn proven(&self, request: Request) -> Result<Request, ApiError> {
        let (parts, body) = asked::prove(&self.headquarters, request).await?.into_parts();
        let from = limits::from(&parts, &self.headquarters.web);
        if let Some(Proven { seat, .. }) = parts.extensions.get::<Proven>() {
            self.headquarters.limits.ask_seat(from, seat.id).map_err(ApiError::ComeBack)?;
        }
        Ok(Request::from_parts(parts, body))
    }

    /// Anyone may ask; a page of the office is drawn for whoever is signed in all the same.
    async fn public(&self, path: &str, request: Request, next: Next) -> Response {
        if !path.starts_with("/office") {
            return next.run(request).await;
        }
        let (mut parts, body) = request.into_parts();
        if let Ok(Some((session, standing))) = self.signed_in(&parts).await
            && let Ok(signed) = self.signed(session, standing, (Right::Enter, Object::None)).await
        {
            parts.extensions.insert(signed);
        }
        if !forms::is_own(&parts, &self.headquarters.web) {
            return refused(Trouble::ForeignForm, &mut parts, &self.headquarters).await;
        }
        next.run(Request::from_parts(parts, body)).await
    }

    /// A page or a form of the office.
    async fn session(&self, path: &str, right: Right, request: Request, next: Next) -> Response {
        let (mut parts, body) = request.into_parts();
        let (session, standing) = match self.signed_in(&parts).await {
            Ok(Some(known)) => known,
            Ok(None) => return Redirect::to("/office/sign-in").into_response(),
            Err(fault) => return refused(fault.into(), &mut parts, &self.headquarters).await,
        };
        if !forms::is_own(&parts, &self.headquarters.web) {
            return self.refuse(Trouble::ForeignForm, parts, (session, standing)).await;
        }
        let (named, body) = match named(path, &mut parts, body).await {
            Ok(named) => named,
            Err(TooLarge) => {
                return self.refuse(Trouble::TooLarge, parts, (session, standing)).await;
            }
        };
        let object = match self.object(named, (session.person.id, standing)).await {
            Ok(object) => object,
            Err(fault) => return refused(fault.into(), &mut parts, &self.headquarters).await,
        };
        match decide(Rule::Session(right), Who::Person(standing), &object) {
            Decision::Allowed => {}
            Decision::SignIn => return Redirect::to("/office/sign-in").into_response(),
            Decision::Forbidden => {
                return self.refuse(Trouble::Forbidden, parts, (session, standing)).await;
            }
        }
        let who = session.person.id;
        match self.signed(session, standing, (right, object)).await {
            Ok(signed) => drop(parts.extensions.insert(signed)),
            Err(fault) => return refused(fault.into(), &mut parts, &self.headquarters).await,
        }
        let address = parts.uri.path().to_owned();
        let response = next.run(Request::from_parts(parts, body)).await;
        if let Some(act) = right.noted(path).filter(|_| response.status().is_success()) {
            self.headquarters.reads.note(who, act, &address, "");
        }
        response
    }

    /// The page that says why not, with the menu of whoever asked.
    async fn refuse(
        &self,
        trouble: Trouble,
        mut parts: Parts,
        (session, standing): (Session, Standing),
    ) -> Response {
        match self.signed(session, standing, (Right::Enter, Object::None)).await {
            Ok(signed) => {
                parts.extensions.insert(signed);
                refused(trouble, &mut parts, &self.headquarters).await
            }
            Err(fault) => refused(fault.into(), &mut parts, &self.headquarters).await,
        }
    }

    /// Who is signed in; who has no role, or has left, is not.
    async fn signed_in(&self, parts: &Parts) -> Result<Option<(Session, Standing)>, StoreFault> {
        let Some(token) = cookies::session(&parts.headers, &self.headquarters.web) else {
            return Ok(None);
        };
        let Some(session) = session::in_use(&self.headquarters, &token).await? else {
            return Ok(None);
        };
        let db = self.headquarters.store.readers();
        let standing = people::standing(db, session.person.id).await?;
        Ok((standing.roles != Roles::default()).then_some((session, standing)))
    }

    async fn signed(
        &self,
        session: Session,
        standing: Standing,
        (right, object): (Right, Object),
    ) -> Result<Signed, StoreFault> {
        let db = self.headquarters.store.readers();
        let Session { id, person, .. } = session;
        let scope = Arc::new(Scope::of(db, right, (person.id, standing)).await?);
        Ok(Signed { person, session: id, standing, scope, object: Arc::new(object) })
    }

    async fn object(&self, named: Named, who: (PersonId, Standing)) -> Result<Object, StoreFault> {
        let inspections = match named {
            Named::Nothing => return Ok(Object::None),
            Named::Inspection(inspection) => inspection.into_iter().collect(),
            Named::Piece(piece) => match piece {
                Some(piece) => overview::naming(&self.headquarters, piece).await?,
                None => Vec::new(),
            },
        };
        let mut ties = Vec::new();
        for inspection in inspections {
            ties.extend(sharing::tie(self.headquarters.store.readers(), inspection, who).await?);
        }
        Ok(Object::Any(ties))
    }
}

/// What an address, or the form sent to it, names; an id that is none names nothing known.
enum Named {
    Nothing,
    Inspection(Option<InspectionId>),
    Piece(Option<PieceHash>),
}

/// The form is longer than what is read of one, or its sender went away.
struct TooLarge;

/// Reads what is named, and gives the body back for the handler.
async fn named(path: &str, parts: &mut Parts, body: Body) -> Result<(Named, Body), TooLarge> {
    if path.starts_with("/office/inspections/{id}") {
        let inspection = in_path(parts, "id").await;
        return Ok((Named::Inspection(inspection.and_then(|id| id.parse().ok())), body));
    }
    if path.starts_with("/office/pieces/{sha256}") {
        let piece = in_path(parts, "sha256").await;
        return Ok((Named::Piece(piece.and_then(|id| id.parse().ok())), body));
    }
    if path == "/office/held" && parts.method == Method::POST {
        let bytes = axum::body::to_bytes(body, MAX_FORM_BYTES).await;
        let bytes = bytes.map_err(|_| TooLarge)?;
        let inspection = Filled::parse(&bytes).id("inspection");
        return Ok((Named::Inspection(inspection), Body::from(bytes)));
    }
    Ok((Named::Nothing, body))
}

/// What stands in an address under a name, decoded exactly as for the handler: an id that is
/// written in another way must not be another thing here than there.
async fn in_path(parts: &mut Parts, name: &str) -> Option<String> {
    let params = RawPathParams::from_request_parts(parts, &()).await.ok()?;
    let found = params.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.to_owned())
}

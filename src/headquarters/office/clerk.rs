//! Who looks at an office page, and in which language.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use texts::Lang;

use super::cookies::cookie;
use super::notice::Notice;
use super::theme::Theme;
use super::trouble::Trouble;
use crate::access::{Right, Scope, Signed};
use crate::headquarters::Headquarters;
use crate::identity::UnitId;
use crate::store::people::Person;
use crate::store::sessions::SessionId;
use crate::store::{StoreFault, judgements};

pub(super) const LANGUAGE: &str = "bienban_lang";
pub(super) const THEME: &str = "bienban_theme";

/// Someone who is signed in, as the layer of `access` found out. Everyone else is sent to the page
/// that says how.
pub(crate) struct Clerk {
    pub(super) person: Person,
    /// The session in which this is asked.
    pub(super) session: SessionId,
    pub(super) lang: Lang,
    /// How many held events wait that this person may see, for the navigation.
    pub(super) held: u64,
    pub(super) theme: Theme,
    /// The page, without what stands behind its `?`.
    pub(super) path: String,
    /// What was done just before.
    pub(super) done: Option<Notice>,
    signed: Signed,
}

impl Clerk {
    /// The inspections that the page may speak of.
    pub(super) fn scope(&self) -> &Scope {
        &self.signed.scope
    }

    /// Whether a right is this person's, for what the page is about: what may not be done is not
    /// offered.
    pub(super) fn may(&self, right: Right) -> bool {
        self.signed.may(right)
    }

    /// The unit of this person; `None` for one who sees every unit.
    pub(super) fn unit(&self) -> Option<UnitId> {
        self.signed.standing.unit
    }

    /// The inspections for which a right is this person's.
    pub(super) async fn scope_of(
        &self,
        headquarters: &Headquarters,
        right: Right,
    ) -> Result<Scope, StoreFault> {
        self.signed.scope_of(headquarters, right).await
    }

    /// Whether a right is this person's for anything: where the navigation leads.
    pub(super) fn may_anywhere(&self, right: Right) -> bool {
        self.signed.may_anywhere(right)
    }
}

/// Anyone.
pub(crate) struct Visitor {
    pub(super) lang: Lang,
}

impl FromRequestParts<Arc<Headquarters>> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        _: &Arc<Headquarters>,
    ) -> Result<Self, Self::Rejection> {
        Ok(Self { lang: language(parts) })
    }
}

impl FromRequestParts<Arc<Headquarters>> for Clerk {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        headquarters: &Arc<Headquarters>,
    ) -> Result<Self, Response> {
        let lang = language(parts);
        let signed = parts.extensions.get::<Signed>().cloned();
        let signed = signed.ok_or_else(|| Redirect::to("/office/sign-in").into_response())?;
        let held = held(headquarters, &signed).await;
        let held = held.map_err(|fault| Trouble::from(fault).page(lang))?;
        let (theme, path) = (Theme::of(&parts.headers), parts.uri.path().to_owned());
        let done = Notice::of(parts.uri.query().unwrap_or(""));
        let (person, session) = (signed.person.clone(), signed.session);
        Ok(Self { person, session, lang, held, theme, path, done, signed })
    }
}

/// How many held events wait where this person may read them.
async fn held(headquarters: &Headquarters, signed: &Signed) -> Result<u64, StoreFault> {
    let db = headquarters.store.readers();
    match signed.scope_of(headquarters, Right::ReadHeld).await? {
        Scope::Everything => judgements::waiting(db).await,
        scope @ Scope::Only(_) => {
            let waiting = judgements::waiting_by_inspection(db).await?;
            let seen = waiting.into_iter().filter(|(inspection, _)| scope.holds(*inspection));
            Ok(seen.map(|(_, waiting)| waiting).sum())
        }
    }
}

/// `?lang=` before the cookie before Vietnamese.
pub(super) fn language(parts: &Parts) -> Lang {
    let query = parts.uri.query().unwrap_or("");
    let asked = query.split('&').find_map(|pair| pair.strip_prefix("lang="));
    let asked = asked.map(str::to_owned).or_else(|| cookie(&parts.headers, LANGUAGE));
    match asked.as_deref() {
        Some("en") => Lang::En,
        Some(_) | None => Lang::Vi,
    }
}

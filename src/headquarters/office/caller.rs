//! Whoever is not signed in yet: the language, and from where the request comes.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::USER_AGENT;
use axum::http::request::Parts;
use texts::Lang;

use super::{clerk, cookies};
use crate::headquarters::Headquarters;
use crate::identity::browser::KnownBrowser;
use crate::identity::sign_in::From;
use crate::limits;

/// Somebody at the door.
pub(crate) struct Caller {
    pub(super) lang: Lang,
    pub(super) from: From,
}

impl FromRequestParts<Arc<Headquarters>> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        headquarters: &Arc<Headquarters>,
    ) -> Result<Self, Infallible> {
        let kept = cookies::known_browser(&parts.headers);
        let agent = parts.headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        let from = From {
            address: limits::from(parts, &headquarters.web),
            known: kept.and_then(|kept| KnownBrowser::read(&kept, &headquarters.keyring)),
            agent: agent.unwrap_or_default().to_owned(),
            former: cookies::session(&parts.headers, &headquarters.web),
        };
        Ok(Self { lang: clerk::language(parts), from })
    }
}

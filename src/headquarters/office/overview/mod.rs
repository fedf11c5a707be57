//! What the dashboard and the lists know of every inspection. It is folded from the record, kept
//! in memory by the end of each inspection, and never a second truth: a restart makes it anew.

mod cache;
mod digest;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::ids::{InspectionId, PieceHash};
use domain::piece::Piece;
use jiff::civil::Date;

pub use super::cite::Citation;
pub use cache::Digests;
pub use digest::{Digest, FindingDigest, Place, Said, Stage};

use super::library::Library;
use super::teammates::{self, Teammate};
use crate::access::Scope;
use crate::clock;
use crate::headquarters::Headquarters;
use crate::identity::UnitId;
use crate::store::sharing::{self, Units};
use crate::store::{StoreFault, inspections};

/// Days within which a remedy is called due soon.
pub const SOON_DAYS: i32 = 7;

/// Everything the lists are made from, as of a day.
pub struct Overview {
    /// Every inspection, the first that arrived first.
    pub digests: Vec<Arc<Digest>>,
    /// Their teams, the lead first.
    pub teams: BTreeMap<InspectionId, Vec<Teammate>>,
    /// The units of those that have some.
    pub(super) units: BTreeMap<InspectionId, Units>,
    /// What the units are called.
    pub(super) unit_names: BTreeMap<UnitId, String>,
    /// The packs that new inspections pin.
    pub(super) library: Arc<Library>,
    /// The day, in Viet Nam.
    pub today: Date,
}

impl Overview {
    /// The units whose own an inspection is, with their names.
    pub(super) fn own_units(&self, id: InspectionId) -> impl Iterator<Item = (UnitId, &str)> {
        let own = self.units.get(&id).into_iter().flat_map(|units| &units.own);
        own.filter_map(|unit| Some((*unit, self.unit_names.get(unit)?.as_str())))
    }

    /// Every piece of evidence that the record names, with repeats.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.digests.iter().flat_map(|digest| &digest.pieces)
    }
}

/// Reads what is new since the last time and gives what is in a scope.
///
/// # Errors
/// See [`StoreFault`].
pub async fn load(headquarters: &Headquarters, scope: &Scope) -> Result<Overview, StoreFault> {
    let mut digests = cache::all(headquarters).await?;
    digests.retain(|digest| scope.holds(digest.id));
    let recorded = inspections::teams(headquarters.store.readers()).await?;
    let team = |digest: &Arc<Digest>| {
        let recorded = recorded.get(&digest.id).map(Vec::as_slice).unwrap_or_default();
        (digest.id, teammates::with_recorded(&digest.team, recorded))
    };
    let teams = digests.iter().map(team).collect();
    let library = headquarters.digests.current_library(&headquarters.store).await?;
    let db = headquarters.store.readers();
    let units = sharing::units_of_all(db).await?;
    let unit_names = sharing::named_units(db).await?.into_iter().collect();
    Ok(Overview { digests, teams, units, unit_names, library, today: today() })
}

/// The inspections in whose record a piece of evidence is named.
///
/// # Errors
/// See [`StoreFault`].
pub(crate) async fn naming(
    headquarters: &Headquarters,
    piece: PieceHash,
) -> Result<Vec<InspectionId>, StoreFault> {
    let digests = cache::all(headquarters).await?;
    let names = |digest: &&Arc<Digest>| digest.pieces.iter().any(|it| it.content == piece);
    Ok(digests.iter().filter(names).map(|digest| digest.id).collect())
}

/// Makes everything once after the start, so that the first page need not wait for it.
pub async fn warm(headquarters: Arc<Headquarters>) {
    match cache::all(&headquarters).await {
        Ok(digests) => tracing::info!(inspections = digests.len(), "the office pages are ready"),
        Err(fault) => tracing::error!(%fault, "the office pages could not be prepared"),
    }
}

/// The day in Viet Nam by headquarters' clock.
pub(super) fn today() -> Date {
    clock::now().day().unwrap_or(Date::ZERO)
}

//! Which inspections somebody's pages are made of: the same reach that decides about one.

use std::collections::BTreeSet;

use domain::ids::{InspectionId, PersonId};
use sqlx::SqlitePool;

use super::right::{Reach, Right};
use super::rule::reaches;
use crate::identity::Standing;
use crate::store::{StoreFault, sharing};

/// Which inspections a page may speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Every one.
    Everything,
    /// These.
    Only(BTreeSet<InspectionId>),
}

impl Scope {
    /// Whether an inspection is among them.
    pub fn holds(&self, inspection: InspectionId) -> bool {
        match self {
            Self::Everything => true,
            Self::Only(inspections) => inspections.contains(&inspection),
        }
    }

    /// The inspections for which somebody has a right.
    ///
    /// # Errors
    /// See [`StoreFault`].
    pub async fn of(
        db: &SqlitePool,
        right: Right,
        (person, standing): (PersonId, Standing),
    ) -> Result<Self, StoreFault> {
        let mut inspections = BTreeSet::new();
        for reach in reaches(right, standing) {
            let found = match (reach, standing.unit) {
                (Reach::Everything, _) | (Reach::OwnUnit | Reach::Unit, None) => {
                    return Ok(Self::Everything);
                }
                (Reach::Nothing, _) => BTreeSet::new(),
                (Reach::Led, _) => sharing::led_by(db, person).await?,
                (Reach::Team, _) => sharing::with_on_team(db, person).await?,
                (Reach::OwnUnit, Some(unit)) => sharing::of_unit(db, unit).await?,
                (Reach::Unit, Some(unit)) => sharing::shown_to(db, unit).await?,
            };
            inspections.extend(found);
        }
        Ok(Self::Only(inspections))
    }
}

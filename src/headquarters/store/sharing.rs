//! Which unit an inspection belongs to, and to which it is shown; and what ties a person to it.

use std::collections::{BTreeMap, BTreeSet};

use domain::act::Role;
use domain::ids::{InspectionId, PersonId};
use sqlx::SqliteExecutor;
use sqlx::SqlitePool;

use super::{StoreFault, Tx, fixed, inspections};
use crate::access::{Tie, UnitTie};
use crate::identity::{Standing, UnitId};

/// Gives an inspection to a unit as its own.
///
/// # Errors
/// See [`StoreFault`].
pub async fn give(tx: &mut Tx, inspection: InspectionId, unit: UnitId) -> Result<(), StoreFault> {
    put(tx, inspection, unit, 0).await
}

/// Shows an inspection to a unit; one that is the unit's own stays so.
///
/// # Errors
/// See [`StoreFault`].
pub async fn share(tx: &mut Tx, inspection: InspectionId, unit: UnitId) -> Result<(), StoreFault> {
    put(tx, inspection, unit, 1).await
}

async fn put(
    tx: &mut Tx,
    inspection: InspectionId,
    unit: UnitId,
    shared: i64,
) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into inspection_units (inspection, unit, shared) values ($1, $2, $3)
         on conflict (inspection, unit) do update set shared = min(shared, excluded.shared)",
    );
    query.bind(&inspection.0[..]).bind(&unit.0[..]).bind(shared).execute(tx).await?;
    Ok(())
}

/// Shows an inspection to a unit no longer; one that is the unit's own stays so.
///
/// # Errors
/// See [`StoreFault`].
pub async fn unshare(
    tx: &mut Tx,
    inspection: InspectionId,
    unit: UnitId,
) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "delete from inspection_units where inspection = $1 and unit = $2 and shared = 1",
    );
    query.bind(&inspection.0[..]).bind(&unit.0[..]).execute(tx).await?;
    Ok(())
}

/// The units of an inspection: its own, and those it is shown to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Units {
    /// Its own.
    pub own: BTreeSet<UnitId>,
    /// Those it is shown to.
    pub shared: BTreeSet<UnitId>,
}

impl Units {
    fn put(&mut self, unit: UnitId, shared: i64) {
        let side = if shared == 0 { &mut self.own } else { &mut self.shared };
        side.insert(unit);
    }

    /// What a unit has to do with the inspection.
    pub fn tie(&self, unit: Option<UnitId>) -> UnitTie {
        match unit {
            None => UnitTie::Own,
            Some(unit) if self.own.contains(&unit) => UnitTie::Own,
            Some(unit) if self.shared.contains(&unit) => UnitTie::Shared,
            Some(_) => UnitTie::None,
        }
    }
}

/// The units of every inspection that has one.
///
/// # Errors
/// See [`StoreFault`].
pub async fn units_of_all(
    db: impl SqliteExecutor<'_>,
) -> Result<BTreeMap<InspectionId, Units>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, Vec<u8>, i64)>(
        "select inspection, unit, shared from inspection_units",
    );
    let mut all = BTreeMap::<InspectionId, Units>::new();
    for (inspection, unit, shared) in query.fetch_all(db).await? {
        let inspection = InspectionId(fixed(&inspection, "inspection_units.inspection")?);
        all.entry(inspection).or_default().put(unit_id(&unit)?, shared);
    }
    Ok(all)
}

/// The units of one inspection.
///
/// # Errors
/// See [`StoreFault`].
pub async fn units_of(
    db: impl SqliteExecutor<'_>,
    inspection: InspectionId,
) -> Result<Units, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, i64)>(
        "select unit, shared from inspection_units where inspection = $1",
    );
    let mut units = Units::default();
    for (unit, shared) in query.bind(&inspection.0[..]).fetch_all(db).await? {
        units.put(unit_id(&unit)?, shared);
    }
    Ok(units)
}

/// The units that have not ended, by name.
///
/// # Errors
/// See [`StoreFault`].
pub async fn named_units(db: impl SqliteExecutor<'_>) -> Result<Vec<(UnitId, String)>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, String)>(
        "select id, name from units where ended_at_ms is null order by name, id",
    );
    let rows = query.fetch_all(db).await?;
    rows.into_iter().map(|(id, name)| Ok((unit_id(&id)?, name))).collect()
}

fn unit_id(bytes: &[u8]) -> Result<UnitId, StoreFault> {
    fixed(bytes, "units.id").map(UnitId)
}

/// What ties a person to an inspection; `None` where there is no such inspection.
///
/// # Errors
/// See [`StoreFault`].
pub async fn tie(
    db: &SqlitePool,
    inspection: InspectionId,
    (person, standing): (PersonId, Standing),
) -> Result<Option<Tie>, StoreFault> {
    let known = sqlx::query_scalar::<_, i64>("select count(*) from inspections where id = $1");
    if known.bind(&inspection.0[..]).fetch_one(db).await? == 0 {
        return Ok(None);
    }
    let role = inspections::role(db, inspection, person).await?.unwrap_or(Role::None);
    let units = units_of(db, inspection).await?;
    Ok(Some(Tie { role, unit: units.tie(standing.unit) }))
}

/// The inspections that a person leads.
///
/// # Errors
/// See [`StoreFault`].
pub async fn led_by(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<BTreeSet<InspectionId>, StoreFault> {
    let query = sqlx::query_scalar("select inspection from team where person = $1 and role = 2");
    ids(query.bind(person.0.to_vec()).fetch_all(db).await?)
}

/// The inspections on whose team a person is.
///
/// # Errors
/// See [`StoreFault`].
pub async fn with_on_team(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<BTreeSet<InspectionId>, StoreFault> {
    let query = sqlx::query_scalar("select inspection from team where person = $1 and role > 0");
    ids(query.bind(person.0.to_vec()).fetch_all(db).await?)
}

/// The inspections of a unit.
///
/// # Errors
/// See [`StoreFault`].
pub async fn of_unit(
    db: impl SqliteExecutor<'_>,
    unit: UnitId,
) -> Result<BTreeSet<InspectionId>, StoreFault> {
    let sql = "select inspection from inspection_units where unit = $1 and shared = 0";
    ids(sqlx::query_scalar(sql).bind(unit.0.to_vec()).fetch_all(db).await?)
}

/// The inspections of a unit, and those shared with it.
///
/// # Errors
/// See [`StoreFault`].
pub async fn shown_to(
    db: impl SqliteExecutor<'_>,
    unit: UnitId,
) -> Result<BTreeSet<InspectionId>, StoreFault> {
    let query = sqlx::query_scalar("select inspection from inspection_units where unit = $1");
    ids(query.bind(unit.0.to_vec()).fetch_all(db).await?)
}

fn ids(rows: Vec<Vec<u8>>) -> Result<BTreeSet<InspectionId>, StoreFault> {
    rows.iter().map(|id| fixed(id, "inspection").map(InspectionId)).collect()
}

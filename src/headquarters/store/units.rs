//! Units of the organisation. One that has ended keeps its name in what it did.

use domain::moment::Moment;
use sqlx::SqliteExecutor;

use super::{StoreFault, Tx, count, fixed};
use crate::identity::UnitId;

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its name.
    pub name: String,
    /// When it became known.
    pub created_at: Moment,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// How many persons who have not left are in it.
    pub persons: u64,
}

type Row = (Vec<u8>, String, i64, Option<i64>, i64);

/// Every unit by name, those that have ended last.
///
/// # Errors
/// See [`StoreFault`].
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<Unit>, StoreFault> {
    let query = sqlx::query_as::<_, Row>(
        "select u.id, u.name, u.created_at_ms, u.ended_at_ms,
         (select count(*) from persons p where p.unit = u.id and p.ended_at_ms is null)
         from units u order by u.ended_at_ms is not null, u.name",
    );
    query.fetch_all(db).await?.into_iter().map(of_row).collect()
}

fn of_row((id, name, created_at, ended_at, persons): Row) -> Result<Unit, StoreFault> {
    Ok(Unit {
        id: UnitId(fixed(&id, "units.id")?),
        name,
        created_at: Moment(created_at),
        ended_at: ended_at.map(Moment),
        persons: count(persons, "units.persons")?,
    })
}

/// Adds a unit; `false` when another has the name.
///
/// # Errors
/// See [`StoreFault`].
pub async fn add(tx: &mut Tx, id: UnitId, name: &str, now: Moment) -> Result<bool, StoreFault> {
    let query = sqlx::query(
        "insert into units (id, name, created_at_ms) values ($1, $2, $3) on conflict do nothing",
    );
    let query = query.bind(&id.0[..]).bind(name).bind(now.0);
    Ok(query.execute(tx).await?.rows_affected() == 1)
}

/// Gives a unit another name; `false` when another has it, or there is no such unit.
///
/// # Errors
/// See [`StoreFault`].
pub async fn rename(tx: &mut Tx, id: UnitId, name: &str) -> Result<bool, StoreFault> {
    let query = sqlx::query(
        "update units set name = $2 where id = $1
         and not exists (select 1 from units where name = $2 and id <> $1)",
    );
    Ok(query.bind(&id.0[..]).bind(name).execute(tx).await?.rows_affected() == 1)
}

/// Ends a unit; `false` while persons are in it, or when it has ended.
///
/// # Errors
/// See [`StoreFault`].
pub async fn end(tx: &mut Tx, id: UnitId, now: Moment) -> Result<bool, StoreFault> {
    let query = sqlx::query(
        "update units set ended_at_ms = $2 where id = $1 and ended_at_ms is null and not exists
         (select 1 from persons where unit = $1 and ended_at_ms is null)",
    );
    Ok(query.bind(&id.0[..]).bind(now.0).execute(tx).await?.rows_affected() == 1)
}

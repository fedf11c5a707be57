//! Inspections as headquarters' own record has them: who opened them, who is on the team, and
//! how far their events reach. What an inspection amounts to is folded from its events.

use std::collections::BTreeMap;

use domain::act::Role;
use domain::ids::{InspectionId, PersonId, SeatId};
use sqlx::SqliteExecutor;
use sync::admission::Writer;

use super::people::Person;
use super::{StoreFault, Tx, count, fixed, number};

/// One inspection in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: InspectionId,
    /// The position after its last event.
    pub end: u64,
}

/// Every inspection, the first that arrived first.
///
/// # Errors
/// See [`StoreFault`].
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<Listed>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, i64)>(
        "select id, last_position from inspections order by first_position",
    );
    listed(&query.fetch_all(db).await?)
}

/// How many there are.
///
/// # Errors
/// See [`StoreFault`].
pub async fn counted(db: impl SqliteExecutor<'_>) -> Result<u64, StoreFault> {
    let query = sqlx::query_scalar("select count(*) from inspections");
    count(query.fetch_one(db).await?, "inspections")
}

/// The inspections that a person may see: those whose team it is on.
///
/// # Errors
/// See [`StoreFault`].
pub async fn visible_to(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<Vec<Listed>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, i64)>(
        "select i.id, i.last_position from inspections i join team t on t.inspection = i.id
         where t.person = $1 and t.role > 0 order by i.first_position",
    );
    listed(&query.bind(&person.0[..]).fetch_all(db).await?)
}

fn listed(rows: &[(Vec<u8>, i64)]) -> Result<Vec<Listed>, StoreFault> {
    let one = |(id, last): &(Vec<u8>, i64)| {
        let id = InspectionId(fixed(id, "inspections.id")?);
        Ok(Listed { id, end: count(*last, "inspections.last_position")?.saturating_add(1) })
    };
    rows.iter().map(one).collect()
}

/// Notes that events up to a position belong to an inspection, which may be new.
///
/// # Errors
/// See [`StoreFault`].
pub async fn reach(
    tx: &mut Tx,
    inspection: InspectionId,
    first: u64,
    last: u64,
) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into inspections (id, opened_by, first_position, last_position)
         values ($1, null, $2, $3)
         on conflict (id) do update set last_position = excluded.last_position",
    );
    query.bind(&inspection.0[..]).bind(number(first)).bind(number(last)).execute(tx).await?;
    Ok(())
}

/// Who opened an inspection; `None` while nobody did.
///
/// # Errors
/// See [`StoreFault`].
pub async fn opener(
    db: impl SqliteExecutor<'_>,
    inspection: InspectionId,
) -> Result<Option<SeatId>, StoreFault> {
    let query =
        sqlx::query_scalar::<_, Option<Vec<u8>>>("select opened_by from inspections where id = $1");
    let opened_by = query.bind(&inspection.0[..]).fetch_optional(db).await?.flatten();
    opened_by.map(|seat| fixed(&seat, "inspections.opened_by").map(SeatId)).transpose()
}

/// Notes who opened an inspection; where that was a person with a unit, it is the unit's own.
///
/// # Errors
/// See [`StoreFault`].
pub async fn set_opener(
    tx: &mut Tx,
    inspection: InspectionId,
    seat: SeatId,
) -> Result<(), StoreFault> {
    let query = sqlx::query("update inspections set opened_by = $2 where id = $1");
    query.bind(&inspection.0[..]).bind(&seat.0[..]).execute(&mut *tx).await?;
    let query = sqlx::query(
        "insert into inspection_units (inspection, unit, shared)
         select $1, p.unit, 0 from seats s join persons p on p.id = s.person
         where s.id = $2 and p.unit is not null
         on conflict (inspection, unit) do update set shared = 0",
    );
    query.bind(&inspection.0[..]).bind(&seat.0[..]).execute(tx).await?;
    Ok(())
}

/// Puts a person on the team with a role, or off it.
///
/// # Errors
/// See [`StoreFault`].
pub async fn set_role(
    tx: &mut Tx,
    inspection: InspectionId,
    person: PersonId,
    role: Role,
) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into team (inspection, person, role) values ($1, $2, $3)
         on conflict (inspection, person) do update set role = excluded.role",
    );
    let query = query.bind(&inspection.0[..]).bind(&person.0[..]);
    query.bind(role_number(role)).execute(tx).await?;
    Ok(())
}

/// The role of a person in an inspection; `None` when nobody ever said one.
///
/// # Errors
/// See [`StoreFault`].
pub async fn role(
    db: impl SqliteExecutor<'_>,
    inspection: InspectionId,
    person: PersonId,
) -> Result<Option<Role>, StoreFault> {
    let query =
        sqlx::query_scalar::<_, i64>("select role from team where inspection = $1 and person = $2");
    let role = query.bind(&inspection.0[..]).bind(&person.0[..]).fetch_optional(db).await?;
    role.map(role_of_number).transpose()
}

/// Who a seat is that writes in an inspection, in one question: every push asks it.
///
/// # Errors
/// See [`StoreFault`].
pub async fn writer(
    db: impl SqliteExecutor<'_>,
    inspection: InspectionId,
    seat: SeatId,
) -> Result<Writer, StoreFault> {
    let query = sqlx::query_as::<_, (i64, Option<i64>, Option<i64>)>(
        "select (select count(*) from headquarters_seats where seat = $2),
                (select case when revoked_at_ms is null then 0 else 1 end
                 from seats where id = $2),
                (select t.role from team t join seats s on s.person = t.person
                 where t.inspection = $1 and s.id = $2)",
    );
    let row = query.bind(&inspection.0[..]).bind(&seat.0[..]).fetch_one(db).await?;
    let (own, revoked, role) = row;
    if own > 0 {
        return Ok(Writer::Headquarters);
    }
    let Some(revoked) = revoked else { return Ok(Writer::Unknown) };
    let role = role.map(role_of_number).transpose()?;
    Ok(Writer::Seat { is_revoked: revoked != 0, role })
}

/// The inspections that a person is on the team of, with the role.
///
/// # Errors
/// See [`StoreFault`].
pub async fn roles_of(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<Vec<(InspectionId, Role)>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, i64)>(
        "select inspection, role from team where person = $1 and role > 0 order by inspection",
    );
    let rows = query.bind(&person.0[..]).fetch_all(db).await?;
    rows.iter()
        .map(|(id, role)| Ok((InspectionId(fixed(id, "team.inspection")?), role_of_number(*role)?)))
        .collect()
}

/// The team of an inspection, the lead first.
///
/// # Errors
/// See [`StoreFault`].
pub async fn team(
    db: impl SqliteExecutor<'_>,
    inspection: InspectionId,
) -> Result<Vec<(Person, Role)>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, String, i64)>(
        "select p.id, p.name, t.role from team t join persons p on p.id = t.person
         where t.inspection = $1 and t.role > 0 order by t.role desc, p.name",
    );
    let rows = query.bind(&inspection.0[..]).fetch_all(db).await?;
    rows.into_iter()
        .map(|(id, name, role)| {
            let person = Person { id: PersonId(fixed(&id, "persons.id")?), name };
            Ok((person, role_of_number(role)?))
        })
        .collect()
}

/// The team of every inspection, the lead first.
///
/// # Errors
/// See [`StoreFault`].
pub async fn teams(
    db: impl SqliteExecutor<'_>,
) -> Result<BTreeMap<InspectionId, Vec<(Person, Role)>>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, Vec<u8>, String, i64)>(
        "select t.inspection, p.id, p.name, t.role from team t join persons p on p.id = t.person
         where t.role > 0 order by t.role desc, p.name",
    );
    let mut teams = BTreeMap::<_, Vec<_>>::new();
    for (inspection, id, name, role) in query.fetch_all(db).await? {
        let inspection = InspectionId(fixed(&inspection, "team.inspection")?);
        let person = Person { id: PersonId(fixed(&id, "persons.id")?), name };
        teams.entry(inspection).or_default().push((person, role_of_number(role)?));
    }
    Ok(teams)
}

fn role_number(role: Role) -> i64 {
    match role {
        Role::None => 0,
        Role::Member => 1,
        Role::Lead => 2,
    }
}

fn role_of_number(number: i64) -> Result<Role, StoreFault> {
    match number {
        0 => Ok(Role::None),
        1 => Ok(Role::Member),
        2 => Ok(Role::Lead),
        _ => Err(StoreFault::Damaged("team.role")),
    }
}

//! Persons and their seats. How persons come in stands beside this: invitations, credentials,
//! sessions.

use std::collections::BTreeMap;

use domain::ids::{EnvelopeKey, PersonId, SeatId, SigningKey};
use domain::moment::Moment;
use sqlx::SqliteExecutor;

pub use super::invitations::{Opens, Uses, invite};
use super::{StoreFault, Tx, count, fixed, meta};
use crate::identity::{Roles, Standing, UnitId};

/// A person known to headquarters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Its id.
    pub id: PersonId,
    /// The name as it stands in the minutes.
    pub name: String,
}

/// A seat with the person at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Its id, derived from the key.
    pub id: SeatId,
    /// Who sits there.
    pub person: Person,
    /// Its signing key.
    pub key: SigningKey,
    /// Its envelope key.
    pub envelope: EnvelopeKey,
    /// Name and version of its app.
    pub app: String,
    /// When it was enrolled.
    pub enrolled_at: Moment,
    /// When it was heard of last.
    pub last_contact: Moment,
    /// That it was revoked, if it was.
    pub revocation: Option<Revocation>,
}

/// How often it is noted that a seat was heard of, in milliseconds.
const TOUCH_EVERY_MS: i64 = 60_000;

impl Seat {
    /// Whether it is to be noted that the seat was heard of.
    pub fn is_news(&self, now: Moment) -> bool {
        now.since_ms(self.last_contact) >= TOUCH_EVERY_MS
    }
}

/// That a seat was revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// When.
    pub at: Moment,
    /// By whom; `None` where that was not recorded.
    pub by: Option<PersonId>,
    /// Why; empty where that was not recorded.
    pub reason: String,
}

/// Adds a person, unless the id is known.
///
/// # Errors
/// See [`StoreFault`].
pub async fn add_person(tx: &mut Tx, person: &Person, now: Moment) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into persons (id, name, created_at_ms) values ($1, $2, $3)
         on conflict (id) do nothing",
    );
    query.bind(&person.id.0[..]).bind(&person.name).bind(now.0).execute(tx).await?;
    Ok(())
}

/// Says where a person stands from now on.
///
/// # Errors
/// See [`StoreFault`].
pub async fn appoint(tx: &mut Tx, person: PersonId, standing: Standing) -> Result<(), StoreFault> {
    let query = sqlx::query("update persons set roles = $2, unit = $3 where id = $1");
    let unit = standing.unit.map(|unit| unit.0.to_vec());
    query.bind(&person.0[..]).bind(standing.roles.bits()).bind(unit).execute(tx).await?;
    Ok(())
}

/// Where a person stands; nowhere once the person has left.
///
/// # Errors
/// See [`StoreFault`].
pub async fn standing(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<Standing, StoreFault> {
    let query = sqlx::query_as::<_, (i64, Option<Vec<u8>>)>(
        "select roles, unit from persons where id = $1 and ended_at_ms is null",
    );
    let row = query.bind(&person.0[..]).fetch_optional(db).await?;
    row.map_or(Ok(Standing::default()), |(bits, unit)| stands(bits, unit))
}

/// That a person has left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// When.
    pub at: Moment,
    /// Who said so; `None` for a command on the machine.
    pub by: Option<PersonId>,
    /// Why.
    pub reason: String,
}

/// A person with everything that the page of people says of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: Person,
    /// As what and where; what it was, of one who has left.
    pub standing: Standing,
    /// That the person has left.
    pub departure: Option<Departure>,
}

type MemberRow =
    (Vec<u8>, String, i64, Option<Vec<u8>>, Option<i64>, Option<Vec<u8>>, Option<String>);

const MEMBERS: &str =
    "select id, name, roles, unit, ended_at_ms, ended_by, ended_because from persons";

fn member((id, name, bits, unit, at, by, reason): MemberRow) -> Result<Member, StoreFault> {
    let by = by.map(|by| fixed(&by, "persons.ended_by").map(PersonId)).transpose()?;
    let reason = reason.unwrap_or_default();
    let departure = at.map(|at| Departure { at: Moment(at), by, reason });
    Ok(Member { person: person(&id, name)?, standing: stands(bits, unit)?, departure })
}

fn stands(bits: i64, unit: Option<Vec<u8>>) -> Result<Standing, StoreFault> {
    let roles = Roles::of_bits(bits).ok_or(StoreFault::Damaged("persons.roles"))?;
    let unit = unit.map(|unit| fixed(&unit, "persons.unit").map(UnitId)).transpose()?;
    Ok(Standing { roles, unit })
}

/// Everyone, by name, those who have left last.
///
/// # Errors
/// See [`StoreFault`].
pub async fn members(db: impl SqliteExecutor<'_>) -> Result<Vec<Member>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!("{MEMBERS} order by ended_at_ms is not null, name, id"));
    let rows = sqlx::query_as::<_, MemberRow>(sql).fetch_all(db).await?;
    rows.into_iter().map(member).collect()
}

/// One of them.
///
/// # Errors
/// See [`StoreFault`].
pub async fn member_of(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<Option<Member>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!("{MEMBERS} where id = $1"));
    let row = sqlx::query_as::<_, MemberRow>(sql).bind(&person.0[..]).fetch_optional(db).await?;
    row.map(member).transpose()
}

/// Says that a person has left; the name stays. `false` when the person had left before.
///
/// # Errors
/// See [`StoreFault`].
pub async fn depart(
    tx: &mut Tx,
    person: PersonId,
    departure: &Departure,
) -> Result<bool, StoreFault> {
    let query = sqlx::query(
        "update persons set ended_at_ms = $2, ended_by = $3, ended_because = $4
         where id = $1 and ended_at_ms is null",
    );
    let Departure { at, by, reason } = departure;
    let query = query.bind(&person.0[..]).bind(at.0).bind(by.as_ref().map(|by| &by.0[..]));
    Ok(query.bind(reason).execute(tx).await?.rows_affected() == 1)
}

/// Every person, by name.
///
/// # Errors
/// See [`StoreFault`].
pub async fn persons(db: impl SqliteExecutor<'_>) -> Result<Vec<Person>, StoreFault> {
    let query =
        sqlx::query_as::<_, (Vec<u8>, String)>("select id, name from persons order by name");
    let rows = query.fetch_all(db).await?;
    rows.into_iter().map(|(id, name)| person(&id, name)).collect()
}

/// Everyone who has not left, by name.
///
/// # Errors
/// See [`StoreFault`].
pub async fn present(db: impl SqliteExecutor<'_>) -> Result<Vec<Person>, StoreFault> {
    let members = members(db).await?.into_iter();
    Ok(members.filter(|it| it.departure.is_none()).map(|it| it.person).collect())
}

fn person(id: &[u8], name: String) -> Result<Person, StoreFault> {
    Ok(Person { id: PersonId(fixed(id, "persons.id")?), name })
}

/// Adds a seat.
///
/// # Errors
/// See [`StoreFault`].
pub async fn add_seat(tx: &mut Tx, seat: &Seat) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into seats
         (id, person, signing_key, envelope_key, app, enrolled_at_ms, last_contact_ms)
         values ($1, $2, $3, $4, $5, $6, $7)",
    );
    let query = query.bind(&seat.id.0[..]).bind(&seat.person.id.0[..]).bind(&seat.key.0[..]);
    let query = query.bind(&seat.envelope.0[..]).bind(&seat.app);
    query.bind(seat.enrolled_at.0).bind(seat.last_contact.0).execute(tx).await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct SeatRow {
    id: Vec<u8>,
    person: Vec<u8>,
    name: String,
    signing_key: Vec<u8>,
    envelope_key: Vec<u8>,
    app: String,
    enrolled_at_ms: i64,
    last_contact_ms: i64,
    revoked_at_ms: Option<i64>,
    revoked_by: Option<Vec<u8>>,
    revoked_because: Option<String>,
}

const SEATS: &str = "select s.id, s.person, p.name, s.signing_key, s.envelope_key, s.app,
    s.enrolled_at_ms, s.last_contact_ms, s.revoked_at_ms, s.revoked_by, s.revoked_because
    from seats s join persons p on p.id = s.person";

fn seat_of_row(row: SeatRow) -> Result<Seat, StoreFault> {
    let revocation = revocation(&row)?;
    Ok(Seat {
        id: SeatId(fixed(&row.id, "seats.id")?),
        person: person(&row.person, row.name)?,
        key: SigningKey(fixed(&row.signing_key, "seats.signing_key")?),
        envelope: EnvelopeKey(fixed(&row.envelope_key, "seats.envelope_key")?),
        app: row.app,
        enrolled_at: Moment(row.enrolled_at_ms),
        last_contact: Moment(row.last_contact_ms),
        revocation,
    })
}

fn revocation(row: &SeatRow) -> Result<Option<Revocation>, StoreFault> {
    let Some(at) = row.revoked_at_ms else { return Ok(None) };
    let by = row.revoked_by.as_deref().map(|by| fixed(by, "seats.revoked_by").map(PersonId));
    let reason = row.revoked_because.clone().unwrap_or_default();
    Ok(Some(Revocation { at: Moment(at), by: by.transpose()?, reason }))
}

/// Every seat, the one enrolled last first.
///
/// # Errors
/// See [`StoreFault`].
pub async fn seats(db: impl SqliteExecutor<'_>) -> Result<Vec<Seat>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!("{SEATS} order by s.enrolled_at_ms desc, s.id"));
    let rows = sqlx::query_as::<_, SeatRow>(sql).fetch_all(db).await?;
    rows.into_iter().map(seat_of_row).collect()
}

/// How many events came from each seat, held ones too. What has not come nobody can count.
///
/// # Errors
/// See [`StoreFault`].
pub async fn received(db: impl SqliteExecutor<'_>) -> Result<BTreeMap<SeatId, u64>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, i64)>(
        "select seat, sum(tip_seq + 1) from journals group by seat",
    );
    let rows = query.fetch_all(db).await?.into_iter();
    let of_row = |(seat, events): (Vec<u8>, i64)| {
        Ok((SeatId(fixed(&seat, "journals.seat")?), count(events, "journals.tip_seq")?))
    };
    rows.map(of_row).collect()
}

/// How many seats were last heard of within an hour, a day, seven days, and before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SeatsByAge {
    /// Less than an hour ago.
    pub hour: u64,
    /// Less than a day ago, and not less than an hour.
    pub day: u64,
    /// Less than seven days ago, and not less than a day.
    pub week: u64,
    /// Before that.
    pub older: u64,
}

/// Counts the seats that are not revoked by how long ago they were heard of.
///
/// # Errors
/// See [`StoreFault`].
pub async fn seats_by_age(
    db: impl SqliteExecutor<'_>,
    now: Moment,
) -> Result<SeatsByAge, StoreFault> {
    const HOUR_MS: i64 = 60 * 60 * 1000;
    const DAY_MS: i64 = 24 * HOUR_MS;
    const WEEK_MS: i64 = 7 * DAY_MS;
    let query = sqlx::query_scalar("select last_contact_ms from seats where revoked_at_ms is null");
    let mut counted = SeatsByAge::default();
    for at in query.fetch_all(db).await? {
        let of_its_age = match now.since_ms(Moment(at)) {
            ..HOUR_MS => &mut counted.hour,
            HOUR_MS..DAY_MS => &mut counted.day,
            DAY_MS..WEEK_MS => &mut counted.week,
            WEEK_MS.. => &mut counted.older,
        };
        *of_its_age += 1;
    }
    Ok(counted)
}

/// One seat.
///
/// # Errors
/// See [`StoreFault`].
pub async fn seat(db: impl SqliteExecutor<'_>, seat: SeatId) -> Result<Option<Seat>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!("{SEATS} where s.id = $1"));
    let row = sqlx::query_as::<_, SeatRow>(sql).bind(&seat.0[..]).fetch_optional(db).await?;
    row.map(seat_of_row).transpose()
}

/// The seats of a person, revoked ones too, in the order of their enrolment.
///
/// # Errors
/// See [`StoreFault`].
pub async fn seats_of(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<Vec<Seat>, StoreFault> {
    let sql =
        sqlx::AssertSqlSafe(format!("{SEATS} where s.person = $1 order by s.enrolled_at_ms, s.id"));
    let rows = sqlx::query_as::<_, SeatRow>(sql).bind(&person.0[..]).fetch_all(db).await?;
    rows.into_iter().map(seat_of_row).collect()
}

/// Notes that a seat was heard of.
///
/// # Errors
/// See [`StoreFault`].
pub async fn touch(tx: &mut Tx, seat: SeatId, now: Moment) -> Result<(), StoreFault> {
    let query = sqlx::query("update seats set last_contact_ms = $2 where id = $1");
    query.bind(&seat.0[..]).bind(now.0).execute(tx).await?;
    Ok(())
}

/// Revokes a seat; an earlier revocation stands, and then this says `false`.
///
/// # Errors
/// See [`StoreFault`].
pub async fn revoke(
    tx: &mut Tx,
    seat: SeatId,
    revocation: &Revocation,
) -> Result<bool, StoreFault> {
    let query = sqlx::query(
        "update seats set revoked_at_ms = $2, revoked_by = $3, revoked_because = $4
         where id = $1 and revoked_at_ms is null",
    );
    let Revocation { at, by, reason } = revocation;
    let query = query.bind(&seat.0[..]).bind(at.0).bind(by.as_ref().map(|by| &by.0[..]));
    Ok(query.bind(reason).execute(tx).await?.rows_affected() == 1)
}

/// Makes what one life of the store gave out worth nothing in the next: office sessions, and
/// invitations that open once and may have been used after the backup, the first one too.
///
/// # Errors
/// See [`StoreFault`].
pub async fn void_invitations_and_sessions(tx: &mut Tx, now: Moment) -> Result<(), StoreFault> {
    sqlx::query("delete from sessions").execute(&mut *tx).await?;
    meta::forget_first_link(&mut *tx).await?;
    let query = sqlx::query(
        "update invitations set spent_at_ms = $1 where reusable = 0 and spent_at_ms is null",
    );
    query.bind(now.0).execute(tx).await?;
    Ok(())
}

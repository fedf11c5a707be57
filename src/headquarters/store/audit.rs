//! The rows of the audit as they are kept. What a row means, and whether it follows from the one
//! before, is `audit`'s to say; the database refuses to change or delete one.

use domain::ids::PersonId;
use domain::moment::Moment;
use sqlx::SqliteExecutor;

use super::{StoreFault, Tx, count, fixed, number};
use crate::audit::{Act, Chain, Follower, Row};

/// How many rows are read at once while the chain is followed.
const PAGE: i64 = 1000;

/// The place of the next row, and the hash of the last.
///
/// # Errors
/// See [`StoreFault`].
pub async fn end(db: impl SqliteExecutor<'_>) -> Result<(u64, [u8; 32]), StoreFault> {
    let query = sqlx::query_as::<_, (i64, Vec<u8>)>(
        "select position, hash from audit order by position desc limit 1",
    );
    let Some((position, hash)) = query.fetch_optional(db).await? else { return Ok((1, [0; 32])) };
    Ok((count(position, "audit.position")?.saturating_add(1), fixed(&hash, "audit.hash")?))
}

/// Adds a row.
///
/// # Errors
/// See [`StoreFault`].
pub async fn append(tx: &mut Tx, row: &Row) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into audit (position, at_ms, person, act, object, detail, prev, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let query = query.bind(number(row.position)).bind(row.at.0);
    let query = query.bind(row.who.map(|person| person.0.to_vec())).bind(&row.act);
    let query = query.bind(&row.object).bind(&row.detail).bind(&row.prev[..]);
    query.bind(&row.hash[..]).execute(tx).await?;
    Ok(())
}

/// Which rows are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this person.
    pub who: Option<PersonId>,
    /// Of this act.
    pub act: Option<Act>,
    /// Not before this moment.
    pub from: Option<Moment>,
    /// Before this moment.
    pub before: Option<Moment>,
}

type Columns = (i64, i64, Option<Vec<u8>>, String, String, String, Vec<u8>, Vec<u8>);

const WANTED: &str = "($1 is null or person = $1) and ($2 is null or act = $2)
    and ($3 is null or at_ms >= $3) and ($4 is null or at_ms < $4)";

/// Rows, the last first: so many, after so many.
///
/// # Errors
/// See [`StoreFault`].
pub async fn wanted(
    db: impl SqliteExecutor<'_>,
    wanted: &Wanted,
    (limit, offset): (u64, u64),
) -> Result<Vec<Row>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!(
        "select position, at_ms, person, act, object, detail, prev, hash from audit
         where {WANTED} order by position desc limit $5 offset $6"
    ));
    let query = sqlx::query_as::<_, Columns>(sql);
    let query = query.bind(wanted.who.map(|person| person.0.to_vec()));
    let query = query.bind(wanted.act.map(Act::word)).bind(wanted.from.map(|at| at.0));
    let query = query.bind(wanted.before.map(|at| at.0)).bind(number(limit)).bind(number(offset));
    query.fetch_all(db).await?.into_iter().map(row).collect()
}

/// How many rows are asked for.
///
/// # Errors
/// See [`StoreFault`].
pub async fn counted(db: impl SqliteExecutor<'_>, wanted: &Wanted) -> Result<u64, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!("select count(*) from audit where {WANTED}"));
    let query = sqlx::query_scalar(sql).bind(wanted.who.map(|person| person.0.to_vec()));
    let query = query.bind(wanted.act.map(Act::word)).bind(wanted.from.map(|at| at.0));
    count(query.bind(wanted.before.map(|at| at.0)).fetch_one(db).await?, "audit")
}

/// Goes on following the chain to its end.
///
/// # Errors
/// See [`StoreFault`].
pub async fn follow(
    db: &sqlx::SqlitePool,
    follower: &mut Follower,
) -> Result<Result<(), u64>, StoreFault> {
    loop {
        let query = sqlx::query_as::<_, Columns>(
            "select position, at_ms, person, act, object, detail, prev, hash from audit
             where position > $1 order by position limit $2",
        );
        let rows = query.bind(number(follower.through())).bind(PAGE).fetch_all(db).await?;
        if rows.is_empty() {
            return Ok(Ok(()));
        }
        for columns in rows {
            if let Err(position) = follower.take(&row(columns)?) {
                return Ok(Err(position));
            }
        }
    }
}

/// Follows the whole chain.
///
/// # Errors
/// See [`StoreFault`].
pub async fn verify(db: &sqlx::SqlitePool) -> Result<Chain, StoreFault> {
    let mut follower = Follower::default();
    Ok(match follow(db, &mut follower).await? {
        Ok(()) => follower.whole(),
        Err(position) => Chain::Broken { position },
    })
}

/// Whether it was noted already that this was done with this object.
///
/// # Errors
/// See [`StoreFault`].
pub async fn is_noted(
    db: impl SqliteExecutor<'_>,
    act: Act,
    object: &str,
) -> Result<bool, StoreFault> {
    let query =
        sqlx::query_scalar::<_, i64>("select count(*) from audit where act = $1 and object = $2");
    Ok(query.bind(act.word()).bind(object).fetch_one(db).await? > 0)
}

/// Whether some row has this hash.
///
/// # Errors
/// See [`StoreFault`].
pub async fn has(db: impl SqliteExecutor<'_>, hash: &[u8; 32]) -> Result<bool, StoreFault> {
    let query = sqlx::query_scalar::<_, i64>("select count(*) from audit where hash = $1");
    Ok(query.bind(&hash[..]).fetch_one(db).await? > 0)
}

fn row(columns: Columns) -> Result<Row, StoreFault> {
    let (position, at, who, act, object, detail, prev, hash) = columns;
    Ok(Row {
        position: count(position, "audit.position")?,
        at: Moment(at),
        who: who.map(|who| fixed(&who, "audit.person").map(PersonId)).transpose()?,
        act,
        object,
        detail,
        prev: fixed(&prev, "audit.prev")?,
        hash: fixed(&hash, "audit.hash")?,
    })
}

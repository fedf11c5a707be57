//! How long each kind of record is kept, as somebody decided.

use domain::ids::PersonId;
use domain::moment::Moment;
use sqlx::{SqliteExecutor, SqlitePool};

use super::{StoreFault, Tx, fixed};
use crate::retention::Kind;

/// What stands of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The kind.
    pub kind: Kind,
    /// For how many days.
    pub days: u32,
    /// Who decided, and when; `None` while nobody did.
    pub set: Option<(Option<PersonId>, Moment)>,
}

/// What stands of every kind.
///
/// # Errors
/// See [`StoreFault`].
pub async fn all(db: &SqlitePool) -> Result<Vec<Kept>, StoreFault> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        all.push(of(db, kind).await?);
    }
    Ok(all)
}

/// What stands of one kind.
///
/// # Errors
/// See [`StoreFault`].
pub async fn of(db: impl SqliteExecutor<'_>, kind: Kind) -> Result<Kept, StoreFault> {
    let query = sqlx::query_as::<_, (i64, Option<Vec<u8>>, i64)>(
        "select days, set_by, set_at_ms from retention where kind = $1",
    );
    let Some((days, by, at)) = query.bind(kind.word()).fetch_optional(db).await? else {
        return Ok(Kept { kind, days: kind.default_days(), set: None });
    };
    let days = u32::try_from(days).map_err(|_| StoreFault::Damaged("retention.days"))?;
    let by = by.map(|by| fixed(&by, "retention.set_by").map(PersonId)).transpose()?;
    Ok(Kept { kind, days, set: Some((by, Moment(at))) })
}

/// Sets the days of a kind.
///
/// # Errors
/// See [`StoreFault`].
pub async fn set(
    tx: &mut Tx,
    (kind, days): (Kind, u32),
    (by, now): (PersonId, Moment),
) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into retention (kind, days, set_by, set_at_ms) values ($1, $2, $3, $4)
         on conflict (kind) do update
         set days = excluded.days, set_by = excluded.set_by, set_at_ms = excluded.set_at_ms",
    );
    let query = query.bind(kind.word()).bind(i64::from(days)).bind(by.0.to_vec());
    query.bind(now.0).execute(tx).await?;
    Ok(())
}

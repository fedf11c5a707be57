//! Which journal headquarters goes on writing in each inspection. A restore empties this, so
//! that no journal is continued whose end may be lost; nothing here writes an event.

use domain::ids::{InspectionId, JournalId};
use domain::moment::Moment;
use proof::chain::{Journal, Tip};
use sqlx::SqliteExecutor;

use super::{StoreFault, Tx, events, fixed};

/// The journal to go on writing, with its end; `None` when a new one is to be opened.
///
/// # Errors
/// See [`StoreFault`].
pub async fn current(
    tx: &mut Tx,
    inspection: InspectionId,
) -> Result<Option<(JournalId, Tip)>, StoreFault> {
    let query =
        sqlx::query_scalar::<_, Vec<u8>>("select journal from own_journals where inspection = $1");
    let Some(id) = query.bind(&inspection.0[..]).fetch_optional(&mut *tx).await? else {
        return Ok(None);
    };
    let journal = JournalId(fixed(&id, "own_journals.journal")?);
    let known = events::journal(tx, Journal { inspection, journal }).await?;
    let whole = known.filter(|(_, known)| !known.forked);
    Ok(whole.map(|(_, known)| (journal, known.tip)))
}

/// Notes which journal headquarters goes on writing.
///
/// # Errors
/// See [`StoreFault`].
pub async fn set(tx: &mut Tx, journal: Journal) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into own_journals (inspection, journal) values ($1, $2)
         on conflict (inspection) do update set journal = excluded.journal",
    );
    let query = query.bind(&journal.inspection.0[..]).bind(&journal.journal.0[..]);
    query.execute(tx).await?;
    Ok(())
}

/// Leaves a journal: someone else knew more of it than headquarters did.
///
/// # Errors
/// See [`StoreFault`].
pub async fn leave(tx: &mut Tx, journal: Journal) -> Result<(), StoreFault> {
    let query = sqlx::query("delete from own_journals where inspection = $1 and journal = $2");
    let query = query.bind(&journal.inspection.0[..]).bind(&journal.journal.0[..]);
    query.execute(tx).await?;
    Ok(())
}

/// Leaves every journal.
///
/// # Errors
/// See [`StoreFault`].
pub async fn leave_all(tx: &mut Tx) -> Result<(), StoreFault> {
    sqlx::query("delete from own_journals").execute(tx).await?;
    Ok(())
}

/// When headquarters wrote last in an inspection, by its own clock.
///
/// # Errors
/// See [`StoreFault`].
pub async fn last_at(
    db: impl SqliteExecutor<'_>,
    inspection: InspectionId,
) -> Result<Option<Moment>, StoreFault> {
    let query = sqlx::query_scalar::<_, Option<i64>>(
        "select max(e.at_ms) from events e
         join journals j on j.inspection = e.inspection and j.journal = e.journal
         join headquarters_seats h on h.seat = j.seat
         where e.inspection = $1",
    );
    Ok(query.bind(&inspection.0[..]).fetch_one(db).await?.map(Moment))
}

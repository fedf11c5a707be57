//! Which held events wait for a person, and what headquarters said of the others: an index of
//! what its own journals say, so that no page has to fold every inspection to count.

use std::collections::BTreeSet;

use domain::ids::{EventId, InspectionId};
use proof::chain::Journal;
use sqlx::SqliteExecutor;
use sync::recall::Verdict;

use super::{StoreFault, Tx, count, fixed};

/// Notes a verdict. What was admitted once stays admitted, as in the fold.
///
/// # Errors
/// See [`StoreFault`].
pub async fn put(tx: &mut Tx, events: &[EventId], verdict: Verdict) -> Result<(), StoreFault> {
    let admitted: i64 = match verdict {
        Verdict::Admitted => 1,
        Verdict::SetAside => 0,
    };
    for event in events {
        let query = sqlx::query(
            "insert into judgements (event, admitted) values ($1, $2)
             on conflict (event) do update set admitted = 1 where excluded.admitted = 1",
        );
        query.bind(&event.0[..]).bind(admitted).execute(&mut *tx).await?;
    }
    Ok(())
}

/// How many held events wait for a person.
///
/// # Errors
/// See [`StoreFault`].
pub async fn waiting(db: impl SqliteExecutor<'_>) -> Result<u64, StoreFault> {
    let query = sqlx::query_scalar::<_, i64>(
        "select count(*) from events e where e.held is not null
         and not exists (select 1 from judgements j where j.event = e.id)",
    );
    count(query.fetch_one(db).await?, "events.held")
}

/// The inspections in which held events wait, the first that arrived first.
///
/// # Errors
/// See [`StoreFault`].
pub async fn inspections(db: impl SqliteExecutor<'_>) -> Result<Vec<InspectionId>, StoreFault> {
    let query = sqlx::query_scalar::<_, Vec<u8>>(
        "select e.inspection from events e where e.held is not null
         and not exists (select 1 from judgements j where j.event = e.id)
         group by e.inspection order by min(e.position)",
    );
    let rows = query.fetch_all(db).await?;
    rows.iter().map(|id| fixed(id, "events.inspection").map(InspectionId)).collect()
}

/// How many held events wait in each inspection where some do.
///
/// # Errors
/// See [`StoreFault`].
pub async fn waiting_by_inspection(
    db: impl SqliteExecutor<'_>,
) -> Result<Vec<(InspectionId, u64)>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, i64)>(
        "select e.inspection, count(*) from events e where e.held is not null
         and not exists (select 1 from judgements j where j.event = e.id)
         group by e.inspection",
    );
    let one = |(id, waiting): (Vec<u8>, i64)| {
        let inspection = InspectionId(fixed(&id, "events.inspection")?);
        Ok((inspection, count(waiting, "events.held")?))
    };
    query.fetch_all(db).await?.into_iter().map(one).collect()
}

/// The held events that wait in a journal, in the order of their arrival.
///
/// # Errors
/// See [`StoreFault`].
pub async fn waiting_in(
    db: impl SqliteExecutor<'_>,
    journal: Journal,
) -> Result<Vec<EventId>, StoreFault> {
    let query = sqlx::query_scalar::<_, Vec<u8>>(
        "select e.id from events e
         where e.inspection = $1 and e.journal = $2 and e.held is not null
         and not exists (select 1 from judgements j where j.event = e.id)
         order by e.position",
    );
    let query = query.bind(&journal.inspection.0[..]).bind(&journal.journal.0[..]);
    let rows = query.fetch_all(db).await?;
    rows.iter().map(|id| fixed(id, "events.id").map(EventId)).collect()
}

/// Which of these events of an inspection a verdict can still be said of: those that wait, and for
/// admitting also those that were set aside.
///
/// # Errors
/// See [`StoreFault`].
pub async fn open_to(
    tx: &mut Tx,
    verdict: Verdict,
    inspection: InspectionId,
    events: &BTreeSet<EventId>,
) -> Result<Vec<EventId>, StoreFault> {
    let closing: i64 = match verdict {
        Verdict::Admitted => 1,
        Verdict::SetAside => 0,
    };
    let mut open = Vec::new();
    for event in events {
        let query = sqlx::query_scalar::<_, i64>(
            "select count(*) from events e
             where e.id = $1 and e.inspection = $2 and e.held is not null
             and not exists (select 1 from judgements j where j.event = e.id and j.admitted >= $3)",
        );
        let query = query.bind(&event.0[..]).bind(&inspection.0[..]).bind(closing);
        if query.fetch_one(&mut *tx).await? > 0 {
            open.push(*event);
        }
    }
    Ok(open)
}

//! Events and heads: stored as they came, each with the next position.
//!
//! The position is taken under the writer's lock in the transaction that stores the event, so
//! positions have no gaps and are the order of pull. Nothing here is ever updated or deleted.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::Event;
use domain::ids::{EventId, InspectionId, JournalId, Salt, SeatId, Signature, SigningKey};
use domain::moment::Moment;
use domain::state::{Custody, HeldReason};
use proof::chain::{Journal, Tip, Verified};
use proof::head::SignedHead;
use sqlx::{QueryBuilder, SqliteExecutor};
use sync::admission::{Author, Known};

use super::{StoreFault, Tx, count, fixed, inspections, number};

/// How many events one statement inserts.
const ROWS_PER_INSERT: usize = 100;

/// A run of events to be stored, none of which is stored yet.
#[derive(Debug, Clone, Copy)]
pub struct Fresh<'a> {
    /// Their journal.
    pub journal: Journal,
    /// Its author.
    pub author: Author,
    /// The events.
    pub events: &'a [Verified],
    /// The head over them.
    pub head: &'a SignedHead,
    /// The last event the head covers.
    pub head_tip: Tip,
    /// Whether they count.
    pub custody: Custody,
    /// What is known of the journal after them.
    pub known: Known,
    /// Headquarters' clock.
    pub now: Moment,
}

/// Stores a run: journal, head, events.
///
/// # Errors
/// See [`StoreFault`].
pub async fn store(tx: &mut Tx, fresh: &Fresh<'_>) -> Result<(), StoreFault> {
    let events = u64::try_from(fresh.events.len()).unwrap_or(u64::MAX);
    if events == 0 {
        return Ok(());
    }
    let first = take_positions(tx, events).await?;
    let last = first + (events - 1);
    inspections::reach(tx, fresh.journal.inspection, first, last).await?;
    put_journal(tx, fresh).await?;
    put_head(tx, fresh).await?;
    for (chunk, at) in fresh.events.chunks(ROWS_PER_INSERT).zip(0u64..) {
        let offset = at * u64::try_from(ROWS_PER_INSERT).unwrap_or(0);
        put_events(tx, fresh, chunk, first + offset).await?;
    }
    Ok(())
}

/// Takes the next `events` positions and gives the first of them.
async fn take_positions(tx: &mut Tx, events: u64) -> Result<u64, StoreFault> {
    let query = sqlx::query_scalar::<_, i64>(
        "update counters set value = value + $1 where name = 'position' returning value",
    );
    let next = query.bind(number(events)).fetch_one(tx).await?;
    count(next, "counters.value")?.checked_sub(events).ok_or(StoreFault::Damaged("counters.value"))
}

async fn put_journal(tx: &mut Tx, fresh: &Fresh<'_>) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into journals (inspection, journal, seat, signing_key, tip_seq, tip_id, forked)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (inspection, journal) do update
         set tip_seq = excluded.tip_seq, tip_id = excluded.tip_id, forked = excluded.forked",
    );
    let Fresh { journal, author, known, .. } = fresh;
    let query = query.bind(&journal.inspection.0[..]).bind(&journal.journal.0[..]);
    let query = query.bind(&author.seat.0[..]).bind(&author.key.0[..]);
    let query = query.bind(number(known.tip.seq)).bind(&known.tip.id.0[..]);
    query.bind(i64::from(known.forked)).execute(tx).await?;
    Ok(())
}

/// The first head over the same last event is kept: a second one says nothing more.
async fn put_head(tx: &mut Tx, fresh: &Fresh<'_>) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into heads (inspection, journal, tip_id, tip_seq, bytes, signature)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (inspection, journal, tip_id) do nothing",
    );
    let Fresh { journal, head, head_tip, .. } = fresh;
    let query = query.bind(&journal.inspection.0[..]).bind(&journal.journal.0[..]);
    let query = query.bind(&head_tip.id.0[..]).bind(number(head_tip.seq));
    query.bind(&head.head).bind(&head.signature.0[..]).execute(tx).await?;
    Ok(())
}

async fn put_events(
    tx: &mut Tx,
    fresh: &Fresh<'_>,
    events: &[Verified],
    first: u64,
) -> Result<(), StoreFault> {
    let mut query = QueryBuilder::new(
        "insert into events (position, id, inspection, journal, seq, at_ms, accepted_at_ms, held, \
         head_tip_id, header, salt, body) ",
    );
    query.push_values(events.iter().zip(first..), |mut row, (event, position)| {
        row.push_bind(number(position))
            .push_bind(&event.id.0[..])
            .push_bind(&fresh.journal.inspection.0[..])
            .push_bind(&fresh.journal.journal.0[..])
            .push_bind(number(event.header.seq))
            .push_bind(event.header.at.0)
            .push_bind(fresh.now.0)
            .push_bind(held_number(fresh.custody))
            .push_bind(&fresh.head_tip.id.0[..])
            .push_bind(&event.event.header[..])
            .push_bind(&event.event.salt.0[..])
            .push_bind(event.event.body.as_deref());
    });
    query.build().execute(tx).await?;
    Ok(())
}

/// What headquarters knows of a journal, and who writes it.
///
/// # Errors
/// See [`StoreFault`].
pub async fn journal(
    db: impl SqliteExecutor<'_>,
    journal: Journal,
) -> Result<Option<(Author, Known)>, StoreFault> {
    let query = sqlx::query_as::<_, JournalRow>(
        "select journal, seat, signing_key, tip_seq, tip_id, forked from journals
         where inspection = $1 and journal = $2",
    );
    let query = query.bind(&journal.inspection.0[..]).bind(&journal.journal.0[..]);
    let row = query.fetch_optional(db).await?;
    row.map(|row| of_row(&row).map(|(_, author, known)| (author, known))).transpose()
}

type JournalRow = (Vec<u8>, Vec<u8>, Vec<u8>, i64, Vec<u8>, i64);

fn of_row(row: &JournalRow) -> Result<(JournalId, Author, Known), StoreFault> {
    let (journal, seat, key, tip_seq, tip_id, forked) = row;
    let author = Author {
        seat: SeatId(fixed(seat, "journals.seat")?),
        key: SigningKey(fixed(key, "journals.signing_key")?),
    };
    let tip = Tip {
        seq: count(*tip_seq, "journals.tip_seq")?,
        id: EventId(fixed(tip_id, "journals.tip_id")?),
    };
    let journal = JournalId(fixed(journal, "journals.journal")?);
    Ok((journal, author, Known { tip, forked: *forked != 0 }))
}

/// The ids that are stored of a journal from one `seq` through another, on every branch.
///
/// # Errors
/// See [`StoreFault`].
pub async fn ids_between(
    db: impl SqliteExecutor<'_>,
    journal: Journal,
    from: u64,
    through: u64,
) -> Result<BTreeSet<EventId>, StoreFault> {
    let query = sqlx::query_scalar::<_, Vec<u8>>(
        "select id from events
         where inspection = $1 and journal = $2 and seq >= $3 and seq <= $4",
    );
    let query = query.bind(&journal.inspection.0[..]).bind(&journal.journal.0[..]);
    let ids = query.bind(number(from)).bind(number(through)).fetch_all(db).await?;
    ids.iter().map(|id| fixed(id, "events.id").map(EventId)).collect()
}

/// One stored event.
#[derive(Debug, Clone)]
pub struct Stored {
    /// Its place among everything ever accepted.
    pub position: u64,
    /// Its journal.
    pub journal: JournalId,
    /// Who wrote it.
    pub author: Author,
    /// When headquarters accepted it.
    pub accepted_at: Moment,
    /// Whether it counts.
    pub custody: Custody,
    /// The last event under the head it came with.
    pub head_tip: EventId,
    /// Its bytes.
    pub event: Event,
}

type EventRow =
    (i64, Vec<u8>, Vec<u8>, Vec<u8>, i64, Option<i64>, Vec<u8>, Vec<u8>, Vec<u8>, Option<Vec<u8>>);

/// The events of an inspection from a position on, at most `limit` of them.
///
/// # Errors
/// See [`StoreFault`].
pub async fn of_inspection(
    db: impl SqliteExecutor<'_>,
    inspection: InspectionId,
    from: u64,
    limit: usize,
) -> Result<Vec<Stored>, StoreFault> {
    let query = sqlx::query_as::<_, EventRow>(
        "select e.position, e.journal, j.seat, j.signing_key, e.accepted_at_ms, e.held,
                e.head_tip_id, e.header, e.salt, e.body
         from events e
         join journals j on j.inspection = e.inspection and j.journal = e.journal
         where e.inspection = $1 and e.position >= $2 order by e.position limit $3",
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let query = query.bind(&inspection.0[..]).bind(number(from)).bind(limit);
    query.fetch_all(db).await?.into_iter().map(stored).collect()
}

/// What headquarters itself wrote in an inspection and counts, in the order of arrival.
///
/// # Errors
/// See [`StoreFault`].
pub async fn own(
    db: impl SqliteExecutor<'_>,
    inspection: InspectionId,
) -> Result<Vec<Stored>, StoreFault> {
    let query = sqlx::query_as::<_, EventRow>(
        "select e.position, e.journal, j.seat, j.signing_key, e.accepted_at_ms, e.held,
                e.head_tip_id, e.header, e.salt, e.body
         from events e
         join journals j on j.inspection = e.inspection and j.journal = e.journal
         join headquarters_seats h on h.seat = j.seat
         where e.inspection = $1 and e.held is null order by e.position",
    );
    query.bind(&inspection.0[..]).fetch_all(db).await?.into_iter().map(stored).collect()
}

fn stored(row: EventRow) -> Result<Stored, StoreFault> {
    let (position, journal, seat, key, accepted_at, held, head_tip, header, salt, body) = row;
    let salt = Salt(fixed(&salt, "events.salt")?);
    Ok(Stored {
        position: count(position, "events.position")?,
        journal: JournalId(fixed(&journal, "events.journal")?),
        author: Author {
            seat: SeatId(fixed(&seat, "journals.seat")?),
            key: SigningKey(fixed(&key, "journals.signing_key")?),
        },
        accepted_at: Moment(accepted_at),
        custody: custody_of(held)?,
        head_tip: EventId(fixed(&head_tip, "events.head_tip_id")?),
        event: Event { header, salt, body },
    })
}

/// The head over an event, by the last event it covers.
///
/// # Errors
/// See [`StoreFault`].
pub async fn head(
    db: impl SqliteExecutor<'_>,
    journal: Journal,
    tip: EventId,
) -> Result<Option<SignedHead>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, Vec<u8>)>(
        "select bytes, signature from heads
         where inspection = $1 and journal = $2 and tip_id = $3",
    );
    let query = query.bind(&journal.inspection.0[..]).bind(&journal.journal.0[..]);
    let row = query.bind(&tip.0[..]).fetch_optional(db).await?;
    row.map(|(head, signature)| {
        let signature = Signature(fixed(&signature, "heads.signature")?);
        Ok(SignedHead { head, signature })
    })
    .transpose()
}

/// The id of the event at a position.
///
/// # Errors
/// See [`StoreFault`].
pub async fn id_at(
    db: impl SqliteExecutor<'_>,
    position: u64,
) -> Result<Option<EventId>, StoreFault> {
    let query = sqlx::query_scalar::<_, Vec<u8>>("select id from events where position = $1");
    let id = query.bind(number(position)).fetch_optional(db).await?;
    id.map(|id| fixed(&id, "events.id").map(EventId)).transpose()
}

/// Whether this event of a journal is stored; then every event before it in its chain is.
///
/// # Errors
/// See [`StoreFault`].
pub async fn has(
    db: impl SqliteExecutor<'_>,
    journal: Journal,
    tip: Tip,
) -> Result<bool, StoreFault> {
    let query = sqlx::query_scalar::<_, i64>(
        "select count(*) from events where id = $1 and inspection = $2 and journal = $3 and seq = $4",
    );
    let query = query.bind(&tip.id.0[..]).bind(&journal.inspection.0[..]);
    let found = query.bind(&journal.journal.0[..]).bind(number(tip.seq)).fetch_one(db).await?;
    Ok(found > 0)
}

/// Every head in an inspection, by its journal and the last event it covers.
///
/// # Errors
/// See [`StoreFault`].
pub async fn heads(
    db: impl SqliteExecutor<'_>,
    inspection: InspectionId,
) -> Result<BTreeMap<(JournalId, EventId), SignedHead>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, Vec<u8>, Vec<u8>, Vec<u8>)>(
        "select journal, tip_id, bytes, signature from heads where inspection = $1",
    );
    let rows = query.bind(&inspection.0[..]).fetch_all(db).await?;
    rows.into_iter()
        .map(|(journal, tip, head, signature)| {
            let journal = JournalId(fixed(&journal, "heads.journal")?);
            let tip = EventId(fixed(&tip, "heads.tip_id")?);
            let signature = Signature(fixed(&signature, "heads.signature")?);
            Ok(((journal, tip), SignedHead { head, signature }))
        })
        .collect()
}

/// How many events came in held, whatever became of them.
///
/// # Errors
/// See [`StoreFault`].
pub async fn held(db: impl SqliteExecutor<'_>) -> Result<u64, StoreFault> {
    let query = sqlx::query_scalar("select count(*) from events where held is not null");
    count(query.fetch_one(db).await?, "events.held")
}

/// How many events there are, and the last position among them.
///
/// # Errors
/// See [`StoreFault`].
pub async fn extent(db: impl SqliteExecutor<'_>) -> Result<(u64, Option<u64>), StoreFault> {
    let query =
        sqlx::query_as::<_, (i64, Option<i64>)>("select count(*), max(position) from events");
    let (events, last) = query.fetch_one(db).await?;
    let last = last.map(|last| count(last, "events.position")).transpose()?;
    Ok((count(events, "events")?, last))
}

fn held_number(custody: Custody) -> Option<i64> {
    match custody {
        Custody::Accepted => None,
        Custody::Held(HeldReason::NotOnTeam) => Some(0),
        Custody::Held(HeldReason::SeatRevoked) => Some(1),
        Custody::Held(HeldReason::Forked) => Some(2),
        Custody::Held(HeldReason::UnknownSeat) => Some(3),
    }
}

fn custody_of(held: Option<i64>) -> Result<Custody, StoreFault> {
    match held {
        None => Ok(Custody::Accepted),
        Some(0) => Ok(Custody::Held(HeldReason::NotOnTeam)),
        Some(1) => Ok(Custody::Held(HeldReason::SeatRevoked)),
        Some(2) => Ok(Custody::Held(HeldReason::Forked)),
        Some(3) => Ok(Custody::Held(HeldReason::UnknownSeat)),
        Some(_) => Err(StoreFault::Damaged("events.held")),
    }
}

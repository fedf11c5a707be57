//! The life of the store (epoch), its backups, and the seats that headquarters has had.

use std::collections::BTreeSet;
use std::str::FromStr;

use domain::ids::{Epoch, SeatId, SigningKey, to_hex};
use domain::moment::Moment;
use proof::seat::seat_of;
use sqlx::{SqliteExecutor, SqlitePool};
use sync::message::enrol::HeadquartersSeat;

use super::{StoreFault, Tx, count, fixed};

/// The epoch, when one was written.
///
/// # Errors
/// See [`StoreFault`].
pub async fn epoch(db: impl SqliteExecutor<'_>) -> Result<Option<Epoch>, StoreFault> {
    let query = sqlx::query_scalar::<_, String>("select value from meta where name = 'epoch'");
    let text = query.fetch_optional(db).await?;
    text.map(|text| text.parse().map_err(|_| StoreFault::Damaged("epoch"))).transpose()
}

/// Writes the epoch of a new life of the store.
///
/// # Errors
/// See [`StoreFault`].
pub async fn put_epoch(tx: &mut Tx, epoch: Epoch) -> Result<(), StoreFault> {
    put(tx, "epoch", &epoch.to_string()).await
}

/// How many positions, counted from 0, are in a backup; `None` before the first one.
///
/// # Errors
/// See [`StoreFault`].
pub async fn durable_through(db: impl SqliteExecutor<'_>) -> Result<Option<u64>, StoreFault> {
    number(db, "durable_through").await
}

/// When the last backup was made.
///
/// # Errors
/// See [`StoreFault`].
pub async fn backup_at(db: impl SqliteExecutor<'_>) -> Result<Option<Moment>, StoreFault> {
    Ok(number(db, "backup_at_ms").await?.map(Moment))
}

/// Notes that a backup of this life holds so many positions; an older backup changes nothing.
///
/// # Errors
/// See [`StoreFault`].
pub async fn raise_durable_through(
    db: &mut Tx,
    life: Epoch,
    positions: u64,
    now: Moment,
) -> Result<(), StoreFault> {
    sqlx::query("begin immediate").execute(&mut *db).await?;
    let of_this_life = epoch(&mut *db).await? == Some(life);
    let known = durable_through(&mut *db).await?;
    if of_this_life && known.is_none_or(|known| known <= positions) {
        put(&mut *db, "durable_through", &positions.to_string()).await?;
        put(&mut *db, "backup_at_ms", &now.0.to_string()).await?;
    }
    sqlx::query("commit").execute(db).await?;
    Ok(())
}

/// That this store came from a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restoration {
    /// When it was restored.
    pub at: Moment,
    /// When the backup was made.
    pub backup_at: Moment,
    /// How many positions the backup had; what has a later one came after the restore.
    pub positions: u64,
}

/// That this store came from a backup, if it did.
///
/// # Errors
/// See [`StoreFault`].
pub async fn restoration(db: &SqlitePool) -> Result<Option<Restoration>, StoreFault> {
    let at = number(db, "restored_at_ms").await?.map(Moment);
    let backup_at = number(db, "restored_backup_at_ms").await?.map(Moment);
    let positions = number(db, "restored_positions").await?;
    let (Some(at), Some(backup_at), Some(positions)) = (at, backup_at, positions) else {
        return Ok(None);
    };
    Ok(Some(Restoration { at, backup_at, positions }))
}

/// Notes that this store comes from a backup, which therefore holds what it holds.
///
/// # Errors
/// See [`StoreFault`].
pub async fn put_restoration(tx: &mut Tx, from: Restoration) -> Result<(), StoreFault> {
    for (name, value) in [
        ("restored_at_ms", from.at.0.to_string()),
        ("restored_backup_at_ms", from.backup_at.0.to_string()),
        ("restored_positions", from.positions.to_string()),
        ("durable_through", from.positions.to_string()),
        ("backup_at_ms", from.backup_at.0.to_string()),
    ] {
        put(&mut *tx, name, &value).await?;
    }
    Ok(())
}

/// Keeps the hash of the link that makes the first administrator, and until when it opens. The
/// link before it opens nothing any more.
///
/// # Errors
/// See [`StoreFault`].
pub async fn put_first_link(tx: &mut Tx, hash: &[u8; 32], until: Moment) -> Result<(), StoreFault> {
    put(&mut *tx, "first_link", &to_hex(hash)).await?;
    put(tx, "first_link_until_ms", &until.0.to_string()).await
}

/// Whether this is the hash of the link that makes the first administrator.
///
/// # Errors
/// See [`StoreFault`].
pub async fn is_first_link(
    db: impl SqliteExecutor<'_>,
    hash: &[u8; 32],
    now: Moment,
) -> Result<bool, StoreFault> {
    let query = sqlx::query_scalar::<_, i64>(
        "select count(*) from meta link join meta until on until.name = 'first_link_until_ms'
         where link.name = 'first_link' and link.value = $1
         and cast(until.value as bigint) > $2",
    );
    Ok(query.bind(to_hex(hash)).bind(now.0).fetch_one(db).await? == 1)
}

/// Forgets the link that makes the first administrator.
///
/// # Errors
/// See [`StoreFault`].
pub async fn forget_first_link(tx: &mut Tx) -> Result<(), StoreFault> {
    let query = sqlx::query("delete from meta where name in ('first_link', 'first_link_until_ms')");
    query.execute(tx).await?;
    Ok(())
}

async fn put(tx: &mut Tx, name: &'static str, value: &str) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into meta (name, value) values ($1, $2)
         on conflict (name) do update set value = excluded.value",
    );
    query.bind(name).bind(value).execute(tx).await?;
    Ok(())
}

async fn number<N: FromStr>(
    db: impl SqliteExecutor<'_>,
    name: &'static str,
) -> Result<Option<N>, StoreFault> {
    let query = sqlx::query_scalar::<_, String>("select value from meta where name = $1");
    let text = query.bind(name).fetch_optional(db).await?;
    text.map(|text| text.parse().map_err(|_| StoreFault::Damaged(name))).transpose()
}

/// The seats that headquarters has had.
///
/// # Errors
/// See [`StoreFault`].
pub async fn own_seats(db: impl SqliteExecutor<'_>) -> Result<BTreeSet<SeatId>, StoreFault> {
    let query = sqlx::query_scalar::<_, Vec<u8>>("select seat from headquarters_seats");
    let rows = query.fetch_all(db).await?;
    rows.iter().map(|seat| fixed(seat, "headquarters_seats.seat").map(SeatId)).collect()
}

/// How many positions were given.
///
/// # Errors
/// See [`StoreFault`].
pub async fn positions(db: impl SqliteExecutor<'_>) -> Result<u64, StoreFault> {
    let query = sqlx::query_scalar("select value from counters where name = 'position'");
    count(query.fetch_one(db).await?, "counters.value")
}

/// The seats of headquarters, the newest first.
///
/// # Errors
/// See [`StoreFault`].
pub async fn headquarters(
    db: impl SqliteExecutor<'_>,
) -> Result<Vec<HeadquartersSeat>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, Vec<u8>)>(
        "select seat, signing_key from headquarters_seats order by since_ms desc",
    );
    let rows = query.fetch_all(db).await?;
    let seat = |(seat, key): &(Vec<u8>, Vec<u8>)| {
        let seat = SeatId(fixed(seat, "headquarters_seats.seat")?);
        let key = SigningKey(fixed(key, "headquarters_seats.signing_key")?);
        Ok(HeadquartersSeat { seat, key, envelope: None })
    };
    rows.iter().map(seat).collect()
}

/// Records a seat of headquarters, unless it is known.
///
/// # Errors
/// See [`StoreFault`].
pub async fn add_headquarters(
    tx: &mut Tx,
    key: &SigningKey,
    now: Moment,
) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into headquarters_seats (seat, signing_key, since_ms) values ($1, $2, $3)
         on conflict (seat) do nothing",
    );
    let seat = seat_of(key);
    query.bind(&seat.0[..]).bind(&key.0[..]).bind(now.0).execute(tx).await?;
    Ok(())
}

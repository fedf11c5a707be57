//! The life of the store (epoch) and the seats that headquarters has had.

use domain::ids::{Epoch, SeatId, SigningKey};
use domain::moment::Moment;
use proof::seat::seat_of;
use sqlx::SqliteExecutor;
use sync::message::enrol::HeadquartersSeat;

use super::{StoreFault, Tx, fixed};

/// The epoch, when one was written.
///
/// # Errors
/// See [`StoreFault`].
pub async fn epoch(db: impl SqliteExecutor<'_>) -> Result<Option<Epoch>, StoreFault> {
    let query = sqlx::query_scalar::<_, String>("select value from meta where name = 'epoch'");
    let text = query.fetch_optional(db).await?;
    text.map(|text| text.parse().map_err(|_| StoreFault::Damaged("epoch"))).transpose()
}

/// Writes the epoch of a new store.
///
/// # Errors
/// See [`StoreFault`].
pub async fn begin_epoch(tx: &mut Tx, epoch: Epoch) -> Result<(), StoreFault> {
    let query = sqlx::query("insert into meta (name, value) values ('epoch', $1)");
    query.bind(epoch.to_string()).execute(tx).await?;
    Ok(())
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
        Ok(HeadquartersSeat { seat, key })
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

//! Locked vaults of revoked seats, as they came. What is in them only the escrow key can read.

use domain::ids::SeatId;
use domain::moment::Moment;
use sqlx::SqliteExecutor;

use super::{StoreFault, Tx, fixed};

/// A locked vault that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The SHA-256 of its bytes.
    pub sha256: [u8; 32],
    /// Whose it says it is.
    pub seat: SeatId,
    /// When.
    pub at: Moment,
    /// When it was opened for the first time.
    pub opened_at: Option<Moment>,
}

/// How many vaults of a seat there are.
///
/// # Errors
/// See [`StoreFault`].
pub async fn count_of(db: impl SqliteExecutor<'_>, seat: SeatId) -> Result<u64, StoreFault> {
    let query = sqlx::query_scalar("select count(*) from sealed_vaults where seat = $1");
    super::count(query.bind(&seat.0[..]).fetch_one(db).await?, "sealed_vaults")
}

/// When the vault with this hash arrived.
///
/// # Errors
/// See [`StoreFault`].
pub async fn arrived_at(
    db: impl SqliteExecutor<'_>,
    sha256: &[u8; 32],
) -> Result<Option<Moment>, StoreFault> {
    let query = sqlx::query_scalar("select arrived_at_ms from sealed_vaults where sha256 = $1");
    let at: Option<i64> = query.bind(&sha256[..]).fetch_optional(db).await?;
    Ok(at.map(Moment))
}

/// Keeps a vault.
///
/// # Errors
/// See [`StoreFault`].
pub async fn keep(
    tx: &mut Tx,
    (sha256, seat): (&[u8; 32], SeatId),
    bytes: &[u8],
    now: Moment,
) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into sealed_vaults (sha256, seat, arrived_at_ms, opened_at_ms, bytes)
         values ($1, $2, $3, null, $4) on conflict (sha256) do nothing",
    );
    query.bind(&sha256[..]).bind(&seat.0[..]).bind(now.0).bind(bytes).execute(tx).await?;
    Ok(())
}

/// Every vault, the one that came last first.
///
/// # Errors
/// See [`StoreFault`].
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<Arrived>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, Vec<u8>, i64, Option<i64>)>(
        "select sha256, seat, arrived_at_ms, opened_at_ms from sealed_vaults
         order by arrived_at_ms desc, sha256",
    );
    let rows = query.fetch_all(db).await?.into_iter();
    let arrived = rows.map(|(sha256, seat, at, opened_at)| {
        Ok(Arrived {
            sha256: fixed(&sha256, "sealed_vaults.sha256")?,
            seat: SeatId(fixed(&seat, "sealed_vaults.seat")?),
            at: Moment(at),
            opened_at: opened_at.map(Moment),
        })
    });
    arrived.collect()
}

/// The bytes of a vault.
///
/// # Errors
/// See [`StoreFault`].
pub async fn bytes(
    db: impl SqliteExecutor<'_>,
    sha256: &[u8; 32],
) -> Result<Option<Vec<u8>>, StoreFault> {
    let query = sqlx::query_scalar("select bytes from sealed_vaults where sha256 = $1");
    Ok(query.bind(&sha256[..]).fetch_optional(db).await?)
}

/// Notes that a vault was opened.
///
/// # Errors
/// See [`StoreFault`].
pub async fn opened(tx: &mut Tx, sha256: &[u8; 32], now: Moment) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "update sealed_vaults set opened_at_ms = coalesce(opened_at_ms, $2) where sha256 = $1",
    );
    query.bind(&sha256[..]).bind(now.0).execute(tx).await?;
    Ok(())
}

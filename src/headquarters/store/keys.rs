//! The public halves of keys that headquarters has or had, by what they are for. No secret is here.

use domain::ids::{EnvelopeKey, SigningKey};
use domain::moment::Moment;
use sqlx::SqliteExecutor;

use super::{StoreFault, Tx, fixed};
use crate::keyring::Rotating;

/// The key whose private half headquarters does not have.
const ESCROW: &str = "escrow";

/// Notes the public half that signs from now on; the former one keeps its record, with an end.
///
/// # Errors
/// See [`StoreFault`].
pub async fn follow(
    tx: &mut Tx,
    (key, public): (Rotating, SigningKey),
    now: Moment,
) -> Result<(), StoreFault> {
    succeed(tx, (key.name(), public.as_bytes()), now).await
}

/// Notes the escrow key to which tablets seal from now on.
///
/// # Errors
/// See [`StoreFault`].
pub async fn put_escrow(tx: &mut Tx, public: EnvelopeKey, now: Moment) -> Result<(), StoreFault> {
    succeed(tx, (ESCROW, public.as_bytes()), now).await
}

async fn succeed(
    tx: &mut Tx,
    (purpose, key): (&str, &[u8; 32]),
    now: Moment,
) -> Result<(), StoreFault> {
    let end = sqlx::query(
        "update headquarters_keys set until_ms = $3
         where purpose = $1 and key <> $2 and until_ms is null",
    );
    end.bind(purpose).bind(&key[..]).bind(now.0).execute(&mut *tx).await?;
    let begin = sqlx::query(
        "insert into headquarters_keys (purpose, key, since_ms, until_ms)
         values ($1, $2, $3, null) on conflict (purpose, key) do nothing",
    );
    begin.bind(purpose).bind(&key[..]).bind(now.0).execute(tx).await?;
    Ok(())
}

/// The escrow key in use; `None` before `bienban escrow init`.
///
/// # Errors
/// See [`StoreFault`].
pub async fn escrow(db: impl SqliteExecutor<'_>) -> Result<Option<EnvelopeKey>, StoreFault> {
    let query = sqlx::query_scalar::<_, Vec<u8>>(
        "select key from headquarters_keys where purpose = $1 and until_ms is null",
    );
    let key = query.bind(ESCROW).fetch_optional(db).await?;
    key.map(|key| fixed(&key, "headquarters_keys.key").map(EnvelopeKey)).transpose()
}

//! Packs by hash. They are never changed and never deleted: inspections pin them.

use domain::ids::PackHash;
use domain::pack;
use proof::hash::pack_hash;
use sqlx::SqliteExecutor;
use sync::message::packs::PackEntry;

use super::{StoreFault, Tx, count, fixed, number};
use crate::audit::{self, Act};

/// Every pack, without its bytes.
///
/// # Errors
/// See [`StoreFault`].
pub async fn list(db: impl SqliteExecutor<'_>) -> Result<Vec<PackEntry>, StoreFault> {
    let query = sqlx::query_as::<_, (Vec<u8>, String, String, i64, i64, i64)>(
        "select hash, kind, id, version, length(bytes), current from packs
         order by kind, id, version",
    );
    let rows = query.fetch_all(db).await?;
    rows.into_iter()
        .map(|(hash, kind, id, version, size, current)| {
            Ok(PackEntry {
                kind,
                id,
                version: u32::try_from(version).map_err(|_| StoreFault::Damaged("version"))?,
                sha256: PackHash(fixed(&hash, "packs.hash")?),
                size: count(size, "packs.bytes")?,
                current: current != 0,
            })
        })
        .collect()
}

/// The bytes of a pack.
///
/// # Errors
/// See [`StoreFault`].
pub async fn bytes(
    db: impl SqliteExecutor<'_>,
    hash: PackHash,
) -> Result<Option<Vec<u8>>, StoreFault> {
    let query = sqlx::query_scalar("select bytes from packs where hash = $1");
    Ok(query.bind(&hash.0[..]).fetch_optional(db).await?)
}

/// Keeps a pack and makes it the current one of its kind and id, unless a later one is.
///
/// # Errors
/// See [`StoreFault`]; bytes that are not a pack count as damage.
pub async fn publish(tx: &mut Tx, bytes: &[u8]) -> Result<PackHash, StoreFault> {
    let envelope = pack::decode_envelope(bytes).map_err(|_| StoreFault::Damaged("packs.bytes"))?;
    let hash = pack_hash(bytes);
    let (kind, id) = (envelope.kind.word(), envelope.id);
    let insert = sqlx::query(
        "insert into packs (hash, kind, id, version, current, bytes) values ($1, $2, $3, $4, 0, $5)
         on conflict (hash) do nothing",
    );
    let insert = insert.bind(&hash.0[..]).bind(kind).bind(id);
    let insert = insert.bind(number(envelope.version.into())).bind(bytes).execute(&mut *tx).await?;
    if insert.rows_affected() > 0 {
        audit::note(&mut *tx, None, Act::PackPublished, &hash.to_string(), "").await?;
    }
    make_current(tx, kind, id, hash).await?;
    Ok(hash)
}

/// Among packs of the same version the one published last counts.
async fn make_current(tx: &mut Tx, kind: &str, id: &str, hash: PackHash) -> Result<(), StoreFault> {
    let newest = sqlx::query_scalar::<_, i64>(
        "select (select version from packs where hash = $1)
              >= (select max(version) from packs where kind = $2 and id = $3)",
    );
    if newest.bind(&hash.0[..]).bind(kind).bind(id).fetch_one(&mut *tx).await? == 0 {
        return Ok(());
    }
    let update = sqlx::query(
        "update packs set current = case when hash = $1 then 1 else 0 end
         where kind = $2 and id = $3",
    );
    update.bind(&hash.0[..]).bind(kind).bind(id).execute(tx).await?;
    Ok(())
}

//! How persons sign in to the office: passphrases as Argon2id strings, the sealed secrets of codes
//! by time, and the hashes of recovery codes. Nothing here opens or checks one.

use domain::ids::PersonId;
use domain::moment::Moment;
use sqlx::SqliteExecutor;
use texts::search::fold;

use super::people::Person;
use super::{StoreFault, Tx, count, fixed};
use crate::identity::Role;

/// What is asked beside the passphrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Second {
    /// Nothing: only for the demonstration.
    None,
    /// A code by time, and none is set up.
    Missing,
    /// A code by time, under this sealed secret.
    Totp(Vec<u8>),
}

/// How a person signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Who.
    pub person: Person,
    /// Under which name; see [`folded`].
    pub sign_in_name: String,
    /// The passphrase as an Argon2id string.
    pub passphrase: String,
    /// What is asked beside it.
    pub second: Second,
    /// When the person signed in last.
    pub last_sign_in: Option<Moment>,
}

/// A name as it is compared at sign-in: small letters without marks, one space between words.
pub fn folded(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

type Row = (Vec<u8>, String, String, String, i64, Option<Vec<u8>>, Option<i64>);

const CREDENTIALS: &str = "select p.id, p.name, c.sign_in_name, c.passphrase, c.second, c.totp,
    c.last_sign_in_ms from credentials c join persons p on p.id = c.person
    where p.ended_at_ms is null";

fn of_row(row: Row) -> Result<Credential, StoreFault> {
    let (id, name, sign_in_name, passphrase, second, totp, last_sign_in) = row;
    let second = match (second, totp) {
        (0, _) => Second::None,
        (_, None) => Second::Missing,
        (_, Some(sealed)) => Second::Totp(sealed),
    };
    let person = Person { id: PersonId(fixed(&id, "credentials.person")?), name };
    let last_sign_in = last_sign_in.map(Moment);
    Ok(Credential { person, sign_in_name, passphrase, second, last_sign_in })
}

/// Every credential of those who have not left.
///
/// # Errors
/// See [`StoreFault`].
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<Credential>, StoreFault> {
    let rows = sqlx::query_as::<_, Row>(CREDENTIALS).fetch_all(db).await?;
    rows.into_iter().map(of_row).collect()
}

/// One who is asked for nothing beside the passphrase: only in the demonstration is there one.
///
/// # Errors
/// See [`StoreFault`].
pub async fn without_second(db: impl SqliteExecutor<'_>) -> Result<Option<Credential>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!("{CREDENTIALS} and c.second = 0 limit 1"));
    let row = sqlx::query_as::<_, Row>(sql).fetch_optional(db).await?;
    row.map(of_row).transpose()
}

/// How a person signs in; `None` for one who cannot.
///
/// # Errors
/// See [`StoreFault`].
pub async fn of(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<Option<Credential>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!("{CREDENTIALS} and c.person = $1"));
    let row = sqlx::query_as::<_, Row>(sql).bind(&person.0[..]).fetch_optional(db).await?;
    row.map(of_row).transpose()
}

/// The one who signs in under a name: the sign-in name, else the whole name where only one person
/// who can sign in has it.
///
/// # Errors
/// See [`StoreFault`].
pub async fn of_name(
    db: impl SqliteExecutor<'_>,
    name: &str,
) -> Result<Option<Credential>, StoreFault> {
    let (name, known) = (folded(name), all(db).await?);
    if let Some(found) = known.iter().find(|it| it.sign_in_name == name) {
        return Ok(Some(found.clone()));
    }
    let mut named = known.into_iter().filter(|it| folded(&it.person.name) == name);
    let first = named.next();
    Ok(if named.next().is_some() { None } else { first })
}

/// Sets the passphrase of a person, and the name under which the person signs in; `false` when
/// that name is somebody else's.
///
/// # Errors
/// See [`StoreFault`].
pub async fn put_passphrase(
    tx: &mut Tx,
    person: PersonId,
    (sign_in_name, phc): (&str, &str),
    now: Moment,
) -> Result<bool, StoreFault> {
    let query = sqlx::query(
        "insert into credentials (person, sign_in_name, passphrase, second, set_at_ms)
         select $1, $2, $3, 1, $4 where not exists
         (select 1 from credentials where sign_in_name = $2 and person <> $1)
         on conflict (person) do update set
         sign_in_name = excluded.sign_in_name, passphrase = excluded.passphrase,
         set_at_ms = excluded.set_at_ms",
    );
    let query = query.bind(&person.0[..]).bind(folded(sign_in_name)).bind(phc).bind(now.0);
    Ok(query.execute(tx).await?.rows_affected() == 1)
}

/// Says that nothing is asked beside the passphrase: only for the demonstration.
///
/// # Errors
/// See [`StoreFault`].
pub async fn ask_no_second(tx: &mut Tx, person: PersonId) -> Result<(), StoreFault> {
    let query = sqlx::query("update credentials set second = 0 where person = $1");
    query.bind(&person.0[..]).execute(tx).await?;
    Ok(())
}

/// Sets the sealed secret of a person's codes by time, of which the one of this step is used.
///
/// # Errors
/// See [`StoreFault`].
pub async fn put_totp(
    tx: &mut Tx,
    person: PersonId,
    sealed: &[u8],
    step: i64,
) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "update credentials set second = 1, totp = $2, totp_step = $3 where person = $1",
    );
    query.bind(&person.0[..]).bind(sealed).bind(step).execute(tx).await?;
    Ok(())
}

/// Takes the codes by time and the recovery codes from a person.
///
/// # Errors
/// See [`StoreFault`].
pub async fn clear_totp(tx: &mut Tx, person: PersonId) -> Result<(), StoreFault> {
    let query = sqlx::query("update credentials set totp = null, second = 1 where person = $1");
    query.bind(&person.0[..]).execute(&mut *tx).await?;
    put_recovery(tx, person, &[]).await
}

/// Takes everything from a person by which the person signs in.
///
/// # Errors
/// See [`StoreFault`].
pub async fn remove(tx: &mut Tx, person: PersonId) -> Result<(), StoreFault> {
    put_recovery(&mut *tx, person, &[]).await?;
    let query = sqlx::query("delete from credentials where person = $1");
    query.bind(&person.0[..]).execute(tx).await?;
    Ok(())
}

/// Uses the code of a step of time; `false` when that step, or a later one, was used before.
///
/// # Errors
/// See [`StoreFault`].
pub async fn take_step(tx: &mut Tx, person: PersonId, step: i64) -> Result<bool, StoreFault> {
    let query = sqlx::query(
        "update credentials set totp_step = $2
         where person = $1 and (totp_step is null or totp_step < $2)",
    );
    Ok(query.bind(&person.0[..]).bind(step).execute(tx).await?.rows_affected() == 1)
}

/// Puts new recovery codes in the place of the old ones.
///
/// # Errors
/// See [`StoreFault`].
pub async fn put_recovery(
    tx: &mut Tx,
    person: PersonId,
    hashes: &[[u8; 32]],
) -> Result<(), StoreFault> {
    let query = sqlx::query("delete from recovery_codes where person = $1");
    query.bind(&person.0[..]).execute(&mut *tx).await?;
    for hash in hashes {
        let query = sqlx::query("insert into recovery_codes (person, code_hash) values ($1, $2)");
        query.bind(&person.0[..]).bind(&hash[..]).execute(&mut *tx).await?;
    }
    Ok(())
}

/// Uses a recovery code; `false` when there is none such any more.
///
/// # Errors
/// See [`StoreFault`].
pub async fn take_recovery(
    tx: &mut Tx,
    person: PersonId,
    hash: &[u8; 32],
) -> Result<bool, StoreFault> {
    let query = sqlx::query("delete from recovery_codes where person = $1 and code_hash = $2");
    Ok(query.bind(&person.0[..]).bind(&hash[..]).execute(tx).await?.rows_affected() == 1)
}

/// How many recovery codes a person has left.
///
/// # Errors
/// See [`StoreFault`].
pub async fn recovery_left(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
) -> Result<u64, StoreFault> {
    let query = sqlx::query_scalar("select count(*) from recovery_codes where person = $1");
    count(query.bind(&person.0[..]).fetch_one(db).await?, "recovery_codes")
}

/// Notes that a person signed in.
///
/// # Errors
/// See [`StoreFault`].
pub async fn signed_in(tx: &mut Tx, person: PersonId, now: Moment) -> Result<(), StoreFault> {
    let query = sqlx::query("update credentials set last_sign_in_ms = $2 where person = $1");
    query.bind(&person.0[..]).bind(now.0).execute(tx).await?;
    Ok(())
}

/// The administrators who have a passphrase, and with it a way in.
///
/// # Errors
/// See [`StoreFault`].
pub async fn administrators(db: impl SqliteExecutor<'_>) -> Result<Vec<PersonId>, StoreFault> {
    let query = sqlx::query_scalar::<_, Vec<u8>>(
        "select p.id from persons p join credentials c on c.person = p.id
         where p.ended_at_ms is null and p.roles & $1 <> 0",
    );
    let rows = query.bind(Role::Administrator.bit()).fetch_all(db).await?;
    rows.iter().map(|id| fixed(id, "persons.id").map(PersonId)).collect()
}

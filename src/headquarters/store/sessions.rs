//! Sessions of the office: who is signed in, since when, and with which browser.
//!
//! Tokens are kept as hashes only; on pages a session is named by a handle that opens nothing.

use domain::ids::{PersonId, from_hex, to_hex};
use domain::moment::Moment;
use proof::hash::sha256;
use sqlx::SqliteExecutor;

use super::people::Person;
use super::{StoreFault, Tx, fixed};
use crate::clock;

/// How long a session lasts from its beginning, in milliseconds.
pub const ABSOLUTE_MS: i64 = 12 * 60 * 60 * 1000;

/// How long a session lasts while nothing is asked in it, in milliseconds.
pub const IDLE_MS: i64 = 30 * 60 * 1000;

/// How often it is noted that a session is used, in milliseconds.
const TOUCH_EVERY_MS: i64 = 60_000;

/// The longest description of a browser that is kept, in characters.
const MAX_AGENT: usize = 300;

/// The name of a session on pages. It opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionId(pub [u8; 16]);

impl core::fmt::Display for SessionId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl core::str::FromStr for SessionId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        from_hex(text).map(Self).map_err(drop)
    }
}

/// A session that goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its name.
    pub id: SessionId,
    /// Whose it is.
    pub person: Person,
    /// When it began.
    pub began: Moment,
    /// When it was used last, to the minute.
    pub last_used: Moment,
    /// How its browser described itself.
    pub agent: String,
}

impl Session {
    /// Whether it is to be noted that the session is used.
    pub fn is_news(&self, now: Moment) -> bool {
        now.since_ms(self.last_used) >= TOUCH_EVERY_MS
    }
}

/// Begins a session under a token that nobody else knows.
///
/// # Errors
/// See [`StoreFault`].
pub async fn begin(
    tx: &mut Tx,
    token: &str,
    person: PersonId,
    agent: &str,
    now: Moment,
) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into sessions
         (token_hash, person, created_at_ms, expires_at_ms, handle, last_used_ms, agent)
         values ($1, $2, $3, $4, $5, $3, $6)",
    );
    let handle = clock::random::<16>().to_vec();
    let agent = agent.chars().take(MAX_AGENT).collect::<String>();
    let query = query.bind(hashed(token)).bind(person.0.to_vec()).bind(now.0);
    query.bind(now.later_by_ms(ABSOLUTE_MS).0).bind(handle).bind(agent).execute(tx).await?;
    Ok(())
}

type Row = (Vec<u8>, Vec<u8>, String, i64, i64, String);

const SESSIONS: &str = "select s.handle, p.id, p.name, s.created_at_ms, s.last_used_ms, s.agent
    from sessions s join persons p on p.id = s.person
    where s.handle is not null and p.ended_at_ms is null
    and s.expires_at_ms > $1 and s.last_used_ms > $2";

fn of_row((handle, person, name, began, last_used, agent): Row) -> Result<Session, StoreFault> {
    Ok(Session {
        id: SessionId(fixed(&handle, "sessions.handle")?),
        person: Person { id: PersonId(fixed(&person, "sessions.person")?), name },
        began: Moment(began),
        last_used: Moment(last_used),
        agent,
    })
}

/// The session of a token, unless it has ended.
///
/// # Errors
/// See [`StoreFault`].
pub async fn of_token(
    db: impl SqliteExecutor<'_>,
    token: &str,
    now: Moment,
) -> Result<Option<Session>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!("{SESSIONS} and s.token_hash = $3"));
    let query = sqlx::query_as::<_, Row>(sql).bind(now.0).bind(now.0 - IDLE_MS);
    query.bind(hashed(token)).fetch_optional(db).await?.map(of_row).transpose()
}

/// The sessions of a person that go on, the one used last first.
///
/// # Errors
/// See [`StoreFault`].
pub async fn of_person(
    db: impl SqliteExecutor<'_>,
    person: PersonId,
    now: Moment,
) -> Result<Vec<Session>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{SESSIONS} and s.person = $3 order by s.last_used_ms desc, s.handle"
    ));
    let query = sqlx::query_as::<_, Row>(sql).bind(now.0).bind(now.0 - IDLE_MS);
    let rows = query.bind(&person.0[..]).fetch_all(db).await?;
    rows.into_iter().map(of_row).collect()
}

/// Notes that a session is used.
///
/// # Errors
/// See [`StoreFault`].
pub async fn touch(tx: &mut Tx, id: SessionId, now: Moment) -> Result<(), StoreFault> {
    let query = sqlx::query("update sessions set last_used_ms = $2 where handle = $1");
    query.bind(&id.0[..]).bind(now.0).execute(tx).await?;
    Ok(())
}

/// Ends the session of a token; `false` when there is none.
///
/// # Errors
/// See [`StoreFault`].
pub async fn end_of_token(tx: &mut Tx, token: &str) -> Result<bool, StoreFault> {
    let query = sqlx::query("delete from sessions where token_hash = $1");
    Ok(query.bind(hashed(token)).execute(tx).await?.rows_affected() == 1)
}

/// Ends one session of a person; `false` when there is none such.
///
/// # Errors
/// See [`StoreFault`].
pub async fn end(tx: &mut Tx, person: PersonId, id: SessionId) -> Result<bool, StoreFault> {
    let query = sqlx::query("delete from sessions where person = $1 and handle = $2");
    Ok(query.bind(&person.0[..]).bind(&id.0[..]).execute(tx).await?.rows_affected() == 1)
}

/// Ends every session of a person; says how many.
///
/// # Errors
/// See [`StoreFault`].
pub async fn end_all(tx: &mut Tx, person: PersonId) -> Result<u64, StoreFault> {
    let query = sqlx::query("delete from sessions where person = $1");
    Ok(query.bind(&person.0[..]).execute(tx).await?.rows_affected())
}

/// Forgets what has ended by itself, so that the table does not grow.
///
/// # Errors
/// See [`StoreFault`].
pub async fn forget_ended(tx: &mut Tx, now: Moment) -> Result<(), StoreFault> {
    let query = sqlx::query("delete from sessions where expires_at_ms <= $1 or last_used_ms <= $2");
    query.bind(now.0).bind(now.0 - IDLE_MS).execute(tx).await?;
    Ok(())
}

fn hashed(token: &str) -> Vec<u8> {
    sha256(&[b"bienban/session/v1\n", token.as_bytes()].concat()).to_vec()
}

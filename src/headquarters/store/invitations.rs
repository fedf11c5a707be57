//! Invitations: codes by which persons come in, to a seat on a tablet or into the office.
//!
//! A code is kept as its hash; whoever reads the database or its backup can open nothing with it.
//! Whether a person may come in is not decided here.

use domain::ids::{PersonId, SeatId, from_hex, to_hex};
use domain::moment::Moment;
use proof::hash::sha256;
use sqlx::SqliteExecutor;

use super::people::Person;
use super::{StoreFault, Tx, fixed};

/// How long after it was taken an invitation may be taken again by the same seat, in
/// milliseconds: its answer may have been lost on the way.
pub const TAKEN_AGAIN_MS: i64 = 60 * 60 * 1000;

/// What an invitation opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opens {
    /// A seat on a tablet.
    Seat,
    /// The office pages.
    Office,
}

impl Opens {
    /// Its word in the database and in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Seat => "seat",
            Self::Office => "office",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        [Self::Seat, Self::Office].into_iter().find(|opens| opens.word() == word)
    }
}

/// Whether an invitation is spent by its first use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uses {
    /// By its first use.
    Once,
    /// Never: for demonstrations.
    Any,
}

/// The name of an invitation on pages: the hash of its code, which does not open it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvitationId(pub [u8; 32]);

impl core::fmt::Display for InvitationId {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl core::str::FromStr for InvitationId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        from_hex(text).map(Self).map_err(drop)
    }
}

/// An invitation that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its name.
    pub id: InvitationId,
    /// For whom.
    pub person: Person,
    /// What it opens.
    pub opens: Opens,
    /// Who gave it; `None` for a command on the machine.
    pub made_by: Option<PersonId>,
    /// When it was given.
    pub made_at: Moment,
    /// Until when it opens.
    pub expires_at: Moment,
    /// How often.
    pub uses: Uses,
}

/// Hands out an invitation of headquarters itself.
///
/// # Errors
/// See [`StoreFault`].
pub async fn invite(
    tx: &mut Tx,
    code: &str,
    person: PersonId,
    opens: Opens,
    uses: Uses,
    span: (Moment, Moment),
) -> Result<(), StoreFault> {
    give(tx, code, (person, opens, uses), None, span).await
}

/// Hands out an invitation in somebody's name.
///
/// # Errors
/// See [`StoreFault`].
pub async fn give(
    tx: &mut Tx,
    code: &str,
    (person, opens, uses): (PersonId, Opens, Uses),
    by: Option<PersonId>,
    (now, expires_at): (Moment, Moment),
) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "insert into invitations
         (code_hash, person, opens, reusable, created_at_ms, expires_at_ms, spent_at_ms, made_by)
         values ($1, $2, $3, $4, $5, $6, null, $7)
         on conflict (code_hash) do nothing",
    );
    let reusable: i64 = match uses {
        Uses::Once => 0,
        Uses::Any => 1,
    };
    let query = query.bind(id_of(code).0.to_vec()).bind(person.0.to_vec()).bind(opens.word());
    let query = query.bind(reusable).bind(now.0).bind(expires_at.0);
    query.bind(by.map(|by| by.0.to_vec())).execute(tx).await?;
    Ok(())
}

type Row = (Vec<u8>, Vec<u8>, String, String, Option<Vec<u8>>, i64, i64, i64);

const INVITATIONS: &str = "select i.code_hash, p.id, p.name, i.opens, i.made_by, i.created_at_ms,
    i.expires_at_ms, i.reusable from invitations i join persons p on p.id = i.person
    where p.ended_at_ms is null";

fn of_row(row: Row) -> Result<Invitation, StoreFault> {
    let (hash, person, name, opens, made_by, made_at, expires_at, reusable) = row;
    let made_by = made_by.as_deref().map(|by| fixed(by, "invitations.made_by").map(PersonId));
    Ok(Invitation {
        id: InvitationId(fixed(&hash, "invitations.code_hash")?),
        person: Person { id: PersonId(fixed(&person, "invitations.person")?), name },
        opens: Opens::of_word(&opens).ok_or(StoreFault::Damaged("invitations.opens"))?,
        made_by: made_by.transpose()?,
        made_at: Moment(made_at),
        expires_at: Moment(expires_at),
        uses: if reusable == 0 { Uses::Once } else { Uses::Any },
    })
}

/// The invitations that can still be used, the one given last first.
///
/// # Errors
/// See [`StoreFault`].
pub async fn open(db: impl SqliteExecutor<'_>, now: Moment) -> Result<Vec<Invitation>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{INVITATIONS} and i.expires_at_ms > $1 and i.spent_at_ms is null and i.reusable = 0
         order by i.created_at_ms desc, i.code_hash"
    ));
    let rows = sqlx::query_as::<_, Row>(sql).bind(now.0).fetch_all(db).await?;
    rows.into_iter().map(of_row).collect()
}

/// The invitation of a code that opens this and can still be used.
///
/// # Errors
/// See [`StoreFault`].
pub async fn usable(
    db: impl SqliteExecutor<'_>,
    code: &str,
    opens: Opens,
    now: Moment,
) -> Result<Option<Invitation>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!(
        "{INVITATIONS} and i.expires_at_ms > $1 and (i.reusable = 1 or i.spent_at_ms is null)
         and i.code_hash = $2 and i.opens = $3"
    ));
    let query = sqlx::query_as::<_, Row>(sql).bind(now.0).bind(id_of(code).0.to_vec());
    query.bind(opens.word()).fetch_optional(db).await?.map(of_row).transpose()
}

/// Whom an invitation is for, spent or not and expired or not; nobody once the person has left.
///
/// # Errors
/// See [`StoreFault`].
pub async fn invited(
    db: impl SqliteExecutor<'_>,
    code: &str,
    opens: Opens,
) -> Result<Option<Person>, StoreFault> {
    let sql = sqlx::AssertSqlSafe(format!("{INVITATIONS} and i.code_hash = $1 and i.opens = $2"));
    let query = sqlx::query_as::<_, Row>(sql).bind(id_of(code).0.to_vec()).bind(opens.word());
    let row = query.fetch_optional(db).await?.map(of_row).transpose()?;
    Ok(row.map(|invitation| invitation.person))
}

/// Uses an invitation; `false` when it is spent or expired.
///
/// # Errors
/// See [`StoreFault`].
pub async fn spend(tx: &mut Tx, code: &str, now: Moment) -> Result<bool, StoreFault> {
    let query = sqlx::query(
        "update invitations set spent_at_ms = coalesce(spent_at_ms, $2)
         where code_hash = $1 and expires_at_ms > $2 and (reusable = 1 or spent_at_ms is null)",
    );
    let query = query.bind(id_of(code).0.to_vec()).bind(now.0);
    Ok(query.execute(tx).await?.rows_affected() == 1)
}

/// Uses an invitation for a seat. The seat that took it may do so again for an hour, whatever the
/// clock says of its end; no other seat may.
///
/// # Errors
/// See [`StoreFault`].
pub async fn take(tx: &mut Tx, code: &str, seat: SeatId, now: Moment) -> Result<bool, StoreFault> {
    let query = sqlx::query(
        "update invitations
         set spent_at_ms = coalesce(spent_at_ms, $2), taken_by = coalesce(taken_by, $3)
         where code_hash = $1 and (
             (expires_at_ms > $2 and (reusable = 1 or spent_at_ms is null))
             or (taken_by = $3 and spent_at_ms + $4 > $2))",
    );
    let query = query.bind(id_of(code).0.to_vec()).bind(now.0).bind(seat.0.to_vec());
    Ok(query.bind(TAKEN_AGAIN_MS).execute(tx).await?.rows_affected() == 1)
}

/// Takes an invitation back that nobody has used; says whose it was.
///
/// # Errors
/// See [`StoreFault`].
pub async fn revoke(
    tx: &mut Tx,
    id: InvitationId,
    now: Moment,
) -> Result<Option<PersonId>, StoreFault> {
    let query = sqlx::query_scalar::<_, Vec<u8>>(
        "update invitations set spent_at_ms = $2
         where code_hash = $1 and spent_at_ms is null and reusable = 0 and expires_at_ms > $2
         returning person",
    );
    let row = query.bind(&id.0[..]).bind(now.0).fetch_optional(tx).await?;
    row.map(|person| fixed(&person, "invitations.person").map(PersonId)).transpose()
}

/// Takes back every invitation of a person.
///
/// # Errors
/// See [`StoreFault`].
pub async fn revoke_all(tx: &mut Tx, person: PersonId, now: Moment) -> Result<(), StoreFault> {
    let query = sqlx::query(
        "update invitations set spent_at_ms = $2, reusable = 0
         where person = $1 and (spent_at_ms is null or reusable = 1)",
    );
    query.bind(&person.0[..]).bind(now.0).execute(tx).await?;
    Ok(())
}

/// The name of the invitation with this code. Codes are compared without the hyphens and the case
/// in which people copy them.
pub fn id_of(code: &str) -> InvitationId {
    let plain = code.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = plain.map(|c| c.to_ascii_uppercase()).collect();
    InvitationId(sha256(plain.as_bytes()))
}

//! What is done with persons, units and invitations, for pages and commands alike: each in one
//! transaction, with its rules and its note in the audit. Who may ask is decided elsewhere.

use domain::ids::PersonId;
use domain::moment::Moment;
use proof::sign::KeyPair;

use super::noted::{Act, noted};
use super::role::{Role, Roles};
use super::set_up::is_name;
use super::unit::{Standing, UnitId};
use crate::store::credentials;
use crate::store::invitations::{self, InvitationId, Opens, Uses};
use crate::store::people::{self, Departure, Person, Revocation};
use crate::store::units;
use crate::store::{StoreFault, Tx, sessions};
use crate::{clock, ledger};

/// How long an invitation lasts where nothing else is said, in days.
pub const INVITATION_DAYS: i64 = 7;

/// The longest that an invitation may last, in days.
pub const MAX_INVITATION_DAYS: i64 = 90;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Why something is not done.
#[derive(Debug)]
pub enum StaffFault {
    /// There is no such person, or the person has left.
    NoSuchPerson,
    /// There is no such unit, or it has ended.
    NoSuchUnit,
    /// There is no name, or it is too long.
    Name,
    /// Somebody, or another unit, has exactly this name.
    NameTaken,
    /// Nobody would be left who can look after people.
    LastAdministrator,
    /// Persons are in the unit, or it has ended.
    UnitInUse,
    /// There is no such invitation that can still be used.
    NoSuchInvitation,
    /// The person has no passphrase.
    NoPassphrase,
    /// The person has no role for which this could be opened.
    LacksRole(Opens),
    /// The store does not answer.
    Store(StoreFault),
}

impl From<StoreFault> for StaffFault {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

/// Who does it: a person who is signed in, or nobody for a command on the machine.
pub type By = Option<PersonId>;

/// Adds a person. Names are unique, because minutes name persons by them.
///
/// # Errors
/// See [`StaffFault`].
pub async fn add(
    tx: &mut Tx,
    by: By,
    name: &str,
    standing: Standing,
) -> Result<PersonId, StaffFault> {
    let name = name.trim();
    if !is_name(name) {
        return Err(StaffFault::Name);
    }
    let known = people::members(&mut *tx).await?;
    if known.iter().any(|it| it.departure.is_none() && it.person.name == name) {
        return Err(StaffFault::NameTaken);
    }
    check_unit(&mut *tx, standing.unit).await?;
    let person = Person { id: PersonId(clock::random()), name: name.to_owned() };
    people::add_person(&mut *tx, &person, clock::now()).await?;
    people::appoint(&mut *tx, person.id, standing).await?;
    noted(tx, by, Act::PersonAdded, &person.id.to_string(), &words(standing)).await?;
    Ok(person.id)
}

async fn check_unit(tx: &mut Tx, unit: Option<UnitId>) -> Result<(), StaffFault> {
    let Some(unit) = unit else { return Ok(()) };
    let known = units::all(tx).await?;
    let is_there = known.iter().any(|it| it.id == unit && it.ended_at.is_none());
    if is_there { Ok(()) } else { Err(StaffFault::NoSuchUnit) }
}

/// A standing as the audit has it.
fn words(standing: Standing) -> String {
    let roles = standing.roles.each().map(Role::word).collect::<Vec<_>>().join(" ");
    let unit = standing.unit.map(|unit| unit.to_string()).unwrap_or_default();
    format!("roles: {roles}; unit: {unit}")
}

/// Says where a person stands from now on. The person's sessions end when that is a change.
///
/// # Errors
/// See [`StaffFault`].
pub async fn change(
    tx: &mut Tx,
    by: By,
    person: PersonId,
    standing: Standing,
) -> Result<(), StaffFault> {
    let member = people::member_of(&mut *tx, person).await?;
    let member = member.filter(|it| it.departure.is_none()).ok_or(StaffFault::NoSuchPerson)?;
    if member.standing == standing {
        return Ok(());
    }
    if member.standing.unit != standing.unit {
        check_unit(&mut *tx, standing.unit).await?;
    }
    if !standing.roles.include(Role::Administrator) {
        keep_an_administrator(&mut *tx, person).await?;
    }
    people::appoint(&mut *tx, person, standing).await?;
    sessions::end_all(&mut *tx, person).await?;
    noted(tx, by, Act::PersonChanged, &person.to_string(), &words(standing)).await?;
    Ok(())
}

/// Somebody has to be left who can look after people.
async fn keep_an_administrator(tx: &mut Tx, without: PersonId) -> Result<(), StaffFault> {
    let able = credentials::administrators(tx).await?;
    if able == [without] { Err(StaffFault::LastAdministrator) } else { Ok(()) }
}

/// Gives a unit another name.
///
/// # Errors
/// See [`StaffFault`].
pub async fn rename_unit(tx: &mut Tx, by: By, unit: UnitId, name: &str) -> Result<(), StaffFault> {
    let name = name.trim();
    if !is_name(name) {
        return Err(StaffFault::Name);
    }
    check_unit(&mut *tx, Some(unit)).await?;
    if !units::rename(&mut *tx, unit, name).await? {
        return Err(StaffFault::NameTaken);
    }
    Ok(noted(tx, by, Act::UnitChanged, &unit.to_string(), name).await?)
}

/// Adds a unit.
///
/// # Errors
/// See [`StaffFault`].
pub async fn add_unit(tx: &mut Tx, by: By, name: &str) -> Result<UnitId, StaffFault> {
    let (id, name) = (UnitId(clock::random()), name.trim());
    if !is_name(name) {
        return Err(StaffFault::Name);
    }
    if !units::add(&mut *tx, id, name, clock::now()).await? {
        return Err(StaffFault::NameTaken);
    }
    noted(tx, by, Act::UnitAdded, &id.to_string(), name).await?;
    Ok(id)
}

/// Ends a unit in which nobody is.
///
/// # Errors
/// See [`StaffFault`].
pub async fn end_unit(tx: &mut Tx, by: By, unit: UnitId) -> Result<(), StaffFault> {
    if !units::end(&mut *tx, unit, clock::now()).await? {
        return Err(StaffFault::UnitInUse);
    }
    Ok(noted(tx, by, Act::UnitEnded, &unit.to_string(), "").await?)
}

/// What becomes of the seats of one who leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seats {
    /// They are revoked.
    Revoked,
    /// They are kept, for a tablet that is still to hand something over.
    Kept,
}

/// Says that a person has left: sessions, invitations and the way to sign in end, the name stays
/// in the record.
///
/// # Errors
/// See [`StaffFault`].
pub async fn leave(
    tx: &mut Tx,
    keys: &KeyPair,
    person: PersonId,
    (departure, seats): (Departure, Seats),
) -> Result<(), StaffFault> {
    keep_an_administrator(&mut *tx, person).await?;
    if !people::depart(&mut *tx, person, &departure).await? {
        return Err(StaffFault::NoSuchPerson);
    }
    let Departure { at, by, reason } = departure;
    sessions::end_all(&mut *tx, person).await?;
    invitations::revoke_all(&mut *tx, person, at).await?;
    credentials::remove(&mut *tx, person).await?;
    if seats == Seats::Revoked {
        for seat in people::seats_of(&mut *tx, person).await? {
            let revocation = Revocation { at, by, reason: reason.clone() };
            ledger::revoke(&mut *tx, keys, &seat, &revocation).await?;
        }
    }
    let detail =
        format!("{reason} (seats {})", if seats == Seats::Revoked { "revoked" } else { "kept" });
    Ok(noted(tx, by, Act::PersonLeft, &person.to_string(), &detail).await?)
}

/// Gives an invitation; the code is said once, here. Whoever has none of the roles that it needs
/// does not get them by it.
///
/// # Errors
/// See [`StaffFault`].
pub async fn invite(
    tx: &mut Tx,
    by: By,
    (person, opens): (PersonId, Opens),
    (now, days): (Moment, i64),
) -> Result<String, StaffFault> {
    let member = people::member_of(&mut *tx, person).await?;
    let member = member.filter(|it| it.departure.is_none()).ok_or(StaffFault::NoSuchPerson)?;
    if !has_role_for(member.standing.roles, opens) {
        return Err(StaffFault::LacksRole(opens));
    }
    let code = clock::code();
    let until = now.later_by_ms(days.clamp(1, MAX_INVITATION_DAYS) * DAY_MS);
    invitations::give(&mut *tx, &code, (person, opens, Uses::Once), by, (now, until)).await?;
    noted(tx, by, Act::InvitationGiven, &person.to_string(), opens.word()).await?;
    Ok(code)
}

/// Takes an invitation back.
///
/// # Errors
/// See [`StaffFault`].
pub async fn revoke_invitation(
    tx: &mut Tx,
    by: By,
    invitation: InvitationId,
) -> Result<(), StaffFault> {
    let person = invitations::revoke(&mut *tx, invitation, clock::now()).await?;
    let person = person.ok_or(StaffFault::NoSuchInvitation)?;
    Ok(noted(tx, by, Act::InvitationRevoked, &person.to_string(), "").await?)
}

/// What of a person's way to sign in is taken away, so that it is set up anew by a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reset {
    /// The passphrase, and the codes with it.
    Passphrase,
    /// The codes by time and the recovery codes.
    Totp,
}

/// Takes a way to sign in away and gives the code of a link by which it is set up anew. The
/// person's sessions end.
///
/// # Errors
/// See [`StaffFault`].
pub async fn reset(
    tx: &mut Tx,
    by: By,
    person: PersonId,
    reset: Reset,
) -> Result<String, StaffFault> {
    match reset {
        Reset::Passphrase => credentials::remove(&mut *tx, person).await?,
        Reset::Totp => {
            credentials::of(&mut *tx, person).await?.ok_or(StaffFault::NoPassphrase)?;
            credentials::clear_totp(&mut *tx, person).await?;
        }
    }
    sessions::end_all(&mut *tx, person).await?;
    noted(&mut *tx, by, Act::PassphraseSet, &person.to_string(), "taken away").await?;
    invite(tx, by, (person, Opens::Office), (clock::now(), 1)).await
}

fn has_role_for(roles: Roles, opens: Opens) -> bool {
    match opens {
        Opens::Seat => roles.include(Role::Inspector) || roles.include(Role::Lead),
        Opens::Office => roles != Roles::default(),
    }
}

/// The roles that somebody needs for what an invitation opens, beside those the person has.
pub fn with_roles_for(roles: Roles, opens: Opens) -> Roles {
    let needed = match opens {
        Opens::Seat => vec![Role::Inspector],
        Opens::Office => vec![Role::Office, Role::Administrator],
    };
    Roles::of(roles.each().chain(needed))
}

//! `bienban user`: who works here, as what and where, while headquarters runs or not. The way in
//! for those who run the machine when nobody can sign in.

use std::path::PathBuf;

use clap::Subcommand;
use domain::ids::PersonId;

use super::{Failure, runtime};
use crate::clock;
use crate::headquarters::open_keyring;
use crate::identity::staff::{self, Reset, Seats, StaffFault};
use crate::identity::{Role, Roles, Standing, UnitId};
use crate::store::invitations::Opens;
use crate::store::people::{self, Departure, Member};
use crate::store::{Store, StoreFault, Tx, credentials, units};

#[derive(Subcommand)]
pub(super) enum Command {
    /// List everyone: name, roles, unit, and how the person signs in.
    List {
        #[command(flatten)]
        folder: Folder,
    },
    /// Add a person.
    Add {
        /// The name, as it stands in the minutes.
        name: String,
        #[command(flatten)]
        standing: Given,
        #[command(flatten)]
        folder: Folder,
    },
    /// Set the roles of a person; those that are not named are taken away.
    Roles {
        /// The name.
        name: String,
        /// inspector, lead, office, administrator, auditor.
        roles: Vec<String>,
        #[command(flatten)]
        folder: Folder,
    },
    /// Put a person into a unit, or into none.
    Unit {
        /// The name.
        name: String,
        /// The unit; leave it out for every unit.
        unit: Option<String>,
        #[command(flatten)]
        folder: Folder,
    },
    /// Take the passphrase away and print a link by which the person sets up a new one.
    ResetPassphrase {
        /// The name.
        name: String,
        #[command(flatten)]
        link: Link,
        #[command(flatten)]
        folder: Folder,
    },
    /// Take the authenticator app away and print a link by which the person sets up another.
    ResetTotp {
        /// The name.
        name: String,
        #[command(flatten)]
        link: Link,
        #[command(flatten)]
        folder: Folder,
    },
    /// Say that a person has left.
    Leave {
        /// The name.
        name: String,
        /// Why.
        #[arg(long)]
        reason: String,
        /// Keep the tablets, which are revoked otherwise.
        #[arg(long)]
        keep_seats: bool,
        /// The keyring; `keyring.toml` in the folder of data when it is left out.
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
        #[command(flatten)]
        folder: Folder,
    },
}

#[derive(clap::Args)]
pub(super) struct Folder {
    /// The folder of the database.
    #[arg(long, value_name = "DIR", default_value = "data")]
    pub(super) data: PathBuf,
}

#[derive(clap::Args)]
pub(super) struct Link {
    /// The address under which headquarters is reached.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    address: String,
}

/// Where somebody is to stand.
#[derive(clap::Args)]
pub(super) struct Given {
    /// A role: inspector, lead, office, administrator or auditor; several times for several.
    #[arg(long = "role", value_name = "ROLE")]
    pub(super) roles: Vec<String>,
    /// The unit; every unit when it is left out.
    #[arg(long)]
    pub(super) unit: Option<String>,
}

/// Why a command is not done.
#[derive(Debug)]
pub(super) enum Refused {
    Staff(StaffFault),
    /// Nobody, or more than one, has this name.
    Person(String),
    /// There is no such unit.
    Unit(String),
    /// There is no such role.
    Role(String),
}

impl From<StoreFault> for Refused {
    fn from(fault: StoreFault) -> Self {
        Self::Staff(fault.into())
    }
}

impl From<StaffFault> for Refused {
    fn from(fault: StaffFault) -> Self {
        Self::Staff(fault)
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        let line = match refused {
            Refused::Staff(StaffFault::Store(fault)) => return Self::Failed(fault.into()),
            Refused::Staff(fault) => line(&fault).to_owned(),
            Refused::Person(name) => {
                format!("there is nobody named `{name}`; see `bienban user list`")
            }
            Refused::Unit(name) => format!("there is no unit `{name}`; see `bienban unit list`"),
            Refused::Role(word) => format!(
                "`{word}` is no role; give inspector, lead, office, administrator or auditor"
            ),
        };
        Self::BadInput(line)
    }
}

fn line(fault: &StaffFault) -> &'static str {
    match fault {
        StaffFault::NoSuchPerson => "there is no such person; see `bienban user list`",
        StaffFault::NoSuchUnit => "there is no such unit; see `bienban unit list`",
        StaffFault::Name => "the name is empty or too long; give at most 200 characters",
        StaffFault::NameTaken => "the name is taken; add a word that tells them apart",
        StaffFault::LastAdministrator => {
            "this is the last administrator who can sign in; appoint another first"
        }
        StaffFault::UnitInUse => "persons are in the unit; give them another first",
        StaffFault::NoSuchInvitation => "there is no such invitation; give another",
        StaffFault::NoPassphrase => {
            "the person has no passphrase yet; give a link with `bienban invite --office`"
        }
        StaffFault::LacksRole(Opens::Seat) => {
            "the person is neither inspector nor lead; give a role with `bienban user roles`"
        }
        StaffFault::LacksRole(Opens::Office) => {
            "the person has no role; give one with `bienban user roles`"
        }
        StaffFault::Store(_) => "the database does not answer",
    }
}

pub(super) fn run(command: Command) -> Result<(), Failure> {
    runtime()?.block_on(done(command))
}

async fn done(command: Command) -> Result<(), Failure> {
    match command {
        Command::List { folder } => list(&folder).await,
        Command::Add { name, standing, folder } => add(&folder, name, standing).await,
        Command::Roles { name, roles, folder } => {
            let roles = self::roles(&roles)?;
            change(&folder, name, move |old| Standing { roles, ..old }).await
        }
        Command::Unit { name, unit, folder } => {
            let store = Store::open_or_join(&folder.data).await?;
            let unit = match unit {
                Some(unit) => Some(find_unit(&store, &unit).await?),
                None => None,
            };
            drop(store);
            change(&folder, name, move |old| Standing { unit, ..old }).await
        }
        Command::ResetPassphrase { name, link, folder } => {
            reset(&folder, name, &link, Reset::Passphrase).await
        }
        Command::ResetTotp { name, link, folder } => reset(&folder, name, &link, Reset::Totp).await,
        Command::Leave { name, reason, keep_seats, keys, folder } => {
            let seats = if keep_seats { Seats::Kept } else { Seats::Revoked };
            leave(&folder, keys, name, (reason, seats)).await
        }
    }
}

/// The roles of these words.
pub(super) fn roles(words: &[String]) -> Result<Roles, Refused> {
    let role = |word: &String| Role::of_word(word).ok_or_else(|| Refused::Role(word.clone()));
    Ok(Roles::of(words.iter().map(role).collect::<Result<Vec<_>, _>>()?))
}

/// The unit of this name that has not ended.
pub(super) async fn find_unit(store: &Store, name: &str) -> Result<UnitId, Refused> {
    let known = units::all(store.readers()).await?.into_iter();
    let found = known.filter(|it| it.ended_at.is_none()).find(|it| it.name == name);
    found.map(|it| it.id).ok_or_else(|| Refused::Unit(name.to_owned()))
}

/// Who has exactly this name and has not left.
async fn find(tx: &mut Tx, name: &str) -> Result<Member, Refused> {
    let known = people::members(tx).await?.into_iter();
    let mut named = known.filter(|it| it.departure.is_none() && it.person.name == name);
    match (named.next(), named.next()) {
        (Some(member), None) => Ok(member),
        (None, _) | (Some(_), Some(_)) => Err(Refused::Person(name.to_owned())),
    }
}

async fn list(folder: &Folder) -> Result<(), Failure> {
    let store = Store::open_or_join(&folder.data).await?;
    let known = people::members(store.readers()).await?;
    let units = units::all(store.readers()).await?;
    for member in known.iter().filter(|it| it.departure.is_none()) {
        let roles = member.standing.roles.each().map(Role::word).collect::<Vec<_>>().join(",");
        let unit = member.standing.unit.and_then(|unit| units.iter().find(|it| it.id == unit));
        let unit = unit.map_or("", |unit| unit.name.as_str());
        let signs_in = credentials::of(store.readers(), member.person.id).await?;
        let signs_in = signs_in.map_or(String::new(), |it| it.sign_in_name);
        println!("{}\t{roles}\t{unit}\t{signs_in}", member.person.name);
    }
    Ok(())
}

async fn add(folder: &Folder, name: String, given: Given) -> Result<(), Failure> {
    let roles = roles(&given.roles)?;
    let store = Store::open_or_join(&folder.data).await?;
    let unit = match given.unit {
        Some(unit) => Some(find_unit(&store, &unit).await?),
        None => None,
    };
    let standing = Standing { roles, unit };
    let work = store.write::<PersonId, Refused, _>(move |tx| {
        Box::pin(async move { Ok(staff::add(tx, None, &name, standing).await?) })
    });
    println!("person: {}", work.await?);
    Ok(())
}

async fn change(
    folder: &Folder,
    name: String,
    to: impl FnOnce(Standing) -> Standing + Send + 'static,
) -> Result<(), Failure> {
    let store = Store::open_or_join(&folder.data).await?;
    let work = store.write::<(), Refused, _>(move |tx| {
        Box::pin(async move {
            let member = find(&mut *tx, &name).await?;
            let standing = to(member.standing);
            Ok(staff::change(tx, None, member.person.id, standing).await?)
        })
    });
    Ok(work.await?)
}

async fn reset(folder: &Folder, name: String, link: &Link, what: Reset) -> Result<(), Failure> {
    let store = Store::open_or_join(&folder.data).await?;
    let work = store.write::<String, Refused, _>(move |tx| {
        Box::pin(async move {
            let member = find(&mut *tx, &name).await?;
            Ok(staff::reset(tx, None, member.person.id, what).await?)
        })
    });
    let code = work.await?;
    println!("office: {}/office/enter?token={code}", link.address.trim_end_matches('/'));
    Ok(())
}

async fn leave(
    folder: &Folder,
    keys: Option<PathBuf>,
    name: String,
    (reason, seats): (String, Seats),
) -> Result<(), Failure> {
    if reason.trim().is_empty() {
        return Err(Failure::BadInput("--reason is empty; say why".to_owned()));
    }
    let store = Store::open_or_join(&folder.data).await?;
    let keys = open_keyring(&store, &folder.data, keys.as_deref()).await?.signing();
    let work = store.write::<(), Refused, _>(move |tx| {
        Box::pin(async move {
            let member = find(&mut *tx, &name).await?;
            let departure = Departure { at: clock::now(), by: None, reason };
            Ok(staff::leave(tx, &keys, member.person.id, (departure, seats)).await?)
        })
    });
    Ok(work.await?)
}

//! What a link into the office opens, and setting up how a person signs in: passphrase and codes
//! by time, confirmed by one, with recovery codes that are shown once.

use domain::ids::PersonId;
use domain::moment::Moment;
use proof::hash::sha256;

use super::noted::{Act, noted};
use super::passphrase::{Passphrase, PassphraseFault};
use super::recovery::{COUNT, RecoveryCode};
use super::role::{Role, Roles};
use super::sign_in::{Entered, From, enter};
use super::totp::{TotpSecret, whose};
use super::unit::Standing;
use crate::clock;
use crate::headquarters::Headquarters;
use crate::keyring::Keyring;
use crate::store::credentials::{self, Second};
use crate::store::invitations::{self, Opens, Uses};
use crate::store::people::{self, Person};
use crate::store::{StoreFault, Tx, meta};

/// How long the link lasts that makes the first administrator, in milliseconds.
const FIRST_LINK_MS: i64 = 24 * 60 * 60 * 1000;

/// The longest name, in characters.
pub const MAX_NAME: usize = 200;

/// What a link opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Nothing: it was used, has expired, or never existed.
    Nothing,
    /// The office at once: a link of the demonstration.
    Office(Person),
    /// The set-up of the first administrator, who has no name yet.
    First,
    /// The set-up of a person who has none.
    New(Person),
    /// The set-up of codes by time for a person who has a passphrase.
    Second(Person),
    /// Nothing for a person who has both: the way in is to sign in.
    Known,
}

/// What a link opens, without using it.
///
/// # Errors
/// See [`StoreFault`].
pub async fn link(tx: &mut Tx, token: &str, now: Moment) -> Result<Link, StoreFault> {
    if meta::is_first_link(&mut *tx, &first_hash(token), now).await? {
        return Ok(Link::First);
    }
    let Some(invitation) = invitations::usable(&mut *tx, token, Opens::Office, now).await? else {
        return Ok(Link::Nothing);
    };
    let person = invitation.person;
    if invitation.uses == Uses::Any {
        return Ok(Link::Office(person));
    }
    Ok(match credentials::of(tx, person.id).await?.map(|it| it.second) {
        None => Link::New(person),
        Some(Second::Missing) => Link::Second(person),
        Some(Second::None | Second::Totp(_)) => Link::Known,
    })
}

/// A new link that makes the first administrator, in the place of the one before; `None` where an
/// administrator can sign in.
///
/// # Errors
/// See [`StoreFault`].
pub async fn first_link(headquarters: &Headquarters) -> Result<Option<String>, StoreFault> {
    let work = headquarters.store.write::<_, StoreFault, _>(|tx| {
        Box::pin(async move {
            if !credentials::administrators(&mut *tx).await?.is_empty() {
                meta::forget_first_link(tx).await?;
                return Ok(None);
            }
            let (token, now) = (clock::code(), clock::now());
            let until = now.later_by_ms(FIRST_LINK_MS);
            meta::put_first_link(tx, &first_hash(&token), until).await?;
            Ok(Some(token))
        })
    });
    work.await
}

fn first_hash(token: &str) -> [u8; 32] {
    sha256(&[b"bienban/first-link/v1\n".as_slice(), &invitations::id_of(token).0].concat())
}

/// For whom a secret is sealed that stands in the form of a link.
pub fn whose_link(token: &str) -> Vec<u8> {
    [b"bienban/totp/link/v1\n".as_slice(), &invitations::id_of(token).0].concat()
}

/// For whom a secret is sealed that stands in the form of somebody who is signed in.
pub fn whose_renewal(person: PersonId) -> Vec<u8> {
    [b"bienban/totp/renewal/v1\n".as_slice(), &person.0].concat()
}

/// What was filled in.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The code of the link.
    pub token: String,
    /// The name, of the first administrator only.
    pub name: String,
    /// The name to sign in with.
    pub sign_in_name: String,
    /// The passphrase: a new one, or the one there is where only codes are set up.
    pub passphrase: Passphrase,
    /// The new passphrase once more.
    pub again: Passphrase,
    /// The secret of the codes.
    pub secret: TotpSecret,
    /// One of them.
    pub code: String,
    /// From where.
    pub from: From,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetUpFault {
    /// There is no name, or it is too long.
    Name,
    /// There is no name to sign in with, or it is too long.
    SignInName,
    /// Somebody else signs in with that name.
    SignInNameTaken,
    /// The passphrase may not be chosen.
    Passphrase(PassphraseFault),
    /// Both passphrases are not the same.
    Differs,
    /// It is not the passphrase that there is.
    WrongPassphrase,
    /// The code is not the present one.
    Code,
}

/// What became of it.
#[derive(Debug)]
pub enum Done {
    /// Signed in, with new recovery codes, which are shown this once.
    In(Entered, Vec<RecoveryCode>),
    /// Nothing was changed.
    Faults(Vec<SetUpFault>),
    /// The link opens nothing of this.
    Spent,
    /// Too many are at the door.
    Busy,
}

/// Sets up what a link opens, and uses the link.
///
/// # Errors
/// See [`StoreFault`].
pub async fn set_up(headquarters: &Headquarters, wanted: Wanted) -> Result<Done, StoreFault> {
    let (token, now) = (wanted.token.clone(), clock::now());
    let mut db = headquarters.store.readers().acquire().await?;
    let opens = link(&mut db, &token, now).await?;
    drop(db);
    let step = wanted.secret.step_of(&wanted.code, now);
    let mut faults = faults_of(&opens, &wanted);
    if step.is_none() {
        faults.push(SetUpFault::Code);
    }
    if !faults.is_empty() && opens_a_form(&opens) {
        return Ok(Done::Faults(faults));
    }
    let Some(step) = step else { return Ok(Done::Spent) };
    let phc = match &opens {
        Link::Nothing | Link::Office(_) | Link::Known => return Ok(Done::Spent),
        Link::First | Link::New(_) => match headquarters.door.hash(wanted.passphrase.clone()).await
        {
            Ok(phc) => phc,
            Err(_) => return Ok(Done::Busy),
        },
        Link::Second(person) => {
            let known = credentials::of(headquarters.store.readers(), person.id).await?;
            let phc = known.map(|it| it.passphrase);
            let asked = headquarters.door.verify(wanted.passphrase.clone(), phc.clone()).await;
            match (asked, phc) {
                (Ok(true), Some(phc)) => phc,
                (Ok(_), _) => return Ok(Done::Faults(vec![SetUpFault::WrongPassphrase])),
                (Err(_), _) => return Ok(Done::Busy),
            }
        }
    };
    let keyring = headquarters.keyring.clone();
    let work = headquarters.store.write::<_, StoreFault, _>(move |tx| {
        Box::pin(async move { store(tx, &keyring, (opens, wanted), (phc, step)).await })
    });
    work.await
}

fn opens_a_form(link: &Link) -> bool {
    match link {
        Link::First | Link::New(_) | Link::Second(_) => true,
        Link::Nothing | Link::Office(_) | Link::Known => false,
    }
}

fn faults_of(link: &Link, wanted: &Wanted) -> Vec<SetUpFault> {
    let name = match link {
        Link::First => wanted.name.as_str(),
        Link::New(person) => person.name.as_str(),
        Link::Nothing | Link::Office(_) | Link::Second(_) | Link::Known => return Vec::new(),
    };
    let mut faults = Vec::new();
    if !is_name(name) {
        faults.push(SetUpFault::Name);
    }
    if !is_name(&credentials::folded(&wanted.sign_in_name)) {
        faults.push(SetUpFault::SignInName);
    }
    match wanted.passphrase.check(&[name, &wanted.sign_in_name]) {
        Err(fault) => faults.push(SetUpFault::Passphrase(fault)),
        Ok(()) if wanted.passphrase != wanted.again => faults.push(SetUpFault::Differs),
        Ok(()) => {}
    }
    faults
}

/// Whether this can be a person's name.
pub fn is_name(name: &str) -> bool {
    !name.trim().is_empty() && name.chars().count() <= MAX_NAME && !name.contains(char::is_control)
}

/// Writes what was set up, unless the link was used in the meantime.
async fn store(
    tx: &mut Tx,
    keyring: &Keyring,
    (opened, wanted): (Link, Wanted),
    (phc, step): (String, i64),
) -> Result<Done, StoreFault> {
    let now = clock::now();
    if link(&mut *tx, &wanted.token, now).await? != opened {
        return Ok(Done::Spent);
    }
    let is_taken = match &opened {
        Link::First | Link::New(_) => {
            let name = credentials::folded(&wanted.sign_in_name);
            credentials::all(&mut *tx).await?.iter().any(|it| it.sign_in_name == name)
        }
        Link::Nothing | Link::Office(_) | Link::Second(_) | Link::Known => false,
    };
    if is_taken {
        return Ok(Done::Faults(vec![SetUpFault::SignInNameTaken]));
    }
    let person = match opened {
        Link::First => first_administrator(&mut *tx, &wanted.name, now).await?,
        Link::New(person) | Link::Second(person) => {
            invitations::spend(&mut *tx, &wanted.token, now).await?;
            person
        }
        Link::Nothing | Link::Office(_) | Link::Known => return Ok(Done::Spent),
    };
    if credentials::of(&mut *tx, person.id).await?.is_none() {
        let named = (wanted.sign_in_name.as_str(), phc.as_str());
        credentials::put_passphrase(&mut *tx, person.id, named, now).await?;
    }
    noted(&mut *tx, Some(person.id), Act::PassphraseSet, &person.id.to_string(), "by link").await?;
    let codes = put_second(&mut *tx, keyring, person.id, (&wanted.secret, step)).await?;
    Ok(Done::In(enter(tx, person, &wanted.from).await?, codes))
}

/// The first administrator: somebody new, or who is known by exactly this name.
async fn first_administrator(tx: &mut Tx, name: &str, now: Moment) -> Result<Person, StoreFault> {
    meta::forget_first_link(&mut *tx).await?;
    let known = people::members(&mut *tx).await?.into_iter().find(|it| it.person.name == name);
    let person = match known.filter(|it| it.departure.is_none()) {
        Some(member) => member.person,
        None => {
            let person = Person { id: PersonId(clock::random()), name: name.to_owned() };
            people::add_person(&mut *tx, &person, now).await?;
            noted(&mut *tx, None, Act::PersonAdded, &person.id.to_string(), "by first link")
                .await?;
            person
        }
    };
    let standing = people::standing(&mut *tx, person.id).await?;
    let roles = Roles::of(standing.roles.each().chain([Role::Administrator]));
    people::appoint(tx, person.id, Standing { roles, ..standing }).await?;
    Ok(person)
}

/// Sets the secret of a person's codes, of which one was used; gives new recovery codes.
///
/// # Errors
/// See [`StoreFault`].
pub async fn put_second(
    tx: &mut Tx,
    keyring: &Keyring,
    person: PersonId,
    (secret, step): (&TotpSecret, i64),
) -> Result<Vec<RecoveryCode>, StoreFault> {
    credentials::put_totp(&mut *tx, person, &secret.seal(keyring, &whose(person)), step).await?;
    renew_recovery(tx, person).await
}

/// Gives a person new recovery codes in the place of the old ones.
///
/// # Errors
/// See [`StoreFault`].
pub async fn renew_recovery(
    tx: &mut Tx,
    person: PersonId,
) -> Result<Vec<RecoveryCode>, StoreFault> {
    let codes = (0..COUNT).map(|_| RecoveryCode::fresh()).collect::<Vec<_>>();
    let hashes = codes.iter().map(|code| code.hash(person)).collect::<Vec<_>>();
    credentials::put_recovery(tx, person, &hashes).await?;
    Ok(codes)
}

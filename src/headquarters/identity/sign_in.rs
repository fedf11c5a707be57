//! Signing in with name, passphrase and code. Whatever is wrong, the answer is the same and takes
//! as long: nobody learns here which names there are.

use std::net::IpAddr;

use domain::moment::Moment;

use super::attempts::Counted;
use super::browser::KnownBrowser;
use super::door::{AGAIN_S, Door};
use super::noted::{Act, noted};
use super::passphrase::Passphrase;
use super::recovery::RecoveryCode;
use super::role::Roles;
use super::totp::{TotpSecret, whose};
use crate::clock;
use crate::headquarters::Headquarters;
use crate::keyring::Keyring;
use crate::store::credentials::{self, Credential, Second};
use crate::store::people::{self, Person};
use crate::store::{StoreFault, Tx, sessions};

/// Somebody who wants in.
#[derive(Debug)]
pub struct Knock {
    /// The sign-in name, or the whole name.
    pub name: String,
    /// The passphrase.
    pub passphrase: Passphrase,
    /// The code by time, or a recovery code.
    pub code: String,
    /// From where and with what.
    pub from: From,
}

/// From where somebody comes.
#[derive(Debug, Clone, Default)]
pub struct From {
    /// The address, where the server knows it.
    pub address: Option<IpAddr>,
    /// What the browser kept of an earlier time.
    pub known: Option<KnownBrowser>,
    /// How the browser describes itself.
    pub agent: String,
    /// The token of the session that this browser had; it ends.
    pub former: Option<String>,
}

/// What became of it.
#[derive(Debug)]
pub enum Outcome {
    /// Signed in.
    In(Entered),
    /// Something of what was given is wrong.
    Refused,
    /// Too many tries: again after so many seconds.
    Wait {
        /// How long, in seconds.
        seconds: i64,
    },
}

/// Somebody who is in.
#[derive(Debug)]
pub struct Entered {
    /// The token of the session.
    pub token: String,
    /// Who.
    pub person: Person,
    /// Whether a recovery code was used for it.
    pub by_recovery: bool,
}

/// What was right beside the passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Right {
    /// The code by time, or nothing was asked.
    Code,
    Recovery,
}

/// Signs somebody in.
///
/// # Errors
/// See [`StoreFault`].
pub async fn sign_in(headquarters: &Headquarters, knock: Knock) -> Result<Outcome, StoreFault> {
    let (door, now) = (&headquarters.door, clock::now());
    let folded = credentials::folded(&knock.name);
    let strangers = strangers(&folded, &knock.from);
    if knock.from.known.is_none()
        && let Some(wait) = wait(door, &strangers, now)
    {
        return Ok(wait);
    }
    if door.is_full() {
        return Ok(Outcome::Wait { seconds: AGAIN_S });
    }
    let credential = credentials::of_name(headquarters.store.readers(), &folded).await?;
    let counted = counted(credential.as_ref(), &knock.from, strangers);
    if let Some(wait) = wait(door, &counted, now) {
        return Ok(wait);
    }
    let phc = credential.as_ref().map(|it| it.passphrase.clone());
    let Ok(verified) = door.verify(knock.passphrase.clone(), phc).await else {
        return Ok(Outcome::Wait { seconds: AGAIN_S });
    };
    let keyring = headquarters.keyring.clone();
    let entered = headquarters.store.write::<_, StoreFault, _>(move |tx| {
        Box::pin(async move { conclude(tx, &keyring, (credential, verified), &knock).await })
    });
    let entered = entered.await?;
    door.attempts(|attempts| match entered {
        Some(_) => counted.iter().for_each(|whom| attempts.succeeded(*whom)),
        None => counted.iter().for_each(|whom| attempts.failed(*whom, clock::now())),
    });
    Ok(entered.map_or(Outcome::Refused, Outcome::In))
}

fn strangers(folded: &str, from: &From) -> Vec<Counted> {
    let address = from.address.map(Counted::address);
    [Counted::name(folded)].into_iter().chain(address).collect()
}

/// By what the try is counted: a browser that this person has signed in with stands for itself.
fn counted(credential: Option<&Credential>, from: &From, strangers: Vec<Counted>) -> Vec<Counted> {
    let known =
        from.known.filter(|known| credential.is_some_and(|it| it.person.id == known.person));
    known.map_or(strangers, |known| vec![Counted::Browser(known.number)])
}

fn wait(door: &Door, counted: &[Counted], now: Moment) -> Option<Outcome> {
    let waits = |attempts: &mut super::attempts::Attempts| {
        counted.iter().map(|whom| attempts.wait_ms(*whom, now)).max().unwrap_or(0)
    };
    let wait_ms = door.attempts(waits);
    (wait_ms > 0).then(|| Outcome::Wait { seconds: (wait_ms + 999) / 1000 })
}

/// Decides in one transaction, in which a code is used too.
async fn conclude(
    tx: &mut Tx,
    keyring: &Keyring,
    (credential, verified): (Option<Credential>, bool),
    knock: &Knock,
) -> Result<Option<Entered>, StoreFault> {
    let person = credential.as_ref().map(|it| it.person.clone());
    let right = match credential.filter(|_| verified) {
        Some(credential) => second(&mut *tx, keyring, &credential, &knock.code).await?,
        None => None,
    };
    match person.zip(right) {
        Some((person, right)) => {
            let entered = enter(tx, person, &knock.from).await?;
            Ok(Some(Entered { by_recovery: right == Right::Recovery, ..entered }))
        }
        None => {
            noted(tx, None, Act::SignInRefused, "", "").await?;
            Ok(None)
        }
    }
}

/// Whether the code is right too. What was verified may have changed in the meantime.
async fn second(
    tx: &mut Tx,
    keyring: &Keyring,
    verified: &Credential,
    code: &str,
) -> Result<Option<Right>, StoreFault> {
    let person = verified.person.id;
    let present = credentials::of(&mut *tx, person).await?;
    let Some(present) = present.filter(|it| it.passphrase == verified.passphrase) else {
        return Ok(None);
    };
    if people::standing(&mut *tx, person).await?.roles == Roles::default() {
        return Ok(None);
    }
    let sealed = match present.second {
        Second::None => return Ok(Some(Right::Code)),
        Second::Missing => return Ok(None),
        Second::Totp(sealed) => sealed,
    };
    let secret = TotpSecret::open(keyring, &whose(person), &sealed);
    if let Some(step) = secret.and_then(|secret| secret.step_of(code, clock::now())) {
        return Ok(credentials::take_step(tx, person, step).await?.then_some(Right::Code));
    }
    let Some(code) = RecoveryCode::typed(code) else { return Ok(None) };
    let taken = credentials::take_recovery(tx, person, &code.hash(person)).await?;
    Ok(taken.then_some(Right::Recovery))
}

/// Begins a session, and ends the one that this browser had.
///
/// # Errors
/// See [`StoreFault`].
pub async fn enter(tx: &mut Tx, person: Person, from: &From) -> Result<Entered, StoreFault> {
    let (now, token) = (clock::now(), clock::code());
    if let Some(former) = &from.former {
        sessions::end_of_token(&mut *tx, former).await?;
    }
    sessions::forget_ended(&mut *tx, now).await?;
    sessions::begin(&mut *tx, &token, person.id, &from.agent, now).await?;
    credentials::signed_in(&mut *tx, person.id, now).await?;
    noted(tx, Some(person.id), Act::SignedIn, &person.id.to_string(), "").await?;
    Ok(Entered { token, person, by_recovery: false })
}

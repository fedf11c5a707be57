//! What somebody who is signed in changes of the own way to sign in. Each asks for the present
//! passphrase, so that a session alone, left open on a desk, changes nothing.

use domain::ids::PersonId;

use super::attempts::Counted;
use super::door::AGAIN_S;
use super::noted::{Act, noted};
use super::passphrase::Passphrase;
use super::recovery::RecoveryCode;
use super::set_up::{self, SetUpFault};
use super::totp::TotpSecret;
use crate::clock;
use crate::headquarters::Headquarters;
use crate::store::credentials::{self, Credential};
use crate::store::sessions::{self, SessionId};
use crate::store::{StoreFault, Tx};

/// Who asks, and in which session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// Who.
    pub person: PersonId,
    /// In which session; it goes on.
    pub session: SessionId,
}

/// What became of a change.
#[derive(Debug)]
pub enum Changed<T> {
    /// It is done.
    Done(T),
    /// Nothing was changed.
    Faults(Vec<SetUpFault>),
    /// Too many tries: again after so many seconds.
    Wait {
        /// How long, in seconds.
        seconds: i64,
    },
}

/// The credential whose passphrase was given. Wrong ones are counted for the session.
async fn proven(
    headquarters: &Headquarters,
    asker: Asker,
    present: Passphrase,
) -> Result<Changed<Credential>, StoreFault> {
    let counted = Counted::Browser(asker.session.0);
    let door = &headquarters.door;
    let wait_ms = door.attempts(|attempts| attempts.wait_ms(counted, clock::now()));
    if wait_ms > 0 {
        return Ok(Changed::Wait { seconds: (wait_ms + 999) / 1000 });
    }
    let credential = credentials::of(headquarters.store.readers(), asker.person).await?;
    let phc = credential.as_ref().map(|it| it.passphrase.clone());
    let Ok(is_right) = door.verify(present, phc).await else {
        return Ok(Changed::Wait { seconds: AGAIN_S });
    };
    Ok(match credential.filter(|_| is_right) {
        Some(credential) => Changed::Done(credential),
        None => {
            door.attempts(|attempts| attempts.failed(counted, clock::now()));
            Changed::Faults(vec![SetUpFault::WrongPassphrase])
        }
    })
}

/// Changes the passphrase; every other session of the person ends.
///
/// # Errors
/// See [`StoreFault`].
pub async fn change_passphrase(
    headquarters: &Headquarters,
    asker: Asker,
    (present, new, again): (Passphrase, Passphrase, Passphrase),
) -> Result<Changed<()>, StoreFault> {
    let credential = match proven(headquarters, asker, present).await? {
        Changed::Done(credential) => credential,
        Changed::Faults(faults) => return Ok(Changed::Faults(faults)),
        Changed::Wait { seconds } => return Ok(Changed::Wait { seconds }),
    };
    let names = [credential.person.name.as_str(), &credential.sign_in_name];
    let fault = match new.check(&names) {
        Err(fault) => Some(SetUpFault::Passphrase(fault)),
        Ok(()) => (new != again).then_some(SetUpFault::Differs),
    };
    if let Some(fault) = fault {
        return Ok(Changed::Faults(vec![fault]));
    }
    let Ok(phc) = headquarters.door.hash(new).await else {
        return Ok(Changed::Wait { seconds: AGAIN_S });
    };
    let work = headquarters.store.write::<_, StoreFault, _>(move |tx| {
        Box::pin(async move {
            let named = (credential.sign_in_name.as_str(), phc.as_str());
            credentials::put_passphrase(&mut *tx, asker.person, named, clock::now()).await?;
            end_others(&mut *tx, asker).await?;
            noted_of(tx, asker, "changed").await
        })
    });
    work.await.map(Changed::Done)
}

async fn noted_of(tx: &mut Tx, asker: Asker, detail: &str) -> Result<(), StoreFault> {
    let person = asker.person;
    noted(tx, Some(person), Act::PassphraseSet, &person.to_string(), detail).await
}

/// Ends every session of a person but the one in which this is asked.
///
/// # Errors
/// See [`StoreFault`].
pub async fn end_others(tx: &mut Tx, asker: Asker) -> Result<(), StoreFault> {
    for session in sessions::of_person(&mut *tx, asker.person, clock::now()).await? {
        if session.id != asker.session {
            end(&mut *tx, asker, session.id).await?;
        }
    }
    Ok(())
}

/// Ends a session of the one who asks; `false` when there is none such.
///
/// # Errors
/// See [`StoreFault`].
pub async fn end(tx: &mut Tx, asker: Asker, session: SessionId) -> Result<bool, StoreFault> {
    let ended = sessions::end(&mut *tx, asker.person, session).await?;
    if ended {
        let person = asker.person;
        noted(tx, Some(person), Act::SessionEnded, &person.to_string(), "").await?;
    }
    Ok(ended)
}

/// Sets up another authenticator app, confirmed by its code; gives new recovery codes.
///
/// # Errors
/// See [`StoreFault`].
pub async fn renew_second(
    headquarters: &Headquarters,
    asker: Asker,
    (present, secret, code): (Passphrase, TotpSecret, String),
) -> Result<Changed<Vec<RecoveryCode>>, StoreFault> {
    let Some(step) = secret.step_of(&code, clock::now()) else {
        return Ok(Changed::Faults(vec![SetUpFault::Code]));
    };
    let keyring = headquarters.keyring.clone();
    renewed(headquarters, asker, present, move |tx| {
        Box::pin(
            async move { set_up::put_second(tx, &keyring, asker.person, (&secret, step)).await },
        )
    })
    .await
}

/// Gives new recovery codes in the place of the old ones.
///
/// # Errors
/// See [`StoreFault`].
pub async fn renew_recovery(
    headquarters: &Headquarters,
    asker: Asker,
    present: Passphrase,
) -> Result<Changed<Vec<RecoveryCode>>, StoreFault> {
    renewed(headquarters, asker, present, move |tx| {
        Box::pin(async move { set_up::renew_recovery(tx, asker.person).await })
    })
    .await
}

async fn renewed<W>(
    headquarters: &Headquarters,
    asker: Asker,
    present: Passphrase,
    work: W,
) -> Result<Changed<Vec<RecoveryCode>>, StoreFault>
where
    W: for<'c> FnOnce(&'c mut Tx) -> crate::store::Working<'c, Vec<RecoveryCode>, StoreFault>
        + Send
        + 'static,
{
    match proven(headquarters, asker, present).await? {
        Changed::Done(_) => {}
        Changed::Faults(faults) => return Ok(Changed::Faults(faults)),
        Changed::Wait { seconds } => return Ok(Changed::Wait { seconds }),
    }
    let work = headquarters.store.write::<_, StoreFault, _>(move |tx| {
        Box::pin(async move {
            let codes = work(&mut *tx).await?;
            noted_of(tx, asker, "codes").await?;
            Ok(codes)
        })
    });
    work.await.map(Changed::Done)
}

//! One running headquarters: its store, its keys, its life, and what it serves.

use std::path::Path;
use std::sync::{PoisonError, RwLock};

use domain::ids::Epoch;
use proof::seat::seat_of;
use proof::sign::KeyPair;
use sync::message::enrol::HeadquartersSeat;
use thiserror::Error;

use crate::audit::Reads;
use crate::clock;
use crate::cursor::Cursors;
use crate::identity::door::Door;
use crate::keyring::{Keyring, KeyringFault, Rotating};
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::office::overview::Digests;
use crate::packs;
use crate::pieces::Pieces;
use crate::store::{self, OpenFault, Store, StoreFault, meta, own_journals};
use crate::tablet_app::TabletApp;
use crate::web::Web;

/// One running headquarters, shared by every request.
pub struct Headquarters {
    /// What it keeps.
    pub store: Store,
    /// The contents of pieces of evidence.
    pub pieces: Pieces,
    /// What it signs with.
    pub keys: KeyPair,
    /// The keyring the keys are from.
    pub keyring: Keyring,
    /// The life of the store; see [`Headquarters::epoch`].
    epoch: RwLock<Epoch>,
    /// Its seats, the present one first.
    pub seats: Vec<HeadquartersSeat>,
    /// The tablet app.
    pub tablet_app: TabletApp,
    /// What is counted for those who run it.
    pub metrics: Metrics,
    /// How much may be asked at once, and how often.
    pub limits: Limits,
    /// How browsers reach it.
    pub web: Web,
    /// Who read what, until it is written.
    pub reads: Reads,
    /// Where passphrases are hashed.
    pub door: Door,
    /// What the office's lists are made from, kept while nothing new arrives.
    pub digests: Digests,
}

/// Why headquarters does not start.
#[derive(Debug, Error)]
pub enum StartFault {
    /// The store does not open.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// The keys are missing.
    #[error(transparent)]
    Keyring(#[from] KeyringFault),
    /// The store does not answer.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The packs inside the program do not compile.
    #[error("the packs of this program have faults, the first is {0}; use another build")]
    Packs(String),
}

impl Headquarters {
    /// Opens the folder and the keyring, and publishes the packs of this program.
    ///
    /// # Errors
    /// See [`StartFault`].
    pub async fn start(
        data: &Path,
        keys: Option<&Path>,
        tablet_app: TabletApp,
    ) -> Result<Self, StartFault> {
        let store = Store::open(data).await?;
        let pieces = Pieces::open(data)?;
        let keyring = open_keyring(&store, data, keys).await?;
        let pair = keyring.signing();
        publish_packs(&store).await?;
        let epoch = begin(&store, &keyring).await?;
        let present = seat_of(&pair.public());
        let mut seats = meta::headquarters(store.readers()).await?;
        seats.sort_by_key(|seat| seat.seat != present);
        for seat in seats.iter_mut().filter(|seat| seat.seat == present) {
            seat.envelope = Some(keyring.envelope().public());
        }
        Ok(Self {
            metrics: Metrics::new(&store),
            limits: Limits::default(),
            web: Web::default(),
            reads: Reads::new(&store),
            door: Door::default(),
            store,
            pieces,
            keys: pair,
            keyring,
            epoch: RwLock::new(epoch),
            seats,
            tablet_app,
            digests: Digests::default(),
        })
    }

    /// The life of the store.
    pub fn epoch(&self) -> Epoch {
        *self.epoch.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// What makes cursors in this life.
    pub fn cursors(&self) -> Cursors {
        Cursors { epoch: self.epoch(), secret: self.keyring.derive("cursor") }
    }

    /// Begins a new life because events of this one are lost, unless another request just did.
    ///
    /// # Errors
    /// See [`StoreFault`].
    pub async fn begin_again(&self, lost_in: Epoch) -> Result<(), StoreFault> {
        let work = self.store.write(move |tx| {
            Box::pin(async move {
                let present = meta::epoch(&mut *tx).await?;
                if let Some(begun) = present.filter(|present| *present != lost_in) {
                    return Ok(begun);
                }
                let epoch = Epoch(clock::random());
                meta::put_epoch(&mut *tx, epoch).await?;
                own_journals::leave_all(tx).await?;
                Ok::<_, StoreFault>(epoch)
            })
        });
        let epoch = work.await?;
        tracing::warn!(
            "an old copy of the database was put back; a new life begins, and tablets send again what is lost"
        );
        *self.epoch.write().unwrap_or_else(PoisonError::into_inner) = epoch;
        Ok(())
    }
}

/// A database that has a seat needs that seat's keys: new ones would be a stranger to tablets.
pub(crate) async fn open_keyring(
    store: &Store,
    data: &Path,
    file: Option<&Path>,
) -> Result<Keyring, StartFault> {
    let default = data.join("keyring.toml");
    let file = file.unwrap_or(&default);
    let seats = meta::headquarters(store.readers()).await?;
    let stranger = || KeyringFault::Stranger { file: file.to_owned() };
    if !seats.is_empty() && !file.exists() {
        return Err(stranger().into());
    }
    let keyring = Keyring::open(file)?;
    let key = keyring.signing().public();
    if !seats.is_empty() && seats.iter().all(|seat| seat.key != key) {
        return Err(stranger().into());
    }
    Ok(keyring)
}

async fn begin(store: &Store, keyring: &Keyring) -> Result<Epoch, StoreFault> {
    let key = keyring.signing().public();
    let signs = Rotating::ALL.map(|key| (key, keyring.rotating(key).public()));
    store
        .write(move |tx| {
            Box::pin(async move {
                let now = clock::now();
                meta::add_headquarters(&mut *tx, &key, now).await?;
                for signs in signs {
                    store::keys::follow(&mut *tx, signs, now).await?;
                }
                if let Some(epoch) = meta::epoch(&mut *tx).await? {
                    return Ok(epoch);
                }
                let epoch = Epoch(clock::random());
                meta::put_epoch(tx, epoch).await?;
                Ok(epoch)
            })
        })
        .await
}

async fn publish_packs(store: &Store) -> Result<(), StartFault> {
    let compiled = packs::embedded().map_err(|faults| {
        StartFault::Packs(faults.0.first().map(ToString::to_string).unwrap_or_default())
    })?;
    Ok(store
        .write::<(), StoreFault, _>(move |tx| {
            Box::pin(async move {
                for pack in compiled {
                    store::packs::publish(&mut *tx, &pack.bytes).await?;
                }
                Ok(())
            })
        })
        .await?)
}

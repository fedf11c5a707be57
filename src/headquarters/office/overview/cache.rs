//! Digests that were made, with the end of the inspection they were made at. One request at a
//! time looks for what is new; the others wait for it instead of folding the same again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::{InspectionId, PackHash};
use tokio::sync::Mutex as Queue;

use super::digest::Digest;
use crate::headquarters::Headquarters;
use crate::office::library::Library;
use crate::office::record;
use crate::store::inspections::{self, Listed};
use crate::store::{self, Store, StoreFault};

/// What was made.
#[derive(Default)]
pub struct Digests {
    known: Mutex<BTreeMap<InspectionId, Known>>,
    libraries: Mutex<BTreeMap<Vec<PackHash>, Arc<Library>>>,
    queue: Queue<()>,
}

/// A digest and the end of the inspection it was made at; none while nothing could be read.
struct Known {
    end: u64,
    digest: Option<Arc<Digest>>,
}

/// The digest of every inspection, the first that arrived first.
pub(super) async fn all(headquarters: &Headquarters) -> Result<Vec<Arc<Digest>>, StoreFault> {
    let _turn = headquarters.digests.queue.lock().await;
    let listed = inspections::all(headquarters.store.readers()).await?;
    if listed.iter().any(|one| !headquarters.digests.has(one)) {
        make_missing(headquarters, &listed).await?;
    }
    let known = headquarters.digests.known.lock().unwrap_or_else(PoisonError::into_inner);
    let digests = listed.iter().filter_map(|one| known.get(&one.id)?.digest.clone());
    Ok(digests.collect())
}

async fn make_missing(headquarters: &Headquarters, listed: &[Listed]) -> Result<(), StoreFault> {
    let people = Arc::new(record::people(&headquarters.store).await?);
    for one in listed.iter().filter(|one| !headquarters.digests.has(one)) {
        let record = record::read_with(headquarters, one.id, people.clone()).await?;
        let digest = match record {
            Some(record) => {
                let store = &headquarters.store;
                let pinned = Library::pinned(&record);
                let library = headquarters.digests.library(store, pinned).await?;
                Some(Arc::new(Digest::of(&record, &library)))
            }
            None => None,
        };
        headquarters.digests.keep(one, digest);
    }
    Ok(())
}

impl Digests {
    fn has(&self, listed: &Listed) -> bool {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&listed.id).is_some_and(|known| known.end == listed.end)
    }

    fn keep(&self, listed: &Listed, digest: Option<Arc<Digest>>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(listed.id, Known { end: listed.end, digest });
    }

    /// The packs with these hashes; packs never change, and few combinations are in use.
    async fn library(
        &self,
        store: &Store,
        hashes: Vec<PackHash>,
    ) -> Result<Arc<Library>, StoreFault> {
        if let Some(library) = self.known_library(&hashes) {
            return Ok(library);
        }
        let library = Arc::new(Library::read(store, hashes.clone()).await?);
        let mut known = self.libraries.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(hashes, library.clone());
        Ok(library)
    }

    fn known_library(&self, hashes: &[PackHash]) -> Option<Arc<Library>> {
        let known = self.libraries.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(hashes).cloned()
    }

    /// The packs that new inspections pin.
    pub(in crate::office) async fn current_library(
        &self,
        store: &Store,
    ) -> Result<Arc<Library>, StoreFault> {
        let packs = store::packs::list(store.readers()).await?;
        let current = packs.iter().filter(|pack| pack.current).map(|pack| pack.sha256);
        self.library(store, current.collect()).await
    }
}

//! Noting who read what, without a reader waiting for it. What is noted here is written by a task
//! of its own, many at once; [`Reads::flush`] writes what still waits before the program ends.
//!
//! The same person reading the same thing again within `COLLAPSED_MS` is one row.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::PersonId;
use domain::moment::Moment;

use super::{Act, Note, note_at};
use crate::store::{Store, StoreFault};

/// Within what time the same reading is noted once, in milliseconds.
pub(super) const COLLAPSED_MS: i64 = 5 * 60 * 1000;

/// How many readings are remembered before old ones are let go.
const REMEMBERED: usize = 10_000;

/// One reading, without its moment.
type Reading = (PersonId, Act, String, String);

#[derive(Default)]
struct Inner {
    /// When each reading was noted last.
    noted: BTreeMap<Reading, Moment>,
    /// What is not written yet.
    waiting: Vec<Note>,
}

/// What was read and is not written yet. Cheap to clone.
#[derive(Clone)]
pub struct Reads {
    store: Store,
    inner: Arc<Mutex<Inner>>,
    /// Held while rows are being written, so that a flush ends after every one.
    writing: Arc<tokio::sync::Mutex<()>>,
}

impl Reads {
    /// Notes readings in this store.
    pub fn new(store: &Store) -> Self {
        Self { store: store.clone(), inner: Arc::default(), writing: Arc::default() }
    }

    /// Notes that a person read something.
    pub fn note(&self, who: PersonId, act: Act, object: &str, detail: &str) {
        let note = Note::new(Some(who), act, object, detail);
        let reading = (who, act, note.object.clone(), note.detail.clone());
        if self.with(|inner| inner.take(reading, note)) {
            let reads = self.clone();
            tokio::spawn(async move { reads.write().await });
        }
    }

    /// Writes everything that waits.
    ///
    /// # Errors
    /// See [`StoreFault`]; what was not written waits on.
    pub async fn flush(&self) -> Result<(), StoreFault> {
        let _alone = self.writing.lock().await;
        let notes = self.with(|inner| std::mem::take(&mut inner.waiting));
        if notes.is_empty() {
            return Ok(());
        }
        let again = notes.clone();
        let written = self.store.write(move |tx| {
            Box::pin(async move {
                for note in &notes {
                    note_at(&mut *tx, note).await?;
                }
                Ok::<_, StoreFault>(())
            })
        });
        written.await.inspect_err(|_| {
            self.with(|inner| inner.waiting.splice(0..0, again).for_each(drop));
        })
    }

    async fn write(&self) {
        if let Err(fault) = self.flush().await {
            tracing::error!(%fault, "who read what is not written yet");
        }
    }

    fn with<T>(&self, work: impl FnOnce(&mut Inner) -> T) -> T {
        work(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Inner {
    /// Whether it is to be written: the same was not noted just before.
    fn take(&mut self, reading: Reading, note: Note) -> bool {
        let now = note.at;
        let known = self.noted.get(&reading);
        if known.is_some_and(|at| now.since_ms(*at) < COLLAPSED_MS) {
            return false;
        }
        if self.noted.len() >= REMEMBERED {
            self.noted.retain(|_, at| now.since_ms(*at) < COLLAPSED_MS);
        }
        self.noted.insert(reading, now);
        self.waiting.push(note);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(object: &str, at: i64) -> (Reading, Note) {
        let who = PersonId([1; 16]);
        let note = Note { at: Moment(at), ..Note::new(Some(who), Act::EvidenceRead, object, "") };
        ((who, Act::EvidenceRead, object.to_owned(), String::new()), note)
    }

    #[test]
    fn the_same_reading_is_one_row_for_five_minutes_and_another_is_another() {
        let mut inner = Inner::default();
        let cases = [("a", 0, true), ("a", 1, false), ("b", 1, true), ("a", COLLAPSED_MS, true)];
        for (object, at, expected) in cases {
            let (reading, note) = reading(object, at);
            assert_eq!(inner.take(reading, note), expected, "{object} at {at}");
        }
        assert_eq!(inner.waiting.len(), 3);
    }
}

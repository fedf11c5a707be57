//! What of the open inspection has been folded in: so that catching up reads only the rest.

use std::collections::BTreeSet;

use domain::ids::{EventId, InspectionId};
use domain::state::{Custody, Entry};
use storage::contract::StoredEvent;
use sync::admission::Author;
use sync::reception::{Known, Received};

use crate::record;

/// The events of one inspection that the screen has.
pub(crate) struct Shown {
    inspection: InspectionId,
    known: Known,
}

impl Shown {
    /// An inspection with what was folded when it was opened.
    pub(crate) fn new(inspection: InspectionId, known: Known) -> Self {
        Self { inspection, known }
    }

    /// The inspection.
    pub(crate) fn inspection(&self) -> InspectionId {
        self.inspection
    }

    /// The ids of its events.
    pub(crate) fn ids(&self) -> &BTreeSet<EventId> {
        &self.known.ids
    }

    /// Takes note of what the store has and the screen had not; gives what is to be folded in.
    pub(crate) fn take_in(&mut self, rows: &[StoredEvent]) -> Vec<(Entry, Custody)> {
        self.known.authors.extend(record::authors(rows));
        let entries: Vec<_> = record::entries(rows, &self.known).collect();
        self.known.ids.extend(entries.iter().map(|(entry, _)| entry.id));
        entries
    }

    /// Takes note of what came from headquarters and is folded in.
    pub(crate) fn received(&mut self, received: &Received) {
        self.known.authors.insert(received.event.header.journal, received.author);
        self.known.ids.insert(received.event.id);
    }

    /// Takes note of what this tab stored and folds in.
    pub(crate) fn stored(&mut self, event: &proof::chain::Verified, author: Author) {
        self.known.authors.insert(event.header.journal, author);
        self.known.ids.insert(event.id);
    }
}

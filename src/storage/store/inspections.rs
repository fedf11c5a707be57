//! Inspections: which there are, and everything recorded in one of them.

use std::collections::BTreeMap;

use domain::ids::{Epoch, InspectionId};
use domain::order;
use domain::state::Custody;
use proof::chain::Journal;

use super::journals::own_journal;
use super::{Store, epoch_in, epoch_read};
use crate::contract::{Delivery, Fault, KnownInspection, Origin, Rows, StoredEvent};
use crate::rows::{self, InspectionRow, PlaceRow};
use crate::seam::Seam;
use crate::tables::{Key, Read, Row, Span, Table, Tables};

impl<T: Tables, S: Seam> Store<T, S> {
    /// Every inspection this tablet knows of, by id: those pulled and those opened here.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn inspections(&self) -> Result<Vec<KnownInspection>, Fault> {
        let all = Span::Under(Key(Vec::new()));
        let pulled = Read::rows(Table::Inspections, all.clone());
        let own = Read::keys(Table::Journals, all);
        let [pulled, own] = self.read([pulled, own]).await?;

        let own = own.iter().filter_map(|row| Some(rows::journal_from(&row.key)?.inspection));
        let mut known: BTreeMap<InspectionId, bool> = order::gather(own.map(|id| (id, true)));
        // The key alone tells that there is an inspection, also when its row cannot be read.
        known
            .extend(pulled.iter().filter_map(|row| Some((rows::inspection_from(&row.key)?, true))));
        let read = self.values::<InspectionRow>(Table::Inspections, pulled).await.rows.into_iter();
        known.extend(
            read.filter_map(|(key, row)| {
                Some((rows::inspection_from(&key)?, row.cursor.is_some()))
            }),
        );
        Ok(known.into_iter().map(|(id, visible)| KnownInspection { id, visible }).collect())
    }

    /// Every event of an inspection, own and pulled, by journal, seq and id.
    ///
    /// Each was checked to be the one its key names; one that is not is reported and left out.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn entries(&self, inspection: InspectionId) -> Result<Rows<StoredEvent>, Fault> {
        let found = self.read(Self::entries_reads(inspection)).await?;
        self.entries_in(found).await
    }

    /// What to read to have the events of an inspection.
    pub(super) fn entries_reads(inspection: InspectionId) -> [Read; 4] {
        let under = Span::Under(rows::inspection_key(inspection));
        let [events, places, journals] = [Table::Events, Table::Places, Table::Journals]
            .map(|table| Read::rows(table, under.clone()));
        [events, places, journals, epoch_read()]
    }

    /// The events in what was read.
    pub(super) async fn entries_in(
        &self,
        [events, places, journals, epoch]: [Vec<Row>; 4],
    ) -> Result<Rows<StoredEvent>, Fault> {
        self.put_together(Found { events, places, journals, epoch }).await
    }

    /// The events of an inspection with these keys.
    pub(super) async fn entries_at(
        &self,
        inspection: InspectionId,
        keys: &[Key],
    ) -> Result<Rows<StoredEvent>, Fault> {
        let one = |table| keys.iter().map(move |key| Read::rows(table, Span::Exactly(key.clone())));
        let journals = Span::Under(rows::inspection_key(inspection));
        let rest = [epoch_read(), Read::rows(Table::Journals, journals)];
        let reads: Vec<Read> = one(Table::Events).chain(one(Table::Places)).chain(rest).collect();
        let mut found = self.tables().read(&reads).await?;
        let (journals, epoch) = (found.pop(), found.pop());
        let places = found.split_off(keys.len().min(found.len()));
        let (events, places) = (found.concat(), places.concat());
        let [journals, epoch] = [journals, epoch].map(Option::unwrap_or_default);
        self.put_together(Found { events, places, journals, epoch }).await
    }

    async fn put_together(&self, found: Found) -> Result<Rows<StoredEvent>, Fault> {
        let Found { events, places, journals, epoch } = found;
        let known = Known {
            epoch: epoch_in(&epoch).map_err(Fault::Damaged)?,
            accepted: BTreeMap::new(),
            places: BTreeMap::new(),
        };
        let places = self.values::<PlaceRow>(Table::Places, places).await;
        let own = Rows::sorted_out(journals.iter().map(|row| own_journal(row, known.epoch)));
        let known = Known {
            accepted: order::gather(
                own.rows.into_iter().filter_map(|own| Some((own.journal, own.accepted_through?))),
            ),
            places: order::gather(places.rows),
            ..known
        };
        let opened = self.opened(Table::Events, events).await.into_iter();
        let mut entries =
            Rows::sorted_out(opened.map(|row| row.and_then(|row| known.stored_event(&row))));
        entries.damaged.extend(places.damaged);
        entries.damaged.extend(own.damaged);
        Ok(entries)
    }
}

/// Rows of an inspection's events, and of what is said about them.
struct Found {
    events: Vec<Row>,
    places: Vec<Row>,
    journals: Vec<Row>,
    epoch: Vec<Row>,
}

/// What is known of an inspection's events beside the events.
struct Known {
    epoch: Option<Epoch>,
    accepted: BTreeMap<Journal, u64>,
    places: BTreeMap<Key, PlaceRow>,
}

impl Known {
    fn stored_event(&self, row: &Row) -> Result<StoredEvent, crate::contract::Damage> {
        let (event, origin) = rows::event(row)?;
        let place = self.places.get(&row.key);
        let held = place.and_then(|place| place.held);
        let custody = held.map_or(Custody::Accepted, Custody::Held);
        let delivery = match place.filter(|place| Some(place.epoch) == self.epoch) {
            Some(place) => Delivery::Placed { position: place.position },
            None => self.unplaced(rows::journal_of(&event), event.header.seq, origin),
        };
        Ok(StoredEvent { event, origin, custody, delivery })
    }

    fn unplaced(&self, journal: Journal, seq: u64, origin: Origin) -> Delivery {
        let accepted = self.accepted.get(&journal).is_some_and(|through| seq <= *through);
        match origin {
            Origin::Recorded if accepted => Delivery::Accepted,
            Origin::Recorded | Origin::Pulled => Delivery::Stored,
        }
    }
}

//! What comes from headquarters: pages of events with the cursor after them.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{Epoch, InspectionId};
use domain::order;
use domain::state::{Custody, HeldReason};
use proof::chain::Journal;
use proof::head::SignedHead;
use sync::message::pull::Cursor;
use sync::reception::Reception;

use super::acceptance::check_epoch;
use super::{Store, epoch_in, epoch_read};
use crate::contract::{Fault, Origin, Rows, Taken};
use crate::rows::{self, EventRow, InspectionRow, PlaceRow};
use crate::seam::Seam;
use crate::tables::{Change, Decision, Key, Read, Row, Span, Table, Tables};

impl<T: Tables, S: Seam> Store<T, S> {
    /// Takes over the verified events of a page and the cursor after it in one transaction.
    ///
    /// Taking it again changes nothing. An event that is here already, own events above all, stays as it is;
    /// only what headquarters says of it is written.
    pub async fn take_page(
        &self,
        epoch: Epoch,
        inspection: InspectionId,
        cursor: &Cursor,
        page: &Reception,
    ) -> Taken {
        let inspection = inspection_row(epoch, inspection, Some(cursor.clone()));
        let sealed = match self.page_changes(epoch, inspection, page).await {
            Ok(sealed) => sealed,
            Err(fault) => return Taken::Failed(fault),
        };
        let journals = journals_of(page);
        let reads = page_reads(page, &journals);
        let tables = [
            Table::Marks,
            Table::Events,
            Table::Journals,
            Table::Places,
            Table::Heads,
            Table::Inspections,
        ];
        let decide = |found: Vec<Vec<Row>>| sealed.decide(epoch, &journals, &found);
        match self.tables().write(&tables, &reads, decide).await {
            Ok(taken) => taken,
            Err(fault) => Taken::Failed(fault),
        }
    }

    async fn page_changes(
        &self,
        epoch: Epoch,
        inspection: Row,
        page: &Reception,
    ) -> Result<SealedPage, Fault> {
        let events = page.events.iter().map(|placed| {
            let value = EventRow { event: placed.event.event.clone(), origin: Origin::Pulled };
            rows::row(rows::event_key_of(&placed.event), &value)
        });
        let places = page.events.iter().map(|placed| {
            let value = PlaceRow { epoch, position: placed.position, held: held(placed.custody) };
            rows::row(rows::event_key_of(&placed.event), &value)
        });
        let heads = page
            .heads
            .iter()
            .map(|(head, signed)| rows::row(rows::event_key(head.journal, head.tip), signed));

        let owners = page.events.iter().map(|placed| rows::journal_of(&placed.event));
        let events = self.puts(Table::Events, events.collect()).await?;
        let mut always = self.puts(Table::Places, places.collect()).await?;
        always.extend(self.puts(Table::Heads, heads.collect()).await?);
        always.extend(self.puts(Table::Inspections, vec![inspection]).await?);
        Ok(SealedPage { events: owners.zip(events).collect(), always })
    }

    /// How far each inspection is pulled in the present epoch. One whose row cannot be read is
    /// left out and so comes from the start.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn cursors(&self) -> Result<BTreeMap<InspectionId, Cursor>, Fault> {
        let all = Read::rows(Table::Inspections, Span::Under(Key(Vec::new())));
        let [inspections, epoch] = self.read([all, epoch_read()]).await?;
        let epoch = epoch_in(&epoch).map_err(Fault::Damaged)?;
        let rows = self.values::<InspectionRow>(Table::Inspections, inspections).await.rows;
        let present = rows.into_iter().filter(|(_, row)| Some(row.epoch) == epoch);
        let cursors =
            present.filter_map(|(key, row)| Some((rows::inspection_from(&key)?, row.cursor?)));
        Ok(order::gather(cursors))
    }

    /// Remembers that this seat may not see these inspections any longer: their copies become
    /// read-only. Nothing is deleted.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn remember_gone(&self, epoch: Epoch, gone: &[InspectionId]) -> Result<(), Fault> {
        let rows = gone.iter().map(|inspection| inspection_row(epoch, *inspection, None));
        let changes = self.puts(Table::Inspections, rows.collect()).await?;
        self.change(&[Table::Inspections], changes).await
    }

    /// The heads that came with an inspection's events, in the order of journal and seq.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn heads(&self, inspection: InspectionId) -> Result<Rows<SignedHead>, Fault> {
        let under = Span::Under(rows::inspection_key(inspection));
        let [found] = self.read([Read::rows(Table::Heads, under)]).await?;
        let values = self.values(Table::Heads, found).await;
        let rows = values.rows.into_iter().map(|(_, head)| head).collect();
        Ok(Rows { rows, damaged: values.damaged })
    }
}

/// A page ready to be written.
struct SealedPage {
    /// One change for each event, with its journal.
    events: Vec<(Journal, Change)>,
    /// What is written in any case.
    always: Vec<Change>,
}

impl SealedPage {
    /// `found` is the epoch, then a row for each own journal among `journals`, then a key for
    /// each event that is here already.
    fn decide(
        self,
        epoch: Epoch,
        journals: &BTreeSet<Journal>,
        found: &[Vec<Row>],
    ) -> Decision<Taken> {
        if let Err(refused) = check_epoch(epoch, found.first()) {
            return Decision::leave(refused);
        }
        let owned = journals.iter().zip(found.iter().skip(1));
        let own: BTreeSet<&Journal> =
            order::gather(owned.filter(|(_, rows)| !rows.is_empty()).map(|(journal, _)| journal));
        let here = found.iter().skip(1 + journals.len());
        let mut changes = self.always;
        let mut forgotten = BTreeSet::new();
        for ((journal, change), here) in self.events.into_iter().zip(here) {
            if here.is_empty() {
                changes.push(change);
                forgotten.extend(own.contains(&journal).then_some(journal));
            }
        }
        Decision { changes, value: Taken::Stored { forgotten: forgotten.into_iter().collect() } }
    }
}

fn inspection_row(epoch: Epoch, inspection: InspectionId, cursor: Option<Cursor>) -> Row {
    rows::row(rows::inspection_key(inspection), &InspectionRow { epoch, cursor })
}

fn journals_of(page: &Reception) -> BTreeSet<Journal> {
    order::gather(page.events.iter().map(|placed| rows::journal_of(&placed.event)))
}

fn page_reads(page: &Reception, journals: &BTreeSet<Journal>) -> Vec<Read> {
    let own = journals
        .iter()
        .map(|journal| Read::keys(Table::Journals, Span::Exactly(rows::journal_key(*journal))));
    let here = page
        .events
        .iter()
        .map(|placed| Read::keys(Table::Events, Span::Exactly(rows::event_key_of(&placed.event))));
    std::iter::once(epoch_read()).chain(own).chain(here).collect()
}

fn held(custody: Custody) -> Option<HeldReason> {
    match custody {
        Custody::Accepted => None,
        Custody::Held(reason) => Some(reason),
    }
}

//! Reading only what is needed: what another tab wrote, and what a page has to follow.
//!
//! Ids of events are in the keys of their rows, so neither question reads a whole inspection.

use std::collections::{BTreeMap, BTreeSet};

use domain::event::Header;
use domain::ids::{EventId, InspectionId, JournalId};
use domain::order;
use proof::chain::Journal;
use sync::admission::{Author, opening_of};
use sync::message::pull::Page;
use sync::reception::Known;

use super::Store;
use crate::contract::{Fault, Rows, StoredEvent};
use crate::rows::{self, PlaceRow};
use crate::seam::Seam;
use crate::tables::{Key, Read, Row, Span, Table, Tables};

/// How many events are read one by one before the whole inspection is read at once.
const FEW: usize = 64;

impl<T: Tables, S: Seam> Store<T, S> {
    /// The events of an inspection whose ids are not among `known`, as
    /// [`Store::entries`] gives them.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn entries_beyond(
        &self,
        inspection: InspectionId,
        known: &BTreeSet<EventId>,
    ) -> Result<Rows<StoredEvent>, Fault> {
        let under = Span::Under(rows::inspection_key(inspection));
        let [found] = self.read([Read::keys(Table::Events, under)]).await?;
        let is_new = |row: &Row| rows::id_from(&row.key).is_none_or(|id| !known.contains(&id));
        let new: Vec<Key> = found.into_iter().filter(is_new).map(|row| row.key).collect();
        match new.len() {
            0 => Ok(Rows::default()),
            1..=FEW => self.entries_at(inspection, &new).await,
            _ => {
                let mut all = self.entries(inspection).await?;
                all.rows.retain(|event| !known.contains(&event.id()));
                Ok(all)
            }
        }
    }

    /// What the tablet has of that which a page follows: the ids before and in it, and the
    /// authors of its journals. An event that cannot be read is for the page's check to refuse.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn known(&self, page: &Page) -> Result<Known, Fault> {
        let journals: Vec<(Journal, u64)> = first_seqs(page).into_iter().collect();
        let mut reads: Vec<Read> = journals.iter().map(before_and_after).collect();
        reads.extend(journals.iter().map(|(journal, _)| opening(*journal)));
        let mut found = self.tables().read(&reads).await?;
        let openings = found.split_off(journals.len().min(found.len()));
        let ids = found.iter().flatten().filter_map(|row| rows::id_from(&row.key)).collect();
        let openings = openings.into_iter().flatten().collect();
        Ok(Known { ids, authors: self.authors(openings).await })
    }

    /// Which of a page's events, or of those that follow them, headquarters held when it last
    /// spoke of them. A word that cannot be read counts as none: the page brings the next.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn held(&self, page: &Page) -> Result<BTreeSet<EventId>, Fault> {
        let from = |(journal, seq): (Journal, u64)| {
            let under = rows::journal_key(journal);
            Read::rows(Table::Places, Span::From { from: rows::seq_key(journal, seq), under })
        };
        let reads: Vec<Read> = first_seqs(page).into_iter().map(from).collect();
        let found = self.tables().read(&reads).await?.into_iter().flatten().collect();
        let places = self.values::<PlaceRow>(Table::Places, found).await.rows.into_iter();
        let held = places.filter(|(_, place)| place.held.is_some());
        Ok(held.filter_map(|(key, _)| rows::id_from(&key)).collect())
    }

    /// Who writes a journal, by its first event; `None` when that is not here.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn author(&self, journal: Journal) -> Result<Option<Author>, Fault> {
        let [found] = self.read([opening(journal)]).await?;
        Ok(self.authors(found).await.remove(&journal.journal))
    }

    /// The highest `seq` of a journal that is here, own or come back; `None` for none.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn reach(&self, journal: Journal) -> Result<Option<u64>, Fault> {
        let under = Span::Under(rows::journal_key(journal));
        let [found] = self.read([Read::keys(Table::Events, under)]).await?;
        Ok(found.last().and_then(|row| rows::seq_from(&row.key)))
    }

    /// Who wrote the journals of which these are first events.
    pub(super) async fn authors(&self, openings: Vec<Row>) -> BTreeMap<JournalId, Author> {
        let opened = self.opened(Table::Events, openings).await.into_iter().flatten();
        let read = opened.filter_map(|row| rows::event(&row).ok());
        let author = |(event, _): (proof::chain::Verified, _)| {
            let opening = opening_of(&event)?;
            Some((event.header.journal, Author { seat: opening.seat, key: opening.key }))
        };
        order::gather(read.filter_map(author))
    }
}

/// The journals of a page, each with the first `seq` of it there.
fn first_seqs(page: &Page) -> BTreeMap<Journal, u64> {
    let headers = page.entries.iter().filter_map(|e| Header::from_bytes(&e.event.header).ok());
    let mut first = BTreeMap::new();
    for header in headers {
        let journal = Journal { inspection: header.inspection, journal: header.journal };
        let seq = first.entry(journal).or_insert(header.seq);
        *seq = header.seq.min(*seq);
    }
    first
}

fn before_and_after((journal, seq): &(Journal, u64)) -> Read {
    let from = rows::seq_key(*journal, seq.saturating_sub(1));
    Read::keys(Table::Events, Span::From { from, under: rows::journal_key(*journal) })
}

fn opening(journal: Journal) -> Read {
    Read::rows(Table::Events, Span::Under(rows::seq_key(journal, 0)))
}

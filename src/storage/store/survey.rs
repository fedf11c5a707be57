//! After a headquarters came back from a backup: what it has no place for in its new life, and
//! the runs of other journals that bring it back.
//!
//! This reads everything once, and only as long as the mark of a new epoch stands. What follows
//! from it is `sync`'s to decide.

use std::collections::BTreeMap;

use domain::event::Header;
use domain::ids::{Epoch, EventId, InspectionId, JournalId, SeatId};
use domain::order;
use proof::chain::{Journal, Tip, Verified};
use proof::head::SignedHead;
use sync::admission::Author;
use sync::carrying::{self, Carry, Kept, Whose};
use sync::message::push::Part;
use sync::replica::{JournalProgress, Survey};

use super::acceptance::SURVEY_DUE;
use super::journals::own_journal;
use super::{Store, epoch_in, epoch_read};
use crate::contract::{Fault, Origin, OwnJournal, Rows, Standing};
use crate::rows::{self, EventRow, PlaceRow};
use crate::seam::Seam;
use crate::tables::{Change, Key, Read, Row, Span, Table, Tables};

/// One inspection's journals as they are here.
struct Stream {
    events: BTreeMap<EventId, (Kept, Origin)>,
    heads: Vec<(Journal, Tip)>,
    authors: BTreeMap<JournalId, Author>,
}

impl<T: Tables, S: Seam> Store<T, S> {
    /// Whether headquarters began a new life and what it has lost is not all given back yet.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn is_survey_due(&self) -> Result<bool, Fault> {
        let key = Span::Exactly(rows::name_key(SURVEY_DUE));
        let [found] = self.read([Read::keys(Table::Marks, key)]).await?;
        Ok(!found.is_empty())
    }

    /// Nothing is left to be given back.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn end_survey(&self) -> Result<(), Fault> {
        let done = Change::Delete(Table::Marks, rows::name_key(SURVEY_DUE));
        self.change(&[Table::Marks], vec![done]).await
    }

    /// How far headquarters has own journals, by its last word about each.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn progress(&self) -> Result<Vec<JournalProgress>, Fault> {
        let own = self.tips().await?.rows;
        let progress = |own: &OwnJournal| JournalProgress {
            journal: own.journal,
            stored_through: own.tip.seq,
            accepted_through: own.accepted_through,
        };
        Ok(own.iter().map(progress).collect())
    }

    /// How far headquarters has own journals by the places it gave in its present life, and what
    /// of other journals it has no place for. `headquarters` are its seats. What is found out
    /// about own journals is remembered.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn survey(&self, headquarters: &[SeatId]) -> Result<Survey, Fault> {
        let all = Read::rows(Table::Journals, Span::Under(Key(Vec::new())));
        let [own, epoch] = self.read([all, epoch_read()]).await?;
        let epoch = epoch_in(&epoch).map_err(Fault::Damaged)?;
        let own = Rows::sorted_out(own.iter().map(|row| own_journal(row, epoch))).rows;
        let mut survey = Survey::default();
        for known in self.inspections().await? {
            let stream = self.stream(known.id, epoch).await?;
            let here = own.iter().filter(|own| own.journal.inspection == known.id);
            survey.journals.extend(here.map(|own| stream.progress(own)));
            survey.carried.extend(stream.carries(&own, headquarters));
        }
        // Every team and opening comes before the work that needs it.
        order::sort_by_key(&mut survey.carried, |carry| carry.whose);
        self.remember_survey(epoch, &own, &survey.journals).await?;
        Ok(survey)
    }

    async fn remember_survey(
        &self,
        epoch: Option<Epoch>,
        own: &[OwnJournal],
        found: &[JournalProgress],
    ) -> Result<(), Fault> {
        let before: BTreeMap<_, _> =
            order::gather(own.iter().map(|own| (own.journal, own.accepted_through)));
        let is_news =
            |found: &&JournalProgress| before.get(&found.journal) != Some(&found.accepted_through);
        let news: Vec<_> = found
            .iter()
            .filter(is_news)
            .map(|found| (found.journal, found.accepted_through))
            .collect();
        if let Some(epoch) = epoch.filter(|_| !news.is_empty()) {
            // What is not remembered is found out again at the next start.
            let _ = self.remember_accepted(epoch, &news).await;
        }
        Ok(())
    }

    async fn stream(
        &self,
        inspection: InspectionId,
        epoch: Option<Epoch>,
    ) -> Result<Stream, Fault> {
        let under = Span::Under(rows::inspection_key(inspection));
        let [events, places, heads] = self
            .read([
                Read::rows(Table::Events, under.clone()),
                Read::rows(Table::Places, under.clone()),
                Read::keys(Table::Heads, under),
            ])
            .await?;
        let places = self.values::<PlaceRow>(Table::Places, places).await.rows;
        let places: BTreeMap<Key, PlaceRow> = order::gather(places);
        let openings = events.iter().filter(|row| rows::seq_from(&row.key) == Some(0));
        let authors = self.authors(openings.cloned().collect()).await;
        let read = self.values::<EventRow>(Table::Events, events).await.rows.into_iter();
        let kept = read.filter_map(|(key, row)| kept(&key, &row, places.get(&key), epoch));
        let heads = heads.iter().filter_map(|row| rows::tip_from(&row.key)).collect();
        Ok(Stream { events: order::gather(kept), heads, authors })
    }

    /// A run of another journal under the head it came with; `None` when not all of it is here.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn carried_part(&self, carry: &Carry) -> Result<Option<Part>, Fault> {
        let Carry { journal, from, tip, .. } = *carry;
        let span =
            Span::From { from: rows::seq_key(journal, from), under: rows::journal_key(journal) };
        let head = Span::Exactly(rows::event_key(journal, tip));
        let [events, heads] =
            self.read([Read::rows(Table::Events, span), Read::rows(Table::Heads, head)]).await?;
        let up_to = |row: &Row| rows::seq_from(&row.key).is_some_and(|seq| seq <= tip.seq);
        let events = events.into_iter().filter(up_to).collect();
        let read = self.opened(Table::Events, events).await.into_iter().flatten();
        let read = read.filter_map(|row| rows::event(&row).ok());
        let by_id = order::gather(read.map(|(event, _)| (event.id, event)));
        let head = self.values::<SignedHead>(Table::Heads, heads).await.rows.pop();
        let events = back_from(by_id, tip, from).into_iter().map(|event| event.event);
        Ok(head.map(|(_, head)| Part { head, events: events.collect() }).filter(is_not_empty))
    }
}

fn is_not_empty(part: &Part) -> bool {
    !part.events.is_empty()
}

fn kept(
    key: &Key,
    row: &EventRow,
    place: Option<&PlaceRow>,
    epoch: Option<Epoch>,
) -> Option<(EventId, (Kept, Origin))> {
    let header = Header::from_bytes(&row.event.header).ok()?;
    let journal = Journal { inspection: header.inspection, journal: header.journal };
    let kept = Kept {
        journal,
        seq: header.seq,
        prev: header.prev,
        is_placed: place.is_some_and(|place| Some(place.epoch) == epoch),
        is_held: place.is_some_and(|place| place.held.is_some()),
    };
    Some((rows::id_from(key)?, (kept, row.origin)))
}

/// The events from `from` to the tip, in order; none when one is missing.
fn back_from(mut by_id: BTreeMap<EventId, Verified>, tip: Tip, from: u64) -> Vec<Verified> {
    let (mut at, mut run) = (Some(tip.id), Vec::new());
    while let Some(event) = at.and_then(|id| by_id.remove(&id)) {
        at = event.header.prev.filter(|_| event.header.seq > from);
        run.push(event);
    }
    run.reverse();
    let is_whole = run.first().is_some_and(|first| first.header.seq == from);
    if is_whole { run } else { Vec::new() }
}

impl Stream {
    fn progress(&self, own: &OwnJournal) -> JournalProgress {
        let mine = self.events.values().filter(|(kept, origin)| {
            kept.journal == own.journal && *origin == Origin::Recorded && kept.is_placed
        });
        let placed = mine.map(|(kept, _)| kept.seq).max();
        JournalProgress {
            journal: own.journal,
            stored_through: own.tip.seq,
            accepted_through: own.accepted_through.max(placed),
        }
    }

    fn carries(&self, own: &[OwnJournal], headquarters: &[SeatId]) -> Vec<Carry> {
        let is_other = |journal: Journal| !self.is_written_here(journal, own);
        let events = self.events.iter().filter(|(_, (kept, _))| is_other(kept.journal));
        let events = order::gather(events.map(|(id, (kept, _))| (*id, *kept)));
        let heads = self.heads.iter().copied().filter(|(journal, _)| is_other(*journal));
        let whose = |journal: Journal| match self.authors.get(&journal.journal) {
            Some(author) => carrying::whose(author.seat, headquarters),
            None => Whose::Colleague,
        };
        carrying::carries(&events, heads, whose)
    }

    /// Whether this tablet has all of a journal by its own writing. Of one that it left because
    /// it had forgotten some, the rest came back like another's.
    fn is_written_here(&self, journal: Journal, own: &[OwnJournal]) -> bool {
        let Some(own) = own.iter().find(|own| own.journal == journal) else { return false };
        let came_back = self
            .events
            .values()
            .any(|(kept, origin)| kept.journal == journal && *origin == Origin::Pulled);
        own.standing == Standing::Open || !came_back
    }
}

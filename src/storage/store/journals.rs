//! Own journals: appending to them, and reading what is to be pushed.

use domain::ids::Epoch;
use proof::chain::{self, Journal, Tip};

use super::{Store, epoch_in, epoch_read};
use crate::batch::Batch;
use crate::contract::{Appended, Damage, Fault, Origin, OwnJournal, Rows, Run, Standing};
use crate::rows::{self, EventRow, JournalRow};
use crate::seam::Seam;
use crate::tables::{Change, Decision, Read, Row, Span, Table, Tables};

impl<T: Tables, S: Seam> Store<T, S> {
    /// Stores a batch if its journal ends where the batch expects; the drafts that became its
    /// events go in the same transaction. The only way in which an event of this tablet is
    /// written.
    pub async fn append(&self, batch: &Batch) -> Appended {
        let changes = match self.append_changes(batch).await {
            Ok(changes) => changes,
            Err(fault) => return Appended::Failed(fault),
        };
        let tables = [Table::Journals, Table::Events, Table::Drafts];
        let reads = [journal_read(batch.journal())];
        let decide = |found: Vec<Vec<Row>>| decide_append(batch, found.first(), changes);
        match self.tables().write(&tables, &reads, decide).await {
            Ok(appended) => appended,
            Err(fault) => Appended::Failed(fault),
        }
    }

    /// Events sealed and drafts gone: all of an append but the tip.
    async fn append_changes(&self, batch: &Batch) -> Result<Vec<Change>, Fault> {
        let events = batch.events().iter().map(|(tip, event)| {
            let value = EventRow { event: event.clone(), origin: Origin::Recorded };
            rows::row(rows::event_key(batch.journal(), *tip), &value)
        });
        let mut changes = self.puts(Table::Events, events.collect()).await?;
        let drafts = batch.drafts_done().iter();
        changes.extend(drafts.map(|draft| Change::Delete(Table::Drafts, rows::draft_key(draft))));
        Ok(changes)
    }

    /// Every journal of this tablet, with where it ends and how far it is accepted.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn tips(&self) -> Result<Rows<OwnJournal>, Fault> {
        let all = Read::rows(Table::Journals, Span::Under(crate::tables::Key(Vec::new())));
        let [journals, epoch] = self.read([all, epoch_read()]).await?;
        let epoch = epoch_in(&epoch).map_err(Fault::Damaged)?;
        Ok(Rows::sorted_out(journals.iter().map(|row| own_journal(row, epoch))))
    }

    /// Leaves an own journal for good: nothing can be appended to it afterwards. What is in it
    /// stays and is still to be pushed.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn leave(&self, journal: Journal) -> Result<(), Fault> {
        let reads = [journal_read(journal)];
        let decide = |found: Vec<Vec<Row>>| decide_leave(found.first());
        self.tables().write(&[Table::Journals], &reads, decide).await?
    }

    /// A run of an own journal from `from_seq` on: at most `max_events` and `max_bytes`, but
    /// at least one event if there is one. Events of a fork that came from headquarters are not
    /// in it.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn run(
        &self,
        journal: Journal,
        from_seq: u64,
        max_events: u32,
        max_bytes: usize,
    ) -> Result<Run, Fault> {
        let mut run =
            RunInMaking { next_seq: from_seq, bytes_left: max_bytes, run: Run::default() };
        let mut from = rows::seq_key(journal, from_seq);
        loop {
            let span = Span::From { from: from.clone(), under: rows::journal_key(journal) };
            let read = Read::rows(Table::Events, span).at_most(max_events);
            let [found] = self.read([read]).await?;
            let Some(last) = found.last() else { return Ok(run.run) };
            from = last.key.next();
            let is_last = u32::try_from(found.len()).is_ok_and(|length| length < max_events);
            let more = run.take(self.opened(Table::Events, found).await, max_events);
            if is_last || !more {
                return Ok(run.run);
            }
        }
    }
}

/// What to read to know where a journal ends.
fn journal_read(journal: Journal) -> Read {
    Read::rows(Table::Journals, Span::Exactly(rows::journal_key(journal)))
}

fn decide_append(
    batch: &Batch,
    found: Option<&Vec<Row>>,
    mut changes: Vec<Change>,
) -> Decision<Appended> {
    let row = found.and_then(|rows| rows.first());
    let stored = match row.map(|row| rows::value::<JournalRow>(Table::Journals, row)).transpose() {
        Ok(stored) => stored,
        Err(damage) => return Decision::leave(Appended::Failed(Fault::Damaged(damage))),
    };
    let tip = stored.as_ref().map(|row| row.tip);
    if stored.as_ref().is_some_and(|row| row.standing == Standing::Left) {
        return Decision::leave(Appended::Left);
    }
    if tip != batch.expected() {
        return Decision::leave(Appended::Behind(tip));
    }
    if let Some(tip) = batch.tip() {
        let accepted = stored.and_then(|row| row.accepted);
        let value = JournalRow { tip, accepted, standing: Standing::Open };
        let row = rows::row(rows::journal_key(batch.journal()), &value);
        changes.push(Change::Put(Table::Journals, row));
    }
    Decision { changes, value: Appended::Stored }
}

fn decide_leave(found: Option<&Vec<Row>>) -> Decision<Result<(), Fault>> {
    let Some(row) = found.and_then(|rows| rows.first()) else { return Decision::leave(Ok(())) };
    match rows::value::<JournalRow>(Table::Journals, row) {
        Ok(stored) => {
            let value = JournalRow { standing: Standing::Left, ..stored };
            let changes = vec![Change::Put(Table::Journals, rows::row(row.key.clone(), &value))];
            Decision { changes, value: Ok(()) }
        }
        Err(damage) => Decision::leave(Err(Fault::Damaged(damage))),
    }
}

/// Reads a row of the own journals.
pub(super) fn own_journal(row: &Row, epoch: Option<Epoch>) -> Result<OwnJournal, Damage> {
    let value: JournalRow = rows::value(Table::Journals, row)?;
    let journal = rows::journal_from(&row.key)
        .ok_or_else(|| row.key.damage(Table::Journals, "its key is not that of a journal"))?;
    let accepted_through = value.accepted_through(epoch);
    Ok(OwnJournal { journal, tip: value.tip, accepted_through, standing: value.standing })
}

/// A run that grows until something ends it.
struct RunInMaking {
    next_seq: u64,
    bytes_left: usize,
    run: Run,
}

impl RunInMaking {
    /// Takes what follows; returns whether there is room for more.
    fn take(&mut self, found: Vec<Result<Row, Damage>>, max_events: u32) -> bool {
        for row in found {
            let read = row.and_then(|row| Ok((rows::event(&row)?, row.key)));
            let ((event, origin), key) = match read {
                Ok(read) => read,
                Err(damage) => {
                    self.run.damaged = Some(damage);
                    return false;
                }
            };
            if origin == Origin::Pulled {
                continue;
            }
            if event.header.seq != self.next_seq {
                let gap = format!("seq {} before it is missing", self.next_seq);
                self.run.damaged = Some(key.damage(Table::Events, gap));
                return false;
            }
            let bytes = event.event.size_bytes();
            let first = self.run.events.is_empty();
            let room = bytes <= self.bytes_left && self.run.events.len() < max_events as usize;
            if !first && !room {
                return false;
            }
            self.bytes_left = self.bytes_left.saturating_sub(bytes);
            self.next_seq = chain::next_seq(Some(Tip { seq: event.header.seq, id: event.id }));
            self.run.events.push(event);
        }
        true
    }
}

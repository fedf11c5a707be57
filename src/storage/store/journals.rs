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
    /// written. In an inspection at most one own journal is open, so that of two tabs the second
    /// goes on where the first is.
    pub async fn append(&self, batch: &Batch) -> Appended {
        let changes = match self.append_changes(batch).await {
            Ok(changes) => changes,
            Err(fault) => return Appended::Failed(fault),
        };
        let reads = [append_read(batch)];
        let decide = |found: Vec<Vec<Row>>| {
            decide_append(batch, found.first().map_or(&[], Vec::as_slice), &changes)
        };
        let hoped = self.seen(batch).map(|row| vec![vec![row]]);
        let written = self.tables().write_hoping(tables_of(batch), &reads, hoped, decide).await;
        match written {
            Ok((appended, row)) => {
                self.see(row);
                appended
            }
            Err(fault) => Appended::Failed(fault),
        }
    }

    /// The row that a batch will probably find, if one was seen.
    fn seen(&self, batch: &Batch) -> Option<Row> {
        batch.expected()?;
        self.inner.seen.borrow().get(&rows::journal_key(batch.journal())).cloned()
    }

    /// Takes note of rows of own journals, for the next append.
    pub(super) fn see(&self, rows: impl IntoIterator<Item = Row>) {
        let rows = rows.into_iter().map(|row| (row.key.clone(), row));
        self.inner.seen.borrow_mut().extend(rows);
    }

    /// Events sealed and drafts gone: all of an append but the tip.
    async fn append_changes(&self, batch: &Batch) -> Result<Vec<Change>, Fault> {
        let events = batch.events().iter().map(|(tip, event)| {
            let value = EventRow { event: event.clone(), origin: Origin::Recorded };
            rows::row(rows::event_key(batch.journal(), *tip), &value)
        });
        let mut changes = self.puts(Table::Events, events.collect()).await?;
        let drafts = batch.drafts_done().iter();
        changes.extend(drafts.map(|draft| self.gone(Table::Drafts, &rows::draft_key(draft))));
        Ok(changes)
    }

    /// Every journal of this tablet, with where it ends and how far it is accepted.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn tips(&self) -> Result<Rows<OwnJournal>, Fault> {
        let all = Read::rows(Table::Journals, Span::Under(crate::tables::Key(Vec::new())));
        let [journals, epoch] = self.read([all, epoch_read()]).await?;
        self.tips_in(journals, &epoch)
    }

    pub(super) fn tips_in(
        &self,
        journals: Vec<Row>,
        epoch: &[Row],
    ) -> Result<Rows<OwnJournal>, Fault> {
        let epoch = epoch_in(epoch).map_err(Fault::Damaged)?;
        let own = Rows::sorted_out(journals.iter().map(|row| own_journal(row, epoch)));
        self.see(journals);
        Ok(own)
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

/// What a batch has to know: where its journal ends; for one that begins a journal, all that this
/// tablet writes in the inspection.
fn append_read(batch: &Batch) -> Read {
    match batch.expected() {
        Some(_) => journal_read(batch.journal()),
        None => {
            let inspection = rows::inspection_key(batch.journal().inspection);
            Read::rows(Table::Journals, Span::Under(inspection))
        }
    }
}

/// What a batch touches: a transaction over fewer tables waits for less.
fn tables_of(batch: &Batch) -> &'static [Table] {
    match batch.drafts_done() {
        [] => &[Table::Journals, Table::Events],
        _ => &[Table::Journals, Table::Events, Table::Drafts],
    }
}

/// What came of an append, and the row of its journal after it.
type AppendedAt = (Appended, Option<Row>);

/// `found` is what [`append_read`] asks for.
fn decide_append(batch: &Batch, found: &[Row], changes: &[Change]) -> Decision<AppendedAt> {
    let key = rows::journal_key(batch.journal());
    let row = found.iter().find(|row| row.key == key);
    let stored = match row.map(|row| rows::value::<JournalRow>(Table::Journals, row)).transpose() {
        Ok(stored) => stored,
        Err(damage) => return Decision::leave((Appended::Failed(Fault::Damaged(damage)), None)),
    };
    if let Some(refused) = refusal(batch, stored.as_ref(), found) {
        return Decision::leave((refused, row.cloned()));
    }
    let accepted = stored.and_then(|row| row.accepted);
    let after = batch
        .tip()
        .map(|tip| rows::row(key, &JournalRow { tip, accepted, standing: Standing::Open }));
    let put = after.clone().map(|row| Change::Put(Table::Journals, row));
    let changes = changes.iter().cloned().chain(put).collect();
    Decision { changes, value: (Appended::Stored, after) }
}

/// Why a batch is not appended after what is stored of its journal; `None` when it is.
fn refusal(batch: &Batch, stored: Option<&JournalRow>, found: &[Row]) -> Option<Appended> {
    let tip = stored.map(|row| row.tip);
    match stored {
        Some(row) if row.standing == Standing::Left => Some(Appended::Left),
        Some(_) | None if tip != batch.expected() => Some(Appended::Behind(tip)),
        Some(_) => None,
        None => open_journal(found),
    }
}

/// The own journal that is open in the inspection. One whose row cannot be read is not written
/// any more, and so is none.
fn open_journal(found: &[Row]) -> Option<Appended> {
    let own = found.iter().filter_map(|row| own_journal(row, None).ok());
    let open = own.into_iter().find(|own| own.standing == Standing::Open)?;
    Some(Appended::Elsewhere(open.journal, open.tip))
}

fn decide_leave(found: Option<&Vec<Row>>) -> Decision<Result<(), Fault>> {
    let Some(row) = found.and_then(|rows| rows.first()) else { return Decision::leave(Ok(())) };
    match left(row) {
        Ok(change) => Decision { changes: vec![change], value: Ok(()) },
        Err(damage) => Decision::leave(Err(Fault::Damaged(damage))),
    }
}

/// The change that leaves an own journal for good.
pub(super) fn left(row: &Row) -> Result<Change, Damage> {
    let stored: JournalRow = rows::value(Table::Journals, row)?;
    let value = JournalRow { standing: Standing::Left, ..stored };
    Ok(Change::Put(Table::Journals, rows::row(row.key.clone(), &value)))
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

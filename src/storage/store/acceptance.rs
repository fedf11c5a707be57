//! What headquarters has: its word for each own journal, and the epoch in which it counts.

use domain::ids::Epoch;
use proof::chain::Journal;

use super::{EPOCH, Store, epoch_in, epoch_read};
use crate::contract::{Fault, Taken};
use crate::rows::{self, Accepted, EpochRow, JournalRow};
use crate::seam::Seam;
use crate::tables::{Change, Decision, Read, Row, Span, Table, Tables};

/// The name of the mark that headquarters has begun a new life and may have lost something.
pub(super) const SURVEY_DUE: &str = "survey-due";

impl<T: Tables, S: Seam> Store<T, S> {
    /// The life of headquarters' store by which this tablet goes; `None` before enrolment.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn epoch(&self) -> Result<Option<Epoch>, Fault> {
        let [found] = self.read([epoch_read()]).await?;
        epoch_in(&found).map_err(Fault::Damaged)
    }

    /// Goes by another epoch: nothing is accepted, placed or pulled in it yet. What was said in
    /// the epoch before is forgotten, no event is; and it is marked that headquarters may have
    /// lost some.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn begin_epoch(&self, epoch: Epoch) -> Result<(), Fault> {
        let decide = |found: Vec<Vec<Row>>| {
            let before = epoch_in(found.first().map_or(&[], Vec::as_slice)).ok().flatten();
            Decision { changes: epoch_changes(before, epoch), value: () }
        };
        self.tables().write(&[Table::Marks], &[epoch_read()], decide).await
    }

    /// Remembers how far headquarters has own journals, by its last word; `None` when it has
    /// nothing of one. Journals of others are passed over.
    pub async fn remember_accepted(
        &self,
        epoch: Epoch,
        accepted: &[(Journal, Option<u64>)],
    ) -> Taken {
        let journals = accepted.iter().map(|(journal, _)| {
            Read::rows(Table::Journals, Span::Exactly(rows::journal_key(*journal)))
        });
        let reads: Vec<Read> = std::iter::once(epoch_read()).chain(journals).collect();
        let tables = [Table::Marks, Table::Journals];
        let decide = |found: Vec<Vec<Row>>| decide_accepted(epoch, accepted, &found);
        match self.tables().write(&tables, &reads, decide).await {
            Ok((taken, rows)) => {
                self.see(rows);
                taken
            }
            Err(fault) => Taken::Failed(fault),
        }
    }
}

/// The changes that make `epoch` the one to go by.
pub(super) fn epoch_changes(before: Option<Epoch>, epoch: Epoch) -> Vec<Change> {
    let put =
        |name, value: &EpochRow| Change::Put(Table::Marks, rows::row(rows::name_key(name), value));
    let now = EpochRow { epoch };
    let is_another = before.is_some_and(|before| before != epoch);
    let due = is_another.then(|| put(SURVEY_DUE, &now));
    [put(EPOCH, &now)].into_iter().chain(due).collect()
}

/// Whether something said in `epoch` counts; if not, what to answer.
pub(super) fn check_epoch(epoch: Epoch, found: Option<&Vec<Row>>) -> Result<(), Taken> {
    match epoch_in(found.map_or(&[], Vec::as_slice)) {
        Ok(stored) if stored == Some(epoch) => Ok(()),
        Ok(stored) => Err(Taken::OtherEpoch(stored)),
        Err(damage) => Err(Taken::Failed(Fault::Damaged(damage))),
    }
}

fn decide_accepted(
    epoch: Epoch,
    accepted: &[(Journal, Option<u64>)],
    found: &[Vec<Row>],
) -> Decision<(Taken, Vec<Row>)> {
    let refused = |taken| Decision::leave((taken, Vec::new()));
    if let Err(taken) = check_epoch(epoch, found.first()) {
        return refused(taken);
    }
    let mut after = Vec::new();
    for ((_, through), rows) in accepted.iter().zip(found.iter().skip(1)) {
        let Some(row) = rows.first() else { continue };
        let stored: JournalRow = match rows::value(Table::Journals, row) {
            Ok(stored) => stored,
            Err(damage) => return refused(Taken::Failed(Fault::Damaged(damage))),
        };
        let accepted = through.map(|through| Accepted { epoch, through });
        after.push(rows::row(row.key.clone(), &JournalRow { accepted, ..stored }));
    }
    let changes = after.iter().cloned().map(|row| Change::Put(Table::Journals, row)).collect();
    Decision { changes, value: (Taken::Stored { forgotten: Vec::new() }, after) }
}

//! How safe it is what this tablet holds: what exists only here, and since when.

use domain::moment::Moment;

use super::journals::own_journal;
use super::{Store, epoch_in, epoch_read};
use crate::contract::{Fault, Health, OwnJournal, Rows};
use crate::rows;
use crate::seam::Seam;
use crate::tables::{Key, Read, Span, Table, Tables};

impl<T: Tables, S: Seam> Store<T, S> {
    /// Counts what exists only here and asks the browser about the place.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn health(&self) -> Result<Health, Fault> {
        let all = Span::Under(Key(Vec::new()));
        let journals = Read::rows(Table::Journals, all.clone());
        let drafts = Read::keys(Table::Drafts, all);
        let [journals, drafts, epoch] = self.read([journals, drafts, epoch_read()]).await?;
        let epoch = epoch_in(&epoch).map_err(Fault::Damaged)?;
        let own = Rows::sorted_out(journals.iter().map(|row| own_journal(row, epoch)));
        Ok(Health {
            device: self.tables().device().await,
            events_only_here: own.rows.iter().map(OwnJournal::pending).sum(),
            oldest_only_here: self.oldest_pending(&own.rows).await?,
            drafts: u64::try_from(drafts.len()).unwrap_or(u64::MAX),
            damaged: own.damaged,
        })
    }

    /// Counts what exists perhaps only here and is no event: drafts, and bundles that are carried
    /// for others. Nothing is opened for it.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn count_beside_events(&self) -> Result<u64, Fault> {
        let all = Span::Under(Key(Vec::new()));
        let drafts = Read::keys(Table::Drafts, all.clone());
        let [drafts, carried] = self.read([drafts, Read::keys(Table::Carried, all)]).await?;
        Ok(u64::try_from(drafts.len().saturating_add(carried.len())).unwrap_or(u64::MAX))
    }

    async fn oldest_pending(&self, own: &[OwnJournal]) -> Result<Option<Moment>, Fault> {
        let pending = own.iter().filter(|own| own.pending() > 0);
        let reads: Vec<Read> = pending.map(first_pending).collect();
        let found = self.tables().read(&reads).await?;
        let opened = self.opened(Table::Events, found.into_iter().flatten().collect()).await;
        let events = opened.into_iter().flatten().filter_map(|row| rows::event(&row).ok());
        Ok(events.map(|(event, _)| event.header.at).min())
    }
}

fn first_pending(own: &OwnJournal) -> Read {
    let seq = own.accepted_through.map_or(0, |seq| seq.saturating_add(1));
    let from = rows::seq_key(own.journal, seq);
    let span = Span::From { from, under: rows::journal_key(own.journal) };
    Read::rows(Table::Events, span).at_most(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_of_which_headquarters_knows_more_has_nothing_pending() {
        let journal = crate::suite::samples::journal(1, 1);
        let tip = proof::chain::Tip { seq: 4, id: domain::ids::EventId([0; 32]) };
        let standing = crate::contract::Standing::Open;
        let pending =
            |accepted_through| OwnJournal { journal, tip, accepted_through, standing }.pending();
        assert_eq!([None, Some(0), Some(4), Some(9)].map(pending), [5, 4, 0, 0]);
    }
}

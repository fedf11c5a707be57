//! When headquarters last answered, and how much of this tablet's work is in its backup.

use domain::ids::Epoch;

use super::journals::own_journal;
use super::{Store, epoch_in, epoch_read};
use crate::contract::{BackedUp, Contact, Fault, OwnJournal, Rows};
use crate::rows::{self, ContactRow, PlaceRow};
use crate::seam::Seam;
use crate::tables::{Key, Read, Span, Table, Tables};

/// The name of the record of the last contact.
const CONTACT: &str = "contact";

impl<T: Tables, S: Seam> Store<T, S> {
    /// Remembers that headquarters answered.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn remember_contact(&self, epoch: Epoch, contact: Contact) -> Result<(), Fault> {
        let Contact { at, durable_through } = contact;
        let value = ContactRow { at, epoch, durable_through };
        let row = rows::row(rows::name_key(CONTACT), &value);
        let changes = self.puts(Table::Meta, vec![row]).await?;
        self.change(&[Table::Meta], changes).await
    }

    /// When headquarters last answered; `None` before the first time. What another life of it
    /// had in a backup does not count.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn contact(&self) -> Result<Option<Contact>, Fault> {
        let row: Option<ContactRow> = self.value(Table::Meta, rows::name_key(CONTACT)).await?;
        let Some(ContactRow { at, epoch, durable_through }) = row else { return Ok(None) };
        let is_present = self.epoch().await? == Some(epoch);
        Ok(Some(Contact { at, durable_through: durable_through.filter(|_| is_present) }))
    }

    /// Counts what of this tablet's work a backup with `durable_through` positions has. Reads
    /// what headquarters said of every own event: for a screen that someone looks at.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn backed_up(&self, durable_through: u64) -> Result<BackedUp, Fault> {
        let all = Read::rows(Table::Journals, Span::Under(Key(Vec::new())));
        let [journals, epoch] = self.read([all, epoch_read()]).await?;
        let epoch = epoch_in(&epoch).map_err(Fault::Damaged)?;
        let own = Rows::sorted_out(journals.iter().map(|row| own_journal(row, epoch))).rows;
        let mut backed_up = BackedUp::default();
        for own in own {
            backed_up.recorded += own.tip.seq.saturating_add(1);
            backed_up.in_backup += self.in_backup(&own, epoch, durable_through).await?;
        }
        Ok(backed_up)
    }

    async fn in_backup(
        &self,
        own: &OwnJournal,
        epoch: Option<Epoch>,
        durable_through: u64,
    ) -> Result<u64, Fault> {
        let under = Span::Under(rows::journal_key(own.journal));
        let [places] = self.read([Read::rows(Table::Places, under)]).await?;
        let places = self.values::<PlaceRow>(Table::Places, places).await.rows;
        let is_safe =
            |place: &PlaceRow| Some(place.epoch) == epoch && place.position < durable_through;
        Ok(places.iter().filter(|(_, place)| is_safe(place)).count() as u64)
    }
}

//! What a page has to know before its first screen, and then of the inspection that it shows: each
//! in one reading, because a reading costs more in waiting than in work.

use domain::ids::InspectionId;

use super::canary::CANARY;
use super::meta::drafts_in;
use super::seat::{FORMER, SEAT};
use super::{Store, epoch_read};
use crate::contract::{Canary, Fault, OwnJournal, Rows, StoredEvent};
use crate::drafts::Draft;
use crate::rows::{self, CanaryRow, DraftRow, InspectionRow, SeatRow};
use crate::seam::Seam;
use crate::seat::SeatRecord;
use crate::tables::{Key, Read, Span, Table, Tables};

/// What a page has to know before its first screen.
pub struct Beginning {
    /// See [`Store::seat`].
    pub seat: Option<SeatRecord>,
    /// See [`Store::former_seats`].
    pub former: Rows<SeatRecord>,
    /// See [`Store::canary`].
    pub canary: Option<Canary>,
    /// See [`Store::tips`].
    pub own: Rows<OwnJournal>,
}

/// An inspection as it lies in the store.
pub struct Laid {
    /// See [`Store::entries`].
    pub entries: Rows<StoredEvent>,
    /// See [`Store::drafts`].
    pub drafts: Rows<Draft>,
    /// Whether headquarters still shows it to this seat, as far as that can be read.
    pub visible: bool,
}

impl<T: Tables, S: Seam> Store<T, S> {
    /// Reads what the first screen needs.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn beginning(&self) -> Result<Beginning, Fault> {
        let meta = |span| Read::rows(Table::Meta, span);
        let exactly = |name| meta(Span::Exactly(rows::name_key(name)));
        let journals = Read::rows(Table::Journals, Span::Under(Key(Vec::new())));
        let former = meta(Span::Under(rows::name_key(FORMER)));
        let reads = [exactly(SEAT), former, exactly(CANARY), journals, epoch_read()];
        let [seat, former, canary, journals, epoch] = self.read(reads).await?;
        let seat: Option<SeatRow> = self.value_in(Table::Meta, seat).await?;
        let canary: Option<CanaryRow> = self.value_in(Table::Meta, canary).await?;
        Ok(Beginning {
            seat: seat.map(Into::into),
            former: self.former_in(former).await,
            canary: canary.map(|row| Canary(row.word)),
            own: self.tips_in(journals, &epoch)?,
        })
    }

    /// Reads an inspection: its events, what is being typed in it, and whether it may still be
    /// written in.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn laid(&self, inspection: InspectionId) -> Result<Laid, Fault> {
        let key = rows::inspection_key(inspection);
        let drafts = Read::rows(Table::Drafts, Span::Under(key.clone()));
        let known = Read::rows(Table::Inspections, Span::Exactly(key));
        let [events, places, journals, epoch] = Self::entries_reads(inspection);
        let reads = [events, places, journals, epoch, drafts, known];
        let [events, places, journals, epoch, drafts, known] = self.read(reads).await?;
        let known = self.values::<InspectionRow>(Table::Inspections, known).await.rows.pop();
        let drafts = self.values::<DraftRow>(Table::Drafts, drafts).await;
        Ok(Laid {
            entries: self.entries_in([events, places, journals, epoch]).await?,
            drafts: drafts_in(drafts),
            visible: known.is_none_or(|(_, row)| row.cursor.is_some()),
        })
    }
}

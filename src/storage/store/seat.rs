//! The seat, and the seats this tablet had before: their journals still have to be signed for.

use domain::ids::Epoch;

use super::Store;
use super::acceptance::epoch_changes;
use super::journals::left;
use crate::contract::{Fault, Rows};
use crate::rows::{self, SeatRow};
use crate::seam::Seam;
use crate::seat::SeatRecord;
use crate::tables::{Change, Decision, Key, Read, Row, Span, Table, Tables};

/// The name of the record of the seat.
pub(super) const SEAT: &str = "seat";

/// How the names of the records of former seats begin.
pub(super) const FORMER: &str = "former-seat ";

impl<T: Tables, S: Seam> Store<T, S> {
    /// Keeps the seat that was enrolled, together with the epoch it was enrolled in. A seat
    /// before it is kept as a former one, and its journals are left: the new seat cannot sign
    /// what follows in them.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn enrol(&self, seat: &SeatRecord, epoch: Epoch) -> Result<(), Fault> {
        let before = self.seat().await?.filter(|before| before.seat != seat.seat);
        let former = before.iter().map(|before| {
            rows::row(rows::former_seat_key(FORMER, before.seat), &SeatRow::from(before))
        });
        let mut records: Vec<Row> = former.collect();
        records.push(rows::row(rows::name_key(SEAT), &SeatRow::from(seat)));
        let mut changes = self.puts(Table::Meta, records).await?;
        let gone_by = self.epoch().await?;
        changes.extend(epoch_changes(gone_by, epoch));
        let reads = [Read::rows(Table::Journals, Span::Under(Key(Vec::new())))];
        let tables = [Table::Meta, Table::Marks, Table::Journals];
        let decide = |found: Vec<Vec<Row>>| {
            let own = found.iter().flatten().filter(|_| before.is_some());
            changes.extend(own.filter_map(|row| left(row).ok()));
            Decision { changes, value: () }
        };
        self.tables().write(&tables, &reads, decide).await
    }

    /// The seat; `None` before enrolment.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn seat(&self) -> Result<Option<SeatRecord>, Fault> {
        let row: Option<SeatRow> = self.value(Table::Meta, rows::name_key(SEAT)).await?;
        Ok(row.map(Into::into))
    }

    /// The seats this tablet had before, with their keys.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn former_seats(&self) -> Result<Rows<SeatRecord>, Fault> {
        let under = Span::Under(rows::name_key(FORMER));
        let [found] = self.read([Read::rows(Table::Meta, under)]).await?;
        Ok(self.former_in(found).await)
    }

    pub(super) async fn former_in(&self, found: Vec<Row>) -> Rows<SeatRecord> {
        let values = self.values::<SeatRow>(Table::Meta, found).await;
        let rows = values.rows.into_iter().map(|(_, row)| row.into()).collect();
        Rows { rows, damaged: values.damaged }
    }

    /// Leaves every own journal for good: this store is not certain of its last events.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn leave_all(&self) -> Result<(), Fault> {
        let reads = [Read::rows(Table::Journals, Span::Under(Key(Vec::new())))];
        let decide = |found: Vec<Vec<Row>>| {
            let changes: Vec<Change> =
                found.iter().flatten().filter_map(|row| left(row).ok()).collect();
            Decision { changes, value: () }
        };
        self.tables().write(&[Table::Journals], &reads, decide).await
    }
}

//! The last checkpoint and how long things are kept, single records; and drafts, which are single
//! rows too.

use domain::event::Anchor;
use domain::ids::InspectionId;
use domain::moment::Moment;
use sync::message::packs::Retention;

use super::Store;
use crate::contract::{Damage, Fault, Rows};
use crate::drafts::{Draft, DraftKey};
use crate::rows::{self, CheckpointRow, DraftRow, RetentionRow};
use crate::seam::Seam;
use crate::tables::{Key, Read, Span, Table, Tables};

/// The name of the record of the last checkpoint.
const CHECKPOINT: &str = "checkpoint";

/// The name of the record of how long things are kept.
const RETENTION: &str = "retention";

impl<T: Tables, S: Seam> Store<T, S> {
    /// Remembers the last checkpoint of headquarters; whether it is consistent with the one
    /// before is the caller's to check.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn remember_checkpoint(&self, anchor: Anchor) -> Result<(), Fault> {
        let row = rows::row(rows::name_key(CHECKPOINT), &CheckpointRow { anchor });
        let changes = self.puts(Table::Meta, vec![row]).await?;
        self.change(&[Table::Meta], changes).await
    }

    /// The last checkpoint of headquarters that was remembered.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn checkpoint(&self) -> Result<Option<Anchor>, Fault> {
        let row: Option<CheckpointRow> =
            self.value(Table::Meta, rows::name_key(CHECKPOINT)).await?;
        Ok(row.map(|row| row.anchor))
    }

    /// Remembers how long headquarters wants things kept on tablets.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn remember_retention(&self, retention: Retention) -> Result<(), Fault> {
        let Retention { records_days, evidence_days } = retention;
        let value = RetentionRow { records_days, evidence_days };
        let row = rows::row(rows::name_key(RETENTION), &value);
        let changes = self.puts(Table::Meta, vec![row]).await?;
        self.change(&[Table::Meta], changes).await
    }

    /// How long headquarters wants things kept on tablets; `None` before it said so.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn retention(&self) -> Result<Option<Retention>, Fault> {
        let row: Option<RetentionRow> = self.value(Table::Meta, rows::name_key(RETENTION)).await?;
        Ok(row.map(|RetentionRow { records_days, evidence_days }| Retention {
            records_days,
            evidence_days,
        }))
    }

    /// Puts aside what stands in a field; whatever was put aside of it before is replaced.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn put_draft(&self, draft: &Draft) -> Result<(), Fault> {
        let value = DraftRow { text: draft.text.clone(), at: draft.at };
        let row = rows::row(rows::draft_key(&draft.key), &value);
        let changes = self.puts(Table::Drafts, vec![row]).await?;
        self.change(&[Table::Drafts], changes).await
    }

    /// What is put aside in an inspection, by field.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn drafts(&self, inspection: InspectionId) -> Result<Rows<Draft>, Fault> {
        let under = Span::Under(rows::inspection_key(inspection));
        let [found] = self.read([Read::rows(Table::Drafts, under)]).await?;
        Ok(drafts_in(self.values(Table::Drafts, found).await))
    }

    /// Drops a draft that is not wanted any longer.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn drop_draft(&self, key: &DraftKey) -> Result<(), Fault> {
        let change = self.gone(Table::Drafts, &rows::draft_key(key));
        self.change(&[Table::Drafts], vec![change]).await
    }
}

/// The drafts in what was read.
pub(super) fn drafts_in(values: Rows<(Key, DraftRow)>) -> Rows<Draft> {
    let read = values.rows.into_iter().map(|(key, DraftRow { text, at })| draft(&key, text, at));
    let mut drafts = Rows::sorted_out(read);
    drafts.damaged.extend(values.damaged);
    drafts
}

fn draft(key: &Key, text: String, at: Moment) -> Result<Draft, Damage> {
    let damage = || key.damage(Table::Drafts, "its key is not that of a draft");
    Ok(Draft { key: rows::draft_from(key).ok_or_else(damage)?, text, at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Memory;
    use crate::suite::samples::{at_once, vault};

    #[test]
    fn how_long_things_are_kept_is_the_last_that_headquarters_said() {
        let store = Store::new(Memory::new(), vault(1));
        assert_eq!(at_once(store.retention()), Ok(None));
        for records_days in [90, 30] {
            let said = Retention { records_days, evidence_days: 7 };
            at_once(store.remember_retention(said)).expect("it has room");
            assert_eq!(at_once(store.retention()), Ok(Some(said)));
        }
    }
}

//! The last checkpoint, a single record; and drafts, which are single rows too.

use domain::event::Anchor;
use domain::ids::InspectionId;
use domain::moment::Moment;

use super::Store;
use crate::contract::{Damage, Fault, Rows};
use crate::drafts::{Draft, DraftKey};
use crate::rows::{self, CheckpointRow, DraftRow};
use crate::seam::Seam;
use crate::tables::{Key, Read, Span, Table, Tables};

/// The name of the record of the last checkpoint.
const CHECKPOINT: &str = "checkpoint";

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
        let values = self.values::<DraftRow>(Table::Drafts, found).await;
        let read =
            values.rows.into_iter().map(|(key, DraftRow { text, at })| draft(&key, text, at));
        let mut drafts = Rows::sorted_out(read);
        drafts.damaged.extend(values.damaged);
        Ok(drafts)
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

fn draft(key: &Key, text: String, at: Moment) -> Result<Draft, Damage> {
    let damage = || key.damage(Table::Drafts, "its key is not that of a draft");
    Ok(Draft { key: rows::draft_from(key).ok_or_else(damage)?, text, at })
}

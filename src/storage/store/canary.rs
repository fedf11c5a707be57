//! The canary's word in the store. Its second place is the caller's.

use super::Store;
use crate::contract::{Canary, Fault};
use crate::rows::{self, CanaryRow};
use crate::seam::Seam;
use crate::tables::{Table, Tables};

/// The name of the record of the canary.
pub(super) const CANARY: &str = "canary";

impl<T: Tables, S: Seam> Store<T, S> {
    /// The canary of this store; `None` before it has one.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn canary(&self) -> Result<Option<Canary>, Fault> {
        let row: Option<CanaryRow> = self.value(Table::Meta, rows::name_key(CANARY)).await?;
        Ok(row.map(|row| Canary(row.word)))
    }

    /// Gives this store a canary.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn put_canary(&self, canary: Canary) -> Result<(), Fault> {
        let row = rows::row(rows::name_key(CANARY), &CanaryRow { word: canary.0 });
        let changes = self.puts(Table::Meta, vec![row]).await?;
        self.change(&[Table::Meta], changes).await
    }
}

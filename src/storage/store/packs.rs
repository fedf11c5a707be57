//! Packs: kept by hash, and read back only as what their hash says.

use std::collections::BTreeSet;

use domain::ids::PackHash;
use domain::order;
use proof::hash::pack_hash;
use sync::message::packs::PackList;

use super::Store;
use crate::contract::{Damage, Fault};
use crate::rows::{self, PackListRow};
use crate::seam::Seam;
use crate::tables::{Read, Row, Table, Tables};

/// The name of the record of the list of packs.
const PACK_LIST: &str = "packs";

impl<T: Tables, S: Seam> Store<T, S> {
    /// Keeps a pack under its hash. Whether the bytes have this hash is found out when they are
    /// read.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn put_pack(&self, hash: PackHash, bytes: Vec<u8>) -> Result<(), Fault> {
        let changes =
            self.puts(Table::Packs, vec![Row { key: rows::pack_key(&hash), bytes }]).await?;
        self.change(&[Table::Packs], changes).await
    }

    /// The bytes of a pack; `None` when it is not here.
    ///
    /// # Errors
    /// [`Fault::Damaged`] when the bytes do not have this hash: fetch the pack again.
    pub async fn pack(&self, hash: PackHash) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.packs(&[hash]).await?.pop().flatten())
    }

    /// The bytes of several packs, in the order in which they are asked for; `None` for each that
    /// is not here.
    ///
    /// # Errors
    /// [`Fault::Damaged`] when the bytes of one do not have its hash: fetch that pack again.
    pub async fn packs(&self, hashes: &[PackHash]) -> Result<Vec<Option<Vec<u8>>>, Fault> {
        let at = |hash| self.lying_at(Table::Packs, &rows::pack_key(hash));
        let reads: Vec<Read> =
            hashes.iter().map(|hash| Read::rows(Table::Packs, at(hash))).collect();
        let found = self.tables().read(&reads).await?;
        let mut packs = Vec::with_capacity(hashes.len());
        for (hash, rows) in hashes.iter().zip(found) {
            let row = self.opened(Table::Packs, rows).await.pop();
            packs.push(row.map(|row| checked(*hash, row)).transpose()?);
        }
        Ok(packs)
    }

    /// Which of these packs are here. No pack is opened for that: the keys of their rows tell
    /// nothing to anybody who does not ask for a hash.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn packs_among(
        &self,
        wanted: impl IntoIterator<Item = PackHash>,
    ) -> Result<BTreeSet<PackHash>, Fault> {
        let wanted: Vec<PackHash> = wanted.into_iter().collect();
        let at = |hash| self.lying_at(Table::Packs, &rows::pack_key(hash));
        let reads: Vec<Read> =
            wanted.iter().map(|hash| Read::keys(Table::Packs, at(hash))).collect();
        let found = self.tables().read(&reads).await?;
        let here = wanted.into_iter().zip(found).filter(|(_, found)| !found.is_empty());
        Ok(order::gather(here.map(|(hash, _)| hash)))
    }

    /// Keeps headquarters' list of packs.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn put_pack_list(&self, list: &PackList) -> Result<(), Fault> {
        let value = PackListRow { packs: list.packs.iter().map(Into::into).collect() };
        let row = rows::row(rows::name_key(PACK_LIST), &value);
        let changes = self.puts(Table::Meta, vec![row]).await?;
        self.change(&[Table::Meta], changes).await
    }

    /// Headquarters' last list of packs; empty before the first.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn pack_list(&self) -> Result<PackList, Fault> {
        let row: Option<PackListRow> = self.value(Table::Meta, rows::name_key(PACK_LIST)).await?;
        let packs = row.map(|row| row.packs).unwrap_or_default();
        Ok(PackList { packs: packs.into_iter().map(Into::into).collect() })
    }
}

fn checked(hash: PackHash, row: Result<Row, Damage>) -> Result<Vec<u8>, Fault> {
    let row = row.map_err(Fault::Damaged)?;
    if pack_hash(&row.bytes) == hash {
        return Ok(row.bytes);
    }
    Err(Fault::Damaged(row.key.damage(Table::Packs, "its bytes have another hash")))
}

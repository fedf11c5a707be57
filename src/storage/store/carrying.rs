//! Bundles of colleagues on their way through this tablet.

use domain::moment::Moment;
use domain::order;

use super::Store;
use crate::carried::{BundleId, Carried};
use crate::contract::{Damage, Fault, Rows};
use crate::rows::{self, CarriedRow};
use crate::seam::Seam;
use crate::tables::{Key, Read, Span, Table, Tables};

impl<T: Tables, S: Seam> Store<T, S> {
    /// Takes a bundle to carry; the same file again is the same bundle.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn carry(&self, name: &str, bytes: Vec<u8>, now: Moment) -> Result<BundleId, Fault> {
        let id = BundleId(proof::hash::sha256(&bytes));
        let value = CarriedRow { name: name.to_owned(), taken_at: now, bytes };
        let changes = self.puts(Table::Carried, vec![rows::row(key(id), &value)]).await?;
        self.change(&[Table::Carried], changes).await?;
        Ok(id)
    }

    /// The bundles that wait for headquarters, the oldest first.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn carried(&self) -> Result<Rows<Carried>, Fault> {
        let all = Read::rows(Table::Carried, Span::Under(Key(Vec::new())));
        let [found] = self.read([all]).await?;
        let values = self.values::<CarriedRow>(Table::Carried, found).await;
        let mut carried =
            Rows::sorted_out(values.rows.into_iter().map(|(key, row)| carried(&key, row)));
        order::sort_by_key(&mut carried.rows, |carried| (carried.taken_at, carried.id));
        carried.damaged.extend(values.damaged);
        Ok(carried)
    }

    /// Lets a bundle go for which headquarters has answered.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn drop_carried(&self, id: BundleId) -> Result<(), Fault> {
        self.change(&[Table::Carried], vec![self.gone(Table::Carried, &key(id))]).await
    }
}

fn key(id: BundleId) -> Key {
    Key::of(&[&id.0])
}

fn carried(key: &Key, row: CarriedRow) -> Result<Carried, Damage> {
    let id = <[u8; 32]>::try_from(key.0.as_slice()).map(BundleId);
    let id = id.map_err(|_| key.damage(Table::Carried, "its key is not that of a bundle"))?;
    if BundleId(proof::hash::sha256(&row.bytes)) != id {
        return Err(key.damage(Table::Carried, "its bytes have another hash"));
    }
    let CarriedRow { name, taken_at, bytes } = row;
    Ok(Carried { id, name, taken_at, bytes })
}

//! An enrolment that is under way: its keys are stored before headquarters is asked, so that an
//! answer that is lost can be asked for again with the same keys.

use domain::ids::{EnvelopeKey, SigningKey};

use super::Store;
use crate::contract::Fault;
use crate::rows::{self, InvitedRow};
use crate::seam::Seam;
use crate::tables::{Table, Tables};

/// The name of the record of an enrolment that is under way.
const INVITED: &str = "invited";

/// An invitation that was taken, with the keys of the seat that is to come of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Invited {
    /// The code.
    pub code: String,
    /// The public signing key.
    pub signing_public: SigningKey,
    /// The private signing key as PKCS#8.
    pub signing_key: Vec<u8>,
    /// The public envelope key.
    pub envelope_public: EnvelopeKey,
    /// The private envelope key as PKCS#8.
    pub envelope_key: Vec<u8>,
}

/// Prints the public half only.
impl core::fmt::Debug for Invited {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("Invited").field(&self.signing_public).finish()
    }
}

impl<T: Tables, S: Seam> Store<T, S> {
    /// Remembers an enrolment until the seat is there.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn remember_invited(&self, invited: &Invited) -> Result<(), Fault> {
        let row = rows::row(rows::name_key(INVITED), &InvitedRow::from(invited));
        self.put_rows(Table::Meta, vec![row]).await
    }

    /// The enrolment that is under way; `None` when there is none.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn invited(&self) -> Result<Option<Invited>, Fault> {
        let row: Option<InvitedRow> = self.value(Table::Meta, rows::name_key(INVITED)).await?;
        Ok(row.map(Into::into))
    }

    /// The enrolment is over.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn forget_invited(&self) -> Result<(), Fault> {
        self.change(&[Table::Meta], vec![self.gone(Table::Meta, &rows::name_key(INVITED))]).await
    }
}

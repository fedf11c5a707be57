//! The record of the seat at which this tablet works.
//!
//! Private keys are bytes that only the vault can use; they are neither read nor made here.

use domain::ids::{PersonId, SeatId, SigningKey};
use sync::message::enrol::HeadquartersSeat;

/// Who sits here, and whose word counts as headquarters'.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatRecord {
    /// The seat.
    pub seat: SeatId,
    /// The person.
    pub person: PersonId,
    /// The person's name, as it stands in the minutes.
    pub name: String,
    /// The public signing key, which opens each of the seat's journals.
    pub signing_public: SigningKey,
    /// The private signing key as PKCS#8, wrapped.
    pub signing_key: Vec<u8>,
    /// The private envelope key as PKCS#8, wrapped.
    pub envelope_key: Vec<u8>,
    /// The seats of headquarters, the present one first.
    pub headquarters: Vec<HeadquartersSeat>,
}

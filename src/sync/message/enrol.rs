//! Enrolment: an invitation becomes a seat.

use domain::ids::{EnvelopeKey, Epoch, PersonId, SeatId, SigningKey};
use serde::{Deserialize, Serialize};

/// `POST /api/v1/enrol`, as JSON. The keys were made on the tablet; only public halves travel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrol {
    /// The code of the invitation.
    pub code: String,
    /// The seat's signing key.
    pub signing_key: SigningKey,
    /// The seat's envelope key.
    pub envelope_key: EnvelopeKey,
    /// Name and version of the tablet app.
    pub app: String,
}

/// The answer: who sits there, and whose word counts as headquarters'.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The seat, derived from the signing key.
    pub seat: SeatId,
    /// The person who was invited.
    pub person: PersonId,
    /// The person's name, as it stands in the minutes.
    pub name: String,
    /// The seats of headquarters, the present one first.
    pub headquarters: Vec<HeadquartersSeat>,
    /// The life of headquarters' store.
    pub epoch: Epoch,
    /// The public half of headquarters' escrow key, to which a tablet seals the data key of its
    /// vault, so that a forgotten passphrase loses nothing; absent where headquarters has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escrow: Option<EnvelopeKey>,
}

/// One seat of headquarters with its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadquartersSeat {
    /// The seat.
    pub seat: SeatId,
    /// Its signing key.
    pub key: SigningKey,
    /// The key to which bundles for headquarters are sealed; absent before it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope: Option<EnvelopeKey>,
}

//! The name of a seat, derived from its signing key.
//!
//! Whoever holds a stream can check for himself that the key in a journal's first event is the
//! one of the seat it names; no register of seats is needed for that.

use domain::act::OpenJournal;
use domain::ids::{SeatId, SigningKey};
use thiserror::Error;

use crate::hash::sha256;

const CONTEXT: &[u8] = b"bienban/seat/v1";

/// The seat of a signing key: the first 16 bytes of the SHA-256 of `bienban/seat/v1` and the key.
pub fn seat_of(key: &SigningKey) -> SeatId {
    let hash = sha256(&[CONTEXT, key.as_bytes()].concat());
    let mut id = [0; SeatId::LEN];
    id.copy_from_slice(&hash[..SeatId::LEN]);
    SeatId(id)
}

/// A journal names a seat with a key that is not the seat's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the journal names seat {seat} with a key that is not its key")]
pub struct SeatFault {
    /// The seat that was named.
    pub seat: SeatId,
}

/// Checks that the first event of a journal names a seat by its own key.
///
/// # Errors
/// [`SeatFault`].
pub fn verify_opening(opening: &OpenJournal) -> Result<(), SeatFault> {
    if seat_of(&opening.key) == opening.seat {
        Ok(())
    } else {
        Err(SeatFault { seat: opening.seat })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_cannot_be_claimed_with_another_key() {
        let (mine, other) = (SigningKey([1; 32]), SigningKey([2; 32]));
        let opening = |key| OpenJournal { seat: seat_of(&mine), key, app: String::new() };
        assert_eq!(verify_opening(&opening(mine)), Ok(()));
        assert_eq!(verify_opening(&opening(other)), Err(SeatFault { seat: seat_of(&mine) }));
    }
}

//! Proof of seat on a request: a signature over what is asked, of whom, and when.
//!
//! The proof stands in the header `Authorization: Seat SEAT.AT_MS.SIGNATURE` (hexadecimal,
//! decimal, hexadecimal). Headquarters accepts it within a window around its own clock and tells
//! its time in the refusal, so that a tablet whose clock has jumped can sign again; all requests
//! of seats are repeatable, so a request caught and sent again within the window changes nothing.

use core::fmt;
use core::str::FromStr;

use domain::ids::{SeatId, Signature, SigningKey};
use domain::moment::Moment;
use thiserror::Error;

use crate::hash::sha256;
use crate::head::verify_signature;

/// How far the clock of a request may be from headquarters' clock, in milliseconds.
pub const WINDOW_MS: i64 = 5 * 60 * 1000;

/// What is signed: the request as headquarters will see it.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// `GET`, `POST`, …
    pub method: &'a str,
    /// Path and query, as sent.
    pub path: &'a str,
    /// The whole body.
    pub body: &'a [u8],
}

impl Request<'_> {
    /// The bytes to sign: context, method, path, moment and the body's SHA-256, one a line.
    pub fn to_sign(&self, at: Moment) -> Vec<u8> {
        let body = domain::ids::to_hex(&sha256(self.body));
        let Self { method, path, .. } = self;
        format!("bienban/request/v1\n{method}\n{path}\n{}\n{body}\n", at.0).into_bytes()
    }
}

/// The proof as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The seat that asks.
    pub seat: SeatId,
    /// When it signed; its clock or the one headquarters told it.
    pub at: Moment,
    /// The signature over [`Request::to_sign`].
    pub signature: Signature,
}

/// Why a proof is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ProofFault {
    /// The header is not a proof.
    #[error("the authorization header is not `Seat SEAT.AT_MS.SIGNATURE`")]
    Shape,
    /// The clocks are too far apart.
    #[error("the request was signed more than 5 minutes from headquarters' clock: sign again")]
    Stale,
    /// The signature is not the seat's over this request.
    #[error("the signature of the request does not verify under the seat's key")]
    Signature,
}

impl Proof {
    /// Checks the proof for a request that arrived at `now`.
    ///
    /// # Errors
    /// See [`ProofFault`]. The signature is checked first, so that a stranger learns nothing.
    pub fn verify(
        &self,
        request: &Request<'_>,
        key: &SigningKey,
        now: Moment,
    ) -> Result<(), ProofFault> {
        verify_signature(key, &request.to_sign(self.at), &self.signature)
            .map_err(|_| ProofFault::Signature)?;
        let apart = now.since_ms(self.at).unsigned_abs();
        if apart <= WINDOW_MS.unsigned_abs() { Ok(()) } else { Err(ProofFault::Stale) }
    }
}

/// The value of the header.
impl fmt::Display for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Seat {}.{}.{}", self.seat, self.at.0, self.signature)
    }
}

impl FromStr for Proof {
    type Err = ProofFault;

    fn from_str(header: &str) -> Result<Self, ProofFault> {
        Self::parse(header).ok_or(ProofFault::Shape)
    }
}

impl Proof {
    fn parse(header: &str) -> Option<Self> {
        let mut parts = header.strip_prefix("Seat ")?.split('.');
        let seat = parts.next()?.parse().ok()?;
        let at = Moment(parts.next()?.parse().ok()?);
        let signature = parts.next()?.parse().ok()?;
        parts.next().is_none().then_some(Self { seat, at, signature })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seat::seat_of;
    use ed25519_dalek::{Signer, SigningKey as Secret};
    use proptest::prelude::*;

    const REQUEST: Request<'_> = Request { method: "POST", path: "/api/v1/push", body: b"events" };
    const AT: Moment = Moment(1_782_838_800_000);

    fn key(secret: &Secret) -> SigningKey {
        SigningKey(secret.verifying_key().to_bytes())
    }

    fn proof() -> (SigningKey, Proof) {
        let secret = Secret::from_bytes(&[1; 32]);
        let signature = Signature(secret.sign(&REQUEST.to_sign(AT)).to_bytes());
        (key(&secret), Proof { seat: seat_of(&key(&secret)), at: AT, signature })
    }

    #[test]
    fn a_proof_goes_through_its_header_and_verifies() {
        let (key, proof) = proof();
        let read: Proof = proof.to_string().parse().expect("it was written here");
        assert_eq!(read.verify(&REQUEST, &key, AT), Ok(()));
    }

    #[test]
    fn another_body_path_method_or_key_is_refused() {
        let (key_of_seat, proof) = proof();
        for other in [
            Request { body: b"other", ..REQUEST },
            Request { path: "/api/v1/pull", ..REQUEST },
            Request { method: "PUT", ..REQUEST },
        ] {
            assert_eq!(proof.verify(&other, &key_of_seat, AT), Err(ProofFault::Signature));
        }
        let stranger = key(&Secret::from_bytes(&[9; 32]));
        assert_eq!(proof.verify(&REQUEST, &stranger, AT), Err(ProofFault::Signature));
    }

    #[test]
    fn a_clock_too_far_away_is_stale_on_either_side() {
        let (key, proof) = proof();
        for (apart, expected) in [
            (WINDOW_MS, Ok(())),
            (-WINDOW_MS, Ok(())),
            (WINDOW_MS + 1, Err(ProofFault::Stale)),
            (-WINDOW_MS - 1, Err(ProofFault::Stale)),
        ] {
            assert_eq!(proof.verify(&REQUEST, &key, AT.later_by_ms(apart)), expected);
        }
    }

    proptest! {
        #[test]
        fn any_header_is_read_or_refused_without_panic(header in "(Seat )?\\PC*") {
            let _ = header.parse::<Proof>();
        }
    }
}

//! Signing with a key that the caller holds, for programs that keep keys in memory.
//!
//! The tablet signs with WebCrypto and does not come here; headquarters, tests and simulations
//! do. The room itself keeps no key.

use domain::ids::{Signature, SigningKey};
use ed25519_dalek::{Signer, SigningKey as Secret};

use crate::head::{Head, SignedHead};
use crate::request::{Proof, Request};
use crate::seat::seat_of;

/// An Ed25519 key pair made from 32 secret bytes.
#[derive(Clone)]
pub struct KeyPair(Secret);

/// Prints the public half only.
impl core::fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_tuple("KeyPair").field(&self.public()).finish()
    }
}

impl KeyPair {
    /// The key pair of 32 secret bytes, which come from a random source or a keyring.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(Secret::from_bytes(seed))
    }

    /// The public half.
    pub fn public(&self) -> SigningKey {
        SigningKey(self.0.verifying_key().to_bytes())
    }

    /// Signs bytes.
    pub fn sign(&self, bytes: &[u8]) -> Signature {
        Signature(self.0.sign(bytes).to_bytes())
    }

    /// Signs a head.
    pub fn sign_head(&self, head: &Head) -> SignedHead {
        let head = head.to_bytes();
        let signature = self.sign(&head);
        SignedHead { head, signature }
    }

    /// Signs a request.
    pub fn prove(&self, request: &Request<'_>, at: domain::moment::Moment) -> Proof {
        let signature = self.sign(&request.to_sign(at));
        Proof { seat: seat_of(&self.public()), at, signature }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_half_is_never_printed() {
        let printed = format!("{:?}", KeyPair::from_seed(&[0x5a; 32]));
        assert!(!printed.contains("5a5a"), "{printed}");
    }
}

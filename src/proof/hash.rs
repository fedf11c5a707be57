//! SHA-256 of headers, bodies and packs, each with the type of what it names.

use domain::event::Event;
use domain::ids::{BodyHash, EventId, PackHash, Salt};
use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The id of the event with this header.
pub fn event_id(header: &[u8]) -> EventId {
    EventId(sha256(header))
}

/// The hash that a header holds of its body.
pub fn body_hash(salt: &Salt, body: &[u8]) -> BodyHash {
    let mut hasher = Sha256::new();
    hasher.update(salt.as_bytes());
    hasher.update(body);
    BodyHash(hasher.finalize().into())
}

/// The name of a pack.
pub fn pack_hash(pack: &[u8]) -> PackHash {
    PackHash(sha256(pack))
}

/// The id of an event.
pub fn id_of(event: &Event) -> EventId {
    event_id(&event.header)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_salt_is_part_of_the_hash() {
        let hashes = [[0; 16], [1; 16]].map(|salt| body_hash(&Salt(salt), b"body"));
        assert_ne!(hashes[0], hashes[1]);
    }

    #[test]
    fn sha256_is_the_one_of_fips_180_4() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(domain::ids::to_hex(&sha256(b"abc")), expected);
    }
}

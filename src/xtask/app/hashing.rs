//! SHA-256 as lower-case hex, and file names that carry the beginning of it.

use sha2::{Digest, Sha256};

/// How much of the hash a file's name carries: 64 bits tell the versions of one file apart.
const HEX_IN_NAME: usize = 16;

/// The SHA-256 of some bytes in lower-case hex.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The beginning of the SHA-256 that a name or a version carries.
pub(crate) fn short_hash(bytes: &[u8]) -> String {
    let mut hex = sha256_hex(bytes);
    hex.truncate(HEX_IN_NAME);
    hex
}

/// `tablet.wasm` with its content's hash: `tablet-0123456789abcdef.wasm`.
pub(crate) fn hashed_name(stem: &str, extension: &str, content: &[u8]) -> String {
    format!("{stem}-{}.{extension}", short_hash(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    // FIPS 180-2, appendix B.1.
    const SHA256_OF_ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_hash_is_sha_256_in_lower_case_hex() {
        assert_eq!(sha256_hex(b"abc"), SHA256_OF_ABC);
    }

    #[test]
    fn a_name_follows_the_content() {
        assert_eq!(hashed_name("tablet", "wasm", b"abc"), "tablet-ba7816bf8f01cfea.wasm");
        assert_ne!(hashed_name("tablet", "wasm", b"abd"), hashed_name("tablet", "wasm", b"abc"));
    }
}

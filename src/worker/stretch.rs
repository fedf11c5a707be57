//! Argon2id: much work for each passphrase, so that trying many is dear.

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

/// A key made of a passphrase; wiped when it is dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// What a key is made of.
pub(crate) struct Asked {
    pub(crate) passphrase: Zeroizing<Vec<u8>>,
    pub(crate) salt: Vec<u8>,
    pub(crate) memory_kib: u32,
    pub(crate) passes: u32,
}

/// Makes a key of a passphrase, with one lane.
pub(crate) fn stretch(asked: &Asked) -> Result<Key, String> {
    let mut key = Key::new([0; 32]);
    let length = Some(key.len());
    let parameters = Params::new(asked.memory_kib, asked.passes, 1, length);
    let parameters = parameters.map_err(|fault| fault.to_string())?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(&asked.passphrase, &asked.salt, key.as_mut_slice())
        .map_err(|fault| fault.to_string())?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(memory_kib: u32, passes: u32) -> Asked {
        let passphrase = Zeroizing::new(b"password".to_vec());
        Asked { passphrase, salt: b"somesalt".to_vec(), memory_kib, passes }
    }

    #[test]
    fn the_key_is_the_one_of_the_reference_implementation() {
        let key = stretch(&asked(65_536, 2)).expect("it is within the bounds of argon2");
        let hex: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    }

    #[test]
    fn what_argon2_refuses_is_a_fault() {
        assert!(stretch(&asked(1, 2)).is_err());
        assert!(stretch(&Asked { salt: Vec::new(), ..asked(64, 1) }).is_err());
    }
}

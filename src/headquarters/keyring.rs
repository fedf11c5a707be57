//! The keyring file: headquarters' secret keys, outside the database and its backups.
//!
//! TOML with one key for each use. Made on the first start, readable by its owner only.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use domain::ids::{from_hex, to_hex};
use proof::hash::sha256;
use proof::sign::KeyPair;
use thiserror::Error;

use crate::clock;

/// The keys of headquarters.
#[derive(Clone)]
pub struct Keyring {
    seed: [u8; 32],
}

/// Why there are no keys.
#[derive(Debug, Error)]
pub enum KeyringFault {
    /// The file cannot be read or made.
    #[error("cannot use the keyring `{file}`: {cause}; name another file with --keys")]
    Unusable {
        /// The file.
        file: PathBuf,
        /// What the disk said.
        cause: std::io::Error,
    },
    /// The file is no keyring.
    #[error(
        "the keyring `{file}` has no `signing` key of 64 hexadecimal digits; restore it from its copy"
    )]
    Unreadable {
        /// The file.
        file: PathBuf,
    },
    /// The database belongs to other keys.
    #[error("the keyring `{file}` is not the one of this database; name the right one with --keys")]
    Stranger {
        /// The file.
        file: PathBuf,
    },
}

impl Keyring {
    /// Reads the keyring, or makes one when there is none.
    ///
    /// # Errors
    /// See [`KeyringFault`].
    pub fn open(file: &Path) -> Result<Self, KeyringFault> {
        let unusable = |cause| KeyringFault::Unusable { file: file.to_owned(), cause };
        match std::fs::read_to_string(file) {
            Ok(text) => {
                Self::read(&text).ok_or_else(|| KeyringFault::Unreadable { file: file.to_owned() })
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let keyring = Self { seed: clock::random() };
                keyring.write(file).map_err(unusable)?;
                Ok(keyring)
            }
            Err(error) => Err(unusable(error)),
        }
    }

    /// The pair that signs headquarters' journals.
    pub fn signing(&self) -> KeyPair {
        KeyPair::from_seed(&self.seed)
    }

    /// A secret derived for one purpose, the same at every start.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        sha256(&[b"bienban/derive/v1\n", purpose.as_bytes(), b"\n", &self.seed].concat())
    }

    fn read(text: &str) -> Option<Self> {
        let document = toml_edit::Document::parse(text).ok()?;
        let seed = document.get("signing")?.as_str()?;
        Some(Self { seed: from_hex(seed).ok()? })
    }

    fn write(&self, file: &Path) -> std::io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut keys = options.open(file)?;
        writeln!(keys, "# The secret keys of headquarters. Keep a copy apart from the database:")?;
        writeln!(keys, "# without it this headquarters cannot sign as itself any more.")?;
        writeln!(keys, "signing = \"{}\"", to_hex(&self.seed))?;
        keys.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyring.toml");
        let made = Keyring::open(&file).unwrap().signing().public();
        assert_eq!(Keyring::open(&file).unwrap().signing().public(), made);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_keys() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyring.toml");
        Keyring::open(&file).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_is_no_keyring_is_named_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyring.toml");
        std::fs::write(&file, "signing = \"short\"").unwrap();
        assert!(matches!(Keyring::open(&file), Err(KeyringFault::Unreadable { .. })));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "signing = \"short\"");
    }
}

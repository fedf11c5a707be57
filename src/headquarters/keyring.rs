//! The keyring file: headquarters' secret keys, outside the database and its backups.
//!
//! TOML with one key for each use. Made on the first start, readable by its owner only; a key
//! that an older file lacks is added in one step, so that the file is whole at every moment.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use domain::ids::{from_hex, to_hex};
use proof::envelope::EnvelopeKeyPair;
use proof::hash::sha256;
use proof::sign::KeyPair;
use thiserror::Error;

use crate::clock;

/// The keys of headquarters.
#[derive(Clone)]
pub struct Keyring {
    signing: [u8; 32],
    envelope: [u8; 32],
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
        "the keyring `{file}` has no `signing` key of 64 hexadecimal digits, or another key is not such; restore it from its copy"
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
                let unreadable = || KeyringFault::Unreadable { file: file.to_owned() };
                let found = Found::in_text(&text).ok_or_else(unreadable)?;
                match found.envelope {
                    Some(envelope) => Ok(Self { signing: found.signing, envelope }),
                    None => Self::with_envelope(file).map_err(unusable)?.ok_or_else(unreadable),
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let keyring = Self { signing: clock::random(), envelope: clock::random() };
                keyring.write_new(file).map_err(unusable)?;
                Ok(keyring)
            }
            Err(error) => Err(unusable(error)),
        }
    }

    /// The pair that signs headquarters' journals.
    pub fn signing(&self) -> KeyPair {
        KeyPair::from_seed(&self.signing)
    }

    /// The pair to which bundles for headquarters are sealed.
    pub fn envelope(&self) -> EnvelopeKeyPair {
        EnvelopeKeyPair::from_secret(&self.envelope)
    }

    /// A secret derived for one purpose, the same at every start.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        sha256(&[b"bienban/derive/v1\n", purpose.as_bytes(), b"\n", &self.signing].concat())
    }

    /// Adds the envelope key to a file without one, unless another process just did.
    fn with_envelope(file: &Path) -> std::io::Result<Option<Self>> {
        let lock = File::open(file)?;
        lock.lock()?;
        let text = std::fs::read_to_string(file)?;
        let Some(found) = Found::in_text(&text) else { return Ok(None) };
        let envelope = match found.envelope {
            Some(envelope) => envelope,
            None => {
                let envelope = clock::random();
                replace(file, &format!("{}\n{}", text.trim_end(), envelope_line(&envelope)))?;
                envelope
            }
        };
        Ok(Some(Self { signing: found.signing, envelope }))
    }

    fn write_new(&self, file: &Path) -> std::io::Result<()> {
        let mut keys = owners_only().open(file)?;
        writeln!(keys, "# The secret keys of headquarters. Keep a copy apart from the database:")?;
        writeln!(keys, "# without it this headquarters cannot sign as itself any more.")?;
        writeln!(keys, "signing = \"{}\"", to_hex(&self.signing))?;
        write!(keys, "{}", envelope_line(&self.envelope))?;
        keys.sync_all()
    }
}

/// The keys in a file; the envelope key came later than the first form of the file.
struct Found {
    signing: [u8; 32],
    envelope: Option<[u8; 32]>,
}

impl Found {
    fn in_text(text: &str) -> Option<Self> {
        let document = toml_edit::Document::parse(text).ok()?;
        let signing = from_hex(document.get("signing")?.as_str()?).ok()?;
        let envelope = match document.get("envelope") {
            Some(key) => Some(from_hex(key.as_str()?).ok()?),
            None => None,
        };
        Some(Self { signing, envelope })
    }
}

fn envelope_line(envelope: &[u8; 32]) -> String {
    format!("envelope = \"{}\"\n", to_hex(envelope))
}

fn owners_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Puts a file in the place of another; whoever reads sees the one or the other whole.
fn replace(file: &Path, text: &str) -> std::io::Result<()> {
    let beside = file.with_extension(format!("{}.new", to_hex(&clock::random::<4>())));
    let mut new = owners_only().open(&beside)?;
    new.write_all(text.as_bytes())?;
    new.sync_all()?;
    std::fs::rename(&beside, file)?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_are_made_once_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyring.toml");
        let made = Keyring::open(&file).unwrap();
        let read = Keyring::open(&file).unwrap();
        assert_eq!(read.signing().public(), made.signing().public());
        assert_eq!(read.envelope().public(), made.envelope().public());
    }

    #[test]
    fn a_keyring_without_an_envelope_key_gets_one_and_keeps_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyring.toml");
        let before = format!("# mine\nsigning = \"{}\"\n", "5a".repeat(32));
        std::fs::write(&file, &before).unwrap();
        let added = Keyring::open(&file).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.starts_with(&before) && text.contains("\nenvelope = \""), "{text}");
        assert_eq!(Keyring::open(&file).unwrap().envelope().public(), added.envelope().public());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left over");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_the_keys() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyring.toml");
        let mode = || std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        Keyring::open(&file).unwrap();
        assert_eq!(mode(), 0o600);
        std::fs::write(&file, format!("signing = \"{}\"\n", "5a".repeat(32))).unwrap();
        Keyring::open(&file).unwrap();
        assert_eq!(mode(), 0o600);
    }

    #[test]
    fn a_file_that_is_no_keyring_is_named_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyring.toml");
        let good = format!("signing = \"{}\"\n", "5a".repeat(32));
        for text in ["signing = \"short\"", &format!("{good}envelope = \"short\"\n")] {
            std::fs::write(&file, text).unwrap();
            assert!(matches!(Keyring::open(&file), Err(KeyringFault::Unreadable { .. })));
            assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
        }
    }
}

//! The keyring file: headquarters' secret keys, outside the database and its backups.
//!
//! TOML with one key for each use. Made on the first start, readable by its owner only; keys that
//! an older file lacks are added in one step, so that the file is whole at every moment. The
//! private half of the escrow key is never here.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use domain::ids::{from_hex, to_hex};
use domain::moment::Moment;
use proof::envelope::EnvelopeKeyPair;
use proof::hash::sha256;
use proof::sign::KeyPair;
use proof::word::{Endorsement, Purpose, Signed, Statement, Word};
use thiserror::Error;
use toml_edit::DocumentMut;

use crate::clock;

/// The name of the key that signs headquarters' journals, which every keyring has.
const SIGNING: &str = "signing";
/// The name of the key to which bundles are sealed.
const ENVELOPE: &str = "envelope";

/// A key that may be exchanged for a fresh one at any time: tablets follow by its endorsement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rotating {
    /// Signs receipts.
    Receipt,
    /// Signs orders to erase.
    Order,
}

impl Rotating {
    /// Every one.
    pub const ALL: [Self; 2] = [Self::Receipt, Self::Order];

    /// Its name in the file and in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Receipt => "receipt",
            Self::Order => "order",
        }
    }

    /// What it signs.
    pub fn purpose(self) -> Purpose {
        match self {
            Self::Receipt => Purpose::Receipt,
            Self::Order => Purpose::Order,
        }
    }
}

/// The keys of headquarters.
#[derive(Clone)]
pub struct Keyring {
    signing: [u8; 32],
    envelope: [u8; 32],
    receipt: [u8; 32],
    order: [u8; 32],
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
                match found.whole() {
                    Some(keyring) => Ok(keyring),
                    None => Self::completed(file).map_err(unusable)?.ok_or_else(unreadable),
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                write_new(file).map_err(unusable)?;
                Self::open(file)
            }
            Err(error) => Err(unusable(error)),
        }
    }

    /// Puts a fresh key in the place of one. The caller notes the public half of the former one.
    ///
    /// # Errors
    /// See [`KeyringFault`].
    pub fn rotate(file: &Path, key: Rotating) -> Result<Self, KeyringFault> {
        let unusable = |cause| KeyringFault::Unusable { file: file.to_owned(), cause };
        let unreadable = || KeyringFault::Unreadable { file: file.to_owned() };
        Self::open(file)?;
        let renew = |document: &mut DocumentMut| put(document, key.name(), &clock::random());
        change(file, renew).map_err(unusable)?.ok_or_else(unreadable)
    }

    /// The pair that signs headquarters' journals.
    pub fn signing(&self) -> KeyPair {
        KeyPair::from_seed(&self.signing)
    }

    /// The pair to which bundles for headquarters are sealed.
    pub fn envelope(&self) -> EnvelopeKeyPair {
        EnvelopeKeyPair::from_secret(&self.envelope)
    }

    /// The pair in use for a purpose of its own.
    pub fn rotating(&self, key: Rotating) -> KeyPair {
        KeyPair::from_seed(match key {
            Rotating::Receipt => &self.receipt,
            Rotating::Order => &self.order,
        })
    }

    /// Says something under the key that is for it, endorsed by the key that tablets know.
    pub fn say<T: Statement>(&self, statement: &T, now: Moment) -> Word {
        let key = Rotating::ALL.into_iter().find(|key| key.purpose() == T::PURPOSE);
        let Some(key) = key else {
            return Word::new(Signed::of(&self.signing(), statement), vec![]);
        };
        let pair = self.rotating(key);
        let endorsement = Endorsement { key: pair.public(), purpose: T::PURPOSE, since: now };
        Word::new(Signed::of(&pair, statement), vec![Signed::of(&self.signing(), &endorsement)])
    }

    /// A secret derived for one purpose, the same at every start.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        sha256(&[b"bienban/derive/v1\n", purpose.as_bytes(), b"\n", &self.signing].concat())
    }

    /// Adds the keys that a file lacks, unless another process just did.
    fn completed(file: &Path) -> std::io::Result<Option<Self>> {
        change(file, |document| {
            for name in [ENVELOPE].into_iter().chain(Rotating::ALL.map(Rotating::name)) {
                if document.get(name).is_none() {
                    put(document, name, &clock::random());
                }
            }
        })
    }
}

fn write_new(file: &Path) -> std::io::Result<()> {
    let mut keys = owners_only().open(file)?;
    writeln!(keys, "# The secret keys of headquarters. Keep a copy apart from the database:")?;
    writeln!(keys, "# without it this headquarters cannot sign as itself any more.")?;
    writeln!(keys, "{SIGNING} = \"{}\"", to_hex(&clock::random::<32>()))?;
    keys.sync_all()
}

/// Changes the file under a lock, and reads what it then is; `None` when it is no keyring.
fn change(file: &Path, change: impl FnOnce(&mut DocumentMut)) -> std::io::Result<Option<Keyring>> {
    let lock = File::open(file)?;
    lock.lock()?;
    let Ok(mut document) = std::fs::read_to_string(file)?.parse::<DocumentMut>() else {
        return Ok(None);
    };
    change(&mut document);
    let text = document.to_string();
    let keyring = Found::in_text(&text).and_then(Found::whole);
    if keyring.is_some() {
        replace(file, &text)?;
    }
    Ok(keyring)
}

fn put(document: &mut DocumentMut, name: &str, key: &[u8; 32]) {
    document[name] = toml_edit::value(to_hex(key));
}

/// The keys in a file; all but the first came later than its first form.
struct Found {
    signing: [u8; 32],
    envelope: Option<[u8; 32]>,
    receipt: Option<[u8; 32]>,
    order: Option<[u8; 32]>,
}

impl Found {
    fn in_text(text: &str) -> Option<Self> {
        let document = toml_edit::Document::parse(text).ok()?;
        let key = |name: &str| match document.get(name) {
            Some(key) => from_hex(key.as_str()?).ok().map(Some),
            None => Some(None),
        };
        Some(Self {
            signing: key(SIGNING)??,
            envelope: key(ENVELOPE)?,
            receipt: key(Rotating::Receipt.name())?,
            order: key(Rotating::Order.name())?,
        })
    }

    /// The keyring, when nothing is missing.
    fn whole(self) -> Option<Keyring> {
        let Self { signing, envelope, receipt, order } = self;
        Some(Keyring { signing, envelope: envelope?, receipt: receipt?, order: order? })
    }
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
        assert!(
            text.starts_with(&before)
                && text.contains("\nenvelope = \"")
                && text.contains("\norder = \""),
            "{text}"
        );
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

    #[test]
    fn a_fresh_key_takes_the_place_of_one_and_of_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyring.toml");
        let before = Keyring::open(&file).unwrap();
        let after = Keyring::rotate(&file, Rotating::Order).unwrap();
        let public = |keyring: &Keyring, key| keyring.rotating(key).public();
        assert_ne!(public(&after, Rotating::Order), public(&before, Rotating::Order));
        assert_eq!(public(&after, Rotating::Receipt), public(&before, Rotating::Receipt));
        assert_eq!(after.signing().public(), before.signing().public());
        let read = Keyring::open(&file).unwrap();
        assert_eq!(public(&read, Rotating::Order), public(&after, Rotating::Order));
    }

    #[test]
    fn an_order_is_believed_before_and_after_its_key_is_exchanged() {
        use domain::ids::SeatId;
        use proof::erasure::EraseOrder;

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keyring.toml");
        let order = EraseOrder { seat: SeatId([1; 16]), at: Moment(7) };
        let before = Keyring::open(&file).unwrap();
        let known = [before.signing().public()];
        let after = Keyring::rotate(&file, Rotating::Order).unwrap();
        for keyring in [before, after] {
            let word = keyring.say(&order, Moment(8));
            assert_eq!(word.verify::<EraseOrder>(&known), Ok(order.clone()));
        }
    }
}

//! The passphrase of the demonstration: six short words from the keyring, the same at every
//! start. It guards sample data on this machine alone, and would be too short for anything else.

use domain::ids::PersonId;
use domain::moment::Moment;

use crate::identity::passphrase::Passphrase;
use crate::keyring::Keyring;
use crate::store::{StoreFault, Tx, credentials};

/// Words that anyone can type: syllables without marks, of two letters at least.
const WORDS: [&str; 64] = [
    "an", "ban", "bau", "ben", "bong", "cam", "canh", "cau", "chanh", "chim", "chuoi", "co", "cua",
    "dao", "dat", "dau", "den", "dong", "dua", "gao", "gio", "gom", "hac", "hai", "hoa", "hong",
    "huong", "keo", "kho", "lam", "lan", "lau", "linh", "long", "lua", "mai", "may", "men", "mia",
    "muoi", "nam", "nang", "nen", "ngo", "nho", "nui", "oi", "quat", "que", "rau", "ruong", "sao",
    "sen", "song", "suoi", "tam", "tau", "thong", "thuyen", "tra", "tre", "trong", "vai", "xoan",
];

/// The passphrase of this keyring's demonstration.
pub fn passphrase(keyring: &Keyring) -> String {
    let derived = keyring.derive("demo passphrase");
    let words = derived.iter().take(6).filter_map(|byte| WORDS.get(usize::from(byte & 63)));
    words.copied().collect::<Vec<_>>().join("-")
}

/// Lets a person of the demonstration sign in with it, and with nothing beside it. One who can
/// sign in already is left alone.
///
/// # Errors
/// See [`StoreFault`].
pub(super) async fn give(
    tx: &mut Tx,
    keyring: &Keyring,
    (person, name): (PersonId, &str),
    now: Moment,
) -> Result<(), StoreFault> {
    if credentials::of(&mut *tx, person).await?.is_some() {
        return Ok(());
    }
    let phc = Passphrase::typed(&passphrase(keyring)).hash();
    credentials::put_passphrase(&mut *tx, person, (name, &phc), now).await?;
    credentials::ask_no_second(tx, person).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_six_words_that_stand_in_an_address_and_the_same_at_every_start() {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Keyring::open(&folder.path().join("keyring.toml")).unwrap();
        let words = passphrase(&keyring);
        assert_eq!(words.split('-').count(), 6);
        assert_eq!(words, passphrase(&keyring));
        assert_eq!(WORDS.iter().collect::<std::collections::BTreeSet<_>>().len(), WORDS.len());
    }
}

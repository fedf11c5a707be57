//! Browsers that somebody signed in with before. What such a browser keeps says so; it opens
//! nothing, and only spares its person from being held up by what strangers try.

use domain::ids::{PersonId, from_hex, to_hex};
use proof::hash::sha256;

use crate::clock;
use crate::keyring::Keyring;

/// A browser in which a person signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownBrowser {
    /// Who.
    pub person: PersonId,
    /// Its number, by which its failures are counted.
    pub number: [u8; 16],
}

impl KnownBrowser {
    /// One in which a person has just signed in.
    pub fn of(person: PersonId) -> Self {
        Self { person, number: clock::random() }
    }

    /// What the browser keeps.
    pub fn written(&self, keyring: &Keyring) -> String {
        format!("{}.{}.{}", self.person, to_hex(&self.number), to_hex(&self.proof(keyring)))
    }

    /// What a browser kept; `None` when it is not from here.
    pub fn read(text: &str, keyring: &Keyring) -> Option<Self> {
        let mut parts = text.split('.');
        let (person, number, proof) = (parts.next()?, parts.next()?, parts.next()?);
        let known = Self { person: person.parse().ok()?, number: from_hex(number).ok()? };
        let is_ours = from_hex::<32>(proof).ok()? == known.proof(keyring);
        (is_ours && parts.next().is_none()).then_some(known)
    }

    /// Every part is of a fixed length, so that nothing can be added to it.
    fn proof(&self, keyring: &Keyring) -> [u8; 32] {
        let key = sha256(&keyring.derive("known browser"));
        sha256(&[&key[..], &self.person.0, &self.number, &key].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_known_by_what_headquarters_wrote_and_by_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keyring::open(&folder.path().join("one.toml")).unwrap();
        let other = Keyring::open(&folder.path().join("two.toml")).unwrap();
        let known = KnownBrowser::of(PersonId([1; 16]));
        let text = known.written(&keys);
        assert_eq!(KnownBrowser::read(&text, &keys), Some(known));
        assert_eq!(KnownBrowser::read(&text, &other), None);
        let of_another = text.replacen("01", "02", 1);
        for text in ["", "a.b.c", &of_another, &format!("{text}.")] {
            assert_eq!(KnownBrowser::read(text, &keys), None, "{text}");
        }
    }
}

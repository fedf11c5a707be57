//! Recovery codes: each opens once instead of a code by time. They are shown once; only hashes are
//! kept.

use domain::ids::PersonId;
use proof::hash::sha256;

use crate::clock;

/// How many a person gets.
pub const COUNT: usize = 8;

/// Letters and digits of a code.
const LETTERS: usize = 15;

/// A recovery code: 15 letters and digits in three groups, 75 random bits, so that its hash cannot
/// be tried out.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl core::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("RecoveryCode")
    }
}

impl RecoveryCode {
    /// A fresh one.
    pub fn fresh() -> Self {
        let code = clock::code();
        Self(code.split('-').take(3).collect::<Vec<_>>().join("-"))
    }

    /// What was typed, where it can be one: hyphens, spaces and case do not count.
    pub fn typed(text: &str) -> Option<Self> {
        let plain = plain(text);
        (plain.len() == LETTERS).then_some(Self(plain))
    }

    /// How it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn hash(&self, whose: PersonId) -> [u8; 32] {
        sha256(&[b"bienban/recovery/v1\n".as_slice(), &whose.0, plain(&self.0).as_bytes()].concat())
    }
}

fn plain(text: &str) -> String {
    let plain = text.chars().filter(char::is_ascii_alphanumeric);
    plain.map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_copy_it_and_is_of_one_person() {
        let code = RecoveryCode::fresh();
        let sloppy = code.as_str().replace('-', " ").to_lowercase();
        let typed = RecoveryCode::typed(&sloppy).unwrap();
        let (me, other) = (PersonId([1; 16]), PersonId([2; 16]));
        assert_eq!(typed.hash(me), code.hash(me));
        assert_ne!(typed.hash(me), code.hash(other));
        assert_eq!(RecoveryCode::typed("123456"), None, "that is a code by time");
    }
}

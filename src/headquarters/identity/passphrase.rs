//! What a passphrase has to be, and its Argon2id string. How many are made at once is not decided
//! here; see `door.rs`.

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use texts::search::fold;
use unicode_normalization::UnicodeNormalization;

use crate::clock;

/// The fewest characters of a passphrase that is not of several words.
pub const MIN_LETTERS: usize = 12;

/// The fewest words of a passphrase of fewer characters.
pub const MIN_WORDS: usize = 4;

/// The fewest letters that the words have together.
const MIN_LETTERS_OF_WORDS: usize = 8;

/// The longest passphrase in bytes: longer ones would only cost time.
pub const MAX_BYTES: usize = 1024;

/// What the passphrase must have beside a name that stands in it, in letters.
const MIN_BESIDE_NAME: usize = 6;

/// Memory in KiB, passes and lanes, the first recommendation of OWASP's Password Storage Cheat
/// Sheet for Argon2id. They stand in each string, so that others may follow.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// What is wrong with a passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassphraseFault {
    /// It has too few characters and too few words.
    Short,
    /// It is longer than any is taken.
    Long,
    /// It is little more than the person's name.
    Name,
}

/// A passphrase in the one form in which it is hashed. It prints nothing of itself.
///
/// Keyboards write the same Vietnamese letter in one piece or in several; both are the same here
/// (NFKC), and spaces around it do not count.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(String);

impl core::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Passphrase")
    }
}

impl Passphrase {
    /// What was typed.
    pub fn typed(text: &str) -> Self {
        Self(text.trim().nfkc().collect())
    }

    /// Whether it may be chosen by one of these names.
    ///
    /// # Errors
    /// See [`PassphraseFault`].
    pub fn check(&self, names: &[&str]) -> Result<(), PassphraseFault> {
        if self.0.len() > MAX_BYTES {
            return Err(PassphraseFault::Long);
        }
        if !self.is_long_enough() {
            return Err(PassphraseFault::Short);
        }
        let is_name = names.iter().any(|name| self.is_little_more_than(name));
        if is_name { Err(PassphraseFault::Name) } else { Ok(()) }
    }

    fn is_long_enough(&self) -> bool {
        let words = self.0.split_whitespace();
        let letters = words.clone().flat_map(str::chars).count();
        self.0.chars().count() >= MIN_LETTERS
            || (words.count() >= MIN_WORDS && letters >= MIN_LETTERS_OF_WORDS)
    }

    fn is_little_more_than(&self, name: &str) -> bool {
        let (whole, name) = (letters(&self.0), letters(name));
        let rest = if name.is_empty() { whole.clone() } else { whole.replace(&name, "") };
        rest.len() < whole.len() && rest.chars().count() < MIN_BESIDE_NAME
    }

    /// Its Argon2id string with a fresh salt. Takes tens of milliseconds.
    #[expect(clippy::expect_used, reason = "cost and salt are of the lengths that are allowed")]
    pub fn hash(&self) -> String {
        let salt = SaltString::encode_b64(&clock::random::<16>()).expect("16 bytes are a salt");
        let hash = argon2().hash_password(self.0.as_bytes(), &salt).expect("the cost is allowed");
        hash.to_string()
    }

    /// Whether the string is of this passphrase. Takes as long as [`Passphrase::hash`].
    pub fn is_of(&self, phc: &str) -> bool {
        let Ok(hash) = PasswordHash::new(phc) else { return false };
        // Nobody chose what is longer, and it is not to cost more than others.
        self.0.len() <= MAX_BYTES && argon2().verify_password(self.0.as_bytes(), &hash).is_ok()
    }
}

/// Small letters and digits without marks and spaces.
fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[expect(clippy::expect_used, reason = "the cost is a constant that is allowed")]
fn argon2() -> Argon2<'static> {
    let (memory_kib, passes, lanes) = COST;
    let params = Params::new(memory_kib, passes, lanes, None).expect("the cost is allowed");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<(), PassphraseFault>) {
        assert_eq!(Passphrase::typed(text).check(&["Kiểm tra viên A", "kiem.tra"]), expected);
    }

    #[test]
    fn twelve_characters_or_four_words_are_enough_and_the_name_is_not() {
        check("mười hai chữ", Ok(()));
        check("mười một ch", Err(PassphraseFault::Short));
        check("cau tre lam go", Ok(()));
        check("a b c d", Err(PassphraseFault::Short));
        check("   a   b   ", Err(PassphraseFault::Short));
        check("", Err(PassphraseFault::Short));
        check("Kiểm tra viên A", Err(PassphraseFault::Name));
        check("KIEMTRAVIENA2026", Err(PassphraseFault::Name));
        check("kiem tra viên A đi câu cá", Ok(()));
        check(&"a".repeat(MAX_BYTES + 1), Err(PassphraseFault::Long));
    }

    #[test]
    fn a_string_is_argon2id_at_the_cost_and_opens_for_its_passphrase_only() {
        let phc = Passphrase::typed("cau tre lam go").hash();
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        assert!(Passphrase::typed(" cau tre lam go ").is_of(&phc));
        assert!(!Passphrase::typed("cau tre lam gio").is_of(&phc));
        assert!(!Passphrase::typed("cau tre lam go").is_of("nothing"));
        assert_ne!(Passphrase::typed("cau tre lam go").hash(), phc, "the salt is fresh");
    }

    #[test]
    fn letters_in_one_piece_and_in_several_are_the_same() {
        let whole = Passphrase::typed("cầu tre lắm gỗ");
        let pieces = Passphrase::typed("ca\u{302}\u{300}u tre la\u{306}\u{301}m go\u{302}\u{303}");
        assert_eq!(whole, pieces);
    }

    #[test]
    fn a_passphrase_prints_nothing_of_itself() {
        assert_eq!(format!("{:?}", Passphrase::typed("cau tre lam go")), "Passphrase");
    }
}

//! Headquarters' clock and its random bytes: the only place where either is read.

use domain::moment::Moment;
use std::time::{SystemTime, UNIX_EPOCH};

/// What headquarters' clock says.
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Fresh random bytes from the operating system.
///
/// # Panics
/// When the operating system has no randomness: nothing here could be done safely without it.
#[expect(clippy::expect_used, reason = "without randomness no key and no id can be made")]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

/// A code that a person can copy: 20 letters and digits in four groups, 100 random bits.
pub fn code() -> String {
    code_of(&random::<20>())
}

/// A code from bytes, of each of which the lower five bits count. No letter looks like a digit.
pub fn code_of(bytes: &[u8; 20]) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte & 31)]);
    let groups = bytes.chunks(5).map(|group| group.iter().map(letter).collect::<String>());
    groups.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_four_groups_of_five_and_two_codes_differ() {
        let code = code();
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [5, 5, 5, 5]);
        assert_ne!(code, self::code());
    }
}

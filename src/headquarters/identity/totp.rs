//! Codes by time (RFC 6238): six digits, 30 seconds, SHA-1, as every authenticator app knows them;
//! one step early or late is taken. That a step is taken once is the store's to keep.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use domain::ids::PersonId;
use domain::moment::Moment;
use totp_rs::{Builder, Secret, Totp};

use crate::clock;
use crate::keyring::Keyring;

/// The length of a secret, that of SHA-1's output, in bytes.
const SECRET_BYTES: usize = 20;

const NONCE_BYTES: usize = 12;

/// How the office is called in an authenticator app.
const ISSUER: &str = "Bien Ban";

/// The secret of one person's codes. It prints nothing of itself.
#[derive(Clone, PartialEq, Eq)]
pub struct TotpSecret([u8; SECRET_BYTES]);

impl core::fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("TotpSecret")
    }
}

impl TotpSecret {
    /// A fresh one.
    pub fn fresh() -> Self {
        Self(clock::random())
    }

    /// The step whose code this is, one before or after the present one; `None` for another code.
    /// Spaces in it do not count.
    pub fn step_of(&self, code: &str, now: Moment) -> Option<i64> {
        let digits = code.split_whitespace().collect::<String>();
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let step = self.totp()?.check(&digits, seconds(now))?;
        i64::try_from(step).ok()
    }

    /// The present code.
    pub fn code(&self, now: Moment) -> String {
        self.totp().map(|totp| totp.generate(seconds(now)).to_string()).unwrap_or_default()
    }

    fn totp(&self) -> Option<Totp> {
        Builder::new().with_secret(Secret::new(self.0.into())).with_skew(1).build().ok()
    }

    /// The secret in letters, in groups of four, for those who type it.
    pub fn letters(&self) -> String {
        let letters = Secret::new(self.0.into()).to_base32();
        let groups = letters.as_bytes().chunks(4).map(String::from_utf8_lossy);
        groups.collect::<Vec<_>>().join(" ")
    }

    /// The address that an authenticator app reads from the picture.
    pub fn address(&self, name: &str) -> String {
        let (issuer, name) = (escaped(ISSUER), escaped(name));
        let secret = Secret::new(self.0.into()).to_base32();
        format!("otpauth://totp/{issuer}:{name}?secret={secret}&issuer={issuer}")
    }

    /// Sealed for one person, by a key that is not in the database.
    #[expect(clippy::expect_used, reason = "twenty bytes can always be sealed")]
    pub fn seal(&self, keyring: &Keyring, whose: &[u8]) -> Vec<u8> {
        let nonce = clock::random::<NONCE_BYTES>();
        let payload = Payload { msg: &self.0, aad: whose };
        let sealed = cipher(keyring).encrypt(&Nonce::from(nonce), payload).expect("it is short");
        [nonce.as_slice(), &sealed].concat()
    }

    /// What was sealed for this person; `None` when it was for another, by another key, or changed.
    pub fn open(keyring: &Keyring, whose: &[u8], sealed: &[u8]) -> Option<Self> {
        let (nonce, msg) = sealed.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg, aad: whose };
        let secret = cipher(keyring).decrypt(&Nonce::from(*nonce), payload).ok()?;
        secret.try_into().ok().map(Self)
    }
}

/// For whom a secret in the database is sealed.
pub fn whose(person: PersonId) -> Vec<u8> {
    [b"bienban/totp/v1\n".as_slice(), &person.0].concat()
}

fn cipher(keyring: &Keyring) -> Aes256Gcm {
    Aes256Gcm::new(&keyring.derive("totp").into())
}

fn seconds(now: Moment) -> u64 {
    u64::try_from(now.0 / 1000).unwrap_or(0)
}

/// Percent-encoding; a space is `%20`, which every app reads.
fn escaped(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of RFC 6238, appendix B.
    const SAMPLE: TotpSecret = TotpSecret(*b"12345678901234567890");

    fn keyring() -> Keyring {
        let folder = tempfile::tempdir().unwrap();
        Keyring::open(&folder.path().join("keyring.toml")).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard_cut_to_six_digits() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(SAMPLE.code(Moment(seconds * 1000)), code);
        }
    }

    #[test]
    fn a_code_counts_one_step_early_and_late_and_not_two() {
        let at = |seconds: i64| Moment(seconds * 1000);
        let code = SAMPLE.code(at(1_111_111_109));
        let step = 1_111_111_109 / 30;
        for (seconds, expected) in
            [(-60, None), (-30, Some(step)), (0, Some(step)), (30, Some(step)), (60, None)]
        {
            assert_eq!(SAMPLE.step_of(&code, at(1_111_111_109 + seconds)), expected, "{seconds}");
        }
        assert_eq!(SAMPLE.step_of("081 804", at(1_111_111_109)), Some(step));
        for other in ["", "81804", "0818040", "08180a", "+81804"] {
            assert_eq!(SAMPLE.step_of(other, at(1_111_111_109)), None, "{other}");
        }
    }

    #[test]
    fn a_sealed_secret_opens_for_its_person_under_its_key_and_unchanged_only() {
        let (keys, me) = (keyring(), whose(PersonId([1; 16])));
        let sealed = SAMPLE.seal(&keys, &me);
        assert_eq!(TotpSecret::open(&keys, &me, &sealed), Some(SAMPLE));
        assert!(!sealed.windows(20).any(|part| part == SAMPLE.0));
        assert_eq!(TotpSecret::open(&keys, &whose(PersonId([2; 16])), &sealed), None);
        assert_eq!(TotpSecret::open(&keyring(), &me, &sealed), None);
        let mut changed = sealed.clone();
        changed[20] ^= 1;
        assert_eq!(TotpSecret::open(&keys, &me, &changed), None);
        assert_eq!(TotpSecret::open(&keys, &me, &sealed[..5]), None);
    }

    #[test]
    fn the_address_escapes_the_name() {
        let address = SAMPLE.address("Cán bộ A&B");
        assert!(
            address
                .starts_with("otpauth://totp/Bien%20Ban:C%C3%A1n%20b%E1%BB%99%20A%26B?secret=GEZD")
        );
        assert!(SAMPLE.letters().starts_with("GEZD GNBV "), "{}", SAMPLE.letters());
    }
}

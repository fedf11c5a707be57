//! The names of things: fixed-size byte strings, one type for each kind of thing.
//!
//! Ids are made outside this room (random bytes, hashes) and come in as bytes; on screen, in
//! addresses and in JSON they are lower-case hexadecimal.

use core::fmt;
use core::str::FromStr;

use thiserror::Error;

/// Why a text is not an id.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{text}` is not {digits} hexadecimal digits")]
pub struct IdFault {
    /// The text that was offered, cut to 80 characters.
    pub text: String,
    /// How many digits the id has.
    pub digits: usize,
}

/// Writes bytes as lower-case hexadecimal.
pub fn to_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(DIGITS[usize::from(byte >> 4)] as char);
        text.push(DIGITS[usize::from(byte & 15)] as char);
    }
    text
}

/// Reads `N` bytes from exactly `2 × N` hexadecimal digits, either case.
///
/// # Errors
/// [`IdFault`] when the length or a digit is wrong.
pub fn from_hex<const N: usize>(text: &str) -> Result<[u8; N], IdFault> {
    let fault = || IdFault { text: text.chars().take(80).collect(), digits: N * 2 };
    let digits = text.as_bytes();
    if digits.len() != N * 2 {
        return Err(fault());
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = hex_pair(pair).ok_or_else(fault)?;
    }
    Ok(bytes)
}

fn hex_pair(pair: &[u8]) -> Option<u8> {
    let digit = |c: u8| (c as char).to_digit(16);
    let value = digit(*pair.first()?)? * 16 + digit(*pair.get(1)?)?;
    u8::try_from(value).ok()
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// The number of bytes.
            pub const LEN: usize = $len;

            /// The bytes themselves.
            pub fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&to_hex(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), to_hex(&self.0))
            }
        }

        impl FromStr for $name {
            type Err = IdFault;

            fn from_str(text: &str) -> Result<Self, IdFault> {
                from_hex(text).map(Self)
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                let bytes = d.bytes()?;
                <[u8; $len]>::try_from(bytes).map(Self).map_err(|_| {
                    minicbor::decode::Error::message(concat!(
                        stringify!($name), " is not ", stringify!($len), " bytes long"
                    ))
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

id!(
    /// One inspection, which is one stream of events. 16 random bytes.
    InspectionId, 16
);
id!(
    /// One author's chain of events within one inspection. 16 random bytes.
    JournalId, 16
);
id!(
    /// One finding. 16 random bytes.
    FindingId, 16
);
id!(
    /// One person known to headquarters. 16 random bytes.
    PersonId, 16
);
id!(
    /// One establishment known to headquarters or added in the field. 16 random bytes.
    EstablishmentId, 16
);
id!(
    /// One person on one tablet, or headquarters. Derived from the signing key, so that no other
    /// key can claim it (see `proof::seat`).
    SeatId, 16
);
id!(
    /// One row of a repeated section. 16 random bytes.
    RowId, 16
);
id!(
    /// One event: the SHA-256 of its header.
    EventId, 32
);
id!(
    /// The SHA-256 of a salt followed by a body.
    BodyHash, 32
);
id!(
    /// One pack: the SHA-256 of its compiled bytes.
    PackHash, 32
);
id!(
    /// One piece of evidence: the SHA-256 of its content.
    PieceHash, 32
);
id!(
    /// The root of headquarters' log at some size.
    RootHash, 32
);
id!(
    /// An Ed25519 public key: a seat's signatures verify under it.
    SigningKey, 32
);
id!(
    /// An X25519 public key: what is encrypted to a seat is encrypted to it.
    EnvelopeKey, 32
);
id!(
    /// 16 random bytes that travel with a body, so that its hash gives away nothing.
    Salt, 16
);
id!(
    /// One life of headquarters' store; new at every restore. 16 random bytes.
    Epoch, 16
);
id!(
    /// An Ed25519 signature.
    Signature, 64
);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn hexadecimal_goes_there_and_back(bytes: [u8; 16]) {
            let id = FindingId(bytes);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
        }

        #[test]
        fn any_text_is_read_or_refused_without_panic(text in "\\PC*") {
            let _ = text.parse::<EventId>();
        }
    }

    #[test]
    fn a_text_of_the_wrong_length_or_digit_is_refused() {
        assert!("00".parse::<FindingId>().is_err());
        assert!("zz".repeat(16).parse::<FindingId>().is_err());
        assert!("+1".repeat(16).parse::<FindingId>().is_err());
        assert!("AB".repeat(16).parse::<FindingId>().is_ok());
    }
}

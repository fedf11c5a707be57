//! One way to write each thing: the check that bytes are deterministic CBOR.
//!
//! RFC 8949 §4.2.1: shortest heads, definite lengths, map keys in bytewise order and never
//! twice. Floats and tags are refused as well: nothing that is recorded needs them, and both
//! invite a second way to write the same thing. What the bytes mean is not looked at here.

use thiserror::Error;

/// How deep arrays and maps may be nested in what comes from outside.
pub const MAX_DEPTH: usize = 16;

/// Why bytes are not deterministic CBOR.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CborFault {
    /// The bytes end inside a value.
    #[error("the bytes end at {at}, inside a value")]
    Truncated {
        /// Offset in bytes.
        at: usize,
    },
    /// Something follows the value.
    #[error("bytes are left over after the value, from {at}")]
    Trailing {
        /// Offset in bytes.
        at: usize,
    },
    /// A number or length could be written shorter.
    #[error("the number at {at} could be written shorter")]
    NotShortest {
        /// Offset in bytes.
        at: usize,
    },
    /// An indefinite length, a tag, a float or an unassigned simple value.
    #[error("the kind of value at {at} is not used in records")]
    NotAllowed {
        /// Offset in bytes.
        at: usize,
    },
    /// Map keys are out of order or stand twice.
    #[error("the map key at {at} is out of order or stands twice")]
    KeyOrder {
        /// Offset in bytes.
        at: usize,
    },
    /// A text is not UTF-8.
    #[error("the text at {at} is not UTF-8")]
    NotUtf8 {
        /// Offset in bytes.
        at: usize,
    },
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("the value at {at} is nested deeper than 16")]
    TooDeep {
        /// Offset in bytes.
        at: usize,
    },
}

/// Checks that `bytes` are exactly one deterministic CBOR value.
///
/// # Errors
/// The first [`CborFault`] found, with its offset.
pub fn check(bytes: &[u8]) -> Result<(), CborFault> {
    let end = value(bytes, 0, 0)?;
    if end == bytes.len() { Ok(()) } else { Err(CborFault::Trailing { at: end }) }
}

/// Checks the value that starts at `at`; returns where it ends.
fn value(bytes: &[u8], at: usize, depth: usize) -> Result<usize, CborFault> {
    if depth > MAX_DEPTH {
        return Err(CborFault::TooDeep { at });
    }
    let head = head(bytes, at)?;
    match head.major {
        0 | 1 => Ok(head.end),
        2 => run(bytes, &head),
        3 => text(bytes, &head, at),
        4 => array(bytes, &head, depth),
        5 => map(bytes, &head, depth),
        7 if matches!(head.argument, 20..=22) && head.end == at + 1 => Ok(head.end),
        _ => Err(CborFault::NotAllowed { at }),
    }
}

struct Head {
    major: u8,
    argument: u64,
    end: usize,
}

fn head(bytes: &[u8], at: usize) -> Result<Head, CborFault> {
    let first = *bytes.get(at).ok_or(CborFault::Truncated { at })?;
    let (major, short) = (first >> 5, first & 31);
    let (extra, smallest) = match short {
        0..=23 => return Ok(Head { major, argument: u64::from(short), end: at + 1 }),
        24 => (1, 24),
        25 => (2, 1 << 8),
        26 => (4, 1 << 16),
        27 => (8, 1 << 32),
        _ => return Err(CborFault::NotAllowed { at }),
    };
    let end = at + 1 + extra;
    let tail = bytes.get(at + 1..end).ok_or(CborFault::Truncated { at: bytes.len() })?;
    let argument = tail.iter().fold(0, |sum: u64, byte| sum << 8 | u64::from(*byte));
    // Simple values of two bytes and floats have no shorter form to compare with.
    if argument < smallest && major != 7 {
        return Err(CborFault::NotShortest { at });
    }
    Ok(Head { major, argument, end })
}

fn run(bytes: &[u8], head: &Head) -> Result<usize, CborFault> {
    let truncated = CborFault::Truncated { at: bytes.len() };
    let length = usize::try_from(head.argument).map_err(|_| truncated)?;
    let end = head.end.checked_add(length).ok_or(truncated)?;
    if end <= bytes.len() { Ok(end) } else { Err(truncated) }
}

fn text(bytes: &[u8], head: &Head, at: usize) -> Result<usize, CborFault> {
    let end = run(bytes, head)?;
    match core::str::from_utf8(&bytes[head.end..end]) {
        Ok(_) => Ok(end),
        Err(_) => Err(CborFault::NotUtf8 { at }),
    }
}

fn array(bytes: &[u8], head: &Head, depth: usize) -> Result<usize, CborFault> {
    let mut at = head.end;
    for _ in 0..head.argument {
        at = value(bytes, at, depth + 1)?;
    }
    Ok(at)
}

fn map(bytes: &[u8], head: &Head, depth: usize) -> Result<usize, CborFault> {
    let mut at = head.end;
    let mut previous: &[u8] = &[];
    for _ in 0..head.argument {
        let key_end = value(bytes, at, depth + 1)?;
        let key = &bytes[at..key_end];
        if key <= previous {
            return Err(CborFault::KeyOrder { at });
        }
        previous = key;
        at = value(bytes, key_end, depth + 1)?;
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_fault_has_its_own_name_and_place() {
        let cases: [(&[u8], Result<(), CborFault>); 16] = [
            (&[0x00], Ok(())),
            (&[0x20], Ok(())),
            (&[0xf6], Ok(())),
            (&[0xa2, 0x00, 0x01, 0x01, 0x02], Ok(())),
            (&[], Err(CborFault::Truncated { at: 0 })),
            (&[0x44, 1, 2], Err(CborFault::Truncated { at: 3 })),
            (&[0x00, 0x00], Err(CborFault::Trailing { at: 1 })),
            (&[0x18, 0x17], Err(CborFault::NotShortest { at: 0 })),
            (&[0x58, 0x01, 0x00], Err(CborFault::NotShortest { at: 0 })),
            (&[0x9f, 0xff], Err(CborFault::NotAllowed { at: 0 })),
            (&[0xc0, 0x00], Err(CborFault::NotAllowed { at: 0 })),
            (&[0xf9, 0x00, 0x00], Err(CborFault::NotAllowed { at: 0 })),
            (&[0xa2, 0x01, 0x00, 0x00, 0x00], Err(CborFault::KeyOrder { at: 3 })),
            (&[0xa2, 0x00, 0x00, 0x00, 0x00], Err(CborFault::KeyOrder { at: 3 })),
            (&[0x61, 0xff], Err(CborFault::NotUtf8 { at: 0 })),
            (&[0x81; 40], Err(CborFault::TooDeep { at: 17 })),
        ];
        for (bytes, expected) in cases {
            assert_eq!(check(bytes), expected, "{bytes:02x?}");
        }
    }

    #[test]
    fn a_length_no_memory_could_hold_is_refused_at_once() {
        let huge = [0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(check(&huge), Err(CborFault::Truncated { at: 9 }));
        let endless = [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
        assert_eq!(check(&endless), Err(CborFault::Truncated { at: 9 }));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused_without_panic(bytes: Vec<u8>) {
            let _ = check(&bytes);
        }

        #[test]
        fn what_the_encoder_writes_passes(text: String, number: i64, bytes: Vec<u8>) {
            let written = minicbor::to_vec((text, number, minicbor::bytes::ByteVec::from(bytes)));
            prop_assert_eq!(written.map(|w| check(&w)).ok(), Some(Ok(())));
        }
    }
}

//! A word of headquarters: a statement under a signature, with the way from the key that signed it
//! to a key the reader trusts already.
//!
//! What follows from a statement is decided where it is read. The bytes that are signed are kept;
//! they are never written anew.

use core::fmt;
use core::str::FromStr;

use domain::cbor::{self, CborFault};
use domain::ids::{Signature, SigningKey, from_hex, to_hex};
use domain::moment::Moment;
use minicbor::{Decode, Encode};
use thiserror::Error;

use crate::head::verify_signature;
use crate::sign::KeyPair;

/// How many endorsements may lie between a key and one that is trusted.
pub const MAX_ENDORSEMENTS: usize = 16;

/// The largest word in bytes.
pub const MAX_WORD_BYTES: usize = 256 * 1024;

/// What a key of headquarters is for. One key serves one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum Purpose {
    /// Signing headquarters' own journals, and endorsing the other keys.
    #[n(0)]
    Journal,
    /// Signing receipts.
    #[n(1)]
    Receipt,
    /// Signing orders to erase.
    #[n(2)]
    Order,
}

/// Something that headquarters says under a key for one purpose.
pub trait Statement: for<'b> Decode<'b, ()> + Encode<()> {
    /// The first element of what is signed: what the signature is for.
    const CONTEXT: &'static str;
    /// The purpose of the key that signs it.
    const PURPOSE: Purpose;
}

/// That a key is headquarters', by the word of another of its keys.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Endorsement {
    /// The key that is endorsed.
    #[n(0)]
    pub key: SigningKey,
    /// What it is for.
    #[n(1)]
    pub purpose: Purpose,
    /// From when.
    #[n(2)]
    pub since: Moment,
}

impl Statement for Endorsement {
    const CONTEXT: &'static str = "bienban/endorsement/v1";
    const PURPOSE: Purpose = Purpose::Journal;
}

/// A statement as bytes, with the key and its signature over exactly these bytes.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Signed {
    #[cbor(n(0), with = "minicbor::bytes")]
    bytes: Vec<u8>,
    #[n(1)]
    key: SigningKey,
    #[n(2)]
    signature: Signature,
}

/// A signed statement with the endorsements of the key that signed it: the first endorses that
/// key, each further one the key that signed the one before.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Word {
    #[n(0)]
    said: Signed,
    #[n(1)]
    endorsements: Vec<Signed>,
}

/// Why a word is not believed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WordFault {
    /// The bytes are not deterministic CBOR.
    #[error("the word cannot be read: {0}")]
    Cbor(#[from] CborFault),
    /// The bytes are CBOR but not a word, or too many.
    #[error("the word is not a signed statement with endorsements: {0}")]
    Shape(String),
    /// The signed bytes are for another use.
    #[error("the word is signed for `{found}`, not for `{expected}`")]
    Context {
        /// What it is signed for.
        found: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A signature does not verify.
    #[error("a signature of the word does not verify under its key")]
    Signature,
    /// Nothing leads from the key to one that is trusted.
    #[error("key `{0}` is not known as headquarters' for this; ask headquarters who signed")]
    Stranger(SigningKey),
}

#[derive(Encode, Decode)]
struct Form<'a, T> {
    #[b(0)]
    context: &'a str,
    #[n(1)]
    statement: T,
}

impl Signed {
    /// Signs a statement.
    #[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
    pub fn of<T: Statement>(keys: &KeyPair, statement: &T) -> Self {
        let form = Form { context: T::CONTEXT, statement };
        let bytes = minicbor::to_vec(form).expect("writing into memory does not fail");
        let signature = keys.sign(&bytes);
        Self { bytes, key: keys.public(), signature }
    }

    /// Reads the statement and checks the signature, by whomever it is.
    fn read<T: Statement>(&self) -> Result<T, WordFault> {
        cbor::check(&self.bytes)?;
        let shape = |fault: minicbor::decode::Error| WordFault::Shape(fault.to_string());
        let mut decoder = minicbor::Decoder::new(&self.bytes);
        decoder.array().map_err(shape)?;
        let context = decoder.str().map_err(shape)?;
        if context != T::CONTEXT {
            let found = context.chars().take(80).collect();
            return Err(WordFault::Context { found, expected: T::CONTEXT });
        }
        verify_signature(&self.key, &self.bytes, &self.signature)
            .map_err(|_| WordFault::Signature)?;
        let form: Form<'_, T> = minicbor::decode(&self.bytes).map_err(shape)?;
        Ok(form.statement)
    }
}

impl Word {
    /// A word, with what leads from its key to one that readers may know.
    pub fn new(said: Signed, endorsements: Vec<Signed>) -> Self {
        Self { said, endorsements }
    }

    /// The bytes as they travel.
    #[expect(clippy::expect_used, reason = "a vector in memory takes every write")]
    pub fn to_bytes(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("writing into memory does not fail")
    }

    /// Reads a word from outside; nothing of it is believed yet.
    ///
    /// # Errors
    /// See [`WordFault`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WordFault> {
        if bytes.len() > MAX_WORD_BYTES {
            return Err(WordFault::Shape(format!("more than {MAX_WORD_BYTES} bytes")));
        }
        cbor::check(bytes)?;
        let word: Self = minicbor::decode(bytes).map_err(|e| WordFault::Shape(e.to_string()))?;
        if word.endorsements.len() > MAX_ENDORSEMENTS {
            return Err(WordFault::Shape(format!("more than {MAX_ENDORSEMENTS} endorsements")));
        }
        Ok(word)
    }

    /// What is said, if it comes from one of these journal keys of headquarters or from a key
    /// that one of them endorses, directly or through others.
    ///
    /// # Errors
    /// See [`WordFault`].
    pub fn verify<T: Statement>(&self, trusted: &[SigningKey]) -> Result<T, WordFault> {
        let statement = self.said.read::<T>()?;
        self.trace(T::PURPOSE, trusted)?;
        Ok(statement)
    }

    /// Follows the endorsements from the key that spoke to one that is trusted.
    fn trace(&self, purpose: Purpose, trusted: &[SigningKey]) -> Result<(), WordFault> {
        let (mut key, mut purpose) = (self.said.key, purpose);
        for endorsement in &self.endorsements {
            if is_trusted(key, purpose, trusted) {
                return Ok(());
            }
            let said = endorsement.read::<Endorsement>()?;
            if (said.key, said.purpose) != (key, purpose) {
                return Err(WordFault::Stranger(key));
            }
            (key, purpose) = (endorsement.key, Endorsement::PURPOSE);
        }
        if is_trusted(key, purpose, trusted) { Ok(()) } else { Err(WordFault::Stranger(key)) }
    }
}

/// The word as hexadecimal digits, for JSON.
impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.to_bytes()))
    }
}

impl FromStr for Word {
    type Err = WordFault;

    fn from_str(text: &str) -> Result<Self, WordFault> {
        let digits = || WordFault::Shape("an odd number of hexadecimal digits".to_owned());
        if text.len() > MAX_WORD_BYTES * 2 || !text.is_ascii() || !text.len().is_multiple_of(2) {
            return Err(digits());
        }
        let pairs = (0..text.len()).step_by(2).filter_map(|at| text.get(at..at + 2));
        let bytes = pairs.map(|pair| from_hex::<1>(pair).map(|[byte]| byte));
        let bytes: Vec<u8> = bytes.collect::<Result<_, _>>().map_err(|_| digits())?;
        Self::from_bytes(&bytes)
    }
}

fn is_trusted(key: SigningKey, purpose: Purpose, trusted: &[SigningKey]) -> bool {
    purpose == Purpose::Journal && trusted.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::erasure::EraseOrder;
    use domain::ids::SeatId;
    use proptest::prelude::*;

    const AT: Moment = Moment(1_782_838_800_000);
    const ORDER: EraseOrder = EraseOrder { seat: SeatId([7; 16]), at: AT };

    fn pair(seed: u8) -> KeyPair {
        KeyPair::from_seed(&[seed; 32])
    }

    fn endorsed(by: &KeyPair, key: &KeyPair, purpose: Purpose) -> Signed {
        Signed::of(by, &Endorsement { key: key.public(), purpose, since: AT })
    }

    /// An order under a key that the second journal key endorses, which the first one endorses.
    fn word() -> (KeyPair, Word) {
        let (first, second, orders) = (pair(1), pair(2), pair(3));
        let endorsements = vec![
            endorsed(&second, &orders, Purpose::Order),
            endorsed(&first, &second, Purpose::Journal),
        ];
        (first, Word::new(Signed::of(&orders, &ORDER), endorsements))
    }

    #[test]
    fn a_word_is_believed_by_whoever_knows_any_key_on_the_way() {
        let (first, word) = word();
        let read = Word::from_bytes(&word.to_bytes()).expect("it was written here");
        assert_eq!(word.to_string().parse(), Ok(read.clone()));
        for known in [first.public(), pair(2).public()] {
            assert_eq!(read.verify::<EraseOrder>(&[known]), Ok(ORDER));
        }
    }

    #[test]
    fn a_word_of_a_stranger_is_not_believed() {
        let (_, word) = word();
        for known in [vec![], vec![pair(9).public()], vec![pair(3).public()]] {
            let refused = word.verify::<EraseOrder>(&known);
            assert!(matches!(refused, Err(WordFault::Stranger(_))), "{refused:?}");
        }
    }

    #[test]
    fn a_key_for_one_purpose_says_nothing_of_another() {
        let (first, receipts) = (pair(1), pair(4));
        let endorsements = vec![endorsed(&first, &receipts, Purpose::Receipt)];
        let word = Word::new(Signed::of(&receipts, &ORDER), endorsements);
        let refused = word.verify::<EraseOrder>(&[first.public()]);
        assert_eq!(refused, Err(WordFault::Stranger(receipts.public())));
        // Not even the journal key gives orders itself.
        let word = Word::new(Signed::of(&first, &ORDER), vec![]);
        assert!(word.verify::<EraseOrder>(&[first.public()]).is_err());
    }

    #[test]
    fn an_endorsement_is_no_order() {
        let (first, orders) = (pair(1), pair(3));
        let said = endorsed(&first, &orders, Purpose::Order);
        let refused = Word::new(said, vec![]).verify::<EraseOrder>(&[first.public()]);
        assert!(matches!(refused, Err(WordFault::Context { .. })), "{refused:?}");
    }

    proptest! {
        #[test]
        fn a_word_with_any_byte_changed_is_refused(at in 0usize..4096, flip in 1u8..) {
            let (first, word) = word();
            let mut bytes = word.to_bytes();
            let at = at % bytes.len();
            bytes[at] ^= flip;
            let read = Word::from_bytes(&bytes)
                .and_then(|word| word.verify::<EraseOrder>(&[first.public()]));
            prop_assert!(read.is_err());
        }

        #[test]
        fn any_text_is_read_or_refused_without_panic(text in "([0-9a-f]|\\PC)*") {
            let _ = text.parse::<Word>();
        }

        #[test]
        fn any_bytes_are_read_or_refused_without_panic(bytes: Vec<u8>) {
            if let Ok(word) = Word::from_bytes(&bytes) {
                let _ = word.verify::<EraseOrder>(&[]);
            }
        }
    }
}

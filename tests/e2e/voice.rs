//! Whoever speaks to a tablet as headquarters does: headquarters itself, or a stranger.
//!
//! Both sign and endorse in the same way; only the key at the root is another. What is said with
//! it is for the test to say.

use domain::moment::Moment;
use proof::sign::KeyPair;
use proof::word::{Endorsement, Signed, Statement, Word};

/// Somebody with a key for journals, who vouches for a key of every purpose.
#[derive(Debug, Clone)]
pub struct Voice {
    root: KeyPair,
    pair: KeyPair,
}

impl Voice {
    /// The voice of whoever has this key for journals.
    pub fn of(seed: &[u8; 32]) -> Self {
        Self { root: KeyPair::from_seed(seed), pair: KeyPair::from_seed(&[0x51; 32]) }
    }

    /// A stranger, with endorsements of a stranger's own making.
    pub fn stranger() -> Self {
        Self::of(&[0x52; 32])
    }

    /// Says something under a key that the root endorses for it.
    pub fn say<T: Statement>(&self, statement: &T) -> Word {
        let (key, since) = (self.pair.public(), Moment(0));
        let endorsement = Endorsement { key, purpose: T::PURPOSE, since };
        Word::new(Signed::of(&self.pair, statement), vec![Signed::of(&self.root, &endorsement)])
    }

    /// Says something under the root itself, which is for journals alone.
    pub fn say_as_root<T: Statement>(&self, statement: &T) -> Word {
        Word::new(Signed::of(&self.root, statement), vec![])
    }
}

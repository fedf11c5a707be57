//! How much work Argon2id does with a passphrase.
//!
//! What lies outside the bounds cannot be a value of this type: less would make a thief's work
//! cheap, more would let a forged row stop the tablet. The work itself is done by a worker.

use minicbor::{Decode, Decoder, Encode, Encoder};
use thiserror::Error;

/// The least memory, in KiB: what OWASP asks for with two passes.
pub const MIN_MEMORY_KIB: u32 = 19 * 1024;

/// The most memory, in KiB.
pub const MAX_MEMORY_KIB: u32 = 128 * 1024;

/// The fewest passes.
pub const MIN_PASSES: u32 = 2;

/// The most passes.
pub const MAX_PASSES: u32 = 16;

/// How long the work may take on the machine on which the passphrase is chosen, in ms: a tablet
/// that is four times slower for a while still opens within a second.
pub const AIM_MS: f64 = 200.0;

/// Memory and passes of Argon2id; always one lane, because a worker has one thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameters {
    memory_kib: u32,
    passes: u32,
}

/// The parameters are out of bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error(
    "argon2id with {memory_kib} KiB and {passes} passes is out of bounds; the tablet was tampered with"
)]
pub struct OutOfBounds {
    /// The memory, in KiB.
    pub memory_kib: u32,
    /// The passes.
    pub passes: u32,
}

impl Parameters {
    /// The least work there is.
    pub const FLOOR: Self = Self { memory_kib: MIN_MEMORY_KIB, passes: MIN_PASSES };

    /// Parameters within the bounds.
    ///
    /// # Errors
    /// [`OutOfBounds`].
    pub fn new(memory_kib: u32, passes: u32) -> Result<Self, OutOfBounds> {
        let is_memory = (MIN_MEMORY_KIB..=MAX_MEMORY_KIB).contains(&memory_kib);
        let is_passes = (MIN_PASSES..=MAX_PASSES).contains(&passes);
        if is_memory && is_passes {
            Ok(Self { memory_kib, passes })
        } else {
            Err(OutOfBounds { memory_kib, passes })
        }
    }

    /// The parameters for a machine that took `floor_ms` for [`Parameters::FLOOR`]: as much memory
    /// as fits into [`AIM_MS`].
    pub fn for_machine(floor_ms: f64) -> Self {
        let times = if floor_ms > 0.0 { AIM_MS / floor_ms } else { 1.0 };
        let most = f64::from(MAX_MEMORY_KIB / MIN_MEMORY_KIB);
        let times = times.clamp(1.0, most);
        #[expect(clippy::cast_possible_truncation, reason = "it was clamped")]
        #[expect(clippy::cast_sign_loss, reason = "it was clamped")]
        let memory_kib = (f64::from(MIN_MEMORY_KIB) * times) as u32;
        Self { memory_kib, passes: MIN_PASSES }
    }

    /// The memory, in KiB.
    pub fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// The passes.
    pub fn passes(self) -> u32 {
        self.passes
    }

    /// The bytes to which what is wrapped is bound.
    pub fn to_bytes(self) -> [u8; 8] {
        let mut bytes = [0; 8];
        bytes[..4].copy_from_slice(&self.memory_kib.to_be_bytes());
        bytes[4..].copy_from_slice(&self.passes.to_be_bytes());
        bytes
    }
}

impl<C> Encode<C> for Parameters {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.array(2)?.u32(self.memory_kib)?.u32(self.passes)?.ok()
    }
}

impl<'b, C> Decode<'b, C> for Parameters {
    fn decode(d: &mut Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        if d.array()? != Some(2) {
            return Err(minicbor::decode::Error::message("the parameters are not two numbers"));
        }
        Self::new(d.u32()?, d.u32()?).map_err(minicbor::decode::Error::message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_bounds_cannot_be_had() {
        for (memory_kib, passes) in
            [(MIN_MEMORY_KIB - 1, 2), (MAX_MEMORY_KIB + 1, 2), (MIN_MEMORY_KIB, 1), (65_536, 17)]
        {
            let refused = OutOfBounds { memory_kib, passes };
            assert_eq!(Parameters::new(memory_kib, passes), Err(refused));
            let written = minicbor::to_vec((memory_kib, passes)).expect("it is memory");
            assert!(minicbor::decode::<Parameters>(&written).is_err());
        }
        let written = minicbor::to_vec(Parameters::FLOOR).expect("it is memory");
        assert_eq!(minicbor::decode::<Parameters>(&written).ok(), Some(Parameters::FLOOR));
    }

    #[test]
    fn a_faster_machine_works_more_and_a_slow_one_the_least() {
        let memory = |floor_ms| Parameters::for_machine(floor_ms).memory_kib();
        assert_eq!([500.0, 200.0, 0.0].map(memory), [MIN_MEMORY_KIB; 3]);
        assert_eq!(memory(100.0), 2 * MIN_MEMORY_KIB);
        for floor_ms in [1.0, 33.0, 90.0, f64::NAN] {
            let chosen = Parameters::for_machine(floor_ms);
            assert_eq!(Parameters::new(chosen.memory_kib(), chosen.passes()), Ok(chosen));
        }
    }
}

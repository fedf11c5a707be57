//! Proof that nothing was changed: see the README below.
#![doc = include_str!("README.md")]

pub mod chain;
pub mod envelope;
pub mod erasure;
pub mod hash;
pub mod head;
pub mod request;
pub mod seat;
pub mod sign;
pub mod vault;
pub mod word;

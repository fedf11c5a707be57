//! A world that goes wrong, from one number: see the README below.
#![doc = include_str!("README.md")]
#![expect(clippy::expect_used, reason = "a simulation fails loudly")]

mod acting;
pub mod chance;
pub mod disk;
pub mod fold;
pub mod headquarters;
mod laws;
pub mod plant;
pub mod run;
pub mod shrink;
pub mod story;
mod tablet;
pub mod world;

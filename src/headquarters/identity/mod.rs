//! Who works at headquarters: roles and units, and how persons sign in. Decides nothing about
//! what somebody who is signed in may do.
#![doc = include_str!("README.md")]

mod hasher;
mod role;
mod unit;

pub mod account;
pub mod attempts;
pub mod browser;
pub mod door;
pub mod passphrase;
pub mod recovery;
pub mod set_up;
pub mod sign_in;
pub mod staff;
pub mod totp;

pub(crate) mod noted;
pub(crate) mod session;

pub use role::{Role, Roles};
pub use unit::{Standing, UnitId};

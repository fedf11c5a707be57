//! Who works at headquarters: roles and units. Decides nothing about requests.
#![doc = include_str!("README.md")]

mod role;
mod unit;

pub use role::{Role, Roles};
pub use unit::{Standing, UnitId};

//! Access: see the README below.
#![doc = include_str!("README.md")]

mod layer;
mod right;
mod rule;
mod scope;
mod table;

pub use right::{Reach, Right};
pub use rule::{Decision, Object, Rule, Tie, UnitTie, Who, decide};
pub use scope::Scope;
pub use table::{Route, markdown};

pub(crate) use layer::{Door, Gate, Rules, Signed, guard};

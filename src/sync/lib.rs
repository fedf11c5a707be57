//! How two journals become equal: see the README below.
#![doc = include_str!("README.md")]

pub mod message;

pub mod admission;
pub mod carrying;
pub mod erasing;
pub mod paging;
pub mod recall;
pub mod reception;
pub mod replica;
pub mod retry;
pub mod status;

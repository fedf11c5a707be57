//! What an inspection is: see the README below.
#![doc = include_str!("README.md")]

pub mod ids;
pub mod moment;
pub mod order;

pub mod answer;
pub mod register;

pub mod act;
pub mod cbor;
pub mod event;

pub mod finding;
pub mod merge;
pub mod piece;
pub mod remedy;
pub mod state;

pub mod checklist;
pub mod law;
pub mod pack;

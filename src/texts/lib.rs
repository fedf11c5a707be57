//! Every sentence that a person reads: see the README below.
#![doc = include_str!("README.md")]

mod lang;
mod sentences;

pub mod format;
pub mod search;

pub mod access;
pub mod app;
pub mod backup;
pub mod clerk;
pub mod custody;
pub mod enrol;
pub mod entry;
pub mod finding;
pub mod help;
pub mod inspection;
pub mod install;
pub mod law;
pub mod minutes;
pub mod office;
pub mod opening;
pub mod people;
pub mod pieces;
pub mod practice;
pub mod review;
pub mod settings;
pub mod syncing;
pub mod today;
pub mod tools;
pub mod trouble;
pub mod unlock;

pub use lang::Lang;

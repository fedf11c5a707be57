//! Keeping facts in the browser: see the README below.
#![doc = include_str!("README.md")]

pub mod contract;
pub mod tables;

pub mod batch;
pub mod carried;
pub mod drafts;
pub mod seat;
pub mod store;

pub mod seam;
pub mod vault;

pub mod directory;

pub mod memory;

pub mod indexed_db;

mod rows;

#[cfg(test)]
mod suite;

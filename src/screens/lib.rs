//! What the inspector sees: see the README below.
#![doc = include_str!("README.md")]

pub mod inspection;
pub mod seam;

#[cfg(test)]
mod samples;

//! The documents of an inspection: see the README below.
#![doc = include_str!("README.md")]

pub mod document;
pub mod html;

pub mod papers;

pub mod citation;
pub mod explanation;

mod finding;
mod opening;
mod signing;

pub mod inspection_minutes;
pub mod report;
pub mod violation_record;

#[cfg(test)]
mod sample;

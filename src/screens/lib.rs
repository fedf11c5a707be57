//! What the inspector sees: see the README below.
#![doc = include_str!("README.md")]
#![allow(unreachable_pub, reason = "the component macro writes `pub` into private modules")]

pub mod seam;

mod app;
mod router;

mod enrol;
pub mod inspection;
mod opening;
mod settings;
mod syncing;
mod today;

mod components;
mod preferences;

#[cfg(test)]
mod samples;

pub use app::mount;

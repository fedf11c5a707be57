//! What the inspector sees: see the README below.
#![doc = include_str!("README.md")]
#![allow(unreachable_pub, reason = "the component macro writes `pub` into private modules")]

pub mod seam;

mod app;
mod router;

mod enrol;
mod help;
pub mod inspection;
mod install;
mod law;
mod opening;
pub mod practice;
mod review;
mod settings;
mod syncing;
mod today;
mod unlock;

mod components;
mod preferences;

#[cfg(test)]
mod samples;

pub use app::mount;
pub use router::names_a_form;

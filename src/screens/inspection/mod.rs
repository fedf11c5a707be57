//! The inspection screen: what is asked, what was answered, what was found.
//!
//! `state` decides and `view` draws; between them `model` tells each part of the screen when the
//! one item that it shows has changed.

pub mod model;
pub mod plan;
pub mod state;

mod basis;
mod cite;
pub(crate) mod conflict;
mod finding;
mod held;
mod markup;
mod more;
mod search;
mod shell;
mod tools;
pub(crate) mod view;
mod withdraw;

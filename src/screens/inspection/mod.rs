//! The inspection screen: what is asked, what was answered, what was found.
//!
//! `state` decides and `view` draws; between them `model` tells each part of the screen when the
//! one item that it shows has changed.

pub mod model;
pub mod plan;
pub mod state;

mod basis;
pub(crate) mod by;
pub(crate) mod cite;
pub(crate) mod conflict;
mod drawing;
mod earlier;
pub(crate) mod finding;
mod held;
mod markup;
mod more;
mod narrow;
mod narrowing;
mod search;
mod shell;
mod tools;
pub(crate) mod view;
mod whole_section;
mod withdraw;

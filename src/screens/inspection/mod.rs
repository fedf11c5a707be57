//! The inspection screen: what is asked, what was answered, what was found.

pub mod model;
pub mod plan;
pub mod state;

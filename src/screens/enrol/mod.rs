//! The screen on which a browser becomes a seat.

mod state;
pub(crate) mod view;

//! The form with which an inspector opens an inspection without waiting for headquarters.

mod state;
pub(crate) mod view;

//! The sync screen: how delivery goes, what exists on this tablet only, how the store is.

mod markup;
mod state;
pub(crate) mod view;

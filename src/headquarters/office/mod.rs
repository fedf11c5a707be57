//! The office: pages drawn on the server, which work without scripts. They show what was
//! recorded and open inspections; they change no event and judge nothing.

pub(crate) mod csv;
pub(crate) mod enter;
pub(crate) mod inspection;
pub(crate) mod language;
pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod papers;
pub(crate) mod seats;
pub(crate) mod style;
pub mod summary;

mod cite;
mod clerk;
mod layout;
mod library;
mod record;
mod trouble;
mod words;

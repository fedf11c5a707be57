//! The office: pages drawn on the server, which work without scripts. They show what was
//! recorded, open inspections, and take down what a person decides; they change no event.

pub(crate) mod backup;
pub(crate) mod csv;
pub(crate) mod enter;
pub(crate) mod held;
pub(crate) mod inspection;
pub(crate) mod language;
pub(crate) mod list;
pub(crate) mod open;
pub(crate) mod papers;
pub(crate) mod seats;
pub(crate) mod style;
pub mod summary;
pub(crate) mod team;

mod cite;
mod clerk;
mod filled;
mod layout;
mod library;
mod record;
mod trouble;
mod words;

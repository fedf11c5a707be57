//! The office: pages drawn on the server, which work without scripts. They show what was
//! recorded, open inspections, and take down what a person decides; they change no event.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod dashboard;
pub(crate) mod enter;
pub(crate) mod gallery;
pub(crate) mod held;
pub(crate) mod inspection;
pub(crate) mod invitations;
pub(crate) mod language;
pub(crate) mod listing;
pub(crate) mod lists;
pub(crate) mod papers;
pub(crate) mod people;
pub(crate) mod pieces;
pub(crate) mod plan;
pub(crate) mod remedy;
pub(crate) mod retention;
pub(crate) mod seats;
pub(crate) mod sharing;
pub(crate) mod sheets;
pub(crate) mod sign_in;
pub(crate) mod style;
pub(crate) mod team;
pub(crate) mod theme;
pub(crate) mod timeline;
pub(crate) mod trouble;
pub(crate) mod units;
pub(crate) mod upload;

pub mod overview;
pub mod teammates;

mod answers;
mod caller;
mod cards;
mod chart;
mod cite;
mod clerk;
pub(crate) mod cookies;
mod fields;
pub(crate) mod filled;
mod layout;
mod library;
mod notice;
mod qr;
mod record;
mod recorded;
mod words;

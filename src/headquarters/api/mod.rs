//! The API of tablets under `/api/v1`: reads what is asked, calls what decides, and answers.

mod addresses;
pub(crate) mod asked;
mod bundle;
mod document;
mod enrol;
mod orders;
mod packs;
mod pull;
mod push;
mod receipt;
pub(crate) mod refuse;
pub mod router;
mod vaults;

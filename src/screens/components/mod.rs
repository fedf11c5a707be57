//! Pieces that several screens share.

pub(crate) mod export;
pub(crate) mod field;
pub(crate) mod lock_stuck;
pub(crate) mod loss;
pub(crate) mod notice;
pub(crate) mod passphrase;
pub(crate) mod popup;
pub(crate) mod sync_pill;
pub(crate) mod typing;

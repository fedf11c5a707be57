//! Finding items by words: the office and the tablet search alike.

pub(crate) use texts::search::{Query, fold};

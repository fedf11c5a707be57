//! How large the app shell is: file by file with the limit that it keeps, and crate by crate.
//! Only measures; what makes it small is in `app`.

pub(crate) mod by_crate;
pub(crate) mod shell;

//! suite
pub(crate) mod samples;

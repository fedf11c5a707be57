//! What of this room goes into the audit: one call for each act. It keeps nothing itself.

pub(crate) use crate::audit::{Act, note as noted};

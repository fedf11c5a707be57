//! minutes.

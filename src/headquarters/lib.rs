//! headquarters.

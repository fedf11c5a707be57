//! The journey in real browsers.

//! House rules and written forms, checked.

//! House rules and written forms, checked: see the README below.
#![doc = include_str!("README.md")]

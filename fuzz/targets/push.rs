//! A push from a tablet.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::push(bytes));

//! What headquarters says under a key.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::word(bytes));

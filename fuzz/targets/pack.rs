//! A pack of any kind.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::pack(bytes));

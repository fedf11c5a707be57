//! The file of a locked vault.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::vault(bytes));

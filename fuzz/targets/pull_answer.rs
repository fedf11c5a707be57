//! Headquarters' answer to a pull.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::pull_answer(bytes));

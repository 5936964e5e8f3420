//! See [`fuzz::markdown`].

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::markdown(input));

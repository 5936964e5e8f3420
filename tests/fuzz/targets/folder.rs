//! See [`fuzz::folder`].

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| fuzz::folder(input));

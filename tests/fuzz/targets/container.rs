#![no_main]

use hardeasy_fuzz::invariants::reading::container;

libfuzzer_sys::fuzz_target!(|data: &[u8]| container(data));

#![no_main]

use hardeasy_fuzz::invariants::folding::fold;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fold(data));

#![no_main]

use hardeasy_fuzz::invariants::reading::fit;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fit(data));

#![no_main]

use hardeasy_fuzz::invariants::reading::fit_structured;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fit_structured(data));

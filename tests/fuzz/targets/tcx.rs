#![no_main]

use hardeasy_fuzz::invariants::reading::tcx;

libfuzzer_sys::fuzz_target!(|data: &[u8]| tcx(data));

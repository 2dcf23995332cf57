#![no_main]

use hardeasy_fuzz::invariants::reading::gpx;

libfuzzer_sys::fuzz_target!(|data: &[u8]| gpx(data));

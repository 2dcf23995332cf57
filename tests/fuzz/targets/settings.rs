#![no_main]

use hardeasy_fuzz::invariants::settings::settings;

libfuzzer_sys::fuzz_target!(|data: &[u8]| settings(data));

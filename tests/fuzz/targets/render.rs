#![no_main]

use hardeasy_fuzz::invariants::texts::render;

libfuzzer_sys::fuzz_target!(|data: &[u8]| render(data));

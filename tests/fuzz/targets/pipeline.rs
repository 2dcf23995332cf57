#![no_main]

use hardeasy_fuzz::invariants::folding::pipeline;

libfuzzer_sys::fuzz_target!(|data: &[u8]| pipeline(data));

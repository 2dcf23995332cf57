//! What holds for any bytes, texts and documents, whoever made them: each function takes an input and panics
//! where a promise of the library is broken.
//!
//! Two callers give the inputs: `tests/fuzz/` with libFuzzer, and a seeded run of mutations within
//! `cargo test`. Only the public interface of the library is used.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a broken promise panics; each caller uses a part; choices are cut to what fits"
)]

pub mod grammar;
pub mod markup;
pub mod reading;
pub mod session;

pub mod folding;
pub mod settings;
pub mod texts;

/// A function that checks an input.
pub type Check = fn(&[u8]);

/// All of them by the name of their target.
pub const TARGETS: [(&str, Check); 9] = [
    ("fit", reading::fit),
    ("fit_structured", reading::fit_structured),
    ("gpx", reading::gpx),
    ("tcx", reading::tcx),
    ("container", reading::container),
    ("pipeline", folding::pipeline),
    ("fold", folding::fold),
    ("settings", settings::settings),
    ("render", texts::render),
];

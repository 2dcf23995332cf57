//! From streams to verdicts: segments, reference values, kinds, on made-up runs and on a corpus.

#[path = "../common/mod.rs"]
mod common;
#[path = "../invariants/mod.rs"]
mod invariants;

mod altered;
mod documents;
mod habits;
mod kinds;
mod laps;
mod metamorphic;
mod poison;
mod properties;
mod real_values;
mod references;
mod segmentation;
mod sessions;
mod table;
mod values;

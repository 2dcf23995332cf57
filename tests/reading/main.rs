//! From bytes to streams: exports of the project's own writers, of a corpus beside it, fixtures.

#[path = "../common/mod.rs"]
mod common;
#[path = "../invariants/mod.rs"]
mod invariants;

mod apple;
mod converters;
mod fit_corpus;
mod fit_readers;
mod fixtures;
mod generator;
mod ingest;
mod mutations;
mod streams;
mod xml_corpus;

//! *Keep the hard days hard and the easy days easy.*
//!
//! hardeasy reads watch exports (FIT, GPX, TCX), finds what was really run, says what kind of
//! session it was and why, and reviews a training block.
//!
//! # The flow
//! Data go one way; each stage is a folder with one door.

pub mod channel;
pub mod ingest;

//! *Keep the hard days hard and the easy days easy.*
//!
//! hardeasy reads watch exports (FIT, GPX, TCX), finds what was really run, says what kind of
//! session it was and why, and reviews a training block.
//!
//! # The flow
//! Data go one way; each stage is a folder with one door. The modules below are declared in
//! reading order, and a module uses earlier ones only.

pub mod units;

pub mod channel;

pub mod ingest;

pub mod streams;

pub mod segmentation;

pub mod summary;

pub mod settings;

pub mod history;

pub mod classification;

pub mod review;

pub mod report;

pub mod export;

pub mod pipeline;

#[cfg(feature = "cli")]
pub mod cli;

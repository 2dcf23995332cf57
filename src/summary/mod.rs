//! *Activity, Streams, Segmentation → RunSummary*
//!
//! Keeps of a run all that later stages need, in a few kilobytes, so that streams can be dropped
//! and a stored document can stand for the file. See [`summarise`].

mod document;

pub use document::*;

use crate::ingest::Activity;
use crate::segmentation::Segmentation;
use crate::streams::Streams;

/// What is known of a file before it is read.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The athlete's name, when sub-folders are athletes.
    pub athlete: Option<String>,
    /// The file.
    pub source: Source,
    /// The time zone to use where the file does not say its own.
    pub time_zone: Option<chrono_tz::Tz>,
}

/// Returns the sport, deciding by speed where the file does not say.
#[must_use]
pub fn sport(activity: &Activity, _streams: &Streams) -> crate::ingest::Sport {
    activity.sport
}

/// Returns the summary of one run (or of another activity, which then has no segments).
#[must_use]
pub fn summarise(
    _activity: &Activity,
    _streams: &Streams,
    _segmentation: Segmentation,
    _origin: Origin,
) -> RunSummary {
    RunSummary::default()
}

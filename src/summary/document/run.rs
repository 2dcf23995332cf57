//! The summary of a run.

use serde::Deserialize;
use serde::Serialize;

use crate::ingest::Warning;
use crate::or_default::OrDefault;
use crate::segmentation::LapReport;
use crate::segmentation::Segment;
use crate::segmentation::Set;

use super::details::RunDetails;
use super::head::RunHead;
use super::measures::BestEffort;
use super::measures::Drift;
use super::measures::Durability;
use super::quality::DataQuality;

/// Everything that later stages know of a run; about 8 KB, and as much again for each other way in which
/// an athlete of other habits would have run it.
///
/// All numbers are rounded when it is made, so that a stored summary is the summary.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunSummary {
    /// What, when, how long, how far.
    pub head: Box<RunHead>,
    /// The segments.
    pub segments: Vec<Segment>,
    /// The sets.
    pub sets: Vec<Set>,
    /// Fastest times over usual distances.
    pub best_efforts: Vec<BestEffort>,
    /// Heart-rate drift, or why there is none.
    pub drift: OrDefault<Drift>,
    /// The last third against the one before, or why there is nothing to compare.
    pub durability: OrDefault<Durability>,
    /// How good the recording is.
    pub data_quality: DataQuality,
    /// Laps, and how they were used.
    pub laps: OrDefault<LapReport>,
    /// Perceived exertion 0–10.
    pub perceived_exertion: Option<f64>,
    /// How it felt, 0–100.
    pub feel: Option<f64>,
    /// What the fold needs beside the above.
    pub details: OrDefault<RunDetails>,
    /// What was repaired or dropped while reading.
    pub warnings: Vec<Warning>,
}

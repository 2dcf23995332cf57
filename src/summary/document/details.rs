//! What the fold over an athlete's runs needs beside segments.

use serde::Deserialize;
use serde::Serialize;

use crate::ingest::AthleteSettings;
use crate::or_default::has_default;
use crate::segmentation::Candidate;

use super::histogram::SegmentHistograms;
use super::measures::MeanMax;
use super::measures::Pacing;
use super::measures::RepeatedGround;
use super::measures::SteadyBlock;
use super::measures::Turns;
use super::measures::Wander;
use super::reading::Reading;

/// The version of [`RunDetails`]: raised whenever what it holds, or what a number in it means, changes,
/// so that documents of another version are told apart and never judged as if they said the same.
/// Documents without a version are of version 1.
pub const SUMMARY_VERSION: u32 = 2;

/// What the fold over an athlete's runs needs beside segments.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunDetails {
    /// [`SUMMARY_VERSION`] of the program that made it.
    pub version: u32,
    /// Greatest mean effort speed over a range of durations, shortest first.
    pub mean_max: Vec<MeanMax>,
    /// Greatest mean heart rate over 20 minutes.
    pub heart_rate_max_20min_bpm: Option<f64>,
    /// Highest 10 s median of heart rate.
    pub heart_rate_max_10s_bpm: Option<f64>,
    /// Lowest 30 s mean of heart rate.
    pub heart_rate_min_30s_bpm: Option<f64>,
    /// Blocks of even running of 5 minutes, the first 8 minutes of the run left out.
    pub steady_blocks: Vec<SteadyBlock>,
    /// Per segment, in the same order: time at each effort speed and heart rate. A run without
    /// segments (another sport) has one entry for the whole activity.
    pub histograms: Vec<SegmentHistograms>,
    /// Pace over the run.
    pub pacing: Pacing,
    /// Pace wander of the running outside efforts.
    pub wander: Wander,
    /// How much faster the last third of the warm-up was than its first, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warm_up_rise_pct: Option<f64>,
    /// The speed of the running around the efforts.
    pub base_speed_m_s: Option<f64>,
    /// Bouts that the gate considered.
    pub candidates: Vec<Candidate>,
    /// Which of the readings of the run this is, counted from 0.
    #[serde(default, skip_serializing_if = "is_first")]
    pub reading: usize,
    /// Which of the candidates are the efforts.
    pub efforts: Vec<usize>,
    /// What else the run may have been, for an athlete of other habits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<Reading>,
    /// Share of moving time spent walking.
    pub walk_share: f64,
    /// Efforts over the same ground; absent where slope is known or no two cover the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<RepeatedGround>,
    /// Bouts of running between walks; absent where nobody walked between two of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turns: Option<Turns>,
    /// Mean power while moving.
    pub power_w: Option<f64>,
    /// Where power comes from.
    pub power_source: Option<String>,
    /// Mean temperature.
    pub temperature_c: Option<f64>,
    /// What the device believed of the athlete.
    pub athlete: AthleteSettings,
    /// Why segmentation could not tell, when that is so.
    pub cannot_tell: Option<String>,
    /// The richer recording of the same activity by another device, when there is one: this one is
    /// shown and exported but not counted.
    pub second_recording_of: Option<String>,
    /// Perceived exertion 0–10 as the file says it; the session's own may come from a correction.
    pub perceived_exertion: Option<f64>,
    /// Mean heart rate, the device's own when there are no records.
    pub mean_heart_rate_bpm: Option<f64>,
}

has_default!(RunDetails);

/// Returns whether a reading is the one that the run alone suggests.
fn is_first(place: &usize) -> bool {
    *place == 0
}

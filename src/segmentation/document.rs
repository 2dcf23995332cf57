//! The segmentation of a run, as documents hold it: segments, sets, candidates, laps.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::Serialize;

use crate::or_default::has_default;
use crate::vocabulary::RestsOn;
use crate::vocabulary::SegmentKind;

/// One reason for or against a label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// The reason in words with its number, as in "33 % faster than the running around it".
    pub text: String,
    /// The number by itself.
    pub value: Option<f64>,
    /// Its unit, as in "ratio", "bpm", "s".
    pub unit: Option<String>,
    /// How much it speaks for (positive) or against the label, in log-odds.
    pub contribution: Option<f64>,
}

/// A half-open stretch of a run, found by hardeasy.
///
/// The segments of a run are contiguous, in order, and cover it from 0 to its elapsed time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Segment {
    /// What it is.
    pub kind: SegmentKind,
    /// Start on the elapsed clock.
    pub start_s: f64,
    /// End on the elapsed clock.
    pub end_s: f64,
    /// The start lies in this interval in 90 of 100 cases.
    pub start_low_s: f64,
    /// See [`Segment::start_low_s`].
    pub start_high_s: f64,
    /// The end lies in this interval in 90 of 100 cases.
    pub end_low_s: f64,
    /// See [`Segment::end_low_s`].
    pub end_high_s: f64,
    /// Time moving.
    pub moving_s: f64,
    /// Distance, absent when not recorded.
    pub distance_m: Option<f64>,
    /// Mean speed over moving time.
    pub speed_m_s: Option<f64>,
    /// Mean effort speed (flat-equivalent) over moving time.
    pub effort_speed_m_s: Option<f64>,
    /// How uncertain the effort speed is because of the slope, as a fraction of it; absent where
    /// slope is not known. Contested: see [`crate::streams::GRADE_UNCERTAINTY`].
    pub effort_uncertainty: Option<f64>,
    /// The same as `speed_m_s` as a pace, absent when hardly moving.
    pub pace_s_per_km: Option<f64>,
    /// Mean heart rate.
    pub heart_rate_bpm: Option<f64>,
    /// Highest heart rate.
    pub heart_rate_max_bpm: Option<f64>,
    /// Heart rate over the last 10 s.
    pub heart_rate_end_bpm: Option<f64>,
    /// Mean cadence while moving.
    pub cadence_spm: Option<f64>,
    /// Mean power while moving.
    pub power_w: Option<f64>,
    /// Means while moving of what else was recorded, by its name with the unit.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub further: BTreeMap<String, f64>,
    /// Mean slope as a fraction.
    pub slope: Option<f64>,
    /// The set it belongs to, counted from 1.
    pub set: Option<usize>,
    /// Its number in the set, counted from 1.
    pub rep: Option<usize>,
    /// Its usual name, as in "1000 m", "3 min"; naming never moves a boundary.
    pub name: Option<String>,
    /// What the workout asked for where the segment carries out one of its steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Planned>,
    /// False for a programmed step that the data do not show.
    pub executed: bool,
    /// How sure the label is, 0–1.
    pub confidence: f64,
    /// What it rests on.
    pub sources: Vec<RestsOn>,
    /// Why it is what it is.
    pub evidence: Vec<Evidence>,
}

impl Segment {
    /// Returns the elapsed time of the segment.
    #[must_use]
    pub fn elapsed_s(&self) -> f64 {
        self.end_s - self.start_s
    }
}

/// Returns whether a segment rests on what the runner marked.
#[must_use]
pub fn is_marked(segment: &Segment) -> bool {
    segment.sources.contains(&RestsOn::You)
}

/// What a step of a programmed workout asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Planned {
    /// Its length in time, if it ends by time.
    pub duration_s: Option<f64>,
    /// Its length in distance, if it ends by distance.
    pub distance_m: Option<f64>,
    /// How fast or how hard it was to be run.
    #[serde(flatten)]
    pub target: crate::ingest::StepTarget,
}

/// Similar repetitions that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Set {
    /// Its name, as in "6 × 1000 m".
    pub name: String,
    /// The number of repetitions.
    pub reps: usize,
    /// What lies between them, as in "90 s jog".
    pub recovery: Option<String>,
    /// Median time of a recovery.
    pub recovery_s: Option<f64>,
    /// How much slower the last third is than the first third, in percent; positive is slower.
    pub fade_pct: Option<f64>,
    /// How much slower the last repetition is than the first, in percent; positive is slower.
    pub first_to_last_pct: Option<f64>,
    /// The spread (coefficient of variation) of the speeds, in percent.
    pub spread_pct: Option<f64>,
    /// Time of the repetitions over time of the recoveries between them; 0.5 is twice as much
    /// recovery as work.
    pub work_to_recovery: Option<f64>,
    /// Median fall of heart rate from the end of a repetition to the end of its recovery; absent
    /// where repetitions are shorter than 75 s, because heart rate lags behind them.
    pub heart_rate_drop_bpm: Option<f64>,
}

/// A bout that was considered: its features for the gate, what the gate said, whether it was kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Candidate {
    /// Start on the elapsed clock.
    pub start_s: f64,
    /// End on the elapsed clock.
    pub end_s: f64,
    /// Distance.
    pub distance_m: f64,
    /// Mean effort speed of the running in it.
    pub effort_speed_m_s: f64,
    /// Its contrast to the other running of the run, as a ratio of speeds.
    pub contrast: f64,
    /// The lesser of its contrasts to the minutes of running before and after it; absent where nobody
    /// runs there.
    pub least_contrast: Option<f64>,
    /// How much its pace varies inside: the spread of its ten-second means as a fraction.
    pub unevenness: f64,
    /// The longest stop, walk or pause in it.
    pub break_s: f64,
    /// Heart rate of its second half.
    pub heart_rate_bpm: Option<f64>,
    /// The same above that of the other running.
    pub heart_rate_over_running_bpm: Option<f64>,
    /// Mean slope as a fraction.
    pub slope: Option<f64>,
    /// The log-odds that it is an effort, by the run alone.
    pub log_odds: f64,
    /// The probability that it is an effort, by all that is known.
    pub probability: f64,
    /// Whether it became a segment. Others with a fair probability are shown greyed as "possible".
    pub kept: bool,
}

/// How the marked laps were used and how they compare with blind detection.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LapReport {
    /// Which source fixed the boundaries.
    pub used: LapUse,
    /// How well blind detection and the laps agree (F1 of work segments at IoU 0.5), where there is
    /// something to compare.
    pub agreement: Option<f64>,
    /// What differs, in words with times.
    pub disagreements: Vec<String>,
    /// The laps themselves.
    pub rows: Vec<LapRow>,
}

has_default!(LapReport);

/// Which source fixed the boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LapUse {
    /// The steps of a programmed workout.
    Structured,
    /// Manual laps: pressed by hand.
    Manual,
    /// Detection alone: no laps, auto-laps only, or laps without meaning.
    #[default]
    Detected,
    /// Detection alone because the user asked for it.
    Ignored,
}

/// One lap, as shown and exported.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LapRow {
    /// Start on the elapsed clock.
    pub start_s: f64,
    /// End on the elapsed clock.
    pub end_s: f64,
    /// Moving time; the timer's where no speed tells moving from standing. Absent where neither is
    /// known, and in documents that older versions stored.
    #[serde(default)]
    pub moving_s: Option<f64>,
    /// Distance.
    pub distance_m: Option<f64>,
    /// What closed it.
    pub trigger: crate::ingest::LapTrigger,
    /// What it was meant to be.
    pub intensity: Option<crate::ingest::Intensity>,
    /// The workout step that it carried out.
    pub workout_step: Option<u16>,
}

impl LapRow {
    /// Returns the elapsed time of the lap.
    #[must_use]
    pub fn elapsed_s(&self) -> f64 {
        self.end_s - self.start_s
    }
}

/// The whole of one run, cut into segments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Segmentation {
    /// The segments: contiguous, in order, covering the run.
    pub segments: Vec<Segment>,
    /// Sets of repetitions.
    pub sets: Vec<Set>,
    /// All bouts considered, in order of start.
    pub candidates: Vec<Candidate>,
    /// Which candidates became segments.
    pub efforts: Vec<usize>,
    /// What else the run may have been, for an athlete of other habits: the same candidates, other
    /// efforts. Empty where laps fix the efforts.
    pub others: Vec<Segmentation>,
    /// How laps were used.
    pub laps: LapReport,
    /// The run's own pace wander: robust coefficient of variation of 30 s means of the running
    /// outside candidates.
    pub wander: Option<f64>,
    /// The speed of the running around the efforts.
    pub base_speed_m_s: Option<f64>,
    /// Why nothing can be said, when that is so: "no speed and no heart rate were recorded".
    pub cannot_tell: Option<String>,
}

//! The part of a session document that one file determines.

use std::num::NonZeroUsize;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use serde::Deserialize;
use serde::Serialize;

use crate::ingest::AthleteSettings;
use crate::ingest::Changes;
use crate::ingest::Format;
use crate::ingest::Sport;
use crate::ingest::SportFrom;
use crate::ingest::Warning;
use crate::segmentation::Candidate;
use crate::segmentation::LapReport;
use crate::segmentation::Segment;
use crate::segmentation::Set;
use crate::streams::GradeQuality;
use crate::streams::HeartRateQuality;
use crate::streams::Repair;
use crate::streams::SpeedSource;
use crate::summary::Watch;

/// Everything that later stages know of a run; about 8 KB, and as much again for each other way in which
/// an athlete of other habits would have run it.
///
/// All numbers are rounded when it is made, so that a stored summary is the summary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunSummary {
    /// What, when, how long, how far.
    pub head: RunHead,
    /// The segments.
    pub segments: Vec<Segment>,
    /// The sets.
    pub sets: Vec<Set>,
    /// Fastest times over usual distances.
    pub best_efforts: Vec<BestEffort>,
    /// Heart-rate drift, or why there is none.
    pub drift: Drift,
    /// The last third against the one before, or why there is nothing to compare.
    pub durability: Durability,
    /// How good the recording is.
    pub data_quality: DataQuality,
    /// Laps, and how they were used.
    pub laps: LapReport,
    /// Perceived exertion 0–10.
    pub perceived_exertion: Option<f64>,
    /// How it felt, 0–100.
    pub feel: Option<f64>,
    /// What the fold needs beside the above.
    pub details: RunDetails,
    /// What was repaired or dropped while reading.
    pub warnings: Vec<Warning>,
}

/// What, when, how long, how far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunHead {
    /// The athlete's name, when sub-folders are athletes.
    pub athlete: Option<String>,
    /// The file.
    pub source: Source,
    /// When it started; absent when the watch's clock had never been set.
    pub start_time: Option<DateTime<Utc>>,
    /// Local time minus UTC.
    pub utc_offset_s: Option<i32>,
    /// The local day of the start.
    pub day: Option<NaiveDate>,
    /// Where the local day comes from.
    pub day_from: DayFrom,
    /// The sport.
    pub sport: Sport,
    /// Where the sport comes from; the file says it unless told otherwise.
    #[serde(default, skip_serializing_if = "SportFrom::is_file")]
    pub sport_from: SportFrom,
    /// The kind of that sport, in the file's words.
    pub sub_sport: Option<String>,
    /// The name of the activity.
    pub name: Option<String>,
    /// From the first to the last record.
    pub elapsed_s: f64,
    /// With the timer running.
    pub timer_s: f64,
    /// With the timer running, but cut away: rides, drives, stops that the user marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_running_s: Option<f64>,
    /// Moving.
    pub moving_s: f64,
    /// Distance, absent when not recorded.
    pub distance_m: Option<f64>,
    /// Metres climbed, absent when altitude is not sound.
    pub ascent_m: Option<f64>,
    /// The totals of the watch beside ours, where it wrote any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch: Option<Watch>,
    /// What the user said of the recording; all numbers are of what it then is.
    #[serde(default, skip_serializing_if = "Changes::is_empty")]
    pub changes: Changes,
}

/// Where an activity was read from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The path relative to its PATH argument, with `/`.
    pub path: String,
    /// The path inside an archive, and the number of the activity in a file with several ("#2").
    pub member: Option<String>,
    /// The number of the activity in its file, from 1; absent where the file holds one only, unless
    /// its name ends like such a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<NonZeroUsize>,
    /// The format.
    pub format: Option<Format>,
    /// SHA-256 of the unpacked bytes, in hexadecimal.
    pub sha256: String,
    /// The number of unpacked bytes.
    pub bytes: u64,
    /// The device.
    pub device: Option<String>,
}

impl Source {
    /// Returns the number that the name of a member ends with: documents of before there was
    /// [`Source::number`] tell the activities of a file apart by nothing else.
    #[must_use]
    pub fn number_in_member(&self) -> Option<NonZeroUsize> {
        let (_, number) = self.member.as_deref()?.rsplit_once('#')?;
        number.parse().ok()
    }

    /// Returns the path with the member behind it.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.member {
            Some(member) => format!("{}: {member}", self.path),
            None => self.path.clone(),
        }
    }
}

/// Where the local day of an activity comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayFrom {
    /// The file says its offset from UTC.
    File,
    /// The time zone that the user gave.
    Timezone,
    /// The position of the start: about right, see `local_time`.
    Position,
    /// Nothing better: the day in UTC.
    #[default]
    Utc,
}

/// The fastest time over a distance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BestEffort {
    /// The distance.
    pub distance_m: f64,
    /// The time on the elapsed clock when continuous, else on the timer clock.
    pub time_s: f64,
    /// Where it starts on the elapsed clock.
    pub start_s: f64,
    /// False when it was stitched over stops or rests with the timer off.
    pub continuous: bool,
    /// The time on the elapsed clock, as Strava counts: standing and the stopped watch included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elapsed_s: Option<f64>,
    /// The fastest time without a stop inside, of the timer or of the runner; of another stretch, where
    /// there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continuous_s: Option<f64>,
    /// Where that starts on the elapsed clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continuous_start_s: Option<f64>,
}

/// Heart-rate drift against speed over a steady run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// How much heart rate rose against speed from the first half to the second, in percent.
    pub pa_hr_pct: Option<f64>,
    /// Why there is no number.
    pub reason: Option<String>,
}

/// How the last third of a long run compares with the third before it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Durability {
    /// How much effort speed changed, in percent; negative is slower.
    pub effort_speed_change_pct: Option<f64>,
    /// How much heart rate changed.
    pub heart_rate_change_bpm: Option<f64>,
    /// How much effort speed for each heartbeat changed, in percent; negative is worse.
    pub efficiency_change_pct: Option<f64>,
    /// Why there are no numbers, or not all.
    pub reason: Option<String>,
}

/// How good the recording is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DataQuality {
    /// Share of the timer time with sound records.
    pub coverage: f64,
    /// Where speed comes from.
    pub speed: SpeedSource,
    /// Whether heart rate is sound.
    pub heart_rate: HeartRateQuality,
    /// Whether slope is sound.
    pub altitude: GradeQuality,
    /// Median time between records.
    pub sampling_s: f64,
    /// What was repaired.
    pub repairs: Vec<Repair>,
}

/// The version of [`RunDetails`]: raised whenever what it holds, or what a number in it means, changes,
/// so that documents of another version are told apart and never judged as if they said the same.
/// Documents without a version are of version 1.
pub const SUMMARY_VERSION: u32 = 2;

/// What the fold over an athlete's runs needs beside segments.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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

/// Returns whether a reading is the one that the run alone suggests.
fn is_first(place: &usize) -> bool {
    *place == 0
}

/// One way to read a run: a choice of efforts among its candidates, and all that follows from it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Its place among all readings of the run; the first is what the run alone suggests.
    pub place: usize,
    /// Which candidates are efforts.
    pub efforts: Vec<usize>,
    /// See [`RunHead::moving_s`].
    pub moving_s: f64,
    /// See [`RunSummary::segments`].
    pub segments: Vec<Segment>,
    /// See [`RunSummary::sets`].
    pub sets: Vec<Set>,
    /// See [`LapReport::agreement`].
    pub agreement: Option<f64>,
    /// See [`LapReport::disagreements`].
    pub disagreements: Vec<String>,
    /// See [`RunSummary::drift`].
    pub drift: Drift,
    /// See [`RunSummary::durability`].
    pub durability: Durability,
    /// See [`RunDetails::steady_blocks`].
    pub steady_blocks: Vec<SteadyBlock>,
    /// See [`RunDetails::histograms`].
    pub histograms: Vec<SegmentHistograms>,
    /// See [`RunDetails::wander`].
    pub wander: Wander,
    /// See [`RunDetails::warm_up_rise_pct`].
    pub warm_up_rise_pct: Option<f64>,
    /// See [`RunDetails::base_speed_m_s`].
    pub base_speed_m_s: Option<f64>,
    /// See [`RunDetails::ground`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<RepeatedGround>,
}

/// How often the same stretch of ground was run hard, in the same direction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RepeatedGround {
    /// Efforts whose way leads somewhere, on a track none.
    pub efforts: usize,
    /// How many of them cover the same ground.
    pub same: usize,
    /// How much of it in the mean, 0–1.
    pub likeness: f64,
}

/// Bouts of running between walks of 20 s and more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Turns {
    /// How many there are.
    pub count: usize,
    /// The middle one of their lengths, by moving time.
    pub median_s: f64,
    /// The middle one of their mean effort speeds.
    pub speed_m_s: f64,
    /// How much the lengths of those between two walks differ: the middle one of the distances to the middle
    /// length, over it. Absent where fewer than two lie between walks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<f64>,
}

/// The greatest mean effort speed over one duration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeanMax {
    /// The duration.
    pub duration_s: f64,
    /// The mean effort speed.
    pub speed_m_s: f64,
    /// Where it starts.
    pub start_s: f64,
    /// Mean heart rate of its last third.
    pub heart_rate_bpm: Option<f64>,
    /// Mean slope, where it is sound.
    pub slope: Option<f64>,
    /// Seconds of it that were bridged or replaced.
    pub suspect_s: f64,
    /// Whether no steps of running were recorded in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unwitnessed: bool,
}

/// Five minutes of even running.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SteadyBlock {
    /// Where it starts.
    pub start_s: f64,
    /// How long it is.
    pub duration_s: f64,
    /// Mean effort speed.
    pub effort_speed_m_s: f64,
    /// Mean heart rate of its last two thirds.
    pub heart_rate_bpm: Option<f64>,
    /// Mean power.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_w: Option<f64>,
}

/// Time spent at each effort speed, heart rate and power within one segment.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SegmentHistograms {
    /// Effort speed smoothed over 15 s inside the segment, bins of [`EFFORT_BIN_M_S`].
    pub effort: Histogram,
    /// Heart rate of [`HEART_RATE_LAG_S`] later, bins of [`HEART_RATE_BIN_BPM`].
    pub heart_rate: Histogram,
    /// Power while moving, smoothed in the same way, bins of [`POWER_BIN_W`]; empty without power.
    #[serde(default, skip_serializing_if = "Histogram::is_empty")]
    pub power: Histogram,
}

/// Width of the bins of effort speed.
///
/// # Units
/// Metres per second. A fortieth of a usual critical speed halves to about 1 % by interpolation.
pub const EFFORT_BIN_M_S: f64 = 0.1;
/// Width of the bins of heart rate.
///
/// # Units
/// Beats per minute.
pub const HEART_RATE_BIN_BPM: f64 = 2.0;

/// Width of the bins of power.
///
/// # Units
/// Watts. About a thirtieth of what a runner holds for an hour.
pub const POWER_BIN_W: f64 = 10.0;
/// Heart rate is late: each second is rated by the heart rate of this much later.
///
/// # Units
/// Seconds (whole). Measured on 15 real runs: 63 % of a change is reached after 25–75 s when it
/// rises; a part of that is not lag but slowness, which no shift removes.
pub const HEART_RATE_LAG_S: usize = 30;

/// Seconds per bin, from the first bin that is not empty to the last.
///
/// In a document it is one list, since a run has two of these per segment: the index of the first
/// bin, then the seconds of each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<u32>", into = "Vec<u32>")]
pub struct Histogram {
    /// The index of the first bin; bin `k` covers `[k, k + 1)` bin widths.
    pub first: u32,
    /// Seconds in each bin.
    pub seconds: Vec<u32>,
}

impl From<Histogram> for Vec<u32> {
    fn from(histogram: Histogram) -> Self {
        let first = (!histogram.seconds.is_empty()).then_some(histogram.first);
        first.into_iter().chain(histogram.seconds).collect()
    }
}

impl From<Vec<u32>> for Histogram {
    fn from(list: Vec<u32>) -> Self {
        let mut list = list.into_iter();
        let first = list.next().unwrap_or_default();
        Self {
            first,
            seconds: list.collect(),
        }
    }
}

impl Histogram {
    /// Returns lower edge, upper edge and seconds of each bin, for bins of a width.
    pub fn bins(&self, width: f64) -> impl Iterator<Item = (f64, f64, f64)> + '_ {
        (self.first..)
            .zip(&self.seconds)
            .map(move |(bin, seconds)| {
                let low = f64::from(bin) * width;
                (low, low + width, f64::from(*seconds))
            })
    }

    /// Returns whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seconds.is_empty()
    }

    /// Returns the seconds in all bins.
    #[must_use]
    pub fn total_s(&self) -> f64 {
        self.seconds.iter().copied().map(f64::from).sum()
    }
}

/// Pace over the run, by moving time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pacing {
    /// Mean effort speed of the three thirds of the moving time.
    pub thirds_m_s: Option<[f64; 3]>,
    /// Mean effort speed of the two halves of the moving time.
    pub halves_m_s: Option<[f64; 2]>,
    /// Mean heart rate of the three thirds.
    pub thirds_heart_rate_bpm: Option<[f64; 3]>,
    /// Share of the variance of 60 s means that a never-falling curve explains.
    pub rising_share: Option<f64>,
    /// Coefficient of variation of 5-minute means.
    pub variation_300s: Option<f64>,
}

/// Pace wander of the running outside efforts: robust coefficients of variation of block means.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Wander {
    /// Of 30 s means.
    pub blocks_30s: Option<f64>,
    /// Of 60 s means.
    pub blocks_60s: Option<f64>,
    /// Of 300 s means.
    pub blocks_300s: Option<f64>,
}

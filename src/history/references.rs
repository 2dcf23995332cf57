//! Reference values, and what of a past session they are learned from.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use serde::Deserialize;
use serde::Serialize;

use crate::ingest::AthleteSettings;
use crate::summary::MeanMax;
use crate::summary::SteadyBlock;
use crate::units::round;

/// Decimals of reference speeds in metres per second.
pub(super) const SPEED_DECIMALS: i32 = 3;
/// Decimals of reference heart rates in beats per minute.
pub(super) const BEATS_DECIMALS: i32 = 1;
/// Decimals of a reference ratio.
pub(super) const RATIO_DECIMALS: i32 = 4;

/// A reference value with how far to trust it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// The value, in the unit of the field that holds it.
    pub value: f64,
    /// Lower end of the 90 % interval.
    pub low: f64,
    /// Upper end of the 90 % interval.
    pub high: f64,
    /// What it rests on, as in "middle of 41 blocks of easy running, 56 days".
    pub source: String,
    /// The day of the newest run that it rests on; absent for a prior.
    pub date: Option<NaiveDate>,
    /// How far to trust it: "high", "fair", "low", "lower bound".
    pub confidence: String,
}

impl Reference {
    /// Returns the reference value with its numbers rounded.
    #[must_use]
    pub fn rounded(self, decimals: i32) -> Self {
        Self {
            value: round(self.value, decimals),
            low: round(self.low, decimals),
            high: round(self.high, decimals),
            ..self
        }
    }

    /// Returns the middle of the interval: what to expect where the value is one end of it, as the
    /// highest heart rate seen is of the highest possible.
    #[must_use]
    pub fn middle(&self) -> f64 {
        (self.low + self.high) / 2.0
    }

    /// Returns whether the value is an assumption rather than learned from the athlete.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.confidence == Confidence::Low.word()
    }
}

/// How far to trust a reference value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// Measured well.
    High,
    /// Measured.
    Fair,
    /// Little to go by, or assumed.
    Low,
    /// The truth is this or more: nothing hard enough to know.
    LowerBound,
}

impl Confidence {
    /// Returns the words used in documents.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Confidence::High => "high",
            Confidence::Fair => "fair",
            Confidence::Low => "low",
            Confidence::LowerBound => "lower bound",
        }
    }
}

/// The reference values of an athlete on a day, from what was known before it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct References {
    /// Habitual easy speed (effort speed).
    pub easy_speed_m_s: Option<Reference>,
    /// Critical speed.
    pub critical_speed_m_s: Option<Reference>,
    /// Threshold heart rate.
    pub threshold_heart_rate_bpm: Option<Reference>,
    /// Maximum heart rate.
    pub maximum_heart_rate_bpm: Option<Reference>,
    /// Resting heart rate.
    pub resting_heart_rate_bpm: Option<Reference>,
    /// The athlete's own pace wander in easy running: robust variation of 60 s means.
    #[serde(default)]
    pub pace_wander: Option<Reference>,
}

/// What is kept of a past session so that later ones can be judged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastSession {
    /// Its local day.
    pub day: NaiveDate,
    /// When it started.
    pub start: DateTime<Utc>,
    /// When it ended.
    pub end: DateTime<Utc>,
    /// Whether it was a run (other activities never enter running statistics).
    pub is_run: bool,
    /// Whether it was a quality session.
    pub quality: bool,
    /// Whether it counts as easy running for the habitual easy speed and the usual duration.
    pub easy: bool,
    /// Whether it was a race.
    pub race: bool,
    /// Moving time.
    pub moving_s: f64,
    /// Distance.
    pub distance_m: Option<f64>,
    /// Blocks of easy running.
    pub easy_blocks: Vec<SteadyBlock>,
    /// All blocks of even running.
    pub steady_blocks: Vec<SteadyBlock>,
    /// Greatest mean effort speeds.
    pub mean_max: Vec<MeanMax>,
    /// Wander of the pace outside efforts: robust variation of 60 s means.
    pub pace_wander: Option<f64>,
    /// Greatest mean heart rate over 20 minutes.
    pub heart_rate_max_20min_bpm: Option<f64>,
    /// Highest 10 s median of heart rate.
    pub heart_rate_max_10s_bpm: Option<f64>,
    /// What the device believed of the athlete.
    pub athlete: AthleteSettings,
}

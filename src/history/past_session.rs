//! What is kept of a past session so that later ones can be judged.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

use crate::ingest::AthleteSettings;
use crate::summary::MeanMax;
use crate::summary::SteadyBlock;

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
    /// Whether the user named it, as a race of the settings.
    pub is_named: bool,
    /// Moving time.
    pub moving_s: f64,
    /// Distance.
    pub distance_m: Option<f64>,
    /// Blocks of easy running.
    pub easy_blocks: Vec<SteadyBlock>,
    /// All blocks of even running.
    pub steady_blocks: Vec<SteadyBlock>,
    /// The repetitions and blocks that were run: seconds and effort speed in metres per second.
    pub repetitions: Vec<(f64, f64)>,
    /// Greatest mean effort speeds.
    pub mean_max: Vec<MeanMax>,
    /// The least critical speed that its repetitions take with their rests.
    pub shown_critical_speed_m_s: Option<f64>,
    /// Wander of the pace outside efforts: robust variation of 60 s means.
    pub pace_wander: Option<f64>,
    /// Greatest mean heart rate over 20 minutes.
    pub heart_rate_max_20min_bpm: Option<f64>,
    /// Highest 10 s median of heart rate.
    pub heart_rate_max_10s_bpm: Option<f64>,
    /// Where its power came from.
    pub power_source: Option<String>,
    /// What the device believed of the athlete.
    pub athlete: AthleteSettings,
}

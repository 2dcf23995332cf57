//! What is measured over a run as a whole: best efforts, drift, steadiness.

use serde::Deserialize;
use serde::Serialize;

use crate::or_default::has_default;

/// The fastest time over a distance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

impl BestEffort {
    /// Returns the elapsed time, as from gun to line: standing and the stopped watch included; documents
    /// written before it was told hold it where nothing was paused.
    #[must_use]
    pub fn known_elapsed_s(&self) -> Option<f64> {
        self.elapsed_s
            .or_else(|| self.continuous.then_some(self.time_s))
    }
}

/// The greatest mean effort speed over one duration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

#[cfg(test)]
impl MeanMax {
    /// Returns a point from the start of a run of which nothing else is known, for tests.
    pub(crate) fn exact(duration_s: f64, speed_m_s: f64) -> Self {
        Self {
            duration_s,
            speed_m_s,
            start_s: 0.0,
            heart_rate_bpm: None,
            slope: None,
            suspect_s: 0.0,
            unwitnessed: false,
        }
    }
}

/// Five minutes of even running.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// Heart-rate drift against speed over a steady run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Drift {
    /// How much heart rate rose against speed from the first half to the second, in percent.
    pub pa_hr_pct: Option<f64>,
    /// Why there is no number.
    pub reason: Option<String>,
}

has_default!(Drift);

/// How the last third of a long run compares with the third before it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

has_default!(Durability);

/// Pace over the run, by moving time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Wander {
    /// Of 30 s means.
    pub blocks_30s: Option<f64>,
    /// Of 60 s means.
    pub blocks_60s: Option<f64>,
    /// Of 300 s means.
    pub blocks_300s: Option<f64>,
}

/// Bouts of running between walks of 20 s and more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

/// How often the same stretch of ground was run hard, in the same direction.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RepeatedGround {
    /// Efforts whose way leads somewhere, on a track none.
    pub efforts: usize,
    /// How many of them cover the same ground.
    pub same: usize,
    /// How much of it in the mean, 0–1.
    pub likeness: f64,
}

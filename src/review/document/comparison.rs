//! What can be set beside the time before: workouts, best efforts, reference values.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

/// Workouts of one structure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparable {
    /// The structure, as in "6 × 1000 m (jog)".
    pub name: String,
    /// The workouts in order of time.
    pub sessions: Vec<ComparedWorkout>,
    /// How much faster the last was than the one before it, in percent of effort speed.
    pub change_pct: Option<f64>,
}

/// One of several workouts of the same structure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ComparedWorkout {
    /// The session, by [`crate::review::SessionLine::id`]; it may lie before the block.
    pub id: String,
    /// Its day.
    pub day: NaiveDate,
    /// Mean effort speed of the repetitions.
    pub effort_speed_m_s: f64,
    /// Their mean heart rate.
    pub heart_rate_bpm: Option<f64>,
    /// Median time of a recovery.
    pub recovery_s: Option<f64>,
    /// How much slower the last third was than the first, in percent.
    pub fade_pct: Option<f64>,
}

/// The fastest continuous time over a distance in the block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BlockBest {
    /// The distance.
    pub distance_m: f64,
    /// The time.
    pub time_s: f64,
    /// The session, by [`crate::review::SessionLine::id`].
    pub id: String,
    /// Its day.
    pub day: NaiveDate,
    /// The fastest time of the year before the block.
    pub before_s: Option<f64>,
}

/// A reference value at both ends of the block.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReferenceChange {
    /// Its name with its unit, as in the session document.
    pub name: String,
    /// With which the first run of the block was judged.
    pub first: Option<f64>,
    /// With which the last was.
    pub last: Option<f64>,
}

//! How good a recording is.

use serde::Deserialize;
use serde::Serialize;

use crate::streams::GradeQuality;
use crate::streams::HeartRateQuality;
use crate::streams::Repair;
use crate::streams::SpeedSource;

/// How good the recording is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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

//! What a platform's export tells of mornings.

use chrono::NaiveDate;

/// What a device measured in the night before a morning.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Morning {
    /// The day that began with it.
    pub day: NaiveDate,
    /// Resting heart rate in beats per minute.
    pub resting_hr_bpm: Option<f64>,
    /// Heart-rate variability (RMSSD), mean of the night, in milliseconds.
    pub hrv_ms: Option<f64>,
    /// Sleep in hours, without the time awake.
    pub sleep_h: Option<f64>,
}

//! The totals that the watch itself wrote.

use serde::Deserialize;
use serde::Serialize;

/// The totals that the watch itself wrote, and where ours differ.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Watch {
    /// From the first to the last moment, pauses included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub elapsed_s: Option<f64>,
    /// With the timer running.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timer_s: Option<f64>,
    /// Moving, by the rule of the watch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moving_s: Option<f64>,
    /// Distance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance_m: Option<f64>,
    /// Metres climbed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ascent_m: Option<f64>,
    /// Energy in kilocalories.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub energy_kcal: Option<f64>,
    /// Where ours differ by more than 0.5 % (distance) or 2 % (times), and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<Difference>,
}

/// One total that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Difference {
    /// Which total.
    pub total: Total,
    /// Ours less that of the watch, in percent of the latter.
    pub percent: f64,
    /// Why.
    pub why: String,
}

/// A total that the watch and this program both know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Total {
    /// Distance in metres.
    #[serde(rename = "distance_m")]
    Distance,
    /// Time with the timer running, in seconds.
    #[serde(rename = "timer_s")]
    Timer,
    /// Time moving, in seconds.
    #[serde(rename = "moving_s")]
    Moving,
}

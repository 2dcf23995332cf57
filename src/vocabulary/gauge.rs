//! What effort is read from.

use serde::Deserialize;
use serde::Serialize;

/// What effort can be read from, second by second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Gauge {
    /// Effort speed.
    #[default]
    EffortSpeed,
    /// Power.
    Power,
    /// Heart rate.
    HeartRate,
}

impl Gauge {
    /// Returns the name used in documents, as in "effort_speed".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Gauge::EffortSpeed => "effort_speed",
            Gauge::Power => "power",
            Gauge::HeartRate => "heart_rate",
        }
    }
}

/// What the time in zones was measured by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ZoneBasis {
    /// Effort speed.
    #[default]
    EffortSpeed,
    /// Effort speed, and steady running by heart rate too.
    EffortSpeedAndHeartRate,
    /// Power.
    Power,
    /// Heart rate.
    HeartRate,
}

impl ZoneBasis {
    /// Returns the name used in documents, as in "effort_speed_and_heart_rate".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ZoneBasis::EffortSpeed => Gauge::EffortSpeed.name(),
            ZoneBasis::EffortSpeedAndHeartRate => "effort_speed_and_heart_rate",
            ZoneBasis::Power => Gauge::Power.name(),
            ZoneBasis::HeartRate => Gauge::HeartRate.name(),
        }
    }
}

impl From<Gauge> for ZoneBasis {
    fn from(gauge: Gauge) -> Self {
        match gauge {
            Gauge::EffortSpeed => ZoneBasis::EffortSpeed,
            Gauge::Power => ZoneBasis::Power,
            Gauge::HeartRate => ZoneBasis::HeartRate,
        }
    }
}

/// What load was computed from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LoadMethod {
    /// Effort speed.
    #[default]
    EffortSpeed,
    /// Power.
    Power,
    /// Heart rate.
    HeartRate,
    /// How hard it felt, over its time.
    PerceivedExertion,
}

impl LoadMethod {
    /// Returns the name used in documents, as in "perceived_exertion".
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            LoadMethod::EffortSpeed => Gauge::EffortSpeed.name(),
            LoadMethod::Power => Gauge::Power.name(),
            LoadMethod::HeartRate => Gauge::HeartRate.name(),
            LoadMethod::PerceivedExertion => "perceived_exertion",
        }
    }
}

//! Where channels come from and how far they may be trusted.

use serde::Deserialize;
use serde::Serialize;

/// Where speed comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SpeedSource {
    /// Increments of the recorded distance.
    Distance,
    /// The device's speed field.
    Device,
    /// Steps between positions.
    Position,
    /// There is none.
    #[default]
    None,
}

/// How far slope may be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum GradeQuality {
    /// From a pressure sensor: used.
    Barometric,
    /// As smooth as a pressure sensor or a terrain model: used.
    Smooth,
    /// Satellite altitude, too noisy: not used.
    Noisy,
    /// No altitude, or no distance.
    #[default]
    None,
}

impl GradeQuality {
    /// Returns whether slope enters effort.
    #[must_use]
    pub fn is_used(self) -> bool {
        matches!(self, GradeQuality::Barometric | GradeQuality::Smooth)
    }
}

/// Whether heart rate may be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HeartRateQuality {
    /// Nearly all of it is sound.
    Valid,
    /// A part was taken out; the repairs say which and why.
    Partial,
    /// Too little is sound for any verdict.
    Invalid,
    /// None was recorded.
    #[default]
    None,
}

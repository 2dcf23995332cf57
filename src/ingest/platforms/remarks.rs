//! What an athlete wrote and marked on a platform.

use serde::Deserialize;
use serde::Serialize;

use crate::or_default::has_default;

/// A platform whose exports say more of activities than the recordings do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Platform {
    /// Strava.
    Strava,
    /// Garmin Connect.
    Garmin,
    /// Apple Health.
    AppleHealth,
}

impl Platform {
    /// Returns its name.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Strava => "Strava",
            Self::Garmin => "Garmin Connect",
            Self::AppleHealth => "Apple Health",
        }
    }
}

/// What an athlete marked an activity as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Meant {
    /// A race.
    Race,
    /// A workout.
    Workout,
    /// A long run.
    LongRun,
}

impl Meant {
    /// Returns it as one says it, as in "a race".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Race => "a race",
            Self::Workout => "a workout",
            Self::LongRun => "a long run",
        }
    }
}

/// What an athlete wrote and marked on a platform, title, sport and exertion aside.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Remarks {
    /// Where it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<Platform>,
    /// The description that followers see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The note that only the athlete sees; kept only when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_note: Option<String>,
    /// The shoes, as the athlete named them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gear: Option<String>,
    /// What the device found that it trained, in its words, as in "tempo".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub training_effect: Option<String>,
    /// Whether it was a way to work.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub commute: bool,
    /// What it was marked as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meant: Option<Meant>,
    /// Whether the athlete typed it in, as the platform says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub typed_in: bool,
    /// Whether all that is known of the activity was typed in, or comes from a table: there is no recording.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub without_recording: bool,
}

has_default!(Remarks);

impl Remarks {
    /// Returns whether nothing was written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

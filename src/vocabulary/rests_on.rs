//! What segments rest on.

use serde::Deserialize;
use serde::Serialize;

/// What a segment rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum RestsOn {
    /// The distance that was recorded.
    Distance,
    /// The speed that was recorded.
    #[serde(rename = "device speed")]
    DeviceSpeed,
    /// The positions that were recorded.
    Position,
    /// Laps pressed by hand.
    Laps,
    /// The steps of a programmed workout.
    Workout,
    /// Heart rate.
    #[serde(rename = "heart rate")]
    HeartRate,
    /// What the runner marked.
    You,
}

impl RestsOn {
    /// Returns the words used in documents and shown to people, as in "device speed".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            RestsOn::Distance => "distance",
            RestsOn::DeviceSpeed => "device speed",
            RestsOn::Position => "position",
            RestsOn::Laps => "laps",
            RestsOn::Workout => "workout",
            RestsOn::HeartRate => "heart rate",
            RestsOn::You => "you",
        }
    }
}

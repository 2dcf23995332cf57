//! Key sessions and the recovery slots around them.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::vocabulary::SessionKind;

/// A quality session in the sequence of key sessions.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeySession {
    /// The session, by [`crate::review::SessionLine::id`].
    pub id: String,
    /// Its day.
    pub day: NaiveDate,
    /// The day of the week, Monday is 1.
    pub weekday: u32,
    /// Its kind.
    pub kind: SessionKind,
    /// Hours from the end of the quality session before it, in the block or not.
    pub hours_since_previous: Option<f64>,
}

/// What became of a recovery slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Became {
    /// A recovery run.
    Recovery,
    /// Easy running.
    #[default]
    Easy,
    /// Running in the middle zone.
    Medium,
    /// A quality session.
    Hard,
}

/// A run of at most 50 minutes within 36 h after a quality session, or last before the next one; not
/// its own warm-up or cool-down within the hour.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecoverySlot {
    /// The run, by [`crate::review::SessionLine::id`].
    pub id: String,
    /// Its day.
    pub day: NaiveDate,
    /// What it became.
    pub became: Became,
    /// Moving time.
    pub moving_s: f64,
    /// Hours after the quality session, where it is within 36 h.
    pub hours_after: Option<f64>,
    /// The quality session that comes next, where it is the run before one.
    pub before: Option<String>,
    /// Whether a recovery run was longer than 40 min or 1.25 × the usual one.
    pub extended: bool,
    /// Whether it was the second run of its day, or a later one.
    #[serde(default)]
    pub second_of_day: bool,
    /// How much slower it was than the habitual easy pace, grade-adjusted, in seconds per kilometre;
    /// absent where either is not known.
    #[serde(default)]
    pub slower_s_per_km: Option<f64>,
    /// Whether it met the strict definition of a recovery run: 20–40 min, slower than the habitual easy
    /// pace by 37 s/km (60 s a mile) or more; absent where the pace is not known.
    #[serde(default)]
    pub strict: Option<bool>,
}

//! What, when, how long, how far.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;
use serde::Deserialize;
use serde::Serialize;

use crate::ingest::Changes;
use crate::ingest::Sport;
use crate::ingest::SportFrom;
use crate::ingest::platforms::Remarks;
use crate::or_default::OrDefault;

use super::source::Source;
use super::watch::Watch;

/// What, when, how long, how far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunHead {
    /// The athlete's name, when sub-folders are athletes.
    pub athlete: Option<String>,
    /// The file.
    pub source: Source,
    /// When it started; absent when the watch's clock had never been set.
    pub start_time: Option<DateTime<Utc>>,
    /// Local time minus UTC.
    pub utc_offset_s: Option<i32>,
    /// The local day of the start.
    pub day: Option<NaiveDate>,
    /// Where the local day comes from.
    pub day_from: DayFrom,
    /// The sport.
    pub sport: Sport,
    /// Where the sport comes from; the file says it unless told otherwise.
    #[serde(default, skip_serializing_if = "SportFrom::is_file")]
    pub sport_from: SportFrom,
    /// The kind of that sport, in the file's words.
    pub sub_sport: Option<String>,
    /// The name of the activity.
    pub name: Option<String>,
    /// What the athlete wrote of it on a platform.
    #[serde(default, skip_serializing_if = "Remarks::is_empty")]
    pub remarks: OrDefault<Remarks>,
    /// From the first to the last record.
    pub elapsed_s: f64,
    /// With the timer running.
    pub timer_s: f64,
    /// With the timer running, but cut away: rides, drives, stops that the user marked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_running_s: Option<f64>,
    /// Moving.
    pub moving_s: f64,
    /// Distance, absent when not recorded.
    pub distance_m: Option<f64>,
    /// Metres climbed, absent when altitude is not sound.
    pub ascent_m: Option<f64>,
    /// The totals of the watch beside ours, where it wrote any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch: Option<Box<Watch>>,
    /// What the user said of the recording; all numbers are of what it then is.
    #[serde(default, skip_serializing_if = "Changes::is_empty")]
    pub changes: OrDefault<Changes>,
}

/// Where the local day of an activity comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DayFrom {
    /// The file says its offset from UTC.
    File,
    /// The time zone that the user gave.
    Timezone,
    /// The position of the start: about right, see `local_time`.
    Position,
    /// Nothing better: the day in UTC.
    #[default]
    Utc,
}

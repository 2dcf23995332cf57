//! What the watch recorded, in SI units, with absent values absent.

use chrono::DateTime;
use chrono::Utc;
use serde::Deserialize;
use serde::Serialize;

use crate::channel::Channel;
use crate::ingest::Warning;
use crate::ingest::platforms::Remarks;

/// The file formats that hold activities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Format {
    /// Garmin's binary format, written by nearly every watch.
    Fit,
    /// GPS exchange format, 1.0 or 1.1.
    Gpx,
    /// Training center XML, version 2.
    Tcx,
    /// The export of Apple Health, which holds all workouts in one file.
    #[serde(rename = "apple_health")]
    AppleHealth,
}

/// What was done, as far as hardeasy tells activities apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Sport {
    /// Running of any kind: road, trail, track, treadmill.
    Running,
    /// Walking and hiking.
    Walking,
    /// Cycling of any kind.
    Cycling,
    /// Swimming of any kind.
    Swimming,
    /// Gym, strength, yoga and the like.
    Strength,
    /// Any other sport, whose name is in the sub-sport.
    Other,
    /// The file does not say.
    #[default]
    Unknown,
}

impl Sport {
    /// Returns the sport as one says it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Walking => "walking",
            Self::Cycling => "cycling",
            Self::Swimming => "swimming",
            Self::Strength => "strength training",
            Self::Other => "another sport",
            Self::Unknown => "sport not given",
        }
    }
}

/// Where the sport of an activity comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SportFrom {
    /// The file says it.
    #[default]
    File,
    /// The name of the activity says it.
    Name,
    /// The user says it.
    User,
    /// The export of a platform says it, where the athlete can put it right.
    Platform,
    /// Speed, cadence and heart rate suggest it.
    Guess,
}

impl SportFrom {
    /// Returns whether the file itself says it.
    #[must_use]
    pub fn is_file(&self) -> bool {
        *self == Self::File
    }
}

/// One recorded activity: what the file says, not yet judged.
///
/// All times are seconds from the first record on the elapsed clock. Records are sorted by time,
/// strictly increasing, the first at 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Activity {
    /// The format it was read from.
    pub format: Option<Format>,
    /// The device, as in "Garmin fr245".
    pub device: Option<String>,
    /// The sport.
    pub sport: Sport,
    /// The kind of that sport in the file's words, as in "track", "treadmill", "trail".
    pub sub_sport: Option<String>,
    /// Where the sport comes from.
    pub sport_from: SportFrom,
    /// The name that the user or the device gave.
    pub name: Option<String>,
    /// When the first record was made; absent when the clock had never been set.
    pub start: Option<DateTime<Utc>>,
    /// Local time minus UTC, where the file says it.
    pub utc_offset_s: Option<i32>,
    /// The samples.
    pub records: Records,
    /// When the timer was stopped, in order, without overlap. Only what the file says by timer
    /// events or by separate track segments; mere gaps in the records are not in it.
    pub pauses: Vec<Pause>,
    /// The laps in order of their start.
    pub laps: Vec<Lap>,
    /// The device's own totals.
    pub totals: Totals,
    /// The distance that is known to be true, to which all distances are scaled.
    pub true_distance_m: Option<f64>,
    /// The steps of a programmed workout, in the order of the workout.
    pub workout: Vec<WorkoutStep>,
    /// The device's own splits (FIT message 312), in order.
    pub splits: Vec<DeviceSplit>,
    /// What the device believed of the athlete.
    pub athlete: AthleteSettings,
    /// Perceived exertion 0–10, where the athlete entered it (FIT `workout_rpe`).
    pub perceived_exertion: Option<f64>,
    /// How it felt, 0 (very weak) to 100 (very strong) (FIT `workout_feel`).
    pub feel: Option<f64>,
    /// Where altitude comes from.
    pub altitude_source: AltitudeSource,
    /// Where power comes from, as in "native" or "developer field Power (Stryd)".
    pub power_source: Option<String>,
    /// What the athlete wrote of it on a platform.
    pub remarks: Remarks,
    /// What was repaired or dropped while reading.
    pub warnings: Vec<Warning>,
}

/// Where the altitude of an activity comes from, as far as the file shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AltitudeSource {
    /// A pressure sensor: the device is known to have one, or says so.
    Barometric,
    /// Satellite positions.
    Gps,
    /// Not known.
    #[default]
    Unknown,
}

/// The samples of an activity, one column a quantity; all columns that are not empty have the
/// length of `time_s`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Seconds since the first record on the elapsed clock, strictly increasing.
    pub time_s: Vec<f64>,
    /// Latitude in degrees, −90 to 90.
    pub latitude_deg: Channel,
    /// Longitude in degrees, −180 to 180.
    pub longitude_deg: Channel,
    /// Distance covered since the start, in metres, as recorded (it may go back).
    pub distance_m: Channel,
    /// The device's own speed, in metres per second.
    pub speed_m_s: Channel,
    /// Altitude, in metres.
    pub altitude_m: Channel,
    /// Heart rate, in beats per minute; 0, 255 and what lies outside 25–240 is absent.
    pub heart_rate_bpm: Channel,
    /// Cadence, in steps per minute (both feet) when running.
    pub cadence_spm: Channel,
    /// Running power, in watts.
    pub power_w: Channel,
    /// Temperature, in degrees Celsius.
    pub temperature_c: Channel,
    /// What else sensors and apps recorded.
    pub further: Vec<Series>,
}

/// A further quantity, as running dynamics and the fields of apps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Its name with the unit, as in `ground_contact_ms`; an app's own name and unit, as in
    /// "Form Power (Watts)".
    pub name: String,
    /// A value a record.
    pub values: Channel,
}

impl Records {
    /// Returns the number of records.
    #[must_use]
    pub fn len(&self) -> usize {
        self.time_s.len()
    }

    /// Returns whether there are no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.time_s.is_empty()
    }

    /// Returns all columns besides time.
    pub(super) fn columns_mut(&mut self) -> impl Iterator<Item = &mut Channel> {
        let further = self.further.iter_mut().map(|series| &mut series.values);
        let columns = [
            &mut self.latitude_deg,
            &mut self.longitude_deg,
            &mut self.distance_m,
            &mut self.speed_m_s,
            &mut self.altitude_m,
            &mut self.heart_rate_bpm,
            &mut self.cadence_spm,
            &mut self.power_w,
            &mut self.temperature_c,
        ];
        columns.into_iter().chain(further)
    }
}

/// A stretch of time in which the timer was stopped, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pause {
    /// When the timer stopped.
    pub start_s: f64,
    /// When it started again.
    pub end_s: f64,
}

/// What closed a lap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LapTrigger {
    /// The lap button.
    Manual,
    /// A distance, time or position that the watch counts by itself.
    Auto,
    /// The end of the activity.
    SessionEnd,
    /// The file does not say.
    #[default]
    Unknown,
}

/// What a lap or a workout step was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Intensity {
    /// Work: "active" or "interval".
    Active,
    /// Rest.
    Rest,
    /// Warm-up.
    Warmup,
    /// Cool-down.
    Cooldown,
    /// Recovery.
    Recovery,
    /// Something else.
    Other,
}

/// One lap, as the watch wrote it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lap {
    /// Start on the elapsed clock.
    pub start_s: f64,
    /// End on the elapsed clock.
    pub end_s: f64,
    /// Time on the timer, where the file says it.
    pub timer_s: Option<f64>,
    /// Distance, where the file says it.
    pub distance_m: Option<f64>,
    /// What closed it.
    pub trigger: LapTrigger,
    /// What it was meant to be. Not evidence by itself: some watches write "interval" on every lap.
    pub intensity: Option<Intensity>,
    /// The step of the programmed workout that it carried out (FIT `wkt_step_index`).
    pub workout_step: Option<u16>,
    /// Whether it is an effort, in a file that hardeasy wrote: there every segment is a lap. Absent in
    /// any other.
    pub is_effort: Option<bool>,
}

/// One step of a programmed workout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkoutStep {
    /// The number by which laps refer to it.
    pub index: u16,
    /// The step's name.
    pub name: Option<String>,
    /// What it is meant to be.
    pub intensity: Option<Intensity>,
    /// Its length in time, if it ends by time.
    pub duration_s: Option<f64>,
    /// Its length in distance, if it ends by distance.
    pub distance_m: Option<f64>,
    /// What it asks for, as far as the file says it in numbers.
    pub target: StepTarget,
}

/// What a workout step asks for: a range of speed, heart rate or power, or a zone of the device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepTarget {
    /// The slow end of a range of speed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed_low_m_s: Option<f64>,
    /// Its fast end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speed_high_m_s: Option<f64>,
    /// The low end of a range of heart rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heart_rate_low_bpm: Option<f64>,
    /// Its high end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heart_rate_high_bpm: Option<f64>,
    /// The low end of a range of power.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_low_w: Option<f64>,
    /// Its high end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_high_w: Option<f64>,
    /// A zone of heart rate as the device numbers them; its limits are not in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heart_rate_zone: Option<u8>,
    /// A zone of power, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_zone: Option<u8>,
}

/// A split that the device found by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct DeviceSplit {
    /// Start on the elapsed clock.
    pub start_s: f64,
    /// End on the elapsed clock.
    pub end_s: f64,
    /// What it is of.
    pub kind: SplitKind,
}

/// What a device's split is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SplitKind {
    /// A step of an interval workout, by what it was meant to be.
    Interval(Intensity),
    /// Running, as the watch itself tells it from walking.
    Running,
    /// Walking, by the same.
    Walking,
    /// Standing, by the same.
    Standing,
    /// Something else: a climb, a lift, a round.
    Other,
}

/// The device's own totals, where it wrote them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// From the first to the last moment, pauses included.
    pub elapsed_s: Option<f64>,
    /// With the timer running.
    pub timer_s: Option<f64>,
    /// Distance.
    pub distance_m: Option<f64>,
    /// Moving, by the device's own rule.
    pub moving_s: Option<f64>,
    /// Metres climbed.
    pub ascent_m: Option<f64>,
    /// Energy, in kilocalories.
    pub energy_kcal: Option<f64>,
    /// Mean heart rate, for activities without records.
    pub mean_heart_rate_bpm: Option<f64>,
}

/// What the device believed of the athlete (FIT `user_profile`, `zones_target`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AthleteSettings {
    /// Maximum heart rate as set or guessed by the device.
    pub maximum_heart_rate_bpm: Option<f64>,
    /// Threshold heart rate as set or guessed by the device.
    pub threshold_heart_rate_bpm: Option<f64>,
    /// Resting heart rate as set or measured by the device.
    pub resting_heart_rate_bpm: Option<f64>,
    /// Body mass.
    pub weight_kg: Option<f64>,
}

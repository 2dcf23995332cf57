//! What the user says of an athlete.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::settings::WeekStart;
use crate::settings::Wellness;
use crate::settings::Zones;
use crate::settings::ZonesOf;
use crate::settings::day;
use crate::units::UnitSystem;

/// What the user says of an athlete: the content of `hardeasy.toml` and of the `wellness.csv`
/// beside the runs; everything is optional.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The units in which results are shown.
    pub units: Option<UnitSystem>,
    /// The time zone of runs whose file does not say it, as in "Europe/Berlin".
    pub timezone: Option<chrono_tz::Tz>,
    /// The weekday on which weeks begin.
    pub week_starts: WeekStart,
    /// Year of birth, for the prior of maximum heart rate.
    pub birth_year: Option<i32>,
    /// Sex, for heart-rate load.
    pub sex: Option<Sex>,
    /// Reference values from a date on, oldest first.
    pub thresholds: Vec<Thresholds>,
    /// Races, by day.
    pub races: Vec<Race>,
    /// Field tests, oldest first.
    pub tests: Vec<FieldTest>,
    /// Zones of the athlete's own.
    pub zones: Vec<Zones>,
    /// What was noted each morning; it comes from a file of its own.
    #[serde(skip)]
    pub wellness: Wellness,
}

impl Settings {
    /// Returns the zones that hold on a day, at most one of each quantity; on a day that is not known,
    /// those that have no first day.
    pub fn zones_on(&self, day: Option<NaiveDate>) -> impl Iterator<Item = &Zones> {
        ZonesOf::ALL.into_iter().filter_map(move |of| {
            let all = self.zones.iter().filter(|zones| zones.of == of);
            // `None` comes before every day.
            let begun = all.filter(|zones| zones.from <= day);
            begun.max_by_key(|zones| zones.from)
        })
    }
}

/// Sex, where a published formula asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// Reference values that hold from a date on, until the next entry that gives the same value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// The first day.
    #[serde(deserialize_with = "day::day")]
    pub from: NaiveDate,
    /// Critical speed.
    pub critical_speed_m_s: Option<f64>,
    /// Threshold heart rate.
    pub threshold_heart_rate_bpm: Option<f64>,
    /// Maximum heart rate.
    pub maximum_heart_rate_bpm: Option<f64>,
    /// Resting heart rate.
    pub resting_heart_rate_bpm: Option<f64>,
    /// Habitual easy speed.
    pub easy_speed_m_s: Option<f64>,
}

/// A race.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Race {
    /// The day.
    #[serde(deserialize_with = "day::day")]
    pub day: NaiveDate,
    /// Its name.
    pub name: Option<String>,
    /// Its official distance.
    pub distance_m: Option<f64>,
    /// The official time; together with the distance.
    pub time_s: Option<f64>,
}

/// A field test: a distance with the time that an all-out effort took, a mean heart rate, or both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldTest {
    /// The day.
    #[serde(deserialize_with = "day::day")]
    pub day: NaiveDate,
    /// Its name, as in "3 min all out".
    pub name: Option<String>,
    /// The distance in metres; always together with the time.
    pub distance_m: Option<f64>,
    /// The time in seconds.
    pub time_s: Option<f64>,
    /// The mean heart rate of the last 20 minutes of a time trial of 30, in beats per minute: the
    /// threshold heart rate (Friel).
    pub heart_rate_bpm: Option<f64>,
}

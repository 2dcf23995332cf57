//! What the user says about the athlete and about single runs: `hardeasy.toml`,
//! `hardeasy.corrections.toml`. Text in, values out; finding the files is for the pipeline.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::units::UnitSystem;

/// The content of `hardeasy.toml`; everything is optional.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The units in which results are shown.
    pub units: Option<UnitSystem>,
    /// The time zone of runs whose file does not say it, as in "Europe/Berlin".
    pub timezone: Option<chrono_tz::Tz>,
    /// Year of birth, for the prior of maximum heart rate.
    pub birth_year: Option<i32>,
    /// Sex, for heart-rate load.
    pub sex: Option<Sex>,
    /// Reference values from a date on, oldest first.
    pub thresholds: Vec<Thresholds>,
    /// Races, by day.
    pub races: Vec<Race>,
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
    pub day: NaiveDate,
    /// Its name.
    pub name: Option<String>,
    /// Its distance.
    pub distance_m: Option<f64>,
}

/// The content of `hardeasy.corrections.toml`: by the SHA-256 of a file (or a prefix of at least
/// 12 digits), what the user says of that run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Corrections {
    /// The corrections.
    pub by_hash: BTreeMap<String, Correction>,
}

/// What the user says of one run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Correction {
    /// The session kind, as in "tempo".
    pub kind: Option<String>,
    /// Perceived exertion 0–10.
    pub rpe: Option<f64>,
    /// A note.
    pub note: Option<String>,
    /// Leave the run out of history and review.
    pub exclude: bool,
}

impl Correction {
    /// Returns whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Corrections {
    /// Returns what the user says of the file with a SHA-256: the entry with the longest prefix.
    #[must_use]
    pub fn of(&self, sha256: &str) -> Option<&Correction> {
        self.by_hash
            .iter()
            .filter(|(prefix, _)| !prefix.is_empty() && sha256.starts_with(prefix.as_str()))
            .max_by_key(|(prefix, _)| prefix.len())
            .map(|(_, correction)| correction)
    }
}

//! *RunSummaries by date → References*
//!
//! Learns the athlete from the runs themselves: habitual easy speed, critical speed, heart rates,
//! each with a date, an interval and a source. See [`History`].

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

use crate::settings::Settings;
use crate::summary::RunSummary;

/// A reference value with how far to trust it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// The value, in the unit of the field that holds it.
    pub value: f64,
    /// Lower end of the 90 % interval.
    pub low: f64,
    /// Upper end of the 90 % interval.
    pub high: f64,
    /// What it rests on, as in "mode of 41 steady blocks, 56 days".
    pub source: String,
    /// The day of the newest run that it rests on; absent for a prior.
    pub date: Option<NaiveDate>,
    /// How far to trust it: "high", "fair", "low", "lower bound".
    pub confidence: String,
}

/// The reference values of an athlete on a day, from what was known before it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct References {
    /// Habitual easy speed (effort speed).
    pub easy_speed_m_s: Option<Reference>,
    /// Critical speed.
    pub critical_speed_m_s: Option<Reference>,
    /// Threshold heart rate.
    pub threshold_heart_rate_bpm: Option<Reference>,
    /// Maximum heart rate.
    pub maximum_heart_rate_bpm: Option<Reference>,
    /// Resting heart rate.
    pub resting_heart_rate_bpm: Option<Reference>,
}

/// What is kept of a past session so that later ones can be judged.
#[derive(Clone, Debug)]
pub struct PastSession {
    /// The run.
    pub run: RunSummary,
    /// Whether it was a quality session.
    pub quality: bool,
    /// Whether it counts as easy running for the habitual easy speed and usual duration.
    pub easy: bool,
}

/// An athlete's past, in order of date.
#[derive(Clone, Debug, Default)]
pub struct History {
    settings: Settings,
    past: Vec<PastSession>,
}

impl History {
    /// Returns an empty history of an athlete of whom the user said `settings`.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self {
            settings,
            past: Vec::new(),
        }
    }

    /// Returns what the user said.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the past sessions in order of date.
    #[must_use]
    pub fn past(&self) -> &[PastSession] {
        &self.past
    }

    /// Adds a session; sessions come in order of their start.
    pub fn push(&mut self, session: PastSession) {
        self.past.push(session);
    }

    /// Returns the reference values on a day, from earlier days only.
    #[must_use]
    pub fn references(&self, _on: NaiveDate) -> References {
        References::default()
    }
}

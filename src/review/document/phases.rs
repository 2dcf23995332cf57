//! What the weeks of a block look like.

use chrono::NaiveDate;
use serde::Deserialize;
use serde::Serialize;

/// What a stretch of weeks looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Phase {
    /// Little volume, after a race or for weeks.
    Recovery,
    /// Volume without much hard running.
    #[default]
    Base,
    /// Volume or hard running grows.
    Build,
    /// Much volume and much hard running, no longer growing.
    Peak,
    /// Less volume before a race.
    Taper,
    /// Hardly any running.
    Break,
}

impl Phase {
    /// Returns the word shown to people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Phase::Recovery => "recovery",
            Phase::Base => "base",
            Phase::Build => "build",
            Phase::Peak => "peak",
            Phase::Taper => "taper",
            Phase::Break => "break",
        }
    }
}

/// The phases of a block, or why there are none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Phases {
    /// The phases in order; they partition the whole weeks of the block.
    pub spans: Vec<PhaseSpan>,
    /// Why there are none.
    pub reason: Option<String>,
}

/// Some weeks in a row that look like one phase.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PhaseSpan {
    /// What they look like.
    pub phase: Phase,
    /// The first day of the first week.
    pub first: NaiveDate,
    /// The first day of the last week.
    pub last: NaiveDate,
    /// The number of weeks.
    pub weeks: usize,
    /// The weeks of them without a run.
    pub weeks_without_runs: usize,
    /// Mean running time a week.
    pub hours_per_week: f64,
    /// Mean time at 0.92 of critical speed and more a week, races left out.
    pub hard_minutes_per_week: f64,
    /// How sure that is: the share of the weeks that look so by themselves, less for few weeks; below 1.
    pub confidence: f64,
    /// What else it might be: what most of its other weeks look like.
    #[serde(default)]
    pub runner_up: Option<Phase>,
}

/// A phase is clear from this confidence on.
const CLEAR: f64 = 0.75;
/// A phase is likely from this confidence on.
const LIKELY: f64 = 0.55;

impl PhaseSpan {
    /// Returns how sure the phase is, in the word shown to people.
    #[must_use]
    pub fn certainty(&self) -> &'static str {
        match self.confidence {
            sure if sure >= CLEAR => "clear",
            sure if sure >= LIKELY => "likely",
            _ => "unsure",
        }
    }
}

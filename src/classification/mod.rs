//! *RunSummary, History → Session*
//!
//! Says what kind of session a run was and why, how hard it was, and what it cost. See [`classify`]
//! for one run and [`judge`] for all runs of an athlete.

mod balance;
mod calibration;
mod classify;
mod cold_start;
mod condition;
mod decide;
mod distribution;
mod easy_blocks;
mod execution;
mod features;
mod fold;
mod intensity_source;
mod load;
mod official;
mod own_zones;
mod patterns;
mod planned_race;
mod rule;
mod rules;
mod rules_easy;
mod rules_efforts;
mod rules_hard;
mod rules_race;
mod rules_sustained;
mod session;
mod split;
mod tags;
mod title;
mod zone_limits;

pub use calibration::Calibration;
pub use classify::classify;
pub use execution::RACED_OF_BEST;
pub use fold::Keep;
pub use fold::Span;
pub use fold::history_of;
pub use fold::judge;
pub use fold::judge_packed;
pub use official::Official;
pub use own_zones::OwnZones;
pub use own_zones::ZoneSums;
pub use session::Distribution;
pub use session::Execution;
pub use session::GaugeZones;
pub use session::Load;
pub use session::LoadBy;
pub use session::RunnerUp;
pub use session::SESSION_SCHEMA;
pub use session::Session;
pub use session::Split;
pub use session::SplitWord;
pub use zone_limits::FIRST_THRESHOLD_OF_CRITICAL_SPEED;
pub use zone_limits::FIRST_THRESHOLD_OF_THRESHOLD_HEART_RATE;

pub use crate::vocabulary::LONG_QUALITY_S;
pub use crate::vocabulary::SessionKind;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod effort_tests;
#[cfg(test)]
mod made_up;
#[cfg(test)]
mod tests;

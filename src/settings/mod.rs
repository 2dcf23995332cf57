//! What the user says about the athlete and about single runs: `hardeasy.toml`, `wellness.csv`,
//! `hardeasy.corrections.toml`. Text in, values out; finding the files is for the pipeline.

mod checks;
mod corrections;
mod day;
mod error;
mod keys;
mod kind;
mod parse;
mod week_start;
mod wellness;
mod zones;

pub use corrections::Correction;
pub use corrections::Corrections;
pub use error::SettingsError;
pub use keys::FieldTest;
pub use keys::Race;
pub use keys::Settings;
pub use keys::Sex;
pub use keys::Thresholds;
pub use week_start::WeekStart;
pub use wellness::Wellness;
pub use wellness::WellnessDay;
pub use zones::ZoneLimit;
pub use zones::ZoneUnit;
pub use zones::Zones;
pub use zones::ZonesOf;

#[cfg(test)]
mod tests;

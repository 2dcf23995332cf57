//! What the user says about the athlete and about single runs: `hardeasy.toml`, `wellness.csv`,
//! `hardeasy.corrections.toml`. Text in, values out; finding the files is for the pipeline.

mod athlete;
mod checks;
mod corrections;
mod day;
mod error;
mod kind;
mod parse;
mod week_start;
mod wellness;
mod zones;

pub use athlete::FieldTest;
pub use athlete::Race;
pub use athlete::Settings;
pub use athlete::Sex;
pub use athlete::Thresholds;
pub use corrections::Correction;
pub use corrections::Corrections;
pub use error::SettingsError;
pub use week_start::WeekStart;
pub use wellness::Wellness;
pub use wellness::WellnessDay;
pub use zones::ZoneLimit;
pub use zones::ZoneUnit;
pub use zones::Zones;
pub use zones::ZonesOf;

#[cfg(test)]
mod tests;

//! The names of files that hold no runs.

/// The name of the settings file.
pub const SETTINGS_FILE: &str = "hardeasy.toml";
/// The name of the corrections file.
pub const CORRECTIONS_FILE: &str = "hardeasy.corrections.toml";
/// The name of the table of what the athlete noted each morning.
pub const WELLNESS_FILE: &str = "wellness.csv";
/// The file that marks a folder as written by `hardeasy report`, so that it is never read as input.
pub const REPORT_MARKER: &str = ".hardeasy-report";

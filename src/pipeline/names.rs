//! The names of files that hold no runs, and what is said of links.

/// The name of the settings file.
pub const SETTINGS_FILE: &str = "hardeasy.toml";
/// The name of the corrections file.
pub const CORRECTIONS_FILE: &str = "hardeasy.corrections.toml";
/// The name of the table of what the athlete noted each morning.
pub const WELLNESS_FILE: &str = "wellness.csv";
/// The file that marks a folder as written by `hardeasy report`, so that it is never read as input.
pub const REPORT_MARKER: &str = ".hardeasy-report";
/// Why a symbolic link inside a folder is left out.
pub(crate) const NOT_FOLLOWED: &str = "a symbolic link; name its target to read it";

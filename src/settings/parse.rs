//! Text to values, checked: the keys are in `keys`, `corrections` and `zones`, their ranges in `checks`, the
//! words of a refusal in `error`.

use crate::settings::Corrections;
use crate::settings::Settings;
use crate::settings::SettingsError;
use crate::settings::checks;

impl Settings {
    /// Reads the text of `hardeasy.toml`.
    ///
    /// Entries of thresholds and of field tests are put in order of their date.
    ///
    /// # Errors
    /// [`SettingsError`] at the first unknown key, wrong type, impossible value, or date given
    /// twice.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let mut settings: Self =
            toml::from_str(text).map_err(|error| SettingsError::of_toml(text, &error))?;
        checks::settings(&settings, text)?;
        settings.thresholds.sort_by_key(|entry| entry.from);
        settings.tests.sort_by_key(|test| test.day);
        Ok(settings)
    }
}

impl Corrections {
    /// Reads the text of `hardeasy.corrections.toml`: a table for each file, named by the start of
    /// its SHA-256, as in
    ///
    /// ```toml
    /// ["3fa94c02d1b7"]
    /// kind = "tempo"
    /// rpe = 7
    /// note = "windy"
    /// exclude = true
    /// sport = "running"
    /// crop = { start_s = 300, end_s = 3300 }
    /// distance_m = 10000
    /// time_s = 2400
    ///
    /// [["3fa94c02d1b7".segments]]
    /// start_s = 905
    /// end_s = 1135
    /// kind = "work"
    /// ```
    ///
    /// # Errors
    /// [`SettingsError`] at the first unknown key, wrong type, impossible value, or entry for a file
    /// that has one already.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let mut corrections: Self =
            toml::from_str(text).map_err(|error| SettingsError::of_toml(text, &error))?;
        checks::corrections(&corrections, text)?;
        corrections.by_hash = corrections
            .by_hash
            .into_iter()
            .map(|(hash, correction)| (hash.to_lowercase(), correction))
            .collect();
        Ok(corrections)
    }
}

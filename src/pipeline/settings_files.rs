//! Finds and reads `hardeasy.toml`, `hardeasy.corrections.toml` and `wellness.csv`.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::path::PathBuf;

use super::Options;
use super::SETTINGS_FILE;
use super::WELLNESS_FILE;
use super::files;
use super::walk::Walk;
use crate::settings::Corrections;
use crate::settings::Settings;
use crate::settings::SettingsError;
use crate::settings::Wellness;

/// Settings or corrections that cannot be read or understood.
#[derive(Debug, thiserror::Error)]
pub enum SettingsProblem {
    /// The file cannot be read.
    #[error("{path}: cannot be read: {error}; check the path")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// The content is wrong.
    #[error("{path}: {error}")]
    Wrong {
        /// The file.
        path: String,
        /// What is wrong, and where.
        error: SettingsError,
    },
}

/// Returns the folder of settings that hold everywhere, given the variables of the environment:
/// `$XDG_CONFIG_HOME/hardeasy`, else `~/.config/hardeasy`.
#[must_use]
pub fn settings_folder(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let from = |name: &str| {
        variable(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let config =
        from("XDG_CONFIG_HOME").or_else(|| from("HOME").map(|home| home.join(".config")))?;
    Some(config.join("hardeasy"))
}

/// What the user says of an athlete.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    pub settings: Settings,
    pub corrections: Corrections,
    /// The entries of the athlete's own folders that were read as a whole, each with its file.
    pub entries: BTreeMap<String, String>,
}

impl Said {
    /// Returns the entries that are for none of some files, given by their SHA-256.
    pub(super) fn unused(&self, files: &BTreeSet<&str>) -> Vec<String> {
        let is_used = |hash: &str| {
            let mut from_it = files.range(hash..);
            from_it
                .next()
                .is_some_and(|sha256| sha256.starts_with(hash))
        };
        self.entries
            .iter()
            .filter(|(hash, _)| !is_used(hash))
            .map(|(hash, path)| format!("{hash} in {path}"))
            .collect()
    }
}

/// Reads what the user says of an athlete: the first settings found in `folders`, the most particular
/// folder first, and all corrections that lie among the runs.
///
/// What an athlete noted each morning is theirs alone: that of an athlete with a name must lie in
/// their own folder.
pub(super) fn read(
    name: &Option<String>,
    walk: &Walk,
    options: &Options,
) -> Result<Said, SettingsProblem> {
    let folders = walk.folders.get(name).map_or(&[][..], Vec::as_slice);
    let chosen = options.settings_file.clone().or_else(|| {
        let fallback = options.settings_folder.iter();
        find(folders.iter().chain(fallback), SETTINGS_FILE)
    });
    let mut settings = match chosen {
        Some(path) => parse(&path, Settings::parse)?,
        None => Settings::default(),
    };
    let of_all = walk.corrections.get(&None).filter(|_| name.is_some());
    let own = walk.corrections.get(name);
    let mut corrections = Corrections::default();
    for (_, path) in of_all.into_iter().flatten() {
        corrections.overlay(&parse(path, Corrections::parse)?);
    }
    let mut entries = BTreeMap::new();
    for (_, path) in own.into_iter().flatten() {
        let further = parse(path, Corrections::parse)?;
        corrections.overlay(&further);
        if walk.is_whole(path) {
            let hashes = further.by_hash.into_keys();
            entries.extend(hashes.map(|hash| (hash, path.display().to_string())));
        }
    }
    let own = if name.is_some() { 1 } else { folders.len() };
    if let Some(path) = find(folders.iter().take(own), WELLNESS_FILE) {
        settings.wellness = parse(&path, Wellness::parse)?;
    }
    Ok(Said {
        settings,
        corrections,
        entries,
    })
}

fn find<'a>(mut folders: impl Iterator<Item = &'a PathBuf>, name: &str) -> Option<PathBuf> {
    folders.find_map(|folder| Some(folder.join(name)).filter(|path| path.is_file()))
}

fn parse<T>(
    path: &Path,
    parse: impl Fn(&str) -> Result<T, SettingsError>,
) -> Result<T, SettingsProblem> {
    let shown = path.display().to_string();
    let bytes =
        files::read(path, files::MOST_TEXT_BYTES).map_err(|error| SettingsProblem::Unreadable {
            path: shown.clone(),
            error,
        })?;
    let parsed = match std::str::from_utf8(&bytes) {
        Ok(text) => parse(text),
        Err(error) => Err(SettingsError::of_encoding(&bytes, error)),
    };
    parsed.map_err(|error| SettingsProblem::Wrong { path: shown, error })
}

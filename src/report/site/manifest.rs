//! The marker of a report: what was written, and from what, so that the next report writes only
//! what has changed and touches only what is its own.

use std::collections::BTreeMap;
use std::path::Component;
use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

use crate::pipeline::REPORT_MARKER;
use crate::pipeline::files;
use crate::report::site::error::PublishError;
use crate::report::site::lock::is_lock;

/// The form of the marker.
const SCHEMA: &str = "hardeasy.report/1";
/// How a plain list of files begins, as earlier versions wrote it.
const SIGN_OF_LIST: char = '#';
/// What someone who opens the marker should know.
const ABOUT: &str = "Written by hardeasy report: this folder is not read as input, and the files below are replaced.";

/// What an earlier report left in a folder.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Manifest {
    /// The form of the marker.
    pub schema: String,
    /// What someone who opens the marker should know.
    pub about: String,
    /// The hash of all that decided; absent while a report is being written, and where it cannot be
    /// known.
    pub fingerprint: Option<String>,
    /// The exit code of that report.
    pub exit: u8,
    /// What it told on standard error: the first word of the line, and the rest.
    pub told: Vec<(String, String)>,
    /// The key of each run by the name of its files.
    pub runs: BTreeMap<String, String>,
    /// The hash of each file by its path; empty for a file that was being written
    /// or could not be removed.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// Reads the marker of a folder; where there is none, no report was written.
    ///
    /// # Errors
    /// When it cannot be understood or has another form: then nobody knows which files of the folder
    /// are a report's.
    pub fn read(folder: &Path) -> Result<Self, PublishError> {
        let place = folder.join(REPORT_MARKER);
        if !place.is_file() {
            return Ok(Self::default());
        }
        let text = std::fs::read_to_string(&place).unwrap_or_default();
        let understood = match text.starts_with(SIGN_OF_LIST) {
            true => Ok(Self::of_list(&text)),
            false => serde_json::from_str(&text),
        };
        let mut manifest: Self = understood.map_err(|error| {
            PublishError::Refused(format!(
                "{}: expected the list of files that a report wrote, found {error}; remove the folder or give another -o",
                place.display()
            ))
        })?;
        if manifest.schema != SCHEMA {
            return Err(PublishError::Refused(format!(
                "{}: expected {SCHEMA}, found {:?}; report with the version of hardeasy that wrote it, remove the folder or give another -o",
                place.display(),
                manifest.schema
            )));
        }
        manifest.files.retain(|path, _| is_inside(path));
        Ok(manifest)
    }

    /// Returns what a plain list of files says, as earlier versions wrote it.
    fn of_list(text: &str) -> Self {
        let paths = text.lines().filter(|line| !line.starts_with(SIGN_OF_LIST));
        Self {
            schema: SCHEMA.to_owned(),
            files: paths.map(|path| (path.to_owned(), String::new())).collect(),
            ..Self::default()
        }
    }

    /// Writes the marker into a folder.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&self, folder: &Path) -> Result<(), PublishError> {
        let manifest = Self {
            schema: SCHEMA.to_owned(),
            about: ABOUT.to_owned(),
            ..self.clone()
        };
        // Numbers and text only, which always serialise.
        let text = serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n";
        files::write_synced(&folder.join(REPORT_MARKER), text.as_bytes())?;
        Ok(())
    }
}

/// Returns whether a path stays inside of the folder that it is relative to, and is neither the
/// marker itself nor the lock: markers can be edited.
fn is_inside(path: &str) -> bool {
    let mut components = Path::new(path).components();
    !path.is_empty()
        && path != REPORT_MARKER
        && !is_lock(path.as_ref())
        && components.all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::super::lock::LOCK_FILE;
    use super::*;

    #[test]
    fn only_paths_inside_of_the_folder_are_believed() {
        let paths = [
            "index.html",
            "runs/a.html",
            "../a",
            "/etc/passwd",
            "a/../../b",
            "",
            REPORT_MARKER,
            LOCK_FILE,
        ];
        let inside: Vec<&str> = paths.into_iter().filter(|path| is_inside(path)).collect();
        assert_eq!(inside, ["index.html", "runs/a.html"]);
    }

    #[test]
    fn a_list_of_an_earlier_version_is_understood() {
        let manifest = Manifest::of_list("# Written by hardeasy report\nindex.html\nruns/a.html\n");
        let paths: Vec<&String> = manifest.files.keys().collect();
        assert_eq!(paths, ["index.html", "runs/a.html"]);
    }
}

//! The account of a batch: every input exactly once.

use serde::Deserialize;
use serde::Serialize;

use crate::ingest::Warning;

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Read.
    Ok,
    /// Read, with something repaired or dropped.
    Warned,
    /// Read in part: data that the file once held are missing.
    Partial,
    /// Not an activity, or already counted under another name.
    Skipped,
    /// Not read.
    Failed,
}

impl Status {
    /// Returns the word shown to people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Warned => "warned",
            Status::Partial => "partial",
            Status::Skipped => "skipped",
            Status::Failed => "failed",
        }
    }
}

/// One input, or one member of an archive, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FileLine {
    /// The path relative to its PATH argument, with `/`.
    pub path: String,
    /// The path inside an archive, or the number of the activity in a file with several.
    pub member: Option<String>,
    /// The athlete, when sub-folders are athletes.
    pub athlete: Option<String>,
    /// What became of it.
    pub status: Status,
    /// Why it was skipped or failed.
    pub reason: Option<String>,
    /// What was repaired or dropped.
    pub warnings: Vec<Warning>,
    /// The number of activities read from it.
    pub activities: usize,
}

impl FileLine {
    /// Returns a line without activities and warnings.
    #[must_use]
    pub fn new(
        path: &str,
        athlete: Option<&str>,
        status: Status,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            path: path.to_owned(),
            member: None,
            athlete: athlete.map(str::to_owned),
            status,
            reason: Some(reason.into()),
            warnings: Vec::new(),
            activities: 0,
        }
    }

    /// Returns the path with the member behind it.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.member {
            Some(member) => format!("{}: {member}", self.path),
            None => self.path.clone(),
        }
    }
}

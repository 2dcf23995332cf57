//! What can be wrong with an export, and how it is told.

use std::fmt;

use serde::Deserialize;
use serde::Serialize;

use crate::ingest::WarningCode;

/// What is said of a sound export without a recording.
pub const NOT_A_RECORDING: &str = "not a recorded activity";

/// What is said of the own format of a platform.
pub const NOT_READ: &str = "which is not read";

/// Where in the input something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An offset in bytes from the start of the decoded file.
    Byte(u64),
    /// A line of a text file, counted from 1.
    Line(u32),
    /// The file as a whole.
    File,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Byte(offset) => write!(f, "byte {offset}"),
            Place::Line(line) => write!(f, "line {line}"),
            Place::File => f.write_str("file"),
        }
    }
}

/// Why no activity could be read from some bytes.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{place}: {kind}")]
pub struct Error {
    /// Where the fault is.
    pub place: Place,
    /// What the fault is.
    pub kind: ErrorKind,
}

impl Error {
    /// Returns an error about the file as a whole.
    #[must_use]
    pub fn file(kind: ErrorKind) -> Self {
        Self {
            place: Place::File,
            kind,
        }
    }

    /// Returns whether the input is sound but simply not an activity, so that leaving it out loses
    /// nothing.
    #[must_use]
    pub fn is_skip(&self) -> bool {
        matches!(self.kind, ErrorKind::NotAnActivity { .. })
    }
}

/// The kinds of fault, each with what was expected, what was found, and the next step.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Nothing to read.
    #[error(
        "expected a FIT, GPX or TCX export, found an empty file; download it first if it lies in a cloud, else export the activity again"
    )]
    Empty,
    /// The content is something else than the name claims.
    #[error("expected {expected}, found {found}; {next}")]
    Unexpected {
        /// What should be here.
        expected: String,
        /// What is here.
        found: String,
        /// What the user can do.
        next: String,
    },
    /// The content is sound but holds no recorded activity: a course, settings, a route.
    #[error("{what}, {NOT_A_RECORDING}")]
    NotAnActivity {
        /// What the file is, as in "course" or "settings".
        what: String,
    },
    /// A limit that protects the computer was reached.
    #[error("expected at most {limit}, found {found}; {next}")]
    Limit {
        /// The limit, with its unit.
        limit: String,
        /// What was found.
        found: String,
        /// What the user can do.
        next: String,
    },
    /// The file would be read with a warning, but strict reading was asked for.
    #[error("{0}; read without --strict to keep what can be read")]
    Strict(String),
}

/// Something that was repaired, dropped or left open while reading; the rest was kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Warning {
    /// A stable identifier, as in `W-fit-truncated`.
    pub code: String,
    /// What happened, with counts, and what it means.
    pub text: String,
    /// Where, as in "byte 31204"; absent when it is about the whole file.
    pub place: Option<String>,
}

impl Warning {
    /// Returns a warning about the file as a whole.
    pub fn new(code: WarningCode, text: impl Into<String>) -> Self {
        Self {
            code: code.as_str().to_owned(),
            text: text.into(),
            place: None,
        }
    }

    /// Returns a warning about one place.
    pub fn at(code: WarningCode, place: Place, text: impl Into<String>) -> Self {
        Self {
            place: Some(place.to_string()),
            ..Self::new(code, text)
        }
    }

    /// Returns whether data that the file once held are missing: the file counts as partial.
    #[must_use]
    pub fn loses_data(&self) -> bool {
        WarningCode::of(&self.code).is_some_and(WarningCode::loses_data)
    }
}

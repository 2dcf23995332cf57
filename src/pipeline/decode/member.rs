//! One member of a file: what belongs to it, and what it yields.

use crate::ingest::Changes;
use crate::ingest::Sport;
use crate::ingest::Warning;
use crate::pipeline::FileLine;
use crate::pipeline::Options;
use crate::pipeline::Status;
use crate::pipeline::walk::FileToRead;
use crate::segmentation::SegmentEdit;
use crate::settings::Correction;
use crate::settings::Corrections;
use crate::summary::RunSummary;

/// What is the same for all members of a file.
pub(super) struct Context<'a> {
    pub(super) file: &'a FileToRead,
    pub(super) options: &'a Options,
    pub(super) time_zone: Option<chrono_tz::Tz>,
    pub(super) corrections: Option<&'a Corrections>,
}

impl Context<'_> {
    fn correction(&self, sha256: &str) -> Option<&Correction> {
        self.corrections.and_then(|all| all.of(sha256))
    }

    /// Returns the segments that the user marked in a file.
    pub(super) fn marked(&self, sha256: &str) -> Vec<SegmentEdit> {
        let correction = self.correction(sha256);
        correction.map_or_else(Vec::new, Correction::segments_of_part)
    }

    /// Returns what the user says of a recording, in its corrections or on the command line.
    pub(super) fn changes(&self, sha256: &str, sport: Sport) -> Changes {
        let correction = self.correction(sha256);
        let said = correction.map_or_else(Changes::default, |one| one.changes(sport));
        Changes {
            sport: self.options.sport.clone().or(said.sport),
            ..said
        }
    }

    pub(super) fn line(&self, status: Status, reason: impl Into<String>) -> FileLine {
        FileLine::new(
            &self.file.shown,
            self.file.athlete.as_deref(),
            status,
            reason,
        )
    }
}

/// What one member of a file yields.
pub(super) struct DecodedMember {
    pub(super) line: FileLine,
    pub(super) runs: Vec<RunSummary>,
    /// Its SHA-256 when it is an export.
    pub(super) export: Option<String>,
}

impl DecodedMember {
    /// Returns that a member yields nothing, and why.
    pub(super) fn none(line: FileLine) -> Self {
        Self {
            line,
            runs: Vec::new(),
            export: None,
        }
    }
}

/// Returns what became of a member, by its warnings.
pub(super) fn status(line: &FileLine) -> Status {
    if line.warnings.iter().any(Warning::loses_data) {
        Status::Partial
    } else if line.warnings.is_empty() {
        Status::Ok
    } else {
        Status::Warned
    }
}

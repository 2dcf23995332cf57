//! One member of a file: what belongs to it, and what it yields.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use crate::ingest::Changes;
use crate::ingest::Error;
use crate::ingest::Sport;
use crate::ingest::Warning;
use crate::ingest::platforms::Platform;
use crate::pipeline::FileLine;
use crate::pipeline::Options;
use crate::pipeline::Status;
use crate::pipeline::clean_names::Masked;
use crate::pipeline::companions::Companions;
use crate::pipeline::companions::EntryId;
use crate::pipeline::companions::Question;
use crate::pipeline::health::Health;
use crate::pipeline::settings_files::Said;
use crate::pipeline::walk::FileToRead;
use crate::segmentation::SegmentEdit;
use crate::settings::Correction;
use crate::settings::Corrections;
use crate::summary::PackedRun;
use crate::summary::RunSummary;

/// What is the same for all members of a file.
pub(in crate::pipeline) struct Context<'a> {
    pub(in crate::pipeline) file: &'a FileToRead,
    pub(super) options: &'a Options,
    pub(super) time_zone: Option<chrono_tz::Tz>,
    pub(super) corrections: Option<&'a Corrections>,
    pub(super) companions: Option<&'a Companions>,
    pub(super) health: &'a Health,
    /// How many runs were found so far, in all files.
    pub(super) found: &'a AtomicUsize,
}

impl<'a> Context<'a> {
    /// Returns what is the same for all members of a file.
    pub(in crate::pipeline) fn new(
        file: &'a FileToRead,
        options: &'a Options,
        said: Option<&'a Said>,
        (companions, health, found): (Option<&'a Companions>, &'a Health, &'a AtomicUsize),
    ) -> Self {
        let in_settings = said.and_then(|said| said.settings.timezone);
        Self {
            file,
            options,
            time_zone: options.time_zone.or(in_settings),
            corrections: said.map(|said| &said.corrections),
            companions,
            health,
            found,
        }
    }
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

    /// Returns the platform of which a member tells, when it tells of other files.
    pub(super) fn companion(&self, member: Option<&str>) -> Option<Platform> {
        self.companions?.platform(&self.file.shown, member)
    }

    /// Returns the path by which a platform knows a recording.
    pub(super) fn path_of<'b>(&'b self, member: Option<&'b str>) -> Cow<'b, str> {
        let own = self.file.path.as_ref().map(|path| path.to_string_lossy());
        match member {
            Some(member) => Cow::Borrowed(member),
            None => own.unwrap_or(Cow::Borrowed(&self.file.shown)),
        }
    }

    /// Returns whether the file belongs to an export of Apple Health.
    pub(in crate::pipeline) fn is_of_health(&self) -> bool {
        let is_route = self.health.workout_of(self.file.path.as_deref(), None);
        is_route.is_some() || self.health.of(self.file).next().is_some()
    }

    /// Returns all that the user and platforms say of the exports in the file, as a text that is another one
    /// where something else is said.
    pub(in crate::pipeline) fn said_of(
        &self,
        exports: &[String],
        questions: &[Question],
    ) -> String {
        let corrections: Vec<_> = exports
            .iter()
            .map(|sha256| self.correction(sha256))
            .collect();
        let told = self.companions.map(|companions| {
            let told = questions.iter().map(|question| {
                companions.told_of(&self.path_of(question.member.as_deref()), question)
            });
            (
                companions.places_in(&self.file.shown),
                told.collect::<Vec<_>>(),
            )
        });
        let told = told.unwrap_or_default();
        format!("{:?} {corrections:?} {told:?}", self.time_zone)
    }

    /// Returns what platforms' exports tell of the activities.
    pub(in crate::pipeline) fn answers(&self, questions: &[Question]) -> BTreeSet<EntryId> {
        let companions = self.companions.into_iter();
        let told = companions.flat_map(|companions| {
            questions.iter().flat_map(|question| {
                companions.answer(&self.path_of(question.member.as_deref()), question)
            })
        });
        told.copied().collect()
    }

    /// Returns a run as it is kept until it is judged.
    pub(super) fn keep(&self, run: RunSummary) -> PackedRun {
        /// So many runs are kept as they are: some 15 MB. Packing takes a tenth of the time of reading.
        const UNPACKED_RUNS: usize = 500;
        match self.found.fetch_add(1, Ordering::Relaxed) < UNPACKED_RUNS {
            true => PackedRun::from(run),
            false => PackedRun::pack(run),
        }
    }

    /// Returns the line of what was read.
    pub(super) fn read_line(&self) -> FileLine {
        let mut line = self.line(Status::Ok, "");
        line.reason = None;
        line
    }

    /// Returns the line of what cannot be read, or need not be.
    pub(super) fn error_line(&self, error: &Error) -> FileLine {
        match error.is_skip() {
            true => self.line(Status::Skipped, error.kind.to_string()),
            false => self.line(Status::Failed, error.to_string()),
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
    pub(super) runs: Vec<PackedRun>,
    /// Its SHA-256 when it is an export.
    pub(super) export: Option<String>,
    /// What a platform's export told of it.
    pub(super) told: Vec<EntryId>,
    /// How that was asked, activity by activity.
    pub(super) questions: Vec<Question>,
    /// Whether nothing else takes part but what the user and platforms say of the activities.
    pub(super) stands_alone: bool,
}

impl DecodedMember {
    /// Masks the name of the member wherever it stands.
    pub(super) fn mask(&mut self, names: &mut Masked) {
        let Some(raw) = self.line.member.take() else {
            return;
        };
        let masked = names.mask(raw.clone());
        for run in &mut self.runs {
            let member = run.head.source.member.as_mut();
            if let Some(member) = member.filter(|member| member.starts_with(&raw)) {
                member.replace_range(..raw.len(), &masked);
            }
        }
        self.line.member = Some(masked);
    }

    /// Returns that a member yields nothing, and why.
    pub(super) fn none(line: FileLine) -> Self {
        Self {
            line,
            runs: Vec::new(),
            export: None,
            told: Vec::new(),
            questions: Vec::new(),
            stands_alone: true,
        }
    }
}

/// Returns what became of a member, by its warnings.
pub(in crate::pipeline) fn status(line: &FileLine) -> Status {
    if line.warnings.iter().any(Warning::loses_data) {
        Status::Partial
    } else if line.warnings.is_empty() {
        Status::Ok
    } else {
        Status::Warned
    }
}

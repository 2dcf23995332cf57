//! What is read, and how.

use std::path::PathBuf;

use super::cache::CacheFolder;
use crate::classification::Keep;
use crate::ingest::Strictness;
use crate::segmentation::LapPolicy;

/// How a batch is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether marked laps may fix boundaries.
    pub laps: LapPolicy,
    /// Whether faults that can be read around are errors.
    pub strictness: Strictness,
    /// The time zone of runs whose file does not say it; beats the settings.
    pub time_zone: Option<chrono_tz::Tz>,
    /// The sport of what is read, one of [`crate::ingest::SPORT_NAMES`]; beats the files.
    pub sport: Option<String>,
    /// Whether each direct sub-folder is an athlete.
    pub athletes: bool,
    /// Whether each run is judged with the whole history, later runs included.
    pub hindsight: bool,
    /// Settings to use in place of those found beside the runs.
    pub settings_file: Option<PathBuf>,
    /// The folder of settings that hold for every athlete, used when none lie beside the runs.
    pub settings_folder: Option<PathBuf>,
    /// How much of each session is kept.
    pub keep: Keep,
    /// Whether e-mail addresses in the names of files and in what the athlete wrote are kept.
    pub full_names: bool,
    /// Whether the notes that an athlete wrote on a platform for nobody else are kept.
    pub private_notes: bool,
    /// The folder into which results are written: it is neither read nor in the account, so that a
    /// batch around it is the same before and after.
    pub output: Option<PathBuf>,
    /// Where what was found in files is kept for later batches; results are the same with and without.
    pub cache: Option<CacheFolder>,
}

/// Something to read.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file or a folder.
    Path(PathBuf),
    /// The content of one file, from standard input.
    Bytes(Vec<u8>),
    /// Standard input that cannot be read, and why: it has its line in the account, and the rest goes on.
    Unreadable(String),
    /// A file that is known by another name than that under which it lies.
    Named(NamedFile),
}

/// A file that is known by another name than that under which it lies, as a job has it that fetched it from
/// elsewhere. Settings and corrections are looked for where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// Where it lies.
    pub file: PathBuf,
    /// The path that documents tell: relative to the folder of all exports, with `/`.
    pub path: String,
    /// Whose it is, when there are several athletes.
    pub athlete: Option<String>,
}

//! *paths → sessions, failures*
//!
//! The only place that reads files and the only one that uses several threads: walks folders, takes
//! each file through all per-file stages in parallel, leaves out duplicates, then folds each
//! athlete's runs by date. See [`read_runs`], [`read_beside`] and [`visit_streams`].
//!
//! Results never depend on the number of threads or on the order in which paths are given.

mod account;
mod beside;
mod decode;
mod duplicates;
pub mod files;
mod fingerprint;
mod settings_files;
mod streams;
mod walk;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

pub use account::FileLine;
pub use account::Status;
pub use beside::Beside;
pub use beside::read_beside;
pub use decode::content_hash;
pub use fingerprint::file_hash;
pub use fingerprint::fingerprint;
pub use settings_files::CORRECTIONS_FILE;
pub use settings_files::SETTINGS_FILE;
pub use settings_files::SettingsProblem;
pub use settings_files::WELLNESS_FILE;
pub use streams::Work;
pub use streams::visit_streams;
pub use streams::visit_streams_where;
pub use walk::REPORT_MARKER;

use crate::classification::Session;
use crate::classification::judge;
use crate::ingest::Strictness;
use crate::segmentation::LapPolicy;
use crate::settings::Corrections;
use crate::settings::Settings;
use crate::summary::RunSummary;
use settings_files::Said;

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
    /// The folder into which results are written: it is neither read nor in the account, so that a
    /// batch around it is the same before and after.
    pub output: Option<PathBuf>,
}

/// Something to read.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file or a folder.
    Path(PathBuf),
    /// The content of one file, from standard input.
    Bytes(Vec<u8>),
}

/// What a batch yields.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// All sessions, athlete by athlete, each athlete's in order of start.
    pub sessions: Vec<Session>,
    /// The athletes by name; one without a name unless sub-folders are athletes.
    pub athletes: Vec<Athlete>,
    /// Every input exactly once, in order of path.
    pub account: Vec<FileLine>,
    /// The entries of corrections files that are for no activity of the batch, each with its file;
    /// those beside files that were given one by one do not count.
    pub unused_corrections: Vec<String>,
    /// Where the export with some content lies, by the SHA-256 of that content.
    locations: BTreeMap<String, Location>,
    /// The content of standard input, kept for [`visit_streams`].
    standard_input: Option<Vec<u8>>,
}

/// Where an export lies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Location {
    /// In a file.
    File(PathBuf),
    /// Nowhere but on standard input.
    StandardInput,
}

/// One athlete.
#[derive(Clone, Debug, Default)]
pub struct Athlete {
    /// The name of the sub-folder.
    pub name: Option<String>,
    /// What the user said of the athlete.
    pub settings: Settings,
    /// What the user said of single runs.
    pub corrections: Corrections,
    /// Which of [`Outcome::sessions`] are this athlete's.
    pub sessions: Range<usize>,
}

impl Outcome {
    /// Returns an athlete's sessions in order of start.
    #[must_use]
    pub fn sessions_of(&self, athlete: &Athlete) -> &[Session] {
        &self.sessions[athlete.sessions.clone()]
    }

    /// Returns whether the export of a session was read, so that it can be read again for its
    /// streams: of a session that comes from a stored document only, there are none.
    #[must_use]
    pub fn has_export(&self, session: &Session) -> bool {
        self.locations.contains_key(&session.head.source.sha256)
    }

    /// Returns the number of inputs with a status.
    #[must_use]
    pub fn count(&self, status: Status) -> usize {
        self.account
            .iter()
            .filter(|line| line.status == status)
            .count()
    }
}

/// Reads everything that some inputs hold and judges it.
///
/// `progress` is called once per file with the number of files done and of files in all, from any
/// thread.
///
/// # Errors
/// [`SettingsProblem`] when settings or corrections cannot be understood. A file that cannot be
/// read is no error here: it is in [`Outcome::account`].
pub fn read_runs(
    inputs: Vec<Input>,
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Outcome, SettingsProblem> {
    Ok(gather(inputs, options, progress)?.judged(options))
}

/// What some inputs hold, before it is judged.
#[derive(Default)]
struct Gathered {
    /// The runs of each athlete.
    runs: BTreeMap<Option<String>, Vec<RunSummary>>,
    /// What the user said of each.
    said: BTreeMap<Option<String>, Said>,
    account: Vec<FileLine>,
    locations: BTreeMap<String, Location>,
    standard_input: Option<Vec<u8>>,
}

/// Takes some inputs through all per-file stages.
fn gather(
    inputs: Vec<Input>,
    options: &Options,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Gathered, SettingsProblem> {
    let walk = walk::walk(inputs, options);
    let mut gathered = Gathered::default();
    for athlete in walk.folders.keys() {
        let read = settings_files::read(athlete, &walk, options)?;
        gathered.said.insert(athlete.clone(), read);
    }
    let decoded = decode::decode_all(&walk.files, options, &gathered.said, progress);
    gathered.account = walk.account;
    gathered.standard_input = walk.standard_input;
    for file in decoded {
        gathered.account.extend(file.lines);
        for sha256 in file.exports {
            let location = gathered.locations.entry(sha256);
            location.or_insert_with(|| file.location.clone());
        }
        for run in file.found {
            let of_athlete = gathered.runs.entry(run.head.athlete.clone());
            of_athlete.or_default().push(run);
        }
    }
    Ok(gathered)
}

impl Gathered {
    /// Returns what the user said of an athlete.
    fn said_of(&self, name: &Option<String>) -> Said {
        let said = self.said.get(name).or_else(|| self.said.get(&None));
        said.cloned().unwrap_or_default()
    }

    /// Leaves out duplicates and judges each athlete's runs.
    fn judged(mut self, options: &Options) -> Outcome {
        let unused_corrections = unused(&self.said, &self.runs);
        let (mut sessions, mut athletes) = (Vec::new(), Vec::new());
        for (name, runs) in std::mem::take(&mut self.runs) {
            let said = self.said_of(&name);
            let unique = duplicates::leave_out(runs, &mut self.account);
            let first = sessions.len();
            sessions.extend(judge(
                unique,
                &said.settings,
                &said.corrections,
                options.hindsight,
            ));
            athletes.push(Athlete {
                name,
                settings: said.settings,
                corrections: said.corrections,
                sessions: first..sessions.len(),
            });
        }
        let name = |line: &FileLine| (line.path.clone(), line.member.clone());
        self.account.sort_by_key(name);
        Outcome {
            sessions,
            athletes,
            account: self.account,
            unused_corrections,
            locations: self.locations,
            standard_input: self.standard_input,
        }
    }
}

/// Returns the corrections that are for no activity: those in an athlete's own folder look at the
/// athlete's runs, others at all.
fn unused(
    said: &BTreeMap<Option<String>, Said>,
    runs: &BTreeMap<Option<String>, Vec<RunSummary>>,
) -> Vec<String> {
    said.iter()
        .flat_map(|(name, said)| {
            let own = runs
                .iter()
                .filter(move |(other, _)| name.is_none() || *other == name);
            let files = own.flat_map(|(_, runs)| runs);
            said.unused(files.map(|run| run.head.source.sha256.as_str()))
        })
        .collect()
}

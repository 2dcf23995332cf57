//! What is shown: the files that the last report wrote, and which run each page is of.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::PoisonError;
use std::sync::RwLock;
use std::sync::RwLockReadGuard;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

use serde::Serialize;

use crate::classification::Session;
use crate::cli::exit::Exit;
use crate::pipeline::Athlete;
use crate::pipeline::Outcome;
use crate::report::site::Manifest;
use crate::report::site::Site;
use crate::units::Seconds;
use crate::vocabulary::SegmentKind;
use crate::vocabulary::SessionKind;

/// The run of a page, as far as it can be corrected.
#[derive(Debug)]
pub(super) struct Run {
    /// The file that holds its export.
    pub(super) file: PathBuf,
    /// The SHA-256 of the export.
    pub(super) sha256: String,
    /// What it was found to be.
    pub(super) kind: SessionKind,
    /// Its segments.
    pub(super) stretches: Vec<Stretch>,
}

/// A segment of a run, in the time of its whole recording.
#[derive(Debug)]
pub(super) struct Stretch {
    /// Its name, as in "rep 3".
    pub(super) name: String,
    /// What it was found to be.
    pub(super) kind: SegmentKind,
    /// Where it begins, as in "15:05".
    pub(super) start: String,
    /// Where it ends.
    pub(super) end: String,
}

/// The runs that can be corrected, by the paths of their pages.
pub(super) type Runs = BTreeMap<String, Arc<Run>>;

/// Returns the runs of a site that have an export in a file.
pub(super) fn runs(site: &Site<'_>, outcome: &Outcome) -> Runs {
    let mut runs = Runs::new();
    for athlete in &outcome.athletes {
        for index in athlete.sessions.clone() {
            let session = &outcome.sessions[index];
            if let Some(file) = outcome.export_file(session) {
                let run = Run {
                    file: file.to_owned(),
                    sha256: session.head.source.sha256.clone(),
                    kind: session.kind,
                    stretches: stretches(athlete, session),
                };
                runs.insert(site.run_page_path(index), Arc::new(run));
            }
        }
    }
    runs
}

/// Returns the segments of a session. Of a recording that is cropped, the session begins later than the
/// recording does.
fn stretches(athlete: &Athlete, session: &Session) -> Vec<Stretch> {
    let said = athlete.corrections.of(&session.head.source.sha256);
    let crop = said.and_then(|said| said.crop);
    let zero_s = crop.map_or(0.0, |crop| crop.start_s);
    let segments = session.segments.iter();
    segments
        .map(|segment| {
            let name = match (&segment.name, segment.rep) {
                (Some(name), _) => name.clone(),
                (None, Some(rep)) => format!("rep {rep}"),
                (None, None) => segment.kind.word().to_owned(),
            };
            Stretch {
                name,
                kind: segment.kind,
                start: Seconds(zero_s + segment.start_s).show(),
                end: Seconds(zero_s + segment.end_s).show(),
            }
        })
        .collect()
}

/// What is shown at the moment.
pub(super) struct Shown {
    folder: PathBuf,
    /// How many corrections were written.
    corrections: AtomicU64,
    last: RwLock<Last>,
}

/// What the last report left.
#[derive(Default)]
struct Last {
    /// How many of the corrections it knew of.
    corrections: u64,
    /// Why there is none, or none as new as the files; the earlier one is shown then.
    problem: Option<String>,
    /// The hash of each file by its path.
    files: BTreeMap<String, String>,
    runs: Runs,
}

/// Whether a page is still what the last report made.
#[derive(Serialize)]
pub(super) struct State {
    /// How many corrections the last report knew of.
    corrections: u64,
    /// Why there was none.
    problem: Option<String>,
    /// The hash of the page; absent where there is no such page.
    page: Option<String>,
}

impl Shown {
    /// Shows what reports will leave in a folder.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            corrections: AtomicU64::new(0),
            last: RwLock::default(),
        }
    }

    fn last(&self) -> RwLockReadGuard<'_, Last> {
        self.last.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns how many corrections were written.
    pub(super) fn corrections(&self) -> u64 {
        self.corrections.load(Ordering::SeqCst)
    }

    /// Counts a correction and returns its number, from 1.
    pub(super) fn count_correction(&self) -> u64 {
        self.corrections.fetch_add(1, Ordering::SeqCst) + 1
    }

    /// Takes what a report left that knew of so many corrections.
    pub(super) fn take(&self, made: &anyhow::Result<Exit>, runs: Runs, corrections: u64) {
        let left = match made {
            Ok(Exit::Nothing) => Err("No activity was found.".to_owned()),
            Ok(_) => Manifest::read(&self.folder).map_err(|error| error.to_string()),
            Err(error) => Err(format!("{error:#}")),
        };
        let mut last = self.last.write().unwrap_or_else(PoisonError::into_inner);
        last.corrections = corrections;
        match left {
            Ok(manifest) => {
                last.problem = None;
                last.files = manifest.files;
                last.runs = runs;
            }
            Err(problem) => last.problem = Some(problem),
        }
    }

    /// Returns whether there was a report.
    pub(super) fn is_made(&self) -> bool {
        !self.last().files.is_empty()
    }

    /// Returns why the last report could not be made.
    pub(super) fn problem(&self) -> Option<String> {
        self.last().problem.clone()
    }

    /// Returns whether a page is still what the last report made.
    pub(super) fn state(&self, path: &str) -> State {
        let last = self.last();
        State {
            corrections: last.corrections,
            problem: last.problem.clone(),
            page: last.files.get(path).cloned(),
        }
    }

    /// Returns the run of a page, if it can be corrected.
    pub(super) fn run(&self, path: &str) -> Option<Arc<Run>> {
        self.last().runs.get(path).cloned()
    }

    /// Returns the content of a file that a report wrote, and of no other: where a link has taken its place
    /// or that of a folder, nothing is read.
    pub(super) fn read(&self, path: &str) -> Option<Vec<u8>> {
        if !self.last().files.contains_key(path) {
            return None;
        }
        let mut place = self.folder.canonicalize().ok()?;
        // One by one: where paths are verbatim, "/" is a letter of a name.
        place.extend(path.split('/'));
        let is_itself = place.canonicalize().is_ok_and(|end| end == place);
        if !is_itself {
            return None;
        }
        std::fs::read(place).ok()
    }
}

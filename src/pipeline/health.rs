//! Exports of Apple Health: found and read before anything is decoded, as they tell which files are the
//! routes of workouts. Each is read once, as a stream, and kept for the charts.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::BufReader;
use std::io::Read;
use std::io::Seek;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Component;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::companions::may_be_archive;
use super::content_hash;
use super::files;
use super::walk::FileToRead;
use super::walk::Walk;
use crate::ingest;
use crate::ingest::Activity;
use crate::ingest::CLINICAL_DOCUMENT;
use crate::ingest::Content;
use crate::ingest::ErrorKind;
use crate::ingest::Format;
use crate::ingest::apple::Export;
use crate::ingest::apple::Workout;
use crate::ingest::archive;
use crate::ingest::archive::Named;
use crate::units::plural;

/// So much of a document tells what it is.
///
/// # Units
/// Bytes. The document type before the root has 10 kB.
const START_BYTES: u64 = 64 << 10;
/// A file is read in blocks of this size.
///
/// # Units
/// Bytes.
const BLOCK_BYTES: usize = 128 << 10;

/// All exports of Apple Health among some files.
#[derive(Debug, Default)]
pub(super) struct Health {
    exports: Vec<HealthExport>,
    /// The routes of workouts by the file and the entry in which they lie, each with its workout.
    routes: BTreeMap<(PathBuf, Option<String>), String>,
    /// The workouts by their hash.
    workouts: BTreeMap<String, (usize, usize)>,
}

/// One export.
pub(super) struct HealthExport {
    /// Whose it is, when sub-folders are athletes: two may have begun at the same second.
    athlete: Option<String>,
    /// The file that holds it.
    path: PathBuf,
    /// The entry, when that is an archive.
    pub(super) member: Option<String>,
    /// What it holds, or why it cannot be read.
    pub(super) export: Result<Export, ingest::Error>,
    beside: Beside,
}

/// What lies beside an export: its routes.
enum Beside {
    /// In the folder of the export.
    Folder(PathBuf),
    /// In the archive, below this folder of it.
    Archive(String, Box<Mutex<Named>>),
}

/// Finds and reads all exports.
pub(super) fn find(walk: &Walk) -> Health {
    let read = |file: &FileToRead| {
        // What makes the reader panic is met again, and told, when the file is decoded.
        catch_unwind(AssertUnwindSafe(|| in_file(file))).unwrap_or_default()
    };
    let found: Vec<Vec<HealthExport>> = walk.files.par_iter().map(read).collect();
    let mut health = Health::default();
    for export in found.into_iter().flatten() {
        health.add(export);
    }
    health
}

fn in_file(file: &FileToRead) -> Vec<HealthExport> {
    let Some(path) = &file.path else {
        return Vec::new();
    };
    let mut exports = if is_xml(&file.shown) {
        plain(path).into_iter().collect()
    } else if may_be_archive(&file.shown) {
        packed(path).unwrap_or_default()
    } else {
        Vec::new()
    };
    for export in &mut exports {
        export.athlete.clone_from(&file.athlete);
    }
    exports
}

/// Its name is in the language of the phone.
fn is_xml(name: &str) -> bool {
    let extension = Path::new(name).extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("xml"))
}

/// Tells by its beginning what may be as large as an export; nothing of what is read whole.
fn told(mut start: impl Read) -> Option<Large> {
    let mut bytes = Vec::new();
    start
        .by_ref()
        .take(START_BYTES)
        .read_to_end(&mut bytes)
        .ok()?;
    match ingest::detect(&bytes) {
        Content::Export(Format::AppleHealth) => Some(Large::Export),
        Content::Other(CLINICAL_DOCUMENT) => Some(Large::Clinical),
        _ => None,
    }
}

/// What may be larger than any file that is read whole.
enum Large {
    Export,
    Clinical,
}

impl Large {
    /// Reads it to its end, unless it is known to hold no workout.
    fn read(&self, input: impl Read) -> Result<Export, ingest::Error> {
        match self {
            Self::Export => Export::read(BufReader::with_capacity(BLOCK_BYTES, input)),
            Self::Clinical => Err(ingest::Error::file(ErrorKind::NotAnActivity {
                what: CLINICAL_DOCUMENT.to_owned(),
            })),
        }
    }
}

fn plain(path: &Path) -> Option<HealthExport> {
    let mut file = File::open(path).ok()?;
    let large = told(&mut file)?;
    file.rewind().ok()?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    Some(HealthExport {
        athlete: None,
        path: path.to_path_buf(),
        member: None,
        export: large.read(file),
        beside: Beside::Folder(folder),
    })
}

fn packed(path: &Path) -> Option<Vec<HealthExport>> {
    let open = || archive::open_named(BufReader::new(File::open(path).ok()?)).ok()?;
    let mut archive = open()?;
    let names: Vec<String> = archive
        .names()
        .filter(|name| is_xml(name))
        .map(str::to_owned)
        .collect();
    let mut exports = Vec::new();
    for name in names {
        let Some(large) = archive.stream(&name, |start| told(start)).flatten() else {
            continue;
        };
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        exports.push(HealthExport {
            athlete: None,
            path: path.to_path_buf(),
            export: archive.stream(&name, |input| large.read(input))?,
            beside: Beside::Archive(folder.to_owned(), Box::new(Mutex::new(open()?))),
            member: Some(name),
        });
    }
    Some(exports)
}

impl Health {
    fn add(&mut self, export: HealthExport) {
        let number = self.exports.len();
        let workouts = export.export.iter().flat_map(Export::workouts);
        for (index, workout) in workouts.enumerate() {
            let name = export.name(index);
            self.workouts
                .entry(export.sha256(index))
                .or_insert((number, index));
            for route in workout.routes() {
                if let Some(place) = export.place(route) {
                    self.routes.entry(place).or_insert_with(|| name.clone());
                }
            }
        }
        self.exports.push(export);
    }

    /// Returns what was recognised, a line for each export with workouts.
    pub(super) fn words(&self) -> Vec<String> {
        let exports = self
            .exports
            .iter()
            .filter_map(|export| export.export.as_ref().ok());
        exports.map(words).collect()
    }

    /// Returns the exports in a file.
    pub(super) fn of<'a>(&'a self, file: &'a FileToRead) -> impl Iterator<Item = &'a HealthExport> {
        let exports = self.exports.iter();
        exports.filter(|export| file.path.as_ref() == Some(&export.path))
    }

    /// Returns the workout of which a file, or an entry of an archive, is the route.
    pub(super) fn workout_of(&self, path: Option<&Path>, member: Option<&str>) -> Option<&str> {
        if self.routes.is_empty() {
            return None;
        }
        let place = (path?.to_path_buf(), member.map(str::to_owned));
        self.routes.get(&place).map(String::as_str)
    }

    /// Returns the activity of a workout, by its hash.
    pub(super) fn activity(&self, sha256: &str) -> Option<Activity> {
        let (number, index) = *self.workouts.get(sha256)?;
        self.exports.get(number)?.activity(index)
    }

    /// Returns whether a workout has a hash.
    pub(super) fn has(&self, sha256: &str) -> bool {
        self.workouts.contains_key(sha256)
    }
}

impl HealthExport {
    /// Returns how many workouts it holds.
    pub(super) fn len(&self) -> usize {
        self.export
            .as_ref()
            .map_or(0, |export| export.workouts().len())
    }

    /// Joins a workout with its records and its route.
    pub(super) fn activity(&self, index: usize) -> Option<Activity> {
        let file = |route: &str| self.route(route);
        self.export.as_ref().ok()?.activity(index, &file)
    }

    /// Returns the hash by which corrections find a workout: the same in every export of it.
    pub(super) fn sha256(&self, index: usize) -> String {
        let workout = self
            .export
            .as_ref()
            .ok()
            .and_then(|export| export.workouts().get(index));
        let identity = workout.map(|workout| workout.identity());
        let whose = self.athlete.as_deref().unwrap_or_default();
        let identity = format!("{whose}{}", identity.unwrap_or_default());
        content_hash(identity.as_bytes())
    }

    /// Returns how a workout is called within its file: by when it began, "2026-05-01 07:12:33".
    pub(super) fn name(&self, index: usize) -> String {
        let workout = self
            .export
            .as_ref()
            .ok()
            .and_then(|export| export.workouts().get(index));
        let start = workout.and_then(|workout| workout.local_start());
        let start = start.map_or_else(
            || format!("workout {}", index + 1),
            |start| start.to_string(),
        );
        match &self.member {
            Some(member) => format!("{member}, {start}"),
            None => start,
        }
    }

    /// Returns where a route lies: the file, and the entry when that is an archive. A name that leads out of
    /// the folder of the export is none.
    fn place(&self, route: &str) -> Option<(PathBuf, Option<String>)> {
        let inner = Path::new(route.trim_start_matches('/'));
        let is_within = inner
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !is_within || route.contains('\\') {
            return None;
        }
        match &self.beside {
            Beside::Folder(folder) => Some((folder.join(inner), None)),
            Beside::Archive(folder, _) => {
                let inner = inner.to_str()?;
                let name = match folder.as_str() {
                    "" => inner.to_owned(),
                    folder => format!("{folder}/{inner}"),
                };
                Some((self.path.clone(), Some(name)))
            }
        }
    }

    fn route(&self, route: &str) -> Option<Vec<u8>> {
        match (&self.beside, self.place(route)?) {
            (Beside::Archive(_, archive), (_, Some(name))) => archive.lock().ok()?.read(&name),
            (_, (path, _)) => of_file(&path),
        }
    }
}

fn words(export: &Export) -> String {
    let workouts = export.workouts();
    let until = workouts.iter().filter_map(Workout::local_start).max();
    let until = until.map_or_else(String::new, |at| format!(" up to {}", at.date()));
    let runs: Vec<&Workout> = workouts.iter().filter(|workout| workout.is_run()).collect();
    let with_routes = runs.iter().filter(|run| !run.routes().is_empty()).count();
    format!(
        "Apple Health export{until}: {}, {}, {with_routes} with a route",
        plural(workouts.len(), "workout"),
        plural(runs.len(), "run")
    )
}

/// Returns the content of a regular file that is no larger than one activity can be.
fn of_file(path: &Path) -> Option<Vec<u8>> {
    let metadata = std::fs::symlink_metadata(path).ok()?;
    let largest = u64::try_from(archive::MAX_FILE_BYTES).unwrap_or(u64::MAX);
    if !metadata.is_file() {
        return None;
    }
    files::read(path, largest).ok()
}

impl fmt::Debug for HealthExport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = (&self.path, &self.member, self.len());
        f.debug_tuple("HealthExport").field(&place).finish()
    }
}

//! Finds the files to read.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use walkdir::DirEntry;
use walkdir::WalkDir;

use super::CORRECTIONS_FILE;
use super::FileLine;
use super::Input;
use super::NOT_FOLLOWED;
use super::Options;
use super::REPORT_MARKER;
use super::SETTINGS_FILE;
use super::Status;
use super::WELLNESS_FILE;
use super::clean_names::Masked;
use super::files::is_of_program;
use super::unreadable::unreadable;
use crate::ingest::platforms;

/// The table beside the folder of recordings in a Strava export.
const TABLE_FILE: &str = "activities.csv";
/// That folder.
const RECORDINGS_FOLDER: &str = "activities";
/// The folder around a Garmin export.
const GARMIN_FOLDER: &str = "DI_CONNECT";
/// The folders in it with documents that tell of recordings and mornings.
const GARMIN_FOLDERS: [&str; 3] = [
    "DI-Connect-Fitness",
    "DI-Connect-Aggregator",
    "DI-Connect-Wellness",
];
/// Recordings lie at most so many folders deep in it, itself counted.
const GARMIN_DEPTH: usize = 4;

/// One file to read.
#[derive(Debug)]
pub(super) struct FileToRead {
    /// Where it is; absent for standard input.
    pub path: Option<PathBuf>,
    /// The path relative to its argument, with `/`.
    pub shown: String,
    /// The athlete, when sub-folders are athletes.
    pub athlete: Option<String>,
    /// The content of standard input.
    pub bytes: Option<Vec<u8>>,
}

/// What the walk found.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// The files in order of athlete and path.
    pub files: Vec<FileToRead>,
    /// What is not read, and why.
    pub account: Vec<FileLine>,
    /// The folders in which settings of an athlete may lie, the most particular first.
    pub folders: BTreeMap<Option<String>, Vec<PathBuf>>,
    /// The corrections files of each athlete with how deep they lie, the outermost first.
    pub corrections: BTreeMap<Option<String>, BTreeSet<(usize, PathBuf)>>,
    /// The folders that were read with all below them.
    pub roots: BTreeSet<PathBuf>,
    /// Tables that tell of files which were given one by one.
    pub tables: BTreeSet<PathBuf>,
    /// The content of standard input.
    pub standard_input: Option<Vec<u8>>,
    /// The folder into which results are written.
    output: Option<PathBuf>,
    /// The folders in which tables were looked for.
    looked_beside: BTreeSet<PathBuf>,
    files_masked: Masked,
    /// The names of athletes by those of their folders.
    athletes: BTreeMap<String, String>,
    athletes_masked: Masked,
}

/// Walks the inputs: folders in sorted order, regular files only, symbolic links inside folders not
/// followed.
pub(super) fn walk(inputs: Vec<Input>, options: &Options) -> Walk {
    let output = options.output.as_ref();
    let mut walk = Walk {
        output: output.and_then(|folder| folder.canonicalize().ok()),
        files_masked: Masked::new(options.full_names),
        athletes_masked: Masked::new(options.full_names),
        ..Walk::default()
    };
    walk.folders.insert(None, Vec::new());
    for input in inputs {
        match input {
            Input::Path(path) if path.is_dir() => walk.folder(&path, options.athletes),
            Input::Path(path) => {
                let name = path.file_name().unwrap_or(path.as_os_str());
                let shown = name.to_string_lossy().into_owned();
                walk.file(&path, shown, None);
            }
            Input::Named(named) => {
                let athlete = named.athlete.map(|name| walk.athlete(&name));
                walk.file(&named.file, named.path, athlete);
            }
            Input::Unreadable(reason) => walk.leave("-", None, Status::Failed, &reason),
            Input::Bytes(bytes) => {
                walk.standard_input = Some(bytes.clone());
                walk.push(None, "-".to_owned(), None, Some(bytes));
            }
        }
    }
    walk.files
        .sort_by(|a, b| (&a.athlete, &a.shown, &a.path).cmp(&(&b.athlete, &b.shown, &b.path)));
    walk
}

impl Walk {
    fn push(
        &mut self,
        path: Option<PathBuf>,
        shown: String,
        athlete: Option<String>,
        bytes: Option<Vec<u8>>,
    ) {
        let shown = self.files_masked.mask(shown);
        self.files.push(FileToRead {
            path,
            shown,
            athlete,
            bytes,
        });
    }

    fn file(&mut self, path: &Path, shown: String, athlete: Option<String>) {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => {
                let beside = path.parent().map(Path::to_path_buf).unwrap_or_default();
                self.remember_corrections(athlete.clone(), beside.join(CORRECTIONS_FILE));
                // Of thousands of files that are given one by one many lie in one folder.
                if self.looked_beside.insert(beside.clone()) {
                    self.remember_table(&beside);
                    self.remember_documents(&beside);
                }
                let folders = self.folders.entry(athlete.clone()).or_default();
                if folders.last() != Some(&beside) {
                    folders.push(beside);
                }
                self.push(Some(path.to_path_buf()), shown, athlete, None);
            }
            Ok(_) => {
                let reason = "not a regular file";
                self.leave(&shown, athlete.as_deref(), Status::Skipped, reason);
            }
            Err(error) => {
                let path = path.display();
                let reason =
                    format!("expected a file or folder at {path}: {error}; check the path");
                self.leave(&shown, athlete.as_deref(), Status::Failed, &reason);
            }
        }
    }

    /// Says what is not read, and why.
    fn leave(&mut self, shown: &str, athlete: Option<&str>, status: Status, reason: &str) {
        let shown = self.files_masked.mask(shown.to_owned());
        let reason = self.files_masked.mask_text(reason);
        self.account
            .push(FileLine::new(&shown, athlete, status, reason));
    }

    /// Returns whether everything beside and below a file was read.
    pub(super) fn is_whole(&self, path: &Path) -> bool {
        self.roots.iter().any(|root| path.starts_with(root))
    }

    fn folder(&mut self, root: &Path, athletes: bool) {
        self.roots.insert(root.to_path_buf());
        self.remember_table(root);
        self.folders
            .entry(None)
            .or_default()
            .push(root.to_path_buf());
        // Links in folders are not followed: by its path below the root every folder is known.
        let real_root = self.output.as_ref().and_then(|_| root.canonicalize().ok());
        let output = self.output.as_ref().zip(real_root);
        let output = output.and_then(|(output, root)| output.strip_prefix(root).ok());
        let output = output.map(|below| root.join(below));
        let is_output = |entry: &DirEntry| {
            let is_same = |output: &PathBuf| entry.path() == output;
            entry.file_type().is_dir() && output.as_ref().is_some_and(is_same)
        };
        let mut entries = WalkDir::new(root).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if is_output(&entry) => entries.skip_current_dir(),
                Ok(entry) if is_report(&entry) => {
                    entries.skip_current_dir();
                    let shown = relative(root, entry.path());
                    self.leave(&shown, None, Status::Skipped, "a report of hardeasy");
                }
                Ok(entry) if entry.file_type().is_dir() => self.enter(root, &entry, athletes),
                Ok(entry) => self.entry(root, &entry, athletes),
                Err(error) => {
                    let shown = error
                        .path()
                        .map_or_else(|| "?".to_owned(), |path| relative(root, path));
                    self.leave(&shown, None, Status::Failed, &not_listed(&error));
                }
            }
        }
    }

    /// Remembers where an athlete's settings may lie.
    fn enter(&mut self, root: &Path, entry: &DirEntry, athletes: bool) {
        if athletes && entry.depth() == 1 {
            let folders = vec![entry.path().to_path_buf(), root.to_path_buf()];
            let name = self.athlete(&entry.file_name().to_string_lossy());
            self.folders.insert(Some(name), folders);
        }
    }

    /// Remembers the table that tells of a file in the folder of recordings of a Strava export.
    fn remember_table(&mut self, folder: &Path) {
        let table = folder.parent().map(|parent| parent.join(TABLE_FILE));
        let is_of_export = folder
            .file_name()
            .is_some_and(|name| name == RECORDINGS_FOLDER);
        self.tables
            .extend(table.filter(|table| is_of_export && table.is_file()));
    }

    /// Remembers the documents that tell of a file in the folder of recordings of a Garmin export.
    fn remember_documents(&mut self, folder: &Path) {
        let mut above = folder.ancestors().take(GARMIN_DEPTH);
        let root =
            above.find(|folder| folder.file_name().is_some_and(|name| name == GARMIN_FOLDER));
        let folders = root
            .into_iter()
            .flat_map(|root| GARMIN_FOLDERS.map(|name| root.join(name)));
        let entries = folders.filter_map(|folder| std::fs::read_dir(folder).ok());
        let paths = entries.flatten().flatten().map(|entry| entry.path());
        self.tables.extend(paths.filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            platforms::is_named_like_companion(&name) && path.is_file()
        }));
    }

    /// Returns the name of the athlete whose folder bears some name.
    fn athlete(&mut self, folder: &str) -> String {
        if let Some(known) = self.athletes.get(folder) {
            return known.clone();
        }
        let name = self.athletes_masked.mask(folder.to_owned());
        self.athletes.insert(folder.to_owned(), name.clone());
        name
    }

    fn remember_corrections(&mut self, athlete: Option<String>, path: PathBuf) {
        if path.is_file() {
            let depth = path.components().count();
            let of_athlete = self.corrections.entry(athlete).or_default();
            of_athlete.insert((depth, path));
        }
    }

    fn entry(&mut self, root: &Path, entry: &DirEntry, athletes: bool) {
        let shown = relative(root, entry.path());
        let athlete = (athletes && entry.depth() > 1)
            .then(|| self.athlete(shown.split('/').next().unwrap_or_default()));
        if entry.file_name() == CORRECTIONS_FILE {
            self.remember_corrections(athlete.clone(), entry.path().to_path_buf());
        }
        let reason = if is_of_program(entry.file_name()) {
            // Another command is writing, or was when it was killed.
            "a file that hardeasy was writing"
        } else if [SETTINGS_FILE, CORRECTIONS_FILE, WELLNESS_FILE]
            .iter()
            .any(|name| entry.file_name() == *name)
        {
            "settings of hardeasy"
        } else if entry.path_is_symlink() {
            NOT_FOLLOWED
        } else if !entry.file_type().is_file() {
            "not a regular file"
        } else {
            return self.push(Some(entry.path().to_path_buf()), shown, athlete, None);
        };
        self.leave(&shown, athlete.as_deref(), Status::Skipped, reason);
    }
}

/// Returns why a folder cannot be listed, and what to do.
fn not_listed(error: &walkdir::Error) -> String {
    match error.io_error() {
        Some(error) => unreadable(error),
        None => format!("cannot be read: {error}; check where its links lead"),
    }
}

fn is_report(entry: &DirEntry) -> bool {
    entry.file_type().is_dir() && entry.path().join(REPORT_MARKER).is_file()
}

/// Returns a path below a root with `/` between its parts.
fn relative(root: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap_or(path).components();
    parts
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}

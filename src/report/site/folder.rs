//! The folder of a report: what lies there, what is written, what is removed.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs::DirEntry;
use std::io::ErrorKind;
use std::path::Path;
use std::path::PathBuf;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use crate::pipeline;
use crate::pipeline::FileHashes;
use crate::pipeline::REPORT_MARKER;
use crate::pipeline::files;
use crate::report::site::error::PublishError;
use crate::report::site::lock::is_lock;
use crate::report::site::manifest::Manifest;
use crate::report::site::page::Page;

/// Refuses to write where it would bury the user's own files: a folder that is or holds an input,
/// since a report is never read as input, and a folder with files that no report wrote.
pub(super) fn refuse_foreign(folder: &Path, inputs: &[PathBuf]) -> Result<(), PublishError> {
    if folder.exists() && !folder.is_dir() {
        return Err(PublishError::Refused(format!(
            "{}: expected a folder to write into, found a file; give another -o",
            folder.display()
        )));
    }
    let Ok(output) = folder.canonicalize() else {
        return Ok(());
    };
    let mut inside = inputs.iter().filter_map(|input| input.canonicalize().ok());
    if inside.any(|input| input.starts_with(&output)) {
        return Err(PublishError::Refused(format!(
            "{}: expected a folder of its own for the report, found one that is or holds the input; give another -o",
            folder.display()
        )));
    }
    let is_ours = output.join(REPORT_MARKER).is_file();
    let is_foreign = |entry: std::io::Result<DirEntry>| {
        let name = entry.map(|entry| entry.file_name());
        name.is_ok_and(|name| !files::is_unfinished(&name) && !is_lock(&name))
    };
    let is_free = std::fs::read_dir(&output).is_ok_and(|mut entries| !entries.any(is_foreign));
    if !is_ours && !is_free {
        return Err(PublishError::Refused(format!(
            "{}: expected an empty folder or an earlier report, found other files; give another -o",
            folder.display()
        )));
    }
    Ok(())
}

/// A folder in which a report is written.
pub(super) struct Folder<'a> {
    root: &'a Path,
    /// The files of the earlier report that are still there, with the hash of what lies there now.
    present: BTreeMap<String, String>,
}

impl<'a> Folder<'a> {
    /// Looks at what an earlier report left.
    pub(super) fn new(root: &'a Path, old: &Manifest, hashes: &FileHashes<'_>) -> Self {
        let paths: Vec<&String> = old.files.keys().collect();
        let present = paths
            .par_iter()
            .map(|path| (root.join(path), *path))
            .filter(|(place, path)| place.is_file() && detour(root, path).is_none())
            .map(|(_, path)| (path.clone(), hashes.hash(path)))
            .collect();
        Self { root, present }
    }

    /// Returns whether files are there as the earlier report wrote them.
    pub(super) fn holds<'f>(
        &self,
        files: impl IntoIterator<Item = (&'f String, &'f String)>,
    ) -> bool {
        let mut files = files.into_iter();
        files.all(|(path, hash)| self.present.get(path) == Some(hash))
    }

    /// Returns the places at which a file lies that the earlier report did not write.
    ///
    /// # Errors
    /// When at one of them, or on the way to it, lies what can be no page.
    pub(super) fn unknown(
        &self,
        old: &Manifest,
        paths: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, PublishError> {
        let mut unknown = BTreeSet::new();
        for path in paths {
            if let Some(detour) = detour(self.root, path) {
                let found = if detour.is_symlink() {
                    "a link to elsewhere"
                } else {
                    "a file"
                };
                return Err(PublishError::Refused(format!(
                    "{}: expected a folder of the report, found {found}; move it away or give another -o",
                    detour.display()
                )));
            }
            let place = self.root.join(path);
            if place.is_dir() {
                return Err(foreign(&place));
            }
            if !old.files.contains_key(path) && place.symlink_metadata().is_ok() {
                unknown.insert(path.clone());
            }
        }
        Ok(unknown)
    }

    /// Refuses to replace files that no report wrote; one that is a page to the last byte is as
    /// good as written by one, as after two reports at once.
    ///
    /// # Errors
    /// When one of the files is no page.
    pub(super) fn refuse_unlike<'p>(
        &self,
        unknown: &BTreeSet<String>,
        pages: impl IntoIterator<Item = &'p Page>,
    ) -> Result<(), PublishError> {
        let pages = pages.into_iter();
        let alike: BTreeSet<&String> = pages
            .filter(|page| unknown.contains(&page.path))
            .filter(|page| is_content(&self.root.join(&page.path), page))
            .map(|page| &page.path)
            .collect();
        match unknown.iter().find(|path| !alike.contains(path)) {
            Some(path) => Err(foreign(&self.root.join(path))),
            None => Ok(()),
        }
    }

    /// Takes places for files, so that an interrupted report knows its own again.
    ///
    /// # Errors
    /// When the marker cannot be written.
    pub(super) fn claim(
        &self,
        old: &Manifest,
        paths: &BTreeSet<String>,
    ) -> Result<(), PublishError> {
        let claimed = paths.iter().map(|path| (path.clone(), String::new()));
        let mut files: BTreeMap<String, String> = claimed.collect();
        files.extend(old.files.clone());
        Manifest {
            fingerprint: None,
            files,
            ..old.clone()
        }
        .write(self.root)
    }

    /// Writes the pages whose content is another one than what lies there, and returns the hash of
    /// each.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub(super) fn write<'p>(
        &self,
        pages: impl IntoIterator<Item = &'p Page>,
    ) -> Result<BTreeMap<String, String>, PublishError> {
        let mut written = BTreeMap::new();
        for page in pages {
            let hash = pipeline::content_hash(page.content.as_bytes());
            if self.present.get(&page.path) != Some(&hash) {
                files::write(&self.root.join(&page.path), page.content.as_bytes())?;
            }
            written.insert(page.path.clone(), hash);
        }
        Ok(written)
    }

    /// Removes what an earlier report wrote and this one did not, and folders that are empty then;
    /// nothing else in the folder is touched. Returns what could not be removed and why, for the next
    /// report to try again.
    pub(super) fn remove_stale(
        &self,
        old: &Manifest,
        written: &BTreeMap<String, String>,
    ) -> Vec<(String, std::io::Error)> {
        let stale = old.files.keys().filter(|path| !written.contains_key(*path));
        let mut left = Vec::new();
        for path in stale.filter(|path| detour(self.root, path).is_none()) {
            let place = self.root.join(path);
            // A folder is none of the files that a report wrote.
            match std::fs::remove_file(&place) {
                Err(error) if error.kind() != ErrorKind::NotFound && !place.is_dir() => {
                    left.push((path.clone(), error));
                }
                _ => self.remove_empty_folders(&place),
            }
        }
        left
    }

    /// Removes what reports that were killed left of files that they were writing.
    pub(super) fn remove_unfinished(&self, old: &Manifest) {
        let own = old
            .files
            .keys()
            .filter(|path| detour(self.root, path).is_none());
        let places = own.map(|path| self.root.join(path));
        let folders: BTreeSet<PathBuf> = places
            .filter_map(|place| place.parent().map(Path::to_path_buf))
            .collect();
        let entries = folders.iter().filter_map(|folder| folder.read_dir().ok());
        for entry in entries.flatten().flatten() {
            if files::is_unfinished(&entry.file_name()) {
                // What stays does no harm, and the next report tries again.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    /// Removes the folders between the root and a place that are empty.
    fn remove_empty_folders(&self, place: &Path) {
        let own = place.ancestors().skip(1);
        let mut own = own.take_while(|folder| *folder != self.root);
        // Fails where something is left, which is then not ours.
        let _ = own.try_for_each(std::fs::remove_dir);
    }
}

/// Returns that something lies in the place of a page.
fn foreign(place: &Path) -> PublishError {
    PublishError::Refused(format!(
        "{}: expected a free place for a page, found something that no report wrote; move it away or give another -o",
        place.display()
    ))
}

/// Returns whether a regular file holds what a page does.
fn is_content(place: &Path, page: &Page) -> bool {
    let is_file = place.symlink_metadata().is_ok_and(|found| found.is_file());
    is_file && std::fs::read(place).is_ok_and(|found| found == page.content.as_bytes())
}

/// Returns the first thing on the way from a folder to a place in it that is no folder itself: behind
/// a link lies what is not part of the report.
fn detour(root: &Path, path: &str) -> Option<PathBuf> {
    let mut folder = root.to_path_buf();
    let mut parts = Path::new(path).parent()?.components();
    parts.find_map(|part| {
        folder.push(part);
        let metadata = folder.symlink_metadata().ok()?;
        (!metadata.is_dir()).then(|| folder.clone())
    })
}

//! The folder of a report: what lies there, what is written, what is removed.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::manifest::Manifest;
use crate::cli::diagnose;
use crate::cli::files;
use crate::pipeline;
use crate::pipeline::REPORT_MARKER;
use crate::report::site::Page;

/// Refuses to write where it would bury the user's own files: a folder that is or holds an input,
/// since a report is never read as input, and a folder with files that no report wrote.
pub(super) fn refuse_foreign(folder: &Path, inputs: &[PathBuf]) -> anyhow::Result<()> {
    if folder.exists() && !folder.is_dir() {
        bail!(
            "{}: expected a folder to write into, found a file; give another -o",
            folder.display()
        );
    }
    let Ok(output) = folder.canonicalize() else {
        return Ok(());
    };
    let mut inside = inputs.iter().filter_map(|input| input.canonicalize().ok());
    if inside.any(|input| input.starts_with(&output)) {
        bail!(
            "{}: expected a folder of its own for the report, found one that is or holds the input; give another -o",
            folder.display()
        );
    }
    let is_ours = output.join(REPORT_MARKER).is_file();
    let is_empty = std::fs::read_dir(&output).is_ok_and(|mut entries| entries.next().is_none());
    if !is_ours && !is_empty {
        bail!(
            "{}: expected an empty folder or an earlier report, found other files; give another -o",
            folder.display()
        );
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
    pub(super) fn new(root: &'a Path, old: &Manifest) -> Self {
        let paths: Vec<&String> = old.files.keys().collect();
        let present = paths
            .par_iter()
            .map(|path| (root.join(path), *path))
            .filter(|(place, _)| place.is_file())
            .map(|(place, path)| (path.clone(), pipeline::file_hash(&place)))
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

    /// Takes places for files, so that an interrupted report knows its own again.
    ///
    /// # Errors
    /// When a file or a link lies at one of them that no report wrote.
    pub(super) fn claim(&self, old: &Manifest, paths: &BTreeSet<String>) -> anyhow::Result<()> {
        for path in paths {
            let place = self.root.join(path);
            let folder = place.parent().unwrap_or(self.root);
            if folder != self.root && folder.is_symlink() {
                bail!(
                    "{}: expected a folder of the report, found a link to elsewhere; remove it or give another -o",
                    folder.display()
                );
            }
            let is_foreign = !old.files.contains_key(path) && place.symlink_metadata().is_ok();
            if is_foreign {
                bail!(
                    "{}: expected a free place for a page, found a file that no report wrote; move it away or give another -o",
                    place.display()
                );
            }
        }
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
    pub(super) fn write(&self, pages: &[Page]) -> anyhow::Result<BTreeMap<String, String>> {
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
    /// nothing else in the folder is touched.
    pub(super) fn remove_stale(&self, old: &Manifest, written: &BTreeMap<String, String>) {
        for path in old.files.keys().filter(|path| !written.contains_key(*path)) {
            let place = self.root.join(path);
            let in_link = place.parent().is_some_and(Path::is_symlink);
            if in_link {
                continue;
            }
            if let Err(error) = std::fs::remove_file(&place).with_context(|| path.clone()) {
                let cause = error.downcast_ref::<std::io::Error>();
                if cause.is_none_or(|cause| cause.kind() != std::io::ErrorKind::NotFound) {
                    diagnose(
                        "warning",
                        &format!("an old file of the report could not be removed: {error:#}"),
                    );
                }
            }
            // Fails where something is left, which is then not ours.
            let own_folder = place.parent().filter(|folder| *folder != self.root);
            let _ = own_folder.map(std::fs::remove_dir);
        }
    }
}

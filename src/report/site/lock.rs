//! Keeps two reports from being written into one folder at once.

use std::ffi::OsStr;
use std::fs::File;
use std::fs::TryLockError;
use std::path::Path;

use crate::pipeline::REPORT_MARKER;
use crate::pipeline::files;
use crate::report::site::error::PublishError;

/// The file beside the marker that is locked while a report is written. It is empty, and stays: the
/// lock is the system's and ends with the process, however that ends.
pub(super) const LOCK_FILE: &str = ".hardeasy-report-lock";

/// A folder into which nobody else writes a report as long as this lives.
pub(super) struct Lock<'a> {
    root: &'a Path,
    /// Whether there was no such folder before.
    is_new: bool,
    /// The locked file; absent where none can be made, as in a folder that may not be written into.
    _file: Option<File>,
}

impl<'a> Lock<'a> {
    /// Locks a folder, which is made if there is none.
    ///
    /// A file system without locks, as some network shares are, refuses nobody.
    ///
    /// # Errors
    /// When another report is being written into it, or when it cannot be made.
    pub(super) fn take(root: &'a Path) -> Result<Self, PublishError> {
        let is_new = !root.exists();
        let refused = |source| PublishError::NoFolder {
            path: root.to_owned(),
            source,
        };
        let _open = files::open().map_err(refused)?;
        std::fs::create_dir_all(root).map_err(refused)?;
        let mut options = File::options();
        options.create(true).write(true).truncate(false);
        let file = options.open(root.join(LOCK_FILE)).ok();
        if let Some(Err(TryLockError::WouldBlock)) = file.as_ref().map(File::try_lock) {
            return Err(PublishError::Refused(format!(
                "{}: another report is being written into this folder; wait for it or give another -o",
                root.display()
            )));
        }
        Ok(Self {
            root,
            is_new,
            _file: file,
        })
    }
}

impl Drop for Lock<'_> {
    /// Leaves no trace where no report was written.
    fn drop(&mut self) {
        if self.root.join(REPORT_MARKER).exists() {
            return;
        }
        // What stays does no harm: an empty file, which the next report takes for its own.
        let _ = std::fs::remove_file(self.root.join(LOCK_FILE));
        if self.is_new {
            let _ = std::fs::remove_dir(self.root);
        }
    }
}

/// Returns whether a name is that of the file which is locked.
pub(super) fn is_lock(name: &OsStr) -> bool {
    name == LOCK_FILE
}

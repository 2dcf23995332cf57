//! The folder in which packs lie.

use std::fs;
use std::fs::DirEntry;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::SystemTime;

use crate::pipeline::files::is_unfinished;
use crate::pipeline::files::unfinished_in;
use crate::pipeline::hash::content_hash;

/// Packs are removed, the oldest first, when all together are larger.
///
/// # Units
/// Bytes. Chosen: some 100,000 runs, at five kilobytes each.
const MOST_BYTES: u64 = 512 << 20;
/// A pack that was begun so long ago is nobody's any more.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);
/// How the names of packs end.
const PACK: &str = "pack";
/// How those end of what else is kept.
const NOTE: &str = "json";

/// Where what was found in files is kept for later commands.
#[derive(Clone, Debug)]
pub struct CacheFolder {
    /// The folder; made, for the user alone, when something is first written.
    pub folder: PathBuf,
    /// What tells this program from any other that would find something else.
    pub program: String,
    /// When the command began.
    pub started: SystemTime,
    /// Whether the content of every file is looked at, whatever the file system says of it.
    pub verify: bool,
}

/// How much is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheSize {
    /// The folders of exports, each as often as it was read in another way.
    pub packs: usize,
    /// Bytes of all together.
    pub bytes: u64,
}

impl CacheFolder {
    /// Returns how much is kept.
    #[must_use]
    pub fn size(&self) -> CacheSize {
        let packs = self.packs();
        CacheSize {
            packs: packs.len(),
            bytes: packs.iter().map(|(_, bytes, _)| bytes).sum(),
        }
    }

    /// Removes all that is kept, and nothing else that may lie in the folder.
    ///
    /// # Errors
    /// When a pack cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        let entries = self.entries();
        let mut own = entries.filter(|entry| is_kept(&entry.path()) || is_begun(entry));
        own.try_for_each(|entry| fs::remove_file(entry.path()))
    }

    /// Returns where the pack of a folder lies that is read in some way.
    pub(super) fn pack(&self, identity: &str) -> PathBuf {
        self.place(identity, PACK)
    }

    /// Returns where something lies that is known by an identity.
    fn place(&self, identity: &str, ending: &str) -> PathBuf {
        let name = content_hash(format!("{} {identity}", self.program).as_bytes());
        self.folder.join(name).with_extension(ending)
    }

    /// Returns what was noted by an identity.
    pub(super) fn note(&self, identity: &str) -> Option<Vec<u8>> {
        fs::read(self.place(identity, NOTE)).ok()
    }

    /// Notes something by an identity, in place of what was noted before. What cannot be written is not.
    pub(super) fn set_note(&self, identity: &str, content: &[u8]) {
        let written = unfinished_in(&self.folder).and_then(|mut file| {
            file.write_all(content)?;
            let place = self.place(identity, NOTE);
            file.persist(place).map_err(io::Error::other)
        });
        if written.is_ok() {
            self.shrink();
        }
    }

    /// Removes the oldest packs while there are too many, and what was begun and never finished.
    pub(super) fn shrink(&self) {
        let abandoned = self.entries().filter(|entry| {
            let modified = entry.metadata().and_then(|found| found.modified());
            let age = modified
                .ok()
                .and_then(|at| self.started.duration_since(at).ok());
            is_begun(entry) && age.is_some_and(|age| age > ABANDONED)
        });
        for entry in abandoned {
            let _ = fs::remove_file(entry.path());
        }
        let mut packs = self.packs();
        packs.sort();
        let mut all: u64 = packs.iter().map(|(_, bytes, _)| bytes).sum();
        for (_, bytes, path) in packs {
            if all <= MOST_BYTES {
                break;
            }
            let _ = fs::remove_file(path);
            all -= bytes;
        }
    }

    /// Returns when each pack was written, its size in bytes and where it lies.
    fn packs(&self) -> Vec<(SystemTime, u64, PathBuf)> {
        let packs = self.entries().filter(|entry| is_kept(&entry.path()));
        let sizes = packs.filter_map(|entry| {
            let found = entry.metadata().ok()?;
            Some((found.modified().ok()?, found.len(), entry.path()))
        });
        sizes.collect()
    }

    fn entries(&self) -> impl Iterator<Item = DirEntry> {
        fs::read_dir(&self.folder).into_iter().flatten().flatten()
    }
}

fn is_kept(path: &Path) -> bool {
    let extension = path.extension();
    extension.is_some_and(|extension| extension == PACK || extension == NOTE)
}

fn is_begun(entry: &DirEntry) -> bool {
    is_unfinished(&entry.file_name())
}

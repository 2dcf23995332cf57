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
/// Bytes. Chosen: some 70,000 runs, at seven kilobytes each; of a larger folder nothing is kept.
const MOST_BYTES: u64 = 512 << 20;
/// The oldest are removed, too, when there are more: every question that was ever asked leaves a note.
///
/// # Units
/// Files. Chosen: all questions of a habit, and a folder that is listed in no time.
const MOST_FILES: usize = 1000;
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
    /// Returns one in a folder, as a command that begins now has it.
    #[cfg(test)]
    pub(in crate::pipeline) fn in_folder(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            program: "this".to_owned(),
            started: SystemTime::now(),
            verify: false,
        }
    }

    /// Returns how much is kept.
    #[must_use]
    pub fn size(&self) -> CacheSize {
        let kept = self.kept();
        let packs = kept.iter().filter(|(_, _, path)| has_ending(path, PACK));
        CacheSize {
            packs: packs.count(),
            bytes: kept.iter().map(|(_, bytes, _)| bytes).sum(),
        }
    }

    /// Removes all that is kept, and nothing else that may lie in the folder.
    ///
    /// # Errors
    /// When the folder cannot be listed or something cannot be removed.
    pub fn clear(&self) -> io::Result<()> {
        // Another command may have removed it meanwhile.
        let unless_gone = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => Ok(()),
            _ => Err(error),
        };
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) => return unless_gone(error),
        };
        for entry in entries {
            let entry = entry?;
            if is_kept(&entry.path()) || is_begun(&entry) {
                fs::remove_file(entry.path()).or_else(unless_gone)?;
            }
        }
        Ok(())
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
    pub(in crate::pipeline) fn note(&self, identity: &str) -> Option<Vec<u8>> {
        fs::read(self.place(identity, NOTE)).ok()
    }

    /// Notes something by an identity, in place of what was noted before. What cannot be written is not.
    pub(in crate::pipeline) fn set_note(&self, identity: &str, content: &[u8]) {
        let written = unfinished_in(&self.folder).and_then(|mut file| {
            file.write_all(content)?;
            let place = self.place(identity, NOTE);
            file.persist(place).map_err(io::Error::other)
        });
        if written.is_ok() {
            self.shrink();
        }
    }

    /// Removes what is oldest while there is too much, and what was begun and never finished.
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
        let mut kept = self.kept();
        kept.sort();
        let mut all: u64 = kept.iter().map(|(_, bytes, _)| bytes).sum();
        let mut files = kept.len();
        for (_, bytes, path) in kept {
            if all <= MOST_BYTES && files <= MOST_FILES {
                break;
            }
            let _ = fs::remove_file(path);
            all -= bytes;
            files -= 1;
        }
    }

    /// Returns when everything was written, its size in bytes and where it lies.
    fn kept(&self) -> Vec<(SystemTime, u64, PathBuf)> {
        let kept = self.entries().filter(|entry| is_kept(&entry.path()));
        let sizes = kept.filter_map(|entry| {
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
    [PACK, NOTE].iter().any(|ending| has_ending(path, ending))
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension()
        .is_some_and(|extension| extension == ending)
}

fn is_begun(entry: &DirEntry) -> bool {
    is_unfinished(&entry.file_name())
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        reason = "a test that cannot write its files has failed"
    )]

    use super::*;

    #[test]
    fn the_oldest_goes_when_there_is_too_much_and_what_was_never_finished() {
        let folder = tempfile::tempdir().unwrap();
        let place = CacheFolder::in_folder(folder.path());
        let at = |name: &str| folder.path().join(name);
        let make = |name: &str, bytes: u64, age: Duration| {
            let file = fs::File::create(at(name)).unwrap();
            file.set_len(bytes).unwrap();
            file.set_modified(place.started - age).unwrap();
        };
        let hour = Duration::from_secs(3600);
        make("older.pack", MOST_BYTES / 2, 5 * hour);
        make("old.pack", MOST_BYTES / 2, 4 * hour);
        make("new.json", 2, 3 * hour);
        make(".hardeasy-new-begun", 1, hour);
        make(".hardeasy-new-left", 1, 25 * hour);
        make("diary.txt", MOST_BYTES, 9 * hour);
        place.shrink();
        let names = ["older.pack", ".hardeasy-new-left"].map(|name| at(name).exists());
        assert_eq!(names, [false, false]);
        let stays = ["old.pack", "new.json", ".hardeasy-new-begun", "diary.txt"];
        assert_eq!(stays.map(|name| at(name).exists()), [true; 4]);
        let size = place.size();
        assert_eq!((size.packs, size.bytes), (1, MOST_BYTES / 2 + 2));
        for index in 0..=MOST_FILES {
            make(&format!("{index}.json"), 1, 2 * hour);
        }
        make("just-now.json", 1, Duration::ZERO);
        place.shrink();
        assert!(!at("old.pack").exists() && at("just-now.json").exists());
        assert_eq!(place.kept().len(), MOST_FILES);
    }
}

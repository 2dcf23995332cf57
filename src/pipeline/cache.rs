//! What earlier commands found in the same files, so that only new and changed ones are decoded.
//!
//! Every folder of exports has a pack in the folder of the cache, one for each way of reading. What the file
//! system says of a file (size, times, and where there are such its inode) decides whether its content is looked
//! at; the content decides what is true. What the user or a platform says of a file is asked again each time:
//! where it is something else than before, the file is decoded.
//!
//! Nothing rests on the cache: whatever of it is missing, damaged or of another program is made anew, and what
//! cannot be written is not.

mod entry;
mod file_hashes;
mod identity;
mod pack;
mod place;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::PoisonError;

pub use file_hashes::FileHashes;
pub use identity::stamp;
pub use place::CacheFolder;
pub use place::CacheSize;

use super::Options;
use super::decode::Context;
use super::decode::Decoded;
use super::files::Turn;
use super::hash::try_hash;
use super::walk::FileToRead;
use crate::classification::Keep;
use entry::Entry;
use identity::Identity;
use pack::Pack;
use pack::Writer;

/// The packs of the folders of some files.
pub(super) struct Cache<'a> {
    place: Option<&'a CacheFolder>,
    folders: BTreeMap<PathBuf, Folder>,
}

/// The pack of one folder.
struct Folder {
    /// Where it lies.
    path: PathBuf,
    old: Option<Pack>,
    state: Mutex<State>,
}

/// What comes of it.
#[derive(Default)]
struct State {
    /// What was decoded.
    new: Option<Writer>,
    /// Entries of the old pack that hold, by the names of their files.
    reused: BTreeMap<String, Entry>,
    /// Whether one of them is no longer as it was written down.
    is_changed: bool,
    /// Files that are not kept.
    dropped: BTreeSet<String>,
}

impl<'a> Cache<'a> {
    /// Opens the packs of the folders of some files; nothing is kept unless the options name a place.
    pub(super) fn open(files: &[FileToRead], options: &'a Options) -> Self {
        let place = options.cache.as_ref();
        let mut folders = BTreeMap::new();
        for path in files.iter().filter_map(|file| file.path.as_deref()) {
            let (Some(place), Some((folder, _))) = (place, split(path)) else {
                continue;
            };
            folders.entry(folder).or_insert_with_key(|folder| {
                let path = place.pack(&identity(folder, options));
                Folder {
                    old: Pack::open(&path),
                    path,
                    state: Mutex::default(),
                }
            });
        }
        Self { place, folders }
    }

    /// Returns what a file yields: as it was found earlier, or by decoding it.
    pub(super) fn decoded(
        &self,
        file: &FileToRead,
        context: &Context<'_>,
        decode: impl FnOnce() -> Decoded,
    ) -> Decoded {
        let here = file.path.as_deref().and_then(|path| self.folder_of(path));
        let (Some(place), Some((path, folder, name))) = (self.place, here) else {
            return decode();
        };
        // Workouts of Apple Health have records in one file and routes in others.
        if context.is_of_health() {
            return decode();
        }
        let before = Identity::of(path);
        let mut sha256 = None;
        if let Some(old) = folder.old.as_ref()
            && let Some(entry) = old.entry(&name)
        {
            let is_trusted = !place.verify && entry.is_settled && before == Some(entry.identity);
            if !is_trusted {
                sha256 = try_hash(path).ok();
            }
            let is_same = is_trusted || sha256.as_ref() == Some(&entry.sha256);
            let bytes = is_same.then(|| old.bytes(entry)).flatten();
            let known = bytes.and_then(|bytes| entry::from_bytes(&bytes, path, context));
            let known = known.filter(|known| entry::asked(known, context) == entry.asked);
            if let Some((decoded, now)) = known.zip(before) {
                let entry = entry.seen_as(now, place.started);
                folder.reuse(name, entry);
                return decoded;
            }
        }
        let decoded = decode();
        if !entry::may_be_kept(&decoded) {
            folder.drop_entry(name);
            return decoded;
        }
        let sha256 = sha256.or_else(|| whole_file(&decoded, before.as_ref()));
        let sha256 = sha256.or_else(|| try_hash(path).ok());
        // Looked at last, so that what was hashed is what was decoded.
        let is_same = before == Identity::of(path);
        match before.zip(sha256).filter(|_| is_same) {
            Some((identity, sha256)) => {
                let asked = entry::asked(&decoded, context);
                let entry = Entry::new(identity, place.started, sha256, asked);
                folder.add(name, entry, &decoded, place);
            }
            _ => folder.drop_entry(name),
        }
        decoded
    }

    /// Returns the hash of a file that is as it was when it was read, without reading it.
    pub(super) fn hash_of(&self, path: &Path) -> Option<String> {
        let place = self.place?;
        let (path, folder, name) = self.folder_of(path)?;
        let entry = folder.old.as_ref()?.entry(&name)?;
        let is_trusted = !place.verify && entry.is_settled && Identity::of(path)? == entry.identity;
        is_trusted.then(|| entry.sha256.clone())
    }

    fn folder_of<'b>(&self, path: &'b Path) -> Option<(&'b Path, &Folder, String)> {
        let (folder, name) = split(path)?;
        Some((path, self.folders.get(&folder)?, name))
    }

    /// Writes down what is new.
    pub(super) fn write(self) {
        let Some(place) = self.place else {
            return;
        };
        let mut is_written = false;
        for (path, folder) in self.folders {
            // What cannot be written is decoded again the next time.
            is_written |= folder.write(&path, place).unwrap_or(false);
        }
        if is_written {
            place.shrink();
        }
    }
}

impl Folder {
    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reuse(&self, name: String, entry: Entry) {
        let is_as_before = self.old.as_ref().and_then(|old| old.entry(&name)) == Some(&entry);
        let mut state = self.state();
        state.is_changed |= !is_as_before;
        state.reused.insert(name, entry);
    }

    fn add(&self, name: String, entry: Entry, decoded: &Decoded, place: &CacheFolder) {
        let Some(bytes) = entry::to_bytes(decoded) else {
            return;
        };
        let mut state = self.state();
        if state.new.is_none() {
            state.new = Writer::begin(&place.folder);
        }
        if let Some(new) = &mut state.new {
            new.add(name, entry, &bytes);
        }
    }

    /// Forgets what was known of a file.
    fn drop_entry(&self, name: String) {
        let is_known = self
            .old
            .as_ref()
            .is_some_and(|old| old.entry(&name).is_some());
        let mut state = self.state();
        state.is_changed |= is_known;
        state.dropped.insert(name);
    }

    /// Replaces the pack where something has changed, and returns whether it did.
    fn write(self, folder: &Path, place: &CacheFolder) -> std::io::Result<bool> {
        let state = self
            .state
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        if state.new.is_none() && !state.is_changed {
            return Ok(false);
        }
        let Some(mut new) = state.new.or_else(|| Writer::begin(&place.folder)) else {
            return Ok(false);
        };
        if let Some(old) = &self.old {
            for (name, entry) in old.entries() {
                // Files that were not asked for this time may be the next time.
                let is_there = || folder.join(name).is_file() && !state.dropped.contains(name);
                match state.reused.get(name) {
                    Some(entry) => new.copy(name, entry, old)?,
                    None if !new.has(name) && is_there() => new.copy(name, entry, old)?,
                    None => {}
                }
            }
        }
        // Where a file that is open cannot be replaced.
        drop(self.old);
        let _turn = Turn::take(&self.path, &|| ());
        // What another command kept of the same folder meanwhile stays.
        let theirs = Pack::open(&self.path);
        for (name, entry) in theirs.iter().flat_map(Pack::entries) {
            let is_kept = !new.has(name) && !state.dropped.contains(name);
            if let Some(theirs) = theirs.as_ref().filter(|_| is_kept)
                && folder.join(name).is_file()
            {
                new.copy(name, entry, theirs)?;
            }
        }
        drop(theirs);
        new.finish(&self.path)?;
        Ok(true)
    }
}

/// Returns the folder of a file, whichever way it was given, and the name by which the file is known there.
fn split(path: &Path) -> Option<(PathBuf, String)> {
    let path = std::path::absolute(path).ok()?;
    let name = path.file_name()?.to_str()?.to_owned();
    Some((path.parent()?.to_owned(), name))
}

/// Returns all that the result of decoding rests on beside the files and what is said of each.
fn identity(folder: &Path, options: &Options) -> String {
    let deciding = Options {
        athletes: false,
        hindsight: false,
        settings_file: None,
        settings_folder: None,
        keep: Keep::All,
        output: None,
        cache: None,
        ..options.clone()
    };
    format!("{folder:?} {deciding:?}")
}

/// Returns the hash of a file that is one export and nothing else: it was taken when the file was decoded.
fn whole_file(decoded: &Decoded, identity: Option<&Identity>) -> Option<String> {
    let [line] = &decoded.lines[..] else {
        return None;
    };
    let first = decoded.found.first()?;
    let source = &first.head.source;
    let is_whole = line.member.is_none() && decoded.exports.len() == 1;
    let is_whole = is_whole && Some(source.bytes) == identity.map(Identity::bytes);
    is_whole.then(|| source.sha256.clone())
}

//! The hashes of the files in a folder that we wrote, so that they need not be read to know whether they are still
//! the same.

use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::identity::Identity;
use super::place::CacheFolder;
use crate::pipeline::hash::file_hash;

/// What is known of the files in a folder.
pub struct FileHashes<'a> {
    root: PathBuf,
    place: Option<&'a CacheFolder>,
    /// What the file system said of each, and its hash.
    known: BTreeMap<String, (Identity, String)>,
}

impl<'a> FileHashes<'a> {
    /// Looks up what was noted of a folder; nothing without a place for notes.
    #[must_use]
    pub fn open(root: &Path, place: Option<&'a CacheFolder>) -> Self {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        let noted = place.filter(|place| !place.verify);
        let noted = noted.and_then(|place| place.note(&identity(&root)));
        let known = noted.and_then(|noted| serde_json::from_slice(&noted).ok());
        Self {
            known: known.unwrap_or_default(),
            root,
            place,
        }
    }

    /// Returns the SHA-256 of a file in the folder, or a word for one that cannot be read. It is read unless the
    /// file system says of it what it said when it was noted.
    #[must_use]
    pub fn hash(&self, path: &str) -> String {
        let place = self.root.join(path);
        let known = self.known.get(path);
        let known = known.filter(|(seen, _)| Some(*seen) == Identity::of(&place));
        known.map_or_else(|| file_hash(&place), |(_, hash)| hash.clone())
    }

    /// Notes the hashes of files that were just written.
    pub fn note(&self, hashes: &BTreeMap<String, String>) {
        let Some(place) = self.place else {
            return;
        };
        let seen = hashes.par_iter().filter_map(|(path, hash)| {
            let identity = Identity::of(&self.root.join(path))?;
            Some((path, (identity, hash)))
        });
        let seen: BTreeMap<&String, (Identity, &String)> = seen.collect();
        if let Ok(text) = serde_json::to_vec(&seen) {
            place.set_note(&identity(&self.root), &text);
        }
    }
}

fn identity(root: &Path) -> String {
    format!("the files in {root:?}")
}

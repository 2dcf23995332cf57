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
            let is_sure = identity.is_fine() || identity.is_settled(place.started);
            is_sure.then_some((path, (identity, hash)))
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

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        reason = "a test that cannot write its files has failed"
    )]

    use std::time::Duration;
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn what_was_noted_holds_for_this_program_until_the_file_is_replaced_or_read_again() {
        let [site, notes] = [0, 1].map(|_| tempfile::tempdir().unwrap());
        let path = site.path().join("a");
        std::fs::write(&path, "one").unwrap();
        let place = CacheFolder {
            started: SystemTime::now() + Duration::from_secs(10),
            ..CacheFolder::in_folder(notes.path())
        };
        let told = |place: &CacheFolder| FileHashes::open(site.path(), Some(place)).hash("a");
        let read = file_hash(&path);
        assert_eq!(told(&place), read);
        let noted = BTreeMap::from([("a".to_owned(), "noted".to_owned())]);
        FileHashes::open(site.path(), Some(&place)).note(&noted);
        assert_eq!(told(&place), "noted");
        let verifying = CacheFolder {
            verify: true,
            ..place.clone()
        };
        assert_eq!(told(&verifying), read);
        let other = CacheFolder {
            program: "other".to_owned(),
            ..place.clone()
        };
        assert_eq!(told(&other), read);
        std::fs::write(&path, "longer").unwrap();
        assert_eq!(told(&place), file_hash(&path));
    }
}

//! Tells whether anything that a result rests on is another one than before, without decoding it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::SystemTime;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::Input;
use super::Options;
use super::SETTINGS_FILE;
use super::WELLNESS_FILE;
use super::cache::Cache;
use super::content_hash;
use super::file_hash;
use super::walk;
use super::walk::Walk;

/// Returns a hash over the names and contents of all files below some paths, over the settings,
/// corrections and mornings that belong to them, and over the options: results are the same as long
/// as it is.
#[must_use]
pub fn fingerprint(paths: &[PathBuf], options: &Options) -> String {
    let inputs = paths.iter().cloned().map(Input::Path).collect();
    let walk = walk::walk(inputs, options);
    // Where results go decides nothing.
    let deciding = Options {
        output: None,
        // Nor whether something was known before.
        cache: None,
        ..options.clone()
    };
    let mut all = format!("{deciding:?}\n{:?}\n", walk.account);
    let cache = Cache::open(&walk.files, options);
    let of_files: Vec<String> = walk
        .files
        .par_iter()
        .map(|file| {
            let known = |path| cache.hash_of(path).unwrap_or_else(|| file_hash(path));
            let hash = file.path.as_deref().map(known);
            format!("{:?} {:?} {hash:?}\n", file.athlete, file.shown)
        })
        .collect();
    all.extend(of_files);
    for path in said(&walk, options) {
        all.push_str(&format!("{path:?} {}\n", file_hash(&path)));
    }
    content_hash(all.as_bytes())
}

/// What the file system lists of all that a result rests on: sizes and times, no content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance(BTreeMap<PathBuf, Listed>);

/// The size in bytes and the time of the last change; absent where there is no such file.
type Listed = Option<(u64, Option<SystemTime>)>;

/// Looks at all files below some paths and at the settings, corrections and mornings that belong to
/// them. It is another glance when one of them came, went or was written since.
#[must_use]
pub fn glance(paths: &[PathBuf], options: &Options) -> Glance {
    let inputs = paths.iter().cloned().map(Input::Path).collect();
    let walk = walk::walk(inputs, options);
    let said = said(&walk, options);
    let files = walk.files.into_iter().filter_map(|file| file.path);
    let listed = |path: PathBuf| {
        let found = path.metadata().ok();
        let listed = found.map(|found| (found.len(), found.modified().ok()));
        (path, listed)
    };
    Glance(files.chain(said).map(listed).collect())
}

/// Returns every file in which the user may have said something.
fn said(walk: &Walk, options: &Options) -> BTreeSet<PathBuf> {
    let folders = walk.folders.values().flatten();
    let beside =
        folders.flat_map(|folder| [folder.join(SETTINGS_FILE), folder.join(WELLNESS_FILE)]);
    let everywhere = options.settings_folder.iter();
    let corrections = walk.corrections.values().flatten();
    beside
        .chain(walk.tables.clone())
        .chain(everywhere.map(|folder| folder.join(SETTINGS_FILE)))
        .chain(options.settings_file.clone())
        .chain(corrections.map(|(_, path)| path.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    #![expect(
        clippy::unwrap_used,
        reason = "a test that cannot write its files has failed"
    )]

    use super::*;
    use crate::pipeline::CORRECTIONS_FILE;

    #[test]
    fn a_glance_sees_what_comes_grows_and_goes_but_not_the_results() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir(at("site")).unwrap();
        let options = Options {
            output: Some(at("site")),
            ..Options::default()
        };
        let look = || glance(&[folder.path().to_owned()], &options);
        let mut seen = vec![look()];
        let written = [
            ("a.fit", "half"),
            ("a.fit", "whole now"),
            (SETTINGS_FILE, "units = \"metric\""),
            (CORRECTIONS_FILE, ""),
        ];
        for (name, text) in written {
            std::fs::write(at(name), text).unwrap();
            seen.push(look());
            std::fs::write(at("site").join(name), text).unwrap();
            assert_eq!(seen.last(), Some(&look()), "{name} in the results");
        }
        std::fs::remove_file(at("a.fit")).unwrap();
        seen.push(look());
        for pair in seen.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }
}

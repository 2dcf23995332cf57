//! Tells whether anything that a result rests on is another one than before, without decoding it.

use std::collections::BTreeSet;
use std::path::PathBuf;

use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

use super::Input;
use super::Options;
use super::SETTINGS_FILE;
use super::WELLNESS_FILE;
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
        ..options.clone()
    };
    let mut all = format!("{deciding:?}\n{:?}\n", walk.account);
    let of_files: Vec<String> = walk
        .files
        .par_iter()
        .map(|file| {
            let hash = file.path.as_deref().map(file_hash);
            format!("{:?} {:?} {hash:?}\n", file.athlete, file.shown)
        })
        .collect();
    all.extend(of_files);
    for path in said(&walk, options) {
        all.push_str(&format!("{path:?} {}\n", file_hash(&path)));
    }
    content_hash(all.as_bytes())
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

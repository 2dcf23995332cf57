//! The committed fixtures are what the generator gives, byte for byte.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::common::fixture;
use crate::common::fixture::Fixture;

/// All files, made once.
static FILES: LazyLock<Vec<Fixture>> = LazyLock::new(fixture::all);

/// The variable that lets the test write instead of compare.
const WRITE: &str = "HARDEASY_WRITE_FIXTURES";
/// The folders that hold nothing else.
const FOLDERS: [&str; 3] = ["runs", "season", "broken"];
/// Most that one run may weigh, and all together.
const RUN_BYTES: usize = 150_000;
const ALL_BYTES: usize = 5_000_000;
/// Most that the program carries for its demonstration.
const PACK_BYTES: usize = 1_000_000;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Returns the files under a folder, relative to the fixtures, with `/`.
fn on_disk(folder: &Path, out: &mut BTreeSet<String>) {
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let relative = path.strip_prefix(root()).unwrap();
                out.insert(relative.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
}

#[test]
fn the_committed_fixtures_are_those_of_the_generator() {
    let wanted: BTreeMap<&String, &Vec<u8>> =
        FILES.iter().map(|file| (&file.path, &file.bytes)).collect();
    let mut present = BTreeSet::new();
    FOLDERS
        .iter()
        .for_each(|folder| on_disk(&root().join(folder), &mut present));
    let stale: Vec<&String> = present
        .iter()
        .filter(|path| !wanted.contains_key(*path))
        .collect();
    if std::env::var_os(WRITE).is_some() {
        stale
            .iter()
            .for_each(|path| fs::remove_file(root().join(path)).unwrap());
        for (path, bytes) in &wanted {
            let path = root().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes.as_slice()).unwrap();
        }
        return;
    }
    let differs =
        |file: &&Fixture| fs::read(root().join(&file.path)).ok().as_ref() != Some(&file.bytes);
    let changed: Vec<&String> = FILES
        .iter()
        .filter(differs)
        .map(|file| &file.path)
        .collect();
    assert!(
        changed.is_empty() && stale.is_empty(),
        "missing or different: {changed:?}; not made by the generator: {stale:?}; \
         run {WRITE}=1 cargo test --test reading to write them again"
    );
}

#[test]
fn the_fixtures_stay_small() {
    let files = &*FILES;
    let large = files
        .iter()
        .filter(|f| f.path.starts_with("runs/") && f.bytes.len() > RUN_BYTES);
    let large: Vec<&str> = large.map(|f| f.path.as_str()).collect();
    assert!(large.is_empty(), "over {RUN_BYTES} bytes: {large:?}");
    let all: usize = files.iter().map(|file| file.bytes.len()).sum();
    assert!(all <= ALL_BYTES, "{all} bytes in all");
    let pack = files.iter().find(|file| file.path == "season.pack");
    let pack = pack.unwrap().bytes.len();
    assert!(pack <= PACK_BYTES, "{pack} bytes are in every program");
}

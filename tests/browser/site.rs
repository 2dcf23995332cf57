//! Sites made by the program from the fixtures, below the target folder, where a look at them after a
//! failure is easy.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::Value;

use crate::common::program::hardeasy;

/// The season: the block review at its best.
pub static SEASON: LazyLock<Site> =
    LazyLock::new(|| Site::of("season", &[fixtures("season").into()]));
/// One run of each kind, positions drawn, and what is broken beside them.
pub static MIXED: LazyLock<Site> = LazyLock::new(|| {
    let inputs = [fixtures("runs").into(), fixtures("broken").into()];
    Site::of("mixed", &[&inputs[..], &whole_courses()].concat())
});

/// Returns the arguments that draw courses and hide nothing, so that every run has its document.
pub fn whole_courses() -> [OsString; 3] {
    ["--map", "--trim", "0m"].map(OsString::from)
}

/// A site on disk.
#[derive(Debug)]
pub struct Site {
    /// Its folder.
    pub folder: PathBuf,
}

impl Site {
    /// Makes a site anew from arguments of `report`.
    pub fn of(name: &str, arguments: &[OsString]) -> Site {
        let folder = empty_folder(&format!("{name}-site"));
        let mut all = vec![OsString::from("report")];
        all.extend(arguments.iter().cloned());
        all.extend([OsString::from("-o"), folder.clone().into()]);
        let output = hardeasy(&all);
        assert!(
            folder.join("index.html").is_file(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Site { folder }
    }

    /// Returns the first page.
    pub fn index(&self) -> PathBuf {
        self.folder.join("index.html")
    }

    /// Returns the documents of all runs by the path of their page.
    pub fn runs(&self) -> BTreeMap<PathBuf, Value> {
        let pages = files(&self.folder.join("runs"), "html").into_iter();
        let with_document = pages.map(|page| {
            let name = page.file_stem().unwrap().to_str().unwrap();
            let document = self.folder.join("data").join(format!("{name}.json"));
            let document = serde_json::from_slice(&fs::read(document).unwrap()).unwrap();
            (page, document)
        });
        with_document.collect()
    }

    /// Returns the page of the run from a file of this name.
    pub fn run_from(&self, file: &str) -> PathBuf {
        let is_it = |document: &Value| {
            let path = document["source"]["path"].as_str().unwrap_or_default();
            path == file || path.ends_with(&format!("/{file}"))
        };
        let mut runs = self.runs().into_iter();
        let found = runs.find(|(_, document)| is_it(document));
        found.unwrap_or_else(|| panic!("no page of {file}")).0
    }

    /// Returns a run page of each kind of session, and every page that is not of a run.
    pub fn a_page_of_each_sort(&self) -> Vec<PathBuf> {
        let mut kinds = BTreeMap::new();
        for (page, document) in self.runs() {
            let kind = document["kind"].as_str().unwrap().to_owned();
            kinds.entry(kind).or_insert(page);
        }
        let runs = self.folder.join("runs");
        let all = files(&self.folder, "html").into_iter();
        all.filter(|page| !page.starts_with(&runs))
            .chain(kinds.into_values())
            .collect()
    }

    /// Returns all charts that stand alone.
    pub fn charts(&self) -> Vec<PathBuf> {
        files(&self.folder, "svg")
    }
}

/// Returns a folder or file of the fixtures.
pub fn fixtures(name: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join("fixtures").join(name)
}

/// Returns an empty folder below the target folder.
pub fn empty_folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Returns the files below a folder that end so, in order.
pub fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension == ending)
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Fails with all complaints, each on a line.
pub fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

//! FIT against two readers in Python, the vendor's own among them: where they read a file to its end they find the
//! same in it, and where they refuse one it is told what is kept of it here.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
#![expect(clippy::print_stdout, reason = "a test tells what it compared")]

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use hardeasy::ingest::fit;
use serde::Deserialize;

use crate::common::python::python;
use crate::fit_corpus::CORPUS_STEP;
use crate::fit_corpus::QUANTITIES;
use crate::fit_corpus::Sums;
use crate::fit_corpus::beside_the_crate;
use crate::fit_corpus::fit_files;
use crate::fit_corpus::our_sums;

const PACKAGES: [&str; 2] = ["fitdecode==0.11.0", "garmin-fit-sdk==21.218.0"];
/// Files that are read at once.
const AT_ONCE: usize = 50;

/// What a reader said of a file.
#[derive(Deserialize)]
#[serde(untagged)]
enum Told {
    Read(PathBuf, String, usize, [(usize, f64); QUANTITIES.len()]),
    Refused(PathBuf, String, String),
}

/// Returns what both readers say of some files.
fn told(python: &Path, files: &[PathBuf]) -> Vec<Told> {
    let script = beside_the_crate("tests/reading/fit_sums.py");
    let mut told = Vec::new();
    for some in files.chunks(AT_ONCE) {
        let output = Command::new(python).arg(&script).args(some).output();
        let output = output.unwrap();
        assert!(output.status.success());
        let lines = String::from_utf8(output.stdout).unwrap();
        told.extend(
            lines
                .lines()
                .map(|line| serde_json::from_str::<Told>(line).unwrap()),
        );
    }
    assert_eq!(told.len(), PACKAGES.len() * files.len());
    told
}

#[test]
#[ignore = "fetches packages; see CONTRIBUTING.md"]
fn readers_in_python_find_the_same() {
    let python = python("fit-venv", &PACKAGES).expect("a Python that can fetch packages");
    let mut files = fit_files(&beside_the_crate("fixtures"));
    let corpus = fit_files(&beside_the_crate("../shared/corpus"));
    if corpus.is_empty() {
        println!("skipped: no corpus");
    }
    files.extend(corpus.into_iter().step_by(CORPUS_STEP));
    let (mut same, mut refused, mut other) = (0, 0, Vec::new());
    for one in &told(&python, &files) {
        let path = match one {
            Told::Read(path, ..) | Told::Refused(path, ..) => path,
        };
        let name = path.file_name().unwrap().to_string_lossy();
        let ours = fit::records(&std::fs::read(path).unwrap());
        let ours = ours.map(|tables| our_sums(&tables));
        match one {
            Told::Refused(_, reader, why) => {
                refused += 1;
                let kept = ours.map_or(0, |sums| sums.records);
                println!("{name}: {reader} refuses it, {kept} records kept here: {why}");
            }
            Told::Read(_, reader, records, quantities) => {
                let theirs = Sums {
                    records: *records,
                    quantities: *quantities,
                };
                let differences = match ours {
                    Ok(ours) => ours.differences(&theirs),
                    // Sound files without a record.
                    Err(_) if *records == 0 => Vec::new(),
                    Err(error) => vec![error.to_string()],
                };
                match differences.is_empty() {
                    true => same += 1,
                    false => other.push(format!("{name}: {reader}: {}", differences.join("; "))),
                }
            }
        }
    }
    println!(
        "{} files: {same} readings alike, {refused} refused",
        files.len()
    );
    assert!(other.is_empty(), "{}", other.join("\n"));
}

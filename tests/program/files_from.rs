//! `--files-from`: the paths of a list are read as if they had been given.

use std::fs;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy_in;
use crate::common::program::out;

/// Returns a folder with two runs and a list of them.
fn two_runs() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (from, to) in [
        ("runs/kilometres.fit", "a run.fit"),
        ("runs/tempo.gpx", "b.gpx"),
    ] {
        fs::copy(fixture(from), folder.path().join(to)).expect("a copy");
    }
    fs::write(folder.path().join("list"), "a run.fit\nb.gpx\n").expect("a list");
    folder
}

fn lines(folder: &tempfile::TempDir, input: &[u8], more: &[&str]) -> (usize, i32, String) {
    let arguments = [&["export", "--format", "ndjson"][..], more].concat();
    let output = hardeasy_in(folder.path(), input, &arguments);
    (out(&output).lines().count(), exit(&output), err(&output))
}

#[test]
fn a_list_is_read_from_a_file_and_from_standard_input() {
    let folder = two_runs();
    let list = ["--files-from", "list"];
    let standard = ["--files-from", "-"];
    let given = lines(&folder, b"", &["a run.fit", "b.gpx"]);
    assert_eq!((given.0, given.1), (2, 0), "{}", given.2);
    assert_eq!(lines(&folder, b"", &list), given);
    assert_eq!(lines(&folder, b"a run.fit\0b.gpx\0", &standard), given);
    let both = [&["a run.fit"][..], &standard].concat();
    assert_eq!(lines(&folder, b"b.gpx", &both), given);
}

#[test]
fn what_is_missing_is_told_and_the_rest_goes_on() {
    let folder = two_runs();
    let (runs, exit, told) = lines(&folder, b"b.gpx\ngone.fit\n", &["--files-from", "-"]);
    assert_eq!((runs, exit), (1, 1), "{told}");
    let of_it = told.lines().filter(|line| line.starts_with("failed"));
    let of_it: Vec<&str> = of_it.collect();
    assert_eq!(of_it.len(), 1, "{told}");
    assert!(
        of_it[0].starts_with("failed: gone.fit: expected a file or folder at gone.fit:"),
        "{told}"
    );
}

#[test]
fn nothing_to_read_ends_with_two() {
    let folder = two_runs();
    let empty = lines(&folder, b"\n", &["--files-from", "-"]);
    assert_eq!((empty.0, empty.1), (0, 2));
    assert!(empty.2.contains("holds no path"), "{}", empty.2);
    assert_eq!(lines(&folder, b"", &["--files-from", "nowhere"]).1, 2);
    let twice = lines(&folder, b"", &["-", "--files-from", "-"]);
    assert!(twice.1 == 2 && twice.2.contains("leave out"), "{}", twice.2);
}

#[test]
fn every_command_takes_the_list() {
    let folder = two_runs();
    for command in [
        &["show"][..],
        &["review"],
        &["report", "-o", "site"],
        &["athlete"],
    ] {
        let arguments = [command, &["--files-from", "list"]].concat();
        let output = hardeasy_in(folder.path(), b"", &arguments);
        assert_eq!(exit(&output), 0, "{command:?}: {}", err(&output));
    }
}

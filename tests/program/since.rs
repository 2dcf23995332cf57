//! `export --since`: a job that runs every night gets what is new.

use std::fs;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn only_what_is_new_or_changed_is_exported() {
    let (runs, states) = (folder(), folder());
    let path = runs.path().display().to_string();
    let copy = |from: &str, to: &str| {
        fs::copy(fixture(from), runs.path().join(to)).expect("a copy");
    };
    copy("runs/kilometres.fit", "a.fit");
    copy("runs/tempo.gpx", "b.gpx");
    let state = states.path().join("state.json").display().to_string();
    let lines = |format: &str| {
        let output = hardeasy(&["export", &path, "--format", format, "--since", &state]);
        assert_eq!(exit(&output), 0, "{}", err(&output));
        out(&output).lines().count()
    };
    assert_eq!(lines("ndjson"), 2);
    assert_eq!(lines("ndjson"), 0);
    // The head of the table is always there.
    assert_eq!(lines("csv"), 1);
    copy("runs/strides.fit", "c.fit");
    assert!((1..=3).contains(&lines("ndjson")));
    assert_eq!(lines("ndjson"), 0);
    let run = runs.path().join("a.fit").display().to_string();
    for (more, expected) in
        [("--note", "windy"), ("--note", "calm"), ("--note", "windy")].map(|o| (o, 1))
    {
        let corrected = hardeasy(&["correct", &run, more.0, more.1]);
        assert_eq!(exit(&corrected), 0, "{}", err(&corrected));
        assert_eq!(lines("ndjson"), expected);
    }
    fs::remove_file(runs.path().join("b.gpx")).expect("removed");
    lines("ndjson");
    copy("runs/tempo.gpx", "b.gpx");
    lines("ndjson");
    assert_eq!(lines("ndjson"), 0);
}

#[test]
fn what_is_no_state_is_left_alone() {
    let states = folder();
    let state = states.path().join("diary.txt");
    fs::write(&state, "ran well").expect("written");
    let state = state.display().to_string();
    let run = fixture("runs/kilometres.fit");
    let export = |format: &str, more: &[&str]| {
        let arguments = [
            "export", &run, "--alone", "--format", format, "--since", &state,
        ];
        hardeasy(&[&arguments[..], more].concat())
    };
    let refused = export("ndjson", &[]);
    assert_eq!(exit(&refused), 2);
    assert!(
        err(&refused).contains("hardeasy.state/1"),
        "{}",
        err(&refused)
    );
    assert_eq!(exit(&export("gpx", &[])), 2);
    assert_eq!(exit(&export("csv", &["--table", "weeks"])), 2);
    assert_eq!(fs::read_to_string(&state).expect("still there"), "ran well");
    let empty = folder().path().display().to_string();
    let new = states.path().join("new").display().to_string();
    let nothing = hardeasy(&["export", &empty, "--format", "ndjson", "--since", &new]);
    assert_eq!(exit(&nothing), 2);
    assert!(fs::metadata(&new).is_err(), "nothing was exported");
}

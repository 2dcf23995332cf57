//! What every session document promises, on the fixtures and, where present, on real exports.
#![expect(clippy::print_stdout, reason = "a test says what it skipped")]

use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

use hardeasy::classification::SESSION_SCHEMA;
use hardeasy::classification::Session;
use hardeasy::ingest::Sport;
use hardeasy::pipeline;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::Outcome;
use hardeasy::segmentation::LapPolicy;
use serde_json::Value;

/// The keys of a session document.
const KEYS: [&str; 42] = [
    "schema",
    "athlete",
    "source",
    "start_time",
    "utc_offset_s",
    "day",
    "day_from",
    "sport",
    "sub_sport",
    "name",
    "elapsed_s",
    "timer_s",
    "moving_s",
    "distance_m",
    "ascent_m",
    "kind",
    "kind_confidence",
    "runner_up",
    "quality",
    "tags",
    "corrected",
    "note",
    "excluded",
    "evidence",
    "segments",
    "sets",
    "distribution",
    "load",
    "perceived_exertion",
    "feel",
    "hours_since_key_session",
    "drift",
    "durability",
    "execution",
    "expectation",
    "split",
    "best_efforts",
    "references",
    "data_quality",
    "laps",
    "summary",
    "warnings",
];

/// The keys that a document has where there is something to say: the totals of the watch, a sport that
/// the file does not say itself, what the user said of the recording, time that was cut away.
const OPTIONAL_KEYS: [&str; 4] = ["watch", "sport_from", "changes", "not_running_s"];

/// The largest summary of a run of usual length, in bytes of JSON: with its candidates, and what else it
/// may have been.
const USUAL_SUMMARY_BYTES: usize = 24 * 1024;

fn fixtures(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
}

/// Returns a folder of real exports, which a fresh clone does not have.
fn corpus(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/corpus")
        .join(name);
    if !folder.is_dir() {
        println!("skipped: there is no folder of real exports ({name})");
        return None;
    }
    Some(folder)
}

/// Returns how many exports a folder holds; the labels beside them are none.
fn exports(folder: &Path) -> usize {
    let files = walkdir::WalkDir::new(folder).into_iter().flatten();
    let is_export = |entry: &walkdir::DirEntry| {
        let ending = entry.path().extension().and_then(|ending| ending.to_str());
        matches!(ending, Some("fit" | "gpx" | "tcx"))
    };
    files.filter(is_export).count()
}

fn read(folder: &Path, athletes: bool, laps: LapPolicy) -> Outcome {
    let options = Options {
        athletes,
        laps,
        ..Options::default()
    };
    pipeline::read_runs(
        vec![Input::Path(folder.to_path_buf())],
        &options,
        &|_, _| {},
    )
    .expect("no settings to misread")
}

fn assert_sound(session: &Session) {
    let name = &session.head.source.path;
    assert_eq!(session.schema, SESSION_SCHEMA);
    let text = serde_json::to_string(session).expect("a document is JSON");
    let document: Value = serde_json::from_str(&text).expect("JSON");
    let object = document.as_object().expect("an object");
    let keys: BTreeSet<&str> = object.keys().map(String::as_str).collect();
    let wanted: BTreeSet<&str> = KEYS.into_iter().collect();
    let optional: BTreeSet<&str> = OPTIONAL_KEYS.into_iter().collect();
    let always: BTreeSet<&str> = keys.difference(&optional).copied().collect();
    assert_eq!(always, wanted, "{name}");
    assert!(
        text.find("\"schema\"").is_some_and(|place| place == 1),
        "{name}: the schema comes first"
    );
    assert_segments(session);
    assert!((0.0..=1.0).contains(&session.kind_confidence), "{name}");
    let parsed: Session = serde_json::from_str(&text).expect("a document is read back");
    assert!(
        serde_json::to_string(&parsed).expect("JSON") == text,
        "{name}: the document changes when it is read back"
    );
}

/// Segments are contiguous, half-open, in order, and cover the run.
fn assert_segments(session: &Session) {
    let name = &session.head.source.path;
    if session.head.sport != Sport::Running {
        assert!(
            session.segments.is_empty(),
            "{name}: only runs have segments"
        );
        return;
    }
    let (first, last) = (
        session.segments.first().expect("a segment"),
        session.segments.last().expect("a segment"),
    );
    assert!(
        first.start_s.abs() < f64::EPSILON,
        "{name}: starts at {}",
        first.start_s
    );
    assert!(
        (last.end_s - session.head.elapsed_s).abs() < 1e-9,
        "{name}: ends at {} of {}",
        last.end_s,
        session.head.elapsed_s
    );
    for pair in session.segments.windows(2) {
        assert!(
            (pair[0].end_s - pair[1].start_s).abs() < f64::EPSILON,
            "{name}: a hole at {}",
            pair[0].end_s
        );
    }
    for segment in &session.segments {
        assert!(
            segment.end_s > segment.start_s || session.head.elapsed_s <= 0.0,
            "{name}: empty segment at {}",
            segment.start_s
        );
        assert!((0.0..=1.0).contains(&segment.confidence), "{name}");
        assert!(
            segment.start_low_s <= segment.start_s && segment.start_s <= segment.start_high_s,
            "{name}: start interval"
        );
        assert!(
            segment.end_low_s <= segment.end_s && segment.end_s <= segment.end_high_s,
            "{name}: end interval"
        );
    }
}

fn assert_all_sound(outcome: &Outcome, sessions: usize) {
    assert_eq!(outcome.sessions.len(), sessions);
    outcome.sessions.iter().for_each(assert_sound);
}

/// Judging the stored documents gives the same bytes as reading the files.
fn assert_folds_again(outcome: &Outcome) {
    let lines: String = outcome
        .sessions
        .iter()
        .map(|session| serde_json::to_string(session).expect("JSON") + "\n")
        .collect();
    let again = pipeline::read_runs(
        vec![Input::Bytes(lines.into_bytes())],
        &Options::default(),
        &|_, _| {},
    )
    .expect("no settings");
    assert_eq!(outcome.sessions.len(), again.sessions.len());
    for (first, second) in outcome.sessions.iter().zip(&again.sessions) {
        let (first, second) = (
            serde_json::to_string(first).expect("JSON"),
            serde_json::to_string(second).expect("JSON"),
        );
        assert!(first == second, "folding again changes\n{first}\n{second}");
    }
}

#[test]
fn fixtures_give_sound_documents_that_fold_again() {
    for (folder, sessions) in [("season", 75), ("runs", 29)] {
        let outcome = read(&fixtures(folder), false, LapPolicy::Auto);
        assert_all_sound(&outcome, sessions);
        assert_folds_again(&outcome);
    }
}

#[test]
fn a_lap_with_a_stop_has_the_moving_time_of_the_laps_around_it() {
    let path = fixtures("runs").join("long-with-lights.fit");
    let outcome = read(&path, false, LapPolicy::Auto);
    let rows = &outcome.sessions[0].laps.rows;
    let [before, stopped, after] = &rows[2..5] else {
        panic!("{} laps", rows.len());
    };
    let moving_s = stopped.moving_s.expect("a lap with speed");
    assert!(stopped.elapsed_s() - moving_s > 60.0, "{stopped:?}");
    for other in [before, after] {
        let other_s = other.moving_s.expect("a lap with speed");
        assert!(
            (moving_s - other_s).abs() < 30.0,
            "{moving_s} and {other_s}"
        );
    }
}

#[test]
fn laps_stored_without_moving_time_are_read() {
    let path = fixtures("runs").join("kilometres.fit");
    let outcome = read(&path, false, LapPolicy::Auto);
    let mut document = serde_json::to_value(&outcome.sessions[0]).expect("JSON");
    let rows = document["laps"]["rows"].as_array_mut().expect("laps");
    for row in rows {
        row.as_object_mut().expect("a lap").remove("moving_s");
    }
    let older: Session = serde_json::from_value(document).expect("an older document");
    assert!(older.laps.rows.iter().all(|lap| lap.moving_s.is_none()));
}

#[test]
fn every_input_is_in_the_account_once() {
    for folder in ["season", "runs", "broken"] {
        let outcome = read(&fixtures(folder), false, LapPolicy::Auto);
        let names: BTreeSet<String> = outcome
            .account
            .iter()
            .map(pipeline::FileLine::name)
            .collect();
        assert_eq!(names.len(), outcome.account.len(), "{folder}: listed twice");
        let files = walkdir::WalkDir::new(fixtures(folder))
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file());
        for file in files {
            let path = file
                .path()
                .strip_prefix(fixtures(folder))
                .expect("below")
                .to_string_lossy()
                .replace('\\', "/");
            assert!(
                outcome.account.iter().any(|line| line.path == path),
                "{folder}/{path} is missing"
            );
        }
        let counted: usize = outcome.account.iter().map(|line| line.activities).sum();
        assert_eq!(
            counted,
            outcome.sessions.len(),
            "{folder}: activities add up"
        );
    }
}

#[test]
fn summaries_stay_small() {
    for session in &read(&fixtures("runs"), false, LapPolicy::Auto).sessions {
        let bytes = serde_json::to_string(&session.summary).expect("JSON").len();
        assert!(
            bytes <= USUAL_SUMMARY_BYTES,
            "{}: {bytes} bytes",
            session.head.source.path
        );
    }
}

#[test]
fn real_exports_give_sound_documents_that_fold_again() {
    for (folder, athletes) in [
        ("truth", true),
        ("plain", true),
        ("season", false),
        ("formats", false),
    ] {
        let Some(path) = corpus(folder) else { continue };
        let outcome = read(&path, athletes, LapPolicy::Ignore);
        assert_all_sound(&outcome, exports(&path));
        assert_folds_again(&outcome);
    }
}

#[test]
fn heart_rate_is_there_wherever_the_file_has_it() {
    let Some(path) = corpus("formats") else {
        return;
    };
    for session in &read(&path, false, LapPolicy::Ignore).sessions {
        let text =
            std::fs::read_to_string(path.join(&session.head.source.path)).expect("a text file");
        let written = text.contains("hr>") || text.contains("HeartRateBpm");
        let read = session.summary.heart_rate_max_10s_bpm.is_some();
        assert_eq!(written, read, "{}", session.head.source.path);
    }
}

//! What `export` writes for other programs is read back as the same run.

use std::fs;

use hardeasy::ingest;
use hardeasy::ingest::Activity;
use hardeasy::ingest::Content;
use hardeasy::ingest::Intensity;
use hardeasy::ingest::Strictness;
use serde_json::Value;

use crate::common::athlete::Athlete;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::generator::Options;
use crate::common::generator::Power;
use crate::common::generator::generate;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;
use crate::common::recording::Recording;
use crate::common::workouts::Workout;

const FORMATS: [&str; 3] = ["gpx", "tcx", "fit"];
/// A pause in the warm-up, in seconds.
const PAUSE_S: (u32, u32) = (200, 260);

/// Returns a run of repetitions with everything a watch records, and a pause.
fn repetitions() -> Recording {
    let athlete = Athlete::of_the_season();
    let plan = Workout::Kilometres.plan(&athlete, 3);
    let options = Options {
        power: Power::Native,
        ..Options::default()
    };
    let mut recording = generate(&plan, &athlete, 3, &options);
    let (from, to) = PAUSE_S;
    for sample in &mut recording.samples {
        sample.time_s += if sample.time_s > from { to - from } else { 0 };
    }
    recording.pauses_s = vec![(from, to + 1)];
    recording.laps.clear();
    recording.workout.clear();
    recording
}

/// Returns what a run is judged to be, and the run exported as some format.
fn exported(path: &str, format: &str) -> (Value, Vec<u8>) {
    let document = hardeasy(&["export", path, "--format", "ndjson", "--alone"]);
    assert_eq!(exit(&document), 0, "{}", err(&document));
    let document = serde_json::from_str(&out(&document)).expect("a document");
    let output = hardeasy(&["export", path, "--format", format, "--alone"]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    (document, output.stdout)
}

fn read(bytes: &[u8]) -> Activity {
    let Content::Export(format) = ingest::detect(bytes) else {
        panic!("not an export: {:?}", ingest::detect(bytes));
    };
    let mut activities = ingest::read(bytes, format, Strictness::Strict).expect("sound");
    assert_eq!(activities.len(), 1);
    activities.remove(0)
}

fn numbers(list: &Value, key: &str) -> Vec<f64> {
    let list = list.as_array().expect("a list").iter();
    list.map(|one| one[key].as_f64().expect("a number"))
        .collect()
}

fn assert_near(value: f64, expected: f64, within: f64, what: &str) {
    assert!(
        (value - expected).abs() <= within,
        "{what}: {value}, expected {expected}"
    );
}

#[test]
fn what_is_exported_is_read_back_as_the_same_run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("run.fit");
    let recording = repetitions();
    fs::write(&file, fit_writer::write(&recording, Wire::default())).expect("written");
    let path = file.display().to_string();
    for format in FORMATS {
        let (document, bytes) = exported(&path, format);
        let starts_s = numbers(&document["segments"], "start_s");
        let activity = read(&bytes);
        assert_eq!(activity.laps.len(), starts_s.len(), "{format}");
        for (lap, start_s) in activity.laps.iter().zip(starts_s) {
            assert_near(lap.start_s, start_s, 1.0, format);
        }
        let start = activity.start.expect("a start").timestamp();
        assert_eq!(start, recording.start_unix_s, "{format}");
        let pauses = activity.pauses.iter();
        let pauses: Vec<_> = pauses.map(|pause| (pause.start_s, pause.end_s)).collect();
        assert_eq!(pauses.len(), 1, "{format}: {pauses:?}");
        assert_near(pauses[0].0, f64::from(PAUSE_S.0), 1.0, format);
        assert_near(pauses[0].1, f64::from(PAUSE_S.1), 1.0, format);
        sensors_are_the_same(&activity, &recording, format);
        let again = folder.path().join(format!("again.{format}"));
        fs::write(&again, &bytes).expect("written");
        let (again, _) = exported(&again.display().to_string(), "fit");
        let metres = |document: &Value| document["distance_m"].as_f64().expect("a distance");
        // Positions wander by some metres, where the format has no distance.
        let within = if format == "gpx" { 0.02 } else { 1e-4 } * metres(&document);
        assert_near(metres(&again), metres(&document), within, format);
        assert_eq!(again["sport"], "running");
        assert_eq!(again["name"], document["name"], "{format}");
    }
}

/// Checks what sensors measured at most seconds that both have: a few values are repaired.
fn sensors_are_the_same(activity: &Activity, recording: &Recording, format: &str) {
    let records = &activity.records;
    let mut differences = [Vec::new(), Vec::new(), Vec::new()];
    for sample in &recording.samples {
        let at = f64::from(sample.time_s);
        let Ok(index) = records.time_s.binary_search_by(|time| time.total_cmp(&at)) else {
            continue;
        };
        let pairs = [
            (
                &records.heart_rate_bpm,
                sample.heart_rate_bpm.map(f64::from),
            ),
            (&records.cadence_spm, sample.cadence_spm.map(f64::from)),
            (&records.power_w, sample.power_w.map(f64::from)),
        ];
        for ((channel, expected), found) in pairs.into_iter().zip(&mut differences) {
            let both = channel.get(index).zip(expected);
            found.extend(both.map(|(value, expected)| value - expected));
        }
    }
    // Each second is the mean of those around it; strides are half of steps, in whole numbers.
    for (found, within) in differences.iter().zip([2.1, 4.1, 30.0]) {
        let near = found.iter().filter(|difference| difference.abs() <= within);
        let (near, all) = (near.count(), recording.samples.len());
        assert!(
            near * 10 > all * 8,
            "{format}, within {within}: {near} of {all}"
        );
        let mean = found.iter().sum::<f64>() / found.len() as f64;
        assert_near(mean, 0.0, 1.0, format);
    }
}

#[test]
fn laps_tell_what_they_are() {
    let path = fixture("runs/kilometres.fit");
    let (document, tcx) = exported(&path, "tcx");
    let text = String::from_utf8_lossy(&tcx);
    assert!(text.contains("<Notes>warm-up"), "{text:.2000}");
    assert!(text.contains("<Intensity>Resting</Intensity>"));
    let segments = document["segments"].as_array().expect("segments");
    let (_, fit) = exported(&path, "fit");
    let laps = read(&fit).laps;
    for (lap, segment) in laps.iter().zip(segments) {
        let expected = match segment["kind"].as_str().expect("a kind") {
            "warm_up" => Intensity::Warmup,
            "cool_down" => Intensity::Cooldown,
            "recovery" => Intensity::Recovery,
            "rest" | "stop" => Intensity::Rest,
            _ => Intensity::Active,
        };
        assert_eq!(lap.intensity, Some(expected));
    }
    let messages = fitparser::from_bytes(&fit).expect("sound");
    let of = |kind: fitparser::profile::MesgNum| {
        messages
            .iter()
            .filter(|message| message.kind() == kind)
            .count()
    };
    assert_eq!(of(fitparser::profile::MesgNum::Lap), segments.len());
    assert_eq!(of(fitparser::profile::MesgNum::Session), 1);
    assert_eq!(of(fitparser::profile::MesgNum::Activity), 1);
}

#[test]
fn a_folder_holds_a_file_for_each_run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let into = folder.path().display().to_string();
    let runs = [fixture("runs/kilometres.fit"), fixture("runs/tempo.gpx")];
    for format in FORMATS {
        let several = hardeasy(&["export", &runs[0], &runs[1], "--format", format]);
        assert_eq!(exit(&several), 2);
        assert!(err(&several).contains("add -o DIR"), "{}", err(&several));
        let output = hardeasy(&[
            "export", &runs[0], &runs[1], "--format", format, "-o", &into,
        ]);
        assert_eq!(exit(&output), 0, "{}", err(&output));
    }
    let files = fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(files, runs.len() * FORMATS.len());
}

/// Returns the kind of a run, and kind and start of each segment but for steady running and the stops in it.
fn verdict(document: &Value) -> (String, Vec<String>, Vec<f64>) {
    let word = |of: &Value| of["kind"].as_str().expect("a kind").to_owned();
    let segments = document["segments"].as_array().expect("segments").iter();
    let told = segments.filter(|one| !["steady", "stop"].contains(&word(one).as_str()));
    let told = told.map(|one| (word(one), one["start_s"].as_f64().expect("a number")));
    let (kinds, starts_s) = told.unzip();
    (word(document), kinds, starts_s)
}

#[test]
fn what_was_found_is_found_again_in_our_own_files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let runs = fs::read_dir(fixture("runs")).expect("a folder");
    let runs = runs.map(|run| run.expect("a run").path());
    let mut compared = 0;
    for run in runs.filter(|run| run.extension().is_some_and(|ending| ending != "json")) {
        let path = run.display().to_string();
        let (document, fit) = exported(&path, "fit");
        let (_, tcx) = exported(&path, "tcx");
        let (kind, kinds, starts_s) = verdict(&document);
        for (format, bytes) in [("fit", fit), ("tcx", tcx)] {
            let what = format!("{path} as {format}");
            let again = folder.path().join(format!("again.{format}"));
            fs::write(&again, &bytes).expect("written");
            let (again, _) = exported(&again.display().to_string(), format);
            let found = verdict(&again);
            assert_eq!((&found.0, &found.1), (&kind, &kinds), "{what}");
            for (again_s, start_s) in found.2.iter().zip(&starts_s) {
                // Where it is found without laps as well, it is measured again.
                assert_near(*again_s, *start_s, 8.0, &what);
            }
            compared += 1;
        }
    }
    assert!(compared > 50, "{compared} files");
}

#[test]
fn laps_of_other_writers_are_not_taken_at_their_word() {
    let (_, tcx) = exported(&fixture("runs/kilometres.fit"), "tcx");
    assert!(read(&tcx).laps.iter().all(|lap| lap.is_effort.is_some()));
    let text = String::from_utf8(tcx).expect("text");
    let other = text.replace("<Name>hardeasy</Name>", "<Name>Forerunner</Name>");
    assert_ne!(text, other);
    assert!(
        read(other.as_bytes())
            .laps
            .iter()
            .all(|lap| lap.is_effort.is_none())
    );
}

//! What converters and platforms make of a run is read as that run.

#![expect(clippy::unwrap_used, reason = "a test may stop at a surprise")]
#![expect(clippy::print_stdout, reason = "a test says what it skips and finds")]

use std::fs;
use std::process::Command;

use crate::common::athlete::Athlete;
use crate::common::converters;
use crate::common::converters::LapPoints;
use crate::common::generator::Keep;
use crate::common::generator::Options;
use crate::common::generator::generate;
use crate::common::recording::Lap;
use crate::common::recording::Recording;
use crate::common::recording::Trigger;
use crate::common::tcx_writer;
use crate::common::workouts::Workout;
use hardeasy::ingest;
use hardeasy::ingest::Activity;
use hardeasy::ingest::AltitudeSource;
use hardeasy::ingest::Content;
use hardeasy::ingest::LapTrigger;
use hardeasy::ingest::Strictness;
use hardeasy::ingest::detect;

/// When the lap key was pressed, in seconds.
const PRESSED_S: [f64; 3] = [600.0, 780.0, 900.0];
/// The first heart rates that some dialects leave out.
const SILENT: usize = 5;

/// Returns a run with four laps by the key.
fn four_laps(keep: Keep) -> Recording {
    let athlete = Athlete::of_the_season();
    let plan = Workout::Easy.plan(&athlete, 3);
    let options = Options {
        keep,
        ..Options::default()
    };
    let mut recording = generate(&plan, &athlete, 3, &options);
    let end_s = f64::from(recording.elapsed_s());
    let starts = [0.0].into_iter().chain(PRESSED_S);
    let spans = starts.zip(PRESSED_S.into_iter().chain([end_s]));
    let lap = |(start_s, end_s): (f64, f64)| Lap {
        start_s,
        end_s,
        distance_m: None,
        trigger: Trigger::Manual,
        step: None,
    };
    recording.laps = spans.map(lap).collect();
    recording
}

fn read(bytes: &[u8]) -> Result<Vec<Activity>, ingest::Error> {
    let Content::Export(format) = detect(bytes) else {
        panic!("not an export: {:?}", detect(bytes));
    };
    ingest::read(bytes, format, Strictness::Strict)
}

fn one(bytes: &[u8]) -> Activity {
    let mut activities = read(bytes).unwrap();
    assert_eq!(activities.len(), 1);
    activities.remove(0)
}

fn boundaries_s(activity: &Activity) -> Vec<f64> {
    let ends = activity.laps.iter().map(|lap| lap.end_s);
    let count = activity.laps.len().saturating_sub(1);
    ends.take(count).collect()
}

fn codes(activity: &Activity) -> Vec<&str> {
    let warnings = activity.warnings.iter();
    warnings.map(|warning| warning.code.as_str()).collect()
}

/// Checks that an activity has the times of a recording, and its heart rate from some record on.
fn assert_same(activity: &Activity, recording: &Recording, beats_from: usize, name: &str) {
    let times = recording.samples.iter().map(|s| f64::from(s.time_s));
    assert_eq!(activity.records.time_s, times.collect::<Vec<_>>(), "{name}");
    let start = activity.start.map(|start| start.timestamp());
    assert_eq!(start, Some(recording.start_unix_s), "{name}");
    let beats = recording.samples.iter().enumerate().map(|(index, sample)| {
        let beats = sample.heart_rate_bpm.map(f64::from);
        beats.filter(|_| index >= beats_from)
    });
    let read = activity.records.heart_rate_bpm.iter();
    assert_eq!(
        read.collect::<Vec<_>>(),
        beats.collect::<Vec<_>>(),
        "{name}"
    );
}

#[test]
fn what_gpsbabel_writes_as_a_course_is_the_run_with_its_laps() {
    let recording = four_laps(Keep::All);
    for laps in [LapPoints::Starts, LapPoints::Ends] {
        let fit = one(&converters::gpsbabel_fit(&recording, laps));
        assert_eq!(boundaries_s(&fit), PRESSED_S, "{laps:?}");
        assert_eq!(fit.laps[0].trigger, LapTrigger::Manual);
        assert_eq!(codes(&fit), ["W-course"]);
        assert_eq!(fit.device, None);
        assert_eq!(fit.records.len(), recording.samples.len());
        let gpx = one(converters::gpsbabel_gpx(&recording, laps).as_bytes());
        assert_eq!(boundaries_s(&gpx), PRESSED_S, "{laps:?}");
        assert_eq!(codes(&gpx), ["W-lap-points"]);
        assert_same(&gpx, &recording, 0, "GPX");
    }
    let tcx = one(converters::gpsbabel_tcx(&recording).as_bytes());
    assert_eq!(codes(&tcx), ["W-course"]);
    assert_eq!(tcx.laps.len(), 1);
    assert_eq!(tcx.totals, ingest::Totals::default());
    assert_same(&tcx, &recording, 0, "TCX");
}

#[test]
fn a_smart_recording_without_laps_is_told_from_a_plan() {
    let mut recording = four_laps(Keep::Smart);
    recording.laps.clear();
    let fit = converters::gpsbabel_fit(&recording, LapPoints::Starts);
    assert_eq!(codes(&one(&fit)), ["W-course"]);
    let error = read(&converters::planned_fit(&four_laps(Keep::All))).unwrap_err();
    assert!(error.is_skip());
    assert_eq!(
        error.kind.to_string(),
        "a course of one unchanging speed, as planners write it, not a recorded activity"
    );
}

#[test]
fn a_course_of_several_laps_keeps_them() {
    let recording = four_laps(Keep::All);
    let laps: String = recording
        .laps
        .iter()
        .map(|lap| {
            format!(
                "<Lap><TotalTimeSeconds>{}</TotalTimeSeconds></Lap>",
                lap.end_s - lap.start_s
            )
        })
        .collect();
    let text = converters::gpsbabel_tcx(&recording);
    let (before, after) = text.split_once("<Lap>").unwrap();
    let (_, after) = after.split_once("</Lap>").unwrap();
    let tcx = one(format!("{before}{laps}{after}").as_bytes());
    assert_eq!(boundaries_s(&tcx), PRESSED_S);
    // Points of the course named as laps say more, other points nothing.
    let point = |name: &str, minute: u32| {
        format!(
            "<CoursePoint><Name>{name}</Name><Time>2026-03-02T07:{minute:02}:00Z</Time><PointType>Generic</PointType></CoursePoint>"
        )
    };
    let points =
        [("Lap 1", 0), ("Bench", 4), ("Lap 2", 9)].map(|(name, minute)| point(name, minute));
    let with_points = text.replace("</Track>", &format!("</Track>{}", points.concat()));
    assert_eq!(boundaries_s(&one(with_points.as_bytes())), [540.0]);
}

#[test]
fn dialects_of_converters_and_platforms_are_the_same_run() {
    let recording = four_laps(Keep::All);
    for (name, text) in converters::gpx_dialects(&recording) {
        let activity = one(text.as_bytes());
        assert_same(&activity, &recording, 0, name);
        assert!(activity.pauses.is_empty(), "{name}");
        assert_eq!(activity.altitude_source, AltitudeSource::Unknown, "{name}");
        if name == "a track for each lap" {
            assert_eq!(boundaries_s(&activity), PRESSED_S);
            assert_eq!(activity.name, None);
        } else {
            assert_eq!(codes(&activity), [""; 0], "{name}");
        }
    }
    for (name, text) in converters::tcx_dialects(&recording) {
        let activity = one(text.as_bytes());
        assert_same(&activity, &recording, SILENT, name);
        assert_eq!(codes(&activity), [""; 0], "{name}");
    }
}

/// Runs GPSBabel on a file; nothing when there is none.
fn gpsbabel(arguments: &[&str]) -> Option<()> {
    let output = Command::new("gpsbabel").args(arguments).output().ok()?;
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "gpsbabel {arguments:?}: {error}");
    Some(())
}

#[test]
#[ignore = "needs gpsbabel"]
fn gpsbabel_itself_makes_the_same_run() {
    let recording = four_laps(Keep::All);
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    fs::write(at("run.tcx"), tcx_writer::write(&recording, "")).unwrap();
    let from = at("run.tcx");
    for (format, name, has_heart_rate, laps) in [
        ("garmin_fit", "out.fit", false, 4),
        ("gtrnctr", "out.tcx", true, 1),
        ("gtrnctr,course=0,sport=Running", "activity.tcx", true, 1),
        ("gpx", "out.gpx", false, 4),
        ("gpx,garminextensions", "extended.gpx", true, 4),
    ] {
        let to = at(name);
        if gpsbabel(&["-i", "gtrnctr", "-f", &from, "-o", format, "-F", &to]).is_none() {
            println!("skipped: there is no gpsbabel here");
            return;
        }
        let activity = one(&fs::read(&to).unwrap());
        println!(
            "{format}: {} laps, {:?}",
            activity.laps.len(),
            codes(&activity)
        );
        assert_eq!(activity.records.len(), recording.samples.len(), "{format}");
        assert_eq!(activity.laps.len(), laps, "{format}");
        if laps > 1 {
            assert_eq!(boundaries_s(&activity), PRESSED_S, "{format}");
        }
        if has_heart_rate {
            assert_same(&activity, &recording, 0, format);
        } else {
            assert!(!activity.records.heart_rate_bpm.has_values(), "{format}");
        }
    }
}

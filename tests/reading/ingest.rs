//! Files and folders as users have them: what is said of broken ones, twins of sound ones, and what
//! hostile names and odd file systems do.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use crate::common;
use crate::common::fixture_broken;
use crate::common::fixture_runs;
use crate::common::golden;
use crate::common::packing;
use crate::common::plan;
use crate::common::recording::Recording;
use hardeasy::channel::Channel;
use hardeasy::ingest;
use hardeasy::ingest::Activity;
use hardeasy::ingest::Content;
use hardeasy::ingest::Sport;
use hardeasy::ingest::Strictness;
use hardeasy::ingest::archive;
use hardeasy::ingest::detect;
use hardeasy::pipeline::FileLine;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::Outcome;
use hardeasy::pipeline::Status;
use hardeasy::pipeline::read_runs;
use hardeasy::report::text;

/// Positions in FIT are whole semicircles of 8.4e-8°; XML has seven decimals or more.
const POSITION_TOLERANCE_DEG: f64 = 2e-7;
/// Altitude in FIT counts fifths of a metre, and the text of XML tenths.
const ALTITUDE_TOLERANCE_M: f64 = 0.16;
/// A run's length differs from that of its plan by less than one record.
const LENGTH_TOLERANCE_S: f64 = 8.0;

fn fixtures(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join(name)
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(fixtures(folder)).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Outcome {
    read_runs(
        vec![Input::Path(path.to_path_buf())],
        &Options::default(),
        &|_, _| {},
    )
    .unwrap()
}

/// Returns the activities of a file, whatever it is packed in.
fn activities(bytes: Vec<u8>) -> Vec<Activity> {
    let mut found = Vec::new();
    archive::unpack(bytes, &mut |member| {
        if let Ok(bytes) = member.bytes
            && let Content::Export(format) = detect(&bytes)
        {
            let read = ingest::read(&bytes, format, Strictness::Lenient);
            found.extend(read.unwrap_or_default());
        }
    });
    found
}

/// Returns a new folder with some files in it.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// Returns what became of the inputs, as (name, status).
fn statuses(outcome: &Outcome) -> Vec<(String, Status)> {
    let lines = outcome.account.iter();
    lines.map(|line| (line.name(), line.status)).collect()
}

fn line_of<'a>(outcome: &'a Outcome, name: &str) -> &'a FileLine {
    let line = outcome.account.iter().find(|line| line.name() == name);
    line.unwrap_or_else(|| panic!("{name} is not in {:?}", statuses(outcome)))
}

/// Writes what was said of one input, as the golden file keeps it.
fn told(line: &FileLine, records: usize) -> String {
    let activities = match line.activities {
        0 => "no activity".to_owned(),
        1 => format!("1 activity of {records} records"),
        count => format!("{count} activities of {records} records"),
    };
    let mut text = format!("{}: {}, {activities}\n", line.name(), line.status.word());
    if let Some(reason) = &line.reason {
        let _ = writeln!(text, "  {reason}");
    }
    for warning in &line.warnings {
        let place = warning.place.as_deref().unwrap_or("file");
        let _ = writeln!(text, "  {} at {place}: {}", warning.code, warning.text);
    }
    text
}

#[test]
fn broken_files_give_the_golden_account() {
    let mut text = String::new();
    for path in files("broken") {
        let outcome = read(&path);
        let found = activities(fs::read(&path).unwrap());
        let records: usize = found.iter().map(|activity| activity.records.len()).sum();
        for line in &outcome.account {
            text += &told(line, if line.activities > 0 { records } else { 0 });
        }
        let counted: usize = outcome.account.iter().map(|line| line.activities).sum();
        assert_eq!(counted, outcome.sessions.len(), "{}", path.display());
    }
    golden::check("broken.txt", &text);
}

#[test]
fn every_failure_says_what_was_expected_and_found_and_what_to_do() {
    for path in files("broken") {
        for line in read(&path).account {
            let reason = line.reason.clone().unwrap_or_default();
            let texts = line.warnings.iter().map(|warning| warning.text.as_str());
            for text in texts.chain([reason.as_str()]) {
                assert!(!text.ends_with('.') && !text.contains('\n'), "{text}");
            }
            if line.status == Status::Failed {
                let (place, rest) = reason.split_once(": ").unwrap();
                assert!(
                    place == "file" || place.starts_with("byte ") || place.starts_with("line "),
                    "{reason}"
                );
                let found = rest.find(", found ").unwrap();
                assert!(
                    rest.starts_with("expected ") && rest[found..].contains("; "),
                    "{reason}"
                );
            }
            if matches!(line.status, Status::Warned | Status::Partial) {
                assert!(!line.warnings.is_empty(), "{}", line.name());
            }
        }
    }
}

#[test]
fn inspect_tells_what_each_format_holds() {
    let mut text = String::new();
    let odd = ["broken/truncated.fit", "broken/truncated.gpx"];
    for name in ["runs/hills.fit", "runs/run-walk.gpx", "runs/recovery.tcx"]
        .iter()
        .chain(&odd)
    {
        let bytes = fs::read(fixtures(name)).unwrap();
        let Content::Export(format) = detect(&bytes) else {
            panic!("{name} is no export");
        };
        let _ = writeln!(text, "== {name}");
        text += &text::account_text(&ingest::account(&bytes, format), &[]);
        for activity in activities(bytes) {
            text += &text::activity_text(&activity);
        }
        text.push('\n');
    }
    let widest = text.lines().map(|line| line.chars().count()).max();
    assert!(widest.unwrap() <= text::LINE_WIDTH);
    golden::check("inspect.txt", &text);
}

/// Returns what a recording says of a quantity, in order.
fn series<T>(run: &Recording, quantity: impl Fn(&common::recording::Sample) -> T) -> Vec<T> {
    run.samples.iter().map(quantity).collect()
}

fn values(channel: &Channel, length: usize) -> Vec<Option<f64>> {
    (0..length).map(|index| channel.get(index)).collect()
}

fn is_near(ours: Option<f64>, theirs: Option<f64>, tolerance: f64) -> bool {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() <= tolerance,
        (None, None) => true,
        _ => false,
    }
}

fn assert_near(ours: &[Option<f64>], theirs: &[Option<f64>], tolerance: f64, what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (index, (a, b)) in ours.iter().zip(theirs).enumerate() {
        assert!(is_near(*a, *b, tolerance), "{what} {index}: {a:?} {b:?}");
    }
}

fn sport(run: &Recording) -> Sport {
    match run.sport {
        plan::Sport::Running | plan::Sport::TrackRunning | plan::Sport::TreadmillRunning => {
            Sport::Running
        }
        plan::Sport::Walking => Sport::Walking,
        plan::Sport::Cycling => Sport::Cycling,
        plan::Sport::Strength => Sport::Strength,
    }
}

/// Compares an activity with the recording that its file was written from.
fn assert_is(activity: &Activity, run: &Recording, name: &str) {
    let records = &activity.records;
    let count = run.samples.len();
    assert_eq!(records.len(), count, "{name}");
    assert_eq!(activity.sport, sport(run), "{name}");
    assert_eq!(activity.warnings, [], "{name}");
    let start = activity.start.unwrap();
    assert_eq!(start.timestamp(), run.start_unix_s, "{name}");
    let times = series(run, |sample| f64::from(sample.time_s));
    assert_eq!(records.time_s, times, "{name}");
    let rates = series(run, |sample| sample.heart_rate_bpm.map(f64::from));
    assert_eq!(values(&records.heart_rate_bpm, count), rates, "{name}");
    assert_near(
        &values(&records.latitude_deg, count),
        &series(run, |sample| sample.position_deg.map(|place| place.0)),
        POSITION_TOLERANCE_DEG,
        name,
    );
    assert_near(
        &values(&records.longitude_deg, count),
        &series(run, |sample| sample.position_deg.map(|place| place.1)),
        POSITION_TOLERANCE_DEG,
        name,
    );
    assert_near(
        &values(&records.altitude_m, count),
        &series(run, |sample| sample.altitude_m),
        ALTITUDE_TOLERANCE_M,
        name,
    );
    // GPX has no laps.
    if !name.contains(".gpx") {
        assert_eq!(activity.laps.len(), run.laps.len(), "{name}");
        for (lap, made) in activity.laps.iter().zip(&run.laps) {
            assert!(
                (lap.start_s - made.start_s).abs() <= LENGTH_TOLERANCE_S,
                "{name}"
            );
            assert!(
                (lap.end_s - made.end_s).abs() <= LENGTH_TOLERANCE_S,
                "{name}"
            );
        }
    }
}

#[test]
fn runs_are_read_as_they_were_recorded() {
    let runs: BTreeMap<String, Recording> = fixture_runs::recordings()
        .into_iter()
        .map(|(workout, run)| (workout.name().to_owned(), run))
        .collect();
    let mut compared = 0;
    for path in files("runs") {
        let name = name_of(&path);
        let (stem, ending) = name.split_once('.').unwrap();
        if ending == "json" {
            continue;
        }
        let found = activities(fs::read(&path).unwrap());
        assert_eq!(found.len(), 1, "{name}");
        assert_is(&found[0], &runs[stem], &name);
        compared += 1;
    }
    assert_eq!(compared, runs.len() + 2);
}

#[test]
fn runs_last_as_long_as_their_truth() {
    for path in files("runs") {
        let name = name_of(&path);
        if name.ends_with(".json") {
            continue;
        }
        let stem = name.split('.').next().unwrap();
        let truth = fs::read(path.with_file_name(format!("{stem}.json"))).unwrap();
        let truth: serde_json::Value = serde_json::from_slice(&truth).unwrap();
        let end_s = truth["segments"].as_array().unwrap().last().unwrap()["end_s"]
            .as_f64()
            .unwrap();
        let outcome = read(&path);
        let [line] = &outcome.account[..] else {
            panic!("{name}: {:?}", statuses(&outcome));
        };
        assert_eq!((line.status, line.activities), (Status::Ok, 1), "{name}");
        let session = &outcome.sessions[0];
        assert!(
            (session.head.elapsed_s - end_s).abs() <= LENGTH_TOLERANCE_S,
            "{name}"
        );
    }
}

#[test]
fn one_run_in_three_formats_is_one_activity() {
    let bytes = |name: &str| fs::read(fixtures(&format!("runs/{name}"))).unwrap();
    let names = ["easy.fit", "easy.gpx.gz", "easy.tcx.gz"];
    let found = names.map(|name| activities(bytes(name)).remove(0));
    let count = found[0].records.len();
    for other in &found[1..] {
        assert_eq!(other.records.time_s, found[0].records.time_s);
        assert_eq!(
            other.records.heart_rate_bpm,
            found[0].records.heart_rate_bpm
        );
        let places = [&found[0], other].map(|activity| {
            (
                values(&activity.records.latitude_deg, count),
                values(&activity.records.longitude_deg, count),
            )
        });
        assert_near(
            &places[0].0,
            &places[1].0,
            POSITION_TOLERANCE_DEG,
            "latitude",
        );
        assert_near(
            &places[0].1,
            &places[1].1,
            POSITION_TOLERANCE_DEG,
            "longitude",
        );
    }
    let all = names.map(|name| (name, bytes(name)));
    let all: Vec<(&str, &[u8])> = all.iter().map(|(name, b)| (*name, b.as_slice())).collect();
    let outcome = read(folder(&all).path());
    assert_eq!(outcome.sessions.len(), 1);
    assert_eq!(line_of(&outcome, "easy.fit").status, Status::Ok);
    for name in ["easy.gpx.gz", "easy.tcx.gz"] {
        let line = line_of(&outcome, name);
        assert_eq!((line.status, line.activities), (Status::Skipped, 0));
        assert_eq!(
            line.reason.as_deref(),
            Some("the same activity as easy.fit, counted once")
        );
    }
}

#[test]
fn a_duplicate_in_an_archive_is_told_of_by_its_own_name() {
    let bytes = |name: &str| fs::read(fixtures("runs").join(name)).unwrap();
    let (easy, hills) = (bytes("easy.fit"), bytes("hills.fit"));
    let archive = packing::zip(&[("run1", &hills), ("run10", &easy)]);
    let all: [(&str, &[u8]); 2] = [("a.fit", &easy), ("z.zip", &archive)];
    let outcome = read(folder(&all).path());
    let told: Vec<(Option<&str>, Status)> = outcome
        .account
        .iter()
        .map(|line| (line.member.as_deref(), line.status))
        .collect();
    let expected = [
        (None, Status::Ok),
        (Some("run1"), Status::Ok),
        (Some("run10"), Status::Skipped),
    ];
    assert_eq!(told, expected);
}

#[test]
fn two_runs_minutes_apart_are_both_counted() {
    let start = |seconds: i64| {
        let mut run =
            fixture_broken::run(common::generator::Keep::All, common::generator::Power::None);
        run.start_unix_s += seconds;
        common::fit_writer::write(&run, common::fit_encoder::Wire::default())
    };
    let outcome = read(folder(&[("a.fit", &start(0)), ("b.fit", &start(480))]).path());
    assert_eq!(outcome.sessions.len(), 2);
}

/// Case 61 and 66 of archives, and 67: what systems leave beside files.
#[test]
fn archives_are_opened_whatever_their_name() {
    let sound = fixture_broken::sound();
    let inner = packing::zip(&[("deep/run.fit", &sound)]);
    let nested = packing::zip(&[("inner.zip", &inner), ("notes.txt", b"shoes: old")]);
    let packed_twice = packing::gzip(&packing::gzip(&sound));
    let files: [(&str, &[u8]); 5] = [
        ("a-zip.fit", &inner),
        ("nested.zip", &nested),
        ("plain.gz", &sound),
        ("twice.gz", &packed_twice),
        ("zipped.fit", &packing::gzip(&sound)),
    ];
    for (name, bytes) in files {
        let outcome = read(folder(&[(name, bytes)]).path());
        assert_eq!(outcome.sessions.len(), 1, "{name}: {:?}", outcome.account);
        assert_eq!(outcome.count(Status::Failed), 0, "{name}");
    }
    let outcome = read(folder(&[("nested.zip", &nested)]).path());
    assert_eq!(
        statuses(&outcome),
        [
            ("nested.zip: inner.zip/deep/run.fit".to_owned(), Status::Ok),
            ("nested.zip: notes.txt".to_owned(), Status::Skipped),
        ]
    );
}

#[test]
fn hostile_names_in_an_archive_are_text_and_nothing_else() {
    let sound = fixture_broken::sound();
    let later = {
        let mut run =
            fixture_broken::run(common::generator::Keep::All, common::generator::Power::None);
        run.start_unix_s += 86_400;
        common::fit_writer::write(&run, common::fit_encoder::Wire::default())
    };
    let names = [
        "../../outside.fit",
        "/absolute.fit",
        "C:\\windows.fit",
        "CON",
        "<script>alert(1)</script>.fit",
        "\u{1b}[2J\u{202e}tif.fit",
    ];
    let mut members: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &sound[..])).collect();
    members.push(("z-later.fit", &later));
    let archive = packing::zip(&members);
    let parent = folder(&[]);
    let inside = parent.path().join("inside");
    fs::create_dir(&inside).unwrap();
    fs::write(inside.join("hostile.zip"), &archive).unwrap();
    let outcome = read(&inside);
    assert_eq!(outcome.sessions.len(), 2, "{:?}", outcome.account);
    assert_eq!(outcome.account.len(), members.len());
    let shown: String = outcome.account.iter().map(FileLine::name).collect();
    assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'));
    let left: Vec<String> = fs::read_dir(parent.path())
        .unwrap()
        .map(|entry| name_of(&entry.unwrap().path()))
        .collect();
    assert_eq!(left, ["inside"]);
    assert_eq!(fs::read_dir(&inside).unwrap().count(), 1);
}

#[test]
fn what_systems_leave_is_skipped_and_counted() {
    let apple: &[u8] = &[0, 5, 22, 7, 0, 2, 0, 0];
    let gpx = fs::read(fixtures("runs/short.gpx")).unwrap();
    let outcome = read(
        folder(&[
            ("._a.gpx", apple),
            (".DS_Store", b"\0\0\0\x01Bud1\0"),
            ("Thumbs.db", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
            ("a.gpx", &gpx),
        ])
        .path(),
    );
    assert_eq!(outcome.sessions.len(), 1);
    assert_eq!(outcome.count(Status::Skipped), 3, "{:?}", outcome.account);
    assert_eq!(outcome.count(Status::Ok), 1);
}

#[cfg(unix)]
mod unix {
    #![expect(clippy::print_stdout, reason = "a test says what it skipped")]

    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    /// Returns a folder with one sound run.
    fn with_run() -> tempfile::TempDir {
        folder(&[("run.fit", &fixture_broken::sound())])
    }

    #[test]
    fn links_that_go_round_are_not_followed() {
        let folder = with_run();
        let below = folder.path().join("below");
        fs::create_dir(&below).unwrap();
        symlink(folder.path(), below.join("up")).unwrap();
        symlink(folder.path().join("self"), folder.path().join("self")).unwrap();
        symlink(
            folder.path().join("run.fit"),
            folder.path().join("link.fit"),
        )
        .unwrap();
        let outcome = read(folder.path());
        assert_eq!(outcome.sessions.len(), 1);
        assert_eq!(outcome.account.len(), 4);
        for name in ["below/up", "self", "link.fit"] {
            let line = line_of(&outcome, name);
            assert_eq!(line.status, Status::Skipped, "{name}");
            assert!(line.reason.as_deref().unwrap().contains("symbolic link"));
        }
    }

    #[test]
    fn a_pipe_is_not_waited_for() {
        let folder = with_run();
        let pipe = folder.path().join("pipe.fit");
        let made = Command::new("mkfifo").arg(&pipe).status();
        if !made.is_ok_and(|status| status.success()) {
            println!("skipped: there is no mkfifo here");
            return;
        }
        for outcome in [read(folder.path()), read(&pipe)] {
            let line = line_of(&outcome, "pipe.fit");
            assert_eq!(line.status, Status::Skipped);
            assert_eq!(line.reason.as_deref(), Some("not a regular file"));
        }
    }

    #[test]
    fn what_may_not_be_read_fails_alone() {
        let folder = with_run();
        let closed = folder.path().join("closed.fit");
        fs::write(&closed, fixture_broken::sound()).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&closed).is_ok() {
            println!("skipped: this user may read everything");
            return;
        }
        let outcome = read(folder.path());
        assert_eq!(outcome.sessions.len(), 1);
        let line = line_of(&outcome, "closed.fit");
        assert_eq!(line.status, Status::Failed);
        assert!(
            line.reason
                .as_deref()
                .unwrap()
                .ends_with("check its permissions")
        );
    }
}

//! The exports of platforms as they come: in an archive or unpacked, with what stands beside the recordings.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::packing::gzip;
use crate::common::packing::zip;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;

const HEADER: &str = "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,Elapsed Time,Moving Time,Distance";
/// A run with a recording, a walk whose file names no sport, one that was typed in, one whose file is missing.
const ROWS: [&str; 4] = [
    "11,\"Jan 8, 2026, 8:00:00 AM\",Hard <b>road</b> session,Run,\"windy, write to jane@mail.example\",3189,10.85,150,,false,knee hurt,Blue shoe,activities/11.fit.gz,,,3189.0,3100.0,10859.9",
    "12,\"Jan 9, 2026, 8:00:00 AM\",With the dog,Walk,,1800,3.1,,,false,,,activities/12.gpx,,,1800.0,1700.0,3100.0",
    "13,\"Jan 10, 2026, 7:30:00 AM\",Treadmill,Run,,1800,5.0,,,false,,Blue shoe,,,,1800.0,1795.0,5000.0",
    "14,\"Jan 11, 2026, 9:00:00 AM\",Lost,Ride,,3600,30.0,,,true,,,activities/14.fit.gz,,,3600.0,3500.0,30000.0",
];

/// A walk of half an hour that names no sport.
fn walk() -> String {
    let point = |second: u32| {
        let latitude = 50.0 + f64::from(second) * 0.000_015;
        let (minute, second) = (second / 60, second % 60);
        format!(
            "<trkpt lat=\"{latitude:.6}\" lon=\"8.0\"><time>2026-01-09T08:{minute:02}:{second:02}Z</time></trkpt>"
        )
    };
    let points: String = (0..1800).map(point).collect();
    format!(
        "<gpx version=\"1.1\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg>{points}</trkseg></trk></gpx>"
    )
}

pub(crate) fn members() -> Vec<(String, Vec<u8>)> {
    let run = fs::read(fixture("runs/kilometres.fit")).expect("a fixture");
    let table = format!("{HEADER}\n{}\n", ROWS.join("\n"));
    vec![
        ("activities.csv".to_owned(), table.into_bytes()),
        ("activities/11.fit.gz".to_owned(), gzip(&run)),
        ("activities/12.gpx".to_owned(), walk().into_bytes()),
        ("profile.csv".to_owned(), b"a,b\n1,2\n".to_vec()),
    ]
}

fn unpacked() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in members() {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        fs::write(path, bytes).expect("written");
    }
    folder
}

fn packed() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let members = members();
    let members: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    fs::write(folder.path().join("strava.zip"), zip(&members)).expect("written");
    folder
}

fn documents(path: &Path, more: &[&str]) -> (Vec<Value>, String) {
    let path = path.display().to_string();
    let arguments = [&["export", "--format", "ndjson", path.as_str()], more].concat();
    let output = hardeasy(&arguments);
    assert_eq!(
        exit(&output),
        1,
        "a file that the table names is missing: {}",
        err(&output)
    );
    let documents = out(&output);
    let documents = documents
        .lines()
        .map(|line| serde_json::from_str(line).expect("a document"));
    (documents.collect(), err(&output))
}

#[test]
fn a_strava_export_is_read_with_what_its_table_says_packed_or_not() {
    for folder in [unpacked(), packed()] {
        let (found, told) = documents(folder.path(), &[]);
        assert!(
            told.contains("Strava export up to 2026-01-11: 4 activities, 3 with files, 2 runs"),
            "{told}"
        );
        let [run, walk, typed, lost] = &found[..] else {
            panic!("{}: {told}", found.len());
        };
        assert_eq!(run["name"], "Hard <b>road</b> session");
        assert_eq!(run["remarks"]["gear"], "Blue shoe");
        assert_eq!(run["remarks"]["description"], "windy, write to …");
        assert_eq!(run["remarks"]["private_note"], Value::Null);
        assert_eq!(
            (&walk["sport"], &walk["sport_from"]),
            (&"walking".into(), &"platform".into())
        );
        assert_eq!(typed["remarks"]["without_recording"], true);
        assert_eq!(typed["distance_m"], 5000.0);
        assert_eq!(typed["moving_s"], 1795.0);
        assert_eq!(lost["warnings"][0]["code"], "W-platform-totals");
        assert_eq!(lost["sport"], "cycling");
    }
}

#[test]
fn private_notes_and_addresses_are_shown_only_when_asked_for() {
    let folder = unpacked();
    let (found, _) = documents(folder.path(), &["--private-notes", "--names", "full"]);
    assert_eq!(found[0]["remarks"]["private_note"], "knee hurt");
    assert_eq!(
        found[0]["remarks"]["description"],
        "windy, write to jane@mail.example"
    );
}

#[test]
fn one_recording_of_an_export_bears_its_title_too() {
    let folder = unpacked();
    let file = folder.path().join("activities/11.fit.gz");
    let output = hardeasy(&["show", &file.display().to_string(), "--alone"]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    assert!(
        out(&output).contains("Hard <b>road</b> session"),
        "{}",
        out(&output)
    );
}

#[test]
fn nothing_is_counted_twice_when_the_archive_lies_beside_its_content() {
    let folder = unpacked();
    let archive = packed();
    let from = archive.path().join("strava.zip");
    fs::copy(from, folder.path().join("strava.zip")).expect("a copy");
    let (found, told) = documents(folder.path(), &[]);
    assert_eq!(found.len(), 4, "{told}");
}

#[test]
fn the_report_of_an_archive_has_a_page_for_each_activity() {
    let folder = packed();
    let site = folder.path().join("site");
    let output = hardeasy(&[
        "report",
        &folder.path().join("strava.zip").display().to_string(),
        "-o",
        &site.display().to_string(),
    ]);
    assert_eq!(exit(&output), 1, "{}", err(&output));
    let runs = fs::read_dir(site.join("runs")).expect("pages").count();
    assert_eq!(runs, 4);
    let all = fs::read_to_string(site.join("index.html")).expect("a page");
    assert!(all.contains("Hard &lt;b&gt;road&lt;/b&gt; session"));
    assert!(!all.contains("knee hurt") && !all.contains("windy"));
}

/// Writes a table of typed-in activities.
fn table(folder: &Path, name: &str, rows: &[&str]) -> String {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("made");
    fs::write(&path, format!("{HEADER}\n{}\n", rows.join("\n"))).expect("written");
    folder.display().to_string()
}

const TYPED: &str =
    "21,\"Feb 3, 2026, 7:30:00 AM\",Treadmill,Run,,1800,5.0,,,false,,,,,,1800.0,1795.0,5000.0";
const EARLIER: &str =
    "20,\"Feb 1, 2026, 7:30:00 AM\",Treadmill,Run,,1700,4.8,,,false,,,,,,1700.0,1695.0,4800.0";

#[test]
fn an_activity_that_was_typed_in_counts_once_in_two_exports() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    table(folder.path(), "old/activities.csv", &[TYPED]);
    let path = table(
        folder.path(),
        "new/activities.csv",
        &[EARLIER, TYPED, TYPED],
    );
    let output = hardeasy(&["export", "--format", "ndjson", &path]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    assert_eq!(out(&output).lines().count(), 2, "{}", out(&output));
}

#[test]
fn an_entry_that_cannot_be_placed_is_told_with_its_line() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let undated = TYPED.replace("Feb 3, 2026", "once upon a time");
    let path = table(folder.path(), "activities.csv", &[EARLIER, &undated]);
    let output = hardeasy(&["export", "--format", "ndjson", &path]);
    assert_eq!(exit(&output), 1, "{}", err(&output));
    assert!(
        err(&output).contains("line 3: expected a date"),
        "{}",
        err(&output)
    );
    assert_eq!(out(&output).lines().count(), 1);
}

#[test]
fn numbers_that_nobody_reaches_are_left_out() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let far = TYPED.replace("5000.0", "1e300");
    let path = table(folder.path(), "activities.csv", &[&far]);
    let output = hardeasy(&["export", "--format", "ndjson", &path]);
    let document: Value = serde_json::from_str(out(&output).trim()).expect("a document");
    assert_eq!(document["distance_m"], Value::Null);
}

#[test]
fn no_address_is_told_from_any_cell() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let row = "22,\"Feb 5, 2026, 7:30:00 AM\",of ann@mail.example,ann@mail.example,x,1800,5.0,,,false,,ann@mail.example,activities/ann@mail.example.fit,,,1800.0,1795.0,5000.0";
    let path = table(folder.path(), "activities.csv", &[row]);
    let output = hardeasy(&["export", "--format", "json", &path]);
    let all = out(&output) + &err(&output);
    assert!(!all.contains("mail.example"), "{all}");
}

#[test]
fn what_holds_an_account_is_not_corrected_as_one_run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    table(folder.path(), "activities.csv", &[TYPED]);
    let file = folder.path().join("activities.csv").display().to_string();
    let output = hardeasy(&["correct", &file, "--kind", "race"]);
    assert_eq!(exit(&output), 2);
    assert!(
        err(&output).contains("activities of an account"),
        "{}",
        err(&output)
    );
}

#[test]
fn athletes_whose_folders_are_addresses_are_read_as_others() {
    let club = tempfile::tempdir().expect("a temporary folder");
    let exports = packed();
    for athlete in ["ann@mail.example", "jane@mail.example"] {
        let folder = club.path().join(athlete);
        fs::create_dir(&folder).expect("made");
        let to = folder.join("strava.zip");
        fs::copy(exports.path().join("strava.zip"), to).expect("copied");
    }
    let [masked, full] = ["masked", "full"].map(|names| {
        let (documents, told) = documents(club.path(), &["--athletes", "--names", names]);
        let titles = documents.iter().map(|document| document["name"].clone());
        let mut titles: Vec<String> = titles.map(|title| title.to_string()).collect();
        titles.sort();
        (titles, told.matches("found").count())
    });
    assert_eq!(masked, full);
    assert_eq!(masked.1, 2);
}

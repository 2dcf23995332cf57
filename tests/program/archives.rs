//! The exports of platforms as they come: in an archive or unpacked, with what stands beside the recordings.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::fixture::gzip;
use crate::common::fixture::zip;
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

fn members() -> Vec<(String, Vec<u8>)> {
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

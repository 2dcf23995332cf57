//! What readers of the field find in runs that `export` wrote: no part of the usual tests, since it needs
//! Python packages, a package of Node.js and GPSBabel.

#![expect(clippy::print_stdout, reason = "a test says what it skips and finds")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;

/// What reads which format.
const READERS: [(&str, &str); 6] = [
    ("gpxpy", "gpx"),
    ("tcxreader", "tcx"),
    ("garmin_fit_sdk", "fit"),
    ("fitdecode", "fit"),
    (TOGEOJSON, "gpx"),
    (TOGEOJSON, "tcx"),
];
/// What maps in browsers read, on Node.js.
const TOGEOJSON: &str = "togeojson";
const PACKAGES: [&str; 2] = ["@tmcw/togeojson@7.1.3", "@xmldom/xmldom@0.9"];
/// What GPSBabel calls the formats.
const GPSBABEL: [(&str, &str); 3] = [("gpx", "gpx"), ("gtrnctr", "tcx"), ("garmin_fit", "fit")];

fn export(format: &str) -> Vec<u8> {
    let run = fixture("runs/kilometres.fit");
    let output = hardeasy(&["export", &run, "--alone", "--format", format]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    output.stdout
}

fn near(found: &Value, expected: &Value, within: f64, what: &str) {
    let pair = found.as_f64().zip(expected.as_f64());
    let (found, expected) = pair.unwrap_or_else(|| panic!("{what}: {found}, {expected}"));
    assert!(
        (found - expected).abs() <= within,
        "{what}: {found}, expected {expected}"
    );
}

/// Returns what togeojson finds in a file; nothing where npm cannot fetch it.
fn found_by_togeojson(format: &str, file: &Path) -> Option<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("target/outside");
    fs::create_dir_all(&folder).ok()?;
    let fetched = Command::new("npm")
        .args([
            "install",
            "--no-save",
            "--no-audit",
            "--no-fund",
            "--silent",
        ])
        .arg("--prefix")
        .arg(&folder)
        .args(PACKAGES)
        .status();
    if !fetched.is_ok_and(|status| status.success()) {
        return None;
    }
    let output = Command::new("node")
        .arg(root.join("tests/program/outside.cjs"))
        .arg(format)
        .arg(file)
        .env("NODE_PATH", folder.join("node_modules"))
        .output()
        .ok()?;
    assert!(output.status.success(), "{TOGEOJSON}: {}", err(&output));
    Some(serde_json::from_str(&out(&output)).expect("JSON"))
}

/// Returns what a Python package finds in a file; nothing when it is not there.
fn found_by(reader: &str, format: &str, file: &Path) -> Option<Value> {
    if reader == TOGEOJSON {
        return found_by_togeojson(format, file);
    }
    let python = std::env::var("HARDEASY_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/program/outside.py");
    let output = Command::new(python)
        .arg(script)
        .arg(reader)
        .arg(file)
        .output()
        .ok()?;
    assert!(output.status.success(), "{reader}: {}", err(&output));
    let found: Value = serde_json::from_str(&out(&output)).expect("JSON");
    found["missing"].is_null().then_some(found)
}

#[test]
#[ignore = "needs Python packages and Node.js"]
fn other_readers_find_the_same_run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let session: Value = serde_json::from_slice(&export("ndjson")).expect("a document");
    let segments = session["segments"].as_array().expect("segments");
    for (reader, format) in READERS {
        let file = folder.path().join(format!("run.{format}"));
        fs::write(&file, export(format)).expect("written");
        let Some(found) = found_by(reader, format, &file) else {
            println!("skipped: no {reader}");
            continue;
        };
        let laps = found["laps"].as_array().expect("laps");
        assert_eq!(laps.len(), segments.len(), "{reader}");
        for (lap, segment) in laps.iter().zip(segments) {
            near(&lap[0], &segment["start_s"], 1.0, reader);
            // A lap begins up to a second after its segment; positions wander by some metres.
            let is_by_place = format == "gpx" || reader == TOGEOJSON;
            let within = if is_by_place { 20.0 } else { 8.0 };
            near(&lap[1], &segment["distance_m"], within, reader);
            near(&lap[2], &segment["heart_rate_bpm"], 1.0, reader);
        }
        if !found["metres"].is_null() {
            // Documents have one decimal.
            near(&found["metres"], &session["distance_m"], 0.1, reader);
        }
        println!(
            "{reader}, {format}: {} laps, {} bpm",
            laps.len(),
            found["beats"]
        );
    }
}

#[test]
#[ignore = "needs gpsbabel"]
fn gpsbabel_finds_the_same_points() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut tables = Vec::new();
    for (name, format) in GPSBABEL {
        let file = folder.path().join(format!("run.{format}"));
        fs::write(&file, export(format)).expect("written");
        let path = file.display().to_string();
        let arguments = ["-t", "-i", name, "-f", &path, "-o", "unicsv", "-F", "-"];
        let Ok(output) = Command::new("gpsbabel").args(arguments).output() else {
            println!("skipped: no gpsbabel");
            return;
        };
        assert!(output.status.success(), "{name}: {}", err(&output));
        let table = out(&output);
        assert!(
            table
                .lines()
                .next()
                .is_some_and(|head| head.contains("Heartrate")),
            "{table:.200}"
        );
        println!("{name}: {} lines", table.lines().count());
        tables.push(table.lines().count());
    }
    assert!(
        tables
            .iter()
            .all(|lines| *lines == tables[0] && *lines > 1000),
        "{tables:?}"
    );
}

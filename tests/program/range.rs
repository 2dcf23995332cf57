//! Days, time zones and ranges on the command line, and what is said where nothing lies in them.

use std::fs;

use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::fixture;
use crate::common::program::hardeasy;
use crate::common::program::out;

/// Days of the bundled season, and days long before it.
const INSIDE: [&str; 4] = ["--from", "2026-04-01", "--to", "2026-04-05"];
const BEFORE: [&str; 4] = ["--from", "2022-05-01", "--to", "2022-05-31"];

#[test]
fn days_and_zones_are_answered_with_an_example() {
    let season = fixture("season");
    let told = |arguments: &[&str]| {
        let output = hardeasy(&[&["review", season.as_str()], arguments].concat());
        assert_eq!(exit(&output), 2, "{arguments:?}");
        err(&output)
    };
    let day = told(&["--from", "01/02/2022"]);
    assert!(day.contains("as in --from 2022-02-01"), "{day}");
    let zone = told(&["--timezone", "Berlin"]);
    assert!(zone.contains("as in --timezone Europe/Berlin"), "{zone}");
}

#[test]
fn a_range_without_an_activity_says_what_there_is() {
    let season = fixture("season");
    let site = tempfile::tempdir().expect("a temporary folder");
    let site = site.path().join("site").display().to_string();
    let commands: [&[&str]; 4] = [
        &["review"],
        &["report", "-o", &site],
        &["export", "--format", "ndjson"],
        &["export", "--format", "csv", "--table", "weeks"],
    ];
    for command in commands {
        let output = hardeasy(&[command, &[season.as_str()], &BEFORE[..]].concat());
        assert_eq!(exit(&output), 2, "{command:?}");
        assert_eq!(out(&output), "", "{command:?}");
        let expected =
            "no activity from 2022-05-01 to 2022-05-31; there are 75 from 2026-03-02 to 2026-05-24";
        assert!(err(&output).contains(expected), "{}", err(&output));
    }
    assert!(!fs::exists(&site).expect("readable"), "no site is made");
}

#[test]
fn an_export_holds_the_sessions_of_the_range() {
    let season = fixture("season");
    let of = |more: &[&str]| {
        let output = hardeasy(&[&["export", season.as_str(), "--format"], more].concat());
        assert_eq!(exit(&output), 0, "{}", err(&output));
        out(&output)
    };
    let days = |documents: &str| -> Vec<String> {
        let lines = documents.lines();
        let day = |line| {
            let document: serde_json::Value = serde_json::from_str(line).expect("JSON");
            document["day"].as_str().expect("a day").to_owned()
        };
        lines.map(day).collect()
    };
    let all = of(&["ndjson"]);
    let inside = of(&[&["ndjson"], &INSIDE[..]].concat());
    // The documents are those of the whole, judged with all that was before them.
    let expected: Vec<&str> = all
        .lines()
        .zip(days(&all))
        .filter(|(_, day)| ("2026-04-01"..="2026-04-05").contains(&day.as_str()))
        .map(|(line, _)| line)
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(inside.lines().collect::<Vec<_>>(), expected);

    let json: serde_json::Value =
        serde_json::from_str(&of(&[&["json"], &INSIDE[..]].concat())).expect("JSON");
    assert_eq!(
        json["sessions"].as_array().map(Vec::len),
        Some(expected.len())
    );
    for table in ["sessions", "segments", "laps"] {
        let rows = of(&[&["csv", "--table", table], &INSIDE[..]].concat());
        let sessions: std::collections::BTreeSet<&str> = rows
            .lines()
            .skip(1)
            .filter_map(|row| row.get(.."2026-04-01".len()))
            .collect();
        assert!(!sessions.is_empty(), "{table}");
        assert!(
            sessions
                .iter()
                .all(|day| ("2026-04-01"..="2026-04-05").contains(day)),
            "{table}"
        );
    }
    let last_week = days(&of(&["ndjson", "--weeks", "1"]));
    assert!(
        last_week.iter().all(|day| day.as_str() >= "2026-05-18"),
        "{last_week:?}"
    );
    assert!(!last_week.is_empty());
}

#[test]
fn tracks_are_of_the_range_too() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().display().to_string();
    let season = fixture("season");
    let arguments = ["export", season.as_str(), "--format", "gpx", "-o", &path];
    let output = hardeasy(&[&arguments[..], &INSIDE[..]].concat());
    assert_eq!(exit(&output), 0, "{}", err(&output));
    let mut names = fs::read_dir(folder.path()).expect("a folder").map(|entry| {
        entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    assert!(names.all(|name| ("2026-04-01".."2026-04-06").contains(&name.as_str())));
}

#[test]
fn why_nothing_was_usable_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let gpx = "<?xml version=\"1.0\"?><gpx version=\"1.1\" creator=\"x\" xmlns=\"http://www.topografix.com/GPX/1/1\"><trk><trkseg><trkpt lat=\"52.5\" lon=\"13.4\"/><trkpt lat=\"52.51\" lon=\"13.4\"/></trkseg></trk></gpx>";
    fs::write(folder.path().join("route.gpx"), gpx).expect("written");
    fs::write(folder.path().join("notes.txt"), "easy today").expect("written");
    let path = folder.path().display().to_string();
    let commands: [&[&str]; 4] = [
        &["show"],
        &["review"],
        &["athlete", "--quiet"],
        &["export", "--format", "csv", "--table", "days"],
    ];
    for command in commands {
        let output = hardeasy(&[command, &[path.as_str()]].concat());
        assert_eq!(exit(&output), 2, "{command:?}");
        let told = err(&output);
        assert!(told.contains("route.gpx: 2 points without times"), "{told}");
        assert!(told.contains("notes.txt: "), "{told}");
    }
}

#[test]
fn the_coach_sees_who_needs_a_call() {
    let club = tempfile::tempdir().expect("a temporary folder");
    let months = [
        ("ann", vec!["2026-03", "2026-04", "2026-05"]),
        ("bob", vec!["2026-03", "2026-04"]),
    ];
    for (athlete, months) in months {
        for month in months {
            let to = club.path().join(athlete);
            fs::create_dir_all(&to).expect("a folder");
            for run in fs::read_dir(fixture(&format!("season/{month}"))).expect("a month") {
                let run = run.expect("a run");
                fs::copy(run.path(), to.join(run.file_name())).expect("a copy");
            }
        }
    }
    let path = club.path().display().to_string();
    let output = hardeasy(&["review", &path, "--athletes"]);
    assert_eq!(exit(&output), 0, "{}", err(&output));
    let text = out(&output);
    let place = |name: &str| text.lines().position(|line| line.starts_with(name));
    assert!(text.starts_with("2 athletes, up to 2026-05-24\n"), "{text}");
    assert!(place("bob ") < place("ann "), "{text}");
    assert!(text.contains("\nbob: silent: no run for "), "{text}");
    assert!(
        text.lines().all(|line| line.chars().count() <= 100),
        "{text}"
    );
}

//! What a report with courses keeps to itself: where its runs start and end, and how far it is from there to
//! where their courses come into sight.
#![expect(
    clippy::cast_possible_truncation,
    reason = "the seconds of a run are few"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::read_runs;
use hardeasy::pipeline::visit_streams;
use hardeasy::report::privacy::Privacy;
use hardeasy::report::privacy::WAY_GRAIN_M;
use serde_json::Value;

use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::plan::Sport;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::hardeasy;
use crate::common::program::tree;
use crate::common::recording::Lap;
use crate::common::recording::Recording;
use crate::common::recording::Sample;
use crate::common::recording::Trigger;

/// What is left out of courses unless another distance is asked for, in metres.
const TRIM_M: f64 = 200.0;
const EARTH_RADIUS_M: f64 = 6_371_008.8;
/// Where the streets of these runs begin: latitude and longitude in degrees.
const ORIGIN_DEG: (f64, f64) = (50.123_4, 7.654_3);
/// How fast everybody runs, in metres per second.
const SPEED_M_S: f64 = 3.0;
/// 2026-03-02, 07:00 UTC.
const FIRST_DAY_S: i64 = 1_772_434_800;
const DAY_S: i64 = 86_400;

/// How high the origin is, in metres, and how much the ground falls to the east for each of them.
const TOP_M: f64 = 200.0;
const SLOPE: f64 = 0.02;

/// Metres east and north of the origin.
type Place = (f64, f64);

fn between(a: Place, b: Place) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

fn degrees((east_m, north_m): Place) -> (f64, f64) {
    let latitude = ORIGIN_DEG.0 + (north_m / EARTH_RADIUS_M).to_degrees();
    let cosine = ORIGIN_DEG.0.to_radians().cos();
    let longitude = ORIGIN_DEG.1 + (east_m / EARTH_RADIUS_M / cosine).to_degrees();
    (latitude, longitude)
}

/// What everybody runs from the door and to it at first, in metres: less than is hidden.
const END_M: f64 = 150.0;

/// Returns a run along some corners at an even speed, but for a first and a last stretch of so many metres that
/// take as long as [`END_M`], with a climb to the door and laps that the watch closes each kilometre.
fn run(day: i64, corners: &[Place], ends_m: f64) -> Recording {
    let length_m: f64 = corners.windows(2).map(|c| between(c[0], c[1])).sum();
    const END_S: f64 = END_M / SPEED_M_S;
    let middle_s = (length_m - 2.0 * ends_m) / SPEED_M_S;
    let seconds = (middle_s + 2.0 * END_S).round() as u32;
    let way_m = |second: u32| {
        let second = f64::from(second);
        let left_s = f64::from(seconds) - second;
        match () {
            () if second < END_S => ends_m * second / END_S,
            () if left_s < END_S => length_m - ends_m * left_s / END_S,
            () => ends_m + (second - END_S) * SPEED_M_S,
        }
    };
    let samples = (0..=seconds).map(|second| {
        let metres = way_m(second);
        let place = at(corners, metres);
        Sample {
            time_s: second,
            position_deg: Some(degrees(place)),
            distance_m: Some(metres),
            speed_m_s: None,
            altitude_m: Some(TOP_M - SLOPE * place.0),
            heart_rate_bpm: Some(140),
            cadence_spm: Some(170),
            power_w: None,
        }
    });
    let samples: Vec<Sample> = samples.collect();
    let mut laps = Vec::new();
    let mut start_s = 0;
    for second in 1..=seconds {
        let is_end = second == seconds;
        if is_end || (way_m(second) / 1000.0).floor() > (way_m(second - 1) / 1000.0).floor() {
            laps.push(Lap {
                start_s: f64::from(start_s),
                end_s: f64::from(second),
                distance_m: Some(way_m(second) - way_m(start_s)),
                trigger: if is_end {
                    Trigger::SessionEnd
                } else {
                    Trigger::Distance
                },
                step: None,
            });
            start_s = second;
        }
    }
    Recording {
        start_unix_s: FIRST_DAY_S + day * DAY_S,
        utc_offset_s: 0,
        sport: Sport::Running,
        session: "easy",
        samples,
        developer_power: false,
        pauses_s: Vec::new(),
        laps,
        workout: Vec::new(),
        perceived_exertion: None,
        feel: None,
        truth: Vec::new(),
    }
}

/// Returns the place after so many metres.
fn at(corners: &[Place], mut metres: f64) -> Place {
    for pair in corners.windows(2) {
        let length = between(pair[0], pair[1]);
        if metres <= length {
            let share = metres / length;
            return (
                pair[0].0 + share * (pair[1].0 - pair[0].0),
                pair[0].1 + share * (pair[1].1 - pair[0].1),
            );
        }
        metres -= length;
    }
    corners[corners.len() - 1]
}

fn put(folder: &Path, name: &str, recording: &Recording) {
    fs::write(
        folder.join(name),
        fit_writer::write(recording, Wire::default()),
    )
    .expect("written");
}

/// A loop from a door on a street, and back to it.
fn circuit(door: Place) -> Vec<Place> {
    vec![
        door,
        (2000.0, 0.0),
        (2300.0, 900.0),
        (1200.0, 1100.0),
        (900.0, 0.0),
        door,
    ]
}

/// Makes a report and returns its files by name.
fn report(input: &Path, more: &[&str]) -> BTreeMap<String, String> {
    let site = tempfile::tempdir().expect("a temporary folder");
    let output = site.path().join("report");
    let mut arguments = vec!["report", input.to_str().expect("text"), "-o"];
    arguments.push(output.to_str().expect("text"));
    arguments.extend(more);
    let made = hardeasy(&arguments);
    assert_eq!(exit(&made), 0, "{}", err(&made));
    let files = tree(&output).into_iter().map(|(path, content)| {
        let path = path.to_string_lossy().replace('\\', "/");
        (
            without_hash(&path),
            String::from_utf8_lossy(&content).into_owned(),
        )
    });
    files.collect()
}

/// Returns the place of a file without the hash of its recording, as in "runs/2026-03-02.html".
fn without_hash(path: &str) -> String {
    const HASH: usize = 9;
    let Some(start) = path.find("2026-").map(|start| start + "2026-03-02".len()) else {
        return path.to_owned();
    };
    let is_of_run = path[start..].starts_with('-') && !path[start..].starts_with("-W");
    match (is_of_run, path.get(start + HASH..)) {
        (true, Some(rest)) => format!("{}{rest}", &path[..start]),
        _ => path.to_owned(),
    }
}

fn readings(page: &str) -> Value {
    let (_, rest) = page.split_once("id=\"readings\"").expect("readings");
    let (head, _) = rest.split_once("</script>").expect("their end");
    let (_, json) = head.split_once('>').expect("their start");
    serde_json::from_str(json).expect("a document")
}

#[test]
fn no_place_near_any_start_or_end_is_shown_in_any_run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let door = (13.0, 8.0);
    // As the receiver finds the door; one that comes by from elsewhere; one that comes home in between.
    let fixes = [(0.0, 0.0), (20.0, -11.0), (-17.0, 14.0), (4.0, 22.0)];
    for (day, fix) in (0..).zip(fixes) {
        let start = (door.0 + fix.0, door.1 + fix.1);
        put(
            folder.path(),
            &format!("{day}.fit"),
            &run(day, &circuit(start), END_M),
        );
    }
    let by = [(-3000.0, 40.0), (1500.0, 40.0), (1500.0, 2000.0)];
    put(folder.path(), "by.fit", &run(5, &by, END_M));
    let twice: Vec<Place> = circuit(door).into_iter().chain(circuit(door)).collect();
    put(folder.path(), "twice.fit", &run(6, &twice, END_M));
    let inputs = vec![Input::Path(folder.path().to_owned())];
    let mut outcome = read_runs(inputs, &Options::default(), &|_, _| ()).expect("read");
    let places = |place: &dyn Fn(usize) -> (Option<f64>, Option<f64>), cells: usize| {
        let known = (0..cells).filter_map(|cell| {
            let (latitude, longitude) = place(cell);
            let north_m = (latitude? - ORIGIN_DEG.0).to_radians() * EARTH_RADIUS_M;
            let cosine = ORIGIN_DEG.0.to_radians().cos();
            let east_m = (longitude? - ORIGIN_DEG.1).to_radians() * EARTH_RADIUS_M * cosine;
            Some((east_m, north_m))
        });
        known.collect::<Vec<Place>>()
    };
    let privacy = Privacy::of(&mut outcome, TRIM_M);
    let runs = visit_streams(&outcome, &|index, _, streams| {
        let streams = streams.expect("there are exports");
        let shown = privacy.streams(index, streams);
        let of = |streams: &hardeasy::streams::Streams| {
            let place = |cell| {
                (
                    streams.latitude_deg.get(cell),
                    streams.longitude_deg.get(cell),
                )
            };
            places(&place, streams.len())
        };
        (of(streams), of(&shown))
    });
    assert_eq!(runs.len(), 6);
    let ends = runs
        .iter()
        .flat_map(|(all, _)| [all[0], all[all.len() - 1]]);
    let ends: Vec<Place> = ends.collect();
    for (all, shown) in &runs {
        assert!(shown.len() > 600 && shown.len() < all.len());
        for place in shown {
            for end in &ends {
                assert!(between(*place, *end) >= TRIM_M - 1.0, "{place:?} {end:?}");
            }
        }
    }
    // Who comes by is cut there, and the course goes on behind it.
    let files = report(folder.path(), &["--map"]);
    let lines = |day: &str| {
        let mut courses = files.iter();
        let found = courses.find(|(path, _)| path.contains(day) && path.ends_with("-course.svg"));
        found.expect("a course").1.matches("<polyline").count()
    };
    assert!(lines("2026-03-07") >= 2 && lines("2026-03-08") >= 2);
}

/// Returns all that is told in a file of ways and paces: the numbers before these units.
fn ways(content: &str) -> Vec<String> {
    let text = content.replace("&nbsp;", " ").replace('\u{a0}', " ");
    let mut told = Vec::new();
    for unit in ["km", "mi", "/km", "/mi", " m", " ft"] {
        for (place, _) in text.match_indices(unit) {
            let after = text[place + unit.len()..].chars().next();
            if after.is_some_and(char::is_alphanumeric) {
                continue;
            }
            let before = text[..place].trim_end();
            let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | ' ');
            let number = before.trim_end_matches(is_of_number);
            let number = before[number.len()..].trim();
            if !number.is_empty() {
                told.push(format!("{number}{unit}"));
            }
        }
    }
    told
}

/// What would be learned of the athlete from whole runs, and leads to no door.
const KNOWN: &str = "[[thresholds]]\nfrom = 2026-03-01\ncritical_speed_m_s = 4.0\neasy_speed_m_s = 3.0\n\
                     threshold_heart_rate_bpm = 172\nmaximum_heart_rate_bpm = 190\nresting_heart_rate_bpm = 50\n";

#[test]
fn a_door_further_down_the_street_makes_no_other_report() {
    let reports = [(25.0, 0.0), (13.0, 0.0)].map(|door: Place| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for day in 0..3 {
            // Whoever lives 12 m further away is as soon at the same corner, and nobody's best is on the way there.
            let corners = circuit(door);
            let recording = run(day, &corners, END_M + 13.0 - door.0);
            put(folder.path(), &format!("{day}.fit"), &recording);
        }
        fs::write(folder.path().join("hardeasy.toml"), KNOWN).expect("written");
        (
            report(folder.path(), &["--map"]),
            report(folder.path(), &[]),
        )
    });
    let [(near, near_plain), (far, far_plain)] = reports;
    assert_eq!(
        near.keys().collect::<Vec<_>>(),
        far.keys().collect::<Vec<_>>()
    );
    let is_told = |path: &str| path.ends_with(".html") || path.ends_with(".svg");
    let (mut pages, mut numbers) = (0, 0);
    for (path, content) in near.iter().filter(|(path, _)| is_told(path)) {
        let other = &far[path];
        let told = ways(content);
        numbers += told.len();
        assert_eq!(told, ways(other), "{path}");
        if path.ends_with("-course.svg") {
            assert_eq!(content, other, "{path}");
        }
        if path.starts_with("runs/") {
            pages += 1;
            let (one, two) = (readings(content), readings(other));
            for key in ["d", "speed", "segments"] {
                assert_eq!(one[key], two[key], "{path}: {key}");
            }
            // Half metres are rounded by what the watch's own rounding left of them.
            let heights = [&one, &two].map(|told| told["height"].as_array().expect("a list"));
            assert_eq!(heights[0].len(), heights[1].len());
            for (a, b) in heights[0].iter().zip(heights[1]) {
                let off = a.as_f64().zip(b.as_f64()).map(|(a, b)| (a - b).abs());
                let is_alike = off.map_or(a == b, |off| off <= 1.0);
                assert!(is_alike, "{path}: {a} {b}");
            }
        }
    }
    assert_eq!(pages, 3);
    assert!(numbers > 100, "{numbers}");
    // Else the two would tell nothing: without a map they are told apart.
    let differ = |path: &String| ways(&near_plain[path]) != ways(&far_plain[path]);
    assert!(
        near_plain
            .keys()
            .any(|path| path.starts_with("runs/") && differ(path))
    );
}

#[test]
fn along_hidden_ground_pages_tell_neither_pace_nor_altitude_and_the_way_in_grains() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let door = (13.0, 8.0);
    let recording = run(0, &circuit(door), END_M);
    put(folder.path(), "run.fit", &recording);
    let (plain, files) = (
        report(folder.path(), &[]),
        report(folder.path(), &["--map"]),
    );
    let page_of = |files: &BTreeMap<String, String>| {
        let mut pages = files.iter().filter(|(path, _)| path.starts_with("runs/"));
        let page = pages.next().expect("a page").1.clone();
        (readings(&page), page)
    };
    let ((before, _), (after, page)) = (page_of(&plain), page_of(&files));
    let step = after["step"].as_u64().expect("a number");
    let step = usize::try_from(step).expect("small");
    let list = |of: &Value, key: &str| of[key].as_array().expect("a list").clone();
    let (speed, height) = (list(&after, "speed"), list(&after, "height"));
    let near = |second: usize| {
        let metres = recording.samples[second].distance_m.expect("a distance");
        between(at(&circuit(door), metres), door) < TRIM_M
    };
    let last = recording.samples.len() - 1;
    let is_hidden = |span: usize| (span * step..((span + 1) * step).min(last)).all(near);
    let hidden: Vec<usize> = (0..speed.len()).filter(|span| is_hidden(*span)).collect();
    assert!(hidden.len() > 4, "{hidden:?}");
    for span in &hidden {
        assert!(speed[*span].is_null() && height[*span].is_null(), "{span}");
    }
    assert!(speed.iter().filter(|value| value.is_null()).count() < speed.len() / 3);
    // In between the way grows as before, from another number on.
    let (old, new) = (list(&before, "d"), list(&after, "d"));
    let first = speed
        .iter()
        .position(|value| !value.is_null())
        .expect("seen");
    let shift = |span: usize| new[span].as_f64().expect("way") - old[span].as_f64().expect("way");
    for span in first + 1..speed.len() / 2 {
        assert!((shift(span) - shift(first + 1)).abs() <= 1.0, "{span}");
    }
    let grain = |second: usize| {
        let metres = recording.samples[second].distance_m.expect("way") + shift(first + 1);
        (metres - (metres / WAY_GRAIN_M).round() * WAY_GRAIN_M).abs()
    };
    let begins = first.saturating_sub(1) * step..(first + 1) * step;
    assert!(
        begins.clone().any(|second| grain(second) < SPEED_M_S),
        "{begins:?}"
    );
    assert!(
        shift(first + 1).abs() > 1.0,
        "the example must not lie on a grain"
    );
    // No document, no total of the watch, no lap that says when a kilometre from the door was full.
    let has_document =
        |files: &BTreeMap<String, String>| files.keys().any(|path| path.starts_with("data/2026"));
    assert!(has_document(&plain) && !has_document(&files));
    assert!(!page.contains("all numbers (JSON)") && !page.contains("laps as the watch wrote them"));
    assert_eq!(
        report(folder.path(), &["--map", "--trim", "0m"]).len(),
        plain.len() + 1
    );
}

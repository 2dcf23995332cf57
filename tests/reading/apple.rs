//! Exports of Apple Health as phones write them: what becomes of workouts, records and routes.
#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a test may fail by panicking; seconds and kilometres of a run are few"
)]

use std::fs;
use std::path::Path;

use crate::common::apple_writer;
use crate::common::apple_writer::Item;
use crate::common::athlete::Athlete;
use crate::common::generator::Options;
use crate::common::generator::Power;
use crate::common::generator::generate;
use crate::common::recording::Recording;
use crate::common::workouts::Workout;
use hardeasy::ingest::Activity;
use hardeasy::ingest::LapTrigger;
use hardeasy::ingest::Sport;
use hardeasy::ingest::apple::Export;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Outcome;
use hardeasy::pipeline::Status;
use hardeasy::pipeline::read_runs;
use hardeasy::pipeline::visit_streams;

/// Returns a made-up run that starts some days after others.
fn recording(workout: Workout, day: i64, options: &Options) -> Recording {
    let athlete = Athlete::random(3);
    let plan = workout.plan(&athlete, 3);
    let start_unix_s = 1_780_000_000 + day * 86_400;
    let options = Options {
        start_unix_s,
        ..options.clone()
    };
    generate(&plan, &athlete, 3, &options)
}

fn outdoors() -> Recording {
    let options = Options {
        auto_pause: true,
        stops_per_hour: 6.0,
        power: Power::Native,
        ..Options::default()
    };
    recording(Workout::Easy, 0, &options)
}

fn indoors() -> Recording {
    let options = Options {
        position: false,
        ..Options::default()
    };
    recording(Workout::TreadmillSteps, 1, &options)
}

fn read(export: &str) -> Export {
    Export::read(export.as_bytes()).unwrap()
}

/// Returns the only activity, with a route by any name.
fn only(export: &str, route: Option<&str>) -> Activity {
    let export = read(export);
    assert_eq!(export.workouts().len(), 1);
    let file = |_: &str| route.map(|text| text.as_bytes().to_vec());
    export.activity(0, &file).unwrap()
}

fn codes(activity: &Activity) -> Vec<&str> {
    let warnings = activity.warnings.iter();
    warnings.map(|warning| warning.code.as_str()).collect()
}

fn last_m(activity: &Activity) -> f64 {
    let distances = activity.records.distance_m.iter().flatten();
    distances.last().unwrap_or(0.0)
}

#[test]
fn a_run_outdoors_has_its_route_and_what_the_watch_measured() {
    let run = outdoors();
    let item = Item {
        route: Some("route_2026-05-28_10.26pm.gpx"),
        has_phone: true,
        ..Item::run(&run)
    };
    let text = apple_writer::export(&[item]);
    assert_eq!(
        read(&text).workouts()[0].routes(),
        ["/workout-routes/route_2026-05-28_10.26pm.gpx"]
    );
    let activity = only(&text, Some(&apple_writer::route(&run)));
    assert_eq!(activity.sport, Sport::Running);
    assert_eq!(activity.device.as_deref(), Some("Apple Watch (Watch6,2)"));
    assert_eq!(activity.utc_offset_s, Some(7_200));
    assert_eq!(activity.start.unwrap().timestamp(), run.start_unix_s);
    assert_eq!(codes(&activity), [""; 0]);
    let records = &activity.records;
    let positions = run
        .samples
        .iter()
        .filter(|sample| sample.position_deg.is_some());
    assert_eq!(records.latitude_deg.count(), positions.count());
    assert_eq!(records.speed_m_s.count(), records.altitude_m.count());
    assert!(records.heart_rate_bpm.count() > run.samples.len() / 6);
    assert!(records.power_w.count() > run.samples.len() / 4);
    let contact = records
        .further
        .iter()
        .find(|one| one.name == "ground_contact_ms")
        .unwrap();
    assert_eq!(contact.values.iter().flatten().next(), Some(240.0));
    let oscillation = records
        .further
        .iter()
        .find(|one| one.name == "vertical_oscillation_mm");
    let millimetres = oscillation.unwrap().values.iter().flatten().next().unwrap();
    assert!((millimetres - 85.0).abs() < 0.01);
    assert_eq!(activity.totals.ascent_m, Some(42.0));
    assert_eq!(activity.totals.energy_kcal, Some(300.0));
}

#[test]
fn what_phone_and_watch_count_counts_once() {
    let run = outdoors();
    let alone = only(&apple_writer::export(&[Item::run(&run)]), None);
    let item = Item {
        has_phone: true,
        ..Item::run(&run)
    };
    let both = only(&apple_writer::export(&[item]), None);
    assert_eq!(alone.records.distance_m, both.records.distance_m);
    assert_eq!(alone.records.cadence_spm, both.records.cadence_spm);
    assert!((last_m(&both) / run.distance_m().unwrap() - 1.0).abs() < 0.002);
}

#[test]
fn pauses_and_kilometres_are_those_of_the_watch() {
    let run = outdoors();
    let activity = only(&apple_writer::export(&[Item::run(&run)]), None);
    let pauses: Vec<(u32, u32)> = activity
        .pauses
        .iter()
        .map(|pause| (pause.start_s as u32, pause.end_s as u32))
        .collect();
    assert_eq!(pauses, run.pauses_s);
    assert!(!pauses.is_empty());
    let kilometres = (run.distance_m().unwrap() / 1_000.0) as usize;
    assert_eq!(activity.laps.len(), kilometres);
    for lap in &activity.laps {
        assert_eq!(lap.trigger, LapTrigger::Auto);
        assert!((lap.distance_m.unwrap() - 1_000.0).abs() < 20.0);
    }
}

#[test]
fn a_treadmill_run_has_the_distance_of_its_records() {
    let run = indoors();
    let item = Item {
        is_indoor: true,
        ..Item::run(&run)
    };
    let activity = only(&apple_writer::export(&[item]), None);
    assert_eq!(activity.sub_sport.as_deref(), Some("treadmill"));
    assert!(activity.records.latitude_deg.is_empty());
    assert!((last_m(&activity) / run.distance_m().unwrap() - 1.0).abs() < 0.002);
    let steps: Vec<f64> = activity.records.cadence_spm.iter().flatten().collect();
    let mean = steps.iter().sum::<f64>() / steps.len() as f64;
    let true_steps = run.samples.iter().filter_map(|sample| sample.cadence_spm);
    let (sum, count) = true_steps.fold((0.0, 0.0), |(sum, n), one| (sum + f64::from(one), n + 1.0));
    assert!((mean / (sum / count) - 1.0).abs() < 0.02, "{mean}");
    assert_eq!(codes(&activity), [""; 0]);
}

#[test]
fn old_and_imperial_exports_tell_the_same() {
    let run = indoors();
    let new = only(&apple_writer::export(&[Item::run(&run)]), None);
    let item = Item {
        is_old: true,
        is_imperial: true,
        zone: None,
        ..Item::run(&run)
    };
    let old = only(&apple_writer::export(&[item]), None);
    assert!((old.totals.distance_m.unwrap() - new.totals.distance_m.unwrap()).abs() < 0.01);
    assert!((old.totals.energy_kcal.unwrap() - 300.0).abs() < 0.01);
    assert!((last_m(&old) - last_m(&new)).abs() < 0.5);
    // The offset in which the phone wrote the dates.
    assert_eq!(old.utc_offset_s, Some(3_600));
}

#[test]
fn other_sports_keep_their_totals() {
    let options = Options {
        position: false,
        distance: crate::common::generator::Distance::None,
        ..Options::default()
    };
    let strength = recording(Workout::Strength, 2, &options);
    let item = Item {
        kind: "TraditionalStrengthTraining",
        is_old: true,
        ..Item::run(&strength)
    };
    let activity = only(&apple_writer::export(&[item]), None);
    assert_eq!(activity.sport, Sport::Strength);
    assert_eq!(
        activity.totals.elapsed_s,
        Some(f64::from(strength.elapsed_s()))
    );
    assert!(activity.records.heart_rate_bpm.has_values());
}

#[test]
fn a_route_that_is_missing_is_told() {
    let run = outdoors();
    let item = Item {
        route: Some("route_x.gpx"),
        ..Item::run(&run)
    };
    let text = apple_writer::export(&[item]);
    for route in [None, Some("no GPX")] {
        let activity = only(&text, route);
        assert_eq!(codes(&activity), ["W-apple-route"]);
        assert!(activity.records.heart_rate_bpm.has_values());
        assert!(activity.records.latitude_deg.is_empty());
    }
}

#[test]
fn a_cut_file_keeps_what_precedes() {
    let (first, second) = (outdoors(), indoors());
    let text = apple_writer::export(&[Item::run(&first), Item::run(&second)]);
    let ends: Vec<usize> = text.match_indices("</Workout>").map(|(at, _)| at).collect();
    for (cut, workouts) in [
        (ends[1] + 10, 2),
        (ends[1] - 5, 2),
        (ends[0] + 12, 1),
        (ends[0] - 100, 1),
    ] {
        let export = read(&text[..cut]);
        assert_eq!(export.workouts().len(), workouts, "{cut}");
        let codes: Vec<String> = export.warnings().into_iter().map(|w| w.code).collect();
        assert_eq!(codes, ["W-xml-incomplete"], "{cut}");
    }
    let records = text.find("<Workout ").unwrap();
    for cut in [5, 60, 400, 5_000, records] {
        let error = Export::read(&text.as_bytes()[..cut]).unwrap_err();
        assert!(!error.is_skip(), "{cut}");
        assert!(error.to_string().contains("incomplete"), "{cut}: {error}");
    }
}

#[test]
fn odd_bytes_and_tags_lose_nothing_else() {
    let run = indoors();
    let text = apple_writer::export(&[Item::run(&run)]);
    let sound = only(&text, None);
    let odd = text.replacen("</Record>", "</Record></Stray><b>&x;", 1);
    let mut bytes = odd.into_bytes();
    let at = bytes
        .windows(3)
        .position(|part| part == "é".as_bytes() || part == b"Ann")
        .unwrap();
    bytes[at] = 0xff;
    let export = Export::read(bytes.as_slice()).unwrap();
    let activity = export.activity(0, &|_| None).unwrap();
    assert_eq!(activity.records.distance_m, sound.records.distance_m);
}

#[test]
fn no_owner_and_no_address_leaves_the_reader() {
    let run = outdoors();
    let activity = only(&apple_writer::export(&[Item::run(&run)]), None);
    let told = format!("{activity:?}");
    for part in ["Ann", "0x2833a7250", "1990-01-01", "HKDevice"] {
        assert!(!told.contains(part), "{part}");
    }
}

#[test]
fn exports_without_workouts_are_skipped_and_other_documents_refused() {
    let empty = apple_writer::export(&[]);
    assert!(Export::read(empty.as_bytes()).unwrap_err().is_skip());
    let other = Export::read(&b"<gpx></gpx>"[..]).unwrap_err();
    assert!(!other.is_skip());
    let undated = Export::read(&b"<HealthData><Workout sourceName=\"w\"/></HealthData>"[..]);
    assert!(!undated.unwrap_err().is_skip());
    let deep = format!("<HealthData>{}", "<a>".repeat(1_000));
    assert!(Export::read(deep.as_bytes()).is_err());
}

/// Returns an export with one workout of ten minutes that holds some elements.
fn with_elements(elements: &str) -> String {
    let mut text = String::from("<HealthData>");
    for second in (0..600).step_by(3) {
        let at = |second: u32| format!("2026-05-01 08:{:02}:{:02} +0200", second / 60, second % 60);
        text.push_str(&format!(
            "<Record type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sourceName=\"w\" unit=\"m\" startDate=\"{}\" endDate=\"{}\" value=\"9\"/>",
            at(second),
            at(second + 3)
        ));
    }
    text + &format!(
        "<Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"10\" durationUnit=\"min\" sourceName=\"w\" startDate=\"2026-05-01 08:00:00 +0200\" endDate=\"2026-05-01 08:10:00 +0200\">{elements}</Workout></HealthData>"
    )
}

fn laps(elements: &str) -> Vec<(f64, f64, LapTrigger)> {
    let activity = only(&with_elements(elements), None);
    let laps = activity.laps.iter();
    laps.map(|lap| (lap.start_s, lap.end_s, lap.trigger))
        .collect()
}

fn event(kind: &str, minute: u32, minutes: u32) -> String {
    format!(
        "<WorkoutEvent type=\"HKWorkoutEventType{kind}\" date=\"2026-05-01 08:{minute:02}:00 +0200\" duration=\"{minutes}\" durationUnit=\"min\"/>"
    )
}

#[test]
fn laps_are_steps_laps_or_what_the_runner_marked() {
    let segments = event("Segment", 0, 2) + &event("Segment", 2, 5) + &event("Segment", 7, 3);
    assert_eq!(
        laps(&segments),
        [
            (0.0, 120.0, LapTrigger::Manual),
            (120.0, 420.0, LapTrigger::Manual),
            (420.0, 600.0, LapTrigger::Manual)
        ]
    );
    let at = |kind: &str, minute: u32| event(kind, minute, 0);
    assert_eq!(
        laps(&(segments.clone() + &at("Lap", 4))),
        [
            (0.0, 240.0, LapTrigger::Unknown),
            (240.0, 600.0, LapTrigger::Unknown)
        ]
    );
    let step = |from: u32, to: u32, within: &str| {
        format!(
            "<WorkoutActivity uuid=\"x\" startDate=\"2026-05-01 08:{from:02}:00 +0200\" endDate=\"2026-05-01 08:{to:02}:00 +0200\">{within}<WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" sum=\"1\" unit=\"km\"/></WorkoutActivity>"
        )
    };
    let steps = segments + &step(0, 3, "") + &step(3, 10, "");
    assert_eq!(
        laps(&steps),
        [
            (0.0, 180.0, LapTrigger::Manual),
            (180.0, 600.0, LapTrigger::Manual)
        ]
    );
    // One part is the whole, and repeats its events.
    let pause = at("Pause", 4) + &at("Resume", 5);
    let activity = only(
        &with_elements(&(pause.clone() + &step(0, 10, &pause))),
        None,
    );
    assert_eq!(activity.pauses.len(), 1);
    assert!(activity.laps.is_empty());
    assert_eq!(activity.totals.distance_m, None);
}

#[test]
fn the_oldest_exports_have_the_route_in_the_workout() {
    let mut route = String::from("<WorkoutRoute sourceName=\"w\">");
    for minute in 0..10 {
        route.push_str(&format!("<Location date=\"2026-05-01 08:0{minute}:00 +0200\" latitude=\"50.{minute}\" longitude=\"8.5\" altitude=\"100\" horizontalAccuracy=\"5\" verticalAccuracy=\"4\" course=\"-1\" speed=\"-1\"/>"));
    }
    let activity = only(&with_elements(&(route + "</WorkoutRoute>")), None);
    assert_eq!(activity.records.latitude_deg.count(), 10);
    assert_eq!(activity.records.altitude_m.count(), 10);
    assert_eq!(activity.records.speed_m_s.count(), 0);
}

/// A folder as a phone packs it: two runs, of which one has a route, a route of no workout, and what doctors get.
fn folder() -> Vec<(&'static str, String)> {
    let (first, second) = (outdoors(), indoors());
    let third = recording(Workout::Recovery, 5, &Options::default());
    let items = [
        Item {
            route: Some("route_2026-05-28_10.26pm.gpx"),
            ..Item::run(&first)
        },
        Item {
            is_indoor: true,
            ..Item::run(&second)
        },
    ];
    let clinical =
        "<?xml version=\"1.0\"?>\n<ClinicalDocument xmlns=\"urn:hl7-org:v3\"></ClinicalDocument>";
    vec![
        ("electrocardiograms/ecg_1.csv", "Name,Ann\n1,2\n".to_owned()),
        ("export.xml", apple_writer::export(&items)),
        ("export_cda.xml", clinical.to_owned()),
        (
            "workout-routes/route_2026-05-28_10.26pm.gpx",
            apple_writer::route(&first),
        ),
        (
            "workout-routes/route_alone.gpx",
            apple_writer::route(&third),
        ),
    ]
}

fn unpacked(root: &Path) {
    for (name, text) in folder() {
        let path = root.join("apple_health_export").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn packed(path: &Path) {
    let files: Vec<(String, String)> = folder()
        .into_iter()
        .map(|(name, text)| (format!("apple_health_export/{name}"), text))
        .collect();
    let members: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    fs::write(path, crate::common::packing::zip(&members)).unwrap();
}

fn read_all(path: &Path) -> Outcome {
    read_runs(
        vec![Input::Path(path.to_path_buf())],
        &hardeasy::pipeline::Options::default(),
        &|_, _| {},
    )
    .unwrap()
}

/// Returns what became of each file and workout.
fn lines(outcome: &Outcome) -> Vec<(String, Status, usize)> {
    let lines = outcome.account.iter();
    lines
        .map(|line| (line.name(), line.status, line.activities))
        .collect()
}

#[test]
fn a_folder_and_its_archive_are_read_alike() {
    let root = tempfile::tempdir().unwrap();
    let (plain, zip) = (root.path().join("plain"), root.path().join("export.zip"));
    unpacked(&plain);
    packed(&zip);
    let (from_folder, from_zip) = (read_all(&plain), read_all(&zip));
    let expected = [
        ("electrocardiograms/ecg_1.csv", Status::Skipped, 0),
        ("export.xml: 2026-05-28 22:26:40", Status::Ok, 1),
        ("export.xml: 2026-05-29 22:26:40", Status::Ok, 1),
        ("export_cda.xml", Status::Skipped, 0),
        (
            "workout-routes/route_2026-05-28_10.26pm.gpx",
            Status::Skipped,
            0,
        ),
        // It names no sport.
        ("workout-routes/route_alone.gpx", Status::Warned, 1),
    ];
    let expected = |prefix: &str, joint: &str| -> Vec<(String, Status, usize)> {
        let each = expected.iter();
        each.map(|(name, status, count)| {
            (
                format!("{prefix}{}", name.replace("export.xml: ", joint)),
                *status,
                *count,
            )
        })
        .collect()
    };
    assert_eq!(
        lines(&from_folder),
        expected("apple_health_export/", "export.xml: ")
    );
    assert_eq!(
        lines(&from_zip),
        expected("export.zip: apple_health_export/", "export.xml, ")
    );
    let route = &from_folder.account[4];
    let reason = "the route of the workout of 2026-05-28 22:26:40, read with it";
    assert_eq!(route.reason.as_deref(), Some(reason));
    for outcome in [&from_folder, &from_zip] {
        let heads = outcome.sessions.iter().map(|session| &session.head);
        let hashes: Vec<&str> = heads.map(|head| head.source.sha256.as_str()).collect();
        let other = from_folder
            .sessions
            .iter()
            .map(|session| session.head.source.sha256.as_str());
        assert_eq!(hashes, other.collect::<Vec<_>>());
        let seen = visit_streams(outcome, &|_, _, streams| {
            let streams = streams.unwrap();
            (
                streams.heart_rate_bpm.has_values(),
                streams.latitude_deg.has_values(),
            )
        });
        assert_eq!(seen, [(true, true), (true, false), (false, true)]);
    }
    let recognised = "Apple Health export up to 2026-05-29: 2 workouts, 2 runs, 1 with a route";
    assert_eq!(from_zip.recognised, [recognised]);
    // Both at once are the same workouts.
    let both = read_all(root.path());
    assert_eq!(both.sessions.len(), 3);
    let skipped = both
        .account
        .iter()
        .filter(|line| line.status == Status::Skipped);
    assert_eq!(skipped.count(), 9);
}

#[test]
fn a_cut_export_and_a_missing_route_count_as_partial() {
    let root = tempfile::tempdir().unwrap();
    unpacked(root.path());
    let folder = root.path().join("apple_health_export");
    fs::remove_file(folder.join("workout-routes/route_2026-05-28_10.26pm.gpx")).unwrap();
    let path = folder.join("export.xml");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 300]).unwrap();
    // A file by itself, too: its routes are looked for beside it.
    let outcome = read_all(&path);
    let codes = |line: usize| -> Vec<&str> {
        let warnings = outcome.account[line].warnings.iter();
        warnings.map(|warning| warning.code.as_str()).collect()
    };
    assert_eq!(outcome.account.len(), 2);
    assert_eq!(codes(0), ["W-apple-route"]);
    assert_eq!(codes(1), ["W-xml-incomplete"]);
    assert_eq!(outcome.count(Status::Partial), 2);
}

#[test]
fn phone_and_watch_at_the_same_time_are_one_run() {
    let root = tempfile::tempdir().unwrap();
    let run = outdoors();
    let mut by_phone = run.clone();
    by_phone.start_unix_s += 90;
    by_phone
        .samples
        .retain(|sample| sample.time_s + 120 < run.elapsed_s());
    for sample in &mut by_phone.samples {
        sample.heart_rate_bpm = None;
        sample.distance_m = sample.distance_m.map(|metres| 1.05 * metres);
    }
    let items = [
        Item::run(&run),
        Item {
            source: apple_writer::PHONE,
            ..Item::run(&by_phone)
        },
    ];
    let path = root.path().join("export.xml");
    fs::write(&path, apple_writer::export(&items)).unwrap();
    let outcome = read_all(&path);
    assert_eq!(outcome.sessions.len(), 1);
    assert_eq!(outcome.count(Status::Skipped), 1);
    assert_eq!(
        outcome.sessions[0].head.start_time.unwrap().timestamp(),
        run.start_unix_s
    );
}

//! What platforms, phones and converters make of a run, whole exports of accounts, and formats of their own.

use super::Case;
use super::case;
use super::run;
use crate::archives;
use crate::common::apple_writer;
use crate::common::apple_writer::Item;
use crate::common::converters;
use crate::common::converters::LapPoints;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::garmin_export::GarminExport;
use crate::common::packing::zip;

pub(super) fn cases() -> Vec<Case> {
    let mut all = gpsbabel();
    all.extend(dialects());
    all.extend(accounts());
    all.extend(own_formats());
    all
}

fn gpsbabel() -> Vec<Case> {
    let run = run();
    let fit = |laps| converters::gpsbabel_fit(&run, laps);
    let gpx = |laps| converters::gpsbabel_gpx(&run, laps);
    vec![
        case(
            "c1",
            "GPSBabel: FIT, which is a course",
            ("run.fit", fit(LapPoints::Starts)),
            "warned 1/361 W-course W-sport-guess",
            "calls it a course",
        ),
        case(
            "c2",
            "GPSBabel: FIT from FIT, whose laps have no time",
            ("run.fit", fit(LapPoints::Ends)),
            "warned 1/361 W-course W-sport-guess",
            "calls it a course",
        ),
        case(
            "c3",
            "GPSBabel: GPX with waypoints for laps",
            ("run.gpx", gpx(LapPoints::Starts)),
            "warned 1/361 W-sport-guess",
            "",
        ),
        case(
            "c4",
            "GPSBabel: GPX from FIT",
            ("run.gpx", gpx(LapPoints::Ends)),
            "warned 1/361 W-sport-guess",
            "",
        ),
        case(
            "c5",
            "GPSBabel: TCX, which is a course",
            ("run.tcx", converters::gpsbabel_tcx(&run)),
            "warned 1/361 W-course W-sport-guess",
            "calls it a course",
        ),
        case(
            "c6",
            "a course of one unchanging speed, as planners write it",
            ("plan.fit", converters::planned_fit(&run)),
            "skipped",
            "unchanging speed",
        ),
    ]
}

fn dialects() -> Vec<Case> {
    let run = run();
    let gpx = converters::gpx_dialects(&run).into_iter();
    let tcx = converters::tcx_dialects(&run).into_iter();
    let gpx = gpx.map(|(name, text)| (format!("GPX: {name}"), "run.gpx", text));
    let tcx = tcx.map(|(name, text)| (format!("TCX: {name}"), "run.tcx", text));
    // What becomes of each, in the order of the writers.
    const GUESSED: &str = "warned 1/361 W-sport-guess";
    const SOUND: &str = "ok 1/361";
    let becomes = [
        GUESSED, GUESSED, GUESSED, GUESSED, SOUND, GUESSED, SOUND, GUESSED, SOUND, SOUND, SOUND,
    ];
    let all = gpx.chain(tcx).zip(becomes).zip(1..);
    all.map(|(((shows, file, text), becomes), number)| {
        case(&format!("d{number}"), &shows, (file, text), becomes, "")
    })
    .collect()
}

fn accounts() -> Vec<Case> {
    let members = archives::members();
    let members: Vec<(&str, &[u8])> = members
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let run = run();
    let health = |route| {
        let item = Item {
            route,
            ..Item::run(&run)
        };
        apple_writer::export(&[item])
    };
    let unpacked = |files: &[(&str, &[u8])]| {
        let files = files.iter();
        files
            .map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()))
            .collect()
    };
    let route = apple_writer::route(&run);
    let with_route = health(Some("route.gpx"));
    let files: [(&str, &[u8]); 2] = [
        ("apple/export.xml", with_route.as_bytes()),
        ("apple/workout-routes/route.gpx", route.as_bytes()),
    ];
    let cut = &with_route[..with_route.find("</Workout>").expect("a workout")];
    vec![
        case(
            "a1",
            "an account of Strava, zipped; one recording that its table names is missing",
            ("strava.zip", zip(&members)),
            "partial 2/0 W-platform-totals + ok 1/3190 + ok 1/1800 + skipped",
            "Strava export",
        ),
        Case {
            files: unpacked(&members),
            ..case(
                "a2",
                "the same, unpacked",
                ("", ""),
                "partial 2/0 W-platform-totals + ok 1/3190 + ok 1/1800 + skipped",
                "Strava export",
            )
        },
        case(
            "a3",
            "an account of Garmin Connect, zipped",
            ("garmin.zip", GarminExport::new(2).zipped()),
            "ok + ok + ok 3 + ok + skipped + ok 1 + ok 1 + skipped + skipped + skipped + skipped + ok + ok + skipped",
            "Garmin Connect export",
        ),
        case(
            "a4",
            "Apple Health: a workout without a route",
            ("export.xml", health(None)),
            "ok 1",
            "",
        ),
        Case {
            files: unpacked(&files),
            ..case(
                "a5",
                "Apple Health: a workout and its route",
                ("", ""),
                "ok 1 + skipped",
                "",
            )
        },
        case(
            "a6",
            "Apple Health: a workout whose route is missing",
            ("apple/export.xml", with_route.as_bytes()),
            "partial 1 W-apple-route",
            "route",
        ),
        case(
            "a7",
            "Apple Health: an export that is cut off within a workout",
            ("apple/export.xml", cut),
            "partial 1 W-apple-route W-xml-incomplete",
            "",
        ),
        case(
            "a8",
            "Apple Health, zipped",
            ("export.zip", zip(&files)),
            "ok 1 + skipped",
            "",
        ),
        case(
            "a9",
            "a document that hardeasy wrote, of an unknown version",
            ("stored.ndjson", "{\"schema\":\"hardeasy.session/9\"}\n"),
            "failed",
            "",
        ),
        case(
            "a10",
            "a run in a folder of a cloud",
            (
                "cloud/2026/run.fit",
                fit_writer::write(&run, Wire::default()),
            ),
            "ok 1/361",
            "",
        ),
    ]
}

fn own_formats() -> Vec<Case> {
    let formats = [
        (
            "Polar Flow: JSON",
            "{\"exercises\":[],\"stopTime\":\"\",\"timezoneOffset\":0}",
            "Polar Flow",
        ),
        (
            "Suunto app: JSON",
            "{\"DeviceLog\":{\"Header\":{}}}",
            "Suunto app",
        ),
        (
            "Huawei Health: JSON",
            "[{\"attribute\":\"HW_EXT_TRACK_DETAIL@is\"}]",
            "Huawei Health",
        ),
        (
            "Nike Run Club: JSON",
            "{\"active_duration_ms\":1,\"start_epoch_ms\":1}",
            "Nike Run Club",
        ),
        (
            "GoldenCheetah: JSON",
            "{\"RIDE\":{\"STARTTIME\":\"\",\"RECINTSECS\":1}}",
            "GoldenCheetah",
        ),
        (
            "RunGap: JSON",
            "{\"activityType\":{},\"sourceName\":\"\",\"startTime\":{}}",
            "RunGap",
        ),
        (
            "Samsung Health: CSV",
            "com.samsung.shealth.exercise,1,2\n",
            "Samsung Health",
        ),
        ("Zepp: CSV", "type,startTime,sportTime(s)\n", "Zepp"),
        (
            "Runkeeper: CSV",
            "Activity Id,Date,Type,Route Name\n",
            "Runkeeper",
        ),
        ("Huawei: HiTrack", "tp=lbs;k=0;\n", "HiTrack"),
    ];
    let all = formats.into_iter().zip(1..);
    all.map(|((shows, text, says), number)| {
        case(
            &format!("o{number}"),
            shows,
            ("data/file.txt", text),
            "skipped",
            says,
        )
    })
    .collect()
}

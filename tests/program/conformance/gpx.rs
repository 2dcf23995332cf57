//! GPX: dialects of sensors and versions, values that are none, routes, texts.

use super::Case;
use super::broken;
use super::case;
use super::run;
use crate::common::fixture_broken;
use crate::common::generator::Keep;
use crate::common::generator::Power;
use crate::common::gpx_writer;
use crate::common::gpx_writer::Dialect;

pub(super) fn cases() -> Vec<Case> {
    let mut all = sensors();
    all.extend(versions());
    all.extend(points());
    all.extend(cuts());
    all
}

/// Returns the run as GPX.
pub(super) fn whole() -> String {
    gpx_writer::write(&run(), Dialect::Gpxtpx, "Short run")
}

fn sensors() -> Vec<Case> {
    let mut all = Vec::new();
    let names = [
        (
            Dialect::Gpxtpx,
            "51a",
            "heart rate as Garmin and Strava write it",
        ),
        (Dialect::Ns3, "51b", "heart rate under the prefix ns3"),
        (
            Dialect::Gpxdata,
            "51c",
            "heart rate as ClueTrust and older Suunto files have it",
        ),
        (Dialect::Bare, "51d", "heart rate without a prefix"),
    ];
    for (dialect, id, shows) in names {
        let text = gpx_writer::write(&run(), dialect, "Run");
        all.push(case(id, shows, ("run.gpx", text), "ok 1/361", ""));
    }
    let undeclared = whole().replacen(" xmlns:gpxtpx=", " was=", 1);
    all.push(case(
        "51e",
        "heart rate under a prefix that is not declared",
        ("run.gpx", undeclared),
        "ok 1/361",
        "",
    ));
    let powered = fixture_broken::run(Keep::All, Power::Native);
    let powered = gpx_writer::write(&powered, Dialect::Gpxtpx, "Run");
    let spelled =
        |open: &str, close: &str| powered.replace("<power>", open).replace("</power>", close);
    let spellings = [
        case(
            "52a",
            "power as Strava writes it",
            ("power.gpx", powered.as_str()),
            "ok 1/361",
            "",
        ),
        case(
            "52b",
            "power as PowerInWatts",
            (
                "power.gpx",
                spelled("<pwr:PowerInWatts>", "</pwr:PowerInWatts>"),
            ),
            "ok 1/361",
            "",
        ),
        case(
            "52c",
            "power within an extension of its own",
            (
                "power.gpx",
                spelled(
                    "<pwr:PowerExtension><pwr:PowerInWatts>",
                    "</pwr:PowerInWatts></pwr:PowerExtension>",
                ),
            ),
            "ok 1/361",
            "",
        ),
        case(
            "52d",
            "power as gpxtpx:watts",
            ("power.gpx", spelled("<gpxtpx:watts>", "</gpxtpx:watts>")),
            "ok 1/361",
            "",
        ),
        case(
            "52e",
            "power None",
            ("power.gpx", spelled("<power>None", "</power>")),
            "warned 1/361 W-xml-bad-value",
            "",
        ),
    ];
    all.extend(spellings);
    all
}

fn versions() -> Vec<Case> {
    let text = whole();
    let version = |other: &str| text.replacen(" version=\"1.1\"", other, 1);
    let course = text.replace(
        "<time>",
        "<course>90</course><speed>3.1</speed><magvar>2</magvar><time>",
    );
    vec![
        case(
            "53a",
            "no version",
            ("run.gpx", version("")),
            "ok 1/361",
            "",
        ),
        case(
            "53b",
            "the version of an app",
            ("run.gpx", version(" version=\"6.1.2\"")),
            "ok 1/361",
            "",
        ),
        case(
            "53c",
            "version 1.0 with course and speed",
            ("run.gpx", course.replacen("1.1", "1.0", 1)),
            "ok 1/361",
            "",
        ),
        case(
            "53d",
            "a track for each kilometre, with nothing between them",
            (
                "parts.gpx",
                text.replacen(
                    "</trkpt>\n   <trkpt",
                    "</trkpt></trkseg><trkseg/><trkseg>\n   <trkpt",
                    3,
                ),
            ),
            "ok 1/361",
            "",
        ),
    ]
}

fn points() -> Vec<Case> {
    let text = whole();
    let timeless: String = text
        .split("<time>")
        .map(|part| part.split_once("</time>").map_or(part, |(_, rest)| rest))
        .collect();
    let way = "<gpx version=\"1.1\"><wpt lat=\"50\" lon=\"8\"><name>Bench</name></wpt></gpx>";
    let first_minute = |zone: &str| text.replace("Z</time>", &format!("{zone}</time>"));
    vec![
        case(
            "54a",
            "a track without times",
            ("plan.gpx", timeless),
            "skipped",
            "not a recorded activity",
        ),
        case(
            "54b",
            "a route",
            broken("route.gpx"),
            "skipped",
            "not a recorded activity",
        ),
        case(
            "54c",
            "waypoints alone",
            ("way.gpx", way),
            "skipped",
            "not a recorded activity",
        ),
        case(
            "54d",
            "nothing at all between the tags",
            ("empty.gpx", "<gpx/>"),
            "skipped",
            "",
        ),
        case(
            "55a",
            "numbers that are none, empty times, longitudes beyond 180°",
            broken("bad-values.gpx"),
            "warned 1/71 W-xml-no-time W-xml-bad-position W-xml-bad-value",
            "no number, or impossible",
        ),
        case(
            "55b",
            "times without a zone",
            ("zone.gpx", first_minute("")),
            "warned 1/361 W-xml-no-zone",
            "zone",
        ),
        case(
            "55c",
            "times of another zone, with a fraction",
            ("zone.gpx", first_minute(".250+02:00")),
            "ok 1/361",
            "",
        ),
        case(
            "55d",
            "every point twice",
            ("twice.gpx", doubled(&text)),
            "warned 1/361 W-xml-times-repeated",
            "",
        ),
        case(
            "55e",
            "heart rate 0 throughout",
            ("zero.gpx", with_beats(&text, "0")),
            "warned 1/361 W-xml-no-heart-rate",
            "",
        ),
        case(
            "55f",
            "altitude with a comma",
            ("comma.gpx", with_comma(&text)),
            "ok 1/361",
            "",
        ),
    ]
}

fn doubled(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let count = 1 + usize::from(line.contains("<trkpt"));
        format!("{line}\n").repeat(count)
    });
    lines.collect()
}

fn with_beats(text: &str, beats: &str) -> String {
    let parts = text.split("<gpxtpx:hr>").enumerate();
    let parts = parts.map(|(index, part)| match part.split_once('<') {
        Some((_, rest)) if index > 0 => format!("<gpxtpx:hr>{beats}<{rest}"),
        _ => part.to_owned(),
    });
    parts.collect()
}

fn with_comma(text: &str) -> String {
    let parts = text.split("<ele>").enumerate();
    let parts = parts.map(|(index, part)| match index {
        0 => part.to_owned(),
        _ => format!("<ele>{}", part.replacen('.', ",", 1)),
    });
    parts.collect()
}

fn cuts() -> Vec<Case> {
    let text = whole();
    let point = text.rfind("   <trkpt").expect("a point");
    let mismatched = text.replacen("</extensions>", "</extension>", 3);
    let two = format!("{text}{}", text.replace("2026-04-01", "2026-04-02"));
    vec![
        case(
            "59a",
            "cut within a point",
            broken("truncated.gpx"),
            "partial 1/36 W-xml-incomplete",
            "36 points kept",
        ),
        case(
            "59b",
            "cut between two points",
            ("cut.gpx", &text[..point]),
            "partial 1/360 W-xml-incomplete",
            "incomplete",
        ),
        case(
            "59c",
            "cut within the head",
            ("head.gpx", &text[..120]),
            "failed",
            "",
        ),
        case(
            "60a",
            "end tags of another name",
            ("tags.gpx", mismatched),
            "warned 1/361 W-xml-mismatched",
            "",
        ),
        case(
            "60b",
            "two documents one after the other",
            ("two.gpx", two),
            "warned 2/722 W-xml-concatenated",
            "",
        ),
    ]
}

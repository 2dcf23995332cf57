//! `fixtures/broken`: one short run, damaged or written oddly in the ways that real files are.

use super::athlete::Athlete;
use super::fit_encoder::Wire;
use super::fit_writer;
use super::fixture::Fixture;
use super::fixture_broken_fit;
use super::generator::Keep;
use super::generator::Options;
use super::generator::Power;
use super::generator::generate;
use super::gpx_writer;
use super::gpx_writer::Dialect;
use super::packing::gzip;
use super::packing::zip;
use super::recording::Recording;
use super::tcx_writer;
use super::workouts::Workout;

const SEED: u64 = 30_000;

/// Returns the damaged and the odd files.
pub fn files() -> Vec<Fixture> {
    let mut out = fixture_broken_fit::files();
    out.extend(gpx());
    out.extend(tcx_and_packed());
    out
}

/// Returns one of the files.
pub fn file(name: &str, shows: &str, bytes: Vec<u8>) -> Fixture {
    Fixture {
        path: format!("broken/{name}"),
        bytes,
        made_by: "fault",
        shows: shows.into(),
    }
}

/// The run that all of them hold: six minutes, here kept each so many seconds.
pub fn run(keep: Keep, power: Power) -> Recording {
    let athlete = Athlete::of_the_season();
    let options = Options {
        keep,
        power,
        start_unix_s: 1_775_030_400, // 2026-04-01 08:00 UTC
        ..Options::default()
    };
    generate(
        &Workout::Short.plan(&athlete, SEED),
        &athlete,
        SEED,
        &options,
    )
}

/// Returns the run as a sound FIT file.
pub fn sound() -> Vec<u8> {
    fit_writer::write(&run(Keep::All, Power::None), Wire::default())
}

fn gpx() -> Vec<Fixture> {
    let recorded = run(Keep::Every(5), Power::None);
    let whole = gpx_writer::write(&recorded, Dialect::Gpxtpx, "Short run");
    let route = without(&without(&whole, "time"), "extensions")
        .replace("trkpt", "rtept")
        .replace("trkseg", "rte")
        .replace(" <trk>\n", "")
        .replace(" </trk>\n", "");
    let latin = whole
        .replace("UTF-8", "ISO-8859-1")
        .replace("Short run", "K\u{fc}stenlauf");
    let latin: Vec<u8> = latin
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).unwrap())
        .collect();
    let page = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n<body><p>Please sign in to download your activity.</p></body></html>\n";
    let point = whole.find("<trkpt").unwrap();
    let half = point + (whole.len() - point) / 2;
    vec![
        file(
            "web-page.gpx",
            "a web page that was saved under the name of an export",
            page.into(),
        ),
        file(
            "truncated.gpx",
            "cut in the middle of a point",
            whole[..half].into(),
        ),
        file("route.gpx", "a planned route without times", route.into()),
        file(
            "bad-values.gpx",
            "numbers that are none, empty times, longitudes beyond 180°",
            bad_values(&whole).into(),
        ),
        file("latin-1.gpx", "written in Latin-1", latin),
    ]
}

/// Takes an element and what is in it out of a document.
fn without(document: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let rest = |part: &'_ str| {
        part.split_once(&close)
            .map_or(part.len(), |(within, _)| within.len() + close.len())
    };
    let mut parts = document.split(&open);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| {
        kept + part.get(rest(part)..).unwrap_or(part)
    })
}

/// Spoils every seventh point in turn.
fn bad_values(gpx: &str) -> String {
    let mut out = String::new();
    for (index, line) in gpx.lines().enumerate() {
        let spoilt = match (line.trim_start().starts_with("<trkpt"), index % 42) {
            (true, 0) => line.replacen("lat=\"", "lat=\"NaN", 1),
            (true, 7) => {
                line.replacen("lon=\"-29", "lon=\"180", 1)
                    .replacen("lon=\"-30", "lon=\"180", 1)
            }
            (true, 14) => line.replacen(".", ",", 4),
            (true, 21) => line
                .replacen("<time>", "<time></time><was>", 1)
                .replacen("Z</time>", "Z</was>", 1),
            (true, 28) => line.replacen("<gpxtpx:hr>", "<gpxtpx:hr>None", 1),
            (true, 35) => line.replacen("<ele>", "<ele>\n  ", 1),
            _ => line.into(),
        };
        out.push_str(&spoilt);
        out.push('\n');
    }
    out
}

fn tcx_and_packed() -> Vec<Fixture> {
    let recorded = run(Keep::Every(5), Power::None);
    let whole = tcx_writer::write(&recorded, "");
    let half = whole.find("<Trackpoint").unwrap() + whole.len() / 2;
    let empty = whole
        .replacen("<Track>", "<Track/>\n    <Track>", 1)
        .replacen(
            "<LatitudeDegrees>",
            "<LatitudeDegrees></LatitudeDegrees><Was>",
            1,
        )
        .replacen(
            "</LatitudeDegrees><LongitudeDegrees>",
            "</Was><LongitudeDegrees>",
            1,
        );
    let packed = gzip(&sound());
    let archive = zip(&[
        ("a/sound.fit", &sound()),
        ("__MACOSX/._sound.fit", &[0, 5, 22, 7]),
    ]);
    vec![
        file(
            "truncated.tcx",
            "cut in the middle of a lap",
            whole[..half].into(),
        ),
        file(
            "empty-elements.tcx",
            "an empty track, a point without latitude",
            empty.into(),
        ),
        file(
            "truncated.fit.gz",
            "a gzip file that lacks its second half",
            packed[..packed.len() / 2].to_vec(),
        ),
        file(
            "truncated.zip",
            "a zip archive that lacks its directory",
            archive[..archive.len() - 150].to_vec(),
        ),
        file(
            "with-junk.zip",
            "a sound run beside what an operating system adds",
            archive,
        ),
        file("name-lies.gpx", "a FIT file under another name", sound()),
    ]
}

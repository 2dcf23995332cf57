//! `fixtures/broken`: one short run, damaged or written oddly in the ways that real files are.

use super::athlete::Athlete;
use super::fit_encoder::Encoder;
use super::fit_encoder::Message;
use super::fit_encoder::Value as V;
use super::fit_encoder::Wire;
use super::fit_encoder::checksum;
use super::fit_encoder::header;
use super::fit_writer;
use super::fit_writer::number;
use super::fixture::Fixture;
use super::fixture::gzip;
use super::fixture::zip;
use super::generator::Keep;
use super::generator::Options;
use super::generator::Power;
use super::generator::generate;
use super::gpx_writer;
use super::gpx_writer::Dialect;
use super::recording::Recording;
use super::tcx_writer;
use super::workouts::Workout;

const SEED: u64 = 30_000;

/// Header and checksum around the messages.
const HEADER_BYTES: usize = 14;
const CHECKSUM_BYTES: usize = 2;

/// Returns the damaged and the odd files.
pub fn files() -> Vec<Fixture> {
    let mut out = cut_fit();
    out.extend(odd_fit());
    out.extend(other_fit());
    out.extend(gpx());
    out.extend(tcx_and_packed());
    out
}

fn file(name: &str, shows: &str, bytes: Vec<u8>) -> Fixture {
    Fixture {
        path: format!("broken/{name}"),
        bytes,
        made_by: "fault",
        shows: shows.into(),
    }
}

/// The run that all of them hold: six minutes, here kept each so many seconds.
fn run(keep: Keep, power: Power) -> Recording {
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

fn sound() -> Vec<u8> {
    fit_writer::write(&run(Keep::All, Power::None), Wire::default())
}

/// Encodes messages with a change in between: `change` sees each message before it is written.
fn encode(
    run: &Recording,
    mut change: impl FnMut(usize, &Message, &mut Encoder) -> bool,
) -> Vec<u8> {
    let mut encoder = Encoder::new(Wire::default());
    for (index, message) in fit_writer::messages(run).iter().enumerate() {
        if change(index, message, &mut encoder) {
            encoder.message(message);
        }
    }
    encoder.finish()
}

/// Files that end too early or say so wrongly.
fn cut_fit() -> Vec<Fixture> {
    let whole = sound();
    let mut lengths = vec![0];
    let recorded = run(Keep::All, Power::None);
    encode(&recorded, |_, _, encoder| {
        lengths.push(encoder.len());
        true
    });
    let at_message = HEADER_BYTES + lengths[lengths.len() / 2];
    let mut not_closed = header(&Wire::default(), 0);
    not_closed.extend(&whole[HEADER_BYTES..whole.len() - CHECKSUM_BYTES]);
    let mut wrong_sum = whole.clone();
    let last = wrong_sum.len() - 1;
    wrong_sum[last] ^= 0x5a;
    let mut wrong_header_sum = whole.clone();
    wrong_header_sum[HEADER_BYTES - 1] ^= 0x5a;
    let mut zeros = whole.clone();
    zeros.extend([0; 64]);
    vec![
        file(
            "truncated.fit",
            "cut within a message",
            whole[..at_message + 7].to_vec(),
        ),
        file(
            "truncated-between-messages.fit",
            "cut between two messages",
            whole[..at_message].to_vec(),
        ),
        file(
            "not-closed.fit",
            "never closed: the header says 0 bytes, no checksum",
            not_closed,
        ),
        file(
            "wrong-checksum.fit",
            "the checksum of the data is wrong",
            wrong_sum,
        ),
        file(
            "wrong-header-checksum.fit",
            "the checksum of the header is wrong",
            wrong_header_sum,
        ),
        file("trailing-zeros.fit", "64 zero bytes after the end", zeros),
        file("empty.fit", "no bytes at all", Vec::new()),
    ]
}

/// Files whose messages are odd; most are sound in the end.
fn odd_fit() -> Vec<Fixture> {
    let plain = run(Keep::All, Power::None);
    let desync = encode(&plain, |index, _, encoder| {
        if index == 220 {
            encoder.raw(&[0x0e, 0xde, 0xad, 0xbe, 0xef, 0x0d, 0x01, 0x02]);
        }
        true
    });
    let wrong_size = encode(&plain, |_, message, encoder| {
        if message.number != number::EVENT {
            return true;
        }
        let mut odd = message.clone();
        odd.fields.insert(3, (3, V::Raw(0x86, vec![0])));
        encoder.message(&odd);
        false
    });
    let big_endian = Wire {
        big_endian: true,
        ..Wire::default()
    };
    let compressed = Wire {
        compressed_timestamps: true,
        header_checksum: false,
        ..Wire::default()
    };
    let chained = [sound(), fit_writer::write(&later(&plain), Wire::default())].concat();
    vec![
        file(
            "desync.fit",
            "in the middle a message of a type that was never defined",
            desync,
        ),
        file(
            "wrong-field-size.fit",
            "a field of one byte that is called a 32-bit number",
            wrong_size,
        ),
        file(
            "big-endian.fit",
            "numbers with the most significant byte first",
            fit_writer::write(&plain, big_endian),
        ),
        file(
            "compressed-timestamps.fit",
            "compressed timestamps; no checksum in the header",
            fit_writer::write(&plain, compressed),
        ),
        file("chained.fit", "two activities one after the other", chained),
        file(
            "late-description.fit",
            "a developer field is described after it is used",
            developer(false),
        ),
        file(
            "undescribed-field.fit",
            "a developer field is never described",
            developer(true),
        ),
        file(
            "no-session.fit",
            "records alone: no lap, session or activity",
            records_alone(&plain),
        ),
        file(
            "invalid-values.fit",
            "heart rate 0 and 255, positions 0° and 180°, a clock that steps back",
            invalid(&plain),
        ),
    ]
}

fn later(run: &Recording) -> Recording {
    let mut later = run.clone();
    later.start_unix_s += 4 * 3600;
    later
}

fn developer(never: bool) -> Vec<u8> {
    let run = run(Keep::All, Power::Developer);
    let described = |message: &Message| {
        matches!(
            message.number,
            number::DEVELOPER_DATA_ID | number::FIELD_DESCRIPTION
        )
    };
    let mut late: Vec<Message> = Vec::new();
    encode(&run, |index, message, encoder| {
        if described(message) {
            late.push(message.clone());
            return false;
        }
        if index == 200 && !never {
            late.iter().for_each(|message| encoder.message(message));
        }
        true
    })
}

fn records_alone(run: &Recording) -> Vec<u8> {
    encode(run, |_, message, _| {
        matches!(message.number, number::FILE_ID | number::RECORD)
    })
}

/// Puts values that mean nothing into some records, under the same definition.
fn invalid(run: &Recording) -> Vec<u8> {
    encode(run, |index, message, encoder| {
        if message.number != number::RECORD || index % 10 != 0 {
            return true;
        }
        let mut odd = message.clone();
        for (field, value) in &mut odd.fields {
            *value = match (*field, index / 10 % 4) {
                (0 | 1, 0) => V::I32(Some(0)),
                (1, 1) => V::I32(Some(i32::MIN)),
                (3, 2) => V::U8(Some(0)),
                (3, 3) => V::U8(None),
                (253, 1) => match value {
                    V::U32(Some(time)) => V::U32(Some(*time - 1)),
                    _ => continue,
                },
                _ => continue,
            };
        }
        encoder.message(&odd);
        false
    })
}

/// Sound FIT files that are not activities.
fn other_fit() -> Vec<Fixture> {
    let recorded = run(Keep::Every(5), Power::None);
    let of_type = |file_type: u8, more: &[Message]| {
        let mut encoder = Encoder::new(Wire::default());
        encoder.message(&fit_writer::file_id(&recorded, file_type));
        more.iter().for_each(|message| encoder.message(message));
        encoder.finish()
    };
    const COURSE: u16 = 31;
    const USER_PROFILE: u16 = 3;
    let course = [
        Message::new(
            COURSE,
            vec![
                (4, V::Enum(Some(1))),
                (5, V::Text("made-up way".into(), 16)),
            ],
        ),
        Message::new(
            number::RECORD,
            vec![(0, V::I32(Some(1000))), (1, V::I32(Some(-357_913_941)))],
        ),
        Message::new(
            number::RECORD,
            vec![(0, V::I32(Some(9000))), (1, V::I32(Some(-357_913_941)))],
        ),
    ];
    let profile = [Message::new(
        USER_PROFILE,
        vec![(1, V::Enum(Some(0))), (8, V::U8(Some(48)))],
    )];
    let mut bad_size = of_type(2, &profile);
    bad_size[0] = 255;
    let sum = checksum(&bad_size[..12]);
    bad_size[12..14].copy_from_slice(&sum.to_le_bytes());
    vec![
        file(
            "course.fit",
            "a course, not an activity",
            of_type(6, &course),
        ),
        file(
            "settings.fit",
            "a watch's settings, not an activity",
            of_type(2, &profile),
        ),
        file(
            "header-size.fit",
            "a header that claims 255 bytes",
            bad_size,
        ),
    ]
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
            2,
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

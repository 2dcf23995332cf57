//! What strangers write stays text, and what a device knows of its owner stays out: without a browser, over every
//! way to write.

use std::fs;
use std::path::Path;

use chrono::Days;
use chrono::NaiveDate;

use crate::common::athlete::Athlete;
use crate::common::fit_encoder::Encoder;
use crate::common::fit_encoder::Message;
use crate::common::fit_encoder::Value;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::fit_writer::number;
use crate::common::generator::Options;
use crate::common::generator::generate;
use crate::common::program::err;
use crate::common::program::exit;
use crate::common::program::hardeasy;
use crate::common::program::tree;
use crate::common::workouts::Workout;
use crate::dates::gpx;

/// Texts that try to become an element, an address, a formula, a mark or a command of the terminal.
const TEXTS: [&str; 8] = [
    "<script data-hit>window.__hit=1</script>",
    "\"><svg data-hit onload=window.__hit=1>",
    "</title></style></script><img data-hit src=x>",
    "[link](javascript:alert(1)) ![i](x) <b data-hit>",
    "]]><b data-hit>--><b data-hit>",
    "a\u{202e}nur\u{2066}\u{1b}[31mred\u{9b}31m\u{7}\u{200b}z",
    "=HYPERLINK(\"x\")",
    "@SUM(1)+1",
];
/// What the texts would be if they were no texts any more.
const TAKEN_IN: [&str; 5] = [
    "<script data-hit",
    "<svg data-hit",
    "<img data-hit",
    "<b data-hit",
    MARKED,
];
/// It is a link in Markdown alone.
const MARKED: &str = "[link](javascript:";
/// What steers a display.
const STEERING: [char; 6] = [
    '\u{1b}', '\u{9b}', '\u{7}', '\u{202e}', '\u{2066}', '\u{200b}',
];

/// Every way to write; `FOLDER` is a new folder outside the inputs.
const WAYS: [&str; 16] = [
    "report --private-notes --map -o FOLDER",
    "export --private-notes --format ndjson",
    "export --private-notes --format json",
    "export --private-notes --format csv -o FOLDER",
    "export --format gpx -o FOLDER",
    "export --format tcx -o FOLDER",
    "export --format fit -o FOLDER",
    "review --format text",
    "review --format markdown",
    "review --format json",
    "athlete --format text",
    "athlete --format json",
    "athlete --format svg",
    "show",
    "inspect",
    "export --format csv --table samples",
];

/// Writes in a way and hands out each file, and what was printed, under its name.
fn written(way: &str, from: &Path, look: &mut dyn FnMut(&str, &[u8])) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().display().to_string();
    let way = way.replace("FOLDER", &place);
    let mut arguments: Vec<&str> = way.split(' ').collect();
    let from = from.display().to_string();
    arguments.push(&from);
    let output = hardeasy(&arguments);
    assert!(exit(&output) <= 1, "{way}: {}", err(&output));
    look(&way, &output.stdout);
    look(&way, &output.stderr);
    for (path, bytes) in tree(folder.path()) {
        look(
            &format!("{way}: {}", path.display()),
            path.display().to_string().as_bytes(),
        );
        look(&format!("{way}: {}", path.display()), &bytes);
    }
}

/// An export of Strava in which every text is one of [`TEXTS`]: a recorded run and one without, for each.
fn strava(folder: &Path) {
    let mut table =
        "Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,\
         Distance,Activity Private Note,Activity Gear,Filename\n"
            .to_owned();
    fs::create_dir_all(folder.join("activities")).expect("made");
    let first = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
    for (index, text) in TEXTS.iter().enumerate() {
        let quoted = format!("\"{}\"", text.replace('"', "\"\""));
        let day = first + Days::new(2 * index as u64);
        fs::write(folder.join(format!("activities/{index}.gpx")), gpx(day)).expect("written");
        for (id, day, file) in [
            (index, day, format!("activities/{index}.gpx")),
            (index + 100, day + Days::new(1), String::new()),
        ] {
            let date = day.format("%b %-d, %Y, 8:00:00 AM");
            table += &format!(
                "{id},\"{date}\",{quoted},Run,{quoted},1200,3.2,{quoted},{quoted},{file}\n"
            );
        }
    }
    fs::write(folder.join("activities.csv"), table).expect("written");
}

#[test]
fn texts_of_a_platform_stay_texts_in_every_output() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    strava(folder.path());
    let mut titles = 0;
    for way in WAYS.iter().filter(|way| **way != "inspect") {
        written(way, folder.path(), &mut |what, bytes| {
            let text = String::from_utf8_lossy(bytes);
            // JSON and CSV are data: what reads them escapes for itself. On a terminal nothing is markup.
            let is_printed = what == "show" || what.ends_with("--format text");
            let is_data = is_printed
                || what.contains("json")
                || what.contains("csv")
                || what.ends_with(".fit");
            let is_markdown = what.contains("markdown");
            for part in TAKEN_IN.iter().filter(|_| !is_data) {
                if *part == MARKED && !is_markdown {
                    continue;
                }
                assert!(!text.contains(part), "{part} in {what}");
            }
            titles += text.matches("data-hit").count();
            let is_binary = what.ends_with(".fit");
            let steers = text.chars().find(|letter| STEERING.contains(letter));
            assert!(is_binary || steers.is_none(), "{steers:?} in {what}");
            if what.ends_with(".csv") {
                let mut rows = ::csv::Reader::from_reader(bytes);
                for row in rows.records() {
                    let row = row.expect("a row");
                    let formula = row.iter().find(|cell| cell.starts_with(['=', '@']));
                    assert_eq!(formula, None, "{what}");
                }
            }
        });
    }
    assert!(titles > 100, "the texts came so far {titles} times");
}

#[test]
fn what_is_written_for_other_programs_is_read_back_with_its_title() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    strava(folder.path());
    for format in ["gpx", "tcx"] {
        let written = tempfile::tempdir().expect("a temporary folder");
        let (from, to) = (
            folder.path().display().to_string(),
            written.path().display().to_string(),
        );
        let output = hardeasy(&["export", "--format", format, "-o", &to, &from]);
        assert_eq!(exit(&output), 0, "{}", err(&output));
        let output = hardeasy(&["export", "--format", "ndjson", &to]);
        assert_eq!(exit(&output), 0, "{format}: {}", err(&output));
        let documents = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(documents.lines().count(), TEXTS.len(), "{format}");
    }
}

/// Numbers that nothing else has.
const SERIAL: u32 = 3_912_345_678;
/// What must not be in any output.
const SECRETS: [&str; 2] = ["3912345678", "Zebulon Quimby"];

/// A run of a watch that knows its owner: name, weight, serial numbers of watch and sensor.
fn owned_run(weight: u16, age: u8) -> Vec<u8> {
    let athlete = Athlete::of_the_season();
    let plan = Workout::Short.plan(&athlete, 7);
    let recording = generate(&plan, &athlete, 7, &Options::default());
    let mut encoder = Encoder::new(Wire::default());
    for mut message in fit_writer::messages(&recording) {
        let serial = Value::U32z(Some(SERIAL));
        if [number::FILE_ID, number::DEVICE_INFO].contains(&message.number) {
            message.fields.retain(|(field, _)| *field != 3);
            message.fields.push((3, serial));
        }
        let is_head = message.number == number::FILE_ID;
        encoder.message(&message);
        if is_head {
            /// The number of the owner's profile.
            const USER_PROFILE: u16 = 3;
            let name = Value::Text("Zebulon Quimby".to_owned(), 24);
            let fields = vec![
                (0, name),
                (2, Value::U8(Some(age))),
                (4, Value::U16(Some(weight))),
            ];
            encoder.message(&Message::new(USER_PROFILE, fields));
        }
    }
    encoder.finish()
}

#[test]
fn nothing_that_a_watch_knows_of_its_owner_is_in_any_output() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = folder.path().join("run.fit");
    let bytes = owned_run(714, 47);
    let holds = |secret: &[u8]| bytes.windows(secret.len()).any(|part| part == secret);
    assert!(holds(&SERIAL.to_le_bytes()) && holds(b"Zebulon Quimby"));
    fs::write(&run, bytes).expect("written");
    let root = folder.path().display().to_string();
    for way in WAYS {
        written(way, &run, &mut |what, bytes| {
            let text = String::from_utf8_lossy(bytes);
            let secrets = SECRETS.into_iter().chain([root.as_str()]);
            for secret in secrets {
                assert!(!text.contains(secret), "{secret} in {what}");
            }
            let is_number = |secret: &[u8]| bytes.windows(secret.len()).any(|part| part == secret);
            assert!(
                !is_number(&SERIAL.to_le_bytes()),
                "the serial number in {what}"
            );
        });
    }
}

/// What of an output is not made from the content of the file.
const WITHOUT_IDENTIFIERS: [&str; 5] = [
    "show",
    "review --format text",
    "review --format markdown",
    "athlete --format text",
    "athlete --format json",
];

#[test]
fn weight_and_age_of_the_owner_change_nothing() {
    let outputs = [(714, 47), (523, 19)].map(|(weight, age)| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let run = folder.path().join("run.fit");
        fs::write(&run, owned_run(weight, age)).expect("written");
        let mut all = Vec::new();
        for way in WITHOUT_IDENTIFIERS {
            written(way, &run, &mut |what, bytes| {
                all.push((what.to_owned(), String::from_utf8_lossy(bytes).into_owned()));
            });
        }
        all
    });
    assert_eq!(outputs[0], outputs[1]);
}

//! Runs whose every text is hostile: names, steps, devices, notes, files and folders.

use std::fs;
use std::path::Path;

use chrono::Days;
use chrono::NaiveDate;

use hardeasy::pipeline::content_hash;

use crate::common::athlete::Athlete;
use crate::common::fit_encoder::Encoder;
use crate::common::fit_encoder::Value;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::fit_writer::number;
use crate::common::generator::Options;
use crate::common::generator::generate;
use crate::common::gpx_writer;
use crate::common::gpx_writer::Dialect;
use crate::common::laps::Laps;
use crate::common::recording::Recording;
use crate::common::tcx_writer;
use crate::common::workouts::Workout;

/// Texts that try to become something else than text: an element, an attribute, a script, an
/// address, a formula, a mark of Markdown, a command for the terminal. Elements carry `data-hit`.
pub const TEXTS: [&str; 11] = [
    "<script data-hit>window.__hit=1;alert(1)</script>",
    "\"><svg data-hit onload=window.__hit=1>",
    "' onmouseover='window.__hit=1' x='",
    "${7*7}{{7*7}}<%=7*7%>",
    "</script></style></title><img data-hit src=x onerror=window.__hit=1>",
    "javascript:window.__hit=1//https://example.org/",
    "[link](javascript:alert(1)) ![i](x) **b** | `c` <b data-hit>",
    "--><b data-hit>]]><b data-hit>&lt;b data-hit&gt;",
    "a\u{202e}nur\u{2066}\u{1b}[31mred\u{9b}31m\u{7}\u{7f}\u{200b}z",
    "=HYPERLINK(\"x\") @SUM(1) +1",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
];
/// Every run is a day after the one before, from 2026-03-02 on.
const DAY_S: i64 = 86_400;
/// Room for a text in a FIT file.
const FIT_BYTES: u8 = 200;

/// Fills a folder: for each text a folder of its name with three runs and the settings of an athlete,
/// and a note for each of the runs.
pub fn write(folder: &Path) {
    fs::write(folder.join("hardeasy.toml"), settings(0, TEXTS[0])).unwrap();
    let mut corrections = String::new();
    for (index, text) in TEXTS.into_iter().enumerate() {
        let name = text.replace('/', "\u{2215}");
        let own = folder.join(&name);
        fs::create_dir_all(&own).unwrap();
        fs::write(own.join("hardeasy.toml"), settings(index, text)).unwrap();
        for (number, bytes) in exports(index, text).into_iter().enumerate() {
            fs::write(own.join(format!("{number}{name}.fit")), &bytes).unwrap();
            let hash = content_hash(&bytes);
            let note = toml::Value::from(format!("{text}\0"));
            corrections += &format!("[{hash}]\nnote = {note}\n");
        }
    }
    fs::write(folder.join("hardeasy.corrections.toml"), corrections).unwrap();
}

/// Returns settings with a race and a test of this name on the days of two runs.
fn settings(index: usize, text: &str) -> String {
    let first = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + Days::new(3 * index as u64);
    let second = first + Days::new(1);
    let name = toml::Value::from(text);
    format!(
        "[[races]]\nday = {first}\nname = {name}\ndistance_m = 10000\n\
         [[tests]]\nday = {second}\nname = {name}\ndistance_m = 3000\ntime_s = 702\n"
    )
}

fn exports(index: usize, text: &str) -> [Vec<u8>; 3] {
    let day = 3 * i64::try_from(index).unwrap();
    let intervals = record(Workout::Kilometres, Laps::Structured, day);
    let easy = |day| record(Workout::Short, Laps::One, day);
    [
        fit(&intervals, text),
        gpx(&easy(day + 1), text),
        tcx(&easy(day + 2), text),
    ]
}

fn record(workout: Workout, laps: Laps, day: i64) -> Recording {
    let athlete = Athlete::of_the_season();
    let defaults = Options::default();
    let options = Options {
        laps,
        start_unix_s: defaults.start_unix_s + day * DAY_S,
        ..defaults
    };
    generate(&workout.plan(&athlete, 7), &athlete, 7, &options)
}

/// Returns a FIT file in which the workout, its steps, the device and the profile have this name.
fn fit(recording: &Recording, text: &str) -> Vec<u8> {
    let hostile = || Value::Text(text.to_owned(), FIT_BYTES);
    let mut encoder = Encoder::new(Wire::default());
    for mut message in fit_writer::messages(recording) {
        let texts = message.fields.iter_mut().map(|(_, value)| value);
        texts
            .filter(|value| matches!(value, Value::Text(..)))
            .for_each(|value| *value = hostile());
        match message.number {
            number::FILE_ID => message.fields.push((8, hostile())),
            number::SESSION => message.fields.push((110, hostile())),
            _ => {}
        }
        encoder.message(&message);
    }
    encoder.finish()
}

fn gpx(recording: &Recording, text: &str) -> Vec<u8> {
    let text = escape(text);
    let written = gpx_writer::write(recording, Dialect::Gpxtpx, &text);
    let written = written.replace("made-up watch", &text);
    written
        .replace("<type>running<", &format!("<type>running {text}<"))
        .into_bytes()
}

fn tcx(recording: &Recording, text: &str) -> Vec<u8> {
    let text = escape(text);
    let written = tcx_writer::write(recording, "");
    let written = written.replace("made-up watch", &text);
    let notes = format!("   <Notes>{text}</Notes>\n   <Creator>");
    written.replace("   <Creator>", &notes).into_bytes()
}

/// Returns a text as XML: as a character reference what would be a mark of XML.
fn escape(text: &str) -> String {
    let marks = ['<', '>', '&', '"', '\''];
    let escaped = text.chars().map(|letter| match letter {
        letter if marks.contains(&letter) => format!("&#{};", u32::from(letter)),
        letter => letter.to_string(),
    });
    escaped.collect()
}

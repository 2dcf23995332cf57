//! What fuzzing and mutations start from: small inputs for each check of `tests/invariants/`.

use hardeasy::manual;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::read_runs;

use super::converters;
use super::fit_encoder::Wire;
use super::fit_writer;
use super::fixture_broken;
use super::generator::Keep;
use super::generator::Power;
use super::gpx_writer;
use super::gpx_writer::Dialect;
use super::packing::gzip;
use super::packing::zip;
use super::recording::Recording;
use super::tcx_writer;

/// Mornings with every column.
const WELLNESS: &str = "date,resting_hr_bpm,hrv_ms,sleep_h,soreness,mood\n2026-03-30,48,70,7.5,2,4\n2026-03-31,50,,8,,3\n";
/// Texts that try to become something else than text.
const HOSTILE: &str = "<script>x</script>\u{1f}\"><svg onload=x>\u{1f}' onclick='x\u{1f}=SUM(1)\u{1f}\u{1b}[31m\u{202e}\u{1f}[a](javascript:x)|`c`\u{1f}]]>-->&amp;&lt;";

/// Returns the seeds of a check by its name.
pub fn seeds(target: &str) -> Vec<Vec<u8>> {
    match target {
        "fit" => fit(),
        "gpx" => gpx(),
        "tcx" => tcx(),
        "container" => container(),
        "pipeline" => {
            let files = [fit(), gpx(), tcx()].concat().into_iter();
            // The first byte says that the rest is a file as it is.
            let mut all: Vec<Vec<u8>> = files.map(|file| [vec![7], file].concat()).collect();
            all.extend(choices());
            all
        }
        "fold" => [documents(), choices()].concat(),
        "settings" => settings(),
        "render" => (0..5)
            .map(|kind| [&[kind], HOSTILE.as_bytes()].concat())
            .collect(),
        _ => choices(),
    }
}

/// The examples of the manual, each after the byte that says what it is.
fn settings() -> Vec<Vec<u8>> {
    let examples = manual::settings::TEXT.split("```toml\n").skip(1);
    let examples = examples.map(|rest| rest.split("```").next().unwrap_or_default());
    let example = |text: &str| match text.contains("3fa94c02d1b7") {
        true => [b"\x01", text.replace("3fa94c02d1b7", "HASH").as_bytes()].concat(),
        false => [b"\0", text.as_bytes()].concat(),
    };
    let mut all: Vec<Vec<u8>> = examples.map(example).collect();
    all.push([b"\x02", WELLNESS.as_bytes()].concat());
    all
}

/// Bytes that a grammar takes as choices.
fn choices() -> Vec<Vec<u8>> {
    let ramp: Vec<u8> = (0..=255).collect();
    let rest = (1..8).map(|step| ramp.iter().step_by(step).copied());
    let sound = (0..4).map(|kind| vec![kind, 1, 0, 0, 80, 8, 1, 0, 60, 20, 90, 20, 90, 20]);
    rest.map(Iterator::collect).chain(sound).collect()
}

/// A run of six minutes, short in bytes.
fn run() -> Recording {
    fixture_broken::run(Keep::Every(12), Power::None)
}

fn fit() -> Vec<Vec<u8>> {
    let wires = [
        Wire::default(),
        Wire {
            big_endian: true,
            header_size: 12,
            ..Wire::default()
        },
        Wire {
            compressed_timestamps: true,
            header_checksum: false,
            ..Wire::default()
        },
    ];
    let mut all: Vec<Vec<u8>> = wires.map(|wire| fit_writer::write(&run(), wire)).into();
    let developer = fixture_broken::run(Keep::Every(12), Power::Developer);
    all.push(fit_writer::write(&developer, Wire::default()));
    all.push(all.concat());
    all.push(converters::planned_fit(&run()));
    all
}

fn gpx() -> Vec<Vec<u8>> {
    let run = fixture_broken::run(Keep::Every(40), Power::None);
    let mut all: Vec<String> = converters::gpx_dialects(&run)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    all.push(gpx_writer::write(&run, Dialect::Gpxtpx, "Run"));
    all.push(converters::gpsbabel_gpx(&run, converters::LapPoints::Ends));
    all.into_iter().map(String::into_bytes).collect()
}

fn tcx() -> Vec<Vec<u8>> {
    let run = fixture_broken::run(Keep::Every(40), Power::None);
    let mut all: Vec<String> = converters::tcx_dialects(&run)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    all.push(tcx_writer::write(&run, "          "));
    all.push(converters::gpsbabel_tcx(&run));
    all.into_iter().map(String::into_bytes).collect()
}

fn container() -> Vec<Vec<u8>> {
    let file = fit_writer::write(&run(), Wire::default());
    let inner = zip(&[("deep/run.fit", &file), ("notes.txt", b"shoes: old")]);
    let archive = zip(&[("inner.zip", &inner), ("run.fit.gz", &gzip(&file))]);
    let mut twice = gzip(&file);
    twice.extend(gzip(&file[..40]));
    vec![
        gzip(&file),
        gzip(&gzip(&file)),
        twice,
        inner.clone(),
        archive,
        inner[..inner.len() - 90].to_vec(),
    ]
}

fn documents() -> Vec<Vec<u8>> {
    let files = [fit(), gpx()].concat().into_iter().take(4);
    let document = |file| {
        let read = read_runs(vec![Input::Bytes(file)], &Options::default(), &|_, _| {}).unwrap();
        let lines = read.sessions.iter().map(|session| {
            let line = hardeasy::export::json::session_line(session).unwrap();
            line + "\n"
        });
        lines.collect::<String>().into_bytes()
    };
    files.map(document).collect()
}

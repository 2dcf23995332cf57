//! How fast hardeasy reads and analyses, beside what others need to decode the same bytes.
//!
//! `cargo run --release --manifest-path tests/benches/peers/Cargo.toml [FILE or FOLDER…]` prints a table in
//! Markdown. Every method takes its turn in each round, on one thread, so that whatever else the computer does
//! slows all of them; a cell is the median of the rounds, and the ratios are those of medians of one run. Without
//! arguments the inputs are an hour of made-up running in each format; with them, the recordings that are named.

#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

/// What the tests make recordings with.
#[allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "a part is used; numbers here are bounded by the model"
)]
#[path = "../../common"]
mod common {
    pub mod athlete;
    pub mod body;
    pub mod exact;
    pub mod fit_encoder;
    pub mod fit_totals;
    pub mod fit_writer;
    pub mod generator;
    pub mod gpx_writer;
    pub mod laps;
    pub mod math;
    pub mod motion;
    pub mod packing;
    pub mod plan;
    pub mod recording;
    pub mod rng;
    pub mod sensor;
    pub mod tcx_writer;
    pub mod workout_further;
    pub mod workout_runs;
    pub mod workout_sets;
    pub mod workouts;
}

use std::fs;
use std::hint::black_box;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;
use std::time::Instant;

use common::athlete::Athlete;
use common::fit_encoder::Encoder;
use common::fit_encoder::Value;
use common::fit_encoder::Wire;
use common::fit_writer;
use common::generator::Keep;
use common::generator::Options;
use common::generator::Power;
use common::generator::generate;
use common::gpx_writer;
use common::packing;
use common::tcx_writer;
use common::workouts::Workout;
use embedded_io_adapters::std::FromStd;
use flate2::read::GzDecoder;
use hardeasy::ingest::Content;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::ingest::detect;
use hardeasy::pipeline;
use hardeasy::pipeline::Input;
use rustyfit::StreamingIterator;

/// How often every method is measured.
const ROUNDS: usize = 15;
/// The message of a FIT file that holds one sample.
const RECORD: u16 = 20;

/// What is read, in one or several files.
struct Case {
    name: String,
    files: Vec<Vec<u8>>,
}

impl Case {
    fn one(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.to_owned(),
            files: vec![bytes.into()],
        }
    }

    fn bytes(&self) -> usize {
        self.files.iter().map(Vec::len).sum()
    }
}

/// What is done with the bytes of one file.
struct Method {
    name: &'static str,
    run: fn(&[u8]),
    /// Whether it can read what a file begins like.
    reads: fn(&[u8]) -> bool,
}

const METHODS: &[Method] = &[
    Method {
        name: "hardeasy reads",
        run: |bytes| {
            let format = format(bytes).unwrap();
            let read = hardeasy::ingest::read(bytes, format, Strictness::Lenient);
            black_box(read.unwrap());
        },
        reads: |bytes| format(bytes).is_some(),
    },
    Method {
        name: "hardeasy analyses",
        run: |bytes| {
            let input = vec![Input::Bytes(bytes.to_vec())];
            let read = pipeline::read_runs(input, &pipeline::Options::default(), &|_, _| ());
            assert!(!black_box(read).unwrap().sessions.is_empty());
        },
        reads: |_| true,
    },
    Method {
        name: "fitparser",
        run: |bytes| drop(black_box(fitparser::from_bytes(bytes).unwrap())),
        reads: is_fit,
    },
    Method {
        name: "rustyfit, whole",
        run: |bytes| {
            let mut reader = FromStd::new(bytes);
            let mut decoder = rustyfit::Decoder::new();
            while let Some(fit) = decoder.decode(&mut reader).unwrap() {
                black_box(fit);
            }
        },
        reads: is_fit,
    },
    Method {
        name: "rustyfit, streamed",
        run: |bytes| {
            let mut decoder = rustyfit::Decoder::new();
            let mut stream = decoder.stream(FromStd::new(bytes));
            while let Some(event) = stream.next() {
                black_box(event.unwrap());
            }
        },
        reads: is_fit,
    },
    Method {
        name: "gpx crate",
        run: |bytes| drop(black_box(gpx::read(bytes).unwrap())),
        reads: |bytes| format(bytes) == Some(Format::Gpx),
    },
    Method {
        name: "unpacking alone",
        run: |bytes| {
            let mut unpacked = Vec::new();
            GzDecoder::new(bytes).read_to_end(&mut unpacked).unwrap();
            black_box(unpacked);
        },
        reads: |bytes| detect(bytes) == Content::Gzip,
    },
];

/// Returns the format of an export that is not packed.
fn format(bytes: &[u8]) -> Option<Format> {
    match detect(bytes) {
        Content::Export(format) => Some(format),
        _ => None,
    }
}

fn is_fit(bytes: &[u8]) -> bool {
    format(bytes) == Some(Format::Fit)
}

fn main() {
    rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()
        .unwrap();
    let paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let cases = match paths.is_empty() {
        true => made_up(),
        false => paths.iter().map(|path| recordings(path)).collect(),
    };
    let mut out = std::io::stdout().lock();
    let headings: Vec<&str> = METHODS.iter().map(|method| method.name).collect();
    writeln!(out, "| input | bytes | {} |", headings.join(" | ")).unwrap();
    writeln!(out, "|---|---:|{}", "---:|".repeat(METHODS.len())).unwrap();
    for case in &cases {
        let medians = measured(case);
        let cells = medians
            .iter()
            .map(|median| median.map_or(String::new(), milliseconds));
        let cells: Vec<String> = cells.collect();
        writeln!(
            out,
            "| {} | {} | {} |",
            case.name,
            case.bytes(),
            cells.join(" | ")
        )
        .unwrap();
    }
}

/// Returns the median of each method that can read the case.
fn measured(case: &Case) -> Vec<Option<Duration>> {
    let fits: Vec<bool> = METHODS
        .iter()
        .map(|method| case.files.iter().all(|file| (method.reads)(file)))
        .collect();
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); METHODS.len()];
    // The first round warms up.
    for round in 0..=ROUNDS {
        for (index, method) in METHODS.iter().enumerate().filter(|(index, _)| fits[*index]) {
            let begun = Instant::now();
            case.files.iter().for_each(|file| (method.run)(file));
            if round > 0 {
                times[index].push(begun.elapsed());
            }
        }
    }
    let median = |mut times: Vec<Duration>| {
        times.sort();
        times.get(times.len() / 2).copied()
    };
    times.into_iter().map(median).collect()
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}

/// Returns an hour of made-up running in each way in which it may be recorded.
fn made_up() -> Vec<Case> {
    let athlete = Athlete::random(1);
    let plan = Workout::Easy.plan(&athlete, 1);
    let recorded = |options: &Options| generate(&plan, &athlete, 1, options);
    let plain = recorded(&Options::default());
    let smart = recorded(&Options {
        keep: Keep::Smart,
        ..Options::default()
    });
    let fit = fit_writer::write(&plain, Wire::default());
    let mut wide = Encoder::new(Wire::default());
    for mut message in fit_writer::messages(&recorded(&Options {
        power: Power::Developer,
        ..Options::default()
    })) {
        if message.number == RECORD {
            widen(&mut message.fields);
        }
        wide.message(&message);
    }
    let gpx = gpx_writer::write(&plain, gpx_writer::Dialect::Gpxtpx, "made up");
    let tcx = tcx_writer::write(&plain, "");
    let zip = packing::zip(&[("a.fit", &fit), ("b.gpx", gpx.as_bytes())]);
    vec![
        Case::one("FIT, each second", fit.clone()),
        Case::one(
            "FIT, each second, 25 fields and one of an app",
            wide.finish(),
        ),
        Case::one(
            "FIT, smart recording",
            fit_writer::write(&smart, Wire::default()),
        ),
        Case::one("GPX", gpx.clone()),
        Case::one("TCX", tcx.clone()),
        Case::one("FIT in gz", packing::gzip(&fit)),
        Case::one("TCX in gz", packing::gzip(tcx.as_bytes())),
        Case::one("FIT and GPX in zip", zip),
    ]
}

/// Adds fields to a record until it has as many as a watch with all its sensors writes.
fn widen(fields: &mut Vec<(u8, Value)>) {
    /// Vertical oscillation, stance time and what follows: two bytes each.
    const FURTHER: [u8; 20] = [
        39, 40, 41, 42, 83, 84, 85, 108, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 134, 135,
    ];
    const FIELDS: usize = 25;
    for (number, value) in FURTHER.into_iter().zip(200..) {
        if fields.len() == FIELDS {
            break;
        }
        fields.push((number, Value::U16(Some(value))));
    }
}

/// Returns the recordings at a path that are not packed.
fn recordings(path: &Path) -> Case {
    let mut files = Vec::new();
    match path.is_dir() {
        true => {
            let mut paths: Vec<PathBuf> = fs::read_dir(path)
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
            paths.sort();
            files.extend(paths.iter().filter_map(|path| fs::read(path).ok()));
        }
        false => files.push(fs::read(path).unwrap()),
    }
    files.retain(|file| format(file).is_some());
    Case {
        name: format!(
            "{} recordings of {}",
            files.len(),
            path.file_name().unwrap_or_default().to_string_lossy()
        ),
        files,
    }
}

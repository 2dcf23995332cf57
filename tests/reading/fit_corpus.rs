//! FIT against a second reader, against cuts at every byte, and against damage.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
#![expect(clippy::print_stdout, reason = "a test says what it skipped")]

use std::panic::catch_unwind;
use std::path::Path;
use std::path::PathBuf;

use crate::common::athlete::Athlete;
use crate::common::fit_encoder::Encoder;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::generator::Options;
use crate::common::generator::generate;
use crate::common::rng::Rng;
use crate::common::workouts::Workout;
use fitparser::FitDataRecord;
use fitparser::Value;
use fitparser::profile::MesgNum;
use hardeasy::ingest::fit;
use hardeasy::ingest::fit::Column;
use hardeasy::ingest::fit::RecordTable;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

/// Seconds from 1970 to 1989-12-31, where FIT begins to count.
const FIT_EPOCH_S: i64 = 631_065_600;

/// Semicircles in a half turn, and the degrees of one.
const SEMICIRCLES: f64 = 2_147_483_648.0;
const HALF_TURN_DEG: f64 = 180.0;

/// Sums may differ by rounding alone.
const RELATIVE_TOLERANCE: f64 = 1e-9;

/// Records of the run that is cut and damaged: few, since it is cut at every byte.
const SHORT_RUN_RECORDS: usize = 300;

/// How many damaged files are read.
const MUTATIONS: u64 = 2_000;

/// Of the corpus, one file in so many is read, unless all are asked for.
pub(crate) const CORPUS_STEP: usize = 8;

/// The exception: damaged files, of which fitparser keeps nothing or (`compressed_speed_distance`,
/// narrow developer fields) something else. They have tests of their own.
const WRONG_ON_PURPOSE: &str = "broken";

/// One quantity: the names that fitparser has for it, the better one first, and our column.
pub(crate) const QUANTITIES: [(&[&str], Option<Column>); 9] = [
    (&["timestamp"], None),
    (&["position_lat"], Some(Column::Latitude)),
    (&["position_long"], Some(Column::Longitude)),
    (&["enhanced_altitude", "altitude"], Some(Column::Altitude)),
    (&["heart_rate"], Some(Column::HeartRate)),
    (&["cadence"], Some(Column::Cadence)),
    (&["distance"], Some(Column::Distance)),
    (&["enhanced_speed", "speed"], Some(Column::Speed)),
    (&["power"], Some(Column::Power)),
];

/// The number of values and their sum, for each of [`QUANTITIES`], and the number of records.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sums {
    pub(crate) records: usize,
    pub(crate) quantities: [(usize, f64); QUANTITIES.len()],
}

impl Sums {
    /// Says where two readings differ.
    pub(crate) fn differences(&self, other: &Self) -> Vec<String> {
        let mut differences = Vec::new();
        if self.records != other.records {
            differences.push(format!("records {} {}", self.records, other.records));
        }
        for (index, (names, _)) in QUANTITIES.iter().enumerate() {
            let (ours, theirs) = (self.quantities[index], other.quantities[index]);
            let allowed = RELATIVE_TOLERANCE * ours.1.abs().max(1.0);
            if ours.0 != theirs.0 || (ours.1 - theirs.1).abs() > allowed {
                differences.push(format!("{} {ours:?} {theirs:?}", names[0]));
            }
        }
        differences
    }
}

pub(crate) fn our_sums(tables: &[RecordTable]) -> Sums {
    let sum = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((0, 0.0), |(count, sum), value| (count + 1, sum + value))
    };
    Sums {
        records: tables.iter().map(RecordTable::len).sum(),
        quantities: QUANTITIES.map(|(_, column)| match column {
            None => sum(&mut tables
                .iter()
                .flat_map(|t| t.times().iter().flatten())
                .map(|t| f64::from(*t))),
            Some(column) => sum(&mut tables
                .iter()
                .flat_map(|table| (0..table.len()).filter_map(|row| table.get(column, row)))),
        }),
    }
}

fn their_sums(messages: &[FitDataRecord]) -> Sums {
    let records: Vec<&FitDataRecord> = messages
        .iter()
        .filter(|message| message.kind() == MesgNum::Record)
        .collect();
    Sums {
        records: records.len(),
        quantities: QUANTITIES.map(|(names, _)| {
            records
                .iter()
                .filter_map(|record| value(record, names))
                .fold((0, 0.0), |(count, sum), value| (count + 1, sum + value))
        }),
    }
}

/// Returns the first valid value of some names.
fn value(record: &FitDataRecord, names: &[&str]) -> Option<f64> {
    names.iter().find_map(|name| {
        let field = record.fields().iter().find(|field| field.name() == *name)?;
        number(field.value(), name.starts_with("position"))
    })
}

fn number(value: &Value, is_position: bool) -> Option<f64> {
    match value {
        Value::Timestamp(time) => {
            let seconds = i32::try_from(time.timestamp() - FIT_EPOCH_S).ok()?;
            Some(f64::from(seconds))
        }
        Value::Array(values) => number(values.first()?, is_position),
        Value::SInt32(raw) if is_position => Some(f64::from(*raw) * (HALF_TURN_DEG / SEMICIRCLES)),
        other => other.clone().try_into().ok(),
    }
}

/// Returns what fitparser reads, if it can.
fn theirs(bytes: &[u8]) -> Result<Sums, String> {
    match catch_unwind(|| fitparser::from_bytes(bytes)) {
        Ok(Ok(messages)) => Ok(their_sums(&messages)),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("panic".to_owned()),
    }
}

/// Returns all FIT files below a folder.
pub(crate) fn fit_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "fit"))
        .collect();
    files.sort();
    files
}

fn is_wrong_on_purpose(path: &Path) -> bool {
    let mut parts = path.components();
    parts.any(|part| part.as_os_str() == WRONG_ON_PURPOSE)
}

/// Compares every `step`th FIT file of a folder.
fn compare(folder: &Path, step: usize) {
    let mut files = fit_files(folder);
    files.retain(|path| !is_wrong_on_purpose(path));
    let files: Vec<PathBuf> = files.into_iter().step_by(step).collect();
    if files.is_empty() {
        println!("skipped: no FIT files in {}", folder.display());
        return;
    }
    let failures: Vec<String> = files
        .par_iter()
        .filter_map(|path| disagreement(path))
        .collect();
    println!("{} files compared", files.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Says where the two readings of a file differ, if they do.
fn disagreement(path: &Path) -> Option<String> {
    let bytes = std::fs::read(path).unwrap();
    let differences = match (fit::records(&bytes), theirs(&bytes)) {
        (Ok(tables), Ok(theirs)) => our_sums(&tables).differences(&theirs).join("; "),
        (Err(error), _) => error.to_string(),
        (_, Err(error)) => format!("fitparser cannot read it: {error}"),
    };
    (!differences.is_empty()).then(|| format!("{}: {differences}", path.display()))
}

pub(crate) fn beside_the_crate(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

#[test]
fn fixtures_read_as_by_fitparser() {
    compare(&beside_the_crate("fixtures"), 1);
}

/// All files take fitparser about a minute, so that usually only a part is read; the environment
/// variable `HARDEASY_FULL_CORPUS=1` asks for all of them.
#[test]
fn the_corpus_reads_as_by_fitparser() {
    let is_full = std::env::var_os("HARDEASY_FULL_CORPUS").is_some_and(|value| value == "1");
    let step = if is_full { 1 } else { CORPUS_STEP };
    compare(&beside_the_crate("../shared/corpus"), step);
}

/// Returns a made-up run as FIT.
fn made_up(workout: Workout, wire: Wire) -> Vec<u8> {
    let athlete = Athlete::random(3);
    let plan = workout.plan(&athlete, 3);
    fit_writer::write(&generate(&plan, &athlete, 3, &Options::default()), wire)
}

#[test]
fn made_up_runs_read_as_by_fitparser() {
    for big_endian in [false, true] {
        for compressed_timestamps in [false, true] {
            let bytes = made_up(
                Workout::Easy,
                Wire {
                    big_endian,
                    compressed_timestamps,
                    ..Wire::default()
                },
            );
            let ours = our_sums(&fit::records(&bytes).unwrap());
            assert!(ours.records > 1_000);
            assert_eq!(
                ours.differences(&theirs(&bytes).unwrap()),
                Vec::<String>::new()
            );
        }
    }
}

/// Returns the first minutes of a made-up run as FIT, with laps, events and summary.
fn short_run() -> Vec<u8> {
    let athlete = Athlete::random(3);
    let plan = Workout::Strides.plan(&athlete, 3);
    let recording = generate(&plan, &athlete, 3, &Options::default());
    let mut encoder = Encoder::new(Wire::default());
    let mut records = 0;
    for message in fit_writer::messages(&recording) {
        records += usize::from(message.number == fit_writer::number::RECORD);
        if message.number != fit_writer::number::RECORD || records <= SHORT_RUN_RECORDS {
            encoder.message(&message);
        }
    }
    encoder.finish()
}

/// Returns the number of records, and whether anything was said about the file.
fn outcome(bytes: &[u8]) -> (usize, bool) {
    match fit::read(bytes) {
        Ok(activities) => (
            activities
                .iter()
                .map(|activity| activity.records.len())
                .sum(),
            activities
                .iter()
                .any(|activity| !activity.warnings.is_empty()),
        ),
        Err(_) => (0, true),
    }
}

/// Fixtures that are cut at every byte: whole files without a fault, in three layouts.
const CUT_FIXTURES: [&str; 3] = [
    "fixtures/broken/big-endian.fit",
    "fixtures/broken/compressed-timestamps.fit",
    "fixtures/broken/late-description.fit",
];

#[test]
fn a_cut_at_any_byte_keeps_what_precedes_it() {
    assert_cuts_keep_what_precedes_them(&short_run(), "a short run");
    for name in CUT_FIXTURES {
        let whole = std::fs::read(beside_the_crate(name)).expect("a fixture");
        assert_cuts_keep_what_precedes_them(&whole, name);
    }
}

fn assert_cuts_keep_what_precedes_them(whole: &[u8], name: &str) {
    let (all, warned) = outcome(whole);
    assert!(all > 0 && !warned, "{name}");
    let lengths: Vec<usize> = (0..whole.len()).collect();
    let outcomes: Vec<(usize, bool)> = lengths
        .par_iter()
        .map(|length| outcome(&whole[..*length]))
        .collect();
    let mut before = 0;
    for (length, (records, warned)) in outcomes.into_iter().enumerate() {
        assert!(warned, "{name}: silent at {length}");
        assert!(
            records >= before,
            "{name}: {records} < {before} at {length}"
        );
        before = records;
    }
    assert_eq!(before, all, "{name}");
}

#[test]
fn damage_never_panics() {
    let whole = short_run();
    let seeds: Vec<u64> = (0..MUTATIONS).collect();
    let read: usize = seeds
        .par_iter()
        .map(|seed| outcome(&damaged(&whole, *seed)).0)
        .sum();
    assert!(read > 0);
    seeds.par_iter().take_any(100).for_each(|seed| {
        assert!(!fit::account(&damaged(&whole, *seed)).facts.is_empty());
    });
}

/// Returns a file with a few bytes changed, removed or doubled.
fn damaged(whole: &[u8], seed: u64) -> Vec<u8> {
    let mut rng = Rng::new(seed);
    let mut bytes = whole.to_vec();
    for _ in 0..rng.whole(1, 8) {
        let last = u32::try_from(bytes.len() - 1).unwrap();
        // Half of the damage near the head, where the definitions are.
        let reach = if rng.chance(0.5) { last.min(600) } else { last };
        let at = usize::try_from(rng.whole(0, reach)).unwrap();
        let byte = u8::try_from(rng.whole(0, 255)).unwrap();
        match rng.whole(0, 4) {
            0 => bytes[at] = byte,
            1 => bytes[at] ^= 1 << (byte & 7),
            2 => bytes[at] = [0, 0x7F, 0x80, 0xFE, 0xFF][usize::from(byte % 5)],
            3 => {
                bytes.remove(at);
            }
            _ => bytes.insert(at, byte),
        }
    }
    bytes
}

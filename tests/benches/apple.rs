//! Reading a large export of Apple Health: time against that of the parser alone, and memory.
//!
//! `cargo bench --bench apple -- [MB]` writes a made-up export of that size (1,000 without) to the folder for
//! temporary files, reads it, tells both and removes it.
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark may panic, and prints"
)]

use std::fs::File;
use std::io::BufReader;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use hardeasy::ingest::apple::Export;
use quick_xml::Reader;
use quick_xml::events::Event;

/// Bytes in a megabyte.
const MEGABYTE: u64 = 1_000_000;
/// One run a day of so many seconds, from six in the morning on.
const RUN_S: i64 = 3_000;
const DEVICE: &str = "&lt;&lt;HKDevice: 0x2833a7250&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, software:10.1&gt;";

fn main() {
    let megabytes = std::env::args().skip(1).find_map(|one| one.parse().ok());
    let size = megabytes.unwrap_or(1_000) * MEGABYTE;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.xml");
    write(&path, size);
    let open = || BufReader::with_capacity(1 << 17, File::open(&path).unwrap());

    let start = Instant::now();
    let events = events(open());
    let alone_s = start.elapsed().as_secs_f64();
    println!("quick-xml: {events} events in {alone_s:.2} s");

    let start = Instant::now();
    let export = Export::read(open()).unwrap();
    let read_s = start.elapsed().as_secs_f64();
    let workouts = export.workouts().len();
    println!(
        "hardeasy:  {workouts} workouts in {read_s:.2} s, {:.2} times that",
        read_s / alone_s
    );
    println!("resident:  {} at most", peak());

    let start = Instant::now();
    let rows: usize = (0..workouts)
        .filter_map(|index| export.activity(index, &|_| None))
        .map(|activity| activity.records.len())
        .sum();
    println!(
        "joined:    {rows} records in {:.2} s",
        start.elapsed().as_secs_f64()
    );
}

/// Returns the number of events that the parser alone finds.
fn events(input: BufReader<File>) -> usize {
    let mut reader = Reader::from_reader(input);
    let (mut buffer, mut count) = (Vec::new(), 0);
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).unwrap() {
            Event::Eof => return count,
            _ => count += 1,
        }
    }
}

/// Returns the most memory that was resident, where the system tells it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.map_or("not known".to_owned(), |line| line[6..].trim().to_owned())
}

/// Writes an export: type by type, days of all-day records with a run in each, and the workouts behind them.
fn write(path: &Path, size: u64) {
    // What a day takes, by trial.
    const DAY_BYTES: u64 = 4_000_000;
    let days = i64::try_from((size / DAY_BYTES).max(1)).unwrap();
    let mut out = BufWriter::new(File::create(path).unwrap());
    writeln!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<HealthData locale=\"en_GB\">"
    )
    .unwrap();
    for (name, unit, value, step_s) in [
        ("HeartRate", "count/min", 140.0, 5),
        ("DistanceWalkingRunning", "km", 0.009, 3),
        ("StepCount", "count", 8.0, 3),
        ("ActiveEnergyBurned", "kcal", 0.5, 3),
        ("BasalEnergyBurned", "kcal", 0.1, 3),
        ("RunningSpeed", "m/s", 3.0, 5),
        ("RunningPower", "W", 250.0, 5),
    ] {
        for day in 0..days {
            // All day once in two minutes, and densely in the run.
            for second in (0..86_400).step_by(120) {
                record(&mut out, name, unit, value, day * 86_400 + second, 60);
            }
            for second in (0..RUN_S).step_by(step_s) {
                record(
                    &mut out,
                    name,
                    unit,
                    value,
                    day * 86_400 + 21_600 + second,
                    step_s,
                );
            }
        }
    }
    for day in 0..days {
        let (start, end) = (
            date(day * 86_400 + 21_600),
            date(day * 86_400 + 21_600 + RUN_S),
        );
        writeln!(out, " <Workout workoutActivityType=\"HKWorkoutActivityTypeRunning\" duration=\"50\" durationUnit=\"min\" sourceName=\"Watch\" device=\"{DEVICE}\" creationDate=\"{end}\" startDate=\"{start}\" endDate=\"{end}\">\n  <MetadataEntry key=\"HKIndoorWorkout\" value=\"1\"/>\n </Workout>").unwrap();
    }
    writeln!(out, "</HealthData>").unwrap();
    out.flush().unwrap();
    println!(
        "export:    {} MB, {days} days",
        std::fs::metadata(path).unwrap().len() / MEGABYTE
    );
}

fn date(second: i64) -> String {
    let moment =
        chrono::DateTime::from_timestamp(1_500_000_000 / 86_400 * 86_400 + second, 0).unwrap();
    moment.format("%Y-%m-%d %H:%M:%S +0000").to_string()
}

fn record(out: &mut impl Write, name: &str, unit: &str, value: f64, second: i64, length_s: usize) {
    let (start, end) = (
        date(second),
        date(second + i64::try_from(length_s).unwrap()),
    );
    writeln!(out, " <Record type=\"HKQuantityTypeIdentifier{name}\" sourceName=\"Watch\" sourceVersion=\"10.1\" device=\"{DEVICE}\" unit=\"{unit}\" creationDate=\"{end}\" startDate=\"{start}\" endDate=\"{end}\" value=\"{value}\"/>").unwrap();
}

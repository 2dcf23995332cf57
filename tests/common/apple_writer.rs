//! *Recordings → export of Apple Health*: all records type by type, the workouts behind them, each route
//! in a file of its own.

use std::fmt::Write;

use chrono::DateTime;
use chrono::FixedOffset;

use super::gpx_writer::time;
use super::recording::Recording;
use super::recording::Sample;

/// The document type as phones write it, shortened; a comment with an apostrophe is in it.
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 14 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Correlation|Workout|ActivitySummary)*)>
<!ATTLIST HealthData
  locale CDATA #REQUIRED
>
<!-- Note: a correlation's records are records of the document's own, too. -->
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
<!ATTLIST Record
  type          CDATA #REQUIRED
  unit          CDATA #IMPLIED
  value         CDATA #IMPLIED
>
]>
<HealthData locale="en_GB">
 <ExportDate value="2026-11-20 10:00:00 +0100"/>
 <Me HKCharacteristicTypeIdentifierDateOfBirth="1990-01-01" HKCharacteristicTypeIdentifierBiologicalSex="HKBiologicalSexNotSet"/>
"#;
const TAIL: &str = " <ActivitySummary dateComponents=\"2026-11-19\" activeEnergyBurned=\"500\" activeEnergyBurnedUnit=\"kcal\"/>\n</HealthData>\n";
/// The name of a watch, with its owner and the space that does not break.
pub const WATCH: &str = "Ann’s Apple\u{a0}Watch";
/// The name of a phone.
pub const PHONE: &str = "Ann’s iPhone";
/// The address and the software of a watch, as both stand in every record.
const DEVICE: &str = "&lt;&lt;HKDevice: 0x2833a7250&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2, software:10.1&gt;";
/// The phone that wrote the export was an hour east of Greenwich, wherever the runs were.
const OFFSET_S: i32 = 3600;
const METRES_PER_MILE: f64 = 1_609.344;

/// How a run comes into the export.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// What was recorded.
    pub recording: &'a Recording,
    /// Apple's name of the kind.
    pub kind: &'a str,
    /// Who recorded it.
    pub source: &'a str,
    /// Whether the phone that wrote the export is set to miles.
    pub is_imperial: bool,
    /// Whether totals are attributes, as before 2022, instead of statistics.
    pub is_old: bool,
    /// Whether it was indoors.
    pub is_indoor: bool,
    /// Whether a phone in the pocket counted too.
    pub has_phone: bool,
    /// The zone in which the watch was.
    pub zone: Option<&'a str>,
    /// The name of the route's file.
    pub route: Option<&'a str>,
}

impl<'a> Item<'a> {
    /// Returns a run outdoors with a watch.
    pub fn run(recording: &'a Recording) -> Self {
        Self {
            recording,
            kind: "Running",
            source: WATCH,
            is_imperial: false,
            is_old: false,
            is_indoor: false,
            has_phone: false,
            zone: Some("Europe/Berlin"),
            route: None,
        }
    }
}

/// Returns an export of some runs.
pub fn export(items: &[Item<'_>]) -> String {
    let mut out = String::from(HEAD);
    out.push_str(" <Correlation type=\"HKCorrelationTypeIdentifierFood\" sourceName=\"An app\" startDate=\"2026-05-01 07:00:00 +0100\" endDate=\"2026-05-01 07:00:00 +0100\">\n  <Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"An app\" unit=\"count/min\" startDate=\"2026-05-01 07:00:00 +0100\" endDate=\"2026-05-01 07:00:00 +0100\" value=\"40\"/>\n </Correlation>\n");
    for item in items {
        heart_rates(&mut out, item);
    }
    for item in items {
        counted(&mut out, item);
    }
    for item in items {
        powers(&mut out, item);
    }
    for item in items {
        workout(&mut out, item);
    }
    out + TAIL
}

/// Returns a moment as the export writes it.
pub fn date(recording: &Recording, elapsed_s: u32) -> String {
    let zone = FixedOffset::east_opt(OFFSET_S).unwrap();
    let moment =
        DateTime::from_timestamp(recording.start_unix_s + i64::from(elapsed_s), 0).unwrap();
    moment
        .with_timezone(&zone)
        .format("%Y-%m-%d %H:%M:%S %z")
        .to_string()
}

fn record(
    out: &mut String,
    item: &Item<'_>,
    source: &str,
    kind: &str,
    unit: &str,
    (from_s, to_s): (u32, u32),
    value: f64,
) {
    let device = if source == WATCH {
        format!(" device=\"{DEVICE}\"")
    } else {
        String::new()
    };
    let (start, end) = (date(item.recording, from_s), date(item.recording, to_s));
    let _ = write!(
        out,
        " <Record type=\"HKQuantityTypeIdentifier{kind}\" sourceName=\"{source}\" sourceVersion=\"10.1\"{device} unit=\"{unit}\" creationDate=\"{end}\" startDate=\"{start}\" endDate=\"{end}\" value=\"{value}\""
    );
    // What some records hold.
    out.push_str(if kind == "HeartRate" {
        ">\n  <MetadataEntry key=\"HKMetadataKeyHeartRateMotionContext\" value=\"2\"/>\n </Record>\n"
    } else {
        "/>\n"
    });
}

fn heart_rates(out: &mut String, item: &Item<'_>) {
    for sample in &item.recording.samples {
        if let Some(beats) = sample
            .heart_rate_bpm
            .filter(|_| sample.time_s.is_multiple_of(5))
        {
            let at = (sample.time_s, sample.time_s);
            record(
                out,
                item,
                item.source,
                "HeartRate",
                "count/min",
                at,
                f64::from(beats),
            );
        }
    }
}

/// Distance and steps of each third second since the last, of the watch; of the phone in one interval.
fn counted(out: &mut String, item: &Item<'_>) {
    let (unit, metres) = if item.is_imperial {
        ("mi", METRES_PER_MILE)
    } else {
        ("km", 1_000.0)
    };
    let mut last: Option<&Sample> = None;
    for sample in item.recording.samples.iter().step_by(3) {
        if let Some(last) = last {
            let time = (last.time_s, sample.time_s);
            if let (Some(from_m), Some(to_m)) = (last.distance_m, sample.distance_m) {
                record(
                    out,
                    item,
                    item.source,
                    "DistanceWalkingRunning",
                    unit,
                    time,
                    (to_m - from_m).max(0.0) / metres,
                );
            }
            if let Some(steps) = sample.cadence_spm {
                let counted = f64::from(steps) * f64::from(time.1 - time.0) / 60.0;
                record(out, item, item.source, "StepCount", "count", time, counted);
            }
        }
        last = Some(sample);
    }
    if let (true, Some(end)) = (item.has_phone, item.recording.samples.last()) {
        let whole = (0, end.time_s);
        record(
            out,
            item,
            PHONE,
            "DistanceWalkingRunning",
            unit,
            whole,
            end.distance_m.unwrap_or(0.0) / metres,
        );
        record(out, item, PHONE, "StepCount", "count", whole, 5_000.0);
    }
}

fn powers(out: &mut String, item: &Item<'_>) {
    for sample in item.recording.samples.iter().step_by(3) {
        let at = (sample.time_s, sample.time_s);
        if let Some(watts) = sample.power_w {
            record(
                out,
                item,
                item.source,
                "RunningPower",
                "W",
                at,
                f64::from(watts),
            );
            record(
                out,
                item,
                item.source,
                "RunningVerticalOscillation",
                "cm",
                at,
                8.5,
            );
            record(
                out,
                item,
                item.source,
                "RunningGroundContactTime",
                "ms",
                at,
                240.0,
            );
        }
    }
}

fn workout(out: &mut String, item: &Item<'_>) {
    let recording = item.recording;
    let (start, end) = (date(recording, 0), date(recording, recording.elapsed_s()));
    let timer_min = recording.timer_within_s(0.0, f64::from(recording.elapsed_s())) / 60.0;
    let metres = recording
        .samples
        .last()
        .and_then(|sample| sample.distance_m)
        .unwrap_or(0.0);
    let (unit, distance) = if item.is_imperial {
        ("mi", metres / METRES_PER_MILE)
    } else {
        ("km", metres / 1_000.0)
    };
    let old = if item.is_old {
        format!(
            " totalDistance=\"{distance}\" totalDistanceUnit=\"{unit}\" totalEnergyBurned=\"1255.2\" totalEnergyBurnedUnit=\"kJ\""
        )
    } else {
        String::new()
    };
    let _ = writeln!(
        out,
        " <Workout workoutActivityType=\"HKWorkoutActivityType{}\" duration=\"{timer_min}\" durationUnit=\"min\"{old} sourceName=\"{}\" sourceVersion=\"10.1\" device=\"{DEVICE}\" creationDate=\"{end}\" startDate=\"{start}\" endDate=\"{end}\">",
        item.kind, item.source
    );
    let mut metadata = |key: &str, value: &str| {
        let _ = writeln!(out, "  <MetadataEntry key=\"{key}\" value=\"{value}\"/>");
    };
    metadata("HKIndoorWorkout", if item.is_indoor { "1" } else { "0" });
    metadata("HKAverageMETs", "9.66668 kcal/hr·kg");
    metadata("HKElevationAscended", "4200 cm");
    if let Some(zone) = item.zone {
        metadata("HKTimeZone", zone);
    }
    events(out, item);
    if !item.is_old {
        let _ = writeln!(
            out,
            "  <WorkoutStatistics type=\"HKQuantityTypeIdentifierActiveEnergyBurned\" startDate=\"{start}\" endDate=\"{end}\" sum=\"300\" unit=\"kcal\"/>"
        );
        let _ = writeln!(
            out,
            "  <WorkoutStatistics type=\"HKQuantityTypeIdentifierDistanceWalkingRunning\" startDate=\"{start}\" endDate=\"{end}\" sum=\"{distance}\" unit=\"{unit}\"/>"
        );
        let _ = writeln!(
            out,
            "  <WorkoutStatistics type=\"HKQuantityTypeIdentifierHeartRate\" startDate=\"{start}\" endDate=\"{end}\" average=\"148.6\" minimum=\"98\" maximum=\"171\" unit=\"count/min\"/>"
        );
    }
    if let Some(route) = item.route {
        let _ = writeln!(
            out,
            "  <WorkoutRoute sourceName=\"{}\" startDate=\"{start}\" endDate=\"{end}\">\n   <MetadataEntry key=\"HKMetadataKeySyncVersion\" value=\"2\"/>\n   <FileReference path=\"/workout-routes/{route}\"/>\n  </WorkoutRoute>",
            item.source
        );
    }
    out.push_str(" </Workout>\n");
}

/// Pauses, and the kilometres and miles that a watch counts beside one another.
fn events(out: &mut String, item: &Item<'_>) {
    let recording = item.recording;
    for (from_s, to_s) in &recording.pauses_s {
        let (from, to) = (date(recording, *from_s), date(recording, *to_s));
        let _ = writeln!(
            out,
            "  <WorkoutEvent type=\"HKWorkoutEventTypePause\" date=\"{from}\"/>"
        );
        let _ = writeln!(
            out,
            "  <WorkoutEvent type=\"HKWorkoutEventTypeResume\" date=\"{to}\"/>"
        );
    }
    for length_m in [1_000.0, METRES_PER_MILE] {
        let (mut since_s, mut next_m) = (0, length_m);
        for sample in &recording.samples {
            if sample.distance_m.is_some_and(|metres| metres >= next_m) {
                let minutes = f64::from(sample.time_s - since_s) / 60.0;
                let from = date(recording, since_s);
                let _ = writeln!(
                    out,
                    "  <WorkoutEvent type=\"HKWorkoutEventTypeSegment\" date=\"{from}\" duration=\"{minutes}\" durationUnit=\"min\"/>"
                );
                (since_s, next_m) = (sample.time_s, next_m + length_m);
            }
        }
    }
}

/// Returns the route of a run.
pub fn route(recording: &Recording) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gpx version=\"1.1\" creator=\"Apple Health Export\" xmlns=\"http://www.topografix.com/GPX/1/1\">\n",
    );
    let start = time(recording, 0);
    let _ = writeln!(
        out,
        "  <metadata>\n    <time>{start}</time>\n  </metadata>\n  <trk>\n    <name>Route</name>\n    <trkseg>"
    );
    for sample in &recording.samples {
        if let Some((latitude, longitude)) = sample.position_deg {
            let (altitude, speed) = (
                sample.altitude_m.unwrap_or(0.0),
                sample.speed_m_s.unwrap_or(-1.0),
            );
            let _ = writeln!(
                out,
                "      <trkpt lon=\"{longitude:.6}\" lat=\"{latitude:.6}\"><ele>{altitude:.6}</ele><time>{}</time><extensions><speed>{speed:.6}</speed><course>90.0</course><hAcc>2.1</hAcc><vAcc>1.9</vAcc></extensions></trkpt>",
                time(recording, sample.time_s)
            );
        }
    }
    out + "    </trkseg>\n  </trk>\n</gpx>\n"
}

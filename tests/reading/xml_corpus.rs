//! GPX and TCX on whole files: against the gpx crate, cut at every byte, damaged at random.

#![expect(clippy::unwrap_used, reason = "a test may stop at a surprise")]
#![expect(clippy::print_stdout, reason = "a test says when it skips something")]

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use hardeasy::ingest;
use hardeasy::ingest::Activity;
use hardeasy::ingest::Content;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::ingest::archive;
use hardeasy::ingest::detect;
use rayon::iter::IntoParallelRefIterator;
use rayon::iter::ParallelIterator;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures");
/// Real exports, which are not part of the project; used where they are at hand.
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/formats");

/// Fixtures that the gpx crate does not read, and why.
const REFUSED: [(&str, &str); 3] = [
    (
        "bad-values.gpx",
        "refuses a longitude of 180° and an empty time",
    ),
    ("truncated.gpx", "reads no document that is cut"),
    ("route.gpx", "reads it, but a route is no activity for us"),
];

/// Points of each document that is cut at every byte.
const CUT_POINTS: usize = 60;
/// Damaged copies of each document.
const MUTATIONS: u64 = 2_000;

/// One XML export among the fixtures or the corpus, unpacked.
struct Export {
    name: String,
    format: Format,
    bytes: Vec<u8>,
}

/// Returns every GPX and TCX document under a folder, whatever it is packed in, in order of name.
fn exports(folder: &str) -> Vec<Export> {
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let mut exports = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        archive::unpack(fs::read(&path).unwrap(), &mut |member| {
            if let Ok(bytes) = member.bytes
                && let Content::Export(format @ (Format::Gpx | Format::Tcx)) = detect(&bytes)
            {
                let name = name.clone();
                exports.push(Export {
                    name,
                    format,
                    bytes,
                });
            }
        });
    }
    exports
}

fn corpus() -> Vec<Export> {
    if Path::new(CORPUS).is_dir() {
        return exports(CORPUS);
    }
    println!("skipped the real exports: {CORPUS} is not here");
    Vec::new()
}

fn read(bytes: &[u8], format: Format) -> Result<Vec<Activity>, ingest::Error> {
    ingest::read(bytes, format, Strictness::Lenient)
}

/// Count and sums over the points of a file: time, latitude, longitude, altitude.
#[derive(Debug, Default)]
struct Sums {
    points: usize,
    time_s: f64,
    latitude_deg: f64,
    longitude_deg: f64,
    altitude_m: f64,
}

impl Sums {
    fn of(activities: &[Activity]) -> Self {
        let mut sums = Self::default();
        for activity in activities {
            let records = &activity.records;
            let start = activity.start.unwrap();
            let start_s = f64::from(u32::try_from(start.timestamp()).unwrap());
            let fraction_s = f64::from(start.timestamp_subsec_micros()) / 1e6;
            sums.points += records.len();
            sums.time_s += records
                .time_s
                .iter()
                .map(|time_s| start_s + fraction_s + time_s)
                .sum::<f64>();
            sums.latitude_deg += records.latitude_deg.iter().flatten().sum::<f64>();
            sums.longitude_deg += records.longitude_deg.iter().flatten().sum::<f64>();
            sums.altitude_m += records.altitude_m.iter().flatten().sum::<f64>();
        }
        sums
    }

    /// Sums up what the gpx crate finds.
    fn by_gpx(bytes: &[u8]) -> Option<Self> {
        let document = gpx::read(bytes).ok()?;
        let mut sums = Self::default();
        let segments = document.tracks.iter().flat_map(|track| &track.segments);
        for point in segments.flat_map(|segment| &segment.points) {
            let time = point.time?.format().ok()?;
            let time = chrono::DateTime::parse_from_rfc3339(&time).ok()?;
            sums.points += 1;
            sums.time_s += f64::from(u32::try_from(time.timestamp()).ok()?)
                + f64::from(time.timestamp_subsec_micros()) / 1e6;
            sums.latitude_deg += point.point().y();
            sums.longitude_deg += point.point().x();
            sums.altitude_m += point.elevation.unwrap_or_default();
        }
        Some(sums)
    }

    fn differs_from(&self, other: &Self) -> bool {
        // Sums of up to 10⁵ values of up to 2·10⁹ in another order.
        let differs = |one: f64, other: f64| (one - other).abs() > 1e-9 * one.abs().max(1.0);
        self.points != other.points
            || differs(self.time_s, other.time_s)
            || differs(self.latitude_deg, other.latitude_deg)
            || differs(self.longitude_deg, other.longitude_deg)
            || differs(self.altitude_m, other.altitude_m)
    }
}

#[test]
fn points_times_and_positions_are_those_of_the_gpx_crate() {
    let mut compared = 0;
    for export in exports(FIXTURES).into_iter().chain(corpus()) {
        if export.format != Format::Gpx {
            continue;
        }
        let theirs = Sums::by_gpx(&export.bytes);
        if let Some((_, reason)) = REFUSED.iter().find(|(name, _)| *name == export.name) {
            assert!(
                theirs.is_none(),
                "{}: no exception any more: {reason}",
                export.name
            );
            continue;
        }
        let theirs = theirs.unwrap_or_else(|| panic!("{}: the gpx crate refuses it", export.name));
        let ours = Sums::of(&read(&export.bytes, Format::Gpx).unwrap());
        assert!(
            !ours.differs_from(&theirs),
            "{}: {ours:?}, the gpx crate {theirs:?}",
            export.name
        );
        compared += 1;
    }
    assert!(compared >= 5, "only {compared} documents to compare");
}

/// Counts the heart rates that stand in a text, by the tags around them alone.
fn heart_rates_in_text(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(bytes).replace(char::is_whitespace, "");
    let after_tag = |tag: &str| -> usize {
        let values = text.split(tag).skip(1);
        let numbers = values.filter_map(|rest| rest.split('<').next()?.parse::<f64>().ok());
        numbers
            .filter(|value| (25.0..=240.0).contains(value))
            .count()
    };
    after_tag(":hr>") + after_tag("<hr>") + after_tag("<HeartRateBpm><Value>")
}

#[test]
fn every_heart_rate_of_a_file_is_found() {
    let mut files = 0;
    for export in exports(FIXTURES).into_iter().chain(corpus()) {
        let Ok(activities) = read(&export.bytes, export.format) else {
            assert!(
                REFUSED.iter().any(|(name, _)| *name == export.name),
                "{} is not read",
                export.name
            );
            continue;
        };
        let found: usize = activities
            .iter()
            .map(|activity| activity.records.heart_rate_bpm.count())
            .sum();
        let is_altered = activities
            .iter()
            .any(|activity| !activity.warnings.is_empty());
        let expected = heart_rates_in_text(&export.bytes);
        if is_altered {
            assert_eq!(found > 0, expected > 0, "{}", export.name);
        } else {
            // Where two laps meet, both have the same point.
            let seams: usize = activities
                .iter()
                .map(|a| a.laps.len().saturating_sub(1))
                .sum();
            let range = expected.saturating_sub(seams)..=expected;
            assert!(
                range.contains(&found),
                "{}: {found} of {expected}",
                export.name
            );
        }
        files += 1;
    }
    assert!(files >= 8, "only {files} files");
}

/// Returns a fixture with only its first points, closed properly.
fn shortened(name: &str, end_tag: &str, closing: &str) -> Vec<u8> {
    let text = fs::read_to_string(Path::new(FIXTURES).join(name)).unwrap();
    let ends = text
        .match_indices(end_tag)
        .map(|(start, tag)| start + tag.len());
    let end = ends.take(CUT_POINTS).last().unwrap();
    format!("{}\n{closing}\n", &text[..end]).into_bytes()
}

fn gpx() -> Vec<u8> {
    shortened("runs/short.gpx", "</trkpt>", "</trkseg></trk></gpx>")
}

fn tcx() -> Vec<u8> {
    let closing = "</Track></Lap></Activity></Activities></TrainingCenterDatabase>";
    shortened("runs/recovery.tcx", "</Trackpoint>", closing)
}

fn records(activities: &[Activity]) -> usize {
    activities
        .iter()
        .map(|activity| activity.records.len())
        .sum()
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(FIXTURES).join(name)).unwrap()
}

#[test]
fn a_document_cut_anywhere_keeps_its_points_and_says_so() {
    let documents = [
        (gpx(), Format::Gpx),
        (tcx(), Format::Tcx),
        (fixture("broken/latin-1.gpx"), Format::Gpx),
        (fixture("broken/empty-elements.tcx"), Format::Tcx),
    ];
    for (document, format) in documents {
        let complete = document.trim_ascii_end().len();
        let ends: Vec<usize> = (0..=document.len()).collect();
        let kept: Vec<(usize, bool)> = ends
            .par_iter()
            .map(|end| cut(&document[..*end], format))
            .collect();
        let mut most = 0;
        for (end, (kept, is_told)) in kept.into_iter().enumerate() {
            assert!(
                kept >= most,
                "{format:?}: {kept} points after {most} at byte {end}"
            );
            most = kept;
            assert_eq!(is_told, end < complete, "{format:?} at byte {end}");
        }
        assert_eq!(most, cut(&document, format).0);
        assert!(most >= CUT_POINTS);
    }
}

/// Returns the number of points kept, and whether it is told that the document is incomplete.
fn cut(document: &[u8], format: Format) -> (usize, bool) {
    let Ok(activities) = read(document, format) else {
        return (0, true);
    };
    let warnings = activities.iter().flat_map(|activity| &activity.warnings);
    let told = warnings.filter(|warning| warning.code == "W-xml-incomplete");
    (records(&activities), told.count() == 1)
}

/// Returns pseudo-random numbers (Knuth's MMIX constants), the high half of each.
fn random(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below.max(1)
    }
}

/// Damages a document in one to eight places.
fn mutate(document: &[u8], seed: u64) -> Vec<u8> {
    const BYTES: &[u8] = b"<>/&;\"'=! \0\xff0-.:Zx";
    let mut random = random(seed);
    let mut bytes = document.to_vec();
    for _ in 0..=random(8) {
        let at = random(bytes.len());
        let length = random(40).min(bytes.len() - at);
        match random(5) {
            0 => bytes[at] = BYTES[random(BYTES.len())],
            1 => bytes.insert(at, BYTES[random(BYTES.len())]),
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let copied = bytes[at..at + length].to_vec();
                let to = random(bytes.len());
                bytes.splice(to..to, copied);
            }
            _ => bytes[at] ^= 1 << random(8),
        }
    }
    bytes
}

#[test]
fn damaged_documents_never_break_a_promise() {
    for (document, format) in [(gpx(), Format::Gpx), (tcx(), Format::Tcx)] {
        for seed in 0..MUTATIONS {
            let bytes = mutate(&document, seed);
            let _ = detect(&bytes);
            let account = ingest::account(&bytes, format);
            assert_eq!(account.format, format);
            for activity in read(&bytes, format).iter().flatten() {
                check(activity, seed);
            }
        }
    }
}

/// Checks what the documentation of [`Activity`] promises.
fn check(activity: &Activity, seed: u64) {
    let records = &activity.records;
    let is_increasing = records.time_s.is_sorted_by(|before, after| before < after);
    assert!(is_increasing, "seed {seed}");
    assert!(
        records
            .time_s
            .first()
            .is_none_or(|first| first.abs() < f64::EPSILON),
        "seed {seed}"
    );
    let columns = [
        &records.latitude_deg,
        &records.longitude_deg,
        &records.distance_m,
        &records.speed_m_s,
        &records.altitude_m,
        &records.heart_rate_bpm,
        &records.cadence_spm,
        &records.power_w,
        &records.temperature_c,
    ];
    for column in columns {
        assert!(
            column.is_empty() || column.len() == records.len(),
            "seed {seed}"
        );
    }
    let pauses = activity
        .pauses
        .iter()
        .flat_map(|pause| [pause.start_s, pause.end_s]);
    assert!(pauses.is_sorted(), "seed {seed}");
    let laps = &activity.laps;
    assert!(
        laps.iter().all(|lap| lap.start_s <= lap.end_s),
        "seed {seed}"
    );
    assert!(
        laps.windows(2)
            .all(|pair| pair[0].start_s <= pair[1].start_s),
        "seed {seed}"
    );
}

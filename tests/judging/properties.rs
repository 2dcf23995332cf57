//! What holds for any input: from bytes to the session document.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::path::Path;

use crate::common::athlete::Athlete;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::fixture_broken;
use crate::common::generator::Keep;
use crate::common::generator::Options as Recorded;
use crate::common::generator::Power;
use crate::common::generator::generate;
use crate::common::gpx_writer;
use crate::common::gpx_writer::Dialect;
use crate::common::recording::Recording;
use crate::common::rng::Rng;
use crate::common::tcx_writer;
use crate::common::workouts::Workout;
use hardeasy::classification::Session;
use hardeasy::ingest;
use hardeasy::ingest::Content;
use hardeasy::ingest::Sport;
use hardeasy::ingest::Strictness;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::Outcome;
use hardeasy::pipeline::Status;
use hardeasy::pipeline::read_runs;
use hardeasy::streams;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

/// Damaged copies of each document.
const MUTATIONS: u64 = 300;
/// A few bytes are damaged in each, at most this many.
const MOST_FAULTS: u32 = 6;
/// Share of the faults that hit the head, where a format says how to read the rest.
const HEAD_SHARE: f64 = 0.3;
/// Bytes of that head.
const HEAD_BYTES: u32 = 800;
/// By how much starts are moved: hours, a day, months, half a year and more.
const SHIFTS_S: [i64; 4] = [-7_200, 86_400, 7_776_000, 20_000_000];

/// One way to write a recording.
type Writer = fn(&Recording) -> Vec<u8>;

const WRITERS: [(&str, Writer); 3] = [
    ("fit", |run| fit_writer::write(run, Wire::default())),
    ("gpx", |run| {
        gpx_writer::write(run, Dialect::Gpxtpx, "Run").into_bytes()
    }),
    ("tcx", |run| tcx_writer::write(run, "").into_bytes()),
];

fn read(bytes: Vec<u8>) -> Outcome {
    read_runs(vec![Input::Bytes(bytes)], &Options::default(), &|_, _| {}).unwrap()
}

/// Six minutes, a record each three seconds.
fn short_run() -> Recording {
    fixture_broken::run(Keep::Every(3), Power::Native)
}

/// Returns a file with a few bytes changed, removed, doubled, or a stretch of it moved.
fn damaged(whole: &[u8], seed: u64) -> Vec<u8> {
    let mut rng = Rng::new(seed);
    let mut bytes = whole.to_vec();
    for _ in 0..rng.whole(1, MOST_FAULTS) {
        let last = u32::try_from(bytes.len() - 1).unwrap();
        let is_head = rng.chance(HEAD_SHARE);
        let reach = if is_head { last.min(HEAD_BYTES) } else { last };
        let at = usize::try_from(rng.whole(0, reach)).unwrap();
        let byte = u8::try_from(rng.whole(0, 255)).unwrap();
        match rng.whole(0, 6) {
            0 => bytes[at] = byte,
            1 => bytes[at] ^= 1 << (byte & 7),
            // A digit for a digit keeps text readable and makes its numbers wild.
            2 | 3 => {
                let digit = bytes[at..].iter().position(u8::is_ascii_digit);
                if let Some(digit) = digit {
                    bytes[at + digit] = b'0' + byte % 10;
                }
            }
            4 => {
                bytes.remove(at);
            }
            5 => bytes.insert(at, byte),
            _ => {
                let end = (at + usize::from(byte) * 8).min(bytes.len());
                let stretch: Vec<u8> = bytes.drain(at..end).collect();
                if byte % 2 == 0 {
                    bytes.extend(stretch);
                }
            }
        }
        if bytes.is_empty() {
            return bytes;
        }
    }
    bytes
}

/// Returns whether every activity of a file has usable records of more than one moment; what an
/// activity without them says of its length are the device's totals.
fn has_records(bytes: &[u8]) -> bool {
    let Content::Export(format) = ingest::detect(bytes) else {
        return false;
    };
    let activities = ingest::read(bytes, format, Strictness::Lenient).unwrap_or_default();
    activities
        .iter()
        .all(|activity| streams::resample(activity).elapsed_s > 0.0)
}

/// Checks the promises of a session document.
fn check(session: &Session, has_records: bool, what: &str) {
    let text = serde_json::to_string(session).unwrap();
    // JSON has no word for what is not finite: it would come back as absent, or not at all.
    let again: Session =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{what}: {error} in {text}"));
    assert!(
        again == *session,
        "{what}: not the same when read back: {text}"
    );
    let head = &session.head;
    assert!(head.elapsed_s >= 0.0 && head.moving_s >= 0.0, "{what}");
    assert!(
        head.timer_s <= head.elapsed_s && head.moving_s <= head.elapsed_s,
        "{what}: {head:?}"
    );
    if head.sport != Sport::Running {
        assert!(session.segments.is_empty(), "{what}");
        return;
    }
    if session.segments.is_empty() {
        assert!(!has_records, "{what}: no segments");
        return;
    }
    let mut end_s = 0.0_f64;
    for segment in &session.segments {
        assert!(
            (segment.start_s - end_s).abs() < f64::EPSILON,
            "{what}: hole at {end_s}"
        );
        assert!(segment.end_s >= segment.start_s, "{what}");
        assert!((0.0..=1.0).contains(&segment.confidence), "{what}");
        end_s = segment.end_s;
    }
    assert!(
        (end_s - head.elapsed_s).abs() < f64::EPSILON,
        "{what}: {} segments end at {end_s} of {}",
        session.segments.len(),
        head.elapsed_s
    );
}

#[test]
fn damaged_files_give_sound_documents_or_a_reason() {
    let run = short_run();
    for (format, write) in WRITERS {
        let whole = write(&run);
        assert_eq!(read(whole.clone()).count(Status::Ok), 1, "{format}");
        let read_count: usize = (0..MUTATIONS)
            .into_par_iter()
            .map(|seed| {
                let what = format!("{format} {seed}");
                let bytes = damaged(&whole, seed);
                let has_records = has_records(&bytes);
                let outcome = read(bytes);
                assert!(!outcome.account.is_empty(), "{what}");
                for line in &outcome.account {
                    let reason = line.reason.as_deref().unwrap_or_default();
                    assert!(!reason.contains("internal error"), "{what}: {reason}");
                    let is_silent = reason.is_empty() && line.warnings.is_empty();
                    assert!(line.status == Status::Ok || !is_silent, "{what}");
                }
                let counted: usize = outcome.account.iter().map(|line| line.activities).sum();
                assert_eq!(counted, outcome.sessions.len(), "{what}");
                outcome
                    .sessions
                    .iter()
                    .for_each(|session| check(session, has_records, &what));
                outcome.sessions.len().min(1)
            })
            .sum();
        assert!(
            read_count * 2 > usize::try_from(MUTATIONS).unwrap(),
            "{format}: {read_count}"
        );
    }
}

/// Takes out of a session what names its file and its day.
fn timeless(mut session: Session) -> Session {
    session.head.start_time = None;
    session.head.day = None;
    session.head.source.sha256.clear();
    session.head.source.bytes = 0;
    session
}

fn sessions(write: Writer, run: &Recording) -> Vec<Session> {
    let sessions = read(write(run)).sessions;
    sessions.into_iter().map(timeless).collect()
}

#[test]
fn another_day_changes_nothing_else() {
    let athlete = Athlete::of_the_season();
    let kilometres = generate(
        &Workout::Kilometres.plan(&athlete, 5),
        &athlete,
        5,
        &Recorded::default(),
    );
    for run in [short_run(), kilometres] {
        for (format, write) in WRITERS {
            let here = sessions(write, &run);
            assert_eq!(here.len(), 1);
            for shift_s in SHIFTS_S {
                let mut moved = run.clone();
                moved.start_unix_s += shift_s;
                assert!(sessions(write, &moved) == here, "{format} {shift_s}");
            }
        }
    }
}

/// The same samples in another file format are the same run, as far as the format carries them.
#[test]
fn another_format_changes_little() {
    let athlete = Athlete::of_the_season();
    let run = generate(
        &Workout::Kilometres.plan(&athlete, 6),
        &athlete,
        6,
        &Recorded::default(),
    );
    let all: Vec<Session> = WRITERS
        .iter()
        .flat_map(|(_, write)| sessions(*write, &run))
        .collect();
    assert_eq!(all.len(), 3);
    for other in &all[1..] {
        assert_eq!(other.kind, all[0].kind);
        assert!((other.head.elapsed_s - all[0].head.elapsed_s).abs() < f64::EPSILON);
        assert_eq!(other.head.sport, all[0].head.sport);
    }
}

#[test]
fn fixtures_are_read_the_same_from_standard_input() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/runs/short.gpx");
    let from_input = read(std::fs::read(&path).unwrap()).sessions;
    let options = Options::default();
    let from_file = read_runs(vec![Input::Path(path)], &options, &|_, _| {}).unwrap();
    let nameless = |mut session: Session| {
        session.head.source.path.clear();
        session
    };
    let from_input: Vec<Session> = from_input.into_iter().map(nameless).collect();
    let from_file: Vec<Session> = from_file.sessions.into_iter().map(nameless).collect();
    assert!(from_input == from_file && from_file.len() == 1);
}

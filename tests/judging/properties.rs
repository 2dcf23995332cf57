//! What holds for any input: from bytes to the session document.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::path::Path;

use crate::common::athlete::Athlete;
use crate::common::damage::damaged;
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
use crate::common::tcx_writer;
use crate::common::workouts::Workout;
use crate::invariants::session::check;
use crate::invariants::session::has_records;
use hardeasy::classification::Session;
use hardeasy::pipeline::Input;
use hardeasy::pipeline::Options;
use hardeasy::pipeline::Outcome;
use hardeasy::pipeline::Status;
use hardeasy::pipeline::read_runs;
use rayon::iter::IntoParallelIterator;
use rayon::iter::ParallelIterator;

/// Damaged copies of each document.
const MUTATIONS: u64 = 300;
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

/// Two points at one place with a speed all the same, minutes apart: there is no easy speed in them of which
/// anything could be a share.
#[test]
fn a_run_without_any_way_has_numbers_that_end() {
    let point = |second: u32| {
        format!(
            "<trkpt lat=\"50\" lon=\"8\"><time>2026-04-01T08:{:02}:{:02}Z</time><extensions><speed>2.8</speed><hr>147</hr></extensions></trkpt>",
            second / 60,
            second % 60
        )
    };
    for seconds in [20, 160, 600] {
        let points = [0, seconds].map(point).concat();
        let text = format!("<gpx><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>");
        let outcome = read(text.into_bytes());
        assert_eq!(outcome.sessions.len(), 1, "{:?}", outcome.account);
        check(&outcome.sessions[0], false, "two points");
    }
}

/// Names of files and cells of tables are made of the hash as it is: no formula, no path comes in by it.
#[test]
fn a_stored_document_whose_hash_is_none_is_refused() {
    let sessions = read(fit_writer::write(&short_run(), Wire::default())).sessions;
    let line = serde_json::to_string(&sessions[0]).unwrap();
    assert_eq!(read(line.clone().into_bytes()).count(Status::Ok), 1);
    let hash = &sessions[0].head.source.sha256;
    for other in ["=SUM(1)", "../../x"] {
        let outcome = read(line.replace(hash, other).into_bytes());
        assert!(outcome.sessions.is_empty(), "{other}");
        let reason = outcome.account[0].reason.clone().unwrap();
        assert!(reason.contains("expected hexadecimal digits"), "{reason}");
    }
}

//! Changes of a recording that must not change what was run.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::common::athlete::Athlete;
use crate::common::fit_encoder::Wire;
use crate::common::fit_writer;
use crate::common::generator::Keep;
use crate::common::generator::Options;
use crate::common::generator::generate;
use crate::common::gpx_writer;
use crate::common::gpx_writer::Dialect;
use crate::common::laps::Laps;
use crate::common::metrics::Span;
use crate::common::motion::Difficulty;
use crate::common::recording::Recording;
use crate::common::rng::Rng;
use crate::common::tcx_writer;
use crate::common::workouts::Workout;
use hardeasy::classification::SessionKind;
use hardeasy::classification::classify;
use hardeasy::history::History;
use hardeasy::history::References;
use hardeasy::ingest;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::segment;
use hardeasy::settings::Settings;
use hardeasy::streams::resample;
use hardeasy::summary::Origin;
use hardeasy::summary::summarise;
use rayon::prelude::*;

/// The sessions: clear ones, so that a change of the answer is a fault and not a doubt.
const WORKOUTS: [Workout; 6] = [
    Workout::FourHundreds,
    Workout::Kilometres,
    Workout::ThreeTens,
    Workout::TwoSets,
    Workout::FourSixes,
    Workout::Easy,
];
/// The seeds of each.
const SEEDS: std::ops::Range<u64> = 4100..4104;
/// An edge that moves by no more than this is the same.
const SAME_S: f64 = 2.0;
/// Other samples or more noise may move this share of the edges further: edges are estimates.
const MOVED_SHARE: f64 = 0.1;
/// What is cut off a cool-down.
const CROP_S: u32 = 60;
/// Distance increments scatter by 0.3 m; half as much again takes this on top.
const MORE_NOISE_M: f64 = 0.335;

/// A kind of session and its seed.
type Session = (Workout, u64);

/// Even running, sensors as noisy as ever: what was run is beyond doubt.
fn evenly() -> Options {
    Options {
        difficulty: Difficulty::Soft,
        ..Options::default()
    }
}

fn recorded(workout: Workout, seed: u64, options: &Options) -> Recording {
    let athlete = Athlete::random(seed);
    generate(&workout.plan(&athlete, seed), &athlete, seed, options)
}

fn efforts(bytes: &[u8], format: Format, laps: LapPolicy) -> Vec<Span> {
    let activities = ingest::read(bytes, format, Strictness::Lenient).unwrap();
    let found = segment(&resample(&activities[0]), laps);
    let works = found.segments.iter().filter(|one| one.kind.is_work());
    works.map(|work| (work.start_s, work.end_s)).collect()
}

fn from_fit(run: &Recording) -> Vec<Span> {
    let bytes = fit_writer::write(run, Wire::default());
    efforts(&bytes, Format::Fit, LapPolicy::Auto)
}

/// Compares what is found in each session with what is found in its changed copy. The number of
/// efforts must be the same; returns the share of the edges that moved.
fn moved_share(change: impl Fn(&Recording, Session) -> Vec<Span> + Sync) -> f64 {
    let pairs: Vec<(Workout, u64)> = WORKOUTS
        .into_iter()
        .flat_map(|workout| SEEDS.map(move |seed| (workout, seed)))
        .collect();
    let moved: Vec<f64> = pairs
        .par_iter()
        .flat_map_iter(|(workout, seed)| {
            let run = recorded(*workout, *seed, &evenly());
            let (before, after) = (from_fit(&run), change(&run, (*workout, *seed)));
            let truth = run.truth.iter().filter(|one| one.kind.is_work());
            assert_eq!(before.len(), truth.count(), "{workout:?} {seed}");
            assert_eq!(
                before.len(),
                after.len(),
                "{workout:?} {seed}: {before:?} {after:?}"
            );
            let edges = before.into_iter().zip(after);
            edges.flat_map(|(one, other)| [(one.0 - other.0).abs(), (one.1 - other.1).abs()])
        })
        .collect();
    let far = moved.iter().filter(|moved| **moved > SAME_S).count();
    far as f64 / moved.len() as f64
}

fn assert_few_moved(change: impl Fn(&Recording, Session) -> Vec<Span> + Sync) {
    let share = moved_share(change);
    assert!(share <= MOVED_SHARE, "{share} of the edges moved");
}

#[test]
fn another_time_zone_changes_nothing() {
    moved_share(|run, _| {
        let mut moved = run.clone();
        moved.start_unix_s += 8 * 3600;
        moved.utc_offset_s = 10 * 3600;
        let there = from_fit(&moved);
        assert_eq!(there, from_fit(run));
        there
    });
}

#[test]
fn kilometres_counted_by_the_watch_change_nothing() {
    for (workout, seed) in WORKOUTS.into_iter().zip(SEEDS.cycle()) {
        let counted = Options {
            laps: Laps::Auto(1000.0),
            ..evenly()
        };
        let with = from_fit(&recorded(workout, seed, &counted));
        let without = from_fit(&recorded(workout, seed, &evenly()));
        assert_eq!(with, without, "{workout:?}");
    }
}

#[test]
fn a_shorter_cool_down_changes_nothing_before_it() {
    assert_few_moved(|run, _| {
        let mut cropped = run.clone();
        let last = run.samples.last().unwrap().time_s;
        cropped
            .samples
            .retain(|sample| sample.time_s + CROP_S <= last);
        cropped.laps.last_mut().unwrap().end_s = f64::from(last - CROP_S);
        from_fit(&cropped)
    });
}

#[test]
fn smart_recording_changes_little() {
    assert_few_moved(|_, (workout, seed)| {
        let smart = Options {
            keep: Keep::Smart,
            ..evenly()
        };
        from_fit(&recorded(workout, seed, &smart))
    });
}

#[test]
fn other_formats_change_little() {
    assert_few_moved(|run, _| {
        let text = gpx_writer::write(run, Dialect::Gpxtpx, "Run");
        efforts(text.as_bytes(), Format::Gpx, LapPolicy::Auto)
    });
    assert_few_moved(|run, _| {
        efforts(
            tcx_writer::write(run, "").as_bytes(),
            Format::Tcx,
            LapPolicy::Auto,
        )
    });
}

/// What a runner sees first of a run: its distance, its kind, how many efforts.
fn seen(bytes: &[u8], format: Format) -> (f64, SessionKind, usize) {
    let activities = ingest::read(bytes, format, Strictness::Strict).unwrap();
    let streams = resample(&activities[0]);
    let segmentation = segment(&streams, LapPolicy::Auto);
    let origin = Origin::default();
    let run = summarise(&activities[0], &streams, segmentation, origin);
    let history = History::new(Settings::default());
    let session = classify(run, References::default(), &history, None);
    let efforts = session.segments.iter().filter(|one| one.kind.is_work());
    (
        session.head.distance_m.unwrap(),
        session.kind,
        efforts.count(),
    )
}

/// A run and a format may differ in distance by this share.
const SAME_DISTANCE: f64 = 0.005;

#[test]
fn a_run_is_the_same_run_in_every_format() {
    for workout in WORKOUTS {
        let run = recorded(workout, SEEDS.start, &evenly());
        let fit = seen(&fit_writer::write(&run, Wire::default()), Format::Fit);
        let gpx = gpx_writer::write(&run, Dialect::Gpxtpx, "Run");
        let tcx = tcx_writer::write(&run, "");
        for (text, format) in [(gpx, Format::Gpx), (tcx, Format::Tcx)] {
            let other = seen(text.as_bytes(), format);
            let off = (other.0 / fit.0 - 1.0).abs();
            assert!(
                off <= SAME_DISTANCE,
                "{workout:?} {format:?}: {fit:?} {other:?}"
            );
            assert_eq!((other.1, other.2), (fit.1, fit.2), "{workout:?} {format:?}");
        }
    }
}

#[test]
fn half_as_much_noise_again_changes_little() {
    assert_few_moved(|run, (_, seed)| {
        let mut noisy = run.clone();
        let mut rng = Rng::new(seed).stream(5);
        let mut off_m = 0.0;
        for sample in &mut noisy.samples {
            off_m += MORE_NOISE_M * rng.normal();
            sample.distance_m = sample.distance_m.map(|metres| (metres + off_m).max(0.0));
        }
        let mut most_m = 0.0_f64;
        for sample in &mut noisy.samples {
            most_m = sample.distance_m.unwrap_or(0.0).max(most_m);
            sample.distance_m = sample.distance_m.map(|_| most_m);
        }
        from_fit(&noisy)
    });
}

#[test]
fn a_faster_runner_runs_as_many() {
    moved_share(|run, _| {
        let mut faster = run.clone();
        for sample in &mut faster.samples {
            sample.distance_m = sample.distance_m.map(|metres| 1.05 * metres);
            sample.speed_m_s = sample.speed_m_s.map(|speed| 1.05 * speed);
        }
        from_fit(&faster)
    });
}

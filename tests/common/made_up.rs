//! Made-up runs for fitting and for the benchmark: each kind of session, recorded in many ways.
//!
//! Seeds are kept apart: the gate is fitted on [`FITTING`], and what is published is measured on
//! [`PUBLISHED`], which also holds the kinds of [`HELD_OUT`] that fitting never sees.

use std::ops::Range;

use hardeasy::history::modelled_best;
use hardeasy::ingest;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::segmentation::Habits;
use hardeasy::streams::Streams;
use hardeasy::streams::resample;

use super::athlete::Athlete;
use super::body::HeartRateSensor;
use super::corpus::Run;
use super::fit_encoder::Wire;
use super::fit_writer;
use super::generator::Distance;
use super::generator::Keep;
use super::generator::Options;
use super::generator::generate;
use super::laps::Laps;
use super::metrics::Span;
use super::motion::Difficulty;
use super::plan::Kind;
use super::recording::Recording;
use super::rng::Rng;
use super::sensor::AltitudeSensor;
use super::sensor::SpeedSensor;
use super::workouts::Workout;

use Workout as W;

/// Seeds that the gate is fitted on.
pub const FITTING: Range<u64> = 1000..2000;
/// Seeds that are measured and published, never looked at in fitting.
pub const PUBLISHED: Range<u64> = 3000..3500;

/// The kinds of running session that the benchmark holds: all but a run too short to be one.
pub const KINDS: &[Workout] = Workout::ALL.split_at(25).0;

/// Further kinds, among stops and walks, beside [`KINDS`].
pub const FURTHER: [Workout; 9] = Workout::FURTHER;

/// Those of [`FURTHER`] without efforts.
pub const FURTHER_PLAIN: [Workout; 4] = [
    W::StopsEasy,
    W::RunWalkLong,
    W::Hike,
    W::BeginnerWalkRunWalk,
];

/// The kinds that are left out of fitting, to see what becomes of sessions never met.
pub const HELD_OUT: [Workout; 3] = [W::Ladder, W::RunStop, W::WalkRecoveries];

/// The kinds without efforts.
pub const PLAIN: [Workout; 5] = [
    W::Easy,
    W::EasyHilly,
    W::LongWithLights,
    W::Recovery,
    W::Steady,
];

/// The kinds with efforts that hardly any labelled run is of.
pub const RARE: [Workout; 3] = [W::Tempo, W::Surges, W::Fartlek];

/// The durations over which bests are known.
const BEST_DURATIONS_S: [f64; 9] = [
    30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0, 7200.0,
];

/// A made-up run as the program reads it, with what was really run.
pub struct MadeUp {
    /// The kind of session.
    pub workout: Workout,
    /// The seed that it was made from.
    pub seed: u64,
    /// What the watch kept.
    pub recording: Recording,
    /// What the program makes of the FIT file.
    pub streams: Streams,
}

impl MadeUp {
    /// Makes up a run.
    pub fn new(workout: Workout, seed: u64, difficulty: Difficulty) -> Self {
        let athlete = Athlete::random(seed);
        let options = options(workout, seed, difficulty);
        let plan = workout.plan(&athlete, seed);
        let recording = generate(&plan, &athlete, seed, &options);
        let streams = streams_of(&recording);
        Self {
            workout,
            seed,
            recording,
            streams,
        }
    }

    /// Returns it with its labels: of a progression nothing is asked, as it has no edges.
    pub fn labelled(self, folder: &'static str, fold: usize) -> Run {
        let labels = (self.efforts(), self.spans(|kind| kind == Kind::Progression));
        let name = self.workout.name().to_owned();
        let habits = self.habits();
        let run = Run::new(name, folder, fold, self.streams, labels);
        Run { habits, ..run }
    }

    /// Returns what may be known of the athlete: values that are some percent off, or nothing yet.
    fn habits(&self) -> Option<Habits> {
        let athlete = Athlete::random(self.seed);
        let rng = &mut Rng::new(self.seed).stream(78);
        let off = |value: f64, sd: f64, rng: &mut Rng| value * (sd * rng.normal()).exp();
        let critical = off(athlete.critical_speed_m_s, 0.04, rng);
        let threshold = athlete.heart_rate_intercept_bpm + 0.95 * athlete.heart_rate_slope_bpm;
        let fitness = rng.range(0.93, 1.02);
        let bests = BEST_DURATIONS_S.map(|duration_s| {
            let best = modelled_best(athlete.critical_speed_m_s, duration_s);
            (duration_s, off(best * fitness, 0.01, rng))
        });
        let habits = Habits {
            easy_speed_m_s: off(athlete.easy_m_s, 0.04, rng),
            easy_half_width: rng.range(0.015, 0.04),
            critical_speed_m_s: rng.chance(0.9).then_some(critical),
            threshold_heart_rate_bpm: rng.chance(0.8).then(|| off(threshold, 0.02, rng)),
            pace_wander: rng.chance(0.8).then(|| off(0.05, 0.3, rng)),
            bests: if rng.chance(0.8) {
                bests.to_vec()
            } else {
                Vec::new()
            },
            efforts: Vec::new(),
        };
        rng.chance(0.9).then_some(habits)
    }

    /// Returns the efforts that were run; a progression is none, as it has no edges.
    pub fn efforts(&self) -> Vec<Span> {
        self.spans(|kind| kind.is_work() && kind != Kind::Progression)
    }

    /// Returns the true segments of some kinds.
    pub fn spans(&self, wanted: impl Fn(Kind) -> bool) -> Vec<Span> {
        let truth = self.recording.truth.iter();
        truth
            .filter(|segment| wanted(segment.kind))
            .map(|segment| (segment.start_s, segment.end_s))
            .collect()
    }
}

/// Returns what the program makes of a recording written as FIT.
pub fn streams_of(recording: &Recording) -> Streams {
    let bytes = fit_writer::write(recording, Wire::default());
    let activities = ingest::read(&bytes, Format::Fit, Strictness::Lenient).unwrap();
    resample(&activities[0])
}

/// Draws how a run is recorded: mostly at 1 Hz by a good watch, sometimes less well.
pub fn options(workout: Workout, seed: u64, difficulty: Difficulty) -> Options {
    let rng = &mut Rng::new(seed).stream(77);
    let ordinary = Options {
        difficulty,
        laps: Laps::One,
        ..Options::default()
    };
    let keep = match rng.whole(0, 19) {
        0..=2 => Keep::Smart,
        3 => Keep::Every(3),
        4 => Keep::Every(5),
        _ => Keep::All,
    };
    let distance = match rng.whole(0, 9) {
        0..=1 => Distance::Rounded(1.0),
        2 => Distance::Rounded(3.0),
        _ => Distance::Exact,
    };
    let speed = match rng.whole(0, 9) {
        0 => SpeedSensor::None,
        1 => SpeedSensor::FootPod,
        _ => SpeedSensor::Smoothed,
    };
    let heart_rate = match rng.whole(0, 9) {
        0..=1 => HeartRateSensor::None,
        2..=5 => HeartRateSensor::Optical,
        _ => HeartRateSensor::Chest,
    };
    let altitude = match rng.whole(0, 5) {
        draw @ 0..=5 if workout == W::HillsNoAltitude => unsound(draw),
        0 => AltitudeSensor::None,
        1 => AltitudeSensor::Gps,
        _ => AltitudeSensor::Barometric,
    };
    let lights = workout == W::LongWithLights || rng.chance(0.15);
    Options {
        keep,
        distance,
        speed,
        heart_rate,
        altitude,
        auto_pause: rng.chance(0.15),
        stops_per_hour: if lights { rng.range(3.0, 8.0) } else { 0.0 },
        cadence: !rng.chance(0.2),
        ..ordinary
    }
}

/// Returns one of the ways not to know altitude.
fn unsound(draw: u32) -> AltitudeSensor {
    if draw < 3 {
        AltitudeSensor::None
    } else {
        AltitudeSensor::Gps
    }
}

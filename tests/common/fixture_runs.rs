//! `fixtures/runs`: one of each kind of session, in all formats.

use super::athlete::Athlete;
use super::body::HeartRateSensor;
use super::fit_encoder::Wire;
use super::fit_writer;
use super::fixture::Fixture;
use super::fixture::truth;
use super::generator::Distance;
use super::generator::Keep;
use super::generator::Options;
use super::generator::Power;
use super::generator::generate;
use super::gpx_writer;
use super::gpx_writer::Dialect;
use super::laps::Laps;
use super::packing::gzip;
use super::packing::zip;
use super::recording::Recording;
use super::sensor::AltitudeSensor;
use super::sensor::SpeedSensor;
use super::tcx_writer;
use super::workouts::Workout;

use Workout as W;

/// 2026-01-05 08:00 UTC; each run is a day later.
const FIRST_UNIX_S: i64 = 1_767_600_000;
const DAY_S: i64 = 86_400;
/// The seed of the first run; each has its own.
const SEED: u64 = 9_000;

/// Returns the runs and their truths.
pub fn files() -> Vec<Fixture> {
    let mut out = Vec::new();
    for (workout, run) in recordings() {
        let (_, about) = options(workout);
        let name = workout.name();
        let exports = exports(workout, &run);
        let first = format!("{name}.{}", exports[0].0);
        for (ending, bytes) in exports {
            out.push(Fixture {
                path: format!("runs/{name}.{ending}"),
                bytes,
                made_by: "generator",
                shows: format!("{}: {about}", run.session),
            });
        }
        out.push(Fixture {
            path: format!("runs/{name}.json"),
            bytes: (truth(&run, &first, name) + "\n").into_bytes(),
            made_by: "generator",
            shows: "the truth of the above".into(),
        });
    }
    out
}

/// Returns what the runs hold before they are written as exports.
pub fn recordings() -> Vec<(Workout, Recording)> {
    let athlete = Athlete::of_the_season();
    let numbered = Workout::ALL.into_iter().enumerate();
    let record = |(index, workout): (usize, Workout)| {
        let seed = SEED + index as u64;
        let (options, _) = options(workout);
        let options = Options {
            start_unix_s: FIRST_UNIX_S + DAY_S * index as i64,
            ..options
        };
        let plan = workout.plan(&athlete, seed);
        (workout, generate(&plan, &athlete, seed, &options))
    };
    numbered.map(record).collect()
}

/// How a run is recorded, and what to say of it.
fn options(workout: Workout) -> (Options, &'static str) {
    match workout {
        W::ThirtyThirty
        | W::TwoHundreds
        | W::FourHundreds
        | W::Kilometres
        | W::Miles
        | W::ThreeTens
        | W::Ladder
        | W::TwoSets
        | W::FourSixes
        | W::WalkRecoveries
        | W::Hills => set_options(workout),
        _ => other_options(workout),
    }
}

fn set_options(workout: Workout) -> (Options, &'static str) {
    let structured = Options {
        laps: Laps::Structured,
        ..Options::default()
    };
    let manual = Options {
        laps: Laps::Manual,
        ..Options::default()
    };
    match workout {
        W::ThirtyThirty => (structured, "30 s on, 30 s off, programmed on the watch"),
        W::TwoHundreds => (manual, "200 m on a track, laps pressed by hand"),
        W::FourHundreds => (manual, "400 m on a track, laps pressed by hand"),
        W::Kilometres => {
            let power = Power::Developer;
            (
                Options {
                    power,
                    ..structured
                },
                "1 km repetitions, programmed; power in a developer field",
            )
        }
        W::Miles => {
            let keep = Keep::Smart;
            (
                Options { keep, ..structured },
                "mile repetitions, programmed; smart recording",
            )
        }
        W::ThreeTens => {
            let heart_rate = HeartRateSensor::Optical;
            (
                Options {
                    heart_rate,
                    ..structured
                },
                "3 × 10 min, programmed; heart rate from the wrist",
            )
        }
        W::Ladder => {
            let keep = Keep::Smart;
            (
                Options {
                    keep,
                    ..Options::default()
                },
                "1-2-3-4-3-2-1 min, no laps; smart recording",
            )
        }
        W::TwoSets => (
            manual,
            "two sets of 300 m, laps pressed by hand; compressed timestamps",
        ),
        W::FourSixes => {
            let distance = Distance::Rounded(3.0);
            (
                Options { distance, ..manual },
                "4 × 6 min with walked recoveries; distance in steps of 3 m",
            )
        }
        W::WalkRecoveries => (
            structured,
            "3 min repetitions between walks, walked warm-up, programmed",
        ),
        _ => {
            let power = Power::Native;
            (
                Options {
                    power,
                    ..structured
                },
                "repetitions uphill, programmed; power",
            )
        }
    }
}

fn other_options(workout: Workout) -> (Options, &'static str) {
    let plain = Options::default();
    let auto = Options {
        laps: Laps::Auto(1000.0),
        ..Options::default()
    };
    let smart = Options {
        keep: Keep::Smart,
        ..auto.clone()
    };
    let every_5_s = Options {
        keep: Keep::Every(5),
        ..auto.clone()
    };
    match workout {
        W::Tempo => (every_5_s, "one block at tempo; a record each 5 s"),
        W::Progression => {
            let distance = Distance::Rounded(1.0);
            (
                Options { distance, ..auto },
                "ever faster; distance in whole metres, auto-laps",
            )
        }
        W::Fartlek => {
            let heart_rate = HeartRateSensor::None;
            let laps = Laps::Manual;
            (
                Options {
                    heart_rate,
                    laps,
                    ..plain
                },
                "efforts of any length, laps pressed by hand; no heart rate",
            )
        }
        W::Strides => (auto, "easy with strides at the end; auto-laps"),
        W::Easy => (auto, "an easy run, the same in three formats; auto-laps"),
        W::EasyHilly => {
            let altitude = AltitudeSensor::Gps;
            (
                Options {
                    altitude,
                    keep: Keep::Every(5),
                    ..plain
                },
                "easy in the hills; altitude from satellites",
            )
        }
        W::LongWithLights => {
            let (stops_per_hour, auto_pause) = (6.0, true);
            (
                Options {
                    stops_per_hour,
                    auto_pause,
                    ..smart
                },
                "long, with traffic lights and automatic pauses",
            )
        }
        W::Race => (auto, "5 km race with warm-up and cool-down; auto-laps"),
        W::Surges => {
            let (position, distance) = (false, Distance::None);
            (
                Options {
                    position,
                    distance,
                    ..plain
                },
                "long with surges of 1 min; the device's speed is all there is",
            )
        }
        W::RunStop => (
            smart,
            "1200 m repetitions with standing rests; smart recording",
        ),
        W::TreadmillSteps => {
            let speed = SpeedSensor::FootPod;
            (
                Options { speed, ..plain },
                "treadmill, a faster step each 6 min; foot pod, no positions",
            )
        }
        W::RunWalk => (every_5_s, "a beginner's run and walk; a record each 5 s"),
        W::Recovery => {
            let keep = Keep::Every(8);
            (
                Options { keep, ..auto },
                "short and very easy; a record each 8 s; ten spaces before the declaration",
            )
        }
        W::Steady => (smart, "in the middle zone; a zip archive"),
        W::Short => (plain, "six minutes"),
        W::Walk => (smart, "a walk"),
        W::Cycling => (smart, "a ride"),
        _ => (plain, "strength training: heart rate and nothing else"),
    }
}

/// The files of one run, the first of which the truth names.
fn exports(workout: Workout, run: &Recording) -> Vec<(&'static str, Vec<u8>)> {
    let fit = || fit_writer::write(run, Wire::default());
    let gpx = |dialect| gpx_writer::write(run, dialect, "Morning run").into_bytes();
    let tcx = |leading| tcx_writer::write(run, leading).into_bytes();
    match workout {
        W::FourHundreds => vec![("fit.gz", gzip(&fit()))],
        W::Miles | W::RunStop => vec![("tcx.gz", gzip(&tcx("")))],
        W::Tempo => vec![("gpx", gpx(Dialect::Gpxtpx))],
        W::EasyHilly => vec![("gpx", gpx(Dialect::Ns3))],
        W::RunWalk => vec![("gpx", gpx(Dialect::Gpxdata))],
        W::Short => vec![("gpx", gpx(Dialect::Bare))],
        W::Recovery => vec![("tcx", tcx("          "))],
        W::Steady => vec![("zip", zip(&[("export/steady.fit", &fit())]))],
        W::Easy => vec![
            ("fit", fit()),
            ("gpx.gz", gzip(&gpx(Dialect::Gpxtpx))),
            ("tcx.gz", gzip(&tcx(""))),
        ],
        W::TwoSets => {
            let wire = Wire {
                compressed_timestamps: true,
                ..Wire::default()
            };
            vec![("fit", fit_writer::write(run, wire))]
        }
        _ => vec![("fit", fit())],
    }
}

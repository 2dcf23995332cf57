//! What the test binaries and benchmarks share: made-up runs, writers of exports, metrics.
//!
//! *Plan → Motion → Recording → bytes*: [`workouts`] gives plans, [`generator::generate`] runs them
//! as an athlete and records them as a watch would, the writers turn the recording into exports.
//! Everything is a function of its arguments and a seed, on any computer.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    reason = "each test binary uses a part; numbers here are bounded by the model"
)]

pub mod exact;
pub mod math;
pub mod rng;

pub mod athlete;
pub mod plan;
pub mod workout_further;
pub mod workout_runs;
pub mod workout_sets;
pub mod workouts;

pub mod recording;

pub mod motion;

pub mod body;
pub mod sensor;

pub mod laps;

pub mod generator;

pub mod fit_encoder;
pub mod fit_totals;
pub mod fit_writer;

pub mod apple_writer;
pub mod converters;
pub mod gpx_writer;
pub mod tcx_writer;

pub mod altered;
pub mod augment;
pub mod boosting;
pub mod corpus;
pub mod made_up;
pub mod metrics;
pub mod peers;
pub mod wander;
pub mod weights;

pub mod carried;
pub mod damage;
pub mod months;
pub mod poison;
pub mod training_log;

pub mod fixture;
pub mod fixture_broken;
pub mod fixture_broken_fit;
pub mod fixture_runs;
pub mod fixture_season;
pub mod garmin_export;
pub mod golden;
pub mod packing;
pub mod program;
pub mod python;
pub mod season_pack;
pub mod seeds;
pub mod served;

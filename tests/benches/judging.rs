//! What comes after the segments: summing up one hour of running, and judging it with a season behind
//! it.
//!
//! `cargo bench --bench judging`
#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

#[path = "../common/mod.rs"]
mod common;

use chrono::Duration;
use common::athlete::Athlete;
use common::generator::Options;
use common::generator::generate;
use common::made_up;
use common::plan::Kind;
use common::plan::Length::Seconds;
use common::plan::Plan;
use common::recording::Recording;
use divan::Bencher;
use hardeasy::classification::judge;
use hardeasy::ingest::Activity;
use hardeasy::ingest::Sport;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::segment;
use hardeasy::settings::Corrections;
use hardeasy::settings::Settings;
use hardeasy::summary::Origin;
use hardeasy::summary::RunSummary;
use hardeasy::summary::Source;
use hardeasy::summary::summarise;

fn main() {
    divan::main();
}

/// Returns one hour with a warm-up, six repetitions and easy running.
fn hour() -> Recording {
    let athlete = Athlete::random(1);
    let (easy, fast) = (athlete.easy_m_s, athlete.critical_speed_m_s);
    let plan = Plan::new("intervals")
        .step(Kind::Steady, Seconds(900.0), easy)
        .repeat(
            6,
            (Kind::Work, Seconds(180.0), fast),
            (Kind::Recovery, Seconds(120.0), easy * 0.8),
        )
        .step(Kind::Steady, Seconds(1020.0), easy);
    generate(&plan, &athlete, 1, &Options::default())
}

fn activity() -> Activity {
    Activity {
        sport: Sport::Running,
        start: "2026-01-05T06:00:00Z".parse().ok(),
        ..Activity::default()
    }
}

fn origin(number: usize) -> Origin {
    Origin {
        source: Source {
            path: format!("{number:05}.fit"),
            ..Source::default()
        },
        ..Origin::default()
    }
}

/// Summing up an hour whose segments are known.
#[divan::bench]
fn summarise_one_hour(bencher: Bencher<'_, '_>) {
    let streams = made_up::streams_of(&hour());
    let segmentation = segment(&streams, LapPolicy::Ignore);
    let activity = activity();
    bencher
        .with_inputs(|| segmentation.clone())
        .bench_values(|segments| summarise(&activity, &streams, segments, origin(0)));
}

/// Judging so many runs of an hour each, one every other day; divide by their number.
#[divan::bench(args = [200, 2000], sample_count = 10)]
fn judge_runs(bencher: Bencher<'_, '_>, count: usize) {
    let streams = made_up::streams_of(&hour());
    let segmentation = segment(&streams, LapPolicy::Ignore);
    let one = summarise(&activity(), &streams, segmentation, origin(0));
    let runs: Vec<RunSummary> = (0..count)
        .map(|number| {
            let mut run = one.clone();
            let days = Duration::days(2 * i64::try_from(number).unwrap());
            run.head.start_time = run.head.start_time.map(|start| start + days);
            run.head.day = run.head.start_time.map(|start| start.date_naive());
            run.head.source = origin(number).source;
            run
        })
        .collect();
    bencher
        .with_inputs(|| runs.clone())
        .bench_values(|runs| judge(runs, &Settings::default(), &Corrections::default(), false));
}

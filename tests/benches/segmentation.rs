//! Cutting a run into segments: one hour, six and twenty-four at one record a second, and a simple
//! method on the hour to compare with.
//!
//! `cargo bench --bench segmentation`
#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

#[path = "../common/mod.rs"]
mod common;

use common::athlete::Athlete;
use common::generator::Options;
use common::generator::generate;
use common::made_up;
use common::peers::PEERS;
use common::plan::Kind;
use common::plan::Length::Seconds;
use common::plan::Plan;
use divan::Bencher;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::segment;
use hardeasy::streams::Streams;

fn main() {
    divan::main();
}

/// Returns so many hours, each with a warm-up, six repetitions of three minutes and easy running.
fn hours(count: u32) -> Streams {
    let athlete = Athlete::random(1);
    let (easy, fast) = (athlete.easy_m_s, athlete.critical_speed_m_s);
    let mut plan = Plan::new("intervals");
    for _ in 0..count {
        plan = plan
            .step(Kind::Steady, Seconds(900.0), easy)
            .repeat(
                6,
                (Kind::Work, Seconds(180.0), fast),
                (Kind::Recovery, Seconds(120.0), easy * 0.8),
            )
            .step(Kind::Steady, Seconds(1020.0), easy);
    }
    made_up::streams_of(&generate(&plan, &athlete, 1, &Options::default()))
}

/// The whole of segmentation.
#[divan::bench(args = [1, 6, 24])]
fn hardeasy_hours(bencher: Bencher<'_, '_>, count: u32) {
    let streams = hours(count);
    bencher.bench(|| segment(divan::black_box(&streams), LapPolicy::Ignore));
}

/// Change points with the textbook penalty, and a threshold.
#[divan::bench]
fn change_points_and_threshold_one_hour(bencher: Bencher<'_, '_>) {
    let streams = hours(1);
    let (_, method) = PEERS
        .into_iter()
        .find(|peer| peer.0.starts_with("PELT"))
        .unwrap();
    bencher.bench(|| method(divan::black_box(&streams)));
}

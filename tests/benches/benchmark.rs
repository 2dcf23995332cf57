//! How well segmentation does: made-up runs, real ones where they are, and simple methods beside it.
//!
//! `cargo bench --bench benchmark` prints the tables. Seeds
//! and three kinds of session are unseen in fitting; of the real runs the gate has seen all, so that its
//! own row there is flattering (`tests/training.rs` prints the honest one).

#![expect(clippy::print_stdout, reason = "a command that tells what it measured")]

#[path = "../common/mod.rs"]
mod common;

use common::corpus;
use common::corpus::Run;
use common::made_up;
use common::made_up::MadeUp;
use common::metrics;
use common::metrics::Score;
use common::metrics::Span;
use common::motion::Difficulty;
use common::peers::PEERS;
use common::workouts::Workout;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::Segment;
use hardeasy::segmentation::SegmentKind;
use hardeasy::segmentation::segment;
use hardeasy::streams::Streams;
use rayon::prelude::*;

/// Made-up runs of each kind.
const RUNS: usize = 20;
const HEADINGS: &str = "exact  off<=1 IoU.5 IoU.75  F1@5 F1@5a F1@10 second";
const SECONDS_PER_HOUR: f64 = 3600.0;

fn made_up_runs(difficulty: Difficulty) -> Vec<(Workout, Run)> {
    let wanted: Vec<(Workout, u64)> = made_up::KINDS
        .iter()
        .copied()
        .flat_map(|kind| made_up::PUBLISHED.take(RUNS).map(move |seed| (kind, seed)))
        .collect();
    wanted
        .par_iter()
        .map(|(kind, seed)| {
            let run = MadeUp::new(*kind, *seed, difficulty);
            (*kind, run.labelled("made-up", 0))
        })
        .collect()
}

fn efforts(streams: &Streams) -> Vec<Segment> {
    let found = segment(streams, LapPolicy::Ignore);
    let kept = found.segments.into_iter();
    kept.filter(|segment| segment.kind.is_work()).collect()
}

fn ours(streams: &Streams) -> Vec<Span> {
    let efforts = efforts(streams);
    efforts
        .iter()
        .map(|work| (work.start_s, work.end_s))
        .collect()
}

fn row(name: &str, scores: &[Score]) -> String {
    let means = metrics::means(scores);
    let cells: Vec<String> = means.iter().map(|mean| format!("{mean:6.2}")).collect();
    format!("{name:28} {}", cells.join(""))
}

fn scores(runs: &[&Run], method: impl Fn(&Streams) -> Vec<Span> + Sync) -> Vec<Score> {
    runs.par_iter()
        .map(|run| run.score(&method(&run.streams)))
        .collect()
}

/// Returns efforts per hour, and the share of runs without any.
fn false_efforts(runs: &[&Run], method: impl Fn(&Streams) -> Vec<Span> + Sync) -> (f64, f64) {
    let found: Vec<usize> = runs
        .par_iter()
        .map(|run| {
            let found = method(&run.streams).into_iter();
            found.filter(|own| !run.is_silent(*own)).count()
        })
        .collect();
    let hours: f64 = runs.iter().map(|run| run.streams.elapsed_s).sum::<f64>() / SECONDS_PER_HOUR;
    let none = found.iter().filter(|count| **count == 0).count();
    (
        found.iter().sum::<usize>() as f64 / hours,
        none as f64 / runs.len().max(1) as f64,
    )
}

fn told_false((per_hour, none): (f64, f64)) -> String {
    format!("{per_hour:.2} false efforts per hour, none in {none:.2} of the runs")
}

/// Prints what every method finds, and what ours does by kind.
fn tables(name: &str, runs: &[(Workout, Run)]) {
    let with: Vec<&Run> = runs
        .iter()
        .map(|(_, run)| run)
        .filter(|run| !run.truth.is_empty())
        .collect();
    let is_plain = |kind: &Workout| made_up::PLAIN.contains(kind);
    let plain: Vec<&Run> = runs
        .iter()
        .filter(|(kind, _)| is_plain(kind))
        .map(|(_, run)| run)
        .collect();
    println!("\n{name:28} {HEADINGS}");
    for (peer, method) in PEERS {
        println!(
            "{}  {}",
            row(peer, &scores(&with, method)),
            told_false(false_efforts(&plain, method))
        );
    }
    println!(
        "{}  {}",
        row("hardeasy", &scores(&with, ours)),
        told_false(false_efforts(&plain, ours))
    );
    for kind in made_up::KINDS.iter().copied() {
        let own: Vec<&Run> = runs
            .iter()
            .filter(|(other, _)| *other == kind)
            .map(|(_, run)| run)
            .collect();
        let held_out = if made_up::HELD_OUT.contains(&kind) {
            " (unseen)"
        } else {
            ""
        };
        if own.iter().any(|run| !run.truth.is_empty()) {
            println!(
                "{}",
                row(&format!("  {}{held_out}", kind.name()), &scores(&own, ours))
            );
        } else if is_plain(&kind) {
            println!(
                "  {:26} {}",
                kind.name(),
                told_false(false_efforts(&own, ours))
            );
        } else {
            let rising = own
                .par_iter()
                .filter(|run| is_progression(&run.streams))
                .count();
            println!(
                "  {:26} found as a progression: {rising} of {}",
                kind.name(),
                own.len()
            );
        }
    }
    println!("{}", trust(runs));
}

fn is_progression(streams: &Streams) -> bool {
    efforts(streams)
        .iter()
        .any(|one| one.kind == SegmentKind::Progression)
}

/// Says how far confidence and boundary intervals are from what they promise.
fn trust(runs: &[(Workout, Run)]) -> String {
    let judged: Vec<(f64, bool, [Option<bool>; 2])> = runs
        .par_iter()
        .flat_map_iter(|(_, run)| {
            let heard = efforts(&run.streams).into_iter();
            let heard = heard.filter(|one| !run.is_silent((one.start_s, one.end_s)));
            heard.map(|one| {
                let own = (one.start_s, one.end_s);
                let met = run
                    .truth
                    .iter()
                    .find(|truth| metrics::overlap(truth, &own) >= 0.5);
                let holds = met.map(|truth| {
                    [
                        (one.start_low_s..=one.start_high_s).contains(&truth.0),
                        (one.end_low_s..=one.end_high_s).contains(&truth.1),
                    ]
                });
                (
                    one.confidence,
                    met.is_some(),
                    [holds.map(|h| h[0]), holds.map(|h| h[1])],
                )
            })
        })
        .collect();
    let sure: Vec<(f64, bool)> = judged
        .iter()
        .map(|(sure, is_right, _)| (*sure, *is_right))
        .collect();
    let held = |side: usize| {
        let known: Vec<bool> = judged.iter().filter_map(|one| one.2[side]).collect();
        known.iter().filter(|holds| **holds).count() as f64 / known.len().max(1) as f64
    };
    format!(
        "  calibration error of confidence {:.3} on {} efforts; intervals of 90 % hold {:.2} of the starts, {:.2} of the ends",
        metrics::calibration_error(&sure),
        sure.len(),
        held(0),
        held(1)
    )
}

fn main() {
    tables("made up, soft", &made_up_runs(Difficulty::Soft));
    tables("made up, hard", &made_up_runs(Difficulty::Hard));
    let truth = corpus::runs("truth", |_| 0);
    if truth.is_empty() {
        println!("real runs: skipped, no corpus beside the project");
        return;
    }
    let plain = corpus::runs("plain", |_| 0);
    let (truth, plain): (Vec<&Run>, Vec<&Run>) = (truth.iter().collect(), plain.iter().collect());
    println!("\n{:28} {HEADINGS}", "real");
    for (peer, method) in PEERS {
        println!(
            "{}  {}",
            row(peer, &scores(&truth, method)),
            told_false(false_efforts(&plain, method))
        );
    }
    let name = "hardeasy (seen in fitting)";
    println!(
        "{}  {}",
        row(name, &scores(&truth, ours)),
        told_false(false_efforts(&plain, ours))
    );
}

//! How well segmentation does: made-up runs, real ones where they are, and simple methods beside it.
//!
//! `HARDEASY_BENCHMARK=1 cargo test --release --test benchmark -- --nocapture` prints one table.

#![expect(clippy::print_stdout, reason = "a command that tells what it measured")]

mod common;

use common::made_up;
use common::made_up::MadeUp;
use common::metrics;
use common::metrics::Span;
use common::motion::Difficulty;
use common::plan::Kind;
use common::workouts::Workout;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::Segmentation;
use hardeasy::segmentation::segment;
use hardeasy::streams::Streams;
use rayon::prelude::*;

/// Made-up runs of each kind.
const RUNS: usize = 20;

fn made_up_runs(difficulty: Difficulty) -> Vec<MadeUp> {
    let wanted: Vec<(Workout, u64)> = made_up::KINDS
        .into_iter()
        .flat_map(|kind| made_up::PUBLISHED.take(RUNS).map(move |seed| (kind, seed)))
        .collect();
    wanted
        .par_iter()
        .map(|(kind, seed)| MadeUp::new(*kind, *seed, difficulty))
        .collect()
}

fn works(found: &Segmentation) -> Vec<Span> {
    let works = found
        .segments
        .iter()
        .filter(|segment| segment.kind.is_work());
    works.map(|work| (work.start_s, work.end_s)).collect()
}

/// Finds efforts by some method.
type Method = fn(&Streams) -> Vec<Span>;

fn ours(streams: &Streams) -> Vec<Span> {
    works(&segment(streams, LapPolicy::Ignore))
}

fn table(runs: &[MadeUp], method: Method) {
    let mut all = Vec::new();
    for kind in made_up::KINDS {
        let of_kind: Vec<&MadeUp> = runs.iter().filter(|run| run.workout == kind).collect();
        let found: Vec<Vec<Span>> = of_kind.par_iter().map(|run| method(&run.streams)).collect();
        let has_efforts = of_kind.iter().any(|run| !run.efforts().is_empty());
        if has_efforts {
            let scores: Vec<metrics::Score> = of_kind
                .iter()
                .zip(&found)
                .map(|(run, found)| {
                    let silent = run.spans(|kind| kind == Kind::Progression);
                    let counted: Vec<Span> = found
                        .iter()
                        .copied()
                        .filter(|f| silent.iter().all(|s| metrics::overlap(s, f) == 0.0))
                        .collect();
                    metrics::score(&run.efforts(), &counted)
                })
                .collect();
            println!("{:20} {}", kind.name(), row(&metrics::means(&scores)));
            all.extend(scores);
        } else {
            let some = found.iter().filter(|found| !found.is_empty()).count();
            println!(
                "{:20} with a false effort: {:.2}",
                kind.name(),
                some as f64 / found.len() as f64
            );
        }
    }
    println!("{:20} {}", "all with efforts", row(&metrics::means(&all)));
}

fn row(means: &[f64]) -> String {
    means
        .iter()
        .map(|mean| format!("{mean:6.2}"))
        .collect::<Vec<_>>()
        .join(" ")
}

#[test]
fn the_table_is_printed() {
    if std::env::var_os("HARDEASY_BENCHMARK").is_none() {
        println!("skipped: set HARDEASY_BENCHMARK");
        return;
    }
    for (name, difficulty) in [("soft", Difficulty::Soft), ("hard", Difficulty::Hard)] {
        println!("\n{name}: exact within-one IoU.5 IoU.75 F1@5 F1@5a F1@10 per-second");
        table(&made_up_runs(difficulty), ours);
    }
}

//! Fits the gate of segmentation on real runs and measures it on athletes it has not seen.
//!
//! `HARDEASY_TRAIN=1 cargo test --release --test training -- --nocapture` reads the corpus beside the
//! project, writes `src/segmentation/gate_weights.rs` and, into the target folder, the out-of-fold
//! documents that the corpus' own scorer reads.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a command that tells what it measured"
)]

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;

use hardeasy::ingest;
use hardeasy::ingest::Format;
use hardeasy::ingest::Strictness;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::fitting::Bouts;
use hardeasy::segmentation::gate::Gate;
use hardeasy::segmentation::gate::Model;
use hardeasy::segmentation::gate::probability;
use hardeasy::streams::Streams;
use rayon::prelude::*;

#[path = "common/boosting.rs"]
mod boosting;

use boosting::Example;
use boosting::fit;

/// Where the labelled runs are.
fn corpus() -> PathBuf {
    std::env::var_os("HARDEASY_CORPUS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus")),
        PathBuf::from,
    )
}

/// Start and end, in seconds.
type Span = (f64, f64);

/// One labelled run.
struct Run {
    file: String,
    folder: &'static str,
    athlete: String,
    streams: Streams,
    bouts: Bouts,
    ranges: Vec<Range<usize>>,
    truth: Vec<(f64, f64)>,
    ignored: Vec<(f64, f64)>,
}

fn runs(folder: &'static str) -> Vec<Run> {
    let mut paths: Vec<PathBuf> = walkdir::WalkDir::new(corpus().join(folder))
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(|entry| entry.into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "fit"))
        .collect();
    paths.sort();
    paths
        .par_iter()
        .filter_map(|path| read(folder, path))
        .collect()
}

fn read(folder: &'static str, path: &Path) -> Option<Run> {
    let bytes = std::fs::read(path).ok()?;
    let activity = ingest::read(&bytes, Format::Fit, Strictness::Lenient)
        .ok()?
        .into_iter()
        .next()?;
    let streams = hardeasy::streams::resample(&activity);
    let bouts = Bouts::find(&streams);
    let file = path.file_name()?.to_string_lossy().into_owned();
    let (truth, ignored) = labels(&path.with_extension("json"));
    Some(Run {
        athlete: file.get(..1)?.to_owned(),
        ranges: bouts.ranges(),
        folder,
        file,
        streams,
        bouts,
        truth,
        ignored,
    })
}

/// Returns the labelled repetitions, and those that nobody could be asked to find.
fn labels(path: &Path) -> (Vec<Span>, Vec<Span>) {
    let Ok(text) = std::fs::read_to_string(path) else {
        return Default::default();
    };
    let truth: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    let mut works = (Vec::new(), Vec::new());
    for segment in truth["segments"].as_array().into_iter().flatten() {
        if segment["label"] != "work" {
            continue;
        }
        let span = (
            segment["start_s"].as_f64().unwrap_or(0.0),
            segment["end_s"].as_f64().unwrap_or(0.0),
        );
        match segment["role"].as_str() {
            Some("steady" | "button_gap" | "unscored") => works.1.push(span),
            _ => works.0.push(span),
        }
    }
    works
}

fn overlap(one: (f64, f64), other: (f64, f64)) -> f64 {
    let common = (one.1.min(other.1) - one.0.max(other.0)).max(0.0);
    common / (one.1.max(other.1) - one.0.min(other.0))
}

fn span(range: &Range<usize>) -> (f64, f64) {
    (range.start as f64, range.end as f64)
}

/// Returns what the gate should say of each candidate: nothing where the labels are silent.
fn targets(run: &Run) -> Vec<Option<f64>> {
    run.ranges
        .iter()
        .map(|range| {
            let own = span(range);
            let best = run
                .truth
                .iter()
                .map(|truth| overlap(own, *truth))
                .fold(0.0, f64::max);
            let silent: f64 = run
                .ignored
                .iter()
                .map(|other| (own.1.min(other.1) - own.0.max(other.0)).max(0.0))
                .sum();
            if silent >= 0.5 * (own.1 - own.0) && best < 0.3 {
                return None;
            }
            Some(((best - LOW) / (HIGH - LOW)).clamp(0.0, 1.0))
        })
        .collect()
}

const THIN: usize = 3;
const LOW: f64 = 0.4;
const HIGH: f64 = 0.9;

fn examples(runs: &[&Run], rows: &[Vec<Vec<f64>>]) -> Vec<Example> {
    let mut examples = Vec::new();
    for (run, rows) in runs.iter().zip(rows) {
        let weight = if run.folder == "extra" { 0.5 } else { 1.0 };
        for (index, (row, target)) in rows.iter().zip(targets(run)).enumerate() {
            let Some(target) = target else { continue };
            // Negatives are many and alike: every third speaks for three.
            let thinned = target == 0.0 && index % THIN != 0;
            let weight = if target == 0.0 {
                weight * THIN as f64
            } else {
                weight
            };
            if !thinned {
                examples.push(Example {
                    row: row.clone(),
                    target,
                    weight,
                });
            }
        }
    }
    examples
}

/// The athletes that are held out together.
fn fold(athlete: &str) -> usize {
    match athlete {
        "a" => 0,
        "b" => 1,
        "e" => 2,
        "l" => 3,
        "c" | "d" | "g" => 4,
        "m" | "h" | "i" => 5,
        _ => 6,
    }
}
const FOLDS: usize = 7;

fn first_rows(runs: &[&Run]) -> Vec<Vec<Vec<f64>>> {
    runs.par_iter().map(|run| run.bouts.first_rows()).collect()
}

fn say(model: &Model, rows: &[Vec<f64>]) -> Vec<f64> {
    rows.iter()
        .map(|row| probability(model.log_odds(row)))
        .collect()
}

/// Fits both stages; the second sees what a first stage says of runs that it was not fitted on.
fn fit_both(runs: &[&Run]) -> (Model, Model) {
    let rows = first_rows(runs);
    let first = fit(&examples(runs, &rows), TREES);
    let folds: Vec<usize> = (0..FOLDS)
        .filter(|number| runs.iter().any(|run| fold(&run.athlete) == *number))
        .collect();
    let models: BTreeMap<usize, Model> = folds
        .par_iter()
        .map(|held| {
            let kept: Vec<usize> = (0..runs.len())
                .filter(|index| fold(&runs[*index].athlete) != *held)
                .collect();
            let some: Vec<&Run> = kept.iter().map(|index| runs[*index]).collect();
            let some_rows: Vec<_> = kept.iter().map(|index| rows[*index].clone()).collect();
            (*held, fit(&examples(&some, &some_rows), TREES))
        })
        .collect();
    let second_rows: Vec<_> = runs
        .par_iter()
        .zip(&rows)
        .map(|(run, rows)| {
            let model = &models[&fold(&run.athlete)];
            run.bouts.second_rows(&say(model, rows))
        })
        .collect();
    let second = fit(&examples(runs, &second_rows), TREES);
    (first, second)
}
const TREES: usize = 120;
const LEAST: f64 = 0.3;

fn predict(run: &Run, models: &(Model, Model)) -> (Vec<f64>, Vec<f64>) {
    let first = say(&models.0, &run.bouts.first_rows());
    let second = say(&models.1, &run.bouts.second_rows(&first));
    (first, second)
}

fn document(run: &Run, chosen: &[usize]) -> serde_json::Value {
    let mut segments = Vec::new();
    let mut push = |kind: &str, start: f64, end: f64| {
        if end > start {
            segments.push(serde_json::json!({"kind": kind, "start_s": start, "end_s": end}));
        }
    };
    let mut at = 0.0;
    for (place, index) in chosen.iter().enumerate() {
        let (start, end) = span(&run.ranges[*index]);
        push(if place == 0 { "warm_up" } else { "recovery" }, at, start);
        push("work", start, end);
        at = end;
    }
    push(
        if chosen.is_empty() {
            "steady"
        } else {
            "cool_down"
        },
        at,
        run.streams.elapsed_s,
    );
    let moving = run
        .streams
        .speed_m_s
        .iter()
        .flatten()
        .filter(|speed| *speed > 0.8)
        .count();
    serde_json::json!({"source": {"path": run.file}, "kind": null, "moving_s": moving, "segments": segments})
}

#[test]
fn the_gate_is_fitted() {
    if std::env::var_os("HARDEASY_TRAIN").is_none() || !corpus().is_dir() {
        println!("skipped: set HARDEASY_TRAIN and have the corpus");
        return;
    }
    let started = std::time::Instant::now();
    let truth = runs("truth");
    let extra = runs("extra");
    let plain = runs("plain");
    println!(
        "read {} {} {} in {:?}",
        truth.len(),
        extra.len(),
        plain.len(),
        started.elapsed()
    );
    for set in [&truth, &plain] {
        let seconds: f64 = set.iter().map(|run| run.streams.elapsed_s).sum();
        let count: usize = set.iter().map(|run| run.ranges.len()).sum();
        println!("{} candidates/h", count as f64 / seconds * 3600.0);
    }
    recall(&truth);
    if let Some(path) = std::env::var_os("HARDEASY_DUMP") {
        let mut out = Vec::new();
        for run in truth.iter().chain(&extra).chain(&plain) {
            let head = serde_json::json!({"file": run.file, "folder": run.folder, "truth": run.truth, "ignored": run.ignored,
                "elapsed": run.streams.elapsed_s, "ranges": run.ranges.iter().map(|range| [range.start, range.end]).collect::<Vec<_>>(),
                "rows": run.bouts.first_rows(), "speed": run.streams.speed_m_s.iter().map(|speed| speed.map(|speed| (speed * 100.0).round() / 100.0)).collect::<Vec<_>>()});
            out.push(head.to_string());
        }
        std::fs::write(path, out.join("\n")).unwrap();
        return;
    }
    let all: Vec<&Run> = truth.iter().chain(&extra).chain(&plain).collect();
    let started = std::time::Instant::now();
    let models: Vec<(Model, Model)> = (0..FOLDS)
        .into_par_iter()
        .map(|held| {
            let some: Vec<&Run> = all
                .iter()
                .filter(|run| fold(&run.athlete) != held)
                .copied()
                .collect();
            fit_both(&some)
        })
        .collect();
    println!("fitted in {:?}", started.elapsed());
    let outputs: Vec<(Vec<f64>, Vec<f64>)> = all
        .par_iter()
        .map(|run| predict(run, &models[fold(&run.athlete)]))
        .collect();
    let (first, second) = fit_both(&all);
    std::fs::write(
        WEIGHTS,
        source(&Gate {
            first,
            second,
            least: LEAST,
        }),
    )
    .unwrap();
    let lines: Vec<String> = all
        .par_iter()
        .filter(|run| run.folder != "extra")
        .map(|run| {
            let (first, second) = models[fold(&run.athlete)].clone();
            let gate = Gate {
                first,
                second,
                least: LEAST,
            };
            let segmentation =
                hardeasy::segmentation::segment_with(&run.streams, LapPolicy::Ignore, &gate);
            let moving: f64 = segmentation
                .segments
                .iter()
                .map(|segment| segment.moving_s)
                .sum();
            serde_json::json!({"source": {"path": run.file}, "kind": null, "moving_s": moving,
                "segments": segmentation.segments})
            .to_string()
        })
        .collect();
    std::fs::write(
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("out-full.ndjson"),
        lines.join("\n"),
    )
    .unwrap();
    for (stage, leasts) in [(2, [0.25, 0.3, 0.35])] {
        for least in leasts {
            let lines: Vec<String> = all
                .iter()
                .zip(&outputs)
                .filter(|(run, _)| run.folder != "extra")
                .map(|(run, output)| {
                    let probabilities = if stage == 1 { &output.0 } else { &output.1 };
                    document(run, &run.bouts.choose(probabilities, least)).to_string()
                })
                .collect();
            std::fs::write(
                Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("out-{stage}-{least}.ndjson")),
                lines.join("\n"),
            )
            .unwrap();
        }
    }
}

const WEIGHTS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/segmentation/gate_weights.rs"
);
const VERSION: u32 = 1;

/// Returns the weights as the source file that the library compiles.
fn source(gate: &Gate) -> String {
    let mut text = format!(
        "//! The weights of the gate, version {VERSION}: written by the training command of `tests/training.rs`.\n\
         //!\n//! Do not edit: a test compares this file with what training writes where the corpus is present.\n\n\
         #![allow(clippy::approx_constant, reason = \"fitted numbers\")]\n\n\
         use std::borrow::Cow;\n\n\
         use crate::segmentation::gate::Gate;\nuse crate::segmentation::gate::Model;\nuse crate::segmentation::gate::Tree;\n\n\
         /// The committed gate.\npub(crate) static GATE: Gate = Gate {{\n\
         \x20   first: Model {{\n        base: {:?},\n        trees: Cow::Borrowed(&FIRST),\n    }},\n\
         \x20   second: Model {{\n        base: {:?},\n        trees: Cow::Borrowed(&SECOND),\n    }},\n    least: {:?},\n}};\n",
        gate.first.base, gate.second.base, gate.least
    );
    for (name, model) in [("FIRST", &gate.first), ("SECOND", &gate.second)] {
        text += &format!(
            "\n#[rustfmt::skip]\nstatic {name}: [Tree; {}] = [\n",
            model.trees.len()
        );
        for tree in model.trees.iter() {
            text += &format!(
                "    Tree {{ features: {:?}, thresholds: {:?}, values: {:?} }},\n",
                tree.features, tree.thresholds, tree.values
            );
        }
        text += "];\n";
    }
    text
}

fn recall(runs: &[Run]) {
    for least in [0.5, 0.75, 0.9] {
        let mut per_run = Vec::new();
        for run in runs {
            let found = run.truth.iter().filter(|truth| {
                run.ranges
                    .iter()
                    .any(|range| overlap(span(range), **truth) >= least)
            });
            per_run.push(found.count() as f64 / run.truth.len().max(1) as f64);
        }
        println!(
            "recall at {least}: {:.3}",
            per_run.iter().sum::<f64>() / per_run.len() as f64
        );
    }
}

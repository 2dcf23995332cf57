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
use hardeasy::segmentation::Segmentation;
use hardeasy::segmentation::fitting::Bouts;
use hardeasy::segmentation::gate::Gate;
use hardeasy::segmentation::gate::Model;
use hardeasy::segmentation::gate::probability;
use hardeasy::segmentation::segment_with;
use hardeasy::streams::Streams;
use rayon::prelude::*;

mod common;

use common::augment::augmented;
use common::boosting::Example;
use common::boosting::fit;
use common::made_up;
use common::made_up::MadeUp;
use common::motion::Difficulty;
use common::plan::Kind;

/// The version of the table of weights.
const VERSION: u32 = 3;
/// Where the table is.
const WEIGHTS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/src/segmentation/gate_weights.rs"
);
/// Trees of each stage.
const TREES: usize = 240;
/// Changed copies of each run with labels, and of each without.
const COPIES: u64 = 3;
const PLAIN_COPIES: u64 = 1;
/// Made-up runs of each kind.
const MADE_UP: usize = 10;
/// What a made-up run weighs against a real one.
const MADE_UP_WEIGHT: f64 = 0.5;
/// Athletes are held out in so many groups.
const FOLDS: usize = 7;
/// Every so many negatives one is taken, with their weight.
const THIN: usize = 3;
/// An overlap up to this is no hit at all.
const LOW: f64 = 0.4;
/// An overlap from this on is a full hit.
const HIGH: f64 = 0.9;

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
    /// The group with which it is held out.
    fold: usize,
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
    let file = path.file_name()?.to_string_lossy().into_owned();
    let labels = labels(&path.with_extension("json"));
    let group = fold(file.get(..1)?);
    Some(Run::new(file, folder, group, streams, labels))
}

impl Run {
    fn new(
        file: String,
        folder: &'static str,
        fold: usize,
        streams: Streams,
        (truth, ignored): (Vec<Span>, Vec<Span>),
    ) -> Self {
        let bouts = Bouts::find(&streams);
        Self {
            ranges: bouts.ranges(),
            fold,
            folder,
            file,
            streams,
            bouts,
            truth,
            ignored,
        }
    }

    /// Returns how much its labels are trusted.
    fn weight(&self) -> f64 {
        match self.folder {
            "extra" => 0.5,
            "made-up" => MADE_UP_WEIGHT,
            _ => 1.0,
        }
    }

    /// Returns a changed copy of a run.
    fn augmented(&self, seed: u64) -> Self {
        let (streams, stretch) = augmented(&self.streams, seed);
        let spans = |spans: &[Span]| -> Vec<Span> {
            let longer = spans
                .iter()
                .map(|(start, end)| (start * stretch, end * stretch));
            longer.collect()
        };
        let labels = (spans(&self.truth), spans(&self.ignored));
        Self::new(self.file.clone(), self.folder, self.fold, streams, labels)
    }
}

/// Returns changed copies of labelled and plain runs.
fn copies(runs: &[&Run]) -> Vec<Run> {
    runs.par_iter()
        .enumerate()
        .flat_map_iter(|(index, run)| {
            let count = if run.folder == "plain" {
                PLAIN_COPIES
            } else {
                COPIES
            };
            (0..count).map(move |copy| run.augmented(1000 * index as u64 + copy))
        })
        .collect()
}

/// Returns made-up runs of all kinds but those that are held out.
fn made_up_runs() -> Vec<Run> {
    let kinds = made_up::KINDS
        .into_iter()
        .filter(|kind| !made_up::HELD_OUT.contains(kind));
    let wanted: Vec<(common::workouts::Workout, u64)> = kinds
        .flat_map(|kind| made_up::FITTING.take(MADE_UP).map(move |seed| (kind, seed)))
        .collect();
    wanted
        .par_iter()
        .enumerate()
        .map(|(index, (kind, seed))| {
            let run = MadeUp::new(*kind, *seed + 37 * index as u64 % 900, Difficulty::Hard);
            let silent = run.spans(|kind| kind == Kind::Progression);
            let labels = (run.efforts(), silent);
            Run::new(
                kind.name().to_owned(),
                "made-up",
                index % FOLDS,
                run.streams,
                labels,
            )
        })
        .collect()
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

fn examples(runs: &[&Run], rows: &[Vec<Vec<f64>>]) -> Vec<Example> {
    let mut examples = Vec::new();
    for (run, rows) in runs.iter().zip(rows) {
        let weight = run.weight();
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

fn first_rows(runs: &[&Run]) -> Vec<Vec<Vec<f64>>> {
    runs.par_iter().map(|run| run.bouts.first_rows()).collect()
}

fn say(model: &Model, rows: &[Vec<f64>]) -> Vec<f64> {
    rows.iter()
        .map(|row| probability(model.log_odds(row)))
        .collect()
}

/// Fits a model on all runs, and one for each fold on the other folds; returns the first, and the
/// probabilities that runs get by the model that has not seen them.
fn fit_stage(runs: &[&Run], rows: &[Vec<Vec<f64>>]) -> (Model, Vec<Vec<f64>>) {
    let model = fit(&examples(runs, rows), TREES);
    let folds: Vec<usize> = (0..FOLDS)
        .filter(|number| runs.iter().any(|run| run.fold == *number))
        .collect();
    let models: BTreeMap<usize, Model> = folds
        .par_iter()
        .map(|held| {
            let kept: Vec<usize> = (0..runs.len())
                .filter(|index| runs[*index].fold != *held)
                .collect();
            let some: Vec<&Run> = kept.iter().map(|index| runs[*index]).collect();
            let some_rows: Vec<_> = kept.iter().map(|index| rows[*index].clone()).collect();
            (*held, fit(&examples(&some, &some_rows), TREES))
        })
        .collect();
    let said = runs
        .par_iter()
        .zip(rows)
        .map(|(run, rows)| say(&models[&run.fold], rows))
        .collect();
    (model, said)
}

/// Fits all stages; each sees what the one before says of runs that it was not fitted on.
fn gate(runs: &[&Run]) -> Gate {
    let (first, said) = fit_stage(runs, &first_rows(runs));
    let (second, said) = fit_stage(runs, &later_rows(runs, &said));
    let third = fit(&examples(runs, &later_rows(runs, &said)), TREES);
    Gate {
        first,
        second,
        third,
    }
}

fn later_rows(runs: &[&Run], said: &[Vec<f64>]) -> Vec<Vec<Vec<f64>>> {
    runs.par_iter()
        .zip(said)
        .map(|(run, said)| run.bouts.later_rows(said))
        .collect()
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
    let real: Vec<&Run> = truth.iter().chain(&extra).chain(&plain).collect();
    let more = copies(&real);
    let made_up = made_up_runs();
    println!(
        "{} copies, {} made up after {:?}",
        more.len(),
        made_up.len(),
        started.elapsed()
    );
    let all: Vec<&Run> = real.iter().copied().chain(&more).chain(&made_up).collect();
    let held_out: Vec<Gate> = (0..FOLDS)
        .into_par_iter()
        .map(|held| {
            let kept = all.iter().filter(|run| run.fold != held);
            gate(&kept.copied().collect::<Vec<_>>())
        })
        .collect();
    let shipped = gate(&all);
    std::fs::write(WEIGHTS, source(&shipped)).unwrap();
    write(&real, "out-of-fold", LapPolicy::Ignore, |run| {
        &held_out[run.fold]
    });
    write(&real, "in-sample", LapPolicy::Ignore, |_| &shipped);
    write(&real, "laps", LapPolicy::Auto, |run| &held_out[run.fold]);
    println!("done after {:?}", started.elapsed());
}

/// Writes the documents that the corpus' scorer reads.
fn write<'a>(runs: &[&Run], name: &str, laps: LapPolicy, gate: impl Fn(&Run) -> &'a Gate + Sync) {
    let scored = runs.iter().filter(|run| run.folder != "extra");
    let scored: Vec<&Run> = scored.copied().collect();
    let lines: Vec<String> = scored
        .par_iter()
        .map(|run| document(run, &segment_with(&run.streams, laps, gate(run))))
        .collect();
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.ndjson"));
    std::fs::write(&path, lines.join("\n")).unwrap();
    println!("wrote {}", path.display());
}

fn document(run: &Run, found: &Segmentation) -> String {
    let moving: f64 = found.segments.iter().map(|segment| segment.moving_s).sum();
    serde_json::json!({
        "source": {"path": run.file},
        "kind": null,
        "moving_s": moving,
        "segments": found.segments,
    })
    .to_string()
}

/// Returns the weights as the source file that the library compiles.
fn source(gate: &Gate) -> String {
    let mut text = format!(
        "//! The weights of the gate, version {VERSION}: written by the training command of `tests/training.rs`.\n\
         //! Not to be edited by hand.\n\n\
         #![allow(clippy::approx_constant, reason = \"fitted numbers\")]\n\n\
         use std::borrow::Cow;\n\n\
         use crate::segmentation::gate::Gate;\nuse crate::segmentation::gate::Model;\nuse crate::segmentation::gate::Tree;\n\n\
         /// The committed gate.\npub(crate) static GATE: Gate = Gate {{\n\
         \x20   first: Model {{\n        base: {:?},\n        trees: Cow::Borrowed(&FIRST),\n    }},\n\
         \x20   second: Model {{\n        base: {:?},\n        trees: Cow::Borrowed(&SECOND),\n    }},\n\
         \x20   third: Model {{\n        base: {:?},\n        trees: Cow::Borrowed(&THIRD),\n    }},\n}};\n",
        gate.first.base, gate.second.base, gate.third.base
    );
    for (name, model) in [
        ("FIRST", &gate.first),
        ("SECOND", &gate.second),
        ("THIRD", &gate.third),
    ] {
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

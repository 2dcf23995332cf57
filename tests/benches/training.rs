//! Fits the gate of segmentation on real runs and measures it on athletes it has not seen.
//!
//! `cargo bench --bench training -- whole` reads the corpus beside the project, writes
//! `src/segmentation/gate/weights.rs` and, into the target folder, the out-of-fold documents that the
//! corpus' own scorer reads; `-- habits` fits the last stage alone.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a command that tells what it measured"
)]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use hardeasy::segmentation::AthletePast;
use hardeasy::segmentation::Candidate;
use hardeasy::segmentation::LapPolicy;
use hardeasy::segmentation::Segmentation;
use hardeasy::segmentation::fitting::committed;
use hardeasy::segmentation::fitting::segment_known;
use hardeasy::segmentation::gate::Calibration;
use hardeasy::segmentation::gate::Gate;
use hardeasy::segmentation::gate::Model;
use hardeasy::segmentation::gate::USUAL_LEAST;
use hardeasy::segmentation::gate::habits;
use hardeasy::segmentation::gate::probability;
use hardeasy::segmentation::segment_with;
use rayon::prelude::*;

#[path = "../common/mod.rs"]
mod common;

use common::altered::Change;
use common::boosting::Example;
use common::boosting::fit;
use common::boosting::fit_on;
use common::corpus;
use common::corpus::Run;
use common::made_up;
use common::made_up::MadeUp;
use common::metrics;
use common::metrics::Span;
use common::metrics::overlap;
use common::motion::Difficulty;
use common::weights;

/// Trees of each stage.
const TREES: usize = 240;
/// Trees that say what habits add: few, as few real athletes show it.
const TREES_OF_HABITS: usize = 100;
/// The place of what the third stage said in the rows of the fourth.
const LOG_ODDS: usize = 0;
/// In the fourth stage weights of less sure runs count to this power.
const HABITS_OF_MADE_UP: f64 = 1.5;
/// Changed copies of each run with labels, and of each without.
const COPIES: u64 = 3;
const PLAIN_COPIES: u64 = 1;
/// Copies of each run with labels, and of each without, into which stops, walks or lights were put.
const ALTERED: usize = 2;
const PLAIN_ALTERED: usize = 3;
/// Made-up runs of each kind.
const MADE_UP: usize = 16;
/// The same of kinds without efforts, and of those that are rare among the labelled runs.
const MADE_UP_RARE: usize = 40;
/// What a run with less sure labels weighs.
const EXTRA_WEIGHT: f64 = 0.5;
/// What a made-up run weighs against a real one.
const MADE_UP_WEIGHT: f64 = 0.25;
/// The same of kinds that are rare among the labelled runs, or without efforts.
const RARE_WEIGHT: f64 = 0.5;
const SECONDS_PER_HOUR: f64 = 3600.0;
/// Athletes are held out in so many groups.
const FOLDS: usize = 7;
/// What a stage says of runs that it has not seen is found in so many groups of athletes.
const INNER_FOLDS: usize = 3;
/// Of the candidates that are no effort every so many is taken in the first stage, with the weight of
/// all; later stages see few enough.
const THIN: usize = 8;
/// Steps of Newton's method: far more than it needs.
const NEWTON_STEPS: usize = 20;
/// How much the calibration is held back, as so much evidence for factors of 0.
const HELD_BACK: f64 = 1.0;
/// An overlap up to this is no hit at all.
const LOW: f64 = 0.4;
/// An overlap from this on is a full hit.
const HIGH: f64 = 0.9;
/// Edges within this of the label are sharp, from the other on blunt, in seconds: labels themselves
/// lie some seconds off.
const SHARP_S: f64 = 5.0;
const BLUNT_S: f64 = 20.0;
/// What blunt edges take from a hit.
const EDGES: f64 = 0.25;

/// Returns how much the labels of a run are trusted.
fn weight(run: &Run) -> f64 {
    match run.folder {
        "extra" => EXTRA_WEIGHT,
        "made-up" => MADE_UP_WEIGHT,
        "rare" => RARE_WEIGHT,
        _ => 1.0,
    }
}

/// Returns copies of runs into which things were put that are no effort, and of sets whose rests became
/// a stopped watch.
fn altered_copies(runs: &[&Run]) -> Vec<Run> {
    runs.par_iter()
        .enumerate()
        .flat_map_iter(|(index, run)| {
            let count = if run.folder == "plain" {
                PLAIN_ALTERED
            } else {
                ALTERED
            };
            let seed = 7 * index;
            let changes =
                (0..count).map(move |copy| (copy, Change::ALL[(seed + copy) % Change::ALL.len()]));
            let stops =
                changes.map(move |(copy, change)| run.altered(change, (seed + copy) as u64));
            stops.chain(run.with_paused_rests(seed as u64))
        })
        .collect()
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

fn is_rare(kind: common::workouts::Workout) -> bool {
    made_up::PLAIN.contains(&kind)
        || made_up::RARE.contains(&kind)
        || made_up::FURTHER.contains(&kind)
}

/// Returns made-up runs of all kinds but those that are held out.
fn made_up_runs() -> Vec<Run> {
    let kinds = made_up::KINDS
        .iter()
        .chain(&made_up::FURTHER)
        .copied()
        .filter(|kind| !made_up::HELD_OUT.contains(kind));
    let wanted: Vec<(common::workouts::Workout, u64)> = kinds
        .flat_map(|kind| {
            let count = if is_rare(kind) { MADE_UP_RARE } else { MADE_UP };
            made_up::FITTING.take(count).map(move |seed| (kind, seed))
        })
        .collect();
    wanted
        .par_iter()
        .enumerate()
        .map(|(index, (kind, seed))| {
            let run = MadeUp::new(*kind, *seed + 37 * index as u64 % 900, Difficulty::Hard);
            let folder = if is_rare(*kind) { "rare" } else { "made-up" };
            run.labelled(folder, index % FOLDS)
        })
        .collect()
}

fn span(range: &Range<usize>) -> Span {
    (range.start as f64, range.end as f64)
}

/// Returns what the gate should say of each candidate: nothing where the labels are silent.
fn targets(run: &Run) -> Vec<Option<f64>> {
    run.ranges
        .iter()
        .map(|range| {
            let own = span(range);
            let (best, truth) = run
                .clear()
                .map(|truth| (overlap(&own, truth), Some(truth)))
                .fold(
                    (0.0, None),
                    |best, next| if next.0 > best.0 { next } else { best },
                );
            if run.is_unknown(own) && best < 0.3 {
                return None;
            }
            let hit = ((best - LOW) / (HIGH - LOW)).clamp(0.0, 1.0);
            let edges = truth.map_or(1.0, |truth| {
                f64::midpoint(sharpness(own.0, truth.0), sharpness(own.1, truth.1))
            });
            Some(hit * (1.0 - EDGES + EDGES * edges))
        })
        .collect()
}

/// Returns 1 for an edge at its place, and 0 for one far from it.
fn sharpness(edge: f64, wanted: f64) -> f64 {
    1.0 - (((edge - wanted).abs() - SHARP_S) / (BLUNT_S - SHARP_S)).clamp(0.0, 1.0)
}

fn examples(runs: &[&Run], rows: &[Vec<Vec<f64>>], thin: usize) -> Vec<Example> {
    let mut examples = Vec::new();
    for (run, rows) in runs.iter().zip(rows) {
        let weight = weight(run);
        for (index, (row, target)) in rows.iter().zip(targets(run)).enumerate() {
            let Some(target) = target.filter(|_| !row.is_empty()) else {
                continue;
            };
            // Negatives are many and alike.
            let thinned = target == 0.0 && index % thin != 0;
            let weight = if target == 0.0 {
                weight * thin as f64
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

/// Fits a model on all runs, and one for each fold on the other folds; returns the first, and the
/// probabilities that runs get by the model that has not seen them.
fn fit_stage(runs: &[&Run], rows: &[Vec<Vec<f64>>], thin: usize) -> (Model, Vec<Vec<f64>>) {
    let model = fit(&examples(runs, rows, thin), TREES);
    let models: BTreeMap<usize, Model> = (0..INNER_FOLDS)
        .into_par_iter()
        .map(|held| {
            let kept: Vec<usize> = (0..runs.len())
                .filter(|index| runs[*index].fold % INNER_FOLDS != held)
                .collect();
            let some: Vec<&Run> = kept.iter().map(|index| runs[*index]).collect();
            let some_rows: Vec<_> = kept.iter().map(|index| rows[*index].clone()).collect();
            (held, fit(&examples(&some, &some_rows, thin), TREES))
        })
        .collect();
    let said = runs
        .par_iter()
        .zip(rows)
        .map(|(run, rows)| models[&(run.fold % INNER_FOLDS)].probabilities(rows))
        .collect();
    (model, said)
}

/// Fits all stages; each sees what the one before says of runs that it was not fitted on.
fn gate(runs: &[&Run]) -> Gate {
    let (first, said) = fit_stage(runs, &first_rows(runs), THIN);
    let (second, said) = fit_stage(runs, &later_rows(runs, &said), 1);
    let (third, said) = fit_stage(runs, &later_rows(runs, &said), 1);
    let calibration = calibrate(runs, &said, &|place, said| runs[place].bouts.kept(said));
    let nothing = Model {
        base: 0.0,
        trees: Cow::Borrowed(&[]),
    };
    with_habits(
        runs,
        &Gate {
            first,
            second,
            third,
            fourth: nothing,
            calibration,
            known_calibration: calibration,
        },
    )
}

/// Fits the fourth stage of a gate: what habits add to what its third says.
fn with_habits(runs: &[&Run], gate: &Gate) -> Gate {
    let told: Vec<Told> = runs
        .par_iter()
        .filter(|run| run.habits.is_some())
        .map(|run| Told::of(run, gate))
        .collect();
    let runs: Vec<&Run> = told.iter().map(|one| one.run).collect();
    let rows: Vec<_> = told.iter().map(Told::rows).collect();
    let (fourth, said) = fit_fourth(&runs, &rows);
    let known_calibration = calibrate(&runs, &said, &|place, said| {
        let told = &told[place];
        let of_told: Vec<f64> = told.told.iter().map(|index| said[*index]).collect();
        told.run.bouts.kept_of_told(&told.told, &of_told)
    });
    Gate {
        fourth,
        known_calibration,
        ..gate.clone()
    }
}

/// Fits what habits add, and one model for each group of athletes on the others; returns the first, and
/// the probabilities that runs get by the model that has not seen them.
fn fit_fourth(runs: &[&Run], rows: &[Vec<Vec<f64>>]) -> (Model, Vec<Vec<f64>>) {
    let fitted = |kept: &(dyn Fn(&Run) -> bool + Sync)| {
        let some: Vec<usize> = (0..runs.len()).filter(|index| kept(runs[*index])).collect();
        let some_runs: Vec<&Run> = some.iter().map(|index| runs[*index]).collect();
        let some_rows: Vec<_> = some.iter().map(|index| rows[*index].clone()).collect();
        let mut examples = examples(&some_runs, &some_rows, 1);
        let said: Vec<f64> = examples.iter().map(|one| one.row[LOG_ODDS]).collect();
        // Made-up athletes keep their habits better than real ones.
        for example in &mut examples {
            example.weight = example.weight.powf(HABITS_OF_MADE_UP);
        }
        fit_on(&said, &examples, TREES_OF_HABITS)
    };
    let models: Vec<Model> = (0..INNER_FOLDS)
        .into_par_iter()
        .map(|held| fitted(&|run| run.fold % INNER_FOLDS != held))
        .collect();
    let said = runs.iter().zip(rows).map(|(run, rows)| {
        let model = &models[run.fold % INNER_FOLDS];
        let say = |row: &Vec<f64>| match row.is_empty() {
            true => 0.0,
            false => probability(row[LOG_ODDS] + model.log_odds(row)),
        };
        rows.iter().map(say).collect()
    });
    let said = said.collect();
    (fitted(&|_| true), said)
}

/// A run of an athlete of whom something is known, with the candidates that its summary keeps.
struct Told<'a> {
    run: &'a Run,
    told: Vec<usize>,
    candidates: Vec<Candidate>,
}

impl<'a> Told<'a> {
    fn of(run: &'a Run, gate: &Gate) -> Self {
        let (told, candidates) = run.bouts.told(&heard(run, gate)[2]);
        Self {
            run,
            told,
            candidates,
        }
    }

    /// Returns the rows of the fourth stage; empty ones for candidates that are not kept.
    fn rows(&self) -> Vec<Vec<f64>> {
        let habits = self.run.habits.as_ref().unwrap();
        let mut rows = vec![Vec::new(); self.run.ranges.len()];
        for (index, row) in self.told.iter().zip(habits::rows(&self.candidates, habits)) {
            rows[*index] = row;
        }
        rows
    }
}

/// Returns what the three stages say of a run by itself.
fn heard(run: &Run, gate: &Gate) -> [Vec<f64>; 3] {
    let first = gate.first.probabilities(&run.bouts.first_rows());
    let second = gate.second.probabilities(&run.bouts.later_rows(&first));
    let third = gate.third.probabilities(&run.bouts.later_rows(&second));
    [first, second, third]
}

/// Returns which candidates of a run, given by its place, are kept, with their edges, by what a stage
/// says of them.
type Kept<'a> = &'a (dyn Fn(usize, &[f64]) -> Vec<(usize, Span)> + Sync);

/// Fits how often kept candidates are real, by what stages say that have not seen them: logistic
/// regression by Newton's method, held back a little so that it stays defined.
fn calibrate(runs: &[&Run], said: &[Vec<f64>], kept: Kept) -> Calibration {
    let judged: Vec<([f64; 3], f64, f64)> = runs
        .par_iter()
        .zip(said)
        .enumerate()
        .flat_map_iter(|(place, (run, said))| {
            let kept = kept(place, said).into_iter();
            kept.filter(|(_, own)| !run.is_unknown(*own))
                .map(|(index, own)| {
                    let hit = run.clear().any(|truth| overlap(&own, truth) >= 0.5);
                    let row = Calibration::row(said[index], run.ranges[index].len());
                    (row, f64::from(u8::from(hit)), weight(run))
                })
        })
        .collect();
    let mut factors = [0.0, 1.0, 0.0];
    for _ in 0..NEWTON_STEPS {
        let mut slope = [0.0; 3];
        let mut curve = [[0.0; 3]; 3];
        for (place, row) in curve.iter_mut().enumerate() {
            row[place] = HELD_BACK;
        }
        for (row, hit, weight) in &judged {
            let odds: f64 = row
                .iter()
                .zip(factors)
                .map(|(one, factor)| one * factor)
                .sum();
            let chance = probability(odds);
            for one in 0..3 {
                slope[one] += weight * (hit - chance) * row[one];
                for other in 0..3 {
                    curve[one][other] += weight * chance * (1.0 - chance) * row[one] * row[other];
                }
            }
        }
        let step = solved(curve, slope);
        for (factor, step) in factors.iter_mut().zip(step) {
            *factor += step;
        }
    }
    let factors = factors.map(|factor| (factor * 1e3).round() / 1e3);
    println!(
        "calibration {factors:?} on {} kept candidates",
        judged.len()
    );
    Calibration { factors }
}

/// Solves three equations by elimination; the matrix is positive definite.
fn solved(mut left: [[f64; 3]; 3], mut right: [f64; 3]) -> [f64; 3] {
    for pivot in 0..3 {
        let (own, value) = (left[pivot], right[pivot]);
        for row in (0..3).filter(|row| *row != pivot) {
            let factor = left[row][pivot] / own[pivot];
            for (cell, own) in left[row].iter_mut().zip(own) {
                *cell -= factor * own;
            }
            right[row] -= factor * value;
        }
    }
    [0, 1, 2].map(|index| right[index] / left[index][index])
}

fn later_rows(runs: &[&Run], said: &[Vec<f64>]) -> Vec<Vec<Vec<f64>>> {
    runs.par_iter()
        .zip(said)
        .map(|(run, said)| run.bouts.later_rows(said))
        .collect()
}

/// The runs that the gate is fitted on.
struct Material {
    /// As recorded.
    real: Vec<Run>,
    /// Changed copies, and made-up runs.
    more: Vec<Run>,
}

impl Material {
    fn read() -> Self {
        let habits = corpus::habits();
        let mut real = Vec::new();
        for folder in ["truth", "extra", "plain"] {
            let mut runs = corpus::runs(folder, fold);
            for run in &mut runs {
                run.habits = habits.get(&run.file).cloned();
            }
            let known = runs.iter().filter(|run| run.habits.is_some()).count();
            println!("{} runs of {folder}, {known} of known habits", runs.len());
            real.extend(runs);
        }
        let all: Vec<&Run> = real.iter().collect();
        let mut more = copies(&all);
        more.extend(altered_copies(&all));
        more.extend(made_up_runs());
        println!("{} copies and made-up runs", more.len());
        Self { real, more }
    }

    fn all(&self) -> Vec<&Run> {
        self.real.iter().chain(&self.more).collect()
    }
}

fn main() {
    if !corpus::place().is_dir() {
        println!("skipped: there is no corpus beside the project");
        return;
    }
    // Cargo adds an argument of its own.
    let asked = |part: &str| std::env::args().any(|argument| argument == part);
    match (asked("whole"), asked("habits")) {
        (true, _) => fit_all_stages(),
        (false, true) => fit_the_stage_of_habits(),
        _ => println!("say what to fit: whole, or habits"),
    }
}

/// Fits all stages, and measures them on athletes that they have not seen.
fn fit_all_stages() {
    let started = std::time::Instant::now();
    let material = Material::read();
    let all = material.all();
    let held_out: Vec<Gate> = (0..FOLDS)
        .into_par_iter()
        .map(|held| {
            let kept = all.iter().filter(|run| run.fold != held);
            gate(&kept.copied().collect::<Vec<_>>())
        })
        .collect();
    let shipped = gate(&all);
    std::fs::write(weights::PLACE, weights::source(&shipped)).unwrap();
    let real: Vec<&Run> = material.real.iter().collect();
    let unseen = |run: &Run| &held_out[run.fold];
    write(&real, "out-of-fold", LapPolicy::Ignore, false, unseen);
    write(&real, "known", LapPolicy::Ignore, true, unseen);
    write(&real, "in-sample", LapPolicy::Ignore, false, |_| &shipped);
    write(&real, "laps", LapPolicy::Auto, false, unseen);
    write(&real, "known-laps", LapPolicy::Auto, true, unseen);
    ablation(&real, &held_out);
    println!("done after {:?}", started.elapsed());
}

/// Fits what habits add alone, to the stages that are committed: for changes of that stage.
fn fit_the_stage_of_habits() {
    let material = Material::read();
    let shipped = with_habits(&material.all(), committed());
    std::fs::write(weights::PLACE, weights::source(&shipped)).unwrap();
}

/// One way of choosing efforts: what a run's stages say, to the efforts found.
type Choice<'a> = &'a dyn Fn(&Run, &[Vec<f64>; 3]) -> Vec<Span>;

/// Prints what each part of the method adds, and how the whole does by kind of set, on athletes that
/// the gate has not seen.
fn ablation(runs: &[&Run], held_out: &[Gate]) {
    let said: Vec<[Vec<f64>; 3]> = runs
        .par_iter()
        .map(|run| heard(run, &held_out[run.fold]))
        .collect();
    let heard: Vec<Heard> = runs.iter().copied().zip(&said).collect();
    let above = |run: &Run, said: &[f64]| -> Vec<Span> {
        let chosen = run.bouts.above(said, USUAL_LEAST).into_iter();
        chosen.map(|index| span(&run.ranges[index])).collect()
    };
    let by_gap = |run: &Run, said: &[f64]| -> Vec<Span> {
        let kept = run.bouts.kept(said).into_iter();
        kept.map(|(index, _)| span(&run.ranges[index])).collect()
    };
    let whole = |run: &Run, said: &[f64]| -> Vec<Span> {
        run.bouts
            .kept(said)
            .into_iter()
            .map(|kept| kept.1)
            .collect()
    };
    let with_progressions = |run: &Run, _: &[Vec<f64>; 3]| -> Vec<Span> {
        let found = segment_with(&run.streams, LapPolicy::Ignore, &held_out[run.fold]);
        let works = found.segments.iter().filter(|one| one.kind.is_work());
        works.map(|work| (work.start_s, work.end_s)).collect()
    };
    let choices: [(&str, Choice); 6] = [
        ("first stage", &|run, said| above(run, &said[0])),
        ("and second", &|run, said| above(run, &said[1])),
        ("and third", &|run, said| above(run, &said[2])),
        ("and clearest gap", &|run, said| by_gap(run, &said[2])),
        ("and edges of ramps", &|run, said| whole(run, &said[2])),
        ("and progressions", &with_progressions),
    ];
    println!("\nout of fold         {HEADINGS}");
    for (name, choice) in choices {
        println!(
            "{name:20} {} {}",
            scored(&heard, choice, None),
            falsely(&heard, choice)
        );
    }
    let kinds: BTreeSet<&str> = runs.iter().map(|run| run.set_type.as_str()).collect();
    for kind in kinds.into_iter().filter(|kind| !kind.is_empty()) {
        let line = scored(&heard, &with_progressions, Some(kind));
        println!("  {kind:18} {line}");
    }
    println!("{}", trust(&heard, held_out));
}

/// A run with what the three stages say of its candidates.
type Heard<'a> = (&'a Run, &'a [Vec<f64>; 3]);
const HEADINGS: &str = "exact off<=1 IoU.5 IoU.75 F1@5 F1@5a F1@10 second  runs";

/// Returns the means over labelled runs, of one kind of set or of all.
fn scored(heard: &[Heard], choice: Choice, kind: Option<&str>) -> String {
    let labelled = heard.iter().filter(|(run, _)| run.folder == "truth");
    let scores: Vec<metrics::Score> = labelled
        .filter(|(run, _)| kind.is_none_or(|kind| run.set_type == kind))
        .map(|(run, said)| run.score(&choice(run, said)))
        .collect();
    let means = metrics::means(&scores);
    let cells: Vec<String> = means.iter().map(|mean| format!("{mean:.2}")).collect();
    format!("{} {:5}", cells.join("  "), scores.len())
}

/// Returns what is found in runs without marked efforts.
fn falsely(heard: &[Heard], choice: Choice) -> String {
    let plain: Vec<&Heard> = heard
        .iter()
        .filter(|(run, _)| run.folder == "plain")
        .collect();
    let found: Vec<usize> = plain
        .iter()
        .map(|(run, said)| choice(run, said).len())
        .collect();
    let seconds: f64 = plain.iter().map(|(run, _)| run.streams.elapsed_s).sum();
    let none = found.iter().filter(|count| **count == 0).count();
    format!(
        "false efforts per hour {:.2}, none in {:.2} of {}",
        found.iter().sum::<usize>() as f64 / seconds * SECONDS_PER_HOUR,
        none as f64 / plain.len() as f64,
        plain.len()
    )
}

/// Returns how far confidence is from the truth.
fn trust(heard: &[Heard], held_out: &[Gate]) -> String {
    let scored = heard.iter().filter(|(run, _)| run.folder != "extra");
    let judged: Vec<(f64, bool)> = scored
        .flat_map(|(run, said)| {
            let calibration = held_out[run.fold].calibration;
            let kept = run.bouts.kept(&said[2]).into_iter();
            let known = kept.filter(|(_, own)| !run.is_unknown(*own));
            known.map(move |(index, own)| {
                let length = run.ranges[index].len();
                let sure = calibration.confidence(said[2][index], length);
                (sure, run.clear().any(|truth| overlap(&own, truth) >= 0.5))
            })
        })
        .collect();
    format!(
        "calibration error of confidence {:.3} on {} efforts",
        metrics::calibration_error(&judged),
        judged.len()
    )
}

/// Writes the documents that the corpus' scorer reads.
fn write<'a>(
    runs: &[&Run],
    name: &str,
    laps: LapPolicy,
    known: bool,
    gate: impl Fn(&Run) -> &'a Gate + Sync,
) {
    let scored = runs.iter().filter(|run| run.folder != "extra");
    let scored: Vec<&Run> = scored.copied().collect();
    let lines: Vec<String> = scored
        .par_iter()
        .map(|run| {
            let known = AthletePast {
                habits: run.habits.as_ref().filter(|_| known),
                race_m: None,
            };
            document(run, &segment_known(&run.streams, laps, gate(run), known))
        })
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

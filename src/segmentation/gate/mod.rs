//! The gate: candidate → probability that it is an effort.
//!
//! Three stages of small boosted trees. The first looks at each candidate by itself; the best choice
//! without overlap by its probabilities is what the second looks at, and what that chooses the third.
//! The log-odds of a candidate are a sum over trees, and each tree adds what its splits add on the way
//! to a leaf, so that every feature has its own additive contribution.
//!
//! What is kept is decided by run: the candidates above the clearest gap between what may be an effort
//! and what is not. In one run all efforts are plain to see; in another they are all faint, and still
//! nothing else in it comes near them.
//!
//! Why fitted: rules of the kind "faster than average by so much" fire on ordinary runs, whose fastest
//! minute is 1.19 of their median speed (median of 33 runs). A logistic regression over 18 features
//! came first: on made-up runs with the wander of real ones it brought the share of right rep counts
//! from 0.68 to 0.86, and easy runs with false intervals from 36 % to 4 %. Trees follow, as contrast
//! means another thing for each length and each kind of run. They are small, three splits deep, so that
//! each feature's part can be told.
//!
//! What each part added, measured on 85 real runs of 13 athletes, each judged by a gate fitted without
//! theirs (runs with the right rep count, F1 at an intersection over union of a half): the first stage
//! 0.47, 0.77; the second 0.64, 0.82; the third 0.68, 0.82; the limit at the clearest gap 0.71, 0.82.
//! Since then, with running as the base of contrast and 110 runs of 17 athletes: 0.73, 0.86. Refits
//! that differ in little but their training copies move the first figure by several hundredths.
//!
//! Tried instead of "the likeliest cut first": the choice without overlap that has the largest sum of
//! log-odds (weighted interval scheduling). It prefers two halves of a tempo block, each likely, to the
//! whole, which is likelier. Tried instead of the gap: one limit for all runs, which is the figure
//! before.

mod by_itself;
mod chosen;
pub mod habits;
mod in_view;
mod likeness;
mod own;
mod rarity;
mod rhythm;
mod running;
mod similar_reps;
pub(crate) mod table;
mod trees;
mod weights;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::segmentation::levels::Component;
use crate::segmentation::signals::Signals;
use own::Own;
use running::Running;
use table::Look;
use table::RunFacts;

pub(crate) use likeness::SPEED_FLOOR_M_S;
pub(crate) use likeness::ln_ratio;
pub use trees::Model;
pub use trees::NO_SPLIT;
pub use trees::SPLITS;
pub use trees::Tree;
pub use trees::VALUES;
pub use trees::logit;
pub use trees::probability;
pub(crate) use weights::GATE;

/// Candidates are kept above this probability where no gap says otherwise.
///
/// # Units
/// Probability. Measured on labelled runs, figures not kept.
pub const USUAL_LEAST: f64 = 0.35;
/// How much a gap must be wider for each unit of log-odds that it lies from the usual place.
///
/// # Units
/// Ratio of log-odds. Measured: between 0.8 and 2 all do as well.
const USUAL_WEIGHT: f64 = 1.2;
/// Gaps wider than this are as clear.
///
/// # Units
/// Log-odds. Chosen: twenty times the odds, which nobody would call unclear.
const WIDEST_GAP: f64 = 3.0;
/// Candidates below this probability are none of the efforts of any run.
///
/// # Units
/// Probability. Chosen: one in thirty.
const GAP_LEAST: f64 = 0.03;
/// Candidates below this probability are not looked at; below the last one lies a gap down to it.
///
/// # Units
/// Probability. Chosen: a run that is all efforts needs something below them.
const GAP_FLOOR: f64 = 0.003;
/// Candidates that a stage finds less probable than this are given up: no later stage looks at them.
///
/// # Units
/// Probability. Chosen: just above what the gaps of a run are looked for in. It keeps later stages,
/// whose features compare candidates with each other, cheap.
pub const SURVIVES: f64 = 0.004;
/// No label is surer than this: what was meant is never recorded.
///
/// # Units
/// Probability. Chosen: one in a hundred is meant otherwise than it was run.
const MOST_SURE: f64 = 0.99;
/// A run needs one candidate of this probability to have efforts at all.
///
/// # Units
/// Probability. Measured on labelled and plain runs, figures not kept: efforts make a run a workout
/// together, and several faint ones in an easy run are none.
const SURE: f64 = 0.4;

/// All stages.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Looks at each candidate by itself.
    pub first: Model,
    /// Looks at it in view of what the first chose.
    pub second: Model,
    /// Looks at it in view of what the second chose.
    pub third: Model,
    /// Adds to what the third says what is known of the athlete; see [`habits`].
    pub fourth: Model,
    /// From what the last stage says of a kept candidate to how often such a one is real.
    pub calibration: Calibration,
    /// The same of the fourth stage.
    pub known_calibration: Calibration,
}

/// How sure one may be of a kept candidate, as log-odds: a constant, and what the log-odds of the last
/// stage and the length (natural logarithm of seconds) count.
///
/// Trees separate better than they calibrate, and what was kept is no fair sample of what was judged. So
/// this is fitted afterwards, on kept candidates of athletes not seen, by logistic regression. Length
/// counts besides: of two equally probable ones the longer is less often real.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// The constant, and the two factors.
    pub factors: [f64; 3],
}

impl Calibration {
    /// Returns the share of such candidates that are real, given the probability by the last stage and
    /// the length in seconds.
    #[must_use]
    pub fn confidence(&self, probability_of_stage: f64, length: usize) -> f64 {
        let row = Self::row(probability_of_stage, length);
        probability(
            row.iter()
                .zip(self.factors)
                .map(|(one, factor)| one * factor)
                .sum(),
        )
    }

    /// Returns what the factors are multiplied with.
    #[must_use]
    pub fn row(probability_of_stage: f64, length: usize) -> [f64; 3] {
        [
            1.0,
            logit(probability_of_stage),
            (length.max(1) as f64).ln(),
        ]
    }
}

/// Returns how sure a label may be, given how sure its candidate is.
pub(crate) fn bounded(confidence: f64) -> f64 {
    confidence.min(MOST_SURE)
}

/// What the gate says of the candidates of a run: one entry each, in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdict {
    /// The candidates as measured by themselves.
    pub(crate) measured: Measured,
    /// The features of the third stage; empty for a candidate that was given up.
    pub(crate) rows: Vec<Vec<f64>>,
    /// The probability of each candidate by the last stage.
    pub(crate) probabilities: Vec<f64>,
    /// How sure one may be of each candidate, if it is kept.
    pub(crate) confidence: Vec<f64>,
    /// The indices of those kept, in order of start, none overlapping.
    pub(crate) chosen: Vec<usize>,
}

/// The candidates of a run, measured by themselves.
#[derive(Clone, Debug, Default)]
pub(crate) struct Measured {
    own: Vec<Own>,
    run: RunFacts,
}

impl Measured {
    /// Measures all candidates of a run.
    pub(crate) fn of(signals: &Signals, components: &[Component]) -> Self {
        let [_, _, middle, _, _, fastest] = signals.levels_m_s;
        Self {
            own: own::measure(signals, components),
            run: RunFacts {
                wander: signals.wander,
                sampling_s: signals.sampling_s,
                slow_share: signals.slow_sums.mean(0..signals.len()).unwrap_or(0.0),
                moving_s: signals.moving_s,
                spread: ln_ratio(fastest, middle),
                noise_m_s: signals.noise_m_s,
                length_s: signals.len() as f64,
            },
        }
    }

    /// Returns what the running of the run says of a candidate.
    pub(crate) fn running(&self, index: usize) -> &Running {
        &self.own[index].running
    }

    /// Returns the spread of the ten-second means of a candidate.
    pub(crate) fn unevenness(&self, index: usize) -> f64 {
        self.own[index].evenness.spread
    }

    /// Returns the mean slope of a candidate, NaN where it is not known.
    pub(crate) fn slope(&self, index: usize) -> f64 {
        self.own[index].slope
    }

    /// Returns the rows of the first stage.
    pub(crate) fn first_rows(&self) -> Vec<Vec<f64>> {
        let (set, rhythm) = (chosen::InSet::default(), rhythm::InRhythm::ALONE);
        let rows = self.own.iter().map(|own| {
            let (run, set, rhythm) = (&self.run, &set, &rhythm);
            table::row(
                by_itself::BY_ITSELF.iter(),
                &Look {
                    own,
                    run,
                    set,
                    rhythm,
                },
            )
        });
        rows.collect()
    }

    /// Returns the rows of a later stage from what the stage before thought; empty ones for candidates
    /// that it gave up.
    pub(crate) fn later_rows(
        &self,
        signals: &Signals,
        components: &[Component],
        before: &[f64],
    ) -> Vec<Vec<f64>> {
        let alive: Vec<usize> = (0..components.len())
            .filter(|index| before[*index] >= SURVIVES)
            .collect();
        let of_alive = |all: &[f64]| -> Vec<f64> { alive.iter().map(|one| all[*one]).collect() };
        let contrasts: Vec<f64> = self.own.iter().map(|own| own.near.least()).collect();
        let (contrasts, before) = (of_alive(&contrasts), of_alive(before));
        let components: Vec<Component> = alive.iter().map(|one| components[*one].clone()).collect();
        let chosen = choose_by_gap(&ranges(&components), &before);
        let sets = chosen::compare(signals, &components, &before, &chosen);
        let rhythms = rhythm::compare(signals, &components, &contrasts, &before, &chosen);
        let mut rows = vec![Vec::new(); self.own.len()];
        for (index, (set, rhythm)) in alive.into_iter().zip(sets.iter().zip(&rhythms)) {
            let (own, run) = (&self.own[index], &self.run);
            rows[index] = table::row(
                table::all(),
                &Look {
                    own,
                    run,
                    set,
                    rhythm,
                },
            );
        }
        rows
    }
}

/// Judges the candidates of a run, by the run alone.
pub(crate) fn judge(signals: &Signals, components: &[Component], gate: &Gate) -> Verdict {
    let measured = Measured::of(signals, components);
    let mut probabilities = gate.first.probabilities(&measured.first_rows());
    let mut rows = Vec::new();
    for model in [&gate.second, &gate.third] {
        rows = measured.later_rows(signals, components, &probabilities);
        probabilities = model.probabilities(&rows);
    }
    let chosen = choose_sure(&ranges(components), &probabilities);
    let confidence = components
        .iter()
        .zip(&probabilities)
        .map(|(component, probability)| {
            let length = component.range.len();
            gate.calibration.confidence(*probability, length)
        })
        .collect();
    Verdict {
        measured,
        rows,
        probabilities,
        confidence,
        chosen,
    }
}

/// Returns the seconds that candidates cover.
pub(crate) fn ranges(components: &[Component]) -> Vec<Range<usize>> {
    components.iter().map(|one| one.range.clone()).collect()
}

/// Returns the choice of a run, as indices, or none where none of it is sure.
pub(crate) fn choose_sure(ranges: &[Range<usize>], probabilities: &[f64]) -> Vec<usize> {
    let chosen = choose_by_gap(ranges, probabilities);
    let is_sure = chosen.iter().any(|index| probabilities[*index] >= SURE);
    if is_sure { chosen } else { Vec::new() }
}

/// Returns the candidates above the clearest gap of the run, in order of start, none overlapping: of
/// several cuts of a stretch the likeliest.
pub(crate) fn choose_by_gap(ranges: &[Range<usize>], probabilities: &[f64]) -> Vec<usize> {
    let order = likeliest_apart(ranges, probabilities);
    let odds: Vec<f64> = order
        .iter()
        .map(|index| logit(probabilities[*index]))
        .collect();
    let least = clearest_gap(&odds);
    let kept = odds.partition_point(|odds| *odds >= least);
    in_order(order, kept)
}

/// Returns the candidates of at least some probability, in order of start, none overlapping: of
/// several cuts of a stretch the likeliest.
pub(crate) fn choose_above(
    ranges: &[Range<usize>],
    probabilities: &[f64],
    least: f64,
) -> Vec<usize> {
    let order = likeliest_apart(ranges, probabilities);
    let kept = order.partition_point(|index| probabilities[*index] >= least);
    in_order(order, kept)
}

fn in_order(mut order: Vec<usize>, kept: usize) -> Vec<usize> {
    // Candidates come in order of start.
    order.truncate(kept);
    order.sort_unstable();
    order
}

/// Returns the middle of the clearest gap between falling log-odds: the widest, less how far it lies
/// from where efforts usually begin. Where a run's efforts are hard to see, all of them are, and what
/// they stand out from is what else is in the run.
fn clearest_gap(odds: &[f64]) -> f64 {
    let usual = logit(USUAL_LEAST);
    let floor = logit(GAP_FLOOR);
    let below = odds.iter().skip(1).chain(std::iter::once(&floor));
    let mut best = (f64::NEG_INFINITY, usual);
    for (above, below) in odds.iter().zip(below) {
        if *above < logit(GAP_LEAST) {
            break;
        }
        let from_usual = (usual.clamp(*below, *above) - usual).abs();
        let clearness = (above - below).min(WIDEST_GAP) - USUAL_WEIGHT * from_usual;
        if clearness > best.0 {
            best = (clearness, f64::midpoint(*above, *below));
        }
    }
    best.1
}

/// Returns candidates in falling order of probability, each overlapping none before it. Of equal ones
/// the first of the run comes first.
fn likeliest_apart(ranges: &[Range<usize>], probabilities: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..ranges.len())
        .filter(|index| probabilities[*index] >= GAP_FLOOR)
        .collect();
    order.sort_by(|one, other| probabilities[*other].total_cmp(&probabilities[*one]));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    order.retain(|index| {
        let range = &ranges[*index];
        let before = taken.range(..range.end).next_back();
        let is_free = before.is_none_or(|(_, end)| *end <= range.start);
        if is_free {
            taken.insert(range.start, range.end);
        }
        is_free
    });
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chooses among candidates of a minute that follow each other.
    fn chosen(probabilities: &[f64]) -> usize {
        let apart: Vec<Range<usize>> = (0..probabilities.len())
            .map(|index| 100 * index..100 * index + 60)
            .collect();
        choose_sure(&apart, probabilities).len()
    }

    #[test]
    fn what_is_kept_lies_above_the_clearest_gap() {
        assert_eq!(chosen(&[0.9, 0.8, 0.85, 0.05, 0.04]), 3);
        // Faint, but nothing else comes near.
        assert_eq!(chosen(&[0.5, 0.3, 0.2, 0.25, 0.01]), 4);
        // The gap far from the usual place counts less than the one near it.
        assert_eq!(chosen(&[0.95, 0.6, 0.55, 0.1, 0.08]), 3);
    }

    #[test]
    fn a_run_without_a_sure_effort_has_none() {
        assert_eq!(chosen(&[0.3, 0.35, 0.01]), 0);
        assert_eq!(chosen(&[]), 0);
    }

    #[test]
    fn of_several_cuts_the_likeliest_is_kept_even_when_its_parts_are_likely() {
        let cuts = [0..50, 0..100, 50..100];
        assert_eq!(choose_sure(&cuts, &[0.55, 0.9, 0.55]), [1]);
    }

    #[test]
    fn calibration_may_be_the_identity() {
        let calibration = Calibration {
            factors: [0.0, 1.0, 0.0],
        };
        assert!((calibration.confidence(0.3, 60) - 0.3).abs() < 1e-9);
    }
}

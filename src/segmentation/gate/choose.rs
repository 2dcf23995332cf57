//! Which candidates of a run are kept: those above the clearest gap of the run, none overlapping.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::segmentation::gate::trees::logit;

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
/// A run needs one candidate of this probability to have efforts at all.
///
/// # Units
/// Probability. Measured on labelled and plain runs, figures not kept: efforts make a run a workout
/// together, and several faint ones in an easy run are none.
const SURE: f64 = 0.4;

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
}

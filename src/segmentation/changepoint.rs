//! Exact optimal partitioning of a signal into stretches of constant mean: where pace may have changed.
//! What of it is an effort is decided later, in `gate`, and its exact edges in `edges`, so that this search may find too much, but must not miss.
//!
//! Minimises the sum of squared distances to the means of the stretches plus a penalty per change,
//! over all partitions whose stretches have at least a given length. The search is dynamic
//! programming over the last change with functional pruning: a last change is forgotten once there
//! is no mean for which it is the best. A last change enters the comparison only when its stretch
//! has reached the least length; from then on all changes in the comparison grow by the same
//! samples, so that pruning never loses the optimum.
//!
//! It is done twice over: `in_blocks` is the fast search. Where another change would do as well as one
//! of those it found, as in stands of zeros with a single blip, rounding would decide; there `one_by_one`
//! decides, always in the same way. One in a hundred signals needs it.
//!
//! Why exact: binary segmentation misses alternations, as no single cut of 30 s on, 30 s off explains
//! anything (on made-up runs it had half of such sets right, and 0.40 of strides). Hidden Markov models
//! with states of pace flickered (over 2,000 changes a run on the watch's speed), shape methods (ClaSP)
//! found 0 to 2 of 11 to 36 changes of level, shrinking filters (total variation) make stairs of ramps.
//! Why functional pruning: the textbook pruning of PELT assumes stretches of any length; with a least
//! length it lost the optimum in 3 to 12 of 400 random short signals. It also fails to prune on even
//! runs, the usual ones.
//!
//! # References
//! Killick, Fearnhead, Eckley 2012, JASA 107:1590 (the problem, and PELT). Maidstone, Hocking,
//! Rigaill, Fearnhead 2017, Statistics and Computing 27:519 (functional pruning
//! without a least length).

mod drift;
mod envelope;
mod in_blocks;
mod one_by_one;
mod sums;

use in_blocks::Found;
use sums::Sums;

/// Returns the ends of the stretches of the best partition; the last is the length of the signal.
///
/// A signal shorter than twice the least length is one stretch. An empty signal has none.
///
/// Steps: for each length of prefix the best last change is sought among those that are the best for
/// some mean of the last stretch; the ends are followed back from the whole, and it is looked whether
/// there are others as good.
///
/// # Units
/// The penalty is in squared units of the signal, the length in samples. Measured
/// for the whole of segmentation: six hours take 7 times as long as one, a day 35 times.
#[must_use]
pub fn optimal_partition(values: &[f64], penalty: f64, least_length: usize) -> Vec<usize> {
    let [ends] = optimal_partitions(values, [penalty], least_length);
    ends
}

/// Returns the same for several penalties.
pub(crate) fn optimal_partitions<const P: usize>(
    values: &[f64],
    penalties: [f64; P],
    least_length: usize,
) -> [Vec<usize>; P] {
    let least_length = least_length.max(1);
    if values.is_empty() {
        return penalties.map(|_| Vec::new());
    }
    if values.len() < 2 * least_length {
        return penalties.map(|_| vec![values.len()]);
    }
    let sums = Sums::new(values);
    penalties.map(|penalty| best_ends(&sums, penalty, least_length))
}

/// Returns the ends of the stretches of the best partition of a signal that is long enough for two.
fn best_ends(sums: &Sums, penalty: f64, least_length: usize) -> Vec<usize> {
    let found = in_blocks::search(sums, penalty, least_length);
    let ends = followed_back(&found.last);
    if is_alone(&found, &ends, sums, (penalty, least_length)) {
        return ends;
    }
    followed_back(&one_by_one::last_changes(sums, penalty, least_length))
}

fn followed_back(last: &[usize]) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut end = last.len() - 1;
    while end > 0 {
        ends.push(end);
        end = last[end];
    }
    ends.reverse();
    ends
}

/// Returns whether no change of a partition could as well lie elsewhere between those beside it. Partitions
/// of other numbers of changes differ by whole penalties, and are never as good by chance.
fn is_alone(
    found: &Found,
    ends: &[usize],
    sums: &Sums,
    (penalty, least_length): (f64, usize),
) -> bool {
    let (mut before, mut change) = (0, 0);
    ends.iter().all(|end| {
        let limit = found.best[*end] + sums.tie() - penalty;
        let places = before + 1..end + 1 - least_length;
        let equal = sums.count_within(&found.best, places, *end, limit);
        let is_alone = equal <= usize::from(change > 0);
        (before, change) = (change, *end);
        is_alone
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_length_does_not_cost_the_optimum() {
        // The textbook pruning answers [2, 5] here.
        assert_eq!(optimal_partition(&[0.0, 1.0, 0.0, 0.0, 1.0], 0.1, 2), [5]);
    }

    #[test]
    fn short_and_constant_signals_are_one_stretch() {
        assert!(optimal_partition(&[], 1.0, 3).is_empty());
        assert_eq!(optimal_partition(&[1.0, 9.0], 0.0, 6), [2]);
        assert_eq!(optimal_partition(&[2.0; 50], 0.5, 6), [50]);
    }

    #[test]
    fn a_step_is_found_where_it_is() {
        let step: Vec<f64> = (0..40)
            .map(|index| if index < 17 { 2.5 } else { 4.0 })
            .collect();
        assert_eq!(optimal_partition(&step, 1.0, 6), [17, 40]);
    }

    /// A walk of levels with noise, the same at every call: many changes, none of them clear.
    fn wandering(length: usize, mut state: u64) -> Vec<f64> {
        let mut next = move || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as f64 / f64::from(1_u32 << 31)
        };
        let mut level = 3.0;
        (0..length)
            .map(|_| {
                if next() < 0.05 {
                    level = 2.0 + 2.0 * next();
                }
                level + 0.4 * (next() - 0.5)
            })
            .collect()
    }

    fn total(ends: &[usize], sums: &Sums, penalty: f64) -> f64 {
        let starts = std::iter::once(&0).chain(ends);
        let costs = starts.zip(ends).map(|(start, end)| sums.cost(*start, *end));
        costs.map(|cost| cost + penalty).sum()
    }

    #[test]
    fn both_searches_cost_as_little_as_trying_every_last_change() {
        for (seed, length) in (1..=60).zip([13, 40, 97, 300].into_iter().cycle()) {
            let signal = wandering(length, seed);
            let sums = Sums::new(&signal);
            for (penalty, least_length) in [(0.05, 6), (0.3, 6), (1.0, 7), (0.3, 9), (0.2, 3)] {
                if length < 2 * least_length {
                    continue;
                }
                let mut best = vec![f64::INFINITY; length + 1];
                best[0] = 0.0;
                for end in least_length..=length {
                    for start in 0..=end - least_length {
                        let cost = best[start] + sums.cost(start, end) + penalty;
                        best[end] = best[end].min(cost);
                    }
                }
                let in_blocks = in_blocks::search(&sums, penalty, least_length);
                let one_by_one = one_by_one::last_changes(&sums, penalty, least_length);
                for last in [in_blocks.last, one_by_one] {
                    let found = total(&followed_back(&last), &sums, penalty);
                    let optimum = best[length];
                    assert!((found - optimum).abs() < 1e-9, "{seed}: {found}, {optimum}");
                }
            }
        }
    }

    #[test]
    fn where_others_are_as_good_the_search_sample_by_sample_decides() {
        // A blip shorter than any stretch may be lies anywhere in its own.
        let mut signal = vec![0.0; 60];
        signal[30..33].fill(3.0);
        let sums = Sums::new(&signal);
        let found = in_blocks::search(&sums, 0.5, 6);
        let ends = followed_back(&found.last);
        assert!(!is_alone(&found, &ends, &sums, (0.5, 6)), "{ends:?}");
        let decided = followed_back(&one_by_one::last_changes(&sums, 0.5, 6));
        assert_eq!(optimal_partition(&signal, 0.5, 6), decided);
    }

    #[test]
    fn an_envelope_of_many_ranges_finds_room() {
        // Ever longer stretches at ever new levels: most changes stay the best for some mean.
        let signal: Vec<f64> = (0..3000).map(|index| f64::from(index).sqrt()).collect();
        let sums = Sums::new(&signal);
        let found = in_blocks::search(&sums, 30.0, 6);
        let one_by_one = one_by_one::last_changes(&sums, 30.0, 6);
        let cost = |last: &[usize]| total(&followed_back(last), &sums, 30.0);
        assert!((cost(&found.last) - cost(&one_by_one)).abs() < 1e-6);
    }
}

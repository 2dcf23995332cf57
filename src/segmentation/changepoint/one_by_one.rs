//! The search sample by sample, which decides where several partitions are the best.
//!
//! Cost: each sample passes over all ranges of the envelope twice, and builds it anew.

use crate::segmentation::changepoint::sums::Sums;

/// The cost of the best partition of a prefix as a function of the mean of its last stretch: on
/// each range between two edges, one last change is the best.
///
/// Costs are those at the last edge of the signal where a change entered. What is known of each range
/// lies in columns, as every sample passes over all of them.
#[derive(Default)]
struct Envelope {
    /// The ends of the ranges, one more than there are ranges.
    edges: Vec<f64>,
    /// The cost at each of them, where the two ranges beside it agree.
    costs: Vec<f64>,
    /// The best last change of each range.
    changes: Vec<Change>,
}

/// A last change of a prefix.
#[derive(Clone, Copy, PartialEq)]
struct Change {
    /// Where it is.
    at: usize,
    /// The same as a number.
    samples: f64,
    /// The sum of the samples before it.
    first: f64,
}

/// Returns, for each length of prefix, the last change of its best partition; 0 where it has none. The
/// whole is never shorter than two least lengths here.
pub(super) fn last_changes(sums: &Sums, penalty: f64, least_length: usize) -> Vec<usize> {
    let whole = sums.samples();
    let mut best = vec![f64::INFINITY; whole + 1];
    let mut last = vec![0; whole + 1];
    best[0] = -penalty;
    let mut envelope = Envelope::of_the_start(sums, -penalty);
    let mut merged = Envelope::default();
    let mut likely = Vec::new();
    for end in least_length..=whole {
        let entering = end - least_length;
        if entering > 0 {
            envelope.grow(sums.sample(entering - 1));
            if best[entering].is_finite() {
                envelope.enter(entering, &best, sums, &mut merged);
                std::mem::swap(&mut envelope, &mut merged);
            }
        }
        envelope.likely_changes(&Change::at(end, sums), sums.slack, &mut likely);
        for (change, _) in envelope.changes.iter().zip(&likely).filter(|(_, is)| **is) {
            let cost = best[change.at] + penalty + sums.cost(change.at, end);
            if cost < best[end] {
                best[end] = cost;
                last[end] = change.at;
            }
        }
    }
    last
}

impl Change {
    fn at(at: usize, sums: &Sums) -> Self {
        Self {
            at,
            samples: at as f64,
            first: sums.first[at],
        }
    }

    /// Returns whether the mean of the stretch from here to another change lies between two means, but
    /// for rounding.
    #[inline]
    fn has_mean_within(&self, end: &Self, low: f64, high: f64, slack: f64) -> bool {
        let samples = end.samples - self.samples;
        let first = end.first - self.first;
        ((low - slack) * samples <= first) & (first <= (high + slack) * samples)
    }
}

impl Envelope {
    /// Returns the costs before the first sample, over all means that a stretch can have.
    fn of_the_start(sums: &Sums, cost: f64) -> Self {
        Self {
            edges: vec![-sums.reach, sums.reach],
            costs: vec![cost; 2],
            changes: vec![Change::at(0, sums)],
        }
    }

    /// Lengthens the last stretch by a sample.
    fn grow(&mut self, sample: f64) {
        for (edge, cost) in self.edges.iter().zip(&mut self.costs) {
            *cost += (sample - edge) * (sample - edge);
        }
    }

    /// Gives the entering change, whose cost does not depend on the mean yet, all means for which
    /// it beats the changes that hold them. What comes of it goes to `merged`, which the
    /// caller swaps in.
    fn enter(&self, entering: usize, best: &[f64], sums: &Sums, merged: &mut Envelope) {
        let level = best[entering];
        let now = Change::at(entering, sums);
        merged.clear(self.edges[0], self.costs[0].min(level));
        let mut range = 0;
        while range < self.changes.len() {
            // Costs are convex: what is good enough at both ends is so in between.
            let good = self.costs[range..]
                .iter()
                .take_while(|cost| **cost <= level)
                .count();
            if good > 1 {
                let end = range + good - 1;
                merged.extend(self, range, end);
                range = end;
                continue;
            }
            let change = self.changes[range];
            let (low, high, cost) = (
                self.edges[range],
                self.edges[range + 1],
                self.costs[range + 1],
            );
            range += 1;
            // A parabola above the level at both ends that does not turn in between is above it.
            let turns = change.has_mean_within(&now, low, high, sums.slack);
            if good == 0 && cost > level && !turns {
                merged.append(high, level, now);
                continue;
            }
            let (from, to) = kept_range(change.at, entering, best, sums);
            let (from, to) = (from.max(low), to.min(high));
            if from < to {
                merged.append(from, level, now);
                merged.append(to, cost.min(level), change);
            }
            merged.append(high, cost.min(level), now);
        }
    }

    /// Adds some ranges of another envelope, which begin at the last edge.
    fn extend(&mut self, other: &Envelope, start: usize, end: usize) {
        self.edges.extend_from_slice(&other.edges[start + 1..=end]);
        self.costs.extend_from_slice(&other.costs[start + 1..=end]);
        self.changes.extend_from_slice(&other.changes[start..end]);
    }

    /// Tells the last changes of which one is the best for a prefix: the mean of its stretch is in its
    /// own range.
    fn likely_changes(&self, end: &Change, slack: f64, likely: &mut Vec<bool>) {
        likely.clear();
        let ends = self.edges.iter().zip(&self.edges[1..]);
        likely.extend(
            self.changes
                .iter()
                .zip(ends)
                .map(|(change, (low, high))| change.has_mean_within(end, *low, *high, slack)),
        );
    }

    fn clear(&mut self, low: f64, cost: f64) {
        self.edges.clear();
        self.costs.clear();
        self.changes.clear();
        self.edges.push(low);
        self.costs.push(cost);
    }

    /// Adds the range from the last edge to another, unless it is empty.
    #[inline]
    fn append(&mut self, high: f64, cost: f64, change: Change) {
        let (Some(edge), Some(at)) = (self.edges.last_mut(), self.costs.last_mut()) else {
            return;
        };
        if *edge >= high {
            return;
        }
        if self.changes.last().is_some_and(|last| last.at == change.at) {
            (*edge, *at) = (high, cost);
        } else {
            self.edges.push(high);
            self.costs.push(cost);
            self.changes.push(change);
        }
    }
}

/// Returns the means for which an older change is at least as good as the entering one: the
/// difference of their costs is a parabola that opens upwards.
fn kept_range(older: usize, entering: usize, best: &[f64], sums: &Sums) -> (f64, f64) {
    let samples = (entering - older) as f64;
    let first = sums.first[entering] - sums.first[older];
    let second = sums.second[entering] - sums.second[older];
    let constant = best[older] - best[entering] + second;
    let mean = first / samples;
    let square = mean * mean - constant / samples;
    if square < 0.0 {
        return (f64::INFINITY, f64::NEG_INFINITY);
    }
    let half = square.sqrt();
    (mean - half, mean + half)
}

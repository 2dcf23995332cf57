//! The costs of the best partitions of a prefix, one for each mean that its last stretch may have, as the
//! search in blocks keeps them.
//!
//! A change entering an envelope mostly takes all means outside of some range and none inside. Then
//! nothing is copied: the columns have room on both sides, and only their ends are written. Else the
//! envelope is built anew.

use crate::segmentation::changepoint::drift::Drift;
use crate::segmentation::changepoint::drift::mark_likely;
use crate::segmentation::changepoint::sums::Sums;

/// The columns of an envelope have at least so much room.
///
/// # Units
/// Ranges. Chosen: some times what even runs need.
const ROOM: usize = 64;

/// How much a stretch costs more for each mean that it may have, or what a partition costs for each mean
/// of its last stretch.
#[derive(Clone, Copy)]
struct Parabola {
    samples: f64,
    first: f64,
    constant: f64,
}

impl Parabola {
    /// Returns the sum of squared distances of some samples to a mean.
    #[inline]
    fn of(start: usize, end: usize, sums: &Sums) -> Self {
        Self {
            samples: (end - start) as f64,
            first: sums.first[end] - sums.first[start],
            constant: sums.second[end] - sums.second[start],
        }
    }

    #[inline]
    fn at(self, mean: f64) -> f64 {
        self.constant + mean * (mean * self.samples - 2.0 * self.first)
    }

    #[inline]
    fn turns_within(self, low: f64, high: f64) -> bool {
        (low * self.samples <= self.first) & (self.first <= high * self.samples)
    }
}

/// A change that enters an envelope.
#[derive(Clone, Copy)]
struct Newcomer {
    change: Change,
    /// What it costs for each mean.
    cost: Parabola,
}

impl Newcomer {
    /// Returns a change as it enters an envelope that has grown up to some edge.
    #[inline]
    fn new(at: usize, grown: usize, best: &[f64], sums: &Sums) -> Self {
        let mut cost = Parabola::of(at, grown, sums);
        cost.constant += best[at];
        Self {
            change: Change::at(at, sums),
            cost,
        }
    }
}

/// A last change of a prefix: where it is, the same as a number, the sum of the samples before it.
#[derive(Clone, Copy)]
struct Change {
    at: usize,
    samples: f64,
    first: f64,
}

impl Change {
    #[inline]
    fn at(at: usize, sums: &Sums) -> Self {
        Self {
            at,
            samples: at as f64,
            first: sums.first[at],
        }
    }
}

/// What an envelope keeps when a change enters: the means between two, in ranges all of which lose
/// nothing else.
#[derive(Clone, Copy)]
struct Kept {
    /// The first and the last range of which something is kept.
    ranges: (usize, usize),
    low: f64,
    high: f64,
    /// Whether these are inside of those ranges, so that the change takes the means beyond.
    is_cut: (bool, bool),
}

/// The cost of the best partition of a prefix as a function of the mean of its last stretch, in columns:
/// on each range between two edges, one last change is the best. Costs are those at the edge up to which
/// it has grown.
#[derive(Default)]
pub(super) struct Envelope {
    edges: Vec<f64>,
    /// The cost at each edge, where the two ranges beside it agree.
    costs: Vec<f64>,
    /// The best last change of each range.
    places: Vec<usize>,
    samples: Vec<f64>,
    firsts: Vec<f64>,
    /// The first range, and the one after the last: columns have room on both sides.
    start: usize,
    end: usize,
    /// No mean is farther from 0, and how far beside its range one is taken for inside.
    reach: f64,
    slack: f64,
    /// Kept to be used again.
    likely: Vec<u64>,
    chosen: Vec<usize>,
    rebuilt: Rebuilt,
}

impl Envelope {
    /// Returns the costs before the first sample, over all means that a stretch can have.
    pub(super) fn of_the_start(sums: &Sums, cost: f64) -> Self {
        let mut envelope = Self {
            reach: sums.reach,
            slack: sums.slack,
            ..Self::default()
        };
        envelope.put(&Rebuilt {
            edges: vec![(-sums.reach, cost), (sums.reach, cost)],
            changes: vec![Change::at(0, sums)],
        });
        envelope
    }

    /// Puts other ranges in place of all, in the middle of the room.
    fn put(&mut self, ranges: &Rebuilt) {
        let room = ROOM.max(self.edges.len()).max(4 * ranges.edges.len());
        for column in [
            &mut self.edges,
            &mut self.costs,
            &mut self.samples,
            &mut self.firsts,
        ] {
            column.resize(room, 0.0);
        }
        self.places.resize(room, 0);
        self.likely.resize(room, 0);
        self.start = (room - ranges.edges.len()) / 2;
        self.end = self.start + ranges.changes.len();
        for (index, edge) in (self.start..).zip(&ranges.edges) {
            (self.edges[index], self.costs[index]) = *edge;
        }
        for (index, change) in (self.start..).zip(&ranges.changes) {
            self.set(index, *change);
        }
    }

    #[inline]
    fn set(&mut self, range: usize, change: Change) {
        self.places[range] = change.at;
        self.samples[range] = change.samples;
        self.firsts[range] = change.first;
    }

    /// Returns the last changes that may be the best of any of some ends: the mean of their stretch
    /// may be in their range.
    pub(super) fn choose(&mut self, decided: usize, sums: &Sums, ends: &[f64]) -> &[usize] {
        let (start, end) = (self.start, self.end);
        mark_likely(
            &self.edges[start..=end],
            &self.samples[start..end],
            &self.firsts[start..end],
            &mut self.likely[start..end],
            &Drift::of(decided, sums, ends),
            self.slack,
        );
        self.chosen.clear();
        let likely = self.likely[start..end].iter();
        for (_, at) in likely
            .zip(&self.places[start..end])
            .filter(|(is, _)| **is != 0)
        {
            self.chosen.push(*at);
        }
        &self.chosen
    }

    /// Lengthens the last stretch by a block, and lets the changes at its edges enter.
    pub(super) fn grow_and_enter(&mut self, block: usize, grown: usize, best: &[f64], sums: &Sums) {
        grow(
            &self.edges[self.start..=self.end],
            &mut self.costs[self.start..=self.end],
            Parabola::of(grown - block, grown, sums),
        );
        let newest = Newcomer::new(grown, grown, best, sums);
        let kept = self.kept(&newest, best, sums);
        let mut is_alone = true;
        for at in (grown + 1 - block..grown).filter(|at| best[*at].is_finite()) {
            let newcomer = Newcomer::new(at, grown, best, sums);
            let is_beaten = kept.is_some_and(|kept| self.beats(&newcomer, &kept, best[grown]));
            if !is_beaten {
                is_alone = false;
                self.enter(&newcomer, best, sums);
            }
        }
        match kept.filter(|_| is_alone) {
            Some(kept) => self.take_beyond(&kept, &newest),
            None if best[grown].is_finite() => self.enter(&newest, best, sums),
            None => {}
        }
    }

    /// Returns whether a newcomer is nowhere better than what is kept, and nowhere beyond it better than
    /// the newest change, whose cost is the same for all means.
    #[inline]
    fn beats(&self, newcomer: &Newcomer, kept: &Kept, newest: f64) -> bool {
        let cost = newcomer.cost;
        if !cost.turns_within(kept.low, kept.high)
            || cost.at(kept.low) < newest
            || cost.at(kept.high) < newest
        {
            return false;
        }
        // Within a range an older change has the steeper parabola: no worse at both ends is no worse.
        let inner = kept.ranges.0 + 1..=kept.ranges.1;
        !is_above(&self.edges[inner.clone()], &self.costs[inner], cost)
    }

    /// Gives a change all means for which it beats the older ones that hold them.
    fn enter(&mut self, newcomer: &Newcomer, best: &[f64], sums: &Sums) {
        match self.kept(newcomer, best, sums) {
            Some(kept) => self.take_beyond(&kept, newcomer),
            None => self.rebuild(newcomer, best, sums),
        }
    }

    /// Returns what is kept when a newer change enters, unless that is nothing or in several pieces, or
    /// there is no room to write it.
    fn kept(&self, newcomer: &Newcomer, best: &[f64], sums: &Sums) -> Option<Kept> {
        let Newcomer { change, cost } = *newcomer;
        let (start, end) = (self.start, self.end);
        if start == 0 || end + 2 >= self.edges.len() {
            return None;
        }
        let (edges, costs) = (&self.edges[start..=end], &self.costs[start..=end]);
        let exceeds = |edge: usize| costs[edge] > cost.at(edges[edge]);
        let count = end - start;
        let (mut first, mut last) = (0, count - 1);
        let (mut is_low_cut, mut is_high_cut) = (exceeds(0), exceeds(count));
        while is_low_cut && exceeds(first + 1) && !self.turns(start + first, &change) {
            first += 1;
            if first == count {
                return None;
            }
        }
        while last > first && is_high_cut && exceeds(last) && !self.turns(start + last, &change) {
            last -= 1;
        }
        if first == last {
            // The edges of the only range may be any two.
            (is_low_cut, is_high_cut) = (exceeds(first), exceeds(last + 1));
        } else if is_above(&edges[first + 1..=last], &costs[first + 1..=last], cost) {
            return None;
        }
        let (mut low, mut high) = (edges[first], edges[last + 1]);
        let inner = if first == last {
            (high, low)
        } else {
            (edges[first + 1], edges[last])
        };
        if is_low_cut {
            let kept = kept_range(self.places[start + first], change.at, best, sums);
            low = low.max(kept.0);
            if first == last && is_high_cut {
                high = high.min(kept.1);
            } else if kept.1 < inner.0 {
                return None;
            }
        }
        if is_high_cut && !(first == last && is_low_cut) {
            let kept = kept_range(self.places[start + last], change.at, best, sums);
            high = high.min(kept.1);
            if kept.0 > inner.1 {
                return None;
            }
        }
        let is_sound = if first == last {
            low < high
        } else {
            low < inner.0 && inner.1 < high
        };
        is_sound.then_some(Kept {
            ranges: (start + first, start + last),
            low,
            high,
            is_cut: (is_low_cut, is_high_cut),
        })
    }

    /// Gives a change all means beyond what is kept.
    #[inline]
    fn take_beyond(&mut self, kept: &Kept, newcomer: &Newcomer) {
        let (first, last) = kept.ranges;
        (self.start, self.end) = (first, last + 1);
        if kept.is_cut.1 {
            self.put_edge(last + 1, kept.high, newcomer);
            self.put_edge(last + 2, self.reach, newcomer);
            self.set(last + 1, newcomer.change);
            self.end = last + 2;
        }
        if kept.is_cut.0 {
            self.put_edge(first, kept.low, newcomer);
            self.put_edge(first - 1, -self.reach, newcomer);
            self.set(first - 1, newcomer.change);
            self.start = first - 1;
        }
    }

    #[inline]
    fn put_edge(&mut self, index: usize, mean: f64, newcomer: &Newcomer) {
        (self.edges[index], self.costs[index]) = (mean, newcomer.cost.at(mean));
    }

    /// Returns whether the mean of the stretch from the change of a range to another change lies within
    /// the range, but for rounding.
    #[inline]
    fn turns(&self, range: usize, end: &Change) -> bool {
        let samples = end.samples - self.samples[range];
        let first = end.first - self.firsts[range];
        let (low, high) = (self.edges[range], self.edges[range + 1]);
        ((low - self.slack) * samples <= first) & (first <= (high + self.slack) * samples)
    }

    /// Builds the envelope anew, range by range, with a change that enters.
    #[cold]
    fn rebuild(&mut self, newcomer: &Newcomer, best: &[f64], sums: &Sums) {
        let Newcomer { change: now, cost } = *newcomer;
        let mut rebuilt = std::mem::take(&mut self.rebuilt);
        rebuilt.changes.clear();
        rebuilt.edges.clear();
        let lowest = self.edges[self.start];
        rebuilt
            .edges
            .push((lowest, self.costs[self.start].min(cost.at(lowest))));
        for range in self.start..self.end {
            let change = Change::at(self.places[range], sums);
            let (low, high) = (self.edges[range], self.edges[range + 1]);
            let (at_low, at_high) = (self.costs[range], self.costs[range + 1]);
            let (new_at_low, new_at_high) = (cost.at(low), cost.at(high));
            // The difference of both is convex: what is good enough at both ends is so in between.
            if at_low <= new_at_low && at_high <= new_at_high {
                rebuilt.append(high, at_high, change);
                continue;
            }
            // And what is worse at both ends is so in between unless it turns there.
            if at_low > new_at_low && at_high > new_at_high && !self.turns(range, &now) {
                rebuilt.append(high, new_at_high, now);
                continue;
            }
            let (from, to) = kept_range(change.at, now.at, best, sums);
            let (from, to) = (from.max(low), to.min(high));
            if from < to {
                rebuilt.append(from, cost.at(from), now);
                let at_end = if to < high { cost.at(to) } else { at_high };
                rebuilt.append(to, at_end.min(cost.at(to)), change);
            }
            rebuilt.append(high, at_high.min(new_at_high), now);
        }
        self.put(&rebuilt);
        self.rebuilt = rebuilt;
    }
}

/// An envelope as it is built: each edge with the cost there, and the changes between them.
#[derive(Default)]
struct Rebuilt {
    edges: Vec<(f64, f64)>,
    changes: Vec<Change>,
}

impl Rebuilt {
    /// Adds the range from the last edge to another, unless it is empty.
    fn append(&mut self, high: f64, cost: f64, change: Change) {
        let Some(edge) = self.edges.last_mut().filter(|edge| edge.0 < high) else {
            return;
        };
        if self.changes.last().is_some_and(|last| last.at == change.at) {
            *edge = (high, cost);
        } else {
            self.edges.push((high, cost));
            self.changes.push(change);
        }
    }
}

/// Adds the cost of some samples at each edge.
#[inline]
fn grow(edges: &[f64], costs: &mut [f64], by: Parabola) {
    for (edge, cost) in edges.iter().zip(costs) {
        *cost += by.at(*edge);
    }
}

/// Returns whether a parabola is exceeded at any of some edges.
#[inline]
fn is_above(edges: &[f64], costs: &[f64], parabola: Parabola) -> bool {
    let edges = edges.iter().zip(costs);
    let above = edges.map(|(edge, cost)| u64::from(*cost > parabola.at(*edge)));
    above.sum::<u64>() > 0
}

/// Returns the means for which an older change is at least as good as the entering one: the
/// difference of their costs is a parabola that opens upwards.
#[inline]
fn kept_range(older: usize, entering: usize, best: &[f64], sums: &Sums) -> (f64, f64) {
    let difference = Parabola::of(older, entering, sums);
    let constant = best[older] - best[entering] + difference.constant;
    let mean = difference.first / difference.samples;
    let square = mean * mean - constant / difference.samples;
    if square < 0.0 {
        return (f64::INFINITY, f64::NEG_INFINITY);
    }
    let half = square.sqrt();
    (mean - half, mean + half)
}

//! Sums of a signal up to each edge, from which the cost of any stretch follows.

use std::ops::Range;

/// How far outside of its range the mean of a stretch may lie by rounding alone.
///
/// # Units
/// Ratio to the reach of the means. Sums of a day of samples are rounded by less than a thousandth
/// of it. Too wide a slack costs comparisons, never the optimum.
const SLACK: f64 = 1e-9;

/// Sums up to each edge, the mean taken out so that squares stay small.
pub(super) struct Sums {
    /// The sums of the samples.
    pub(super) first: Vec<f64>,
    /// The sums of their squares.
    pub(super) second: Vec<f64>,
    /// No mean of a stretch is farther from 0. One more than the range of the samples, so that a
    /// constant signal has means to compare too.
    pub(super) reach: f64,
    /// How far beside its range a mean is taken for inside.
    pub(super) slack: f64,
}

impl Sums {
    pub(super) fn new(values: &[f64]) -> Self {
        let centre = values.iter().sum::<f64>() / values.len().max(1) as f64;
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let reach = 1.0 + high - low;
        let column = || {
            let mut column = Vec::with_capacity(values.len() + 1);
            column.push(0.0);
            column
        };
        let mut sums = Self {
            first: column(),
            second: column(),
            reach,
            slack: reach * SLACK,
        };
        let (mut first, mut second) = (0.0, 0.0);
        for value in values {
            let value = value - centre;
            first += value;
            second += value * value;
            sums.first.push(first);
            sums.second.push(second);
        }
        sums
    }

    /// Returns the number of samples of the signal.
    pub(super) fn samples(&self) -> usize {
        self.first.len() - 1
    }

    /// Returns a sample, the mean of the signal taken out.
    pub(super) fn sample(&self, index: usize) -> f64 {
        self.first[index + 1] - self.first[index]
    }

    /// Returns what two costs may differ by and still be taken for equal: far more than rounding, far
    /// less than what any other cut of a recorded signal costs.
    pub(super) fn tie(&self) -> f64 {
        self.slack * self.reach
    }

    /// Returns the sum of squared distances to the mean of a stretch.
    pub(super) fn cost(&self, start: usize, end: usize) -> f64 {
        let first = self.first[end] - self.first[start];
        let second = self.second[end] - self.second[start];
        (second - first * first / (end - start) as f64).max(0.0)
    }

    /// Returns how many stretches that begin at some places and end together cost no more than a limit
    /// with what comes before them.
    pub(super) fn count_within(
        &self,
        before: &[f64],
        places: Range<usize>,
        end: usize,
        limit: f64,
    ) -> usize {
        if places.is_empty() {
            return 0;
        }
        let (first, second) = (self.first[end], self.second[end]);
        let longest = (end - places.start) as f64;
        let sums = self.first[places.clone()]
            .iter()
            .zip(&self.second[places.clone()])
            .zip(&before[places]);
        let mut count = 0_u64;
        for (((sum, squares), before), shorter) in sums.zip(0_u32..) {
            let sum = first - sum;
            let cost = second - squares - sum * sum / (longest - f64::from(shorter));
            count += u64::from(before + cost <= limit);
        }
        usize::try_from(count).unwrap_or(usize::MAX)
    }
}

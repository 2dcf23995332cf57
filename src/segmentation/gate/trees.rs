//! Sums of small boosted trees: a row of features → log-odds, with what each feature adds.
//!
//! Trees of three levels, all complete, are arrays of one size: no pointers, no recursion, and a
//! committed table that a reader can check by hand. A split on nothing, which sends all to the left,
//! stands where a smaller tree would end. Values are kept at splits too, as if the tree ended there:
//! the difference from a split to the next is what its feature adds, and a row's differences sum to
//! what the trees say of it.

use std::borrow::Cow;

/// Splits of a tree.
///
/// # Units
/// Count: three levels, so that at most three features act together, which a reason can still tell.
pub const SPLITS: usize = 7;
/// Values of a tree.
///
/// # Units
/// Count: one for each split and each leaf.
pub const VALUES: usize = 15;
/// The feature of a split that does not split: all go left.
pub const NO_SPLIT: u8 = u8::MAX;
/// Probabilities are kept this far from 0 and 1, so that their log-odds stay finite.
///
/// # Units
/// Probability.
const LEAST_PROBABILITY: f64 = 1e-6;

/// What stands for a feature beyond the row, and for that of a split that does not split: it is below every
/// threshold.
const NO_VALUE: f64 = f64::NEG_INFINITY;
/// A row with room for every feature that a split can name, still without any.
const FULL_ROW: [f64; u8::MAX as usize + 1] = [NO_VALUE; u8::MAX as usize + 1];

/// One tree: three levels of splits, in the order of a binary heap.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The feature of each split.
    pub features: [u8; SPLITS],
    /// A value below this goes left; what is above or absent goes right.
    pub thresholds: [f64; SPLITS],
    /// The log-odds at each split and leaf, as if the tree ended there.
    pub values: [f64; VALUES],
}

/// A sum of trees.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The log-odds before any tree.
    pub base: f64,
    /// The trees.
    pub trees: Cow<'static, [Tree]>,
}

impl Model {
    /// Returns the probability of each candidate; 0 for one without a row, which was given up.
    #[must_use]
    pub fn probabilities(&self, rows: &[Vec<f64>]) -> Vec<f64> {
        let probability = |row: &Vec<f64>| match row.is_empty() {
            true => 0.0,
            false => probability(self.log_odds(row)),
        };
        rows.iter().map(probability).collect()
    }

    /// Returns the log-odds of a candidate, given its features in the order that the model was fitted
    /// on.
    #[must_use]
    pub fn log_odds(&self, row: &[f64]) -> f64 {
        let mut full = FULL_ROW;
        full[..row.len()].copy_from_slice(row);
        let leaf = |tree: &Tree| tree.values[tree.path(|feature| full[usize::from(feature)])[2]];
        self.trees.iter().map(leaf).sum::<f64>() + self.base
    }

    /// Returns the contribution of each feature to the log-odds, one for each column of the row; all of
    /// them with the base are the log-odds, but for what trees say of everything (their roots).
    #[must_use]
    pub fn contributions(&self, row: &[f64]) -> Vec<f64> {
        let mut contributions = vec![0.0; row.len()];
        for tree in self.trees.iter() {
            let mut place = 0;
            for next in tree.path(|feature| value_of(row, feature)) {
                if let Some(total) = contributions.get_mut(usize::from(tree.features[place])) {
                    *total += tree.values[next] - tree.values[place];
                }
                place = next;
            }
        }
        contributions
    }
}

impl Tree {
    /// Returns what the tree adds to the log-odds of a candidate.
    #[must_use]
    pub fn value(&self, row: &[f64]) -> f64 {
        self.values[self.path(|feature| value_of(row, feature))[2]]
    }

    /// Returns the three places that a row passes, the last a leaf.
    #[inline]
    fn path(&self, value: impl Fn(u8) -> f64) -> [usize; 3] {
        let goes_left = |place: usize| value(self.features[place]) < self.thresholds[place];
        let next = |place: usize| 2 * place + 2 - usize::from(goes_left(place));
        let second = next(0);
        let third = next(second);
        [second, third, next(third)]
    }
}

/// Returns the value of a feature in a row.
fn value_of(row: &[f64], feature: u8) -> f64 {
    row.get(usize::from(feature)).copied().unwrap_or(NO_VALUE)
}

/// Returns the probability of log-odds.
#[must_use]
pub fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// Returns the log-odds of a probability, kept finite.
#[must_use]
pub fn logit(probability: f64) -> f64 {
    let probability = probability.clamp(LEAST_PROBABILITY, 1.0 - LEAST_PROBABILITY);
    (probability / (1.0 - probability)).ln()
}

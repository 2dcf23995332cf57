//! The gate: candidate → probability that it is an effort.
//!
//! Two stages of small boosted trees. The first looks at each candidate by itself; the best choice
//! without overlap by its probabilities is then what the second looks at. The log-odds of a
//! candidate are a sum over trees, and each tree adds what its splits add on the way to a leaf, so
//! that every feature has its own additive contribution.

use crate::segmentation::bouts::best_choice;
use crate::segmentation::context;
use crate::segmentation::features;
use crate::segmentation::levels::Component;
use crate::segmentation::rhythm;
use crate::segmentation::scene::Scene;

/// A candidate must be at least this probable to enter the choice in the first stage.
pub const FIRST_LEAST: f64 = 0.25;
/// The number of features of the second stage.
pub const SECOND_COUNT: usize = features::COUNT + context::COUNT + rhythm::COUNT;
/// Splits of a tree: three levels.
pub const SPLITS: usize = 7;
/// Values of a tree: one for each split and each leaf.
pub const VALUES: usize = 15;
/// The feature of a split that does not split.
pub const NO_SPLIT: u8 = u8::MAX;

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
    pub trees: std::borrow::Cow<'static, [Tree]>,
}

impl Model {
    /// Returns the log-odds of a candidate.
    #[must_use]
    pub fn log_odds(&self, row: &[f64]) -> f64 {
        self.trees
            .iter()
            .map(|tree| tree.values[tree.path(row)[2]])
            .sum::<f64>()
            + self.base
    }

    /// Returns the contribution of each feature to the log-odds.
    #[must_use]
    pub fn contributions(&self, row: &[f64]) -> Vec<f64> {
        let mut contributions = vec![0.0; row.len()];
        for tree in self.trees.iter() {
            let mut place = 0;
            for next in tree.path(row) {
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
    /// Returns the three places that a row passes, the last a leaf.
    fn path(&self, row: &[f64]) -> [usize; 3] {
        let mut place = 0;
        [(); 3].map(|()| {
            let feature = usize::from(self.features[place]);
            let right = row
                .get(feature)
                .is_some_and(|value| value.is_nan() || *value >= self.thresholds[place]);
            place = 2 * place + 1 + usize::from(right);
            place
        })
    }
}

/// Both stages.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// The first stage.
    pub first: Model,
    /// The second stage.
    pub second: Model,
    /// A candidate must be at least this probable to be kept.
    pub least: f64,
    /// One candidate of a run must be at least this probable for any to be kept.
    pub sure: f64,
}

/// What the gate says of the candidates of a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdict {
    /// The features of the second stage.
    pub(crate) rows: Vec<Vec<f64>>,
    /// The probability of each candidate.
    pub(crate) probabilities: Vec<f64>,
    /// The indices of those kept.
    pub(crate) chosen: Vec<usize>,
}

/// Judges the candidates of a run.
pub(crate) fn judge(scene: &Scene, components: &[Component], gate: &Gate) -> Verdict {
    let own = features::features(scene, components);
    let first: Vec<f64> = own
        .iter()
        .map(|row| probability(gate.first.log_odds(row)))
        .collect();
    let rows = second_rows(scene, components, &own, &first);
    let probabilities: Vec<f64> = rows
        .iter()
        .map(|row| probability(gate.second.log_odds(row)))
        .collect();
    let chosen = choose_sure(components, &probabilities, gate);
    Verdict {
        rows,
        probabilities,
        chosen,
    }
}

/// Returns the rows of the second stage from those of the first and what it thought.
pub(crate) fn second_rows(
    scene: &Scene,
    components: &[Component],
    own: &[[f64; features::COUNT]],
    first: &[f64],
) -> Vec<Vec<f64>> {
    let chosen = choose(components, first, FIRST_LEAST);
    let contrasts: Vec<f64> = own
        .iter()
        .map(|row| row[features::LEAST_CONTRAST])
        .collect();
    let context = context::features(scene, components, first, &chosen);
    let rhythm = rhythm::features(scene, components, &contrasts, first, &chosen);
    own.iter()
        .zip(context.iter().zip(&rhythm))
        .map(|(own, (context, rhythm))| {
            let row = own.iter().chain(context).chain(rhythm);
            row.copied().collect()
        })
        .collect()
}

/// Returns the best choice, or none where none of it is sure: efforts make a run a workout together.
pub(crate) fn choose_sure(
    components: &[Component],
    probabilities: &[f64],
    gate: &Gate,
) -> Vec<usize> {
    let chosen = choose(components, probabilities, gate.least);
    let is_sure = chosen
        .iter()
        .any(|index| probabilities[*index] >= gate.sure);
    if is_sure { chosen } else { Vec::new() }
}

/// Returns the best choice without overlap of candidates above a least probability.
pub(crate) fn choose(components: &[Component], probabilities: &[f64], least: f64) -> Vec<usize> {
    let ranges: Vec<_> = components
        .iter()
        .map(|component| component.range.clone())
        .collect();
    let weights: Vec<f64> = probabilities
        .iter()
        .map(|probability| probability - least)
        .collect();
    best_choice(&ranges, &weights)
}

/// Returns the probability of log-odds.
#[must_use]
pub fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

//! Gradient boosting of small trees with logistic loss, deterministic and without dependencies.

#![expect(
    clippy::cast_possible_truncation,
    reason = "features, bins and examples are few"
)]

use std::borrow::Cow;

use hardeasy::segmentation::gate::Model;
use hardeasy::segmentation::gate::NO_SPLIT;
use hardeasy::segmentation::gate::SPLITS;
use hardeasy::segmentation::gate::Tree;
use hardeasy::segmentation::gate::VALUES;
use hardeasy::segmentation::gate::probability;

/// One candidate with what should be said of it.
pub struct Example {
    pub row: Vec<f64>,
    pub target: f64,
    pub weight: f64,
}

const BINS: usize = 48;
const RATE: f64 = 0.05;
/// Each tree sees this share of the features and of the examples, so that trees differ.
const FEATURE_SHARE: f64 = 0.35;
const EXAMPLE_SHARE: f64 = 0.7;
const SHRINK: f64 = 8.0;
const LEAST_WEIGHT: f64 = 4.0;
const LEAST_GAIN: f64 = 0.5;

struct Binned {
    edges: Vec<Vec<f64>>,
    /// One column a feature.
    columns: Vec<Vec<u8>>,
}

fn short(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

fn bin(examples: &[Example]) -> Binned {
    let width = examples.first().map_or(0, |example| example.row.len());
    let mut binned = Binned {
        edges: Vec::new(),
        columns: Vec::new(),
    };
    for feature in 0..width {
        let mut values: Vec<f64> = examples
            .iter()
            .map(|example| example.row[feature])
            .filter(|value| value.is_finite())
            .collect();
        values.sort_by(f64::total_cmp);
        let mut edges: Vec<f64> = (1..BINS)
            .filter_map(|index| values.get(index * values.len() / BINS).copied().map(short))
            .collect();
        edges.dedup();
        let column = examples
            .iter()
            .map(|example| {
                let value = example.row[feature];
                // As in the gate: what is absent goes right of every edge.
                edges.partition_point(|edge| value.is_nan() || value >= *edge) as u8
            })
            .collect();
        binned.edges.push(edges);
        binned.columns.push(column);
    }
    binned
}

/// A small generator of numbers, the same at every call: what a tree sees is drawn with it.
struct Draw(u64);

impl Draw {
    fn chance(&mut self, share: f64) -> bool {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut state = self.0;
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((state ^ (state >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 <= share
    }
}

/// Fits a sum of trees that is added to what is said of each example already, as log-odds.
pub fn fit_on(said: &[f64], examples: &[Example], trees: usize) -> Model {
    boost(examples, trees, 0.0, said.to_vec())
}

/// Fits a sum of trees that says how probable each example is: each tree is fitted to the slopes of the
/// loss at what the ones before say.
pub fn fit(examples: &[Example], trees: usize) -> Model {
    let total: f64 = examples.iter().map(|example| example.weight).sum();
    let mean = examples
        .iter()
        .map(|example| example.weight * example.target)
        .sum::<f64>()
        / total;
    let base = short((mean / (1.0 - mean)).ln());
    boost(examples, trees, base, vec![base; examples.len()])
}

fn boost(examples: &[Example], trees: usize, base: f64, mut log_odds: Vec<f64>) -> Model {
    let binned = bin(examples);
    let mut model = Model {
        base,
        trees: Cow::Owned(Vec::new()),
    };
    let mut draw = Draw(1);
    for _ in 0..trees {
        let slopes: Vec<(f64, f64)> = examples
            .iter()
            .zip(&log_odds)
            .map(|(example, odds)| slope(example, probability(*odds)))
            .collect();
        let features: Vec<usize> = (0..binned.edges.len())
            .filter(|_| draw.chance(FEATURE_SHARE))
            .collect();
        let seen: Vec<u32> = (0..examples.len() as u32)
            .filter(|_| draw.chance(EXAMPLE_SHARE))
            .collect();
        let tree = grow(&binned, &slopes, &features, seen);
        for (odds, example) in log_odds.iter_mut().zip(examples) {
            *odds += tree.value(&example.row);
        }
        model.trees.to_mut().push(tree);
    }
    model
}

/// Returns the slope and the curvature of the loss at an example.
fn slope(example: &Example, chance: f64) -> (f64, f64) {
    (
        example.weight * (example.target - chance),
        example.weight * (chance * (1.0 - chance)).max(1e-6),
    )
}

/// Grows one tree on some features and some examples.
fn grow(binned: &Binned, slopes: &[(f64, f64)], features: &[usize], seen: Vec<u32>) -> Tree {
    let mut tree = Tree {
        features: [NO_SPLIT; SPLITS],
        thresholds: [0.0; SPLITS],
        values: [0.0; VALUES],
    };
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); VALUES];
    members[0] = seen;
    for place in 0..VALUES {
        let own = std::mem::take(&mut members[place]);
        let (slope, curve) = total(&own, slopes);
        tree.values[place] = short(RATE * slope / (curve + SHRINK));
        if place >= SPLITS {
            continue;
        }
        if let Some((feature, edge)) = best_split(binned, &own, slopes, features, (slope, curve)) {
            tree.features[place] = feature as u8;
            tree.thresholds[place] = binned.edges[feature][edge];
            let column = &binned.columns[feature];
            let (left, right) = own
                .into_iter()
                .partition(|index| usize::from(column[*index as usize]) <= edge);
            members[2 * place + 1] = left;
            members[2 * place + 2] = right;
        } else {
            members[2 * place + 1] = own;
        }
    }
    tree
}

fn total(own: &[u32], slopes: &[(f64, f64)]) -> (f64, f64) {
    own.iter().fold((0.0, 0.0), |(slope, curve), index| {
        let (more_slope, more_curve) = slopes[*index as usize];
        (slope + more_slope, curve + more_curve)
    })
}

fn best_split(
    binned: &Binned,
    own: &[u32],
    slopes: &[(f64, f64)],
    features: &[usize],
    (slope, curve): (f64, f64),
) -> Option<(usize, usize)> {
    let score = |slope: f64, curve: f64| slope * slope / (curve + SHRINK);
    let mut best = (LEAST_GAIN, None);
    for &feature in features {
        let column = &binned.columns[feature];
        let mut sums = [(0.0, 0.0); BINS];
        for index in own {
            let (more_slope, more_curve) = slopes[*index as usize];
            let sum = &mut sums[usize::from(column[*index as usize])];
            sum.0 += more_slope;
            sum.1 += more_curve;
        }
        let (mut left, mut left_curve) = (0.0, 0.0);
        for (edge, sum) in sums.iter().enumerate().take(binned.edges[feature].len()) {
            left += sum.0;
            left_curve += sum.1;
            if left_curve < LEAST_WEIGHT / 4.0 || curve - left_curve < LEAST_WEIGHT / 4.0 {
                continue;
            }
            let gain = score(left, left_curve) + score(slope - left, curve - left_curve)
                - score(slope, curve);
            if gain > best.0 {
                best = (gain, Some((feature, edge)));
            }
        }
    }
    best.1
}

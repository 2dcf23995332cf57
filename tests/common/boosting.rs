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
pub(crate) struct Example {
    pub(crate) row: Vec<f64>,
    pub(crate) target: f64,
    pub(crate) weight: f64,
}

const BINS: usize = 48;
const RATE: f64 = 0.1;
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

/// Fits a sum of trees.
pub(crate) fn fit(examples: &[Example], trees: usize) -> Model {
    let binned = bin(examples);
    let total: f64 = examples.iter().map(|example| example.weight).sum();
    let mean = examples
        .iter()
        .map(|example| example.weight * example.target)
        .sum::<f64>()
        / total;
    let base = short((mean / (1.0 - mean)).ln());
    let mut log_odds = vec![base; examples.len()];
    let mut model = Model {
        base,
        trees: Cow::Owned(Vec::new()),
    };
    for _ in 0..trees {
        let slopes: Vec<(f64, f64)> = examples
            .iter()
            .zip(&log_odds)
            .map(|(example, odds)| {
                let chance = probability(*odds);
                (
                    example.weight * (example.target - chance),
                    example.weight * (chance * (1.0 - chance)).max(1e-6),
                )
            })
            .collect();
        let (tree, leaves) = grow(&binned, &slopes);
        for (odds, leaf) in log_odds.iter_mut().zip(leaves) {
            *odds += tree.values[leaf];
        }
        model.trees.to_mut().push(tree);
    }
    model
}

/// Grows one tree; also returns the place in which each example ended.
fn grow(binned: &Binned, slopes: &[(f64, f64)]) -> (Tree, Vec<usize>) {
    let mut tree = Tree {
        features: [NO_SPLIT; SPLITS],
        thresholds: [0.0; SPLITS],
        values: [0.0; VALUES],
    };
    let mut members: Vec<Vec<u32>> = vec![Vec::new(); VALUES];
    members[0] = (0..slopes.len() as u32).collect();
    let mut places = vec![0; slopes.len()];
    for place in 0..VALUES {
        let own = std::mem::take(&mut members[place]);
        let (slope, curve) = total(&own, slopes);
        tree.values[place] = short(RATE * slope / (curve + SHRINK));
        if place >= SPLITS {
            for index in &own {
                places[*index as usize] = place;
            }
            continue;
        }
        if let Some((feature, edge)) = best_split(binned, &own, slopes, slope, curve) {
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
    (tree, places)
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
    slope: f64,
    curve: f64,
) -> Option<(usize, usize)> {
    let score = |slope: f64, curve: f64| slope * slope / (curve + SHRINK);
    let mut best = (LEAST_GAIN, None);
    for (feature, column) in binned.columns.iter().enumerate() {
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
